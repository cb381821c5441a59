"""The trail only grows: the database refuses to change or remove its rows, whoever asks (trust 84).

Two doors set `vaxel.audit_door` for their transaction: erasing somebody may strike names out of an entry, and
retention may remove what is older than the desk keeps. Neither may touch who did what, when, by their ids. A third one
empties the tables of a demonstration, a benchmark or a test.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    door text := coalesce(current_setting('vaxel.audit_door', true), '');
BEGIN
    IF TG_OP = 'DELETE' AND door = 'retention' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND door = 'erasing' AND TG_TABLE_NAME = 'audit_auditentry'
        AND to_jsonb(NEW) - '{by_name,data,changes}'::text[] = to_jsonb(OLD) - '{by_name,data,changes}'::text[] THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'TRUNCATE' AND door = 'emptying' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_entry_only_added BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_reading_only_added BEFORE UPDATE OR DELETE ON audit_reading
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_entry_never_emptied BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_reading_never_emptied BEFORE TRUNCATE ON audit_reading
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
"""
ALLOW = """
DROP TRIGGER audit_reading_never_emptied ON audit_reading;
DROP TRIGGER audit_entry_never_emptied ON audit_auditentry;
DROP TRIGGER audit_reading_only_added ON audit_reading;
DROP TRIGGER audit_entry_only_added ON audit_auditentry;
DROP FUNCTION audit_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_readings")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
