from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "vaxel.domain.tickets"
    label = "tickets"
