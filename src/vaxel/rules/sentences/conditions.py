"""What is wrong with the conditions of a `when`."""

from collections.abc import Mapping
from typing import Final

CONDITIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "condition.exclude": {
        "sv": "{keys} utesluter varandra. Ingen fråga uppfyller alla.",
        "en": "{keys} exclude each other: no question meets all of them.",
    },
    "condition.too-branched": {
        "sv": "Tabellen har för många grenar. Dela den i flera regler.",
        "en": "This table is too branched: split it into several rules.",
    },
    "condition.channel": {
        "sv": "En regel om vägar in gäller redan vissa vägar. Skriv dem i `channels`, inte i `when`.",
        "en": "A channel rule is per channel already: name it in `channels`, not in `when`.",
    },
    "condition.not-yet": {
        "sv": "`{key}` är inte bestämt än i {section}, så ingen regel där kan fråga efter det.",
        "en": "`{key}` is not decided yet in {section}, so no rule there can ask about it.",
    },
    "condition.no-fact": {
        "sv": '"{fact}" är ingen uppgift. Skriv den under [facts], eller välj en som finns.',
        "en": '"{fact}" is not a fact: declare it under [facts] or use one of those there are.',
    },
    "condition.no-fact-instead": {
        "sv": '"{fact}" är ingen uppgift. Skriv den under [facts], eller välj en som finns. {instead}',
        "en": '"{fact}" is not a fact: declare it under [facts] or use one of those there are. {instead}',
    },
    "condition.no-scope": {
        "sv": 'Ingen typ av fråga har scope "{scope}".',
        "en": 'No kind of question has scope "{scope}".',
    },
    "condition.no-condition": {
        "sv": "{value} är inget villkor på {fact}.",
        "en": "{value} is not a condition on {fact}.",
    },
    "condition.nothing-left": {
        "sv": "Efter `not` är inget värde på {fact} kvar. Då skulle regeln aldrig gälla.",
        "en": "`not` leaves no value of {fact}: the rule could never apply.",
    },
    "condition.empty-list": {
        "sv": "En tom lista passar inget. Skriv minst ett värde.",
        "en": "An empty list matches nothing: name at least one value.",
    },
    "condition.no-flag": {"sv": "{value} är inte true eller false.", "en": "{value} is not true or false."},
    "condition.value-of": {"sv": "ett värde på {fact} här", "en": "a value of {fact} here"},
    "condition.no-quotes": {
        "sv": '{fact} har ord som värden. Skriv "{value}", med citattecken.',
        "en": 'The values of {fact} are words: write "{value}", in quotes.',
    },
    "condition.no-value": {"sv": "{value} är inget värde på {fact}.", "en": "{value} is not a value of {fact}."},
    "condition.on-number": {
        "sv": "{value} är inget villkor på ett tal.",
        "en": "{value} is not a condition on a number.",
    },
    "condition.no-number": {
        "sv": "Inget tal som {fact} kan vara passar {value}.",
        "en": "No number that {fact} can be meets {value}.",
    },
    "condition.on-products": {
        "sv": "{value} är inget villkor på produkter.",
        "en": "{value} is not a condition on products.",
    },
    "condition.no-products": {"sv": "Inga produkter passar {value}.", "en": "No set of products meets {value}."},
    "condition.name-product": {
        "sv": "Skriv en produkt, eller en lista med minst en.",
        "en": "Name one product, or a list of at least one.",
    },
    "form.value": {"sv": "ett värde", "en": "a value"},
    "form.list": {"sv": "en lista med värden", "en": "a list of values"},
    "form.not": {"sv": "{{ not = [värden] }}", "en": "{{ not = [values] }}"},
    "form.number": {"sv": "ett heltal", "en": "a whole number"},
    "form.comparison": {"sv": "{{ {key} = n }}", "en": "{{ {key} = n }}"},
    "form.two": {"sv": "två av dem tillsammans", "en": "two of these together"},
    "form.unknown": {
        "sv": '"unknown" om uppgiften saknar default',
        "en": '"unknown" where the fact has no default',
    },
    "form.products": {"sv": "{{ {key} = [produkter] }}", "en": "{{ {key} = [products] }}"},
}
