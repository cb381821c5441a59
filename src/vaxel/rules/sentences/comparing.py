"""What differs between two policies, what a command has found, and why a policy is not published."""

from collections.abc import Mapping
from typing import Final

COMPARING: Final[Mapping[str, Mapping[str, str]]] = {
    "change.what": {"sv": "{aspect}: {before} → {after}", "en": "{aspect}: {before} → {after}"},
    "change.where": {
        "sv": "{change} för {number} kombinationer där {facts}",
        "en": "{change} for {number} combinations where {facts}",
    },
    "change.everywhere": {
        "sv": "{change} för {number} kombinationer, vilka uppgifterna än är",
        "en": "{change} for {number} combinations, whatever the facts",
    },
    "change.or": {"sv": "{one} eller {other}", "en": "{one} or {other}"},
    "change.same": {
        "sv": "Alla frågor avgörs som förut.",
        "en": "Every question is decided as before.",
    },
    "change.same-rules": {
        "sv": "Alla regler är som förut, men det som de ser till är ändrat. Därför kan frågor avgöras annorlunda.",
        "en": "Every rule is as before, but what the rules look at is not, so questions may be decided otherwise.",
    },
    "entry.nothing": {"sv": "finns inte", "en": "not there"},
    "aspect.destination": {"sv": "mottagare", "en": "destination"},
    "aspect.billing": {"sv": "kostnad", "en": "billing"},
    "aspect.yes": {"sv": "ett ja före arbetet", "en": "yes before work"},
    "aspect.channel": {"sv": "vägen in {name}", "en": "channel {name}"},
    "aspect.field": {"sv": "fältet {name}", "en": "field {name}"},
    "aspect.checklist": {"sv": "checklistan {name}", "en": "checklist {name}"},
    "aspect.notify": {"sv": "besked till {name}", "en": "notify {name}"},
    "aspect.target": {"sv": "löftet {name}", "en": "target {name}"},
    "aspect.section": {"sv": "{name}", "en": "{name}"},
    "outcome.none": {"sv": "inget", "en": "none"},
    "outcome.asked": {"sv": "krävs", "en": "asked"},
    "outcome.open": {"sv": "öppen", "en": "open"},
    "outcome.told": {"sv": "får veta", "en": "told"},
    "outcome.gone": {"sv": "borta", "en": "gone"},
    "outcome.new": {"sv": "ny", "en": "new"},
    "outcome.renamed": {
        "sv": "{name} (ser ut att vara samma med nytt namn)",
        "en": "{name} (looks like the same by a new name)",
    },
    "outcome.other-type": {
        "sv": "av en annan sort, så inget annat jämförs",
        "en": "another type; nothing else is compared",
    },
    "outcome.promise": {"sv": "{promise} {how} ({calendar})", "en": "{promise} {how} ({calendar})"},
    "promise.goal": {"sv": "mål", "en": "goal"},
    "promise.guarantee": {"sv": "garanti", "en": "guarantee"},
    "promise.within": {"sv": "inom {time}", "en": "within {time}"},
    "promise.same-day": {"sv": "samma dag före {cut_off}{by}{late}", "en": "same day before {cut_off}{by}{late}"},
    "promise.answer-by": {"sv": ", svar senast {time}", "en": ", answer by {time}"},
    "promise.next-day-by": {"sv": ", annars nästa dag senast {time}", "en": ", else next day by {time}"},
    "command.unreadable": {"sv": "{file} går inte att läsa: {why}.", "en": "{file} cannot be read: {why}."},
    "command.no-file": {"sv": "filen finns inte", "en": "No such file or directory"},
    "command.a-folder": {"sv": "det är en mapp", "en": "Is a directory"},
    "command.forbidden": {"sv": "du får inte öppna den", "en": "Permission denied"},
    "command.unspoken": {
        "sv": '"{language}" är inget språk som vaxel talar. Tillåtet här: {names}.',
        "en": '"{language}" is not a language that vaxel speaks. Allowed: {names}.',
    },
    "command.proven": {
        "sv": "{file}: {combinations} kombinationer bevisade, {examples} exempel stämmer.",
        "en": "{file}: {combinations} combinations proven, {examples} examples hold.",
    },
    "command.proven-one": {
        "sv": "{file}: {combinations} kombinationer bevisade, {examples} exempel stämmer.",
        "en": "{file}: {combinations} combinations proven, {examples} example holds.",
    },
    "command.faults": {"sv": "{file}: {number} fel.", "en": "{file}: {number} faults."},
    "command.fault": {"sv": "{file}: {number} fel.", "en": "{file}: {number} fault."},
    "command.note": {"sv": "obs: {note}", "en": "note: {note}"},
    "command.undecided": {
        "sv": "Policyn har inget svar: {reason}. Kör `vaxel policy check` på den.",
        "en": "The policy has no answer: {reason}. Run `vaxel policy check` on it.",
    },
    "command.stranger": {
        "sv": "Den ni inte känner har inget av detta, så det utelämnas: {facts}.",
        "en": "A stranger has no {facts}: left out.",
    },
    "command.no-language": {
        "sv": '"{language}" är inget språk som supportdesken har.',
        "en": '"{language}" is not a language of this desk.',
    },
    "command.published": {
        "sv": "{desk} använder version {version} från och med nu.",
        "en": "{desk} decides by version {version} from now on.",
    },
    "command.published-already": {
        "sv": "{desk} har redan den här policyn: version {version}.",
        "en": "{desk} has this policy already: version {version}.",
    },
    "command.nothing-done": {
        "sv": "{file} har fel, så inget är gjort. vaxel policy check {file} visar dem igen.",
        "en": "{file} has faults, so nothing was done. vaxel policy check {file} tells them again.",
    },
    "replay.channels": {"sv": "vägar in", "en": "channels"},
    "replay.fields": {"sv": "fält som krävs", "en": "required fields"},
    "replay.targets": {"sv": "löften", "en": "targets"},
    "replay.notify": {"sv": "vilka som får veta", "en": "notify"},
    "replay.undecided": {"sv": "går inte att avgöra", "en": "cannot be decided"},
    "replay.count": {"sv": "{aspect} {number}", "en": "{aspect} {number}"},
    "replay.more": {"sv": "… och {number} till.", "en": "… and {number} more."},
    "replay.changed": {
        "sv": "{passed} frågor avgjordes på nytt, {changed} skulle ändras, {aspects}.",
        "en": "{passed} questions decided again, {changed} would change, {aspects}.",
    },
    "replay.same": {
        "sv": "{passed} frågor avgjordes på nytt, ingen skulle ändras.",
        "en": "{passed} questions decided again, 0 would change.",
    },
    "publishing.prefix-kept": {
        "sv": "Ärendena hos {desk} heter {prefix}-…, så behåll `prefix`.",
        "en": "The tickets of {desk} are called {prefix}-…: keep that prefix.",
    },
    "publishing.prefix-taken": {
        "sv": "En annan supportdesk har {prefix} som `prefix`. Välj ett annat.",
        "en": "The prefix {prefix} is that of another desk: give this one another.",
    },
    "publishing.slug-kept": {
        "sv": "Supportdeskens adress är /{slug}/, så behåll `slug`: länkar i mejl och i webbläsare leder dit.",
        "en": "The desk's address is /{slug}/: keep that slug, links in mails and browsers lead there.",
    },
    "publishing.plan-in-force": {
        "sv": "{count} gällande avtal har supportnivån {plan}, som inte finns i den här policyn. "
        "Behåll den tills de har en annan.",
        "en": "{count} agreements that are in force have the plan {plan}, which this policy has not. "
        "Keep it until they have another one.",
    },
    "left.plan": {
        "sv": "{count} gällande avtal har kvar supportnivån {name}. "
        "Publicera med båda nivåerna, ge avtalen den nya och ta sedan bort den gamla.",
        "en": "Agreements in force that keep the plan {name}: {count}. "
        "Publish both plans, give the agreements the new one, then take the old one out.",
    },
    "left.product": {
        "sv": "{count} gällande avtal omfattar produkten {name}. Ge dem den nya, annars täcker avtalen inget av den.",
        "en": "Agreements in force that cover the product {name}: {count}. Give them the new one, or they cover none.",
    },
    "left.fact": {
        "sv": "{count} gällande avtal har ett värde på {name}. Skriv in det på nytt under det nya namnet.",
        "en": "Agreements in force with a value of {name}: {count}. Enter it anew under the new name.",
    },
    "left.role": {
        "sv": "Utsedda till rollen {name}: {count}. Utse dem på nytt, annars är ingen det.",
        "en": "People who hold the role {name}: {count}. Appoint them anew, or nobody is.",
    },
    "left.kind": {
        "sv": "Öppna ärenden av sorten {name}: {count}. De behåller den tills någon väljer en annan.",
        "en": "Open tickets of the kind {name}: {count}. They keep it until somebody chooses another.",
    },
    "left.destination": {
        "sv": "Öppna ärenden hos {name}: {count}. De ligger kvar där tills någon ändrar på dem.",
        "en": "Open tickets with {name}: {count}. They stay there until somebody changes them.",
    },
    "ahead.text": {
        "sv": "Filen gick inte att läsa, så inget annat är granskat än. Fler fel kan visa sig när det här är rättat.",
        "en": "The file could not be read, so nothing else is checked yet. More may show when this is put right.",
    },
    "ahead.shape": {
        "sv": "Namn, villkor och exempel är inte granskade än, och inget är bevisat. "
        "Fler fel kan visa sig när det här är rättat.",
        "en": "Names, conditions and examples are not checked yet, and nothing is proven. "
        "More may show when this is put right.",
    },
    "ahead.references": {
        "sv": "Reglerna är inte bevisade och exemplen inte prövade än. Fler fel kan visa sig när det här är rättat.",
        "en": "The rules are not proven and the examples not asked yet. More may show when this is put right.",
    },
    "ahead.comparison": {
        "sv": "Jämförelsen med den publicerade policyn kommer när felen är rättade.",
        "en": "The comparison with the published policy comes when the faults are put right.",
    },
    "trial.reading-too-long": {
        "sv": "Det tog mer än {seconds} sekunder att läsa filen, och läsningen avbröts. Inget är granskat. "
        "Gör filen mindre och villkoren enklare.",
        "en": "Reading the file took more than {seconds} seconds and was stopped. Nothing is checked. "
        "Make the file smaller and its conditions simpler.",
    },
    "trial.reading-too-large": {
        "sv": "Det behövdes mer än {megabytes} MB minne för att läsa filen, och läsningen avbröts. Inget är granskat. "
        "Gör filen mindre och villkoren enklare.",
        "en": "Reading the file needed more than {megabytes} MB of memory and was stopped. Nothing is checked. "
        "Make the file smaller and its conditions simpler.",
    },
    "trial.too-long": {
        "sv": "Prövningen tog mer än {seconds} sekunder och avbröts. Reglerna skiljer kanske på för mycket på en gång. "
        "Förenkla villkoren, eller pröva igen när det är lugnare.",
        "en": "Trying it took more than {seconds} seconds and was stopped. The rules may tell too much apart at once. "
        "Make the conditions simpler, or try again at a calmer time.",
    },
    "trial.too-large": {
        "sv": "Prövningen behövde mer än {megabytes} MB minne och avbröts. Reglerna skiljer på för mycket på en gång. "
        "Förenkla villkoren, eller dela dem i fler regler.",
        "en": "Trying it needed more than {megabytes} MB of memory and was stopped. The rules tell too much apart at "
        "once. Make the conditions simpler, or split them into more rules.",
    },
}
