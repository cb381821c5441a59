"""A bare view of fifty rows: one query, one template of Django's, no session, no rules."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

_TEMPLATE = Engine().from_string(
    "<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>"
    "{% endfor %}</tr>{% endfor %}</table>"
)
_QUERY = """
    SELECT t.number, t.subject, t.status, t.priority, t.product, o.name, p.name, t.last_message_at, t.next_deadline_at
    FROM tickets_ticket t
    JOIN people_organisation o ON o.id = t.organisation_id
    JOIN people_person p ON p.id = t.requester_id
    ORDER BY t.desk_id, t.last_message_at DESC, t.id DESC LIMIT 50
"""


def rows(request: HttpRequest) -> HttpResponse:
    """The newest fifty tickets."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY)
        found = cursor.fetchall()
    return HttpResponse(_TEMPLATE.render(Context({"rows": found})))


def health(request: HttpRequest) -> HttpResponse:
    """The server answers."""
    return HttpResponse("ok")


urlpatterns = [path("rows/", rows), path("health/web/", health)]
