"""Every address of the installation."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from vaxel.channels.webhooks.delivery_reports import delivery_reports
from vaxel.channels.webhooks.received_mails import received_mails
from vaxel.surfaces.helpcentre.views import robots
from vaxel.surfaces.ui import files, live, looks, outbox
from vaxel.surfaces.ui import views as ui
from vaxel.surfaces.widget import demo

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", ui.health, name="health"),
    path("health/web/", ui.health_of_web, name="health_of_web"),
    path("reports/mail/<slug:service>/", delivery_reports, name="delivery_reports"),
    path("received/mail/<slug:service>/", received_mails, name="received_mails"),
    path("robots.txt", robots, name="robots"),
    path("looks/language/", looks.language, name="language"),
    path("looks/theme/", looks.theme, name="theme"),
    path("<slug:desk>/accent.css", looks.accent, name="accent"),
    path("<slug:desk>/workspace/live/", live.live, name="live"),
    path("<slug:desk>/files/<str:public_id>/<str:name>", files.file, name="file"),
    path("<slug:desk>/workspace/", include("vaxel.surfaces.workspace.urls")),
    path("", include("vaxel.surfaces.signin.urls")),
    path("", include("vaxel.surfaces.widget.urls")),
    path("<slug:desk>/help/", include("vaxel.surfaces.helpcentre.urls")),
    path("<slug:desk>/", include("vaxel.surfaces.portal.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/mail/", include((outbox.urlpatterns, "outbox"))))
    urlpatterns.append(path("demo/product/", include((demo.urlpatterns, "demo_product"))))

handler400 = "vaxel.surfaces.ui.views.bad_request"
handler403 = "vaxel.surfaces.ui.views.forbidden"
handler404 = "vaxel.project.nowhere.not_found"
handler500 = "vaxel.surfaces.ui.views.server_error"
