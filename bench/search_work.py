"""The work of `bench.search`, in a process of its own; prints one line of JSON."""

import json
import statistics
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402  # Django must be set up before

from tests.insight.search.grading import QUERIES, ndcg  # noqa: E402
from vaxel.domain.audit.actor import SYSTEM  # noqa: E402
from vaxel.domain.desks.models import Desk  # noqa: E402
from vaxel.domain.manual.audience import ManualReader  # noqa: E402
from vaxel.insight.search.articles import search_articles  # noqa: E402
from vaxel.insight.search.lexicon import learn_words  # noqa: E402
from vaxel.insight.transfer.demo.files import manual_folder  # noqa: E402
from vaxel.insight.transfer.manual.importing import import_manual  # noqa: E402

DESK = "kompass"


def main() -> None:
    desk = Desk.objects.get(slug=DESK)
    import_manual(manual_folder(DESK), desk=desk, by=SYSTEM, now=timezone.now())
    learn_words(desk_id=desk.pk)
    reader = ManualReader(desk.pk, is_staff=True)
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
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
