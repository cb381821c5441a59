from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vaxel.domain.people"
    label = "people"
