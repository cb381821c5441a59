"""Events as sentences: who did what. docs/agents.md explains every kind."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.domain.smalljobs.wording import minutes_in_words
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.thread_view import EventSeen
from vaxel.kit.values import value
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.workspace.labels import Labels, Names


@value
class Teller:
    """Tells the events of one ticket. `staff` are the names of colleagues by their ids."""

    labels: Labels
    staff: Mapping[int, str]
    #: Why the ticket is where it is, by rule: shown beside the decision that says so.
    reasons: Mapping[str, str]
    #: What the names of the desk's tickets begin with.
    prefix: str = ""

    def __call__(self, event: EventSeen) -> shapes.Event:
        """One event, for people."""
        icon, sentence = _SENTENCES.get(event.kind, ("event", _unknown))
        # The first rule says where a question goes; those after it who may ask, how, and what is promised.
        why, *more = [self.reasons[rule] for rule in event.data.get("because", ()) if rule in self.reasons] or [""]
        return shapes.Event(
            text=sentence(event, self), at=self.labels.moment(event.at), icon=icon, why=why, more=tuple(more)
        )

    def colleague(self, staff_id: Any) -> str:
        """Somebody of the staff; those who have left are not listed any more."""
        return self.staff.get(staff_id, _("a former colleague"))

    def other(self, event: EventSeen) -> str:
        """The name of the other ticket that an event is about."""
        return f"{self.prefix}-{event.data.get('other', '')}"

    def status(self, value: Any) -> str:
        """A status in a word."""
        status = self.labels.names.statuses.get(value)
        return str(value) if status is None else status.label


def _opened(event: EventSeen, tell: Teller) -> str:
    if (split_from := event.data.get("split_from")) is not None:
        said = {"who": event.by_name, "name": f"{tell.prefix}-{split_from}"}
        return _("%(who)s took the question out of %(name)s") % said
    return _("%(who)s opened the ticket") % {"who": event.by_name}


def _replied(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s answered") % {"who": event.by_name}


def _noted(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s wrote an internal note") % {"who": event.by_name}


def _assigned(event: EventSeen, tell: Teller) -> str:
    after = event.data.get("after")
    if after is None:
        return _("%(who)s put the ticket back among the unassigned") % {"who": event.by_name}
    if event.by_kind == "staff" and event.by_id == after:
        return _("%(who)s took the ticket") % {"who": event.by_name}
    return _("%(who)s gave the ticket to %(whom)s") % {"who": event.by_name, "whom": tell.colleague(after)}


def _status_changed(event: EventSeen, tell: Teller) -> str:
    status = tell.status(event.data.get("after"))
    return _("%(who)s changed the status to %(status)s") % {"who": event.by_name, "status": status}


def _priority_changed(event: EventSeen, tell: Teller) -> str:
    names = tell.labels.names.priorities
    before, after = event.data.get("before", ""), event.data.get("after", "")
    said = {"who": event.by_name, "before": names.get(before, before), "after": names.get(after, after)}
    return _("%(who)s changed the priority from %(before)s to %(after)s") % said


def _decided_again(event: EventSeen, tell: Teller) -> str:
    before, after = event.data.get("before", {}), event.data.get("after", {})
    names = tell.labels.names
    parts = [
        _changed(_("the kind"), before.get("kind"), after.get("kind"), names.kinds),
        _changed(_("the product"), before.get("product"), after.get("product"), names.products),
        _changed(_("the destination"), before.get("destination"), after.get("destination"), names.destinations),
        *(_found(name, value, names) for name, value in event.data.get("found", {}).items()),
    ]
    return _("%(who)s changed %(what)s") % {"who": event.by_name, "what": "; ".join(filter(None, parts))}


def _found(name: str, value: str | int | None, names: Names) -> str:
    """What an agent has found out, as the policy calls it."""
    said = _("not known") if value is None else names.values.get(f"{name}={value}", str(value))
    return f"{names.facts.get(name, name)}: {said}"


def _changed(what: str, before: Any, after: Any, names: Mapping[str, str]) -> str:
    if before == after:
        return ""
    none = _("nothing")
    said = {"what": what, "before": names.get(before, before) or none, "after": names.get(after, after) or none}
    return _("%(what)s from %(before)s to %(after)s") % said


def _handed_over(event: EventSeen, tell: Teller) -> str:
    after = event.data.get("after", {})
    place = tell.labels.names.destinations.get(after.get("destination", ""), after.get("destination", ""))
    if after.get("staff") is None:
        return _("%(who)s handed the question over: %(place)s") % {"who": event.by_name, "place": place}
    said = {"who": event.by_name, "whom": tell.colleague(after["staff"]), "place": place}
    return _("%(who)s handed the question over to %(whom)s (%(place)s)") % said


def _details_given(event: EventSeen, tell: Teller) -> str:
    if event.by_kind == "staff":
        return _("%(who)s filled in the missing details") % {"who": event.by_name}
    return _("%(who)s gave the missing details") % {"who": event.by_name}


def _details_waived(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s goes on without the missing details") % {"who": event.by_name}


def _mail_held(event: EventSeen, tell: Teller) -> str:
    return _("A mail that seems to answer the ticket waits for a decision")


def _participants_named(event: EventSeen, tell: Teller) -> str:
    many = int(event.data.get("many", 1))
    said = ngettext("A mail brought %(many)d person along", "A mail brought %(many)d persons along", many)
    return said % {"many": many}


def _participant_let_in(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s let somebody in who came along in a mail") % {"who": event.by_name}


def _participant_left_out(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s left somebody out who came along in a mail") % {"who": event.by_name}


def _solved(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s solved the ticket") % {"who": event.by_name}


def _reopened(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s opened the ticket again") % {"who": event.by_name}


def _closed(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s closed the ticket") % {"who": event.by_name}


def _split(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s made a ticket of its own of one question: %(name)s") % _with_other(event, tell)


def _merged(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s put the ticket into %(name)s, where it goes on") % _with_other(event, tell)


def _taken_in(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s put %(name)s into this ticket") % _with_other(event, tell)


def _unmerged(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s took this ticket and %(name)s apart again") % _with_other(event, tell)


def _linked(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s tied the ticket to %(name)s") % _with_other(event, tell)


def _unlinked(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s took away the tie to %(name)s") % _with_other(event, tell)


def _passed_on(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s passed a colleague's question on") % {"who": event.by_name}


def _with_other(event: EventSeen, tell: Teller) -> Mapping[str, str]:
    return {"who": event.by_name, "name": tell.other(event)}


def _offer_made(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s made an offer of work") % {"who": event.by_name}


def _offer_withdrawn(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s took the offer back") % {"who": event.by_name}


def _offer_accepted(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s said yes to the offer") % {"who": event.by_name}


def _offer_declined(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s said no to the offer") % {"who": event.by_name}


def _job_nearly_spent(event: EventSeen, tell: Teller) -> str:
    left = minutes_in_words(int(event.data.get("left", 0)), language=tell.labels.language)
    return _("The agreed time is nearly used up: %(left)s left") % {"left": left}


def _job_done(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s finished the work") % {"who": event.by_name}


def _erased(event: EventSeen, tell: Teller) -> str:
    return _("%(who)s erased all that was written") % {"who": event.by_name}


def _unknown(event: EventSeen, tell: Teller) -> str:
    """A kind that a newer version has written."""
    return f"{event.by_name}: {event.kind}"


_SENTENCES: Final[Mapping[str, tuple[str, Callable[[EventSeen, Teller], str]]]] = {
    EventKind.OPENED: ("question", _opened),
    EventKind.REPLIED: ("reply", _replied),
    EventKind.NOTED: ("note", _noted),
    EventKind.ASSIGNED: ("assign", _assigned),
    EventKind.STATUS_CHANGED: ("waiting", _status_changed),
    EventKind.PRIORITY_CHANGED: ("priority", _priority_changed),
    EventKind.DECIDED_AGAIN: ("route", _decided_again),
    EventKind.HANDED_OVER: ("route", _handed_over),
    EventKind.DETAILS_GIVEN: ("reply", _details_given),
    EventKind.DETAILS_WAIVED: ("check", _details_waived),
    EventKind.MAIL_HELD: ("mail", _mail_held),
    EventKind.PARTICIPANTS_NAMED: ("mail", _participants_named),
    EventKind.PARTICIPANT_LET_IN: ("person", _participant_let_in),
    EventKind.PARTICIPANT_LEFT_OUT: ("person", _participant_left_out),
    EventKind.SOLVED: ("solved", _solved),
    EventKind.REOPENED: ("undo", _reopened),
    EventKind.CLOSED: ("closed", _closed),
    EventKind.SPLIT: ("route", _split),
    EventKind.MERGED: ("route", _merged),
    EventKind.TAKEN_IN: ("route", _taken_in),
    EventKind.UNMERGED: ("undo", _unmerged),
    EventKind.LINKED: ("tickets", _linked),
    EventKind.UNLINKED: ("undo", _unlinked),
    EventKind.PASSED_ON: ("send", _passed_on),
    EventKind.OFFER_MADE: ("send", _offer_made),
    EventKind.OFFER_WITHDRAWN: ("undo", _offer_withdrawn),
    EventKind.OFFER_ACCEPTED: ("check", _offer_accepted),
    EventKind.OFFER_DECLINED: ("closed", _offer_declined),
    EventKind.JOB_NEARLY_SPENT: ("due", _job_nearly_spent),
    EventKind.JOB_DONE: ("solved", _job_done),
    EventKind.ERASED: ("delete", _erased),
}
