"""What the proof finds: questions without an answer, rules that never decide, quotas without an end."""

from collections.abc import Mapping
from typing import Final

PROOF: Final[Mapping[str, Mapping[str, str]]] = {
    "proof.concerns": {
        "sv": "{problem} Det gäller {number} kombinationer, till exempel: {example}.",
        "en": "{problem} It concerns {number} combinations, as: {example}.",
    },
    "proof.as": {"sv": "{problem} Till exempel: {example}.", "en": "{problem} As: {example}."},
    "proof.unrouted": {
        "sv": "Några frågor har ingen väg. Lägg till en regel, eller en sista regel utan `when`.",
        "en": "Some questions have no route: add one, or a last route without `when`.",
    },
    "proof.circling": {
        "sv": "Den som inte får komma in skickas runt i en cirkel. Låt något `instead` leda ut ur den.",
        "en": "Refused people are sent round in a circle: let one `instead` lead out of it.",
    },
    "proof.unbilled": {
        "sv": "Några ärenden saknar regel för vad de kostar. Lägg till en, eller en sista utan `when`.",
        "en": "Some tickets have no billing: add a rule, or a last one without `when`.",
    },
    "proof.no-channel": {
        "sv": 'Några frågor hör till "{name}", men ingen väg leder dit. Tillåt en i [[channels]].',
        "en": 'Some questions belong to "{name}" but no channel leads there: allow one in [[channels]].',
    },
    "proof.never-applies": {"sv": "Regeln gäller aldrig. {why}", "en": "The rule never applies: {why}"},
    "proof.never-together": {
        "sv": "Inga uppgifter kan uppfylla alla villkoren på en gång.",
        "en": "no possible facts meet its conditions together.",
    },
    "proof.never-at-destination": {
        "sv": "Ingen fråga som villkoren beskriver kommer till den mottagaren.",
        "en": "no question that its conditions describe comes to that destination.",
    },
    "proof.never-by-channel": {
        "sv": "Ingen fråga som villkoren beskriver når de mottagarna på en öppen väg.",
        "en": "no question that its conditions describe reaches these destinations by an open channel.",
    },
    "proof.never-so-far": {
        "sv": "Ingen fråga som villkoren beskriver kommer så långt.",
        "en": "no question that its conditions describe gets that far.",
    },
    "proof.never-decides": {
        "sv": "Regeln avgör aldrig något. Överallt där den gäller har tidigare regler redan avgjort ({rules}).",
        "en": "The rule never decides: wherever it applies, earlier rules have decided ({rules}).",
    },
    "proof.dead-table": {
        "sv": "Inga uppgifter kan uppfylla tabellen. Ta bort den, eller rätta den.",
        "en": "No possible facts meet this table: remove it, or mend it.",
    },
    "proof.nobody-arrives": {
        "sv": 'Ingen fråga kommer någonsin till "{name}". Led frågor dit, eller ta bort mottagaren.',
        "en": 'No question ever arrives at "{name}": route to it, or remove it.',
    },
    "proof.unasked-certificate": {
        "sv": "Intyg finns beskrivna, men ingen regel om access frågar efter dem. Alla kommer in utan intyg.",
        "en": "Certificates are described but no access rule asks for one, so everybody gets in without.",
    },
    "proof.certificate-in-access": {
        "sv": 'certificate = ["valid", "grace"] i en regel om access',
        "en": 'certificate = ["valid", "grace"] in an access rule',
    },
    "proof.stranger-arrives": {
        "sv": 'Någon som ni inte känner når "{name}". Det får aldrig hända.',
        "en": 'A stranger reaches "{name}": this must never be.',
    },
    "proof.not-let-in": {
        "sv": 'Någon når "{name}" utan att ha släppts in. Det får aldrig hända.',
        "en": 'Somebody reaches "{name}" without being let in: this must never be.',
    },
    "proof.tangled": {
        "sv": "Reglerna skiljer på för mycket på en gång, så beviset blir aldrig färdigt. Gör villkoren enklare, eller "
        "fråga efter färre uppgifter i samma regel.",
        "en": "The rules tell too much apart at once, so the proof does not come to an end: make conditions simpler, "
        "or ask about fewer facts in one rule.",
    },
    "proof.calls-the-vendor": {
        "sv": "Den som tar vägen {channel} når er, men här hamnar frågor som kundens egna kontakter svarar på "
        "({names}). Fråga efter `destination` i `when`.",
        "en": "Whoever comes by {channel} reaches you, and here it is open for questions that the customer's own "
        "contacts answer ({names}): let it ask for `destination`.",
    },
    "proof.promise-nowhere": {
        "sv": "Regeln lovar där inget får lovas. Det får aldrig hända.",
        "en": "It promises where nothing may be promised: this must never be.",
    },
    "quota.some-left": {
        "sv": '`kind = "quota-used-up"` är för {fact} = "used-up", men här finns något kvar.',
        "en": '`kind = "quota-used-up"` is for {fact} = "used-up": here some is left.',
    },
    "quota.nothing-left": {
        "sv": 'Regeln tar av {fact} där inget är kvar. Fråga efter {fact} = "left" i `when`.',
        "en": 'It draws on {fact} where nothing is left: ask for {fact} = "left" in `when`.',
    },
    "quota.endless": {
        "sv": "Regeln tar av {fact} utan slut. Ge varje supportnivå som kommer hit en gräns i [facts.{fact}] och "
        'fråga efter {fact} = "left". Eller fråga efter {fact} = {{ below = n }}.',
        "en": "It draws on {fact} without an end: give every plan that comes here a limit in [facts.{fact}] and ask "
        'for {fact} = "left", or ask for {fact} = {{ below = n }}.',
    },
    "quota.counts-others": {
        "sv": "{fact} räknar bara {key} = {names}, men regeln gäller andra. Då tar det aldrig slut.",
        "en": "{fact} counts only {key} = {names}, and this rule bills others: they would never use it up.",
    },
    "quota.bank-in-time": {
        "sv": 'Köpta timmar räknas i tid, men {fact} räknar {counts}. Skriv counts = "hours".',
        "en": 'An hour bank is counted in time, and {fact} counts {counts}: use counts = "hours".',
    },
    "quota.other-figure": {
        "sv": "hours = {hours} är en annan siffra än gränsen för {plan}, {limit} {counts}.",
        "en": "hours = {hours} is another figure than the limit of {plan}, {limit} {counts}.",
    },
    "example.language": {
        "sv": "Frågan saknas på {languages}.",
        "en": "The question is missing in {languages}.",
    },
    "example.no-answer": {
        "sv": "Exemplet får inget svar: {reason}.",
        "en": "The example has no answer: {reason}.",
    },
    "example.other-answer": {
        "sv": "Exemplet väntar sig {expected}, men svaret är {got}. Det avgjordes av: {rules}.",
        "en": "Expected {expected} and got {got} (decided by: {rules}).",
    },
    "example.did-not-decide": {
        "sv": '"{rule}" avgjorde inte. Det gjorde de här: {rules}.',
        "en": '"{rule}" did not decide; these did: {rules}.',
    },
    "region.anything": {"sv": "vilka uppgifter som helst", "en": "any facts"},
    "region.fact": {"sv": "{fact} = {value}", "en": "{fact} = {value}"},
    "interval.any": {"sv": "vilket tal som helst", "en": "any number"},
    "interval.below": {"sv": "under {high}", "en": "below {high}"},
    "interval.between": {"sv": "{low} till {high}", "en": "{low} to {high}"},
    "interval.from": {"sv": "minst {low}", "en": "at least {low}"},
}
