"""The floors: what this machine needs at least for a page of rows, and for a row that stays."""

from bench.client import Client
from bench.figures import Figure
from bench.load import one_by_one
from bench.people import connect
from bench.running import web_server


def measure() -> list[Figure]:
    """A bare view of fifty rows under the same server, and one INSERT with its COMMIT."""
    with web_server("bench.floor_settings") as server:
        client = Client(server.port)
        view, view_most = one_by_one(lambda: client.get("/rows/"))
    insert, insert_most = _insert()
    return [
        Figure("floor: bare view of 50 rows: p50", view, "ms"),
        Figure("floor: bare view of 50 rows: p95", view_most, "ms"),
        Figure("floor: one INSERT and COMMIT: p50", insert, "ms"),
        Figure("floor: one INSERT and COMMIT: p95", insert_most, "ms"),
    ]


def _insert() -> tuple[float, float]:
    with connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, text text NOT NULL)")
        try:
            return one_by_one(lambda: connection.execute("INSERT INTO bench_floor (text) VALUES ('a line of text')"))
        finally:
            connection.execute("DROP TABLE bench_floor")
