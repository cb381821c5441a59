"""Rows that are a person's own, and rows that name them beside what they did."""

from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from vaxel.domain.administration.models import CertificateClaim, SeatChange, SeatWish
from vaxel.domain.audit.erasing import forget_name
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.manual.models import Verdict
from vaxel.domain.notices.models import NoticeChoices
from vaxel.domain.people.models import Account, Certificate, Person, Seat
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.tickets.attachments import remove_files
from vaxel.domain.tickets.blobs import blob_path
from vaxel.domain.tickets.contacts_note import ContactsNote
from vaxel.domain.tickets.models import Attachment, Draft, Message, ReplyDraft, Ticket
from vaxel.domain.wishes.models import Wish
from vaxel.insight.transfer.people_erasing.identity import Identity

#: Stands where words stood; it says nothing in any language.
GONE: Final = "–"
#: Larger files are not read for a name: what people write is smaller, and pictures say nothing to a program.
_READ: Final = 5_000_000


def remove_own(person: Person, identity: Identity) -> None:
    """What was theirs alone: begun words, seats and trainings, and how they wanted to hear of things."""
    own = Q(by_kind="person", by_id=person.pk)
    remove_files(Attachment.unscoped.filter(draft__person=person, draft__sent=None))
    remove_files(Attachment.unscoped.filter(reply_draft__in=ReplyDraft.unscoped.filter(own)))
    ReplyDraft.unscoped.filter(own).delete()
    Draft.unscoped.filter(person=person).delete()
    for table in (Seat, SeatWish, CertificateClaim, Certificate, NoticeChoices):
        table.unscoped.filter(person=person).delete()
    _strike_verdicts(person, identity)


def _strike_verdicts(person: Person, identity: Identity) -> None:
    """What they said of articles, with no account beside it; the desk keeps how many found them helpful."""
    if person.account_id is None:
        return
    for verdict in Verdict.unscoped.filter(desk=person.desk_id, account_id=person.account_id):
        verdict.words, verdict.account_id = identity.struck(verdict.words, with_name=True), None
        verdict.save(update_fields=["words", "account_id"])


def put_number(person: Person, account: Account | None, identity: Identity) -> int:
    """Everything that they did is told under the number; how many rows."""
    alias, count = identity.alias, 0
    for table in _told_by_actor():
        count += table._base_manager.filter(by_kind="person", by_id=person.pk).update(by_name=alias)  # noqa: SLF001  # Django documents it
    count += ContactsNote.unscoped.filter(by_id=person.pk).update(by_name=alias)
    count += Wish.unscoped.filter(person=person).update(by_name=alias)
    count += Offer.unscoped.filter(answered_by=person).update(answered_by_name=alias)
    count += SeatChange.unscoped.filter(organisation=person.organisation_id, made_by=person.name).update(made_by=alias)
    count += forget_name(by_kind="person", by_id=person.pk, alias=alias)
    if account is not None:
        count += forget_name(by_kind="account", by_id=account.pk, alias=alias)
    return count + _put_number_for_colleague(person, identity)


def _told_by_actor() -> Iterator[type[models.Model]]:
    """Tables with the name beside the kind and the id of whoever did it."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}  # noqa: SLF001  # Django documents it
        if {"by_kind", "by_id", "by_name"} <= names and model is not AuditEntry:
            yield model


def _put_number_for_colleague(person: Person, identity: Identity) -> int:
    """A contact has asked for them, and wrote them down as a colleague without an account."""
    asked = Ticket.unscoped.filter(organisation=person.organisation_id, on_behalf_of__isnull=False)
    theirs = [
        each.pk
        for each in asked.only("pk", "on_behalf_of")
        if identity.tells(" · ".join(map(str, (each.on_behalf_of or {}).values())))
    ]
    nobody = {"name": identity.alias, "phone": "", "email": "", "copy": False}
    return Ticket.unscoped.filter(pk__in=theirs).update(on_behalf_of=nobody)


def erase_words(person: Person) -> int:
    """All that they wrote; how many texts. Answers to it stay: somebody else wrote them."""
    own = Q(by_kind="person", by_id=person.pk)
    count = Message.unscoped.filter(own).update(text=GONE, html="", quoted="")
    count += ContactsNote.unscoped.filter(by_id=person.pk).update(text=GONE)
    count += Ticket.unscoped.filter(requester=person).update(subject=GONE, fields={}, case_reference="")
    count += Wish.unscoped.filter(person=person).update(text=GONE, searched="")
    return count + Offer.unscoped.filter(answered_by=person).exclude(why_not="").update(why_not=GONE)


def erase_files(person: Person, identity: Identity, *, wanted: bool) -> int:
    """The files that they sent, where that is wanted; how many. A file of anybody's at their organisation whose bytes
    say who they are in plain text goes in any case: a name cannot be struck out of a file.
    """
    of_theirs = Attachment.unscoped.filter(organisation=person.organisation_id)
    sent = of_theirs.filter(message__by_kind="person", message__by_id=person.pk)
    going = set(sent.values_list("pk", flat=True)) if wanted else set()
    going |= {each.pk for each in of_theirs.select_related("blob").iterator() if _tells(each, identity)}
    remove_files(Attachment.unscoped.filter(pk__in=going))
    return len(going)


def _tells(attachment: Attachment, identity: Identity) -> bool:
    path = blob_path(attachment.blob.key)
    if attachment.blob.size > _READ or attachment.content_type.startswith("image/") or not path.is_file():
        return False
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return identity.tells(content.decode("utf-16", errors="ignore"))
    return identity.tells(content.decode("utf-8", errors="ignore")) or identity.tells(content.decode("latin-1"))
