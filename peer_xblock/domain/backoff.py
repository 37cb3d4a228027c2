"""How long to wait after failures in a row."""

from __future__ import annotations

from random import Random

FIRST_S = 2.0
LONGEST_S = 600.0


def backoff_s(failures: int, rng: Random) -> float:
    """Seconds before the next try: doubling from 2 to 600, half of it random, so that hosts do not march in step.

    failures: 1 or more.
    """
    ceiling = min(FIRST_S * 2.0 ** (failures - 1), LONGEST_S)
    return ceiling / 2 + rng.random() * ceiling / 2
