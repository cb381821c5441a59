from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "vaxel.domain.administration"
    label = "administration"
