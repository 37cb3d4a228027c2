"""The Django app, found by the LMS and Studio through their plugin entry points."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, ClassVar

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PeerXBlockConfig(AppConfig):
    """Plugin configuration: urls under /peer in the LMS, settings in both, merged common first, then production."""

    name = "peer_xblock"
    verbose_name = _("Peer learning")
    default_auto_field = "django.db.models.BigAutoField"
    plugin_app: ClassVar[dict[str, Any]] = {
        "url_config": {
            "lms.djangoapp": {"namespace": "peer_xblock", "regex": r"^peer/", "relative_path": "urls"}
        },
        "settings_config": {
            project: {
                "common": {"relative_path": "settings.common"},
                "production": {"relative_path": "settings.production"},
            }
            for project in ("lms.djangoapp", "cms.djangoapp")
        },
    }

    def ready(self) -> None:
        """Listen to what the host has: Celery wakes the relay, the platform's events say what became of a block."""
        from . import receivers
        from .platform.notices import register_types

        register_types()

        if find_spec("celery") is not None and getattr(settings, "PEER_NUDGE", True):
            receivers.connect_nudge()
        if find_spec("openedx_events") is not None:
            receivers.connect_platform()
