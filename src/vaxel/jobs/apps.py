from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "vaxel.jobs"
    label = "jobs"
