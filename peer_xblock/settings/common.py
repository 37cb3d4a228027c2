"""Defaults. PEER_SECRET_KEYS has none: connections need it, and the admin says so."""

from __future__ import annotations

from typing import Any

_LOG_OUT = "peer_xblock.middleware.ClearDraftsAtLogOut"


def plugin_settings(settings: Any) -> None:
    """Add what the host has not set itself, and what clears the device at log-out."""
    for name, value in DEFAULTS.items():
        if not hasattr(settings, name):
            setattr(settings, name, value)
    if _LOG_OUT not in getattr(settings, "MIDDLEWARE", [_LOG_OUT]):
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, _LOG_OUT]


DEFAULTS: dict[str, object] = {
    # Dotted path of the module that answers for people; see peer_xblock/platform/host.py
    "PEER_HOST": "peer_xblock.platform.openedx",
    # Fernet keys for connection secrets: the first writes, all read
    "PEER_SECRET_KEYS": [],
    # Whether a written event wakes the relay by a Celery task; without, `peer_tick` alone sends
    "PEER_NUDGE": True,
    # How often an open page looks for what came, in seconds; it slows down by itself. 0: never
    "PEER_WATCH_S": 8,
    # How often whoever has chosen nothing gets a digest by mail: "daily", "weekly" or "off"
    "PEER_DIGEST": "daily",
    # At which hour, by TIME_ZONE, digests go out; weekly ones on Mondays
    "PEER_DIGEST_HOUR": 7,
    # From whom they come; "" is Django's DEFAULT_FROM_EMAIL
    "PEER_MAIL_FROM": "",
    # Where search keeps its index on this host: a folder that no web server hands out, so never below MEDIA_ROOT.
    # "" is a private one among the temporary files, which is made anew after each restart
    "PEER_INDEX_DIR": "",
    # Whether a log-out has the browser forget the site's databases, and unsent texts with them
    "PEER_CLEAR_AT_LOG_OUT": True,
}
