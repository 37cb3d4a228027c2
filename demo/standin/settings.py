"""Settings of the stand-in Moodle. PEER_STANDIN_DB names its SQLite file."""

import os
from pathlib import Path

from demo.sqlite import sqlite_database

HERE = Path(__file__).resolve().parent
STATE = Path(os.environ.get("PEER_DEMO_STATE", HERE.parents[1] / ".demo"))

SECRET_KEY = os.environ.get("PEER_DEMO_SECRET", "stand-in on loopback")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "demo.standin.urls"
WSGI_APPLICATION = "demo.standin.wsgi.application"
INSTALLED_APPS = ["demo.standin.apps.StandinConfig", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {"default": sqlite_database(Path(os.environ.get("PEER_STANDIN_DB", STATE / "moodle.sqlite3")))}
# A post may be large, and a batch of a hundred more so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = None

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "moodle_language"
# Cookies do not know ports: on one host the campus would replace this one.
CSRF_COOKIE_NAME = "moodle_csrftoken"
STATIC_URL = "/static/"
# Formulas are typeset by the block's own KaTeX.
STATICFILES_DIRS = [("katex", HERE.parents[1] / "static" / "dist")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
