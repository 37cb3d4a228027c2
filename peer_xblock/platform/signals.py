"""Signals that the LMS sends, and that no event library declares."""

from __future__ import annotations

from django.dispatch import Signal


def retirement_signal() -> Signal | None:
    """Sent with `user` when a person's retirement reaches the point of no return; None where there is no LMS."""
    try:
        from openedx.core.djangoapps.user_api.accounts.signals import USER_RETIRE_LMS_CRITICAL
    except ImportError:
        return None
    signal: Signal = USER_RETIRE_LMS_CRITICAL
    return signal
