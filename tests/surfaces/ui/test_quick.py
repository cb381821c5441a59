"""Quick templates say what Jinja's own say."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from vaxel.surfaces.ui.spoken import speaking

PARTS = """
{% macro plain(one, two="<2>", three=none) %}{{ one }}-{{ two }}-{{ three }}{% endmacro %}
{% macro around(title) %}<h2>{{ title }}</h2>{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}
{% macro given(caller=none) %}{{ caller() if caller else "nobody" }}{% endmacro %}
{% macro rest(first) %}{{ first }} {{ varargs|join }} {{ kwargs|dictsort }}{% endmacro %}
"""
IMPORT = '{% from "parts" import plain, around, given, rest %}'
PAGES = {
    "text": "{{ value }}",
    "number": "{{ 1 + 2 }} {{ none }} {{ 1.5 }}",
    "markup": "{{ mark }} {{ value|safe }} {{ mark ~ value }}",
    "lazy": "{{ lazy }}",
    "inline": "{{ value if value else mark }}{{ {'a': value}.a }}{{ [value]|join(', ') }}",
    "loop": "{% for each in [value, mark] %}{{ loop.index }}{{ each }}{% endfor %}",
    "off": "{% autoescape false %}{{ value }}{% endautoescape %}",
    "macro": IMPORT + "{{ plain(value) }} {{ plain(1, three=value) }} {{ plain(two=mark, one=2) }}",
    "nested": IMPORT + "{{ plain(plain(value), plain(mark)) }}",
    "caller": IMPORT + "{% call around(value) %}<p>{{ value }}</p>{% endcall %}{{ around(title=mark) }}",
    "explicit": IMPORT + "{% call given() %}{{ value }}{% endcall %}{{ given() }}",
    "rest": IMPORT + "{{ rest(value, 1, mark, more=value) }}",
    "in a loop": IMPORT + "{% for each in [value] %}{{ plain(each, three=loop.index) }}{% endfor %}",
    "method": "{{ value.upper() }} {{ {'k': value}.get('k') }}",
}
FAULTS = {
    "unknown argument": (IMPORT + "{{ plain(1, four=4) }}", TypeError),
    "too many": (IMPORT + "{{ plain(1, 2, 3, 4) }}", TypeError),
    "missing argument": (IMPORT + "{{ plain() }}", UndefinedError),
    "unknown name": ("{{ nobody }}", UndefinedError),
    "caller that does not take one": (IMPORT + "{% call plain(1) %}{% endcall %}", TypeError),
}


class Lazy:
    """Markup that is made when it is asked for."""

    def __html__(self) -> str:
        return "<i>later</i>"


VALUES: dict[str, Any] = {"value": "<b> & 'q' \"", "mark": Markup("<em>&amp;</em>"), "lazy": Lazy()}


def environment(template: str) -> Environment:
    loader = DictLoader({"parts": PARTS, "page": template})
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


@pytest.mark.parametrize("template", PAGES.values(), ids=PAGES)
def test_quick_template_shows_what_jinja_shows(template: str) -> None:
    own = environment(template).get_template("page").render(VALUES)

    quick = speaking(environment(template), "sv").get_template("page")

    assert quick.render(VALUES) == own


@pytest.mark.parametrize(("template", "fault"), FAULTS.values(), ids=FAULTS)
def test_quick_template_refuses_what_jinja_refuses(template: str, fault: type[Exception]) -> None:
    for env in (environment(template), speaking(environment(template), "sv")):
        with pytest.raises(fault):
            env.get_template("page").render(VALUES)


def test_t29_quick_macro_escapes_what_it_is_given() -> None:
    env = speaking(environment(IMPORT + "{{ plain('<script>' ~ value, mark) }}"), "sv")

    page = env.get_template("page").render(VALUES)

    assert page == "&lt;script&gt;&lt;b&gt; &amp; &#39;q&#39; &#34;-<em>&amp;</em>-None"
