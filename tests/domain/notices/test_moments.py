"""Instants as mails write them."""

from datetime import UTC, datetime

import pytest

from vaxel.domain.notices.moments import moment_in_words

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "language", "words"),
    [
        (datetime(2026, 11, 19, 13, 20, tzinfo=UTC), "sv", "torsdag 19 november kl. 14.20"),
        (datetime(2026, 11, 19, 13, 20, tzinfo=UTC), "en", "Thursday 19 November at 14:20"),
        (datetime(2026, 11, 20, 13, 20, tzinfo=UTC), "sv", "fredag 20 november kl. 14.20"),
        (datetime(2026, 11, 20, 13, 20, tzinfo=UTC), "en", "Friday 20 November at 14:20"),
        (datetime(2027, 1, 4, 7, 0, tzinfo=UTC), "sv", "måndag 4 januari 2027 kl. 08.00"),
        # the desk's midnight counts, not Greenwich's
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), "sv", "fredag 20 november kl. 00.30"),
        # summer time
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), "sv", "onsdag 1 juli kl. 10.00"),
    ],
)
def test_an_instant_is_written_in_the_desks_zone(at: datetime, language: str, words: str) -> None:
    assert moment_in_words(at, now=NOW, time_zone="Europe/Stockholm", language=language) == words
