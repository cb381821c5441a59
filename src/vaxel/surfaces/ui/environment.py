"""The Jinja environment of every page: strict, escaping, and with a short closed list of globals."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from vaxel.surfaces.ui.addresses import address

_BUILT: Final = Path(__file__).parent / "static" / "built"
#: The front-end build's entries, by the names that templates use.
_ENTRIES: Final = {"app": "styles/app.css", "portal": "src/portal.ts", "workspace": "src/workspace.ts"}


#: Icons keep their size before the stylesheet has come. What is put in is escaped.
_HIDDEN_ICON: Final = Markup(
    '<svg class="icon" width="18" height="18" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
)
_NAMED_ICON: Final = Markup(
    '<svg class="icon" width="18" height="18" role="img" aria-label="{}" focusable="false">'
    '<use href="{}#{}"></use></svg>'
)


def environment(**options: Any) -> Environment:
    """Django's hook: one environment per process."""
    env = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined})  # noqa: S701  # it is on
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.globals.update(url=address, static=cache(static), icon=icon, vite_tags=vite_tags, demo=settings.DEMO)
    return env


@cache
def icon(name: str, label: str | None = None) -> Markup:
    """An icon of the sprite: hidden from screen readers, or named by `label`."""
    sprite = static("built/icons.svg")
    if label is None:
        return _HIDDEN_ICON.format(sprite, name)
    return _NAMED_ICON.format(label, sprite, name)


@cache
def vite_tags(entry: str) -> Markup:
    """The link and script elements of a front-end entry ("app", "portal", "workspace"), from the build's manifest."""
    chunk = _manifest().get(_ENTRIES[entry])
    if chunk is None:
        return Markup("")
    file = chunk["file"]
    styles = [*chunk.get("css", []), *([file] if file.endswith(".css") else [])]
    tags = [Markup('<link rel="stylesheet" href="{}">').format(static(f"built/{style}")) for style in styles]
    if file.endswith(".js"):
        tags.append(Markup('<script type="module" src="{}"></script>').format(static(f"built/{file}")))
    return Markup("\n").join(tags)


def _manifest() -> dict[str, Any]:
    path = _BUILT / "manifest.json"
    loaded: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return loaded
