from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "vaxel.domain.problems"
    label = "problems"
