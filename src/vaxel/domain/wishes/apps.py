from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "vaxel.domain.wishes"
    label = "wishes"
