from django.apps import AppConfig


class WidgetConfig(AppConfig):
    name = "vaxel.surfaces.widget"
    label = "widget"
