"""What is wrong with opening hours, dates, holidays and promised times."""

from collections.abc import Mapping
from typing import Final

HOURS: Final[Mapping[str, Mapping[str, str]]] = {
    "and": {"sv": "{one} och {other}", "en": "{one} and {other}"},
    "hours.meant": {"sv": '. Menade du "{near}"?', "en": '; did you mean "{near}"?'},
    "hours.time-zone": {
        "sv": '"{value}" är ingen tidszon. Skriv zonens IANA-namn, som "Europe/Stockholm"{meant}',
        "en": '"{value}" is not a time zone: write an IANA name, as "Europe/Stockholm"{meant}',
    },
    "hours.none": {
        "sv": 'Kalendern har inga tider. Skriv open = {{ weekdays = ["08:00-17:00"] }} eller always = true',
        "en": 'the calendar has no hours: give open = {{ weekdays = ["08:00-17:00"] }} or always = true',
    },
    "hours.beside-always": {
        "sv": "`always = true` är dygnet runt, så {names} kan inte stå bredvid. "
        'Ta bort det ena, eller skriv open = {{ every-day = ["00:00-24:00"] }} i stället för always',
        "en": "`always = true` means round the clock, so {names} cannot stand beside it: "
        'remove one of them, or write open = {{ every-day = ["00:00-24:00"] }} instead of always',
    },
    "hours.whose-holidays": {
        "sv": 'Det går inte att säga {names} utan att veta vilket lands helger som gäller. Lägg till holidays = "SE"',
        "en": '{names} needs to know whose holidays are meant: add holidays = "SE"',
    },
    "hours.ranges-overlap": {
        "sv": '"{one}" och "{other}" går in i varandra i `{key}`. Låt den ena börja när den andra är slut',
        "en": '"{one}" and "{other}" overlap in `{key}`: let each start after the other',
    },
    "hours.half-day-in-closed-week": {
        "sv": '`half_days` har "{span}", en dag då ni har stängt enligt veckan. '
        "Skriv den i `extra_open` om ni har öppet då",
        "en": '`half_days` has "{span}", a day when the week is closed: use `extra_open` to open on a closed day',
    },
    "hours.half-day-closed": {
        "sv": '`half_days` har "{span}", som också står i `closed`. Låt den stå på ett av ställena',
        "en": '`half_days` has "{span}", which is in `closed` too: keep it in one of them',
    },
    "hours.half-day-holiday": {
        "sv": '`half_days` har "{span}". Det är en helgdag, och då är det stängt. '
        "Skriv den i `extra_open` om ni har öppet då",
        "en": '`half_days` has "{span}", a public holiday and so closed: use `extra_open` to open on it',
    },
    "hours.half-day-open-holiday": {
        "sv": '`half_days` har "{span}". Det är en helgdag, och då gäller `holidays` i `open`. '
        "Skriv den i `closed` om ni har stängt då",
        "en": '`half_days` has "{span}", a public holiday, which has the hours of `holidays` in `open`: use '
        "`closed` to close on it",
    },
    "hours.several-countries": {
        "sv": 'En kalender följer ett lands helger: holidays = "SE". Skriv de andra dagarna i `closed`',
        "en": 'a calendar has the holidays of one country, as holidays = "SE": list the other days in `closed`',
    },
    "hours.no-list": {
        "sv": '{value} är ingen lista med tider. Skriv som ["08:00-12:00"], eller [] för stängt. '
        'Det sista klockslaget kan vara "24:00"',
        "en": '{value} is not a list of hours: write "HH:MM-HH:MM", for example "08:00-12:00" (the last possible end '
        'is "24:00") inside [ ], and [] for closed',
    },
    "hours.no-span": {
        "sv": '{value} är inte en tid från och till. Skriv "HH:MM-HH:MM", som "08:00-12:00". '
        'Det sista klockslaget kan vara "24:00"',
        "en": '{value} is not a span of hours: write "HH:MM-HH:MM", for example "08:00-12:00" (the last possible end '
        'is "24:00")',
    },
    "hours.overlap": {
        "sv": '"{earlier}" och "{later}" går in i varandra. Låt den ena börja när den andra är slut',
        "en": '"{earlier}" and "{later}" overlap: let each start when the one before has ended',
    },
    "hours.backwards": {
        "sv": '"{value}" slutar inte efter sin början. En tid ligger inom ett dygn. '
        'Skriv en natt som "22:00-24:00" den ena dagen och "00:00-06:00" den andra',
        "en": '"{value}" does not end after its start: a span stays within one day, so write night hours as '
        '"22:00-24:00" on one day and "00:00-06:00" on the next',
    },
    "hours.never-open": {
        "sv": "Kalendern har stängt i {days} dagar från {after}. En supportdesk har öppet minst en gång om året",
        "en": "the calendar has no opening hours for {days} days after {after}: a desk must open at least once a year",
    },
    "hours.country": {
        "sv": '"{country}" är inget land vars helger vi känner. Skriv landets kod i ISO 3166, som "SE"{meant}',
        "en": '"{country}" is not a country with known holidays: write its two-letter ISO 3166 code, as "SE"{meant}',
    },
    "hours.region": {
        "sv": '"{region}" är ingen region i {country}. Regioner med egna helger: {allowed}',
        "en": '"{region}" is not a region of {country}: the regions with holidays of their own are {allowed}',
    },
    "hours.no-regions": {"sv": "inga, så ta bort region", "en": "none, so leave region out"},
    "hours.eves": {
        "sv": 'Vi vet inte vilka `eves` som gäller i {country}. Skriv dagarna i closed, som "12-24"',
        "en": '`eves` are not known for {country}: list the dates in closed, as "12-24"',
    },
    "dates.no-date": {
        "sv": '{value} är inget datum. Skriv "ÅÅÅÅ-MM-DD" för en viss dag eller "MM-DD" för varje år',
        "en": '{value} is not a date: write "YYYY-MM-DD" for one date or "MM-DD" for every year',
    },
    "dates.not-in-almanac": {
        "sv": '"{value}" finns inte i almanackan. Skriv "ÅÅÅÅ-MM-DD" för en viss dag eller "MM-DD" för varje år',
        "en": '"{value}" is not in the almanac: write "YYYY-MM-DD" for one date or "MM-DD" for every year',
    },
    "dates.mixed": {
        "sv": '"{value}" blandar ett visst år med varje år. Skriv året i båda ändar eller inte alls',
        "en": '"{value}" mixes one year with every year: write the year in both ends or in none',
    },
    "dates.backwards": {
        "sv": '"{value}" slutar innan det börjar. Skriv den tidiga dagen först',
        "en": '"{value}" ends before it starts: write the earlier date first',
    },
    "target.answer-before-cut-off": {
        "sv": "Svaret ska komma senast {answer_by}, men frågan får komma ända till {cut_off}. Låt svaret komma efteråt",
        "en": "answer by {answer_by} must be after the cut-off {cut_off}",
    },
    "target.days-by-the-clock": {
        "sv": '"{value}" går inte när kalendern har öppet dygnet runt: en dag kan då menas på två sätt. '
        'Skriv timmar, som "{hours}h"',
        "en": '"{value}" by the wall clock is not said in days: write hours, as "{hours}h"',
    },
    "target.no-time": {
        "sv": '"{value}" är ingen tid att svara på. Skriv timmar och minuter som "4h", "30m" eller "1h30m", '
        'eller öppna dagar som "2d"',
        "en": '"{value}" is not a time to answer: write hours and minutes as "4h", "30m" or "1h30m", or open days as '
        '"2d"',
    },
    "target.minutes": {
        "sv": "{amount} minuter går inte att lova. Välj från 1 till {most} minuter",
        "en": "{amount} minutes is not a target: give 1 to {most} minutes",
    },
    "target.open-days": {
        "sv": "{amount} öppna dagar går inte att lova. Välj från 1 till {most} öppna dagar",
        "en": "{amount} open days is not a target: give 1 to {most} open days",
    },
    "target.break": {
        "sv": "`cut_off` {cut_off} hamnar i en rast. Sätt den när rasten börjar",
        "en": "the cut-off {cut_off} falls into a break: put it where the break starts",
    },
    "target.outside-hours": {
        "sv": "`cut_off` {cut_off} ligger utanför öppettiden alla dagar i veckan. "
        "Sätt den efter att ni öppnar och senast när ni stänger",
        "en": "the cut-off {cut_off} is outside the opening hours of every weekday: "
        "put it after an opening and not after the close",
    },
    "target.answer-after-close": {
        "sv": "`answer_by` {answer_by} är aldrig före stängning. Ta bort den, så gäller svar före stängning",
        "en": "answer by {answer_by} is never before the close: leave it out to answer by the close",
    },
    "target.next-day-outside-hours": {
        "sv": "`next_day_by` {next_day_by} är aldrig under öppettiden. Ta bort den, så gäller svar före stängning",
        "en": "`next_day_by`, {next_day_by}, is never between the opening and the close: leave it out to answer by the "
        "close",
    },
}
