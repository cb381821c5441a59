from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "vaxel.domain.privacy"
    label = "privacy"
