from django.apps import AppConfig


class HelpCentreConfig(AppConfig):
    name = "vaxel.surfaces.helpcentre"
    label = "helpcentre"
