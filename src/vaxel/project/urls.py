"""Every address of the installation."""

from django.urls import path

from vaxel.surfaces.ui import views as ui

urlpatterns = [
    path("health/", ui.health, name="health"),
]
