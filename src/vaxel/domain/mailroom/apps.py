from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "vaxel.domain.mailroom"
    label = "mailroom"
