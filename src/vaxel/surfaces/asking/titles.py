"""The title of a question: the first sentence of its words that says something."""

import re
from typing import Final

_MOST: Final = 100
#: After ! and ? always; after a point only when something new begins, for "t.ex. så" goes on.
_SENTENCE_END: Final = re.compile(r"(?<=[!?…])\s+|(?<=\.)\s+(?=[^\sa-zåäö0-9])|\n+")
#: The numbers of a list say nothing by themselves.
_ITEM: Final = re.compile(r"(?:^|(?<=[.!?:])[ \t])[ \t]*(?:\d{1,2}[.)]|[a-c]\))[ \t]+(?=\S)", re.MULTILINE)
_GREETING: Final = re.compile(
    r"(?:hej(?:san|hej)?|hallå|tjena|tja|god ?(?:dag|morgon|kväll|middag|förmiddag|eftermiddag)"
    r"|hi|hello|hey|dear|good (?:day|morning|afternoon|evening))\b"
    r"(?:\s+(?:på|er|dig|alla|allihop|igen|support(?:en)?|där|vänner|again|all|everyone|there|team|friends|sir|madam|or|"
    r"kompass|bäver))*\s*(?:[!,.:;–-]+|$)\s*",
    re.IGNORECASE,
)
#: Sentences of courtesy alone.
_COURTESY: Final = re.compile(
    r"(?:tack(?: så mycket)?(?: på förhand)?|(?:jag )?hoppas (?:att )?(?:allt|ni|du) (?:är|mår) bra|"
    r"thanks?(?: you)?(?: in advance)?|(?:i )?hope (?:all is|you are|this finds you) well|"
    r"(?:jag har )?en fråga|(?:i have )?a question|(?:en )?snabb fråga|(?:a )?quick question)\W*",
    re.IGNORECASE,
)


def title_of(words: str) -> str:
    """The sentence, without a greeting, cut at a word when it is long. Words of courtesy alone are better than none."""
    sentences = [part.strip() for part in _SENTENCE_END.split(_ITEM.sub(" ", words)) if part.strip()]
    telling = (_without_greeting(sentence) for sentence in sentences)
    return _cut(next((each for each in telling if _says_something(each)), sentences[0] if sentences else ""))


def _without_greeting(sentence: str) -> str:
    rest = _GREETING.sub("", sentence, count=1) if _GREETING.match(sentence) else sentence
    return rest if rest == sentence else rest[:1].upper() + rest[1:]


def _says_something(sentence: str) -> bool:
    return any(letter.isalnum() for letter in sentence) and not _COURTESY.fullmatch(sentence)


def _cut(sentence: str) -> str:
    if len(sentence) <= _MOST:
        return sentence
    return sentence[: _MOST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
