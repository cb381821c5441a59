"""What writers of policies reach for that the language does not have, and what there is instead."""

from collections.abc import Mapping
from typing import Final

INSTEAD: Final[Mapping[str, Mapping[str, str]]] = {
    "instead.holidays": {
        "sv": 'Tider på helgdagar står i veckan: open = {{ holidays = ["10:00-14:00"] }}, med holidays = "SE".',
        "en": 'Hours of public holidays stand in the week: open = {{ holidays = ["10:00-14:00"] }}, with '
        'holidays = "SE".',
    },
    "instead.carry": {
        "sv": "Det som är kvar sparas inte till nästa period: ge supportnivån en gräns, eller en uppgift med "
        'from = "agreement" som ni sätter.',
        "en": "What is left is not carried over to the next period: give the plan a limit, or set a fact with "
        'from = "agreement".',
    },
    "instead.when-plan": {
        "sv": 'Det som gäller vissa supportnivåer står i regler: when = {{ plan = "…" }}.',
        "en": 'What holds for some plans only is told by rules: when = {{ plan = "…" }}.',
    },
    "instead.when-channel": {
        "sv": 'Det som gäller vissa vägar in står i regler: when = {{ channel = "phone" }}.',
        "en": 'What holds for some channels only is told by rules: when = {{ channel = "phone" }}.',
    },
    "instead.later": {
        "sv": "Inget händer av sig självt senare. [[notify]] säger till roller med en gång.",
        "en": "Nothing happens by itself later: [[notify]] tells roles at once.",
    },
    "instead.start": {
        "sv": "Tiden räknas från frågan och står still medan kunden har ordet. Begär det som behövs i ett fält.",
        "en": "The clock starts with the question and pauses while it waits for the customer: ask for what is needed "
        "in a field.",
    },
    "instead.phone": {
        "sv": "Numret är `phone` i [desk], eller `details` hos en mottagare. "
        "Vem som får ringa står i regler i [[channels]].",
        "en": "The number is `phone` of [desk], or `details` of a destination; who may call is told by rules of "
        "[[channels]].",
    },
    "instead.minimum": {
        "sv": "Minsta belopp och avrundning skrivs med ord i `fee` och `because`, med confirm = true.",
        "en": "The least that is charged is said in `fee` and `because`, with confirm = true.",
    },
    "instead.inherit": {
        "sv": 'Inget ärvs. Regler nämner flera: plan = ["basic", "plus"].',
        "en": 'Nothing is inherited: rules name several, as plan = ["basic", "plus"].',
    },
    "instead.reset": {
        "sv": 'Räkningen börjar om med `per`: kalenderns perioder, eller "agreement-year" för avtalets eget år.',
        "en": 'A count begins anew by `per`: periods of the calendar, or "agreement-year" for the agreement\'s own.',
    },
    "instead.dates": {
        "sv": "Inget börjar eller slutar gälla en viss dag. Publicera en ny version då, "
        "eller sätt en uppgift på avtalet.",
        "en": "Nothing begins or ends on a date: publish a new version then, or set a fact on the agreement.",
    },
    "instead.time": {
        "sv": "Tider som ni lovar är regler i [[targets]].",
        "en": "Promised times are rules of [[targets]].",
    },
    "instead.price": {
        "sv": "Vad arbete kostar står i regler i [[billing]].",
        "en": "What work costs is told by rules of [[billing]].",
    },
    "instead.credit": {
        "sv": "Pengar tillbaka finns inte här. Skriv det i `because` på löftet.",
        "en": "There are no credits: say it in the `because` of the target.",
    },
    "instead.share": {
        "sv": 'Ett löfte gäller ett ärende. Skriv dess tid med promise = "goal".',
        "en": 'A promise is about one ticket: give its time with promise = "goal".',
    },
    "instead.weekend": {
        "sv": 'Dagarna skrivs en och en: sat = ["10:00-14:00"], sun = ["10:00-14:00"].',
        "en": 'Days are named one by one: sat = ["10:00-14:00"], sun = ["10:00-14:00"].',
    },
    "instead.hours": {
        "sv": "Öppettider står i [calendars.NAMN].",
        "en": "Opening hours are [calendars.NAME].",
    },
    "instead.seats": {
        "sv": "Hur många kontakter ett avtal har är `contacts` i [plans.NAMN].",
        "en": "How many may be named is `contacts` of [plans.NAME].",
    },
    "instead.otherwise": {
        "sv": "Den sista regeln utan `when` är vad som gäller annars.",
        "en": "The last rule without `when` is what holds otherwise.",
    },
    "instead.yes": {
        "sv": 'Ett ja före arbetet är `confirm` i [[billing]], eller kind = "offer-first".',
        "en": 'A yes before work is `confirm` in [[billing]], or kind = "offer-first".',
    },
    "instead.quota": {
        "sv": 'Det som räknas är en uppgift med from = "count" och `limits`.',
        "en": 'What is counted is a fact with from = "count" and `limits`.',
    },
    "instead.severity": {
        "sv": "Hur allvarligt något är står i [priorities.levels.NAMN]. Villkor frågar efter `priority`.",
        "en": "Severities are [priorities.levels.NAME], asked about as `priority`.",
    },
    "instead.plan": {
        "sv": "Supportnivåer är [plans.NAMN]. Villkor frågar efter `plan`.",
        "en": "Support levels are [plans.NAME], asked about as `plan`.",
    },
    "instead.fact": {
        "sv": "Annat som avgör är en egen uppgift, [facts.NAMN].",
        "en": "Anything else that decides is declared as [facts.NAME].",
    },
    "instead.arithmetic": {
        "sv": "Här går det inte att räkna eller söka i text.",
        "en": "There is no arithmetic and no text matching.",
    },
    "instead.words": {
        "sv": "Ingen regel frågar efter ord, eller efter en viss kund eller person. Gör en uppgift med "
        'from = "agreement", "organisation" eller "person", och sätt den där.',
        "en": 'No rule asks about words, or about one customer or person: declare a fact with from = "agreement", '
        '"organisation" or "person", and set it there.',
    },
    "instead.when-asked": {
        "sv": 'När frågan ställs är en uppgift med from = "calendar". Dagar räknas inte.',
        "en": 'When it is asked is a fact with from = "calendar"; nothing counts days.',
    },
    "instead.junction": {
        "sv": "En tabell är `och`, en lista av tabeller är `eller`. En lista av värden är något av dem, "
        "och {{ not = … }} står vid en uppgift.",
        "en": "One table is `and`, a list of tables is `or`, a list of values is any of them, "
        "and {{ not = … }} stands at a fact.",
    },
}
