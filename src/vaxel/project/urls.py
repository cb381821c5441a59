"""Every address of the installation."""

from django.urls import include, path

from vaxel.surfaces.ui import live
from vaxel.surfaces.ui import views as ui

urlpatterns = [
    path("health/", ui.health, name="health"),
    path("<slug:desk>/workspace/live/", live.live, name="live"),
    path("", include("vaxel.surfaces.signin.urls")),
]
