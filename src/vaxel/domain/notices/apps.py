from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "vaxel.domain.notices"
    label = "notices"
