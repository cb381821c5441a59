"""Templates name icons and classes by word; a word that nothing answers to would be silently blank."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "src" / "vaxel" / "surfaces").rglob("*.html.jinja"))
STYLES = sorted((ROOT / "frontend" / "styles").rglob("*.css"))
SCRIPTS = sorted(path for path in (ROOT / "frontend" / "src").rglob("*.ts") if ".test." not in path.name)

#: `icon("send")`, `icon_name="send"`, and the tables of macros: `"soon": "due"` on a line that sets `icons`.
ICON_USES = re.compile(r"""\bicon\(\s*"([a-z-]+)"|\bicon_name="([a-z-]+)"|\bstop\(\s*"([a-z-]+)\"""")
ICON_TABLE = re.compile(r"set icons = \{(.*?)\}", re.DOTALL)
CLASS_USES = re.compile(r'\bclass="([^"]*)"')
#: Words that only mark a place for script or for htmx, and have no look of their own.
WITHOUT_LOOK = {"htmx-indicator"}


def known_icons() -> set[str]:
    source = (ROOT / "frontend" / "build" / "icons.ts").read_text()
    return set(re.findall(r'^  "?([a-z-]+)"?: "[a-z0-9-]+",$', source, re.MULTILINE))


def styled_classes() -> set[str]:
    return {name for path in STYLES for name in re.findall(r"\.([a-z][a-z0-9_-]*)", path.read_text())}


def asked_icons(text: str) -> set[str]:
    direct = {name for groups in ICON_USES.findall(text) for name in groups if name}
    tables = {name for table in ICON_TABLE.findall(text) for name in re.findall(r': "([a-z-]+)"', table)}
    return direct | tables


def used_classes(text: str) -> set[str]:
    """Whole words of class attributes; those put together from a variable are left out."""
    without_logic = re.sub(r"\{%.*?%\}", " ", text)
    attributes = " ".join(CLASS_USES.findall(re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", without_logic)))
    return set(re.findall(r"(?<!\S)[a-z][a-z0-9_-]*(?!\S)", attributes))


def test_every_icon_that_templates_ask_for_is_in_the_sprite() -> None:
    missing = {path.name: asked_icons(path.read_text()) - known_icons() for path in TEMPLATES}
    assert {name: icons for name, icons in missing.items() if icons} == {}


def test_every_class_of_templates_has_a_look() -> None:
    styled = styled_classes() | WITHOUT_LOOK
    missing = {path.name: used_classes(path.read_text()) - styled for path in TEMPLATES}
    assert {name: classes for name, classes in missing.items() if classes} == {}


def test_no_template_or_script_writes_inline_style_or_code() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*(?:\ssrc=|application/json))|javascript:")
    found = {path.name: inline.findall(path.read_text()) for path in [*TEMPLATES, *SCRIPTS]}
    assert {name: places for name, places in found.items() if places} == {}


def test_styles_take_colours_from_tokens_alone() -> None:
    literal = re.compile(r"(?<![\w-])(#[0-9a-f]{3,8}\b|oklch\(|rgb\(|hsl\()")
    found = {path.name: literal.findall(path.read_text()) for path in STYLES if path.name != "tokens.css"}
    assert {name: colours for name, colours in found.items() if colours} == {}
