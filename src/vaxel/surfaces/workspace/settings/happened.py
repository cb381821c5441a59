"""What happened to a setting in words: who, when, what was and what is. From entries of the audit trail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.domain.audit.history import history_of
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.privacy.models import Kept, LegalHold
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.workspace.mailroom.box_choices import encryptions, sign_ins, ways_of_mails
from vaxel.surfaces.workspace.settings.frame import Settings

#: Entries that a thing's own page shows; the history has the rest.
_FEW: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTold:
    """A field. Both texts are empty where only that it changed is kept."""

    field: str
    was: str
    is_now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that somebody did."""

    what: str
    by: str
    at: Moment
    changes: tuple[ChangeTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """The newest of what happened to a thing, and the way to all of it; empty where this is all."""

    entries: tuple[Happened, ...]
    all_url: str


def lately(at: Settings, **about: int) -> Lately:
    """What happened last to the thing that `about` names, such as person_id=17; one query."""
    found = history_of(at.place.scope, about=about, kinds=known_kinds(), most=_FEW)
    query = "&".join(f"{name}={number}" for name, number in about.items())
    return Lately(
        entries=told(found.entries, at),
        all_url=f"{at.url('history')}?{query}" if found.has_older else "",
    )


def known_kinds() -> tuple[str, ...]:
    """What happens to settings, by the entries' kinds; the trail keeps more, such as who signed in."""
    return tuple(_sentences())


def told(entries: Sequence[AuditEntry], at: Settings) -> tuple[Happened, ...]:
    """Entries of known kinds in words; no query, and one where legal holds are named."""
    sentences, fields, values = _sentences(), _fields(), _values(at)
    reasons = _reasons(entries, at)
    return tuple(
        Happened(
            what=_sentence(entry, sentences, reasons),
            by=entry.by_name,
            at=at.labels.moment(entry.at),
            changes=tuple(
                _change(name, pair, fields=fields, values=values, at=at) for name, pair in (entry.changes or {}).items()
            ),
        )
        for entry in entries
    )


def _reasons(entries: Sequence[AuditEntry], at: Settings) -> Mapping[int, str]:
    """Why holds were placed, by their ids: the trail keeps no words that could name somebody."""
    ids = {entry.data["hold_id"] for entry in entries if entry.data.get("hold_id")}
    if not ids:
        return {}
    return dict(LegalHold.objects.within(at.place.scope).filter(pk__in=ids).values_list("pk", "reason"))


def _sentence(entry: AuditEntry, sentences: Mapping[str, str], reasons: Mapping[int, str]) -> str:
    """What happened; of a legal hold also why, and of the night's work how many of which sort went."""
    said = sentences[entry.kind]
    if (reason := reasons.get(entry.data.get("hold_id", 0))) is not None:
        return f"{said}: {reason}"
    count, what = entry.data.get("count"), kept_names().get(str(entry.data.get("what", "")))
    if entry.kind != "retention-applied" or what is None:
        return said
    return f"{said}: {what} ({count})"


def kept_names() -> dict[str, str]:
    """The sorts of things that a desk keeps, each for a time of its own."""
    return {
        Kept.TICKET: _("Finished tickets"),
        Kept.ATTACHMENT: _("Files of finished tickets"),
        Kept.ORIGINAL: _("Mails in original"),
        Kept.HELD: _("Held mails"),
        Kept.LOG: _("History of settings, and who read what"),
    }


def _change(
    name: str, pair: Any, *, fields: Mapping[str, str], values: Mapping[str, Callable[[Any], str]], at: Settings
) -> ChangeTold:
    label = fields.get(name) or at.labels.names.roles.get(name, name)
    if pair is None:
        return ChangeTold(field=label, was="", is_now="")
    said = values.get(name, _text)
    was, is_now = (said(each) for each in pair)
    return ChangeTold(field=label, was=was or _("nothing"), is_now=is_now or _("nothing"))


def _values(at: Settings) -> dict[str, Callable[[Any], str]]:
    """How values of a field are told; those of all others are told as they are."""
    names = at.labels.names

    def day(value: str | None) -> str:
        return at.day(date.fromisoformat(value)) if value else ""

    def of(known: Mapping[str, str]) -> Callable[[Any], str]:
        return lambda value: at.names(known, value if isinstance(value, list) else [value]) if value else ""

    return {
        "starts_on": day,
        "ends_on": day,
        "expires_on": day,
        "plan": of(names.plans),
        "products": of(names.products),
        "roles": of(names.destinations),
        "product": of(names.products),
        "default_product": of(names.products),
        "default_kind": of(names.kinds),
        "way": of({each.value: each.label for each in ways_of_mails()}),
        "sign_in": of({each.value: each.label for each in sign_ins()}),
        "tls": of({each.value: each.label for each in encryptions()}),
        "rate_card": lambda value: value or _("the usual one"),
        "language": of({"sv": _("Swedish"), "en": _("English")}),
        "form": of(forms_of_organisation()),
        **dict.fromkeys([f"kept-{kind}" for kind in Kept], _kept),
        "seats": lambda value: _("as the plan") if value is None else str(value),
    }


def forms_of_organisation() -> dict[str, str]:
    """What sort of organisation a customer is; only shown."""
    return {
        "municipality": _("Municipality"),
        "region": _("Region"),
        "agency": _("Agency"),
        "company": _("Company"),
    }


def _kept(days: int | None) -> str:
    if days is None:
        return _("for good")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} = {each}" for name, each in value.items())
    return str(value)


def _fields() -> dict[str, str]:
    """What fields are called."""
    return {
        "name": _("Name"),
        "form": _("Sort of organisation"),
        "domains": _("Mail domains"),
        "is_active": _("Active"),
        "plan": _("Plan"),
        "products": _("Products"),
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "expires_on": _("Expires"),
        "seats": _("Support contacts"),
        "facts": _("What else the agreement says"),
        "phone": _("Phone"),
        "title": _("Title"),
        "is_local_contact": _("Local support"),
        "may_see_organisation": _("Sees all tickets of the organisation"),
        "may_administer": _("Administers"),
        "may_approve": _("Approves costs"),
        "may_edit_manual": _("Publishes articles"),
        "staff_need_second_factor": _("Two steps for everybody"),
        "roles": _("Answers"),
        "manager": _("Project manager"),
        "kept-ticket": _("Finished tickets are kept"),
        "kept-attachment": _("Files of finished tickets are kept"),
        "kept-original": _("Mails in original are kept"),
        "kept-held": _("Held mails are kept"),
        "kept-log": _("History and readings are kept"),
        "language": _("Language"),
        "text": _("Text"),
        "rate_card": _("Rate card"),
        **_fields_of_ways_in(),
    }


def _fields_of_ways_in() -> dict[str, str]:
    """Of mailboxes, and of help inside products."""
    return {
        "address": _("Address"),
        "aliases": _("Other addresses of the same mailbox"),
        "way": _("Way of the mails"),
        "host": _("Server"),
        "port": _("Port"),
        "tls": _("Encryption"),
        "username": _("User name"),
        "sign_in": _("Sign-in"),
        "secret": _("Password or what stands for it"),
        "folder": _("Folder"),
        "default_kind": _("Kind, when the words do not tell"),
        "default_product": _("Product, when the words do not tell"),
        "authserv_id": _("Server whose checks we trust"),
        "silent_hours": _("Alarm after so many hours without a mail"),
        "is_on": _("In use"),
        "origins": _("Where its pages come from"),
        "product": _("Product"),
        "key": _("Signing key"),
    }


def _sentences() -> dict[str, str]:
    """What happened, by the entry's kind."""
    return {**_about_people(), **_about_the_desk()}


def _about_people() -> dict[str, str]:
    """Customers, their people and one's own."""
    return {
        "organisation-opened": _("The organisation became a customer"),
        "organisation-changed": _("The organisation's details were changed"),
        "customer-note-written": _("A note about the customer was written"),
        "customer-note-rewritten": _("A note about the customer was rewritten"),
        "customer-note-taken-away": _("A note about the customer was removed"),
        "agreement-made": _("An agreement was added"),
        "agreement-changed": _("An agreement was changed"),
        "agreement-ended": _("An agreement was replaced by a newer one"),
        "person-added": _("A person was added"),
        "person-changed": _("A person's details were changed"),
        "erasure-wished": _("The customer asked for a person to be erased"),
        "erasure-ordered": _("The desk decided to erase a person"),
        "erasure-declined": _("The desk declined to erase a person"),
        "erasure-put-back": _("A legal hold stopped the erasing of a person"),
        "person-erased": _("A person was erased"),
        "ticket-erased": _("All that was written in a ticket was erased"),
        "staff-added": _("A colleague was added"),
        "staff-changed": _("A colleague's details were changed"),
        "role-given": _("A role was assigned"),
        "role-released": _("A role was withdrawn"),
        "project-started": _("A project was started"),
        "project-planned": _("A project was changed"),
        "canned-reply-written": _("A canned reply was written"),
        "canned-reply-changed": _("A canned reply was changed"),
        "canned-reply-removed": _("A canned reply was removed"),
        "seat-given": _("A support contact was appointed"),
        "seat-freed": _("A seat as support contact was taken back"),
        "seat-moved": _("A seat as support contact passed to somebody else"),
        "seat-wished": _("A person joined the line for a seat"),
        "seat-wish-withdrawn": _("A person left the line for a seat"),
        "seat-change-planned": _("A change of support contacts was planned"),
        "seat-change-done": _("A change of support contacts was carried out"),
        "seat-change-cancelled": _("A change of support contacts was cancelled"),
        "last-contact-left": _("The organisation's last contact left"),
        "certificate-recorded": _("A training was recorded"),
        "certificate-corrected": _("A training was corrected"),
        "own-sign-in-set-up": _("The organisation's own sign-in was set up"),
        "own-sign-in-changed": _("The organisation's own sign-in was changed"),
        "own-sign-in-switched-off": _("The organisation's own sign-in was switched off"),
        "admitted-by-own-sign-in": _("A person signed in for the first time through the organisation's own sign-in"),
        "absence-planned": _("An absence was planned"),
        "absence-ended": _("An absence was ended"),
    }


def _about_the_desk() -> dict[str, str]:
    """Words, ways in, prices, the policy."""
    return {
        "mail-words-written": _("The text of a mail was changed"),
        "mail-logo-changed": _("The logo of the mails was changed"),
        "mail-logo-removed": _("The logo of the mails was removed"),
        "mailbox-added": _("A mailbox was set up"),
        "mailbox-changed": _("A mailbox was changed"),
        "widget-added": _("Help was added to a product"),
        "widget-changed": _("Help inside a product was changed"),
        "widget-key-renewed": _("A product's signing key was renewed"),
        "rate-set": _("A price was set"),
        "rate-card-agreed": _("The customer's rate card was changed"),
        "manual-set-up": _("It was decided who may read the manual"),
        "manual-synonyms-set": _("The words that mean the same to the search were changed"),
        "sender-blocked": _("A sender of mails was blocked"),
        "sender-unblocked": _("A sender of mails was let in again"),
        "policy-draft-begun": _("A draft of the policy was begun"),
        "policy-draft-written": _("A draft of the policy was changed"),
        "policy-draft-removed": _("A draft of the policy was removed"),
        "policy-published": _("A policy was published"),
        "desk-opened": _("The desk was opened"),
        "second-factor-required": _("How many steps staff sign in with was changed"),
        "desk-loaded": _("A file with staff and customers was loaded"),
        "retention-changed": _("The rules for how long things are kept were changed"),
        "retention-applied": _("Things older than the rules allow were removed overnight"),
        "hold-begun": _("A legal hold was placed"),
        "hold-ended": _("A legal hold was ended"),
        "export-asked": _("An export of a customer was requested"),
        "export-removed": _("An export of a customer was removed"),
        "readings-taken": _("The list of who read what was downloaded"),
        "invoice-period-closed": _("An invoicing period was closed"),
    }
