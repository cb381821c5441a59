"""All that staff see beside a ticket, in one query: the ticket with its organisation's standing and its neighbours.

A page of the workspace may cost twelve queries, so what belongs to the panel is read as arrays of JSON together with
the ticket.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from vaxel.domain.people.models import Agreement, Project, RoleHolder, Seat, Staff
from vaxel.domain.tickets.canned_reply import CannedReply
from vaxel.domain.tickets.models import Attachment, ReplyDraft, Ticket
from vaxel.kit.compiled import Compiled, Row, columns_of, compiled, from_json, row_as
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked, Found
from vaxel.kit.values import value

#: Earlier tickets shown of each sort: about the same case, and the newest of the organisation.
_NEIGHBOURS: Final = 5


@value
class RequesterSeen:
    """Whoever asked. `language` is empty for somebody who has chosen none."""

    name: str
    title: str
    phone: str
    email: str
    is_active: bool
    language: str


@value
class AgreementSeen:
    """An agreement of the ticket's organisation. `seats` None means as the plan says."""

    id: int
    plan: str
    products: tuple[str, ...]
    starts_on: date
    ends_on: date | None
    seats: int | None


@value
class ContactSeen:
    """A support contact of the organisation."""

    agreement_id: int
    name: str


@value
class ProjectSeen:
    """A delivery to the organisation."""

    name: str
    manager: str
    starts_on: date
    ends_on: date | None


@value
class ColleagueSeen:
    """One of the staff who can be given the ticket."""

    id: int
    name: str
    roles: tuple[str, ...]


@value
class NeighbourSeen:
    """Another ticket of the same organisation."""

    number: int
    subject: str
    status: str
    case_reference: str


@value
class DraftSeen:
    """An answer or a note that one of the staff is writing."""

    id: int
    by_id: int
    text: str
    html: str
    is_note: bool
    updated_at: datetime


@value
class DraftFileSeen:
    """A file that one of the staff has attached to the answer that they are writing."""

    by_id: int
    public_id: str
    name: str
    size: int


@value
class CannedSeen:
    """An answer to use again."""

    id: int
    language: str
    title: str
    text: str


@value
class DeskView:
    """A ticket and what stands beside it."""

    ticket: Ticket
    requester: RequesterSeen
    organisation: str
    #: The name of whoever has it; None when nobody has.
    assignee: str | None
    agreements: tuple[AgreementSeen, ...]
    contacts: tuple[ContactSeen, ...]
    projects: tuple[ProjectSeen, ...]
    role_people: Mapping[str, str]
    colleagues: tuple[ColleagueSeen, ...]
    neighbours: tuple[NeighbourSeen, ...]
    drafts: tuple[DraftSeen, ...]
    draft_files: tuple[DraftFileSeen, ...]
    canned: tuple[CannedSeen, ...]


def desk_view(scope: Scope, *, number: int) -> Asked[DeskView | None]:
    """The ticket with its panel, for staff; None where they have no such ticket, and always for customers."""
    values = {_A_DESK.desk_id: scope.desk_id, _A_NUMBER: number}
    return Asked(_reading(), values, _view_in if scope.organisation_id is None else lambda _rows: None)


def ticket_id_of(scope: Scope, *, number: int) -> Found:
    """The id of the ticket that staff have by this number."""
    return Found(_finding(), {_A_DESK.desk_id: scope.desk_id, _A_NUMBER: number})


def _view_in(rows: Sequence[Row]) -> DeskView | None:
    if not rows:
        return None
    ((organisation, assignee, *rest),) = rows
    names = tuple(_beside())
    beside, ticket = rest[: len(names)], rest[len(names) :]
    seen = {name: from_json(value) for name, value in zip(names, beside, strict=True)}
    return DeskView(
        ticket=row_as(Ticket, ticket),
        requester=RequesterSeen(**{**seen["requester"], "language": seen["requester"]["language"] or ""}),
        organisation=organisation,
        assignee=assignee,
        agreements=tuple(_agreement(row) for row in seen["agreements"]),
        contacts=tuple(ContactSeen(**row) for row in seen["contacts"]),
        projects=tuple(_project(row) for row in seen["projects"]),
        role_people={row["role"]: row["name"] for row in seen["roles"]},
        colleagues=tuple(
            ColleagueSeen(id=row["id"], name=row["name"], roles=tuple(row["roles"])) for row in seen["staff"]
        ),
        neighbours=_neighbours(seen["same_case"], seen["newest"]),
        drafts=tuple(
            DraftSeen(**{**row, "updated_at": datetime.fromisoformat(row["updated_at"])}) for row in seen["drafts"]
        ),
        draft_files=tuple(DraftFileSeen(**row) for row in seen["draft_files"]),
        canned=tuple(CannedSeen(**row) for row in seen["canned"]),
    )


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_DESK: Final = Scope(desk_id=-1)
_A_NUMBER: Final = -2


@cache
def _finding() -> Compiled:
    rows = Ticket.objects.within(_A_DESK).filter(number=_A_NUMBER)
    return compiled(rows.values_list("pk"), _A_DESK.desk_id, _A_NUMBER)


@cache
def _reading() -> Compiled:
    rows = Ticket.objects.within(_A_DESK).filter(number=_A_NUMBER)
    rows = rows.annotate(**{f"seen_{name}": part for name, part in _beside().items()})
    beside = (f"seen_{name}" for name in _beside())
    return compiled(
        rows.values_list("organisation__name", "assignee__name", *beside, *columns_of(Ticket)),
        *(_A_DESK.desk_id, _A_NUMBER),
    )


@cache
def _beside() -> dict[str, Any]:
    return {**_of_organisation(), **_of_desk(), **_being_written(), **_neighbouring()}


def _of_organisation() -> dict[str, Any]:
    same = {"organisation": OuterRef("organisation")}
    agreements = Agreement.unscoped.filter(**same).order_by("-starts_on")
    contacts = Seat.unscoped.filter(**same, person__is_active=True).order_by("number")
    projects = Project.unscoped.filter(**same).order_by("-starts_on")
    # The organisation's own holder comes last, so that it wins over the desk's in the mapping.
    holders = RoleHolder.unscoped.filter(
        Q(**same) | Q(organisation=None), desk=OuterRef("desk"), staff__is_active=True
    ).order_by(F("organisation").asc(nulls_first=True))
    return {
        "requester": JSONObject(
            name="requester__name",
            title="requester__title",
            phone="requester__phone",
            email="requester__email",
            is_active="requester__is_active",
            language="requester__account__language",
        ),
        "agreements": _rows(agreements, "id", "plan", "products", "starts_on", "ends_on", "seats"),
        "contacts": _rows(contacts, "agreement_id", name="person__name"),
        "projects": _rows(projects, "name", "starts_on", "ends_on", manager="manager__name"),
        "roles": _rows(holders, "role", name="staff__name"),
    }


def _of_desk() -> dict[str, ArraySubquery]:
    staff = Staff.unscoped.filter(desk=OuterRef("desk"), is_active=True).order_by("name")
    canned = CannedReply.unscoped.filter(desk=OuterRef("desk")).order_by("title")
    return {
        "staff": _rows(staff, "id", "name", "roles"),
        "canned": _rows(canned, "id", "language", "title", "text"),
    }


def _being_written() -> dict[str, ArraySubquery]:
    drafts = ReplyDraft.unscoped.filter(ticket=OuterRef("pk"), by_kind="staff")
    files = Attachment.unscoped.filter(reply_draft__ticket=OuterRef("pk"), reply_draft__by_kind="staff").order_by("id")
    return {
        "drafts": _rows(drafts, "id", "by_id", "text", "html", "is_note", "updated_at"),
        "draft_files": _rows(files, "public_id", "name", by_id="reply_draft__by_id", size="blob__size"),
    }


def _neighbouring() -> dict[str, ArraySubquery]:
    others = Ticket.unscoped.filter(organisation=OuterRef("organisation"), is_first_line=False)
    others = others.exclude(pk=OuterRef("pk"))
    same_case = others.filter(case_reference=OuterRef("case_reference")).exclude(case_reference="")
    columns = ("number", "subject", "status", "case_reference")
    return {
        "same_case": _rows(same_case.order_by("-last_message_at")[:_NEIGHBOURS], *columns),
        "newest": _rows(others.order_by("-last_message_at", "-id")[:_NEIGHBOURS], *columns),
    }


def _rows(rows: QuerySet[Any], *columns: str, **renamed: str) -> ArraySubquery:
    """The rows as an array of JSON objects with these columns."""
    return ArraySubquery(rows.values(row=JSONObject(**{name: name for name in columns}, **renamed)))


def _agreement(row: dict[str, Any]) -> AgreementSeen:
    return AgreementSeen(
        id=row["id"],
        plan=row["plan"],
        products=tuple(row["products"]),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        seats=row["seats"],
    )


def _project(row: dict[str, Any]) -> ProjectSeen:
    return ProjectSeen(
        name=row["name"],
        manager=row["manager"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
    )


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _neighbours(same_case: list[dict[str, Any]], newest: list[dict[str, Any]]) -> tuple[NeighbourSeen, ...]:
    """Those about the same case first, each once."""
    known = {row["number"]: NeighbourSeen(**row) for row in (*same_case, *newest)}
    return tuple(known.values())[:_NEIGHBOURS]
