"""Whose word about a sender counts."""

import pytest

from vaxel.domain.mailroom.authentication import NAMELESS, Authentication, authentication

OURS = "mx.desk.example"


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ([f"{OURS}; dmarc=pass header.from=kund.example"], "pass"),
        ([f"{OURS} 1; spf=fail; dmarc=pass (p=reject dis=none) header.from=Kund.Example"], "pass"),
        ([f"{OURS}; dmarc=fail header.from=kund.example"], "fail"),
        ([f"{OURS}; dmarc=none header.from=kund.example"], "none"),
        ([f"{OURS}; dmarc=temperror header.from=kund.example"], "unknown"),
        ([f"{OURS}; dmarc=permerror header.from=kund.example"], "fail"),
        ([f"{OURS}; none"], "unknown"),
        ([f"{OURS}; dkim=pass header.d=kund.example; spf=pass"], "unknown"),
        ([f"{OURS}; dmarc=pass header.from=annan.example"], "fail"),
        (["mx.evil.example; dmarc=pass header.from=kund.example"], "unknown"),
        ([f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"], "fail"),
        (["mx.evil.example; dmarc=pass", f"{OURS}; dmarc=fail"], "fail"),
        ([f"{OURS}; dmarc=fail; x=y dmarc=pass"], "fail"),
        ([f"{OURS}; dmarc=pass; dmarc=fail"], "fail"),
        ([f'{OURS}; spf=fail smtp.mailfrom="a; dmarc=pass"@evil.example'], "unknown"),
        ([f"{OURS}; spf=fail (a; dmarc=pass) smtp.mailfrom=evil.example"], "unknown"),
        ([f"{OURS}.evil.example; dmarc=pass"], "unknown"),
        ([""], "unknown"),
        ([], "unknown"),
    ],
)
def test_t09_only_the_topmost_header_of_our_server_counts(headers: list[str], verdict: Authentication) -> None:
    assert authentication(headers, authserv_id=OURS, domain="kund.example") == verdict


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ([f"{OURS}; dmarc=pass"], "unknown"),
        ([f"{OURS}; dmarc=fail"], "fail"),
        ([], "unknown"),
    ],
)
def test_t09_without_a_configured_server_nothing_passes(headers: list[str], verdict: Authentication) -> None:
    assert authentication(headers, authserv_id="", domain="kund.example") == verdict


def test_server_that_writes_no_name_is_believed_when_told_to() -> None:
    said = "spf=pass smtp.mailfrom=kund.example; dmarc=pass action=none header.from=kund.example;compauth=pass"

    assert authentication([said], authserv_id=NAMELESS, domain="kund.example") == "pass"
    assert authentication([said], authserv_id=OURS, domain="kund.example") == "unknown"


@pytest.mark.parametrize("hostile", ["(" * 100_000, '"' * 100_001, "; dmarc=" * 50_000, "\\" * 100_000])
def test_t26_hostile_headers_are_read_in_their_beginning_only(hostile: str) -> None:
    assert authentication([f"{OURS}; {hostile}"], authserv_id=OURS, domain="kund.example") == "unknown"
