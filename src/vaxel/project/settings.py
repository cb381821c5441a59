"""All settings, read once from the environment (see docs/running.md for each name and its meaning)."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from vaxel.channels.mail.services import anymail_settings, backend_of
from vaxel.project.environment import read_environment

ENV = read_environment()
ROOT = Path(__file__).resolve().parents[1]
DATA = ENV.data.resolve()

DEBUG = False
DEMO = ENV.demo
SECRET_KEY = ENV.resolved_secret_key()
SECRET_KEY_FALLBACKS = ENV.earlier_secret_keys
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = [ENV.base_url]
BASE_URL = ENV.base_url

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "vaxel.domain.audit",
    "vaxel.domain.desks",
    "vaxel.domain.people",
    "vaxel.domain.customers",
    "vaxel.domain.administration",
    "vaxel.domain.manual",
    "vaxel.domain.tickets",
    "vaxel.domain.smalljobs",
    "vaxel.domain.problems",
    "vaxel.domain.wishes",
    "vaxel.domain.publishing",
    "vaxel.domain.notices",
    "vaxel.domain.mailroom",
    "vaxel.domain.widgets",
    "vaxel.domain.privacy",
    "vaxel.insight.search",
    "vaxel.surfaces.ui",
    "vaxel.surfaces.signin",
    "vaxel.surfaces.portal",
    "vaxel.surfaces.helpcentre",
    "vaxel.surfaces.workspace",
    "vaxel.surfaces.widget",
    "vaxel.jobs",
]

MIDDLEWARE = [
    "vaxel.surfaces.ui.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "vaxel.surfaces.ui.middleware.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vaxel.surfaces.signin.own_sessions.OwnSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vaxel.surfaces.ui.middleware.PersonLanguage",
    "vaxel.surfaces.ui.middleware.NotTaken",
    "vaxel.surfaces.ui.middleware.FormsOnly",
]

ROOT_URLCONF = "vaxel.project.urls"
WSGI_APPLICATION = "vaxel.project.wsgi.application"
ASGI_APPLICATION = "vaxel.project.asgi.application"

# --- database ----------------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {"default": ENV.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SURFACES = ("ui", "asking", "signin", "portal", "helpcentre", "workspace", "widget")

# --- pages -------------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "vaxel.surfaces.ui.spoken.SpokenTemplates",
        "DIRS": [ROOT / "surfaces" / name / "templates" for name in SURFACES],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "vaxel.surfaces.ui.environment.environment",
            "context_processors": ["vaxel.surfaces.ui.context.page", "vaxel.surfaces.signin.context.frame"],
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do", "vaxel.surfaces.ui.once.Once"],
            "trim_blocks": True,
            "lstrip_blocks": True,
            # All that there are; Jinja's own way to keep the ones used last looks through them at each use.
            "cache_size": -1,
        },
    },
]
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = [ROOT / "surfaces" / "ui" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
#: The front-end build puts a hash of the contents into each name: such files never change.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/built/.+-[A-Za-z0-9_-]{8}\..+$"

# --- language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "vaxel_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENV.secure
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
LOCALE_PATHS = [ROOT / area / "locale" for area in ("domain", *(f"surfaces/{name}" for name in SURFACES))]
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# --- people and sign-in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["vaxel.surfaces.signin.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
#: Whom the demonstration offers stands beside each example desk, in its `.demo.toml`.
DEMO_DESKS = ROOT.parents[1] / "examples" / "desks"
if DEMO and not ENV.demo_may_start:
    raise ImproperlyConfigured(
        "VAXEL_DEMO lets everybody sign in as anybody, and VAXEL_BASE_URL can be reached from other machines. "
        "Unset VAXEL_DEMO, or use 127.0.0.1 in VAXEL_BASE_URL."
    )
LOGIN_URL = "/signin/"
LOGIN_REDIRECT_URL = "/signin/places/"
SECOND_FACTOR_URL = "/signin/second-factor/"
PLACES_URL = LOGIN_REDIRECT_URL
#: Limits and used codes must be the same in every process, so they are counted in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.behind_proxy else 0
ACCOUNT_ADAPTER = "vaxel.surfaces.signin.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "vaxel.surfaces.signin.forms.AddressForm",
    "confirm_login_code": "vaxel.surfaces.signin.forms.CodeForm",
    "login": "vaxel.surfaces.signin.forms.PasswordForm",
    "reauthenticate": "vaxel.surfaces.signin.forms.ConfirmPasswordForm",
    "set_password": "vaxel.surfaces.signin.forms.NewPasswordForm",
    "change_password": "vaxel.surfaces.signin.forms.OtherPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_TEMPLATE_EXTENSION = "html.jinja"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
#: An address without an account gets no mail: strangers could flood anybody by us otherwise (trust 19).
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3  # and "code_tried" below, which holds for tries at once too
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
#: The key of failed passwords and of codes is the mail address seen from one IP, so that nobody can lock out
#: somebody else; limits per IP alone are wide, since a whole municipality may share one. `code_to_address` keeps
#: anybody's mailbox from being flooded, wherever the asking comes from; browsers in which they have signed in count
#: apart ("code_again"), so that a flood from elsewhere keeps nobody out.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,100/h/ip,5/5m/key,20/d/key",
    "request_login_code": "30/m/ip",
    "code_from_here": "5/10m/key",
    "code_to_address": "12/h/key",
    "code_again": "12/h/key",
    "code_tried": "3/10m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "late_form": "60/h/ip",
    "article_verdict": "30/h/ip",
    "wish": "20/h/ip",
    "wish_by_nobody": "60/h/key",
    # A whole municipality may sit behind one address, so these only stop what no office does (trust 59).
    "widget_enter": "120/m/ip,600/m/key",
    "widget_read": "600/m/ip",
    "widget_write": "120/m/ip",
}
MFA_ADAPTER = "vaxel.surfaces.signin.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "vaxel.surfaces.signin.forms.SecondFactorForm",
    "reauthenticate": "vaxel.surfaces.signin.forms.ConfirmSecondFactorForm",
    "activate_totp": "vaxel.surfaces.signin.forms.ActivateAppForm",
    "login_webauthn": "vaxel.surfaces.signin.forms.PasskeyForm",
    "authenticate_webauthn": "vaxel.surfaces.signin.forms.SecondPasskeyForm",
    "reauthenticate_webauthn": "vaxel.surfaces.signin.forms.ConfirmPasskeyForm",
    "add_webauthn": "vaxel.surfaces.signin.forms.NewPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.secure
MFA_TOTP_ISSUER = "Växel"
#: An organisation's own sign-in says who somebody is; it makes no claim on an account by a mail address (trust 54).
SOCIALACCOUNT_ADAPTER = "vaxel.surfaces.signin.own_sign_in.OwnSignInAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # our view takes a press on a button only
OWN_SIGN_IN_INSIDE = ENV.own_sign_in_inside
SESSION_ENGINE = "vaxel.surfaces.ui.sessions"
SESSION_COOKIE_NAME = "__Host-vaxel" if ENV.secure else "vaxel"
SESSION_COOKIE_SECURE = ENV.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-vaxel-form" if ENV.secure else "vaxel-form"
CSRF_COOKIE_SECURE = ENV.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "vaxel.surfaces.ui.views.form_expired"
#: What was just done is said on the next page by a signed cookie: in the session it would cost two transactions.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# --- transport ---------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if ENV.secure else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.behind_proxy else None
X_FRAME_OPTIONS = "DENY"

# --- files -------------------------------------------------------------------------------------------------------
MEDIA_ROOT = ENV.folder("files")
UPLOAD_LIMIT_BYTES = ENV.upload_limit_mb * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
#: More than a question takes: somebody who drops a whole folder is told so by the form, with all that they wrote.
DATA_UPLOAD_MAX_NUMBER_FILES = 120
FILE_UPLOAD_HANDLERS = ["vaxel.surfaces.ui.upload_handler.PatientUploadHandler"]
FILE_UPLOAD_TEMP_DIR = ENV.folder("uploads")

# --- mail --------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = (
    "vaxel.channels.mail.demo.DemoBackend"
    if ENV.demo and not ENV.smtp_host
    else "vaxel.channels.mail.smtp.WatchedBackend"
)
MAIL_SERVICE = ENV.mail_service
if ENV.mail_service:
    EMAIL_BACKEND = backend_of(ENV.mail_service)
    ANYMAIL = anymail_settings(
        ENV.mail_service,
        key=ENV.mail_service_key.get_secret_value(),
        reports_secret=ENV.mail_reports_secret.get_secret_value(),
        signing_key=ENV.mail_reports_key.get_secret_value(),
        api_url=ENV.mail_service_url,
    )
EMAIL_HOST = ENV.smtp_host or "localhost"
EMAIL_PORT = ENV.smtp_port
EMAIL_HOST_USER = ENV.smtp_user
EMAIL_HOST_PASSWORD = ENV.smtp_password.get_secret_value()
EMAIL_USE_TLS = ENV.smtp_tls == "starttls"
EMAIL_USE_SSL = ENV.smtp_tls == "tls"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = ENV.mail_from
AUTOMATIC_MAILS_PER_HOUR = ENV.automatic_mails_per_hour
MAIL_AUTHSERV_ID = ENV.mail_authserv_id
MAIL_KEPT_DAYS = ENV.mail_kept_days
IGNORED_MAIL_KEPT_DAYS = ENV.ignored_mail_kept_days

# --- logs and jobs -----------------------------------------------------------------------------------------------
LOGGING_CONFIG = "vaxel.project.logs.configure_logs"
LOGGING = {"level": "INFO"}
#: Whoever only hands over jobs knows them by name (`vaxel.kit.queue`): loading them is a good part of a start.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = [
    "vaxel.jobs.tasks",
    "vaxel.jobs.periodic",
    "vaxel.jobs.mail_in",
    "vaxel.jobs.organisations",
    "vaxel.jobs.privacy",
]
