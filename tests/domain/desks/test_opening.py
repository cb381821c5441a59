"""A desk is opened whole or not at all."""

import re
from collections.abc import Iterable, Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import NOW, policy_source
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.opening import DeskRefusedError, open_desk
from vaxel.domain.desks.policies import current_policy
from vaxel.rules.policy.declarations import RESERVED_ADDRESSES
from vaxel.rules.policy.parts import SLUG_PATTERN

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


def test_no_desk_is_called_as_the_programs_own_addresses_begin() -> None:
    firsts = {address.partition("/")[0] for address in _addresses(get_resolver().url_patterns)}
    programs = {first for first in firsts if re.fullmatch(SLUG_PATTERN, first)} | {settings.STATIC_URL.strip("/")}

    assert {"signin", "static"} <= programs
    assert programs - RESERVED_ADDRESSES == set()


def _addresses(patterns: Iterable[URLPattern | URLResolver], *, before: str = "") -> Iterator[str]:
    for each in patterns:
        whole = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, before=whole)
        else:
            yield whole
