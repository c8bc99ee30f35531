"""Settings of Splot: one file; everything that differs between installations comes from the
environment.

SPLOT_URL            public address, "http://127.0.0.1:8000" by default; an https address turns on
                     every protection that needs it (secure cookies, HSTS, redirect from http)
SPLOT_DATA           folder of the database, uploaded files and the secret key ("var" in the
                     checkout)
DATABASE_URL         "postgres://..." or "sqlite:///..."; SQLite in SPLOT_DATA by default
SPLOT_SECRET_KEY     the secret key; made at the first start and kept in SPLOT_DATA otherwise
SPLOT_DEMONSTRATION  "1" shows the demonstration's accounts on the sign-in page
SPLOT_SECOND_FACTOR  "1" asks coordinators and operators for a second factor when they sign in
SPLOT_DEBUG          "1" shows errors in full and re-reads templates; for development alone
SPLOT_TRANSLATOR     class that translates by machine, none by default; for example
                     splot.translations.machine.libretranslate.LibreTranslate
SPLOT_TRANSLATOR_URL address of the server that it asks, "http://127.0.0.1:5000"
SPLOT_SMTP_URL       the mail server, "smtp://user:password@host:587" (STARTTLS; none to this
                     machine itself) or "smtps://..." (TLS from the start); without it mail is
                     written to the worker's output
SPLOT_MAIL_FROM      the sender's address, "splot@" and the host of SPLOT_URL by default
SPLOT_CACHE_BYTES    memory of the page cache in each web process (64 MB by default, 0 turns it off)
SPLOT_HUNG_SECONDS   silence after which a web process is replaced (60 by default)
SPLOT_BACKUPS        folder for a backup of each day; none are made without it
SPLOT_BACKUPS_KEPT   how many of them are kept (14 by default)
SPLOT_BACKUP_KEY     public key ("age1...") that backups are encrypted to; open by default
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("SPLOT_DATA", BASE_DIR / "var"))
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # names and addresses are in it


def load_or_create_secret_key() -> str:
    """The installation's secret key: made once, readable by its owner alone."""
    path = DATA_DIR / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(get_random_secret_key() + get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = os.environ.get("SPLOT_SECRET_KEY") or load_or_create_secret_key()
DEBUG = os.environ.get("SPLOT_DEBUG") == "1"
DEMONSTRATION = os.environ.get("SPLOT_DEMONSTRATION") == "1"
PUBLIC_URL = os.environ.get("SPLOT_URL", "http://127.0.0.1:8000")

# Where we are reached, and whether the way there is encrypted.
_address = urlsplit(PUBLIC_URL)
if _address.scheme not in ("http", "https") or not _address.hostname:
    raise ImproperlyConfigured(f"SPLOT_URL is written as https://splot.example, not {PUBLIC_URL!r}")
ALLOWED_HOSTS = (
    [_address.hostname]
    if _address.scheme == "https"
    else [_address.hostname, "localhost", "127.0.0.1"]
)
HTTPS = _address.scheme == "https"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_TRUSTED_ORIGINS = [f"https://{_address.netloc}"] if HTTPS else []
CSRF_FAILURE_VIEW = "splot.people.session_end.answer_stale_token"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The rooms, highest first: the order of the import contracts in pyproject.toml.
INSTALLED_APPS = [
    "splot.web",
    "splot.monitoring",
    "splot.reporting",
    "splot.workbooks",
    "splot.table_import",
    "splot.implementation",
    "splot.policy",
    "splot.indicators",
    "splot.catalogue",
    "splot.translations",
    "splot.spreadsheet_columns",
    "splot.changes",
    "splot.search",
    "splot.people",
    "splot.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "splot.people.link_door.SecretAddresses",
    "splot.core.limits.KnownHosts",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "splot.core.limits.Limits",
    "splot.core.guard.GuardedWrites",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "splot/core/components"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "splot.core.templatetags.splot",
                "splot.charts.templatetags.charts",
                "splot.implementation.templatetags.tasks",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "splot.web.navigation.navigation",
            ],
        },
    }
]

# IMMEDIATE: a write waits for its turn at the start, so that none fails half-way with "database is
# locked".
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'splot.sqlite3'}",
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 8,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # Tests use a real file too: an in-memory database locks and commits by other rules.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PAGE_CACHE_BYTES = 0 if DEBUG else int(os.environ.get("SPLOT_CACHE_BYTES", 64 * 1024 * 1024))
HUNG_SECONDS = int(os.environ.get("SPLOT_HUNG_SECONDS", 60))
MEDIA_ROOT = DATA_DIR / "files"
# Backups (docs/decisions/backups.md).
BACKUPS_DIR = Path(os.environ["SPLOT_BACKUPS"]) if os.environ.get("SPLOT_BACKUPS") else None
BACKUPS_KEPT = int(os.environ.get("SPLOT_BACKUPS_KEPT", 14))
BACKUP_KEY = os.environ.get("SPLOT_BACKUP_KEY", "")

# of a whole request with its files (splot/core/limits.py): an act of 10 MB with its form
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 250  # workbooks of institutions, given in at once
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "splot.people.passwords.VariedPasswordValidator"},
]

# allauth keeps second factors and checks them; its pages, limits and mails are not used
# (docs/decisions/sign-in.md).
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "splot.people.factor_secrets.FactorSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks of phones are half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECOND_FACTOR_REQUIRED = os.environ.get("SPLOT_SECOND_FACTOR") == "1"

# Languages that the interface offers; each catalogue is complete (checked by a test).
LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English"), ("uk", "Українська")]
LOCALE_PATHS = [BASE_DIR / "splot/locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"

# Machine translation of what people wrote, off unless the operator sets it
# (docs/decisions/machine-translation.md).
SPLOT_TRANSLATOR = os.environ.get("SPLOT_TRANSLATOR", "")
SPLOT_TRANSLATOR_URL = os.environ.get("SPLOT_TRANSLATOR_URL", "http://127.0.0.1:5000")

# Mail: written to the output unless the operator names a server. Nothing waits long for a server
# that is silent.
_mail = urlsplit(os.environ.get("SPLOT_SMTP_URL", ""))
if _mail.geturl() and not (_mail.scheme in ("smtp", "smtps") and _mail.hostname):
    raise ImproperlyConfigured(
        "SPLOT_SMTP_URL is written as smtp://user:password@host:587 or smtps://..."
    )
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.hostname else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = (
    _mail.hostname or "",
    _mail.port or (465 if _mail.scheme == "smtps" else 587),
)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp" and _mail.hostname not in ("localhost", "127.0.0.1", "::1")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SPLOT_MAIL_FROM") or f"splot@{_address.hostname}"

# One way out for all records, so that the secret part of an address stands in no log; Django's own
# handlers would write it as it is.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_tokens": {"()": "splot.core.logs.HideTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["hide_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
