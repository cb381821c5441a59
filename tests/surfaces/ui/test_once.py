"""What is the same for everybody, made once."""

from itertools import count

import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from jinja2 import Environment

from vaxel.surfaces.ui.once import Once, once_per_language


def environment() -> Environment:
    """With a function that counts how often it is called."""
    env = Environment(autoescape=True, extensions=[Once])
    env.globals["made"] = count(1).__next__
    return env


def test_part_is_made_once_for_each_value_that_it_names() -> None:
    page = environment().from_string("{% once who, 1 %}{{ who }} {{ made() }}{% endonce %}")
    assert [page.render(who=who) for who in ("a", "b", "a")] == ["a 1", "b 2", "a 1"]


def test_parts_are_told_apart_by_where_they_stand() -> None:
    page = environment().from_string("{% once %}{{ made() }}{% endonce %}\n{% once %}{{ made() }}{% endonce %}")
    assert page.render() == page.render() == "1\n2"


def test_what_stands_in_a_part_is_escaped_once() -> None:
    page = environment().from_string("{% once who %}<b>{{ who }}</b>{% endonce %}")
    assert [page.render(who="<i>") for _again in range(2)] == ["<b>&lt;i&gt;</b>"] * 2


def test_more_parts_than_are_kept_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaxel.surfaces.ui.once._MOST", 2)
    page = environment().from_string("{% once who %}{{ who }}{{ made() }}{% endonce %}")
    assert [page.render(who=who) for who in "abcab"] == ["a1", "b2", "c3", "a4", "b5"]


def test_words_are_said_in_the_language_of_each_page() -> None:
    words = once_per_language(lambda: _("Send"))
    said = []
    for language in ("sv", "en", "sv"):
        with translation.override(language):
            said.append(words())
    assert said == ["Skicka", "Send", "Skicka"]
