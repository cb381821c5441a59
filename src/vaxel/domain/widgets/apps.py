from django.apps import AppConfig


class WidgetsConfig(AppConfig):
    name = "vaxel.domain.widgets"
    label = "widgets"
