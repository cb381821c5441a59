from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "vaxel.domain.publishing"
    label = "publishing"
