"""The design system on paper: renders the preview pages to static files, without Django or a database.

python -m tests.frontend.preview.render FOLDER     then serve FOLDER and look
"""

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.frontend.preview.content import CONTENT, chrome_for

HERE: Final = Path(__file__).parent
UI: Final = HERE.parents[2] / "src" / "vaxel" / "surfaces" / "ui"
BUILT: Final = UI / "static" / "built"
PAGES: Final = tuple(sorted(path.name.removesuffix(".html.jinja") for path in (HERE / "pages").glob("[!_]*.jinja")))
ENTRIES: Final = {"app": "styles/app.css", "portal": "src/portal.ts", "workspace": "src/workspace.ts"}


def write_pages(folder: Path) -> None:
    """Every preview page, light and dark, with the built files beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    if BUILT.exists():
        shutil.copytree(BUILT, folder / "built", dirs_exist_ok=True)
    for page in PAGES:
        for theme in ("light", "dark"):
            (folder / f"{page}-{theme}.html").write_text(render(page, theme=theme))
    shutil.copy(UI / "static" / "mark.svg", folder)
    (folder / "accent.css").write_text((HERE / "accent.css").read_text())


def render(page: str, *, theme: str = "auto") -> str:
    """One preview page as HTML."""
    template = preview_environment().get_template(f"{page}.html.jinja")
    chrome = chrome_for(page, theme)
    return template.render({**CONTENT, "chrome": chrome, "lang": "sv", "path": f"/{page}", "csrf_input": _CSRF})


def preview_environment() -> Environment:
    """As `surfaces.ui.environment`, with the build's files named relatively and the Swedish texts loaded."""
    env = Environment(
        loader=FileSystemLoader([HERE / "pages", UI / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "vaxel.surfaces.ui.once.Once"],
    )
    env.install_gettext_translations(_swedish(), newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    env.globals.update(url=_address, static=_static, icon=_icon, vite_tags=_vite_tags, demo=False)
    return env


_CSRF: Final = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="preview">')


def _swedish() -> Translations:
    with (UI / "locale" / "sv" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale="sv")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _address(name: str, /, **arguments: Any) -> str:
    return "#" + "/".join([name, *map(str, arguments.values())])


def _static(path: str) -> str:
    return path


def _icon(name: str, label: str | None = None) -> Markup:
    use = Markup('<use href="built/icons.svg#{}"></use>').format(name)
    named = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {} focusable="false">{}</svg>').format(named, use)


def _vite_tags(entry: str) -> Markup:
    manifest: dict[str, Any] = json.loads((BUILT / "manifest.json").read_text()) if BUILT.exists() else {}
    if ENTRIES[entry] not in manifest:
        return Markup("")
    file = manifest[ENTRIES[entry]]["file"]
    if file.endswith(".css"):
        return Markup('<link rel="stylesheet" href="built/{}">').format(file)
    return Markup('<script type="module" src="built/{}"></script>').format(file)


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
