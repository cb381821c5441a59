"""Every address of the installation."""

from django.urls import include, path

from vaxel.surfaces.ui import views as ui

urlpatterns = [
    path("health/", ui.health, name="health"),
    path("", include("vaxel.surfaces.signin.urls")),
]
