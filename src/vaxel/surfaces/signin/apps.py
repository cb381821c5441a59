from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "vaxel.surfaces.signin"
    label = "surface_signin"
