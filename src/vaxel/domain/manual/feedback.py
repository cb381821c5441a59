"""What readers say of an article."""

from datetime import datetime
from typing import Final

from django.db import transaction

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.models import ArticleText, Verdict

LONGEST: Final = 1000


@transaction.atomic(durable=True)
def say_helpful(
    *, reader: ManualReader, version_id: int, helpful: bool, words: str, account_id: int | None, now: datetime
) -> bool:
    """Note whether the version helped; somebody signed in has one verdict and may change it.

    False, and nothing is noted, for a text that the reader cannot read.
    """
    if not ArticleText.readable.by(reader).filter(live=version_id).exists():
        return False
    said = words[:LONGEST]
    if account_id is None:
        Verdict.objects.create(desk_id=reader.desk_id, version_id=version_id, helpful=helpful, words=said, at=now)
    else:
        Verdict.unscoped.update_or_create(
            desk_id=reader.desk_id,
            version_id=version_id,
            account_id=account_id,
            defaults={"helpful": helpful, "words": said, "at": now},
        )
    return True
