"""A desk is opened whole or not at all."""

import pytest

from tests.factories import NOW, policy_source
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.opening import DeskRefusedError, open_desk
from vaxel.domain.desks.policies import current_policy

SOURCE = policy_source("baver")


def _refusal(source: str) -> str:
    with pytest.raises(DeskRefusedError) as refused:
        open_desk(source=source, by=SYSTEM, now=NOW)
    return str(refused.value)


@pytest.mark.django_db
def test_desk_is_as_its_policy_says() -> None:
    opened = open_desk(source=SOURCE, mail_address="help@baver.example", by=SYSTEM, now=NOW)
    desk = Desk.objects.get(pk=opened.pk)
    assert (desk.slug, desk.prefix, desk.name, desk.mail_address) == (
        "baver",
        "BAV",
        "Bäver helpdesk",
        "help@baver.example",
    )
    assert (desk.languages, desk.time_zone) == (["sv", "en"], "Europe/Stockholm")
    assert current_policy(desk).file.desk.slug == "baver"
    assert list(AuditEntry.unscoped.values_list("kind", flat=True)) == ["desk-opened", "policy-published"]


@pytest.mark.django_db
def test_taken_slug_and_taken_prefix_are_told_apart() -> None:
    open_desk(source=SOURCE, by=SYSTEM, now=NOW)
    other = SOURCE.replace('slug = "baver"', 'slug = "utter"', 1)
    assert _refusal(SOURCE) == "There is a desk baver already: vaxel policy publish gives it another policy."
    assert _refusal(other) == "The prefix BAV is that of the desk baver: give this one another."
    assert Desk.objects.count() == 1


@pytest.mark.django_db
def test_slug_that_is_an_address_of_the_program_is_refused() -> None:
    assert _refusal(SOURCE.replace('slug = "baver"', 'slug = "signin"', 1)) == (
        "The address /signin/ is the program's own: give the desk another slug."
    )


@pytest.mark.django_db
def test_slug_that_does_not_fit_is_refused() -> None:
    slug = "a" * 41
    assert _refusal(SOURCE.replace('slug = "baver"', f'slug = "{slug}"', 1)) == (
        f"The slug {slug} is longer than 40 letters: it stands in every address."
    )
