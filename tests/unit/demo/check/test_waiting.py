"""How long a check waits for the bridge."""

from collections.abc import Callable, Iterator

import pytest

from demo.check.waiting import LONGEST_S, STILL_S, Health, await_delivery
from demo.processes import StepFailed


class Clock:
    """Time passes only by sleeping."""

    now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def health(pending: int, *, dead: int = 0, held: int = 0) -> Health:
    return {"pending": pending, "held": held, "dead": dead}


def wait(clock: Clock, ask: Callable[[], Health]) -> Health:
    return await_delivery(ask, clock=lambda: clock.now, sleep=clock.sleep)


def test_it_ends_as_soon_as_nothing_waits() -> None:
    answers: Iterator[Health] = iter([health(5), health(1), health(0, dead=2)])
    assert wait(clock := Clock(), lambda: next(answers)) == health(0, dead=2)
    assert clock.now == 1.0


def test_what_hangs_on_a_refusal_is_not_waited_for_forever() -> None:
    assert wait(clock := Clock(), lambda: health(3, dead=1)) == health(3, dead=1)
    assert STILL_S < clock.now < STILL_S + 2


def test_a_slow_delivery_is_waited_for() -> None:
    clock = Clock()
    assert wait(clock, lambda: health(max(0, 6 - int(clock.now // 100)), dead=1)) == health(0, dead=1)


def test_without_a_refusal_a_still_bridge_is_an_error_in_the_end() -> None:
    with pytest.raises(StepFailed, match="still wait"):
        wait(clock := Clock(), lambda: health(0, held=1))
    assert clock.now > LONGEST_S
