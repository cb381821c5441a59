"""What the components of `templates/ui` take: plain frozen values, filled by each surface's views.

Views decide words and times once, in the reader's language; templates only place them. A moment therefore
comes ready made: `iso` for machines, `exact` and `relative` for people.
"""

from dataclasses import field
from typing import Literal

from markupsafe import Markup

from vaxel.kit.values import value

StatusKey = Literal["new", "open", "waiting-customer", "waiting-third", "solved", "closed"]
#: How a promise stands: time enough, little left, passed, clock stopped, kept.
PromiseState = Literal["ok", "soon", "late", "paused", "met"]
Author = Literal["customer", "ours", "note"]
Theme = Literal["auto", "light", "dark"]


@value(kw_only=True)
class Moment:
    """An instant as three texts: `2026-11-20T14:20+01:00`, "i dag kl. 14.20", "om 2 h 10 min"."""

    iso: str
    exact: str
    relative: str = ""


@value(kw_only=True)
class Status:
    key: StatusKey
    label: str


@value(kw_only=True)
class Promise:
    """What is promised ("Första svar") and when; never made where the terms give no promise."""

    label: str
    at: Moment
    state: PromiseState = "ok"


@value(kw_only=True)
class Person:
    """Somebody to turn to; `ours` is the vendor's own staff. Empty texts are left out."""

    name: str
    initials: str
    role: str = ""
    organisation: str = ""
    phone: str = ""
    mail: str = ""
    photo_url: str = ""
    ours: bool = False


@value(kw_only=True)
class Reason:
    """One rule that decided, in words; `rule` is its name in the policy, shown to agents only."""

    text: str
    rule: str = ""


@value(kw_only=True)
class Link:
    """A way onward: in menus, tabs, views. `count` stands beside it; `alarm`: it should be nought."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int | str | None = None
    alarm: bool = False


@value(kw_only=True)
class Option:
    """A choice of a select, radio or checkbox group; `badge` marks a suggested one in a word."""

    value: str
    label: str
    hint: str = ""
    badge: str = ""


@value(kw_only=True)
class FieldError:
    """What is wrong and how to put it right; `field` is the id of the input to move to."""

    field: str
    text: str


@value(kw_only=True)
class Step:
    """A step of a flow; one with `url` can be gone back to."""

    label: str
    state: Literal["done", "current", "ahead"]
    url: str = ""


@value(kw_only=True)
class SummaryRow:
    name: str
    value: str
    change_url: str = ""


@value(kw_only=True)
class File:
    """An attachment; `facts` is kind and size ("PNG, 240 kB")."""

    name: str
    url: str
    facts: str = ""
    picture_url: str = ""


@value(kw_only=True)
class Message:
    """A message of a conversation; `html` and `quoted` are cleaned before they get here."""

    id: str
    author: Person
    at: Moment
    html: Markup
    kind: Author
    lang: str = ""
    via: str = ""
    to: str = ""
    files: tuple[File, ...] = ()
    quoted: Markup | None = None
    unread: bool = False
    #: What went wrong on its way; shown to agents only.
    trouble: tuple["Trouble", ...] = ()
    #: Pictures of a signature: there for whoever looks for them.
    aside: tuple[File, ...] = ()
    #: The mail that it came by; shown to agents only.
    letter: "Letter | None" = None
    #: Where an article is made of the answer; shown to agents only.
    article_url: str = ""


@value(kw_only=True)
class Letter:
    """A mail as it came: its HTML in a frame (no address when it is plain words), and its bytes for a download."""

    original_url: str
    frame_url: str = ""
    #: Pixels: the frame runs no script, so nothing can fit it to what it shows.
    height: int = 320
    #: What the frame does not show.
    remark: str = ""


@value(kw_only=True)
class Trouble:
    """What went wrong and what to do; with `url`, a press on the button `label` does it."""

    text: str
    url: str = ""
    label: str = ""


@value(kw_only=True)
class Event:
    """Something that happened to a ticket between the messages; `more` are further reasons, folded away."""

    text: str
    at: Moment
    icon: str = "event"
    why: str = ""
    more: tuple[str, ...] = ()


@value(kw_only=True)
class TicketRow:
    """A ticket in a list. `who` is whose it is: organisation for agents, asker for customers."""

    number: str
    url: str
    subject: str
    who: str
    status: Status
    promise: Promise | None = None
    assignee: Person | None = None
    unread: bool = False
    current: bool = False
    #: In a word, when it is above the usual one.
    priority: str = ""
    #: A deadline of the asker's own is near.
    urgent: bool = False
    #: Who else is writing an answer right now.
    writing: str = ""
    #: The subject, when it was searched for; each part says whether it is what was found.
    marked: tuple[tuple[str, bool], ...] = ()
    #: Words of the ticket around what was searched for; each part says whether it is what was found.
    found: tuple[tuple[str, bool], ...] = ()
    #: Who asked, where `who` is an organisation.
    asker: str = ""
    #: What its box sends when it is chosen, and whether it already is.
    choice: str = ""
    chosen: bool = False


@value(kw_only=True)
class Chrome:
    """All around a page's own content: the desk, the ways, the person, language and theme."""

    desk_name: str
    place: str
    home_url: str
    logo_url: str = ""
    accent_url: str = ""
    nav: tuple[Link, ...] = ()
    person: Person | None = None
    account_links: tuple[Link, ...] = ()
    sign_in_url: str = ""
    sign_out_url: str = ""
    language_url: str = ""
    languages: tuple[Option, ...] = ()
    theme_url: str = ""
    theme: Theme = "auto"
    footer_links: tuple[Link, ...] = field(default=())
