"""The bridge as a Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MoodleBridgeConfig(AppConfig):
    """Named `moodle_bridge`, so that its tables begin so."""

    name = "moodle_bridge"
    verbose_name = _("Mirror to Moodle")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tasks belong to the bridge's Celery app, in whatever process they are called."""
        import_module("moodle_bridge.celery")
