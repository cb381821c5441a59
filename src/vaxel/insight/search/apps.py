from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "vaxel.insight.search"
    label = "search"
