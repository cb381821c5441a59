"""A question from inside the product."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as world
from tests.domain.widgets.tokens import make_widget
from tests.surfaces.widget.conftest import Product
from vaxel.domain.tickets.models import Attachment, Draft, Ticket

WORDS = "Rapporten visar fel summa. Det började i går."
SITUATION = {
    "situation-page": "https://app.vendor.example/plan/7?view=table#row-3",
    "situation-title": "Årsplan",
    "situation-version": "8.9.0",
    "situation-window": "1440 × 900",
    "situation-unknown": "x",
}


def _ask(product: Product, **more: str) -> dict[str, Any]:
    body: dict[str, Any] = product.post("questions/", {"words": WORDS, **SITUATION, **more}).json()
    return body


def _to_review(product: Product) -> dict[str, Any]:
    begun = _ask(product)
    own = f"questions/{begun['draft']}/"
    chosen = {"kind": "unexpected-error", "product": "suite"}
    form = product.post(own + "kind/", chosen).json()
    assert form["step"] == "details"
    checked = [each["value"] for each in form["page"]["checklist"]["options"]]
    filled = {"answered": "yes", "priority": "normal", "checked": checked}
    body: dict[str, Any] = product.post(own + "details/", filled).json()
    return body


def test_asking_leads_from_words_to_a_ticket(product: Product) -> None:
    product.enter()
    review = _to_review(product)
    assert (review["step"], review["errors"]) == ("review", [])
    assert review["page"]["way"]["sends"] is True
    sent = product.post(f"questions/{review['draft']}/sent/").json()
    ticket = Ticket.unscoped.get()
    assert sent["number"].endswith(str(ticket.number))
    assert (ticket.channel, ticket.kind, ticket.requester_id) == ("widget", "unexpected-error", product.person.pk)
    assert ticket.fields["_situation"] == {
        "page": "https://app.vendor.example/plan/7?view=table",
        "title": "Årsplan",
        "version": "8.9.0",
        "window": "1440 × 900",
    }


def test_asking_twice_makes_one_ticket(product: Product) -> None:
    product.enter()
    draft = _to_review(product)["draft"]
    first, second = (product.post(f"questions/{draft}/sent/").json() for _ in range(2))
    assert first == second
    assert Ticket.unscoped.count() == 1
    assert product.post(f"questions/{draft}/kind/").json() == {"code": "sent-already"}


def test_each_step_says_what_is_wrong(product: Product) -> None:
    product.enter()
    assert product.post("questions/", {"words": " "}).json()["errors"][0]["field"] == "words"
    begun = _ask(product)
    own = f"questions/{begun['draft']}/"
    assert product.post(own + "kind/", {"kind": "nothing"}).json()["errors"][0]["field"] == "kind"
    product.post(own + "kind/", {"kind": "unexpected-error", "product": "suite"})
    again = product.post(own + "details/", {"answered": "yes", "urgent": "yes"}).json()
    assert (again["step"], bool(again["errors"])) == ("details", True)
    assert product.post(own + "sent/").json()["step"] == "details"
    assert Ticket.unscoped.count() == 0


def test_the_product_fills_in_the_version(db: None) -> None:
    desk = world.make_desk("baver")
    person = world.make_person(world.make_organisation(desk, plan="support", products=("baver",)), certified=False)
    product = Product(*make_widget(desk, product="baver"), person)
    product.enter()
    begun = _ask(product)
    kind = {"kind": "fault", "topic": "protocol"}
    page = product.post(f"questions/{begun['draft']}/kind/", kind).json()["page"]
    assert {each["name"]: each["value"] for each in page["inputs"]}["field-version"] == "8.9.0"


def test_the_product_fills_in_the_page(product: Product) -> None:
    product.enter()
    own = f"questions/{_ask(product)['draft']}/"
    page = product.post(own + "kind/", {"kind": "unexpected-error", "product": "suite"}).json()["page"]
    filled = {each["name"]: each["value"] for each in page["inputs"]}
    assert filled["field-page"] == "https://app.vendor.example/plan/7?view=table"


def test_a_picture_goes_with_the_question(product: Product) -> None:
    product.enter()
    draft = _ask(product)["draft"]
    picture = SimpleUploadedFile("window.png", b"\x89PNG\r\n", content_type="image/png")
    kept = product.post(f"questions/{draft}/files/", {"files": picture}).json()["kept"]
    assert [each["name"] for each in kept] == ["window.png"]
    assert product.post(f"questions/{draft}/files/", {"remove": kept[0]["url"]}).json()["kept"] == []
    assert Attachment.unscoped.count() == 0


def test_t58_nobody_asks_without_a_name(product: Product) -> None:
    product.as_nobody()
    answer = product.post("questions/", {"words": WORDS})
    assert (answer.status_code, answer.json()) == (403, {"code": "unknown-person"})
    assert Draft.unscoped.count() == 0


def test_t42_a_colleagues_draft_is_not_there(product: Product) -> None:
    product.enter()
    draft = _ask(product)["draft"]
    product.person = world.make_person(product.person.organisation, name="Ove Lind")
    product.enter()
    for step in ("kind", "details", "files", "sent"):
        answer = product.post(f"questions/{draft}/{step}/")
        assert (answer.status_code, answer.json()) == (404, {"code": "no-draft"})
    assert product.post("questions/", {"draft": draft, "words": "x"}).status_code == 404


def test_t59_no_more_is_begun_than_people_do(product: Product) -> None:
    product.enter()
    codes = [product.post("questions/", {"words": WORDS}).status_code for _ in range(22)]
    assert (codes[:20], codes[20:]) == ([200] * 20, [429, 429])
