"""Comparing what is in Moodle with what the bridge brought there: found, explained, repaired or left to somebody."""

from moodle_bridge.reconcile.running import Report, reconcile, reconcile_nightly

__all__ = ["Report", "reconcile", "reconcile_nightly"]
