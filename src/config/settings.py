"""Wiring of the product. Every outside server is an environment variable with an embedded default."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from config import logs
from config.companies import *  # noqa: F403
from config.companies import BACKUP_BUCKET, BACKUP_ENDPOINT
from config.doors import *  # noqa: F403
from config.headers import policy
from config.payment import *  # noqa: F403
from config.post import *  # noqa: F403

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("MILLWRIGHT_VAR", ROOT / "var"))


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


DEBUG = flag("DEBUG")
PRODUCTION = flag("PRODUCTION")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    SECRET_KEY = "insecure-embedded-key"  # noqa: S105 - checked below: refused outside the embedded set-up
    if PRODUCTION:
        raise RuntimeError("Set SECRET_KEY before starting in production.")
SECRET_KEY_FALLBACKS = list(filter(None, os.environ.get("SECRET_KEY_FALLBACKS", "").split(",")))

# Addresses -----------------------------------------------------------------------------------------------------------
BASE_DOMAIN = os.environ.get("BASE_DOMAIN", "localhost")
PUBLIC_PORT = os.environ.get("PUBLIC_PORT", "8000")
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
PROBE_URL = os.environ.get("PROBE_URL", f"http://127.0.0.1:{PUBLIC_PORT}/health/ready")
DATA_PLACE, DATA_REGION = os.environ.get("DATA_PLACE", ""), os.environ.get("DATA_REGION", "cn")
PUBLIC_SCHEME = os.environ.get("PUBLIC_SCHEME", "http")
ALLOWED_HOSTS = ["*"]  # companies bring domains of their own: TenantMiddleware answers 404 to every name it does not know
CSRF_TRUSTED_ORIGINS = [f"{PUBLIC_SCHEME}://{host}{port}" for host in (BASE_DOMAIN, f"*.{BASE_DOMAIN}") for port in ("", f":{PUBLIC_PORT}")]

# Apps ----------------------------------------------------------------------------------------------------------------
SHARED_APPS = [
    "tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "shared_apps.accounts",  # before allauth: its mails take the place of allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.headless",
    "django_celery_beat",
    "kernel",
    "shared_apps.billing",
    "shared_apps.console",
    "shared_apps.implementation",
    "shared_apps.provisioning",
]
TENANT_APPS = [
    "kernel",
    "tenant_apps.organization",
    "tenant_apps.catalog",
    "tenant_apps.partners",
    "tenant_apps.selection",
    "tenant_apps.pricing",
    "tenant_apps.office",
    "tenant_apps.finance",
    "tenant_apps.inventory",
    "tenant_apps.logistics",
    "tenant_apps.sales",
    "tenant_apps.contracts",
    "tenant_apps.quoting",
    "tenant_apps.crm",
    "tenant_apps.approvals",
    "tenant_apps.process",
    "tenant_apps.analytics",
]
INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in SHARED_APPS)]
TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"

MIDDLEWARE = [
    "tenants.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # parts of the client need no page's headers: a kilobyte each
    "config.headers.PackMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.headers.HeadersMiddleware",
    "kernel.api.problems.RequestMiddleware",
    "tenants.middleware.TenantMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shared_apps.accounts.presence.PresenceMiddleware",
    "config.reporting.RequestMiddleware",
    "shared_apps.console.recording.ProgramsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shared_apps.console.looks.LooksMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src/config/templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"]},
    }
]

# Servers -------------------------------------------------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://millwright@127.0.0.1:54329/millwright")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, engine="tenants.backend", conn_max_age=300, conn_health_checks=True)}
# Statements are prepared on the server from their third use on: planning once saves a quarter of the time of a quote-to-cash cycle.
DATABASES["default"].setdefault("OPTIONS", {}).update({"server_side_binding": True, "prepare_threshold": 3})
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DATABASE_POOLING = os.environ.get("DATABASE_POOLING", "")
DATABASE_CONNECTIONS = int(os.environ.get("DATABASE_CONNECTIONS", "4"))
SLOW_STATEMENT_MS = int(os.environ.get("SLOW_STATEMENT_MS", "200"))
COMPANIES_PER_CONNECTION = int(os.environ.get("COMPANIES_PER_CONNECTION", "224"))
BROKER_URL = os.environ.get("BROKER_URL", "redis://127.0.0.1:63799/0")
CACHES = {
    "default": {
        "BACKEND": "tenants.cache.Cache",
        "LOCATION": os.environ.get("CACHE_URL", "redis://127.0.0.1:63799/1"),
        "KEY_FUNCTION": "tenants.cache.make_key",
    }
}

# People --------------------------------------------------------------------------------------------------------------
LOG_IN_APPS = {"accounts", "account", "mfa", "sessions", "socialaccount"}
"""Their tables are the platform's; a company's request reaches them through the library that keeps them (record 0041)."""
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["shared_apps.accounts.backends.CachedBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "shared_apps.accounts.strength.NotOneself"},
    {"NAME": "shared_apps.accounts.strength.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "shared_apps.accounts.strength.NotBreached"},
]
BREACHED_PASSWORDS_URL, BREACHED_PASSWORDS_FILE = (
    os.environ.get("BREACHED_PASSWORDS_URL", ""),
    os.environ.get("BREACHED_PASSWORDS_FILE", ""),
)
PASSWORD_RESET_TIMEOUT = 3600
SESSION_ENGINE = "shared_apps.accounts.sessions"
if PUBLIC_SCHEME == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_SCHEME == "https"
if PUBLIC_SCHEME == "https":  # browsers take cookies of these names from this very host only, not from a sister company's
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", str(365 * 24 * 3600)))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "shared_apps.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CHANGE_EMAIL = True
LIMITED = flag("RATE_LIMITS", True)
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = LIMITED and {
    "signup": "20/h/ip",
    "join": "30/m/ip",
    "quote_link": "60/m/ip",
    "sign_in": "60/m/ip",
    "csp": "30/m/ip",
}
CHANGES_A_MINUTE = int(os.environ.get("CHANGES_A_MINUTE", "6000")) * LIMITED
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
CSRF_FAILURE_VIEW = "config.pages.csrf_failure"
HEADLESS_ONLY = True
SMS_SERVER = os.environ.get("SMS_SERVER", "https://dysmsapi.aliyuncs.com")
VIRUS_SCANNER = os.environ.get("VIRUS_SCANNER", "")
OUTGOING_ALLOWED = tuple(filter(None, os.environ.get("OUTGOING_ALLOWED", "").split(",")))
COMPANIES_PER_PERSON = int(os.environ.get("COMPANIES_PER_PERSON", "20"))
BLOCKED_MAIL_DOMAINS = frozenset(filter(None, os.environ.get("BLOCKED_MAIL_DOMAINS", "").lower().split(",")))
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/verify/{key}",
    "account_reset_password": "/reset",
    "account_reset_password_from_key": "/reset/{key}",
    "account_signup": "/signup",
}
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if os.environ.get("EMAIL_HOST") else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", bool(EMAIL_HOST))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"Millwright <no-reply@{BASE_DOMAIN}>")

# Words, dates, money -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "src/config/locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files ---------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build/static"
WEB_DIST = ROOT / "build/web"
FONT_DIR = Path(os.environ.get("FONT_DIR", ROOT / "build/fonts"))
STATICFILES_DIRS = [WEB_DIST] if WEB_DIST.exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/assets/.+-[\w-]{8,}\."
MEDIA_ROOT = VAR / "files"
S3_BUCKET = os.environ.get("S3_BUCKET", "")
S3_ENDPOINT = os.environ.get("S3_ENDPOINT") or None
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": S3_BUCKET, "endpoint_url": S3_ENDPOINT, "querystring_auth": True},
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "backups": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": BACKUP_BUCKET, "endpoint_url": BACKUP_ENDPOINT, "file_overwrite": True},
    }
    if BACKUP_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "backups"}},
}
MAX_BODY_BYTES = 512 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = policy(S3_ENDPOINT if S3_BUCKET else None, secure=PUBLIC_SCHEME == "https")

# API -----------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["kernel.api.auth.TokenAuthentication", "kernel.api.auth.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["kernel.api.auth.IsMember"],
    "DEFAULT_RENDERER_CLASSES": ["kernel.api.wire.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["kernel.api.wire.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_SCHEMA_CLASS": "kernel.api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "kernel.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Millwright API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["kernel.api.auth.IsMember"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Work in the background ----------------------------------------------------------------------------------------------
CELERY_BROKER_URL = BROKER_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = TIME_ZONE
CELERY_RESULT_EXPIRES = None
CELERY_TASK_TENANT_CACHE_SECONDS = 5

SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
if SENTRY_DSN:
    from config import reporting

    reporting.start(SENTRY_DSN)

LOGGING = logs.settings(audit=flag("AUDIT_LOG", PRODUCTION), level=os.environ.get("LOG_LEVEL", "WARNING"))
