"""Templates that are compiled once for each language."""

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.utils import translation

from vaxel.surfaces.ui.environment import icon
from vaxel.surfaces.ui.spoken import SpokenTemplates

PAGE = "page.html"


@pytest.fixture
def templates(tmp_path_factory: pytest.TempPathFactory) -> SpokenTemplates:
    folder = tmp_path_factory.mktemp("templates")
    (folder / PAGE).write_text(
        '{{ _("Skip to content") }}|{{ icon("check") }}|{{ _("%(count)s kB", count=count) }}|{{ _(word) }}'
    )
    given = {**settings.TEMPLATES[0], "NAME": "jinja", "DIRS": [folder]}
    return SpokenTemplates({key: value for key, value in given.items() if key != "BACKEND"})


def test_template_speaks_the_active_language(templates: SpokenTemplates) -> None:
    expected = {"sv": ("Hoppa till innehållet", "Logga in"), "en": ("Skip to content", "Sign in")}
    for language in ("sv", "en", "sv"):
        with translation.override(language):
            page = templates.get_template(PAGE).render({"count": "<3>", "word": "Sign in"})

        constant, sign, counted, given = page.split("|")
        assert (constant, given) == expected[language]
        assert (sign, counted) == (icon("check"), "&lt;3&gt; kB")


def test_template_that_is_not_there_is_told_as_django_expects(templates: SpokenTemplates) -> None:
    with pytest.raises(TemplateDoesNotExist):
        templates.get_template("nowhere.html")
