"""What is wrong with one declaration or one rule by itself."""

from collections.abc import Mapping
from typing import Final

DECLARED: Final[Mapping[str, Mapping[str, str]]] = {
    "desk.reserved-slug": {
        "sv": "adressen /{slug}/ är programmets egen. Kalla desken något annat i adresser",
        "en": "the address /{slug}/ is the program's own: call the desk something else in addresses",
    },
    "desk.long-slug": {
        "sv": "namnet i adresser är längre än {most} tecken. Det står i varje adress",
        "en": "the name in addresses is longer than {most} letters; it stands in every address",
    },
    "desk.long-name": {
        "sv": "`name` är längre än {most} tecken. Den står som avsändare i varje mejl",
        "en": "`name` is longer than {most} letters; it is the sender's name in every mail",
    },
    "name.one-line": {
        "sv": "ett namn står på en rad och har högst {most} tecken. Skriv resten i `text` eller `because`",
        "en": "a name is one line of at most {most} letters: write the rest in `text` or `because`",
    },
    "desk.once": {
        "sv": "`{key}` ska ha minst ett namn, och varje namn en gång",
        "en": "`{key}` needs at least one name, each once",
    },
    "plan.contacts-per-agreement": {
        "sv": "Kontakter räknas per avtal, inte per produkt. Skriv ett tal, och gör ett avtal för varje produkt",
        "en": "contacts are counted per agreement, not per product: give a number, and make an agreement for each "
        "product",
    },
    "fact.no-limit": {
        "sv": "En supportnivå som inte nämns i `limits` har ingen gräns. Ta bort den",
        "en": "a plan that `limits` does not name has no limit: leave it out",
    },
    "field.choice": {
        "sv": '`type = "choice"` och `choices = {{ … }}` hör ihop. Skriv båda eller ingen',
        "en": '`type = "choice"` and `choices = {{ … }}` belong together',
    },
    "field.no-choices": {
        "sv": "`choices` är tom. Då kan ingen svara",
        "en": "`choices` is empty: nobody could answer",
    },
    "field.pattern-type": {
        "sv": 'Ett mönster passar type = "text" eller "version", inte "{type}"',
        "en": 'a pattern checks type = "text" or "version", not "{type}"',
    },
    "field.no-pattern": {
        "sv": "`pattern` går inte att använda: {why}",
        "en": "`pattern` cannot be used: {why}",
    },
    "pattern.long": {
        "sv": "det är längre än {most} tecken",
        "en": "it is longer than {most} characters",
    },
    "pattern.half": {
        "sv": 'en parentes eller klammer saknar sin andra hälft i "{found}"',
        "en": 'a bracket lacks its other half in "{found}"',
    },
    "pattern.unknown": {
        "sv": '"{found}" finns inte här. Mönster ser inte framåt, bakåt eller på det som redan passat. '
        "Räkna upp vad som får stå där, med | emellan",
        "en": '"{found}" does not exist here. Patterns look neither ahead nor behind, nor at what has fitted before. '
        "List what may stand there, with | between",
    },
    "pattern.range": {
        "sv": '"{found}" går baklänges: skriv det första tecknet först',
        "en": '"{found}" runs backwards: write the first character first',
    },
    "pattern.repetition": {
        "sv": '"{found}" upprepar inget, upprepar en upprepning eller räknar över tusen. '
        "Skriv till exempel [0-9]{{1,6}}",
        "en": '"{found}" repeats nothing, repeats a repetition or counts above a thousand. '
        "Write for example [0-9]{{1,6}}",
    },
    "pattern.backslash": {
        "sv": "det slutar med ett bakstreck som inget följer på",
        "en": "it ends with a backslash that nothing follows",
    },
    "pattern.large": {
        "sv": "det upprepar för mycket och tar för stor plats. Skriv mindre tal inom {{ }}",
        "en": "it repeats too much and takes too much room. Write smaller numbers within {{ }}",
    },
    "pattern.other": {
        "sv": 'det är inget reguljärt uttryck ("{found}")',
        "en": 'it is no regular expression ("{found}")',
    },
    "field.no-example": {
        "sv": "Ett mönster ska ha ett `example` som visar hur man skriver",
        "en": "a pattern needs an example that people can follow",
    },
    "field.example-differs": {
        "sv": '`example`, "{example}", passar inte mönstret',
        "en": '`example`, "{example}", does not match the pattern',
    },
    "access.instead-of-allowed": {
        "sv": "`instead` är dit den går som inte får komma in. Ta bort det, eller skriv allow = false",
        "en": "`instead` is where refused people go: remove it, or write allow = false",
    },
    "channel.open-of-refused": {
        "sv": "`open` säger när en tillåten väg in är öppen. Ta bort det, eller skriv allow = true",
        "en": "`open` is when an allowed channel is open: remove it, or write allow = true",
    },
    "form.names-nothing": {
        "sv": "En regel om formuläret nämner fält. Skriv required = [ … ] eller optional = [ … ]",
        "en": "a form rule names fields: give required = [ … ] or optional = [ … ]",
    },
    "form.in-both": {
        "sv": '"{name}" står både i required och i optional. Låt det stå i en av listorna',
        "en": '"{name}" is both required and optional: keep it in one list',
    },
    "billing.means-yes": {
        "sv": '`kind = "{kind}"` betyder att kunden säger ja innan arbetet börjar. Ta bort confirm = false',
        "en": '`kind = "{kind}"` means a yes before work: remove confirm = false',
    },
    "billing.say-confirm": {
        "sv": '`kind = "{kind}"` kostar kunden pengar. Skriv confirm = true om villkoren kräver ett ja först, '
        "annars confirm = false",
        "en": '`kind = "{kind}"` costs the customer: say confirm = true if the terms ask for a yes before work, '
        "confirm = false if they do not",
    },
    "billing.no-work": {
        "sv": '`kind = "{kind}"` betyder att inget arbete görs. Ta bort confirm',
        "en": '`kind = "{kind}"` means that no work is done: remove confirm',
    },
    "billing.free-and-priced": {
        "sv": '`kind = "{kind}"` kostar inget. Ta bort rate och fee',
        "en": '`kind = "{kind}"` costs nothing: remove rate and fee',
    },
    "billing.free-and-confirmed": {
        "sv": '`kind = "{kind}"` kostar inget, så det finns inget att säga ja till. Ta bort confirm',
        "en": '`kind = "{kind}"` costs nothing, so there is nothing to say yes to: remove confirm',
    },
    "billing.draws-nothing": {
        "sv": '`kind = "{kind}"` tar inte av något. Ta bort draws, eller skriv kind = "draws-on-quota"',
        "en": '`kind = "{kind}"` draws on nothing: remove draws, or write kind = "draws-on-quota"',
    },
    "target.promises-nothing": {
        "sv": '`promise = "none"` lovar inget. Ta bort within, same_day och calendar',
        "en": '`promise = "none"` promises nothing: remove within, same_day and calendar',
    },
    "target.one-time": {
        "sv": 'Ett löfte har en tid. Skriv within = "4h" eller same_day = {{ cut_off = "15:00" }}, inte båda',
        "en": 'a promise has one time: give within = "4h" or same_day = {{ cut_off = "15:00" }}',
    },
    "target.no-calendar": {
        "sv": "Ett löfte räknar timmarna i en kalender. Skriv calendar = ett namn ur [calendars]",
        "en": "a promise counts the hours of a calendar: give calendar = a name from [calendars]",
    },
}
