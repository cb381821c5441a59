"""The manual's examples for makers of products: what stands there is run."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from tests import factories as world
from tests.domain.widgets.tokens import make_widget
from vaxel.domain.widgets.identity import TokenRefusedError, enter

_MANUAL = Path(__file__).parents[3] / "docs" / "widget.md"


def _example(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```", _MANUAL.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.django_db
def test_the_python_example_opens_one_session() -> None:
    person = world.make_person(world.make_organisation(world.make_desk("kompass")))
    widget, key = make_widget(person.desk)
    names: dict[str, Any] = {"KEY": key}
    exec(_example("python"), names)  # noqa: S102  # our own manual
    assert person.account is not None
    token = names["help_token"](SimpleNamespace(email=person.account.email))["token"]
    assert enter(widget, token=token, now=timezone.now()).person_id == person.pk
    with pytest.raises(TokenRefusedError, match="used"):
        enter(widget, token=token, now=timezone.now())


@pytest.mark.parametrize("language", ["csharp", "java", "php"])
def test_every_example_makes_the_claims_that_are_required(language: str) -> None:
    """There is nothing here to run them with; what each must say is looked for."""
    example = _example(language)
    claims = {"email": '"email"', "jti": r'"jti"|\.id\(', "exp": r'"exp"|expires:|\.expiration\('}
    missing = [name for name, words in claims.items() if not re.search(words, example)]
    assert (missing, bool(re.search("HS256|HmacSha256", example))) == ([], True)
