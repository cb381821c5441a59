"""One draft on several pages at once: what each page changed is kept, and no page undoes another.

Every form carries a mark: a name for this showing of it, and what each answer was when it was shown. An answer that
still is as it was shown was not changed here, so what another page made of it stands. One that both changed keeps
both texts, and the asker is told. It works without script, and costs the server no memory.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final

from vaxel.kit.ids import PUBLIC_ID_LENGTH, new_public_id
from vaxel.surfaces.asking.answers import Answers, Written, from_data
from vaxel.surfaces.asking.problems import FACT, FIELD

_MAPS: Final = {"fields": FIELD, "declared": FACT}
#: Not answers of the asker's own.
_NOT_ASKED: Final = frozenset({"written", "situation", "channel", "nth", "of", "follows", "passed_on"})
#: Between two texts that are kept beside each other; short ones may stand in an input of one line.
_BETWEEN, _BETWEEN_SHORT = "\n\n", " / "
_SHORT: Final = 60


def form_mark(answers: Answers) -> str:
    """The mark for a form that shows these answers."""
    return " ".join([new_public_id(), *(f"{name}={_print(value)}" for name, value in _flat(answers).items())])


def put_together(mine: Answers, *, theirs: Answers, mark: str) -> Answers:
    """What this page sent with what the draft holds by now. Without a mark this page's answers stand as they are."""
    page = _page(mark)
    if not page:
        return mine
    before: dict[str, str] = dict(part.rsplit("=", 1) for part in mark.split(" ")[1:] if "=" in part)
    current, written = _flat(theirs), dict(theirs.written)
    merged: dict[str, Any] = {}
    for name, value in _flat(mine).items():
        merged[name], writer = _chosen(
            value, current=current.get(name, ""), before=before.get(name, _print("")), page=page, last=written.get(name)
        )
        if writer is not None:
            written[name] = writer
    return replace(_unflat(mine, merged), written=written)


def doubled(answers: Answers, *, mark: str) -> tuple[str, ...]:
    """The inputs whose text this page and another one both changed, so that both texts stand there now."""
    page = _page(mark)
    return tuple(name for name, each in answers.written.items() if page and each.page == page and each.beside)


def _page(mark: str) -> str:
    return mark.split(" ", maxsplit=1)[0][:PUBLIC_ID_LENGTH]


def _chosen(value: Any, *, current: Any, before: str, page: str, last: Written | None) -> tuple[Any, Written | None]:
    """What is kept of one answer, and who wrote it when that is this page."""
    wrote_last = last is not None and last.page == page
    if value == current or (not wrote_last and _print(value) == before):
        return current, None
    beside = last.beside if last is not None and wrote_last else ""
    if not wrote_last and _print(current) != before and isinstance(value, str) and isinstance(current, str):
        if value and value in current:
            return current, None
        beside = "" if current in value else current
    return (_beside(beside, value) if beside else value), Written(page=page, beside=beside)


def _beside(other: str, text: str) -> str:
    short = len(other) < _SHORT and len(text) < _SHORT and "\n" not in other + text
    return (_BETWEEN_SHORT if short else _BETWEEN).join(each for each in (other, text) if each)


def _flat(answers: Answers) -> dict[str, Any]:
    """Each answer under the name of its input; boxes without a tick and questions without an answer are alike."""
    flat: dict[str, Any] = {}
    for name, value in answers.as_data().items():
        if name in _MAPS:
            flat |= {f"{_MAPS[name]}{key}": text for key, text in value.items()}
        elif name not in _NOT_ASKED:
            flat[name] = (tuple(value) if any(value) else ()) if isinstance(value, tuple | list) else value
    return flat


def _unflat(answers: Answers, flat: Mapping[str, Any]) -> Answers:
    data = answers.as_data() | {name: {} for name in _MAPS}
    for name, value in flat.items():
        inside = next((each for each, prefix in _MAPS.items() if name.startswith(prefix)), "")
        if inside:
            data[inside][name.removeprefix(_MAPS[inside])] = value
        else:
            data[name] = value
    return from_data(data)


def _print(value: Any) -> str:
    """A fingerprint of an answer, short enough to stand in a form."""
    return blake2b(json.dumps(value, ensure_ascii=False).encode(), digest_size=6).hexdigest()
