"""Every page of the product, and whose eyes look at it. A route without a line fails `test_every_route_is_seen`."""

from dataclasses import dataclass

from tests.browser.stack import Site

#: Roles of the world; "" has not signed in.
CONTACT, USER, OTHER, AGENT, NOBODY = "contact", "user", "other", "agent", ""
ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Look:
    """A page as somebody sees it. `{…}` in the path are filled in from the world."""

    path: str
    role: str
    name: str = ""

    @property
    def title(self) -> str:
        """What a test of it is called."""
        return self.name or self.path.strip("/").replace("{", "").replace("}", "") or "root"

    def address(self, site: Site) -> str:
        """Where it is in this world."""
        world = site.world
        names = {**{f"{name}_ticket": each for name, each in world.tickets.items()}, "desk": world.desk}
        names |= {f"{name}_mail": each for name, each in world.mails.items()}
        drafts = {f"{step}_draft": each for step, each in world.drafts.items()}
        return site.at(self.path.format(**names, **drafts, offer=world.offer, colleague=world.colleague))


#: Of the first customer of the world, whose agreement and whose contact are the first of theirs.
_SETTINGS = "/{desk}/workspace/settings/"
_FIRST = f"{_SETTINGS}organisations/1/"
SETTINGS: dict[str, tuple[Look, ...]] = {
    f"workspace:settings{page}": looks_at
    for page, looks_at in {
        "": (Look(_SETTINGS, ADMINISTRATOR),),
        "_organisations": (
            Look(f"{_SETTINGS}organisations/", ADMINISTRATOR),
            Look(f"{_SETTINGS}organisations/?other", ADMINISTRATOR, "settings without closed organisations"),
        ),
        "_organisation_new": (Look(f"{_SETTINGS}organisations/new/", ADMINISTRATOR),),
        "_organisation": (Look(_FIRST, ADMINISTRATOR, "settings of an organisation"),),
        "_organisation_role": (Look(f"{_FIRST}roles/account-manager/", ADMINISTRATOR, "settings of a role for one"),),
        "_agreement_new": (Look(f"{_FIRST}agreements/new/", ADMINISTRATOR, "settings of a new agreement"),),
        "_agreement": (Look(f"{_FIRST}agreements/1/", ADMINISTRATOR, "settings of an agreement"),),
        "_people": (Look(f"{_SETTINGS}people/", ADMINISTRATOR),),
        "_members": (Look(f"{_FIRST}people/", ADMINISTRATOR, "settings of people at one"),),
        "_person_new": (Look(f"{_FIRST}people/new/", ADMINISTRATOR, "settings of a new person"),),
        "_person": (Look(f"{_FIRST}people/1/", ADMINISTRATOR, "settings of a person"),),
        "_person_erasing": (
            Look(f"{_FIRST}people/1/erasing/", ADMINISTRATOR, "settings of erasing a person"),
            Look(f"{_SETTINGS}organisations/2/people/4/erasing/", ADMINISTRATOR, "settings of a person on hold"),
        ),
        "_erasures": (Look(f"{_SETTINGS}erasures/", ADMINISTRATOR, "settings of erased people"),),
        "_projects": (
            Look(f"{_SETTINGS}projects/", ADMINISTRATOR),
            Look(f"{_SETTINGS}projects/?other", ADMINISTRATOR, "settings of projects that are over"),
        ),
        "_project_new": (Look(f"{_FIRST}projects/new/", ADMINISTRATOR, "settings of a new project"),),
        "_project": (Look(f"{_FIRST}projects/1/", ADMINISTRATOR, "settings of a project"),),
        "_staff_list": (Look(f"{_SETTINGS}staff/", ADMINISTRATOR),),
        "_staff_new": (Look(f"{_SETTINGS}staff/new/", ADMINISTRATOR),),
        "_staff": (Look(f"{_SETTINGS}staff/1/", ADMINISTRATOR),),
        "_roles": (Look(f"{_SETTINGS}roles/", ADMINISTRATOR),),
        "_role": (Look(f"{_SETTINGS}roles/account-manager/", ADMINISTRATOR),),
        "_canned_list": (
            Look(f"{_SETTINGS}canned/", ADMINISTRATOR),
            Look(f"{_SETTINGS}canned/?q=xyzzy", ADMINISTRATOR, "settings without replies"),
        ),
        "_canned_new": (Look(f"{_SETTINGS}canned/new/", ADMINISTRATOR),),
        "_canned": (Look(f"{_SETTINGS}canned/1/", ADMINISTRATOR),),
        "_retention": (Look(f"{_SETTINGS}retention/", ADMINISTRATOR, "settings of retention"),),
        "_exports": (Look(f"{_SETTINGS}exports/", ADMINISTRATOR, "settings of exports"),),
        "_organisation_export": (Look(f"{_FIRST}export/", ADMINISTRATOR, "settings of an export"),),
        "_readings": (
            Look(f"{_SETTINGS}readings/", ADMINISTRATOR, "settings of readings"),
            Look(f"{_SETTINGS}readings/?who=xyzzy", ADMINISTRATOR, "settings without readings"),
        ),
        "_history": (Look(f"{_SETTINGS}history/", ADMINISTRATOR),),
    }.items()
}
CUSTOMERS: dict[str, tuple[Look, ...]] = {
    "portal:home": (
        Look("/{desk}/", CONTACT),
        Look("/{desk}/", AGENT, "the portal as staff find it"),
        Look("/{desk}/", USER, "home of a user"),
        Look("/{desk}/", OTHER, "new"),
    ),
    "portal:ask": (Look("/{desk}/ask/", CONTACT),),
    "portal:ask_words": (Look("/{desk}/ask/{words_draft}/words/", CONTACT),),
    "portal:ask_several": (Look("/{desk}/ask/{several_draft}/several/", CONTACT),),
    "portal:ask_kind": (Look("/{desk}/ask/{kind_draft}/kind/", CONTACT),),
    "portal:ask_details": (
        Look("/{desk}/ask/{details_draft}/details/", CONTACT),
        Look("/{desk}/ask/{details_draft}/details/?check", CONTACT, "details with faults"),
    ),
    "portal:ask_review": (
        Look("/{desk}/ask/{review_draft}/review/", CONTACT),
        Look("/{desk}/ask/{away_draft}/review/", CONTACT, "review of what goes elsewhere"),
    ),
    "portal:ask_sent": (Look("/{desk}/ask/{sent_draft}/sent/", CONTACT),),
    "portal:ask_discard": (Look("/{desk}/ask/{words_draft}/discard/", CONTACT),),
    "portal:me_too": (
        Look("/{desk}/problems/1/me-too/", CONTACT),
        Look("/{desk}/problems/1/me-too/", USER, "me too, said"),
    ),
    "portal:approvals": (Look("/{desk}/approvals/", CONTACT),),
    "portal:signed_offer": (Look("/{desk}/offers/{offer}/", NOBODY),),
    "portal:notices": (Look("/{desk}/notices/", CONTACT),),
    "portal:organisation": (
        Look("/{desk}/organisation/", "leader"),
        Look("/{desk}/organisation/?left", "leader", "those who have left"),
    ),
    "portal:new_colleague": (Look("/{desk}/organisation/people/new/", "leader"),),
    "portal:own_sign_in": (Look("/{desk}/organisation/sign-in/", "leader"),),
    "portal:people_list": (Look("/{desk}/organisation/people/list/", "leader"),),
    "portal:colleague": (Look("/{desk}/organisation/people/{colleague}/", "leader"),),
    "portal:tickets": (
        Look("/{desk}/tickets/?whose=all", CONTACT),
        Look("/{desk}/tickets/", USER, "no tickets"),
        Look("/{desk}/tickets/?q=spara", CONTACT, "hits among tickets"),
        Look("/{desk}/tickets/?q=xyzzy", CONTACT, "no hits among tickets"),
    ),
    "portal:ticket": (
        Look("/{desk}/tickets/{colleagues_ticket}/", "local", "a colleague's question"),
        Look("/{desk}/tickets/{long_ticket}/", CONTACT),
        Look("/{desk}/tickets/{solved_ticket}/", CONTACT),
        Look("/{desk}/tickets/{closed_ticket}/", CONTACT),
        Look("/{desk}/tickets/{stranded_ticket}/", "stranded", "ticket that nobody can answer"),
    ),
    "helpcentre:home": (Look("/{desk}/help/sv/", NOBODY), Look("/{desk}/help/sv/", CONTACT, "help for a contact")),
    "helpcentre:article": (
        Look("/{desk}/help/sv/rapportmall/", NOBODY),
        Look("/{desk}/help/sv/rapportmall/?said=no", USER, "article with a question"),
    ),
    "helpcentre:contacts": (
        Look("/{desk}/help/sv/contacts/", USER),
        Look("/{desk}/help/en/contacts/", NOBODY, "contacts for a stranger"),
    ),
    "helpcentre:problems": (Look("/{desk}/help/sv/problems/", NOBODY),),
    "helpcentre:problem": (
        Look("/{desk}/help/sv/problems/1/", NOBODY),
        Look("/{desk}/help/en/problems/2/", CONTACT, "a fixed problem"),
    ),
    "helpcentre:search": (
        Look("/{desk}/help/sv/search/?q=mall", NOBODY),
        Look("/{desk}/help/sv/search/?q=xyzzy", CONTACT, "search without hits"),
        Look("/{desk}/help/sv/search/?q=", NOBODY, "search for nothing"),
        Look("/{desk}/help/sv/search/?q=spara", CONTACT, "search with hits of every kind"),
    ),
    "helpcentre:wishes": (
        Look("/{desk}/help/sv/wishes/", CONTACT),
        Look("/{desk}/help/en/wishes/", NOBODY, "wishes for a stranger"),
    ),
    "helpcentre:wish_new": (Look("/{desk}/help/sv/wishes/new/?searched=mall", CONTACT),),
    "helpcentre:wish": (
        Look("/{desk}/help/sv/wishes/1/", CONTACT),
        Look("/{desk}/help/sv/wishes/2/", CONTACT, "a wish of one's own"),
    ),
    "portal:ticket_take_on": (Look("/{desk}/tickets/{colleagues_ticket}/take-on/", "local"),),
    "portal:first_line": (Look("/{desk}/first-line/", "local"),),
    "portal:ticket_close": (Look("/{desk}/tickets/{fresh_ticket}/close/", CONTACT),),
    "portal:ticket_details": (Look("/{desk}/tickets/{mailed_ticket}/details/", CONTACT),),
}
STAFF: dict[str, tuple[Look, ...]] = {
    "workspace:inbox": (
        Look("/{desk}/workspace/tickets/?view=open", AGENT),
        Look("/{desk}/workspace/tickets/?view=mine", AGENT, "empty inbox"),
        Look("/{desk}/workspace/tickets/?view=all&q=spara", AGENT, "hits in the inbox"),
        Look("/{desk}/workspace/tickets/?view=open&chosen=all", AGENT, "inbox with chosen tickets"),
    ),
    "workspace:ticket": (
        Look("/{desk}/workspace/tickets/{long_ticket}/", AGENT),
        Look("/{desk}/workspace/tickets/{closed_ticket}/", AGENT),
        Look("/{desk}/workspace/tickets/{mailed_ticket}/", AGENT, "ticket with people whom a mail brought along"),
    ),
    "workspace:decision": (Look("/{desk}/workspace/tickets/{fresh_ticket}/decision/", AGENT),),
    "workspace:erasing": (Look("/{desk}/workspace/tickets/{closed_ticket}/erasing/", ADMINISTRATOR),),
    "workspace:details": (Look("/{desk}/workspace/tickets/{mailed_ticket}/details/", AGENT),),
    "workspace:together": (Look("/{desk}/workspace/tickets/{split_ticket}/together/", AGENT),),
    "workspace:split": (Look("/{desk}/workspace/tickets/{long_ticket}/split/", AGENT),),
    **SETTINGS,
    "workspace:prices": (Look("/{desk}/workspace/prices/", ADMINISTRATOR),),
    "workspace:job_terms": (Look("/{desk}/workspace/prices/customers/", ADMINISTRATOR),),
    "workspace:invoicing": (Look("/{desk}/workspace/invoicing/", ADMINISTRATOR),),
    "workspace:offer": (Look("/{desk}/workspace/tickets/{fresh_ticket}/offer/", AGENT),),
    "workspace:job": (
        Look("/{desk}/workspace/tickets/{worked_ticket}/offers/1/", AGENT),
        Look("/{desk}/workspace/tickets/{worked_ticket}/", AGENT, "ticket with a job"),
    ),
    "workspace:new": (
        Look("/{desk}/workspace/new/", AGENT),
        Look("/{desk}/workspace/new/?q=kommun", AGENT, "callers to choose among"),
        Look("/{desk}/workspace/new/?q=Maj+Ekdahl", AGENT, "call that is written down"),
    ),
    "workspace:palette": (Look("/{desk}/workspace/go/", AGENT),),
    "workspace:problems": (Look("/{desk}/workspace/problems/", AGENT),),
    "workspace:problem_new": (Look("/{desk}/workspace/problems/new/", AGENT),),
    "workspace:problem": (
        Look("/{desk}/workspace/problems/1/", AGENT),
        Look("/{desk}/workspace/problems/2/", AGENT, "a problem with tickets to solve"),
    ),
    "workspace:problem_description": (Look("/{desk}/workspace/problems/1/description/", AGENT),),
    "workspace:wishes": (
        Look("/{desk}/workspace/wishes/", AGENT),
        Look("/{desk}/workspace/wishes/?state=declined", AGENT, "no wishes"),
    ),
    "workspace:wish_merging": (
        Look("/{desk}/workspace/wishes/2/merging/?q=bakgrund", AGENT),
        Look("/{desk}/workspace/wishes/2/merging/?q=xyzzy", AGENT, "no wishes with these words"),
    ),
    "workspace:wish": (
        Look("/{desk}/workspace/wishes/1/", AGENT),
        Look("/{desk}/workspace/wishes/3/", AGENT, "a wish that is the same as another"),
    ),
    "workspace:operating": (Look("/{desk}/workspace/operating/", AGENT),),
    "workspace:operating_new": (Look("/{desk}/workspace/operating/new/", AGENT),),
    "workspace:operating_notice": (Look("/{desk}/workspace/operating/1/", AGENT),),
    "workspace:agreements": (Look("/{desk}/workspace/agreements/", AGENT),),
    "workspace:gaps": (Look("/{desk}/workspace/gaps/", AGENT),),
    "workspace:customers": (
        Look("/{desk}/workspace/customers/", "manager"),
        Look("/{desk}/workspace/customers/?whose=all", ADMINISTRATOR, "all customers"),
        Look("/{desk}/workspace/customers/", AGENT, "no customers of one's own"),
    ),
    "workspace:customer": (
        Look("/{desk}/workspace/customers/1/", "manager"),
        Look("/{desk}/workspace/customers/1/", AGENT, "a customer as an agent sees it"),
    ),
    "workspace:customer_report": (
        Look("/{desk}/workspace/customers/1/report/", "manager"),
        Look("/{desk}/workspace/customers/1/report/?language=en&first=x", "manager", "a report with faults"),
    ),
    "workspace:policy": (Look("/{desk}/workspace/policy/", AGENT),),
    "workspace:policy_examples": (Look("/{desk}/workspace/policy/examples/", AGENT),),
    "workspace:policy_trying": (
        Look("/{desk}/workspace/policy/trying/", AGENT),
        Look(
            "/{desk}/workspace/policy/trying/?kind=report-setup&plan=enterprise&products=suite", AGENT, "policy tried"
        ),
    ),
    "workspace:policy_versions": (Look("/{desk}/workspace/policy/versions/", ADMINISTRATOR),),
    "workspace:policy_drafts": (Look("/{desk}/workspace/policy/drafts/", ADMINISTRATOR),),
    "workspace:policy_draft": (
        Look("/{desk}/workspace/policy/drafts/1/", ADMINISTRATOR),
        Look("/{desk}/workspace/policy/drafts/2/", ADMINISTRATOR, "a draft with faults"),
        Look("/{desk}/workspace/policy/drafts/3/", ADMINISTRATOR, "a draft being tried"),
        Look("/{desk}/workspace/policy/drafts/4/", ADMINISTRATOR, "a draft whose trial was stopped"),
        Look("/{desk}/workspace/policy/drafts/5/", ADMINISTRATOR, "a draft with a plan renamed"),
    ),
    "workspace:absences": (
        Look("/{desk}/workspace/absences/", ADMINISTRATOR),
        Look("/{desk}/workspace/absences/", AGENT, "absences as an agent sees them"),
    ),
    "workspace:leaving": (Look("/{desk}/workspace/absences/colleagues/1/", ADMINISTRATOR),),
    "workspace:hand_over": (
        Look("/{desk}/workspace/tickets/{fresh_ticket}/hand-over/", AGENT),
        Look(
            "/{desk}/workspace/tickets/{fresh_ticket}/hand-over/?destination=account-manager",
            AGENT,
            "hand-over to a person",
        ),
    ),
    "workspace:mail_logo": (Look("/{desk}/workspace/mail-texts/logo/", ADMINISTRATOR),),
    "workspace:mail_texts": (Look("/{desk}/workspace/mail-texts/", ADMINISTRATOR),),
    "workspace:mail_text": (Look("/{desk}/workspace/mail-texts/received/sv/", ADMINISTRATOR),),
    "workspace:mailroom": (
        Look("/{desk}/workspace/mailroom/", AGENT),
        Look("/{desk}/workspace/mailroom/?show=aside", AGENT, "nothing put aside"),
    ),
    "workspace:held_mail": (
        Look("/{desk}/workspace/mailroom/{stranger_mail}/", AGENT),
        Look("/{desk}/workspace/mailroom/{answer_mail}/", AGENT, "a mail that became something"),
    ),
    "workspace:outgoing": (
        Look("/{desk}/workspace/mailroom/outgoing/", AGENT),
        Look("/{desk}/workspace/mailroom/outgoing/?show=waiting", AGENT, "mails on the way"),
    ),
    "workspace:widgets": (Look("/{desk}/workspace/products/", ADMINISTRATOR),),
    "workspace:widget_new": (Look("/{desk}/workspace/products/new/", ADMINISTRATOR),),
    "workspace:widget": (Look("/{desk}/workspace/products/1/", ADMINISTRATOR),),
    "workspace:mailboxes": (Look("/{desk}/workspace/mailroom/boxes/", ADMINISTRATOR),),
    "workspace:mailbox_new": (Look("/{desk}/workspace/mailroom/boxes/new/", ADMINISTRATOR),),
    "workspace:mailbox": (Look("/{desk}/workspace/mailroom/boxes/1/", ADMINISTRATOR),),
    "workspace:manual": (
        Look("/{desk}/workspace/manual/", AGENT),
        Look("/{desk}/workspace/manual/?show=planned", ADMINISTRATOR, "no planned articles"),
    ),
    "workspace:manual_new": (Look("/{desk}/workspace/manual/new/", AGENT),),
    "workspace:manual_settings": (Look("/{desk}/workspace/manual/settings/", ADMINISTRATOR),),
    "workspace:manual_article": (
        Look("/{desk}/workspace/manual/articles/rapportmall/", ADMINISTRATOR),
        Look("/{desk}/workspace/manual/articles/rapportmall/?language=sv", AGENT, "an article in one language"),
    ),
    "workspace:manual_place": (Look("/{desk}/workspace/manual/articles/rapportmall/place/", ADMINISTRATOR),),
    "workspace:manual_versions": (Look("/{desk}/workspace/manual/articles/rapportmall/sv/versions/", AGENT),),
    "workspace:notices": (Look("/{desk}/workspace/notices/", AGENT),),
    "workspace:preferences": (Look("/{desk}/workspace/preferences/", AGENT),),
    "account_request_login_code": (Look("/signin/", NOBODY),),
    "signin_password": (Look("/signin/password/", NOBODY),),
    "account_inactive": (Look("/signin/closed/", NOBODY),),
    "account_logout": (Look("/signin/out/", USER),),
    "account_set_password": (Look("/signin/account/password/new/", USER),),
    "mfa_index": (Look("/signin/second-factor/", USER),),
    "mfa_activate_totp": (Look("/signin/second-factor/app/", USER),),
    "mfa_list_webauthn": (Look("/signin/passkeys/", USER),),
    "mfa_add_webauthn": (Look("/signin/passkeys/new/", USER),),
    "signin:account": (Look("/signin/account/", USER),),
    "signin:places": (Look("/signin/places/", USER),),
    "signin:own_sign_ins": (Look("/signin/organisation/?email=a@b.example", NOBODY),),
    "signin:demo": (Look("/demo/", NOBODY),),
    "signin:demo_letters": (Look("/demo/sign-in-mails/", NOBODY),),
    "outbox:mails": (Look("/demo/mail/{desk}/", NOBODY),),
    "outbox:mail": (Look("/demo/mail/{desk}/1/", NOBODY),),
}
#: What answers with no page of its own: changes, files, styles, health, ways to another page.
NO_PAGES = frozenset(
    {
        "accent",
        "delivery_reports",
        "file",
        "health",
        "health_of_web",
        "language",
        "live",
        "received_mails",
        "robots",
        "theme",
    }
    | {f"helpcentre:{name}" for name in ("front", "picture", "sitemap", "suggest", "verdict")}
    | {"account_login", "mfa_login_webauthn", "outbox:first", "outbox:mail_html", "signin:demo_enter"}
    | {"signin:everywhere", "workspace:home", "openid_connect_login", "openid_connect_callback"}
    | {f"workspace:job_{name}" for name in ("correction", "end", "start", "stop", "time")}
    | {"portal:approval", "workspace:offer_withdrawal", "workspace:absence_end"}
    | {f"portal:colleague_{name}" for name in ("change", "erasure", "leaving", "seat", "training")}
    | {"portal:calling_off", "portal:proof", "workspace:claim", "workspace:claim_proof"}
    # Answered to the script in a product's page, which tests/browser/test_widget.py looks at.
    | {f"widget:{name}" for name in ("article", "articles", "contacts", "details", "files", "kind", "script")}
    | {f"widget:{name}" for name in ("me_too", "news", "problem", "sent", "session", "words")}
    | {"demo_product:product", "demo_product:token"}
    | {
        f"portal:{name}"
        for name in (
            "ask_save",
            "ask_suggestions",
            "ticket_draft",
            "ticket_notes",
            "ticket_pass_on",
            "ticket_reopen",
            "ticket_reply",
        )
    }
    | {f"workspace:{name}" for name in ("assignment", "closure", "conversation", "draft", "mail", "priority")}
    | {"workspace:mail_address", "workspace:mail_text_preview"}
    | {f"workspace:{name}" for name in ("operating_end", "operating_withdrawal", "problem_solving", "ticket_problem")}
    | {f"workspace:wish_{name}" for name in ("splitting", "title")}
    | {"helpcentre:wish_vote"}
    | {f"workspace:{name}" for name in ("mail_aside", "mail_block", "mail_body", "mail_original", "mail_person")}
    | {
        f"workspace:{name}"
        for name in ("mail_retry", "mail_ticket", "mail_unblock", "mailbox_try", "outgoing_again", "widget_key")
    }
    | {"workspace:invoice_rows", "workspace:job_customers_found", "workspace:participant"}
    | {f"workspace:settings_person_{name}" for name in ("leaving", "seat", "training")}
    | {f"workspace:settings_{name}" for name in ("canned_removal", "choose_staff", "organisation_closure")}
    | {f"workspace:settings_{name}" for name in ("erasure_refusal", "export_file", "export_removal", "readings_file")}
    | {f"workspace:settings_{name}" for name in ("hold_end", "hold_new", "second_factor", "staff_leaving")}
    | {f"workspace:customer_{name}" for name in ("note", "notes", "report_pdf")}
    | {f"workspace:policy_{name}" for name in ("again", "draft_removal", "draft_trial", "publication", "source")}
    | {f"workspace:manual_{name}" for name in ("archive", "beginning", "picture", "preview", "publishing")}
    | {f"workspace:manual_{name}" for name in ("new_unsaved", "restoring", "return", "unsaved")}
    | {"workspace:ticket_articles"}
    | {f"workspace:{name}" for name in ("read", "reopening", "solution", "status")}
    | {"workspace:several", "workspace:several_reopening"}
    | {f"workspace:{name}" for name in ("linking", "unlinking", "unmerging")}
)
#: Pages that need a state which tests/surfaces/signin makes: a code asked for, a factor in use, no desk at all.
SEEN_BY_SIGNIN = frozenset(
    {"account_change_password", "account_confirm_login_code", "account_reauthenticate", "mfa_authenticate"}
    | {"mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_generate_recovery_codes", "mfa_reauthenticate"}
    | {"mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes", "signin:front"}
)


def looks(pages: dict[str, tuple[Look, ...]]) -> list[Look]:
    """All of them, in order."""
    return [look for each in pages.values() for look in each]
