"""Settings of the campus. State lies under PEER_DEMO_STATE (default: .demo in the checkout)."""

import os
from pathlib import Path

from demo.sqlite import sqlite_database

HERE = Path(__file__).resolve().parent
STATE = Path(os.environ.get("PEER_DEMO_STATE", HERE.parents[1] / ".demo"))

SECRET_KEY = os.environ.get("PEER_DEMO_SECRET", "campus on loopback")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "demo.campus.urls"
WSGI_APPLICATION = "demo.campus.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "waffle",
    "eventtracking.django.apps.EventTrackingConfig",
    "completion",
    "peer_xblock.apps.PeerXBlockConfig",
    "demo.campus.apps.CampusConfig",
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
    "peer_xblock.middleware.ClearDraftsAtLogOut",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "overrides"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "demo.campus.pages.shared",
            ],
        },
    }
]
# As in the LMS: pages are atomic, handlers are not.
DATABASES = {
    "default": {
        **sqlite_database(Path(os.environ.get("PEER_CAMPUS_DB", STATE / "campus.sqlite3"))),
        "ATOMIC_REQUESTS": True,
    }
}
# As in the LMS: each operation has a cap of its own, that of a file being 10 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = None
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_COOKIE_NAME = "campus_session"
# Cookies do not tell ports apart: the bridge and the stand-in have csrf cookies of their own names.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "campus_language"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
MEDIA_ROOT = STATE / "media"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "demo.campus.static_files.XBlockFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
LOGIN_URL = "/login"

WAFFLE_CREATE_MISSING_SWITCHES = False
WAFFLE_SWITCH_DEFAULT = True
# Completion tells the tracker; nobody listens.
EVENT_TRACKING_ENABLED = True
EVENT_TRACKING_BACKENDS: dict[str, object] = {}

CAMPUS_BLOCKS = {
    "html": "demo.campus.lesson.LessonXBlock",
    "peer_discussion": "peer_xblock.peer_discussion.PeerDiscussionXBlock",
    "peer_review": "peer_xblock.peer_review.PeerReviewXBlock",
    "expert_directory": "peer_xblock.expert_directory.ExpertDirectoryXBlock",
}
CAMPUS_URL = os.environ.get("PEER_CAMPUS_URL", "http://127.0.0.1:8000")
# Before each subject, where a check lives on a Moodle that is not its own.
CAMPUS_SUBJECT_PREFIX = os.environ.get("PEER_SUBJECT_PREFIX", "")
CAMPUS_FORUM_URL = os.environ.get("PEER_FORUM_URL", "")
CAMPUS_BRIDGE_URL = os.environ.get("PEER_BRIDGE_PUBLIC_URL", "")
LMS_ROOT_URL = CAMPUS_URL

# Mails lie in files, and the campus shows each person theirs.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE / "mail"
DEFAULT_FROM_EMAIL = "Campus <campus@campus.example>"

PEER_HOST = "demo.campus.people"
PEER_SECRET_KEYS = [key for key in os.environ.get("PEER_SECRET_KEYS", "").split(",") if key]
PEER_NUDGE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
