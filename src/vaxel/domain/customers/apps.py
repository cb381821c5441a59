from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "vaxel.domain.customers"
    label = "customers"
