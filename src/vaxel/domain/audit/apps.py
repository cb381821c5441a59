from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "vaxel.domain.audit"
    label = "audit"
