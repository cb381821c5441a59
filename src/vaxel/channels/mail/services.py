"""Delivery services: mail handed over by HTTP instead of SMTP, through django-anymail. Pure: settings are made of it.

Those are listed that take one key and tell about bounces under one shared secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

ServiceName: TypeAlias = Literal["brevo", "mailersend", "mailgun", "mailjet", "postmark", "resend", "sparkpost"]


@dataclass(frozen=True, slots=True)
class Service:
    """`keys` are django-anymail's names for what the service knows us by; a key of two parts has a colon between."""

    backend: str
    keys: tuple[str, ...]
    #: Its reports' view in django-anymail.
    reports: str


SERVICES: Final[Mapping[ServiceName, Service]] = {
    "brevo": Service("brevo", ("BREVO_API_KEY",), "brevo.BrevoTrackingWebhookView"),
    "mailersend": Service("mailersend", ("MAILERSEND_API_TOKEN",), "mailersend.MailerSendTrackingWebhookView"),
    "mailgun": Service("mailgun", ("MAILGUN_API_KEY",), "mailgun.MailgunTrackingWebhookView"),
    "mailjet": Service("mailjet", ("MAILJET_API_KEY", "MAILJET_SECRET_KEY"), "mailjet.MailjetTrackingWebhookView"),
    "postmark": Service("postmark", ("POSTMARK_SERVER_TOKEN",), "postmark.PostmarkTrackingWebhookView"),
    "resend": Service("resend", ("RESEND_API_KEY",), "resend.ResendTrackingWebhookView"),
    "sparkpost": Service("sparkpost", ("SPARKPOST_API_KEY",), "sparkpost.SparkPostTrackingWebhookView"),
}
#: What django-anymail calls the key that a service signs its reports with, where it signs them.
_SIGNING: Final[Mapping[str, str]] = {
    "mailersend": "MAILERSEND_SIGNING_SECRET",
    "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
    "resend": "RESEND_SIGNING_SECRET",
}
#: Seconds for one mail; after that its fate is uncertain.
_PATIENCE: Final = 30


def backend_of(name: ServiceName) -> str:
    """Django's backend for the service."""
    return f"anymail.backends.{SERVICES[name].backend}.EmailBackend"


def anymail_settings(
    name: ServiceName, *, key: str, reports_secret: str, signing_key: str = "", api_url: str = ""
) -> dict[str, Any]:
    """The ANYMAIL setting. `reports_secret` is "user:password", as reports must give them."""
    service = SERVICES[name]
    parts = key.split(":", maxsplit=len(service.keys) - 1)
    made: dict[str, Any] = {
        **dict(zip(service.keys, parts, strict=False)),
        "WEBHOOK_SECRET": reports_secret,
        "REQUESTS_TIMEOUT": _PATIENCE,
        # Not every service keeps our own data beside a mail; its id of the mail is enough then.
        "IGNORE_UNSUPPORTED_FEATURES": True,
    }
    if signing_key and name in _SIGNING:
        made[_SIGNING[name]] = signing_key
    if api_url:
        made[f"{name.upper()}_API_URL"] = api_url
    return made
