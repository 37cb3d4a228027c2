"""Settings of the bridge, from the environment.

DATABASE_URL            sqlite:///path (default: STATE_DIR/bridge.sqlite3), postgres://..., mysql://...
BRIDGE_STATE_DIR        folder for SQLite and for keys made at first use (default: .bridge)
BRIDGE_SECRET_KEYS      Fernet keys, comma-separated; the first encrypts, all decrypt. Needed with a real database
BRIDGE_DJANGO_KEY       key of sessions and forms. Needed with a real database
BRIDGE_HOST, BRIDGE_PORT            where to listen (default: 127.0.0.1, 8002)
BRIDGE_ALLOWED_HOSTS    names under which it is reached, comma-separated (default: loopback)
BRIDGE_ORIGINS          addresses from which forms may come, such as https://bridge.example.org
BRIDGE_HTTPS            1 behind a proxy that ends TLS and sets X-Forwarded-Proto: cookies only over TLS
BRIDGE_THREADS          threads that serve requests (default: 8)
BRIDGE_DELIVERY_THREADS loops that deliver (default: 2 with a real database, 1 on SQLite)
BRIDGE_BROKER_URL       amqp://... when Celery workers deliver; without it `moodle_bridge run` does
BRIDGE_LANGUAGE         language of the admin before anybody chose one: en or fr
BRIDGE_LOG_LEVEL        DEBUG, INFO (default), WARNING
"""

from pathlib import Path
from typing import Any

import environ  # type: ignore[import-untyped]  # ships no types
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from moodle_bridge.keys import load_or_create_key

env = environ.Env()

STATE_DIR = Path(env.str("BRIDGE_STATE_DIR", default=".bridge")).resolve()
DATABASE_URL: str = env.str("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'bridge.sqlite3'}")
IS_TRIAL = DATABASE_URL.startswith("sqlite:")


def _database() -> dict[str, Any]:
    database: dict[str, Any] = env.db_url_config(DATABASE_URL)
    if IS_TRIAL:
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        # Writers queue for the lock instead of failing when two of them turn from reading to writing.
        database["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


def _secret(name: str) -> str:
    """A secret of the environment; in a trial, one made at first use and kept in the state folder."""
    value: str = env.str(name, default="")
    if value:
        return value
    if not IS_TRIAL:
        raise ImproperlyConfigured(f"{name} must be set when DATABASE_URL is not SQLite")
    return load_or_create_key(STATE_DIR / f"{name.lower()}.txt")


DATABASES = {"default": _database()}
BRIDGE_SECRET_KEYS = [key.strip() for key in _secret("BRIDGE_SECRET_KEYS").split(",") if key.strip()]
SECRET_KEY = _secret("BRIDGE_DJANGO_KEY")
DEBUG = False

BRIDGE_HOST: str = env.str("BRIDGE_HOST", default="127.0.0.1")
BRIDGE_PORT: int = env.int("BRIDGE_PORT", default=8002)
BRIDGE_THREADS: int = env.int("BRIDGE_THREADS", default=8)
BRIDGE_DELIVERY_THREADS: int = env.int("BRIDGE_DELIVERY_THREADS", default=1 if IS_TRIAL else 2)
BRIDGE_BROKER_URL: str = env.str("BRIDGE_BROKER_URL", default="")
ALLOWED_HOSTS: list[str] = env.list("BRIDGE_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("BRIDGE_ORIGINS", default=[])
if env.bool("BRIDGE_HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# Cookies do not know ports: on one host the LMS and the bridge would log each other out.
SESSION_COOKIE_NAME = "bridge_sessionid"
CSRF_COOKIE_NAME = "bridge_csrftoken"
LANGUAGE_COOKIE_NAME = "bridge_language"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "moodle_bridge.apps.MoodleBridgeConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "moodle_bridge.urls"
WSGI_APPLICATION = "moodle_bridge.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

BRIDGE_METRICS_TOKEN = env.str("BRIDGE_METRICS_TOKEN", default="")

LANGUAGE_CODE = env.str("BRIDGE_LANGUAGE", default="en")
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CELERY_BROKER_URL = BRIDGE_BROKER_URL or None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"moodle_bridge": {"level": env.str("BRIDGE_LOG_LEVEL", default="INFO")}},
}
