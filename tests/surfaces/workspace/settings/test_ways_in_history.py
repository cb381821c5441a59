"""Mailboxes, help inside products and prices in the history of settings: what was and what is, and no secret."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import factories as world
from tests.surfaces.workspace.settings.conftest import Board
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.mailroom.mailboxes import add_mailbox, change_mailbox
from vaxel.domain.smalljobs.rates import agree_on_card, set_rate
from vaxel.domain.widgets.setting_up import add_widget, change_widget, renew_key

pytestmark = pytest.mark.django_db(transaction=True)
BY: dict[str, Any] = {"by": SYSTEM, "now": world.NOW}
SECRET = "korrekt-häst-batteri"


def told(board: Board) -> list[str]:
    """The history's entries, the newest first."""
    return [each.text for each in board.get("history/").all("main ol.list > li")]


def test_mailbox_tells_what_was_and_hides_its_password(board: Board) -> None:
    box = add_mailbox(
        desk=board.desk,
        address="Stod@desk.example",
        way="imap",
        host="imap.desk.example",
        secrets={"password": SECRET},
        **BY,
    )
    change_mailbox(
        scope=board.scope,
        mailbox_id=box.pk,
        host="post.desk.example",
        default_product="suite",
        is_on=False,
        secrets={"password": f"{SECRET}2"},
        **BY,
    )

    assert board.last_change("mailbox-added") == {
        "address": [None, "stod@desk.example"],
        "host": [None, "imap.desk.example"],
        "way": [None, "imap"],
        "secret": None,
    }
    assert board.last_change("mailbox-changed") == {
        "default_product": ["", "suite"],
        "host": ["imap.desk.example", "post.desk.example"],
        "is_on": [True, False],
        "secret": None,
    }
    newest, first = told(board)[:2]
    assert newest.startswith("stod@desk.example En brevlåda ändrades")
    assert "Server: var imap.desk.example är nu post.desk.example" in newest
    assert "Aktiv: var ja är nu nej" in newest
    assert "Vi hämtar dem (IMAP)" in first


def test_t63_no_secret_stands_in_the_trail(board: Board) -> None:
    box = add_mailbox(desk=board.desk, address="stod@desk.example", way="imap", secrets={"password": SECRET}, **BY)
    change_mailbox(scope=board.scope, mailbox_id=box.pk, secrets={"refresh_token": SECRET}, **BY)
    widget, key = add_widget(desk=board.desk, name="Kompass", product="", origins=["https://app.vendor.example"], **BY)
    _widget, other = renew_key(scope=board.scope, widget_id=widget.pk, **BY)

    kept = " ".join(f"{entry.data} {entry.changes}" for entry in AuditEntry.unscoped.all())
    assert [each for each in (SECRET, key, other, box.secret, widget.key) if each in kept] == []


def test_help_inside_a_product_tells_what_was(board: Board) -> None:
    origins = ["https://app.vendor.example"]
    widget, _key = add_widget(desk=board.desk, name="Kompass", product="", origins=origins, **BY)
    settings: dict[str, Any] = {
        "name": "Kompass",
        "product": "suite",
        "origins": [*origins, "https://eu.vendor.example"],
    }
    for _ in range(2):
        change_widget(scope=board.scope, widget_id=widget.pk, is_on=True, **settings, **BY)
    renew_key(scope=board.scope, widget_id=widget.pk, **BY)

    assert board.last_change("widget-changed") == {
        "product": ["", "suite"],
        "origins": [origins, settings["origins"]],
    }
    assert AuditEntry.unscoped.filter(kind="widget-changed").count() == 1
    renewed, changed, _added = told(board)[:3]
    assert renewed.startswith("Kompass En produkts signeringsnyckel byttes Signeringsnyckel")
    assert "var https://app.vendor.example är nu https://app.vendor.example, https://eu.vendor.example" in changed


def test_price_tells_what_held_before_and_whose_card_it_is(board: Board) -> None:
    def price(amount: str, first_day: date) -> None:
        set_rate(board.desk, card="Konsult", currency="SEK", per_hour=Decimal(amount), starts_on=first_day, **BY)

    price("1200", date(2026, 1, 1))
    price("1300.5", date(2026, 6, 1))
    card = set_rate(
        board.desk, card="Ramavtal", currency="SEK", per_hour=Decimal(900), starts_on=world.NOW.date(), **BY
    )
    agree_on_card(board.organisation, card=card, **BY)
    agree_on_card(board.organisation, card=None, **BY)

    assert board.last_change("rate-card-agreed") == {"rate_card": ["Ramavtal", None]}
    back, agreed, _own, raised, first = told(board)[:5]
    assert "Prislista: var Ramavtal är nu den vanliga" in back
    assert agreed.startswith("Åsklinge kommun")
    assert "Prislista: var den vanliga är nu Ramavtal" in agreed
    assert "Konsult: var 1200.00 SEK är nu 1300.50 SEK" in raised
    assert "Konsult: var inget är nu 1200.00 SEK" in first
