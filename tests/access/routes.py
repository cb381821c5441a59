"""Every address of the installation, and who may enter it. A new route without a line here fails the matrix."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

#: Who looks. Each is defined in world.py.
OWNER, COLLEAGUE, SEER, LOCAL, NEIGHBOUR = "owner", "colleague", "seer", "local", "neighbour"
ABROAD, AGENT, AGENT_ABROAD, ANONYMOUS = "abroad", "agent", "agent_abroad", "anonymous"
ADMINISTRATOR = "administrator"
ROLES = (OWNER, COLLEAGUE, SEER, LOCAL, NEIGHBOUR, ABROAD, AGENT, ADMINISTRATOR, AGENT_ABROAD, ANONYMOUS)

CUSTOMERS = frozenset({OWNER, COLLEAGUE, SEER, LOCAL, NEIGHBOUR})
STAFF = frozenset({AGENT, ADMINISTRATOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
READERS = frozenset({OWNER, SEER})
APPROVERS = frozenset({SEER})
#: Customers' own administrators.
ADMINISTERING = frozenset({SEER})
OPEN = frozenset(ROLES)

#: Who finds something at the route when its arguments name what the owner has.
AUDIENCE: dict[str, frozenset[str]] = {
    "portal:home": CUSTOMERS,
    "portal:ask": CUSTOMERS,
    "portal:ask_suggestions": CUSTOMERS,
    "portal:ask_words": frozenset({OWNER}),
    "portal:ask_several": frozenset({OWNER}),
    "portal:ask_kind": frozenset({OWNER}),
    "portal:ask_details": frozenset({OWNER}),
    "portal:ask_review": frozenset({OWNER}),
    "portal:ask_sent": frozenset({OWNER}),
    "portal:ask_discard": frozenset({OWNER}),
    "portal:ask_save": frozenset({OWNER}),
    "portal:me_too": CUSTOMERS,
    "portal:notices": CUSTOMERS,
    "portal:approvals": APPROVERS,
    "portal:approval": APPROVERS,
    **dict.fromkeys(
        (
            f"portal:{name}"
            for name in ("organisation", "new_colleague", "people_list", "colleague", "proof", "own_sign_in")
        ),
        ADMINISTERING,
    ),
    **dict.fromkeys((f"portal:colleague_{name}" for name in ("leaving", "seat", "change", "training")), ADMINISTERING),
    # Nobody is erased who has not left: tests/surfaces/portal/test_erasing.py has somebody.
    "portal:colleague_erasure": frozenset(),
    "portal:calling_off": ADMINISTERING,
    "portal:tickets": CUSTOMERS,
    "portal:ticket": READERS,
    "portal:ticket_reply": READERS,
    "portal:ticket_details": READERS,
    "portal:ticket_draft": READERS,
    # Nothing is taken on from the vendor: tests/surfaces/portal/test_passing_on.py has a question that can be.
    "portal:ticket_take_on": frozenset(),
    # The same of what contacts note on it: tests/surfaces/portal/test_contacts_notes.py.
    "portal:ticket_notes": frozenset(),
    # Figures of the own organisation, for its contacts and whoever administers: a neighbour sees the neighbour's.
    "portal:first_line": frozenset({SEER, LOCAL, NEIGHBOUR}),
    "portal:ticket_close": READERS,
    "portal:ticket_reopen": READERS,
    "portal:ticket_pass_on": READERS,
    "workspace:home": STAFF,
    "workspace:inbox": STAFF,
    "workspace:new": STAFF,
    "workspace:gaps": STAFF,
    "workspace:policy": STAFF,
    **dict.fromkeys((f"workspace:policy_{name}" for name in ("examples", "trying", "versions", "source")), STAFF),
    **dict.fromkeys((f"workspace:policy_draft{name}" for name in ("s", "", "_trial", "_removal")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:policy_{name}" for name in ("again", "publication")), ADMINISTRATORS),
    # The agent answers for no customer; those who do are in tests/surfaces/workspace/test_customers.py.
    **dict.fromkeys((f"workspace:customer{name}" for name in ("s", "")), STAFF),
    **dict.fromkeys(
        (f"workspace:customer_{name}" for name in ("notes", "note", "report", "report_pdf")), ADMINISTRATORS
    ),
    "workspace:absences": STAFF,
    "workspace:absence_end": STAFF,
    **dict.fromkeys((f"workspace:{name}" for name in ("agreements", "claim", "claim_proof")), STAFF),
    **dict.fromkeys(
        (f"workspace:{name}" for name in ("problems", "problem_new", "problem", "problem_description")), STAFF
    ),
    "workspace:problem_solving": STAFF,
    **dict.fromkeys((f"workspace:wish{name}" for name in ("es", "", "_title", "_merging", "_splitting")), STAFF),
    "workspace:ticket_problem": STAFF,
    "workspace:participant": STAFF,
    **dict.fromkeys((f"workspace:operating{name}" for name in ("", "_new", "_notice", "_end", "_withdrawal")), STAFF),
    "workspace:palette": STAFF,
    **dict.fromkeys(
        (
            f"workspace:manual{name}"
            for name in ("", "_new", "_new_unsaved", "_article", "_unsaved", "_picture", "_preview")
        ),
        STAFF,
    ),
    **dict.fromkeys((f"workspace:manual_{name}" for name in ("versions", "restoring")), STAFF),
    # The administrator stands for those who edit the manual too: see test_rights.py of the workspace's manual.
    **dict.fromkeys(
        (f"workspace:manual_{name}" for name in ("beginning", "settings", "publishing", "place", "archive", "return")),
        ADMINISTRATORS,
    ),
    "workspace:mail_logo": ADMINISTRATORS,
    "workspace:mail_texts": ADMINISTRATORS,
    "workspace:mail_text": ADMINISTRATORS,
    "workspace:mail_text_preview": ADMINISTRATORS,
    "workspace:notices": STAFF,
    "workspace:preferences": STAFF,
    "workspace:ticket": STAFF,
    "workspace:read": STAFF,
    "workspace:draft": STAFF,
    "workspace:conversation": STAFF,
    "workspace:ticket_articles": STAFF,
    "workspace:assignment": STAFF,
    "workspace:status": STAFF,
    "workspace:priority": STAFF,
    "workspace:decision": STAFF,
    "workspace:hand_over": STAFF,
    "workspace:leaving": STAFF,
    "workspace:details": STAFF,
    "workspace:solution": STAFF,
    "workspace:reopening": STAFF,
    "workspace:closure": STAFF,
    "workspace:several": STAFF,
    "workspace:several_reopening": STAFF,
    "workspace:erasing": ADMINISTRATORS,
    **dict.fromkeys((f"workspace:{name}" for name in ("together", "linking", "unlinking", "unmerging")), STAFF),
    "workspace:split": STAFF,
    "workspace:settings": ADMINISTRATORS,
    **dict.fromkeys(
        (f"workspace:settings_organisation{name}" for name in ("s", "_new", "", "_closure", "_role")), ADMINISTRATORS
    ),
    **dict.fromkeys((f"workspace:settings_agreement{name}" for name in ("_new", "")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:settings_{name}" for name in ("people", "members", "history")), ADMINISTRATORS),
    **dict.fromkeys(
        (f"workspace:settings_person{name}" for name in ("_new", "", "_seat", "_training", "_leaving", "_erasing")),
        ADMINISTRATORS,
    ),
    **dict.fromkeys((f"workspace:settings_erasure{name}" for name in ("s", "_refusal")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:settings_export{name}" for name in ("s", "_file", "_removal")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:settings_{name}" for name in ("retention", "hold_new", "hold_end")), ADMINISTRATORS),
    "workspace:settings_second_factor": ADMINISTRATORS,
    "workspace:settings_organisation_export": ADMINISTRATORS,
    **dict.fromkeys((f"workspace:settings_readings{name}" for name in ("", "_file")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:settings_project{name}" for name in ("s", "_new", "")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:settings_staff{name}" for name in ("_list", "_new", "", "_leaving")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:settings_{name}" for name in ("roles", "role", "choose_staff")), ADMINISTRATORS),
    **dict.fromkeys((f"workspace:settings_canned{name}" for name in ("_list", "_new", "", "_removal")), ADMINISTRATORS),
    "workspace:prices": ADMINISTRATORS,
    "workspace:job_terms": ADMINISTRATORS,
    "workspace:job_customers_found": ADMINISTRATORS,
    "workspace:invoicing": ADMINISTRATORS,
    "workspace:invoice_rows": ADMINISTRATORS,
    "workspace:offer": STAFF,
    "workspace:offer_withdrawal": STAFF,
    "workspace:job": STAFF,
    "workspace:job_start": STAFF,
    "workspace:job_stop": STAFF,
    "workspace:job_time": STAFF,
    "workspace:job_correction": STAFF,
    "workspace:job_end": STAFF,
    "workspace:mail": STAFF,
    "workspace:mail_body": STAFF,
    "workspace:mailroom": STAFF,
    "workspace:held_mail": STAFF,
    "workspace:mail_ticket": STAFF,
    "workspace:mail_person": STAFF,
    "workspace:mail_retry": STAFF,
    "workspace:mail_aside": STAFF,
    "workspace:mail_block": STAFF,
    "workspace:mail_unblock": STAFF,
    "workspace:outgoing": STAFF,
    "workspace:outgoing_again": STAFF,
    "workspace:mailboxes": ADMINISTRATORS,
    "workspace:mailbox_new": ADMINISTRATORS,
    "workspace:mailbox": ADMINISTRATORS,
    "workspace:mailbox_try": ADMINISTRATORS,
    "workspace:mail_original": STAFF,
    "workspace:widgets": ADMINISTRATORS,
    "workspace:widget_new": ADMINISTRATORS,
    "workspace:widget": ADMINISTRATORS,
    "workspace:widget_key": ADMINISTRATORS,
    "workspace:mail_address": STAFF,
    **dict.fromkeys(
        ("helpcentre:article", "helpcentre:front", "helpcentre:home", "helpcentre:picture", "helpcentre:search"),
        CUSTOMERS | STAFF,
    ),
    "helpcentre:contacts": CUSTOMERS | STAFF,
    "helpcentre:problem": CUSTOMERS | STAFF,
    "helpcentre:problems": CUSTOMERS | STAFF,
    "helpcentre:suggest": CUSTOMERS | STAFF,
    **dict.fromkeys((f"helpcentre:wish{name}" for name in ("es", "", "_new")), CUSTOMERS | STAFF),
    "helpcentre:wish_vote": CUSTOMERS,
    "helpcentre:verdict": CUSTOMERS | STAFF,
    # The matrix's manual is not public, so search engines are told nothing.
    "helpcentre:sitemap": frozenset(),
    "file": READERS | STAFF,
}

#: Routes that name no customer's object: the sign-in pages guard themselves (tests/surfaces/signin), the others are
#: the same for everybody.
ELSEWHERE = frozenset(
    {
        "accent",
        "delivery_reports",
        "health",
        "health_of_web",
        "language",
        "theme",
        "live",
        "portal:signed_offer",
        "received_mails",
        "robots",
    }
)
#: Routes whose arguments name what every desk has one of, its own.
OF_EVERY_DESK = frozenset(
    {
        "workspace:job_customers_found",
        "workspace:mail_text",
        "workspace:mail_text_preview",
        "workspace:policy_again",
        "workspace:policy_source",
    }
)
#: The widget reads no cookie: who its session is for is tested in tests/surfaces/widget.
ELSEWHERE_PREFIXES = ("account_", "mfa_", "openid_connect_", "signin", "outbox:", "widget:", "demo_product:")


@dataclass(frozen=True, slots=True)
class Route:
    """A named address and the arguments that it takes."""

    name: str
    arguments: tuple[str, ...]


def routes() -> list[Route]:
    """All routes of the URL configuration, whatever includes them."""
    return sorted(_walk(get_resolver(), ""), key=lambda route: route.name)


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            name = f"{prefix}{pattern.name}"
            yield Route(name, (*resolver.pattern.converters, *pattern.pattern.converters))
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            for route in _walk(pattern, inner):
                yield Route(route.name, (*resolver.pattern.converters, *route.arguments))


def guarded() -> list[Route]:
    """The routes that the matrix looks at."""
    return [
        route for route in routes() if route.name not in ELSEWHERE and not route.name.startswith(ELSEWHERE_PREFIXES)
    ]
