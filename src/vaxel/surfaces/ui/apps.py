from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "vaxel.surfaces.ui"
    label = "surface_ui"
