"""An article is true from one version of the product to another, in the order of their numbers."""

import pytest

from tests import factories as world
from tests.domain.manual.writers import begin_manual, make_article
from vaxel.domain.manual.models import Article
from vaxel.domain.manual.tree import PlaceError, is_in_order


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("", "", True),
        ("8.9", "", True),
        ("", "8.9", True),
        ("8.9", "8.9", True),
        ("8.9", "8.10", True),
        ("8.10", "8.9", False),
        ("8.9.1", "8.9", True),
        ("8.9", "8.9.0", True),
        ("8.9", "8", True),
        ("9", "8.9.9", False),
        ("9.0.1", "8", False),
    ],
)
def test_last_version_may_follow_the_first(since: str, until: str, expected: bool) -> None:  # noqa: FBT001  # a column of the table
    assert is_in_order(since=since, until=until) is expected


@pytest.mark.django_db
def test_article_that_ends_before_it_begins_is_not_placed() -> None:
    desk = world.make_desk()
    begin_manual(desk)

    with pytest.raises(PlaceError):
        make_article(desk, "mallar", since_version="8.10", until_version="8.9")

    assert not Article.unscoped.exists()
