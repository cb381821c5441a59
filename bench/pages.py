"""Full pages over HTTP with a real session: what people wait for."""

import time
from collections.abc import Iterator
from itertools import cycle
from typing import Final

from bench import people
from bench.client import Client
from bench.figures import Figure
from bench.load import Work, at_once, one_by_one
from bench.running import DESK, running, worker

_CLIENTS = 8
_WORKING_SECONDS = 15
_PAGE_SIZE = 50
_SENT_ALONE = 340
_SENT_AT_ONCE = 700
_INBOX = f"/{DESK}/workspace/tickets/"
#: Milliseconds with 100,000 tickets, and how many a second eight clients get at least.
_GOALS: Final = {
    "inbox, first page": 10,
    "inbox, far page": 10,
    "ticket with 10 messages": 8,
    "send a question": 18,
    "an agent's answer": 15,
    "a customer's answer": 15,
}
_LEAST: Final = {"inbox, first page": 200, "inbox, far page": 200, "send a question": 120}


def measure() -> list[Figure]:
    """The inbox, a ticket, the portal, sending and answering; then what the server has needed of memory."""
    return [*_alone(), *_at_once(), *_memory()]


def _alone() -> Iterator[Figure]:
    for name, work in alone().items():
        half, most = one_by_one(work)
        yield Figure(f"{name}: p50", half, "ms", goal=_GOALS.get(name), note=_note(name))
        yield Figure(f"{name}: p95", most, "ms")


def _at_once() -> Iterator[Figure]:
    for name, works in together().items():
        rate, least = at_once(works), _LEAST.get(name)
        yield Figure(f"{name}: {_CLIENTS} clients", rate, "a second", goal=least, better="more", note=_note(name))


def alone() -> dict[str, Work]:
    """What one client does again and again, by its name, at the server that runs now."""
    (agent,) = people.agents(1)
    ((client, who),) = people.contacts(1)
    names = cycle(people.open_tickets(200))
    own = cycle(people.open_tickets(50, of_person=who[0]))
    return {
        "inbox, first page": _getting(agent, f"{_INBOX}?view=all"),
        "inbox, far page": _getting(agent, _far_page()),
        "inbox, open tickets": _getting(agent, f"{_INBOX}?view=open"),
        "ticket with 10 messages": _getting(agent, _ticket()),
        "portal, home": _getting(client, f"/{DESK}/"),
        "portal, the organisation's tickets": _getting(client, f"/{DESK}/tickets/?whose=organisation"),
        "send a question": _sending(client, people.drafts(who, count=_SENT_ALONE)),
        "an agent's answer": lambda: _answer(agent, next(names)),
        "a customer's answer": lambda: client.post(f"/{DESK}/tickets/{next(own)}/reply/", text="Nu går det. Tack!"),
    }


def together() -> dict[str, list[Work]]:
    """What eight clients do at the same time, by its name."""
    agents, contacts = people.agents(_CLIENTS), people.contacts(_CLIENTS)
    pages = {
        "inbox, first page": f"{_INBOX}?view=all",
        "inbox, far page": _far_page(),
        "ticket with 10 messages": _ticket(),
    }
    getting = {name: [_getting(agent, path) for agent in agents] for name, path in pages.items()}
    sending = [_sending(client, people.drafts(who, count=_SENT_AT_ONCE)) for client, who in contacts]
    return {**getting, "send a question": sending}


def _note(name: str) -> str:
    return f"page {_far():,}" if name == "inbox, far page" else ""


def _far() -> int:
    """Page 1,000, or the last but some of a smaller list."""
    return min(1000, running().tickets // _PAGE_SIZE * 3 // 4)


def _far_page() -> str:
    """Its address: it has the key that the page before it ends with."""
    ((instant, ticket),) = people.rows(
        "SELECT (extract(epoch FROM last_message_at) * 1000000)::bigint, id FROM tickets_ticket"
        " WHERE NOT is_first_line ORDER BY last_message_at DESC, id DESC OFFSET %s LIMIT 1",
        (_far() - 1) * _PAGE_SIZE - 1,
    )
    return f"{_INBOX}?view=all&after={instant}-{ticket}"


def _ticket() -> str:
    return f"/{DESK}/workspace/tickets/{people.ticket_with_messages(10)}/"


def _sending(client: Client, drafts: list[str]) -> Work:
    ids = iter(drafts)
    return lambda: client.post(f"/{DESK}/ask/{next(ids)}/review/", to="/sent/")


def _answer(agent: Client, name: str) -> str:
    path = f"/{DESK}/workspace/tickets/{name}/"
    text = "Tack för din fråga. Prova att klistra in texten utan formatering, så brukar det gå. Säg till hur det går!"
    return agent.post(f"{path}conversation/", to=f"{path}?", body=text, mode="answer")


def _memory() -> Iterator[Figure]:
    """Of the web server after all of the above, and of a worker that has sent its mails."""
    with worker() as mailer:
        time.sleep(_WORKING_SECONDS)
        roots = [running().process, mailer]
        processes = [process for root in roots for process in (root, *root.children(recursive=True))]
        resident = sum(process.memory_info().rss for process in processes) / 2**20
        proportional = sum(process.memory_full_info().pss for process in processes) / 2**20
    yield Figure("web and worker, resident", resident, "MB", goal=350, note=f"{len(processes)} processes")
    yield Figure("web and worker, proportional", proportional, "MB", note="shared pages counted once")


def _getting(client: Client, path: str) -> Work:
    return lambda: client.get(path)
