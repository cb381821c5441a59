"""The work of `bench.search`, in a process of its own; prints one line of JSON."""

import json
import statistics
import time
from collections.abc import Callable

import django

django.setup()

from django.utils import timezone  # noqa: E402  # Django must be set up before

from tests.insight.search.grading import QUERIES, ndcg  # noqa: E402
from vaxel.domain.audit.actor import SYSTEM  # noqa: E402
from vaxel.domain.desks.models import Desk  # noqa: E402
from vaxel.domain.manual.audience import ManualReader  # noqa: E402
from vaxel.domain.tickets.models import Ticket  # noqa: E402
from vaxel.insight.search.articles import search_articles  # noqa: E402
from vaxel.insight.search.lexicon import learn_words  # noqa: E402
from vaxel.insight.search.tickets import tickets_of_desk  # noqa: E402
from vaxel.insight.transfer.demo.files import manual_folder  # noqa: E402
from vaxel.insight.transfer.manual.importing import import_manual  # noqa: E402
from vaxel.kit.tenancy import Scope  # noqa: E402

DESK = "kompass"
ROUNDS = 9
#: In most conversations of the demonstration, and in few.
COMMON, RARE = ("tack", "rapport", "spara"), ("signera", "kakor", "beläggning")


def main() -> None:
    desk = Desk.objects.get(slug=DESK)
    import_manual(manual_folder(DESK), desk=desk, by=SYSTEM, now=timezone.now())
    learn_words(desk_id=desk.pk)
    reader, scope = ManualReader(desk.pk, is_staff=True), Scope(desk_id=desk.pk)
    grades, times = [], []
    for text, labels in QUERIES[DESK].items():
        began = time.perf_counter()
        hits = search_articles(reader, text, language="sv", most=5).hits
        times.append((time.perf_counter() - began) * 1e3)
        grades.append(ndcg([hit.slug for hit in hits], labels))
    said = {
        "asked": len(grades),
        "ndcg": statistics.mean(grades),
        "articles": statistics.quantiles(times, n=20)[-1],
        "rare": median_ms(lambda: [tickets_of_desk(scope, word) for word in RARE]) / len(RARE),
        "common": median_ms(lambda: [tickets_of_desk(scope, word) for word in COMMON]) / len(COMMON),
        "tickets": Ticket.objects.within(scope).count(),
    }
    print(json.dumps(said))


def median_ms(work: Callable[[], object]) -> float:
    """Of some runs, after one that warms up."""
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1e3)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
