from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "vaxel.surfaces.portal"
    label = "surface_portal"
