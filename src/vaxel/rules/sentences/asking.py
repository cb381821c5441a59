"""What is said about a question that a policy cannot decide: facts that it does not know, and a time that is none."""

from collections.abc import Mapping
from typing import Final

ASKING: Final[Mapping[str, Mapping[str, str]]] = {
    "facts.no-value": {"sv": '"{value}" är inget värde på {fact}.', "en": '"{value}" is not a value of {fact}.'},
    "facts.together": {
        "sv": "De här uppgifterna går inte ihop: {link}.",
        "en": "These facts cannot be together: {link}.",
    },
    "facts.no-topics": {"sv": "Den här policyn har inga ämnen.", "en": "This policy has no topics."},
    "facts.no-product": {"sv": '"{value}" är inte en produkt här.', "en": '"{value}" is not a product here.'},
    "facts.no-number": {
        "sv": '{fact} är ett heltal, och det är inte "{value}".',
        "en": '{fact} is a whole number, and "{value}" is not one.',
    },
    "facts.number-from": {
        "sv": "{fact} är ett heltal från {low}, inte {value}.",
        "en": "{fact} is a whole number from {low}, not {value}.",
    },
    "facts.number-between": {
        "sv": "{fact} är ett heltal från {low} till {high}, inte {value}.",
        "en": "{fact} is a whole number from {low} to {high}, not {value}.",
    },
    "facts.undeclared": {
        "sv": '"{name}" är ingen uppgift i den här policyn.',
        "en": '"{name}" is not a fact that this policy declares.',
    },
    "facts.none": {"sv": "inga", "en": "none"},
    "facts.follows": {
        "sv": '"{name}" följer av när frågan ställs. Ange det inte.',
        "en": '"{name}" follows from the time of the question; it is not given.',
    },
    "facts.which-kind": {
        "sv": "Säg vilken typ av fråga det är.",
        "en": "Say which kind of question it is.",
    },
    "facts.no-kind": {
        "sv": '"{value}" är ingen typ av fråga här.',
        "en": '"{value}" is not a kind of question here.',
    },
    "facts.which-product": {
        "sv": 'Säg vilken produkt en fråga av typen "{kind}" gäller.',
        "en": 'Say which product a question of the kind "{kind}" is about.',
    },
    "facts.products": {
        "sv": "products är en lista med produkter, inte {value}.",
        "en": "products is a list of product names, not {value}.",
    },
    "facts.word": {
        "sv": "{fact} är ett namn inom citattecken, inte {value}.",
        "en": "{fact} is a name in quotes, not {value}.",
    },
    "facts.flag": {"sv": "{fact} är true eller false, inte {value}.", "en": "{fact} is true or false, not {value}."},
    "facts.no-fact": {
        "sv": '"{written}" är ingen uppgift. Skriv namn=värde.',
        "en": '"{written}" is not a fact: write name=value.',
    },
    "link.stranger-plan": {"sv": "den ni inte känner har ingen supportnivå", "en": "a stranger has no plan"},
    "link.stranger-products": {"sv": "den ni inte känner har inga produkter", "en": "a stranger has no products"},
    "link.stranger-agreement": {"sv": "den ni inte känner har inget avtal", "en": "a stranger has no agreement"},
    "link.stranger-project": {"sv": "den ni inte känner har inget projekt", "en": "a stranger has no project"},
    "link.stranger-certificate": {
        "sv": "den ni inte känner har inget intyg",
        "en": "a stranger has no certificate",
    },
    "link.contact-agreement": {
        "sv": "en supportkontakt står i ett avtal",
        "en": "a contact is named in an agreement",
    },
    "link.no-agreement-plan": {
        "sv": "utan avtal finns ingen supportnivå",
        "en": "without an agreement there is no plan",
    },
    "link.no-agreement-products": {
        "sv": "utan avtal finns inga produkter",
        "en": "without an agreement there are no products",
    },
    "link.kind-products": {
        "sv": 'en fråga av typen "{kind}" gäller någon av de här produkterna: {products}',
        "en": 'a question of the kind "{kind}" is about one of these products: {products}',
    },
    "link.kind-topics": {
        "sv": 'ämnena för typen "{kind}" är: {topics}',
        "en": 'the topics of the kind "{kind}" are: {topics}',
    },
    "link.other-values": {"sv": "{fact} har andra värden här", "en": "{fact} has other values here"},
    "undecided.no-route": {
        "sv": "ingen regel i [[routes]] passar uppgifterna",
        "en": "no route matches these facts",
    },
    "undecided.circle": {
        "sv": "den som inte får komma in hos {destination} skickas runt i en cirkel",
        "en": "refusals from {destination} lead round in a circle",
    },
    "undecided.nowhere": {
        "sv": "{destination} säger inte vart den går som inte får komma in",
        "en": "{destination} says nowhere where the refused go",
    },
    "undecided.no-billing": {
        "sv": "ingen regel i [[billing]] passar ett ärende hos {destination}",
        "en": "no billing rule matches a ticket to {destination}",
    },
    "time.none": {
        "sv": '"{value}" är ingen tid. Skriv "ÅÅÅÅ-MM-DDTHH:MM".',
        "en": '"{value}" is not a time: write "YYYY-MM-DDTHH:MM".',
    },
    "time.years": {
        "sv": '"{value}" ligger utanför åren 1990 till 2090.',
        "en": '"{value}" is outside the years 1990 to 2090.',
    },
}
