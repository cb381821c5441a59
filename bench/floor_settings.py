"""The real settings, with nothing around the view: the least that a page of fifty rows costs here."""

from vaxel.project.settings import *  # noqa: F403

ROOT_URLCONF = "bench.floor_urls"
#: The library of sign-in does not start without its own.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
