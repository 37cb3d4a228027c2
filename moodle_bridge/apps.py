"""The bridge as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MoodleBridgeConfig(AppConfig):
    """Named `moodle_bridge`, so that its tables begin so."""

    name = "moodle_bridge"
    verbose_name = _("Mirror to Moodle")
    default_auto_field = "django.db.models.BigAutoField"
