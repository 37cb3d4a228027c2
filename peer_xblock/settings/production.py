"""What an operator sets in the LMS's YAML overrides the defaults."""

from __future__ import annotations

from typing import Any

from .common import DEFAULTS


def plugin_settings(settings: Any) -> None:
    """Read our names from the environment tokens that production loaded from YAML."""
    tokens = getattr(settings, "ENV_TOKENS", {})
    for name in DEFAULTS:
        if name in tokens:
            setattr(settings, name, tokens[name])
