"""The app of the campus."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampusConfig(AppConfig):
    """Label `campus`."""

    name = "demo.campus"
    label = "campus"
    verbose_name = _("Campus")
    default_auto_field = "django.db.models.BigAutoField"
