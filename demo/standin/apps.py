"""The app of the stand-in Moodle."""

from django.apps import AppConfig


class StandinConfig(AppConfig):
    """Label `standin`."""

    name = "demo.standin"
    label = "standin"
    default_auto_field = "django.db.models.BigAutoField"
