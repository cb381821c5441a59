from django.apps import AppConfig


class SmallJobsConfig(AppConfig):
    name = "vaxel.domain.smalljobs"
    label = "smalljobs"
