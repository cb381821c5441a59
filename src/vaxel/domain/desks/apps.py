from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "vaxel.domain.desks"
    label = "desks"
