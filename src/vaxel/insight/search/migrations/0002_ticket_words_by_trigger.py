"""Words of tickets are kept by triggers: in the transaction that writes, for every writer, COPY included.

A message in English is read as English, any other as Swedish; a search asks in both. A ticket with more words than
fit (a megabyte) keeps those that it has, so that no letter is ever refused because of its length.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION search_words_of(swedish text, english text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT to_tsvector('swedish', left(coalesce(swedish, ''), 150000))
        || to_tsvector('english', left(coalesce(english, ''), 150000))
$$;

CREATE FUNCTION search_ticket_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_ticketwords (ticket_id, words)
    SELECT id, setweight(to_tsvector('swedish', subject), 'A') FROM written
    ON CONFLICT (ticket_id) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION search_ticket_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_ticketwords
    SET words = ts_filter(words, '{d}') || setweight(to_tsvector('swedish', NEW.subject), 'A')
    WHERE ticket_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION search_message_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_ticketwords kept
    SET words = kept.words || said.words
    FROM (
        SELECT ticket_id, search_words_of(
            string_agg(text, E'\\n' ORDER BY id) FILTER (WHERE language <> 'en'),
            string_agg(text, E'\\n' ORDER BY id) FILTER (WHERE language = 'en')) AS words
        FROM written GROUP BY ticket_id
    ) AS said
    WHERE kept.ticket_id = said.ticket_id AND pg_column_size(kept.words) < 300000;
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER search_ticket_opened AFTER INSERT ON tickets_ticket
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION search_ticket_opened();
CREATE TRIGGER search_ticket_renamed AFTER UPDATE OF subject ON tickets_ticket
    FOR EACH ROW WHEN (OLD.subject IS DISTINCT FROM NEW.subject) EXECUTE FUNCTION search_ticket_renamed();
CREATE TRIGGER search_message_written AFTER INSERT ON tickets_message
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION search_message_written();
"""
GONE = """
DROP TRIGGER search_message_written ON tickets_message;
DROP TRIGGER search_ticket_renamed ON tickets_ticket;
DROP TRIGGER search_ticket_opened ON tickets_ticket;
DROP FUNCTION search_message_written();
DROP FUNCTION search_ticket_renamed();
DROP FUNCTION search_ticket_opened();
DROP FUNCTION search_words_of(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, GONE)]
