"""What the parts of a policy file say wrongly about each other."""

from collections.abc import Mapping
from typing import Final

REFERENCES: Final[Mapping[str, Mapping[str, str]]] = {
    "unknown": {"sv": '"{value}" är inte {what}.', "en": '"{value}" is not {what}.'},
    "known.product": {"sv": "en produkt", "en": "a product"},
    "known.product-here": {"sv": "en produkt här", "en": "a product here"},
    "known.plan": {"sv": "en supportnivå", "en": "a plan"},
    "known.topic": {"sv": "ett ämne", "en": "a topic"},
    "known.kind": {"sv": "en typ av fråga", "en": "a kind"},
    "known.priority": {"sv": "en prioritet", "en": "a priority"},
    "known.role": {"sv": "en roll", "en": "a role"},
    "known.field": {"sv": "ett fält", "en": "a field"},
    "known.calendar": {"sv": "en kalender", "en": "a calendar"},
    "known.channel": {"sv": "en väg in till den här supportdesken", "en": "a channel of this desk"},
    "known.destination": {"sv": "en mottagare", "en": "a destination"},
    "known.another-destination": {"sv": "en annan mottagare", "en": "another destination"},
    "known.stand-in": {
        "sv": "en roll, eller en mottagare av typen contact-details",
        "en": "a role, or a destination of type contact-details",
    },
    "known.role-or-details": {
        "sv": "en mottagare av typen role eller contact-details",
        "en": "a destination of type role or contact-details",
    },
    "known.open-to-strangers": {
        "sv": "en mottagare av typen contact-details, den enda som är öppen för okända",
        "en": "a destination of type contact-details, the only type open to strangers",
    },
    "known.closable": {
        "sv": "en mottagare som regler om access kan öppna eller stänga (kontaktuppgifter är öppna för alla)",
        "en": "a destination that access rules can close or open (contact details are open to all)",
    },
    "known.working": {
        "sv": "en mottagare där ni tar emot ärenden (ett team, eller en roll med ärenden)",
        "en": "a destination where the vendor takes tickets (a team, or a role with tickets)",
    },
    "known.workplace": {"sv": "en mottagare där någon arbetar", "en": "a destination where people work"},
    "known.count": {"sv": 'en uppgift med from = "count"', "en": 'a fact with from = "count"'},
    "known.agents-number": {
        "sv": 'en uppgift med from = "agent" och number = true',
        "en": 'a fact with from = "agent" and number = true',
    },
    "known.value-of-fact": {"sv": "ett värde på uppgiften", "en": "a value of this fact"},
    "known.told-apart": {
        "sv": "något som skiljer ärenden åt när de räknas",
        "en": "something that counted tickets can be told apart by",
    },
    "known.word-of": {"sv": "ett värde på {key} här", "en": "a {key} here"},
    "name.reserved": {
        "sv": '"{name}" är ett ord i själva språket. Välj ett annat namn.',
        "en": '"{name}" is a word of the language itself: choose another name.',
    },
    "name.rule-taken": {
        "sv": '"{name}" är redan namnet på en regel i {section}. Varje regel har sitt eget.',
        "en": '"{name}" is already the name of a rule in {section}: every rule has its own.',
    },
    "name.example-taken": {
        "sv": '"{name}" är redan namnet på ett exempel.',
        "en": '"{name}" is already the name of an example.',
    },
    "text.and-no": {"sv": "{one} och {other}", "en": "{one} and no {other}"},
    "text.lacking": {
        "sv": "Texten saknas på {languages}. Supportdesken har {spoken}.",
        "en": "The text has no {languages}: the desk speaks {spoken}.",
    },
    "text.no-examples": {
        "sv": "Bland exemplen finns inget på {language}.",
        "en": "The examples have none in {language}.",
    },
    "kind.topic-required": {
        "sv": "Typen har inga ämnen, så inget ämne kan krävas. Skriv topics = [ … ].",
        "en": "No topic can be required of a kind that has none: give topics = [ … ].",
    },
    "role.never-steps-in": {
        "sv": "Alla organisationer har rollen, så `fallback` hoppar aldrig in. Ta bort det ena.",
        "en": "Every organisation has this role, so a fallback never steps in: remove one.",
    },
    "role.nobody": {
        "sv": "Vem svarar för en organisation som inte har någon? Skriv `fallback`, eller every_organisation = true.",
        "en": "Who answers for an organisation without one? Give `fallback`, or every_organisation = true.",
    },
    "role.round": {"sv": "`fallback` går runt: {way}.", "en": "The fallbacks go round: {way}."},
    "destination.needs": {
        "sv": 'type = "{type}" behöver `{key}`: {reason}.',
        "en": 'type = "{type}" needs `{key}`: {reason}.',
    },
    "destination.otherwise": {
        "sv": "dit den går som ingen regel om access släpper in: {{ destination = …, because = {{ … }} }}",
        "en": "where those go whom no access rule lets in: {{ destination = …, because = {{ … }} }}",
    },
    "destination.role": {"sv": "rollen vars person svarar", "en": "the role whose person answers"},
    "destination.fallback": {
        "sv": "den som visas när en organisation saknar egna kontakter",
        "en": "who is shown for an organisation without contacts of its own",
    },
    "destination.details": {"sv": "phone, mail eller web", "en": "phone, mail or web"},
    "destination.has-no": {"sv": 'type = "{type}" har inget `{key}`.', "en": 'type = "{type}" has no `{key}`.'},
    "destination.takes-no-ticket": {
        "sv": 'Kontaktuppgifter visas och tar inte emot ärenden. Skriv type = "role" eller "team".',
        "en": 'Contact details are shown and take no ticket: use type = "role" or "team".',
    },
    "destination.takes-tickets": {
        "sv": 'Ett team arbetar med ärenden. Skriv type = "contact-details" om ni bara visar vägen dit.',
        "en": 'A team works with tickets: use type = "contact-details" to show how to reach it.',
    },
    "destination.no-way": {
        "sv": "Det finns inget sätt att nå någon. Skriv phone, mail eller web.",
        "en": "The details hold no way to reach anybody: give phone, mail or web.",
    },
    "certificate.nobody": {
        "sv": "Här har ingen något intyg. Skriv vad som krävs i [certificates].",
        "en": "Nobody has a certificate here: describe what is required in [certificates].",
    },
    "access.refused-where": {
        "sv": 'Vart går den som inte får komma in? Skriv `instead`, för "{name}" har inget `otherwise`.',
        "en": 'Where do those go who are refused? Give `instead`, for "{name}" has no `otherwise`.',
    },
    "access.stranger": {
        "sv": "Den ni inte känner släpps aldrig in. Okända får kontaktuppgifter, enligt desk.strangers.",
        "en": "A stranger is never let in: contact details are what strangers get, by desk.strangers.",
    },
    "checklist.other-text": {
        "sv": '"{name}" finns redan på en checklista, med en annan text.',
        "en": '"{name}" is already an item with another text.',
    },
    "billing.give-draws": {
        "sv": 'kind = "{kind}" tar av något som räknas. Skriv vad i `draws`.',
        "en": 'kind = "{kind}" draws on something that is counted: give `draws`.',
    },
    "mail.no-channel": {
        "sv": "Hit kommer inga mejl. Lägg till mail i desk.channels, eller ta bort avsnittet.",
        "en": "Nothing comes by mail here: add it to desk.channels, or remove the section.",
    },
    "mail.no-kind": {
        "sv": "Ett mejl säger kanske inte vilken typ av fråga det är. Skriv `kind`, det som gäller tills vidare.",
        "en": "A mail's words may tell no kind of question: give `kind`, what such a mail is until somebody says.",
    },
    "mail.never-about": {
        "sv": 'Frågor av typen "{kind}" handlar aldrig om "{product}".',
        "en": 'Questions of the kind "{kind}" are never about "{product}".',
    },
    "fact.everywhere": {
        "sv": '"{name}" är en uppgift som alla policyer har. Välj ett annat namn.',
        "en": '"{name}" is a fact that every policy has: choose another name.',
    },
    "fact.needs": {"sv": 'from = "{source}" behöver `{key}`.', "en": 'from = "{source}" needs `{key}`.'},
    "fact.key-of": {
        "sv": '`{key}` hör till from = "{source}", men här står from = "{own}".',
        "en": '`{key}` belongs to from = "{source}", and this is from = "{own}".',
    },
    "fact.count-default": {
        "sv": "Det som räknas börjar på 0 och är alltid känt. Ta bort nyckeln.",
        "en": "A count starts at 0 and is always known: remove this key.",
    },
    "fact.calendar-known": {
        "sv": "En uppgift ur en kalender är open eller closed och alltid känd. Ta bort nyckeln.",
        "en": "A fact from a calendar is open or closed and always known: remove this key.",
    },
    "fact.calendar-number": {
        "sv": "En uppgift ur en kalender är open eller closed, inte ett tal.",
        "en": "A fact from a calendar is open or closed, not a number.",
    },
    "fact.values-or-number": {
        "sv": "En uppgift har antingen values = [ … ] eller number = true.",
        "en": "A fact has values = [ … ] or number = true, one of the two.",
    },
    "fact.reserved-value": {
        "sv": '"{value}" är ett ord i själva språket. Välj ett annat värde.',
        "en": '"{value}" is a word of the language itself: choose another value.',
    },
    "fact.no-label": {
        "sv": 'Den som frågar väljer bland värdena, så alla behöver ett namn i labels. "{value}" saknar det.',
        "en": 'The asker chooses among the values, so each needs a label: "{value}" has none.',
    },
    "fact.of-number": {
        "sv": "`{key}` hör till ett tal. Lägg till number = true, eller ta bort nyckeln.",
        "en": "`{key}` belongs to a number: add number = true, or remove it.",
    },
    "fact.count-is-number": {
        "sv": 'from = "count" räknar, så uppgiften är ett tal. Skriv number = true.',
        "en": 'from = "count" counts, so it is a number: write number = true.',
    },
    "fact.max-below-min": {
        "sv": "max = {high} är inte mer än min = {low}.",
        "en": "max = {high} is not above min = {low}.",
    },
    "fact.default-of-number": {
        "sv": "`default` för ett tal är ett heltal från min till max, inte {value}.",
        "en": "The default of a number is a whole number from min to max, not {value}.",
    },
    "fact.version-values": {
        "sv": 'from = "version" sorterar versioner under värden. Skriv values = [ … ].',
        "en": 'from = "version" sorts versions into values: write values = [ … ].',
    },
    "fact.no-version": {
        "sv": 'Ingen version är "{value}". Ge det mönster, eller gör det till default.',
        "en": 'No version is "{value}": give it patterns, or make it the default.',
    },
    "fact.version-pattern": {
        "sv": '"{pattern}" passar bara en version som skrivs precis så. Räkna upp versionerna: "8.*" är alla som '
        "börjar med 8., och flera mönster skrivs i en lista.",
        "en": '"{pattern}" fits only a version that is written just so. List the versions: "8.*" is all that begin '
        "with 8., and several patterns are a list.",
    },
    "fact.version-taken": {
        "sv": '"{pattern}" passar aldrig. "{taken}" har redan tagit de versionerna.',
        "en": '"{pattern}" never fits: "{taken}" takes those versions before.',
    },
}
