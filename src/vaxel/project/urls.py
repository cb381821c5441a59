"""Every address of the installation."""

from django.urls import include, path

from vaxel.surfaces.ui import live, looks
from vaxel.surfaces.ui import views as ui

urlpatterns = [
    path("health/", ui.health, name="health"),
    path("looks/language/", looks.language, name="language"),
    path("looks/theme/", looks.theme, name="theme"),
    path("<slug:desk>/accent.css", looks.accent, name="accent"),
    path("<slug:desk>/workspace/live/", live.live, name="live"),
    path("", include("vaxel.surfaces.signin.urls")),
]
