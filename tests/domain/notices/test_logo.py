"""A desk's logo: what it may be, how large it is shown, and that a bad one changes nothing."""

import struct
import threading

import pytest
from django.db import connection, transaction

from tests import factories as world
from tests.jobs.workers import wait_until
from tests.pictures import jpeg, png
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.logo import logo_of, shown_size
from vaxel.domain.notices.logo_changing import (
    LARGEST,
    LONGEST_ALT,
    FaultyLogoError,
    LogoFault,
    Measured,
    measure,
    put_logo,
    take_logo_away,
)
from vaxel.domain.notices.models import MailLogo
from vaxel.domain.people.models import Staff

WHOLE = png(600, 200)
#: The signature and the end of a PNG with a chunk between that says it is longer than the file.
BROKEN = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 4) + b"IEND" * 8 + b"\0"


@pytest.mark.parametrize(
    ("picture", "measured"),
    [
        (WHOLE, Measured("png", 600, 200)),
        (png(2000, 1), Measured("png", 2000, 1)),
        (jpeg(320, 240), Measured("jpeg", 320, 240)),
    ],
)
def test_a_picture_is_measured_by_its_bytes(picture: bytes, measured: Measured) -> None:
    assert measure(picture) == measured


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (b"", LogoFault.NO_PICTURE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', LogoFault.NO_PICTURE),
        (b"GIF89a" + b"\0" * 60, LogoFault.NO_PICTURE),
        (b"<html>" + WHOLE, LogoFault.NO_PICTURE),
        (WHOLE[:-12], LogoFault.NO_PICTURE),
        (WHOLE[:30], LogoFault.NO_PICTURE),
        (BROKEN, LogoFault.NO_PICTURE),
        (png(0, 200), LogoFault.NO_PICTURE),
        (jpeg(100, 100)[:-2], LogoFault.NO_PICTURE),
        (b"\xff\xd8\xff\xd9", LogoFault.NO_PICTURE),
        (png(2001, 1), LogoFault.TOO_MANY_PIXELS),
        (jpeg(1, 60_000), LogoFault.TOO_MANY_PIXELS),
        (WHOLE + b"\0" * LARGEST, LogoFault.TOO_LARGE),
    ],
)
def test_t35_what_is_no_small_picture_is_refused(picture: bytes, fault: LogoFault) -> None:
    with pytest.raises(FaultyLogoError) as refused:
        measure(picture)

    assert refused.value.faults == (fault,)


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ((600, 200), (300, 100)),
        ((120, 40), (120, 40)),
        ((1200, 100), (300, 25)),
        ((400, 800), (50, 100)),
        ((2000, 1), (300, 1)),
    ],
)
def test_a_large_picture_is_scaled_and_a_small_one_is_not(own: tuple[int, int], shown: tuple[int, int]) -> None:
    assert shown_size(*own) == shown


# --- kept by the desk -------------------------------------------------------------------------------------------------


@pytest.fixture
def agent(db: None) -> Staff:
    return world.make_staff(world.make_desk())


def put(agent: Staff, picture: bytes | None = WHOLE, alt: str = "Kompass") -> None:
    put_logo(scope=world.desk_scope(agent.desk), picture=picture, alt=alt, by=world.actor(agent), now=world.NOW)


def kept(agent: Staff) -> tuple[bytes, str] | None:
    logo = logo_of(Desk.objects.get(pk=agent.desk_id))
    return None if logo is None else (bytes(logo.picture), logo.alt)


def test_a_logo_is_put_there_changed_described_anew_and_taken_away(agent: Staff) -> None:
    put(agent)
    assert kept(agent) == (WHOLE, "Kompass")
    put(agent, jpeg(90, 30), "  Kompass\r\n support ")
    assert kept(agent) == (jpeg(90, 30), "Kompass support")
    put(agent, None, "Kompass AB")
    assert kept(agent) == (jpeg(90, 30), "Kompass AB")

    for _ in range(2):
        take_logo_away(scope=world.desk_scope(agent.desk), by=world.actor(agent), now=world.NOW)

    assert kept(agent) is None
    told = AuditEntry.unscoped.filter(kind__startswith="mail-logo").order_by("id").values_list("kind", flat=True)
    assert list(told) == [*["mail-logo-changed"] * 3, "mail-logo-removed"]


@pytest.mark.parametrize(
    ("picture", "alt", "faults"),
    [
        (b"<svg/>", "", (LogoFault.NO_PICTURE, LogoFault.NO_ALT)),
        (png(1, 3000), "x" * (LONGEST_ALT + 1), (LogoFault.TOO_MANY_PIXELS, LogoFault.LONG_ALT)),
        (None, " ", (LogoFault.NO_ALT,)),
    ],
)
def test_a_refused_logo_leaves_the_one_that_is_there(
    agent: Staff, picture: bytes | None, alt: str, faults: tuple[LogoFault, ...]
) -> None:
    put(agent)

    with pytest.raises(FaultyLogoError) as refused:
        put(agent, picture, alt)

    assert refused.value.faults == faults
    assert kept(agent) == (WHOLE, "Kompass")


def test_words_alone_are_no_logo(agent: Staff) -> None:
    with pytest.raises(FaultyLogoError) as refused:
        put(agent, None, "Kompass")

    assert (refused.value.faults, kept(agent)) == ((LogoFault.NO_FILE,), None)


def test_no_other_desk_has_it(agent: Staff) -> None:
    put(agent)

    assert logo_of(world.make_desk("baver")) is None


@pytest.mark.django_db(transaction=True)
def test_t75_another_text_for_a_logo_that_is_just_being_taken_away_is_told() -> None:
    staff = world.make_staff(world.make_desk())
    scope, by = world.desk_scope(staff.desk), world.actor(staff)
    put_logo(scope=scope, picture=WHOLE, alt="Kompass", by=by, now=world.NOW)
    refused: list[tuple[LogoFault, ...]] = []

    def describe() -> None:
        try:
            put_logo(scope=scope, picture=None, alt="Kompass support", by=by, now=world.NOW)
        except FaultyLogoError as error:
            refused.append(error.faults)
        finally:
            connection.close()

    other = threading.Thread(target=describe)
    with transaction.atomic():
        MailLogo.objects.within(scope).delete()
        other.start()
        wait_until(_somebody_waits, seconds=20)
    other.join(timeout=20)

    assert refused == [(LogoFault.NO_FILE,)]


def _somebody_waits() -> bool:
    """Whether a transaction waits for another one's row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
