"""What is said about whom: a foreign host is their mistake, not our fault."""

import logging

import pytest
from django.test import Client


def test_a_foreign_host_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        answered = Client().get("/health/web/", headers={"host": "elsewhere.example"})

    said = [(each.levelno, each.getMessage()) for each in caplog.records if "DisallowedHost" in each.name]
    assert (answered.status_code, said) == (400, [(logging.WARNING, "foreign host refused")])
