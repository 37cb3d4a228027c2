"""Waits until the bridge has delivered everything, or until it is plain that it will not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from demo.processes import StepFailed

LONGEST_S: Final = 900.0
STILL_S: Final = 120.0
"""After a refusal what hangs on it never comes: so long without any change, and the rest is not waited for."""
STEP_S: Final = 0.5

Health = Mapping[str, Any]


def await_delivery(
    ask: Callable[[], Health], *, clock: Callable[[], float], sleep: Callable[[float], None]
) -> Health:
    """The bridge's health at the end. ask: how it is now; clock: seconds. Raises StepFailed after 15 minutes."""
    began = moved = clock()
    health = ask()
    while health["pending"] or health["held"]:
        sleep(STEP_S)
        last, health = health, ask()
        if _counts(last) != _counts(health):
            moved = clock()
        if health["dead"] and clock() > moved + STILL_S:
            return health
        if clock() > began + LONGEST_S:
            raise StepFailed(f"deliveries still wait after {LONGEST_S:.0f} s: {health}")
    return health


def _counts(health: Health) -> tuple[Any, ...]:
    return health["pending"], health["held"], health["dead"]
