"""Whether somebody tells that something is wrong, in the words that everybody says it with.

A policy's kinds are its own; what a fault sounds like is the language's. Pure.
"""

import re
from typing import Final

#: "går inte" in a question how to do something is a sign as well: a sign only weighs, it decides nothing.
_SIGNS: Final = re.compile(
    r"""\b(?:
      fel | felet | felaktig\w* | felmeddelande\w* | felkod\w* | trasig\w*
      | sakna[rsd]?\w* | borta | försvunn\w* | försvinner | tom[mt]?a? | blank\w*
      | slutat
      | (?:går|gick|fungerar|funkar|fungerade|stämmer|visas|visar|syns|kommer|öppnas|sparas|laddas|händer)
        \s+(?:\w+\s+){0,2}?(?:inte|inget|aldrig)
      | inte\s+(?:\w+\s+)?längre | längre\s+inte
      | sedan\s+(?:i\s+)?(?:går|morse|förrgår|helgen|uppdateringen|måndags|tisdags|onsdags|torsdags|fredags)
      | hänger\s+sig | kraschar | låser\s+sig | stäng(?:er|s)\s+ned?
      | wrong | error\w* | broken | missing | gone | blank | crash\w* | freezes | stopped\s+working
      | (?:does|do|did|is|can|could)(?:\s+not|n't|not)\s+(?:\w+\s+)?(?:work|open|show|save|load|print|appear)\w*
      | (?:no|not\s+\w+)\s+(?:any\s+more|longer) | since\s+(?:yesterday|this\s+morning|the\s+update|monday|friday)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def sounds_wrong(words: str) -> bool:
    """True for "visar fel siffror", "saknas", "går inte att öppna", "sedan i går", and the like in English."""
    return _SIGNS.search(words) is not None
