"""What is shown of a mail and what is folded, by the programs that people write to a support desk with."""

import pytest

from tests.channels.reading.made import html, plain
from vaxel.channels.mail.reading import read
from vaxel.channels.mail.reading.replies import split_reply

NEW = "Ja, nu fungerar det.\n\nTack för hjälpen!"
OLD = "Prova att starta om tjänsten."

#: What each program puts between the new text and the old one.
INTRODUCTIONS = {
    "outlook-sv": (
        "Från: Leverantörens support <support@leverantor.example>\nSkickat: den 5 mars 2026 10:12\n"
        "Till: Eva Ek <eva@kund.example>\nÄmne: SV: Fel i rapporten\n\n"
    ),
    "outlook-new-sv": (
        "________________________________\nFrån: Support <support@leverantor.example>\n"
        "Skickat: torsdag, mars 5, 2026 10:12:31 fm\nTill: Eva Ek <eva@kund.example>\nÄmne: Fel\n\n"
    ),
    "outlook-old-sv": (
        "-----Ursprungligt meddelande-----\nFrån: Support [mailto:support@leverantor.example]\n"
        "Skickat: den 5 mars 2026 10:12\nTill: Eva Ek\nÄmne: Fel\n\n"
    ),
    "outlook-html-as-text": (
        "*Från:* Support <s@leverantor.example>\n*Skickat:* den 5 mars 2026 10:12\n*Till:* Eva Ek\n*Ämne:* Fel\n\n"
    ),
    "outlook-mobile-sv": (
        "Hämta Outlook för iOS<https://aka.example/o>\n________________________________\n"
        "Från: Support <support@leverantor.example>\nSkickat: Thursday, March 5, 2026 10:12:31 AM\n"
        "Till: Eva Ek <eva@kund.example>\nÄmne: Fel\n\n"
    ),
    "gmail-sv": "Den tors 5 mars 2026 kl 10:12 skrev Support <support@leverantor.example>:\n\n> ",
    "gmail-sv-broken": "Den tors 5 mars 2026 kl 10:12 skrev Lenas support <\nsupport@leverantor.example>:\n\n> ",
    "apple-sv": "> 5 mars 2026 kl. 10:12 skrev Support <support@leverantor.example>:\n> \n> ",
    "apple-sv-plain": "5 mars 2026 kl. 10:12 skrev Support <support@leverantor.example>:\n\n",
    "thunderbird-sv": "Den 2026-03-05 kl. 10:12, skrev Leverantörens support:\n> ",
    "android-sv": "-------- Originalmeddelande --------\nFrån: S <s@leverantor.example>\nDatum: 2026-03-05 10:12\n\n",
    "forwarded-sv": (
        "---------- Vidarebefordrat meddelande ---------\nFrån: Support <support@leverantor.example>\n"
        "Datum: tors 5 mars 2026\nÄmne: Fel\n\n"
    ),
    "outlook-web-sv": ("Från: S <s@l.example>\nDatum: torsdag, 5 mars 2026 kl. 10:12\nTill: Eva Ek\nÄmne: Re: Fel\n\n"),
    "notes-sv": "Från:\tSupport/Leverantör\nTill:\tEva Ek/Kund\nDatum:\t2026-03-05 10:12\nÄrende:\tFel\n\n",
    "groupwise": ">>> Support <support@leverantor.example> 2026-03-05 10:12 >>>\n",
    "yahoo-sv": "Den torsdag 5 mars 2026 10:12:11 CET skrev Support <s@l.example>:\n\n",
    "apple-forward-sv": "Vidarebefordrat brev:\n\nFrån: S <s@leverantor.example>\nÄmne: Fel\nDatum: 5 mars 2026\n\n",
    "a help desk": "##- Skriv ditt svar ovanför den här raden -##\n\n",
    "outlook-en": "From: S <s@leverantor.example>\nSent: Thursday, 5 March 2026 10:12\nTo: Eva Ek\nSubject: Fel\n\n",
    "gmail-en": "On Thu, Mar 5, 2026 at 10:12 AM Support <support@leverantor.example>\nwrote:\n\n> ",
    "outlook-da": "Fra: Support <support@leverantor.example>\nSendt: 5. marts 2026 10:12\nTil: Eva Ek\nEmne: Fejl\n\n",
    "gmail-nb": "tor. 5. mars 2026 kl. 10:12 skrev Support <support@leverantor.example>:\n\n> ",
    "outlook-fi": "Lähettäjä: S <s@leverantor.example>\nLähetetty: 5. maaliskuuta 2026 10:12\nAihe: Virhe\n\n",
    "gmail-fi": "to 5. maalisk. 2026 klo 10.12 Support (support@leverantor.example) kirjoitti:\n\n> ",
    "outlook-de": "Von: S <s@leverantor.example>\nGesendet: Donnerstag, 5. März 2026 10:12\nBetreff: Fehler\n\n",
    "thunderbird-de": "Am 05.03.26 um 10:12 schrieb Support:\n> ",
    "gmail-fr": "Le jeu. 5 mars 2026 à 10:12, Support <support@leverantor.example> a écrit :\n\n> ",
    "outlook-fr": "De : Support <support@leverantor.example>\nEnvoyé : jeudi 5 mars 2026 10:12\nObjet : Erreur\n\n",
    "gmail-nl": "Op do 5 mrt 2026 om 10:12 schreef Support <support@leverantor.example>:\n\n> ",
    "outlook-nl": "Van: Support <support@leverantor.example>\nVerzonden: donderdag 5 maart 2026\nOnderwerp: Fout\n\n",
    "gmail-es": "El jue, 5 mar 2026 a las 10:12, Support (<support@leverantor.example>) escribió:\n\n> ",
    "outlook-es": "De: Support <support@leverantor.example>\nEnviado el: jueves, 5 de marzo de 2026\nAsunto: Fallo\n\n",
}


@pytest.mark.parametrize("program", INTRODUCTIONS)
def test_reply_folds_the_earlier_mail(program: str) -> None:
    reply = split_reply(f"{NEW}\n\n{INTRODUCTIONS[program]}{OLD}\n")

    assert reply.text == NEW
    assert OLD in reply.quoted


@pytest.mark.parametrize(
    "line",
    [
        "Skickat från min iPhone",
        "Skickat från Outlook för iOS<https://aka.example/o>",
        "Hämta Outlook för Android",
        "Sent from my Galaxy",
        "Sendt fra min iPhone",
        "Lähetetty iPhonesta laitteesta",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Verzonden vanaf mijn telefoon",
        "Enviado desde mi iPhone",
    ],
)
def test_line_of_a_phone_is_folded(line: str) -> None:
    assert split_reply(f"{NEW}\n\n{line}\n").text == NEW


@pytest.mark.parametrize(
    "text",
    [
        "Skickat från vårt system till er, men ingen fick det.",
        "Från: Stockholm\nTill: Göteborg\nDatum: 5 mars\n\nSå ser raden ut i listan.",
        "Den här filen skrev programmet över:\nC:\\temp\\a.txt",
        "On the other hand, this works.\n\nOn average it is fine.",
        "Vi har tre fel:\n\n--- Steg ett ---\n\nLogga in.",
        "Behandlar ni våra personuppgifter enligt dataskyddsförordningen?",
        "Felet: kl 10:12 slutade det fungera.\nSedan: inget.",
        "> bara citerat\n> och inget annat",
    ],
)
def test_words_that_look_like_a_quotation_stay(text: str) -> None:
    assert split_reply(text).text == text
    assert split_reply(text).quoted == ""


def test_answers_between_quoted_lines_stay() -> None:
    reply = split_reply(
        "Den 2026-03-05 skrev Support:\n> Vilken version?\n\n8.4.2\n\n> Går det att återskapa?\n\nJa.\n"
    )

    assert reply.text == "8.4.2\n\n\nJa."
    assert reply.quoted == "Den 2026-03-05 skrev Support:\n> Vilken version?\n> Går det att återskapa?"


def test_signature_is_folded_but_a_postscript_is_not() -> None:
    signed = split_reply("Nu går det.\n\nMed vänlig hälsning\nEva Ek\nSystemförvaltare\n0999-00 00 00\n")
    asking = split_reply("Nu går det.\n\nMed vänlig hälsning\nEva Ek\n\nPS. Hur gör vi med resten?\n")

    assert (signed.text, signed.quoted) == (
        "Nu går det.",
        "Med vänlig hälsning\nEva Ek\nSystemförvaltare\n0999-00 00 00",
    )
    assert asking.text == "Nu går det.\n\nMed vänlig hälsning\nEva Ek\n\nPS. Hur gör vi med resten?"


def test_banner_and_disclaimer_are_folded() -> None:
    banner = "OBS! Det här mejlet kommer från en extern avsändare. Klicka inte på länkar som du inte litar på."
    disclaimer = "Kund kommun behandlar dina personuppgifter enligt dataskyddsförordningen. Läs mer på kund.example."
    reply = split_reply(f"{banner}\n\nKan ni hjälpa mig?\n\nEva\n\n{disclaimer}\n")

    assert reply.text == "Kan ni hjälpa mig?\n\nEva"
    assert banner in reply.quoted
    assert disclaimer in reply.quoted


def test_mail_that_only_forwards_is_shown() -> None:
    forwarded = (
        "Från: Lisa <lisa@kund.example>\nSkickat: den 5 mars 2026\nTill: Eva\nÄmne: Fel\n\nDet går inte att spara."
    )

    assert split_reply(forwarded).text == forwarded


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote"><div class="gmail_attr">Den 5 mars:</div><blockquote>{old}</blockquote></div>',
        '<blockquote type="cite"><div>{old}</div></blockquote>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Från:</b> Support</div><div>{old}</div>',
        '<div class="yahoo_quoted">Support skrev: <p>{old}</p></div>',
        '<div class="moz-cite-prefix">Den 2026-03-05 kl. 10:12, skrev Support:<br></div><blockquote>{old}</blockquote>',
        "<p><b>Från:</b> S &lt;s@lev.example&gt;<br><b>Skickat:</b> den 5 mars<br><b>Ämne:</b> Fel</p><p>{old}</p>",
    ],
)
def test_html_folds_by_its_structure(quotation: str) -> None:
    mail = read(html(f"<html><body><p>Nu går det.</p>{quotation.format(old=OLD)}</body></html>"))

    assert mail.text == "Nu går det."
    assert OLD in mail.quoted


def test_text_marks_of_ours_cannot_be_brought_in() -> None:
    assert read(plain("Hej\n\ue000\nDet här syns.\n")).text == "Hej\n\nDet här syns."


def test_t26_folding_is_linear() -> None:
    for line in (
        "> x",
        "On Mon 2026-01-01 10:00 a@b.example",
        "--",
        "Från: x",
        ":" * 300,
        "mvh",
        "-----Original Message-----",
    ):
        text = f"{line}\n" * 20_000
        reply = split_reply(text)
        assert len(reply.text) + len(reply.quoted) >= len(text) // 2


@pytest.mark.parametrize(
    "text",
    [
        "Hej!\n\nDen 3 mars skrev vi till er:\nvi har inte fått svar.\n\nKan någon titta?",
        "Hej!\n\nVi ses den 5 mars 2026 kl 10:12. Jag skrev det i kalendern:\n\nPlats: Rum 4",
        "Den 5 mars 2026 kl. 10:12 fick eva@kund.example följande fel:\n\nFel 42",
        "Loggen:\n\n2026-03-05 10:12:31 ERROR eva@kund.example login failed:\n2026-03-05 10:12:32 INFO retrying",
    ],
)
def test_sentence_with_a_date_and_a_colon_is_no_attribution(text: str) -> None:
    assert split_reply(text).text == text


@pytest.mark.parametrize(
    "introduction",
    [
        "czw., 5 mar 2026 o 10:12 Support <support@leverantor.example> napisał(a):\n\n",
        "2026년 3월 5일 (목) 오전 10:12, Support <support@leverantor.example>님이 작성:\n\n",
        "5 mars 2026 10:12 av support@leverantor.example:\n\n",
        "W dniu 5.03.2026 o 10:12, Support pisze:\n> ",
        "Support wrote:\n> ",
        "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Thursday, March 5th, 2026 at 10:12 AM, S <s@l.example> wrote:\n\n> ",
        "----- Mail original -----\nDe: S <s@leverantor.example>\nEnvoyé: Jeudi 5 Mars 2026\nObjet: Fel\n\n",
        "Anfang der weitergeleiteten Nachricht:\n\n> Von: S <s@leverantor.example>\n> ",
        "________________________________________\n> From: s@leverantor.example\n> ",
        "De la: S <s@leverantor.example>\nTrimis: joi, 5 martie 2026\nCătre: Eva\nSubiect: Fel\n\n",
        "보낸 사람: S <s@leverantor.example>\n보낸 날짜: 2026년 3월 5일\n받는 사람: Eva\n제목: Fel\n\n",
        "##- Skriv venligst dit svar over denne linje -##\n\n",
    ],
)
def test_programs_of_more_languages_introduce_the_earlier_mail(introduction: str) -> None:
    reply = split_reply(f"{NEW}\n\n{introduction}{OLD}\n")

    assert reply.text == NEW
    assert OLD in reply.quoted


@pytest.mark.parametrize(
    "banner",
    [
        "Du får inte ofta e-post från eva@kund.example. Läs om varför det är viktigt",
        "This Message Is From an External Sender",
        "** External sender - be careful with links and attachments **",
        "Meddelandet kommer från någon utanför organisationen. Öppna inte bilagor om du är osäker.",
    ],
)
def test_warnings_of_gateways_are_folded(banner: str) -> None:
    assert split_reply(f"{banner}\n\nKan ni hjälpa mig?\n").text == "Kan ni hjälpa mig?"


def test_box_of_headers_is_known_by_its_looks_in_any_language() -> None:
    box = (
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>Aa:</b> S<br>"
        f"<b>Bb:</b> 5 mars<br><b>Cc:</b> Eva<br><b>Dd:</b> Fel</p></div><p>{OLD}</p>"
    )
    mail = read(html(f"<p>Nu går det.</p>{box}"))

    assert mail.text == "Nu går det."
    assert OLD in mail.quoted
