"""What is wrong with a value by itself: its type, its length, its spelling, a key that is unknown or missing."""

from collections.abc import Mapping
from typing import Final

SHAPES: Final[Mapping[str, Mapping[str, str]]] = {
    "fault.both": {"sv": "{one} {other}", "en": "{one} {other}"},
    "fault.nearest": {"sv": 'Menade du "{near}"?', "en": 'Did you mean "{near}"?'},
    "fault.allowed": {"sv": "Tillåtet här: {names}.", "en": "Allowed: {names}."},
    "fault.and-more": {"sv": "{names} och {more} till", "en": "{names} and {more} more"},
    "shape.unknown-key": {"sv": 'Nyckeln "{key}" finns inte här.', "en": '"{key}" is not a key here.'},
    "shape.unknown-key-instead": {
        "sv": 'Nyckeln "{key}" finns inte här. {instead}',
        "en": '"{key}" is not a key here. {instead}',
    },
    "shape.missing": {"sv": "`{key}` saknas.", "en": "`{key}` is missing."},
    "shape.something-missing": {"sv": "Något saknas.", "en": "Something is missing."},
    "shape.is-not": {"sv": "Här ska det stå {expected}, inte {value}.", "en": "{value} is not {expected}."},
    "shape.nor": {"sv": "{one} eller {other}", "en": "{one}, nor {other}"},
    "shape.empty-text": {
        "sv": "En tom text säger inget. Skriv den, eller ta bort nyckeln.",
        "en": "An empty text says nothing: write it, or leave the key out.",
    },
    "shape.too-long": {
        "sv": "{value} är längre än {most} tecken.",
        "en": "{value} is longer than {most} letters.",
    },
    "shape.too-little": {
        "sv": "{value} är för lite. Skriv minst {least}.",
        "en": "{value} is too little: give at least {least}.",
    },
    "shape.too-much": {
        "sv": "{value} är för mycket. Skriv högst {most}.",
        "en": "{value} is too much: give at most {most}.",
    },
    "shape.too-few": {
        "sv": "Här ska det stå minst {least}, men det står {count}.",
        "en": "There must be at least {least} here, and there are {count}.",
    },
    "shape.other": {
        "sv": "{value} går inte att läsa här ({message}).",
        "en": "{value} cannot be read here ({message}).",
    },
    "shape.a-table": {"sv": "en tabell", "en": "A table"},
    "shape.a-list": {"sv": "en lista", "en": "A list"},
    "expected.text": {"sv": "text inom citattecken", "en": "text in quotes"},
    "expected.flag": {"sv": "true eller false utan citattecken", "en": "true or false, without quotes"},
    "expected.bare-number": {"sv": "ett heltal utan citattecken", "en": "a whole number, without quotes"},
    "expected.number": {"sv": "ett heltal", "en": "a whole number"},
    "expected.count": {"sv": "ett heltal från 0 till {most}", "en": "a number from 0 to {most}"},
    "expected.table": {
        "sv": "en tabell, {{ … }} eller [ … ] som en egen rubrik",
        "en": "a table, {{ … }} or [ … ] as a header of its own",
    },
    "expected.list": {"sv": "en lista, [ … ]", "en": "a list, [ … ]"},
    "expected.date": {"sv": "ett datum, som 2026-12-24", "en": "a date, as 2026-12-24"},
    "expected.time": {"sv": 'en tid på dagen, som "15:00"', "en": 'a time of day, as "15:00"'},
    "expected.word": {"sv": "ett av de tillåtna orden", "en": "one of the words here"},
    "expected.name": {
        "sv": "ett namn med små bokstäver a till z, siffror och ett bindestreck i taget",
        "en": "a name: use small letters a to z, digits and single hyphens",
    },
    "part.empty-list": {
        "sv": "En tom lista nämner inget. Ta bort nyckeln, eller nämn minst en",
        "en": "an empty list names nothing: leave the key out, or name at least one",
    },
    "part.twice": {"sv": '"{name}" står två gånger i listan', "en": '"{name}" stands twice in the list'},
    "part.prefix": {
        "sv": '"{value}" kan inte stå före ärendenas nummer. Skriv 2 till 6 stora bokstäver eller siffror, som "LOD"',
        "en": '"{value}" is not a prefix of ticket numbers: write 2 to 6 capitals or digits, as "LOD"',
    },
    "part.phone": {
        "sv": '"{value}" är inget telefonnummer. Skriv det med siffror, som "010-555 00 00"',
        "en": '"{value}" is not a phone number: write it in digits, as "010-555 00 00"',
    },
    "part.mail": {
        "sv": '"{value}" är ingen mejladress. Skriv den som "support@desk.example"',
        "en": '"{value}" is not a mail address: write it as "support@desk.example"',
    },
    "part.web": {
        "sv": '"{value}" är ingen webbadress. Skriv den hel, som "https://help.example"',
        "en": '"{value}" is not an address on the web: write it whole, as "https://help.example"',
    },
    "part.seconds": {
        "sv": "{value} har sekunder. En tid på dagen är hela minuter",
        "en": "{value} has seconds: a time of day is whole minutes",
    },
    "part.clock-time": {
        "sv": '{value} är ingen tid på dagen. Skriv "HH:MM", som "15:00"',
        "en": '{value} is not a time of day: write "HH:MM", as "15:00"',
    },
    "part.no-text": {
        "sv": 'här ska det stå text inom citattecken, eller en per språk: {{ sv = "…", en = "…" }}',
        "en": 'this is text in quotes, or one for each language: {{ sv = "…", en = "…" }}',
    },
    "part.when-no-table": {
        "sv": "`when` är en tabell med villkor, {{ uppgift = värde }}, eller en lista med sådana",
        "en": "`when` is a table of conditions, {{ fact = value }}, or a list of such tables",
    },
    "part.when-empty": {
        "sv": "Ett tomt `when` säger inget. Ta bort det om regeln alltid gäller",
        "en": "an empty `when` says nothing: leave it out if the rule always applies",
    },
    "language.sv": {"sv": "svenska", "en": "sv"},
    "language.en": {"sv": "engelska", "en": "en"},
    "part.star": {
        "sv": '"*" är inget språk. Skriv sv och en, eller bara en text inom citattecken',
        "en": '"*" is not a language: write sv and en, or one plain string',
    },
}
