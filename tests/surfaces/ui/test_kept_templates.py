"""A kept template is used as long as compiling it would give the same, and never else."""

from pathlib import Path

import pytest
from django.test import override_settings
from jinja2 import DictLoader, Environment

from vaxel.surfaces.ui.environment import environment
from vaxel.surfaces.ui.kept_templates import KeptTemplates, TemplatesToKeep, _made_with
from vaxel.surfaces.ui.spoken import speaking

PAGE = "<h1>{{ _('Send') }}</h1>{{ words }}"


def speaker(language: str, source: str = PAGE) -> Environment:
    extensions = ["jinja2.ext.i18n", "vaxel.surfaces.ui.once.Once"]
    return speaking(environment(loader=DictLoader({"area/page.jinja": source}), extensions=extensions), language)


def keep(folder: Path, language: str) -> None:
    env = speaker(language)
    env.bytecode_cache = TemplatesToKeep(language, folder=folder)
    env.get_template("area/page.jinja")


def is_kept(folder: Path, language: str, source: str = PAGE) -> bool:
    env, cache = speaker(language, source), KeptTemplates(language, folder=folder)
    found = cache.get_bucket(env, "area/page.jinja", None, source).code is not None
    env.bytecode_cache = cache
    heading = "Skicka" if language == "sv" else "Send"
    assert env.get_template("area/page.jinja").render(words="<b>") == source.replace(
        "{{ _('Send') }}", heading
    ).replace("{{ words }}", "&lt;b&gt;")
    return found


def test_template_is_found_in_the_language_that_it_was_compiled_for(tmp_path: Path) -> None:
    keep(tmp_path, "sv")
    assert (is_kept(tmp_path, "sv"), is_kept(tmp_path, "en")) == (True, False)
    keep(tmp_path, "en")
    assert (is_kept(tmp_path, "sv"), is_kept(tmp_path, "en")) == (True, True)


def test_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    keep(tmp_path, "sv")
    assert not is_kept(tmp_path, "sv", PAGE + "!")


def test_other_words_make_another_template(tmp_path: Path) -> None:
    keep(tmp_path, "sv")
    assert is_kept(tmp_path, "sv")
    _made_with.cache_clear()
    try:
        with override_settings(LOCALE_PATHS=[]):
            cache = KeptTemplates("sv", folder=tmp_path)
            assert cache.get_bucket(speaker("sv"), "area/page.jinja", None, PAGE).code is None
    finally:
        _made_with.cache_clear()


@pytest.mark.parametrize("harm", [b"", b"j2 and then something else", None])
def test_file_that_cannot_be_read_costs_nothing_but_time(tmp_path: Path, harm: bytes | None) -> None:
    keep(tmp_path, "sv")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if harm is None else harm)
    assert not is_kept(tmp_path, "sv")


def test_whoever_serves_writes_nothing(tmp_path: Path) -> None:
    assert not is_kept(tmp_path, "sv")
    assert list(tmp_path.iterdir()) == []
