"""What is no fault in a policy, but looks forgotten or should be known before it is published."""

from collections.abc import Mapping
from typing import Final

NOTES: Final[Mapping[str, Mapping[str, str]]] = {
    "note.at": {"sv": "{place}: {problem}.", "en": "{place}: {problem}."},
    "note.unused-fact": {"sv": "ingen regel frågar efter uppgiften", "en": "no rule asks about this fact"},
    "note.unused-field": {"sv": "inget formulär har fältet", "en": "no form has this field"},
    "note.unused-calendar": {"sv": "inget följer kalendern", "en": "nothing follows this calendar"},
    "note.unused-role": {
        "sv": "ingen mottagare och ingen regel i [[notify]] gäller rollen",
        "en": "no destination and no notice is for this role",
    },
    "note.unused-topic": {
        "sv": "ingen typ av fråga har ämnet",
        "en": "no kind of question offers this topic",
    },
    "note.unused-plan": {
        "sv": "reglerna nämner andra supportnivåer men aldrig den här",
        "en": "rules name other plans and never this one",
    },
    "note.version-never-told": {
        "sv": 'inget formulär har ett fält med type = "version", så ingen anger versionen',
        "en": 'no form has a field of type = "version", so the version is never told',
    },
    "note.askers-say": {
        "sv": "den som frågar svarar själv på {fact}, så den som säger så kommer in",
        "en": "askers answer {fact} themselves, so whoever says so gets in",
    },
    "note.askers-choose-channel": {
        "sv": "den som frågar väljer själv väg in, så den som tar den vägen kommer in",
        "en": "askers choose the channel themselves, so whoever comes by it gets in",
    },
    "note.users-get-in": {
        "sv": "regeln frågar inte efter `standing`, så alla hos kunden kommer in, inte bara supportkontakter. "
        'Skriv standing = "contact", eller ["contact", "user"] om det är meningen',
        "en": "the rule does not ask about `standing`, so everybody at the customer gets in, not only contacts; write "
        'standing = "contact", or ["contact", "user"] if that is meant',
    },
    "note.not-takes-in": {
        "sv": '{fact} = {{ not = … }} gäller även när {fact} är "{value}". Räkna upp värdena i stället om det inte är '
        "meningen",
        "en": '{fact} = {{ not = … }} holds where {fact} is "{value}", too; list the values instead if that is not '
        "meant",
    },
    "note.certificate-unasked": {
        "sv": "ingen regel om access frågar efter intyg, så alla kommer in utan",
        "en": "no access rule asks for one, so everybody gets in without",
    },
    "note.promises-without-agreement": {
        "sv": "löftet gäller även den som saknar gällande avtal. Fråga efter `agreement` om det inte är meningen",
        "en": "it promises those without an active agreement, too; let it ask for `agreement` if not",
    },
    "note.promised-yet": {
        "sv": 'här lovas inget första svar, men "{rule}" lovar ändå en tid. Skriv en regel med promise = "none" för '
        "den tiden också om det inte är meningen",
        "en": 'no first answer is promised here, and "{rule}" still promises a time; give its clock a rule with '
        'promise = "none", too, if that is not meant',
    },
    "note.no-number": {
        "sv": "några får ringa, men det finns inget `phone` att visa dem",
        "en": "some may call, and there is no `phone` number to show them",
    },
    "note.counted-besides": {
        "sv": "räknar också frågor som regeln {rule} debiterar som {kind}: de förbrukar kvoten. Skriv "
        '`billing = "{drawing}"` i `of` om de inte ska göra det',
        "en": "counts questions too that rule {rule} bills as {kind}: they use the quota up; write "
        '`billing = "{drawing}"` in `of` if they shall not',
    },
    "note.no-price": {
        "sv": "inget pris anges. Skriv `rate` eller `fee`",
        "en": "no price is told; give `rate` or `fee`",
    },
    "note.el-salvador": {
        "sv": '"SV" är El Salvador. Sverige är "SE"',
        "en": '"SV" is El Salvador; Sweden is "SE"',
    },
    "note.closed-most-of-the-year": {
        "sv": '"{span}" är stängt större delen av året. Skriv det tidigare datumet först om det inte är meningen',
        "en": '"{span}" closes most of the year; write the earlier date first if that is not meant',
    },
    "note.example-of-two": {
        "sv": '"{example}" är exempel på {kind} också',
        "en": '"{example}" is an example of {kind} too',
    },
    "note.usual-kind-of-mail": {
        "sv": 'ett mejl som inte säger vilken typ av fråga det är räknas som "{kind}" tills någon sagt. Skriv `kind`',
        "en": 'a mail whose words tell no kind counts as "{kind}" until somebody says; give `kind`',
    },
    "note.no-examples": {
        "sv": "det finns inga. Varje exempel är ett löfte som senare ändringar håller",
        "en": "there are none; each is a promise that later changes keep",
    },
    "note.all-examples-dropped": {
        "sv": "Den publicerade policyn har {count} exempel, den här har inga. Inget vaktar längre att dagens svar står "
        "kvar när någon ändrar en regel. Ta med exemplen igen, om du inte menar att släppa dem.",
        "en": "The published policy has {count} examples, and this one has none. Nothing watches any more that today's "
        "answers stay when somebody changes a rule. Bring the examples back, unless you mean to let them go.",
    },
    "note.example-dropped": {
        "sv": "Ett exempel i den publicerade policyn saknas här: {names}. "
        "Inget vaktar längre att det svaret står kvar.",
        "en": "An example of the published policy is missing here: {names}. Nothing watches any more that this answer "
        "stays.",
    },
    "note.examples-dropped": {
        "sv": "{count} exempel i den publicerade policyn saknas här: {names}. "
        "Inget vaktar längre att de svaren står kvar.",
        "en": "{count} examples of the published policy are missing here: {names}. Nothing watches any more that these "
        "answers stay.",
    },
}
