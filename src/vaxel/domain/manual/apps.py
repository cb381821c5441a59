from django.apps import AppConfig


class ManualConfig(AppConfig):
    name = "vaxel.domain.manual"
    label = "manual"
