"""Settings. The embedded default needs nothing; a server sets a few variables, all named here.

MG_DATA        folder of the embedded default's files (``var/`` in the project)
MG_DB          ``sqlite`` (default) or ``postgresql``; then PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE apply
MG_BOX_USER, MG_BOX_PASSWORD, MG_BOX_DATABASE
               the ballot box's own role and database on PostgreSQL
REDIS_URL      Valkey or Redis for sockets and tasks; without it both go by the database
MG_SECRET_KEY  signing key; without it the embedded default keeps its own in MG_DATA
MG_HOSTS       host names served, with commas; without it only this machine's own
MG_SITE        the address people use, as notices print it; without it made from MG_HOSTS or PORT
MG_OPEN_SIGN_UP ``1`` lets anybody make a login; the embedded default always does
MG_ANYONE_MAY_START ``1`` lets any login start a mutual; otherwise only site operators do
MG_FROM, MG_MAIL_HOST, MG_MAIL_PORT, MG_MAIL_USER, MG_MAIL_PASSWORD, MG_MAIL_TLS, MG_EMAIL_BACKEND
               outgoing mail; the embedded default keeps its mail in the post room
MG_DEBUG       ``1`` for tracebacks in the browser
"""

import os
import secrets
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("MG_DATA") or BASE_DIR / "var")
ON_POSTGRESQL = os.environ.get("MG_DB", "sqlite") == "postgresql"
REDIS_URL = os.environ.get("REDIS_URL", "")
DEBUG = os.environ.get("MG_DEBUG") == "1"
HOSTS = [host for host in os.environ.get("MG_HOSTS", "").split(",") if host]
EMBEDDED = not HOSTS  # this machine only: the demonstration's one-click logins and post room are open
SITE_ADDRESS = os.environ.get("MG_SITE", "").rstrip("/") or (
    f"http://localhost:{os.environ.get('PORT', '8000')}" if EMBEDDED else f"https://{HOSTS[0]}"
)


def _kept_secret_key() -> str:
    """The embedded default's own signing key, made once and readable by its owner only."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)  # two that start at once keep the first one's key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


SECRET_KEY = os.environ.get("MG_SECRET_KEY") or _kept_secret_key()
ALLOWED_HOSTS = HOSTS or ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "mutualgov.tenancy.apps.TenancyConfig",
    "mutualgov.accounts.apps.AccountsConfig",
    "mutualgov.audit.apps.AuditConfig",
    "mutualgov.access.apps.AccessConfig",
    "mutualgov.constitution.apps.ConstitutionConfig",
    "mutualgov.realtime.apps.RealtimeConfig",
    "mutualgov.notices.apps.NoticesConfig",
    "mutualgov.home.apps.HomeConfig",
    "members.apps.MembersConfig",
    "voting.apps.VotingConfig",
    "voting.box.apps.BoxConfig",
    "shares.apps.SharesConfig",
    "councils.apps.CouncilsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django_htmx",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
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

ROOT_URLCONF = "mutualgov.urls"
ASGI_APPLICATION = "mutualgov.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mutualgov.access.context.layout",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "mutualgov.ui.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "mutualgov.ui.renderer.KitRenderer"

# --- databases -------------------------------------------------------------------------------------------------------


def _sqlite(name: str) -> dict[str, Any]:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "mutualgov.tenancy.sqlite",
        "NAME": DATA_DIR / f"{name}.sqlite3",
        "CONN_MAX_AGE": 600,
        "TEST": {"NAME": DATA_DIR / f"test_{name}.sqlite3"},  # a file: locks in memory are not those of the product
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(*, name: str, user: str, password: str) -> dict[str, Any]:
    return {
        "ENGINE": "mutualgov.tenancy.postgres",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": os.environ.get("PGHOST", ""),
        "PORT": os.environ.get("PGPORT", ""),
        "CONN_MAX_AGE": 600,
    }


if ON_POSTGRESQL:
    DATABASES = {
        "default": _postgresql(
            name=os.environ.get("PGDATABASE", "mutualgov"),
            user=os.environ.get("PGUSER", "mutualgov"),
            password=os.environ.get("PGPASSWORD", ""),
        ),
        "box": _postgresql(
            name=os.environ.get("MG_BOX_DATABASE", "mutualgov_box"),
            user=os.environ.get("MG_BOX_USER", "mutualgov_box"),
            password=os.environ.get("MG_BOX_PASSWORD", ""),
        ),
    }
else:
    DATABASES = {"default": _sqlite("mutualgov"), "box": _sqlite("box")}

DATABASE_ROUTERS = ["mutualgov.tenancy.routers.BoxRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- signing in ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "mutualgov.accounts.adapter.HouseAdapter"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # a password may be left out: the code that comes by e-mail will do
ACCOUNT_SIGNUP_FORM_CLASS = "mutualgov.accounts.forms.SignUpForm"
ANYONE_MAY_START = EMBEDDED or os.environ.get("MG_ANYONE_MAY_START") == "1"  # a mutual; else site operators alone
OPEN_SIGN_UP = EMBEDDED or os.environ.get("MG_OPEN_SIGN_UP") == "1"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "mutualgov"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED

# Rate limits of signing in are counted in the cache: shared where several processes serve the site.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "mutualgov",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- sockets and tasks -----------------------------------------------------------------------------------------------

CHANNEL_LAYERS: dict[str, dict[str, Any]] = (
    {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}}
    if REDIS_URL
    else {}  # news go by rows in the database instead
)
Q_CLUSTER: dict[str, Any] = {
    "name": "mutualgov",
    "workers": 2,
    "timeout": 600,
    "retry": 900,
    "max_attempts": 3,
    "poll": 0.5,
    "catch_up": False,
    "save_limit": 1000,
    "label": "Tasks",
    **({"redis": REDIS_URL} if REDIS_URL else {"orm": "default"}),
}

# --- mail, files, time -----------------------------------------------------------------------------------------------

POST_ROOM, MAIL_SERVER = "mutualgov.notices.backends.PostRoomBackend", "django.core.mail.backends.smtp.EmailBackend"
EMAIL_BACKEND = os.environ.get("MG_EMAIL_BACKEND") or (POST_ROOM if EMBEDDED else MAIL_SERVER)
EMAIL_HOST = os.environ.get("MG_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("MG_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MG_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MG_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("MG_MAIL_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("MG_FROM", "mutualgov <no-reply@localhost>")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [path for path in [BASE_DIR / "mutualgov" / "ui" / "static"] if path.exists()]
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "templates" / "locale"]

# --- safety ----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not EMBEDDED
SECURE_HSTS_SECONDS = 0 if EMBEDDED else 60 * 60 * 24 * 365
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if not EMBEDDED else None
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
