"""The addresses of the widget: its script, and what the script asks for."""

from django.urls import URLPattern, path

from vaxel.surfaces.widget import asking, entering, news, reading

app_name = "widget"

_WIDGET = "widget/<str:widget>/"
_QUESTION = _WIDGET + "questions/<str:draft>/"

urlpatterns: list[URLPattern] = [
    path("widget.js", entering.script, name="script"),
    path(_WIDGET + "session/", entering.session, name="session"),
    path(_WIDGET + "articles/", reading.articles, name="articles"),
    path(_WIDGET + "article/", reading.article, name="article"),
    path(_WIDGET + "contacts/", reading.contacts, name="contacts"),
    path(_WIDGET + "news/", news.news, name="news"),
    path(_WIDGET + "problem/", news.problem, name="problem"),
    path(_WIDGET + "problem/me-too/", news.me_too, name="me_too"),
    path(_WIDGET + "questions/", asking.words, name="words"),
    path(_QUESTION + "kind/", asking.kind, name="kind"),
    path(_QUESTION + "details/", asking.details, name="details"),
    path(_QUESTION + "files/", asking.files, name="files"),
    path(_QUESTION + "sent/", asking.sent, name="sent"),
]
