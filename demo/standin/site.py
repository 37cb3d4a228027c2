"""The site's switches, read once a request."""

from __future__ import annotations

from typing import Any

from demo.standin.models import SiteSetting

RELEASES = {
    "4.5": {"release": "4.5.5+ (Build: 20250613)", "version": "2024100705.01", "database": "pgsql"},
    "5.1": {"release": "5.1+ (Build: 20251017)", "version": "2025100600.02", "database": "mysql"},
}
DEFAULTS: dict[str, Any] = {
    "sitename": "Stand-in Moodle",
    "siteurl": "",
    "branch": "5.1",
    "database": "mysql",
    "webservices": True,
    "rest": True,
    "service": True,
    "restricted": False,
    "missing_functions": [],
    "plugin": True,
    "maintenance": False,
    "cli_maintenance": "",
    "sitepolicy": False,
    "debug": False,
    "debugdisplay": False,
    "admin_key": "",
    "faults": {},
}


class Site:
    """The switches as they stand now. `database` decides how look-ups compare: 'mysql' or 'pgsql'."""

    def __init__(self) -> None:
        stored = dict(SiteSetting.objects.values_list("key", "value"))
        self.values: dict[str, Any] = {**DEFAULTS, **stored}

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @property
    def is_old(self) -> bool:
        """Moodle 4.5 rather than 5.1: a few texts and codes differ."""
        return bool(self.values["branch"] == "4.5")

    @property
    def url(self) -> str:
        """Address of the site, without a slash at the end."""
        return str(self.values["siteurl"]).rstrip("/")


def store(values: dict[str, Any]) -> None:
    """Set switches; an unknown one is a KeyError."""
    for key, value in values.items():
        if key not in DEFAULTS:
            raise KeyError(key)
        SiteSetting.objects.update_or_create(key=key, defaults={"value": value})
