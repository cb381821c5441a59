"""Mails to and from somebody who is erased."""

import email
from email.message import Message as Parsed
from email.policy import default
from typing import Final

from django.db.models import Q

from vaxel.domain.mailroom.models import BlockedSender, ReceivedMail
from vaxel.domain.notices.erasing import OnItsWayError
from vaxel.domain.notices.models import BouncingAddress, DigestItem, OutgoingMail, Participant
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.blobs import blob_path, remove_blobs
from vaxel.domain.tickets.models import Blob
from vaxel.insight.transfer.people_erasing.identity import Identity

_ON_ITS_WAY: Final = (OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING)
_BATCH: Final = 500


def remove_sent(person: Person, identity: Identity) -> int:
    """Mails to them go whole, with what is known of their addresses; how many. Raises OnItsWayError."""
    to_them = Q(recipient_kind="person", recipient_id=person.pk)
    for address in identity.emails:
        to_them |= Q(recipient__iexact=address) & _about(person, identity, organisation="organisation")
    mails = OutgoingMail.unscoped.filter(to_them, desk=person.desk_id)
    if mails.filter(state__in=_ON_ITS_WAY).exists():
        raise OnItsWayError
    DigestItem.unscoped.filter(choices__person=person).delete()
    count, _ = mails.delete()
    _forget_addresses(person, identity)
    return count


def _forget_addresses(person: Person, identity: Identity) -> None:
    about = _about(person, identity, organisation="ticket__organisation")
    for address in identity.emails:
        # An address that came along to a ticket is not let in by anybody any more.
        Participant.unscoped.filter(about, desk=person.desk_id, address__iexact=address).delete()
        if not identity.is_elsewhere:
            BouncingAddress.unscoped.filter(desk=person.desk_id, address__iexact=address).delete()
            BlockedSender.unscoped.filter(desk=person.desk_id, address__iexact=address).delete()


def _about(person: Person, identity: Identity, *, organisation: str) -> Q:
    """Everything of the desk; only what is their organisation's for whoever is somebody at another one too."""
    return Q(**{organisation: person.organisation_id}) if identity.is_elsewhere else Q()


def forget_received(person: Person, identity: Identity) -> int:
    """Originals that tell of them go: the bytes cannot be changed. What the desk made of them stays in the ticket. How
    many that were.
    """
    from_them = Q(message__by_kind="person", message__by_id=person.pk)
    for address in identity.emails:
        from_address = Q(sender__iexact=address) | Q(envelope_sender__iexact=address)
        from_them |= from_address & _about(person, identity, organisation="ticket__organisation")
    mails = ReceivedMail.unscoped.filter(desk=person.desk_id)
    theirs = set(mails.filter(from_them).values_list("pk", flat=True))
    telling = theirs | set(_telling(person, identity))
    raws = list(mails.filter(pk__in=telling).exclude(raw=None).values_list("raw", flat=True))
    mails.filter(pk__in=telling).update(raw=None)
    mails.filter(pk__in=theirs).update(sender="", sender_name=identity.alias, envelope_sender="", header_id="")
    remove_blobs(Blob.unscoped.filter(pk__in=raws))
    return len(raws)


def _telling(person: Person, identity: Identity) -> list[int]:
    """Mails about their organisation's tickets, or that wait for a human, whose original says who they are."""
    about = Q(ticket__organisation=person.organisation_id)
    if not identity.is_elsewhere:
        about |= Q(ticket=None)
    kept = ReceivedMail.unscoped.filter(about, desk=person.desk_id, raw__isnull=False).select_related("raw")
    found = []
    for mail in kept.iterator(chunk_size=_BATCH):
        path = blob_path(mail.raw.key) if mail.raw else None
        if path is not None and path.is_file() and _says(path.read_bytes(), identity):
            found.append(mail.pk)
    return found


def _says(raw: bytes, identity: Identity) -> bool:
    """In the bytes as they are, in a header, or in a text once its coding is undone."""
    if identity.tells(raw.decode("utf-8", errors="ignore")):
        return True
    try:
        mail = email.message_from_bytes(raw, policy=default)
        parts = list(mail.walk())
        headers = [str(value) for part in parts for _, value in part.items()]
    except (LookupError, ValueError, TypeError, AttributeError, IndexError):
        # What the library cannot read tells nothing to anybody else either, and the mailroom keeps only its words.
        return False
    return any(identity.tells(text) for text in (*headers, *map(_text_of, parts)))


def _text_of(part: Parsed) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or part.get_content_maintype() != "text":
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8", errors="ignore")
    except LookupError:
        return content.decode("latin-1")
