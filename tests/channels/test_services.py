"""Mail by a delivery service: what each answer means, and what its reports do."""

import base64
import socket
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, Final, get_args

import pytest
from django.core.mail import get_connection
from django.http import HttpResponse
from django.test import Client
from django.utils.module_loading import import_string
from pytest_django import Settings

from tests import factories as world
from tests.channels.service_stub import ACCEPTED_AS, ServiceStub, service_stub
from vaxel.channels.mail import outbound
from vaxel.channels.mail.outbound import TryLaterError
from vaxel.channels.mail.services import SERVICES, ServiceName, anymail_settings, backend_of
from vaxel.domain.notices.blocking import is_blocked
from vaxel.domain.notices.models import OutgoingMail

pytestmark = pytest.mark.django_db

MakeMail = Callable[..., OutgoingMail]
SECRET: Final = "reports:of the service"


def use(settings: Settings, name: ServiceName, *, url: str = "") -> None:
    settings.MAIL_SERVICE = name
    settings.EMAIL_BACKEND = backend_of(name)
    settings.ANYMAIL = anymail_settings(name, key="a:b", reports_secret=SECRET, api_url=url)


@pytest.fixture
def service(settings: Settings) -> Iterator[ServiceStub]:
    with service_stub() as stub:
        use(settings, "postmark", url=stub.url)
        outbound.BREAKER.answered()
        yield stub
        outbound.BREAKER.answered()


def stored(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.unscoped.get(pk=mail.pk)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_can_be_set(name: ServiceName, settings: Settings) -> None:
    use(settings, name)

    assert type(get_connection()).__module__ == f"anymail.backends.{name}"
    assert import_string(f"anymail.webhooks.{SERVICES[name].reports}").esp_name.lower() == name
    assert set(SERVICES) == set(get_args(ServiceName))


def test_an_accepted_mail_is_stored_with_the_services_id(service: ServiceStub, make_mail: MakeMail) -> None:
    mail = make_mail(references="<1@k.example> <2@k.example>")

    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stored(mail).service_id) == ("sent", ACCEPTED_AS)
    (taken,) = service.taken
    assert (taken["From"], taken["Subject"]) == ('"Sven Berg, Kompass" <support@kompass.example>', mail.subject)
    heads = {each["Name"]: each["Value"] for each in taken["Headers"]}
    assert heads["References"] == "<1@k.example> <2@k.example>"


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (422, "failed", "refused: 422"),
        (401, "queued", "later: 401"),
        (429, "queued", "later: 429"),
        (503, "queued", "later: 503"),
        (500, "uncertain", "broken: 500"),
        (504, "uncertain", "broken: 504"),
        ("drop", "uncertain", "broken"),
    ],
)
def test_t67_what_an_answer_means(
    status: int | str, state: str, reason: str, service: ServiceStub, make_mail: MakeMail
) -> None:
    mail = make_mail()
    service.status = status

    if state == "queued":
        with pytest.raises(TryLaterError):
            outbound.send(mail_id=mail.pk, now=world.NOW)
    else:
        outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stored(mail).reason) == (state, reason)


def test_t74_a_service_that_is_not_there_costs_only_time(settings: Settings, make_mail: MakeMail) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    use(settings, "postmark", url=f"http://127.0.0.1:{port}/")
    outbound.BREAKER.answered()
    mail = make_mail()

    with pytest.raises(TryLaterError):
        outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stored(mail).reason) == ("queued", "no-server: ConnectionError")
    outbound.BREAKER.answered()


# --- its reports ------------------------------------------------------------------------------------------------------


def report(mail: OutgoingMail, kind: str = "HardBounce", **more: Any) -> dict[str, Any]:
    return {
        "RecordType": "Bounce",
        "Type": kind,
        "MessageID": ACCEPTED_AS,
        "Email": mail.recipient,
        "BouncedAt": "2026-11-19T10:00:00Z",
        "Details": "smtp;550 5.1.1 no such user",
        **more,
    }


def tell(client: Client, body: dict[str, Any], *, secret: str = SECRET, service: str = "postmark") -> HttpResponse:
    signed = f"Basic {base64.b64encode(secret.encode()).decode()}"
    answer: HttpResponse = client.post(  # type: ignore[assignment]  # the test's response is one
        f"/reports/mail/{service}/", body, content_type="application/json", headers={"Authorization": signed}
    )
    return answer


@pytest.fixture
def sent(service: ServiceStub, make_mail: MakeMail) -> OutgoingMail:
    mail = make_mail()
    outbound.send(mail_id=mail.pk, now=world.NOW)
    assert service.taken
    return mail


def test_t18_a_service_reports_a_bounce(sent: OutgoingMail, client: Client) -> None:
    assert tell(client, report(sent)).status_code == HTTPStatus.OK
    assert (stored(sent).state, stored(sent).reason) == ("bounced", "no-mailbox: 5.1.1")
    assert is_blocked(desk_id=sent.desk_id, address=sent.recipient)


@pytest.mark.parametrize(
    "more",
    [{"kind": "SoftBounce"}, {"kind": "Blocked"}, {"Details": "552 5.2.2 mailbox full"}, {"kind": "DMARCPolicy"}],
)
def test_t18_what_is_not_for_good_blocks_nobody(sent: OutgoingMail, client: Client, more: dict[str, str]) -> None:
    tell(client, report(sent, **more))

    assert stored(sent).reason.startswith("came-back")
    assert not is_blocked(desk_id=sent.desk_id, address=sent.recipient)


@pytest.mark.parametrize(
    ("secret", "name", "status"),
    [
        ("reports:guessed", "postmark", HTTPStatus.BAD_REQUEST),
        (SECRET, "brevo", HTTPStatus.NOT_FOUND),
        (SECRET, "nobody", HTTPStatus.NOT_FOUND),
    ],
)
def test_t18_strangers_report_nothing(
    sent: OutgoingMail, client: Client, secret: str, name: str, status: HTTPStatus
) -> None:
    assert tell(client, report(sent), secret=secret, service=name).status_code == status
    assert stored(sent).state == "sent"


def test_t18_without_a_secret_nobody_reports(sent: OutgoingMail, client: Client, settings: Settings) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ""}

    assert tell(client, report(sent)).status_code == HTTPStatus.BAD_REQUEST
    assert stored(sent).state == "sent"


@pytest.mark.parametrize("kind", ["Delivery", "Open", "Click"])
def test_reports_about_other_things_are_heard(sent: OutgoingMail, client: Client, kind: str) -> None:
    answer = tell(client, {**report(sent), "RecordType": kind, "OriginalLink": "", "UserAgent": ""})

    assert (answer.status_code, stored(sent).state) == (HTTPStatus.OK, "sent")
