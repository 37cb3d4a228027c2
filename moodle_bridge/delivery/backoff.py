"""How long to wait before the next try."""

from datetime import timedelta
from random import Random
from typing import Final

BASE_S: Final = 2.0
CAP_S: Final = 300.0


def backoff(failures: int, *, rng: Random) -> timedelta:
    """Wait after so many failures in a row: doubling from 2 s up to 5 minutes, then shortened by up to half.

    The chance keeps many lanes that failed together from coming back together.
    """
    full_s = min(CAP_S, BASE_S * 2.0 ** min(max(failures - 1, 0), 20))
    return timedelta(seconds=full_s * (0.5 + rng.random() / 2))
