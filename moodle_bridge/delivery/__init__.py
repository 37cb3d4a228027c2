"""Bringing events to Moodle: claim, decide, send, record."""

from moodle_bridge.delivery.cycle import Tools, deliver_due

__all__ = ["Tools", "deliver_due"]
