"""Full pages over HTTP with a real session: what people wait for."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle

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


def measure() -> list[Figure]:
    """The inbox, a ticket, sending a question, answering; then what the server has needed of memory."""
    return [*_inbox(), *_ticket(), *_portal(), *_sending(), *_answering(), *_memory()]


def _inbox() -> Iterator[Figure]:
    agents = people.agents(_CLIENTS)
    number, key = _far_page()
    first, far = f"{_INBOX}?view=all", f"{_INBOX}?view=all&after={key}"
    yield from _latency("inbox, first page", _getting(agents[0], first), goal=10)
    yield from _latency(f"inbox, page {number:,}", _getting(agents[0], far), goal=10)
    yield from _latency("inbox, open tickets", _getting(agents[0], f"{_INBOX}?view=open"))
    yield _rate("inbox, first page", [_getting(agent, first) for agent in agents], goal=200)
    yield _rate(f"inbox, page {number:,}", [_getting(agent, far) for agent in agents], goal=200)


def _far_page() -> tuple[int, str]:
    """Page 1,000, or the last but some of a smaller list, with the key that the page before it ends with."""
    number = min(1000, running().tickets // _PAGE_SIZE * 3 // 4)
    ((instant, ticket),) = people.rows(
        "SELECT (extract(epoch FROM last_message_at) * 1000000)::bigint, id FROM tickets_ticket"
        " WHERE NOT is_first_line ORDER BY last_message_at DESC, id DESC OFFSET %s LIMIT 1",
        (number - 1) * _PAGE_SIZE - 1,
    )
    return number, f"{instant}-{ticket}"


def _ticket() -> Iterator[Figure]:
    agents = people.agents(_CLIENTS)
    path = f"/{DESK}/workspace/tickets/{people.ticket_with_messages(10)}/"
    yield from _latency("ticket with 10 messages", _getting(agents[0], path), goal=8)
    yield _rate("ticket with 10 messages", [_getting(agent, path) for agent in agents])


def _portal() -> Iterator[Figure]:
    ((client, _),) = people.contacts(1)
    yield from _latency("portal, home", _getting(client, f"/{DESK}/"))
    yield from _latency("portal, the organisation's tickets", _getting(client, f"/{DESK}/tickets/?whose=organisation"))


def _sending() -> Iterator[Figure]:
    contacts = people.contacts(_CLIENTS)
    works = [_sending_each(client, people.drafts(who, count=_SENT_AT_ONCE)) for client, who in contacts]
    alone = _sending_each(contacts[0][0], people.drafts(contacts[0][1], count=_SENT_ALONE))
    yield from _latency("send a question", alone, goal=18)
    yield _rate("send a question", works, goal=120)


def _sending_each(client: Client, drafts: list[str]) -> Work:
    ids = iter(drafts)
    return lambda: client.post(f"/{DESK}/ask/{next(ids)}/review/", to="/sent/")


def _answering() -> Iterator[Figure]:
    (agent,) = people.agents(1)
    names = cycle(people.open_tickets(200))
    text = "Tack för din fråga. Prova att klistra in texten utan formatering, så brukar det gå. Säg till hur det går!"

    def answer() -> str:
        path = f"/{DESK}/workspace/tickets/{next(names)}/"
        return agent.post(f"{path}conversation/", to=f"{path}?", body=text, mode="answer")

    yield from _latency("an agent's answer", answer, goal=15)
    ((client, who),) = people.contacts(1)
    own = cycle(people.open_tickets(50, of_person=who[0]))
    yield from _latency(
        "a customer's answer",
        lambda: client.post(f"/{DESK}/tickets/{next(own)}/reply/", text="Nu går det. Tack!"),
        goal=15,
    )


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


def _latency(name: str, work: Callable[[], object], *, goal: float | None = None) -> Iterator[Figure]:
    half, most = one_by_one(work)
    yield Figure(f"{name}: p50", half, "ms", goal=goal)
    yield Figure(f"{name}: p95", most, "ms")


def _rate(name: str, works: list[Work], *, goal: float | None = None) -> Figure:
    return Figure(f"{name}: {len(works)} clients", at_once(works), "a second", goal=goal, better="more")
