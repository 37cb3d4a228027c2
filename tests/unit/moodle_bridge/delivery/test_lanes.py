"""Planning a lane: the newest of a post, at the place of its oldest, and holes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from moodle_bridge.delivery.lanes import Arrived, Pending, Plan, Seen, may_have_gap, plan_lane

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def event(
    number_: int, subject: str, revision: int, *, number: int = 0, erased: bool = False, age_s: int = 0
) -> Pending:
    return Pending(number_, subject, number, revision, erased, NOW - timedelta(seconds=age_s))


def plan(
    pending: list[Pending],
    *,
    seen: dict[str, Seen] | None = None,
    sequence: int = 0,
    arrived: Arrived | None = None,
    limit: int = 100,
) -> Plan:
    return plan_lane(pending, seen=seen or {}, sequence=sequence, arrived=arrived, now=NOW, limit=limit)


def test_the_newest_of_a_post_takes_its_place_in_the_thread() -> None:
    found = plan([event(1, "a", 1), event(2, "b", 2, number=1), event(3, "a", 3)])
    assert [(s.event_id, s.obsolete) for s in found.steps] == [(3, (1,)), (2, ())]
    assert found.sequence == 3


def test_what_comes_late_is_obsolete() -> None:
    assert plan([event(1, "a", 4)], seen={"a": Seen(4, is_erased=False)}, sequence=4).obsolete == (1,)


def test_nothing_brings_back_what_was_erased() -> None:
    assert plan([event(1, "a", 9)], seen={"a": Seen(4, is_erased=True)}, sequence=4).obsolete == (1,)


def test_an_erasure_counts_however_late_it_comes() -> None:
    found = plan(
        [event(1, "a", 2, erased=True), event(2, "a", 5)], seen={"a": Seen(4, is_erased=False)}, sequence=4
    )
    assert [s.event_id for s in found.steps] == [1]


def test_a_gap_is_noticed_only_in_a_lane_that_began() -> None:
    assert not may_have_gap([event(1, "a", 7)], 0)
    assert may_have_gap([event(1, "a", 7)], 5)
    assert not may_have_gap([event(1, "a", 6), event(2, "b", 7)], 5)
    assert not may_have_gap([event(1, "a", 3)], 5)


def test_a_new_post_waits_for_an_earlier_one_at_most_ten_minutes() -> None:
    arrived = Arrived(frozenset({0, 2}), frozenset({1, 3}))
    young = plan([event(3, "c", 3, number=2, age_s=599)], sequence=1, arrived=arrived)
    assert (young.steps, young.wait_until) == ((), NOW + timedelta(seconds=1))
    old = plan([event(3, "c", 3, number=2, age_s=601)], sequence=1, arrived=arrived)
    assert (len(old.steps), old.holes, old.sequence) == (1, 1, 3)


def test_a_missing_edit_holds_up_nobody() -> None:
    arrived = Arrived(frozenset({0, 1}), frozenset({1, 3}))
    found = plan([event(3, "b", 3, number=1)], sequence=1, arrived=arrived)
    assert (len(found.steps), found.holes) == (1, 1)


def test_the_limit_leaves_the_rest_for_the_next_round() -> None:
    found = plan([event(n, f"p{n}", n, number=n - 1) for n in range(1, 9)], limit=3)
    assert ([s.event_id for s in found.steps], found.sequence) == ([1, 2, 3], 3)


EVENTS = st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=20)


@given(changes=EVENTS, order=st.randoms())
def test_each_event_is_a_step_or_settled_by_one_exactly_once(
    changes: list[tuple[str, bool]], order: object
) -> None:
    pending = [
        event(n, subject, n, number="abcd".index(subject), erased=erased)
        for n, (subject, erased) in enumerate(changes, start=1)
    ]
    order.shuffle(pending)  # type: ignore[attr-defined]  # hypothesis's Random
    found = plan(pending)
    settled = [i for s in found.steps for i in (s.event_id, *s.obsolete)] + list(found.obsolete)
    assert sorted(settled) == sorted(p.id for p in pending)
    numbers = {p.id: p.number for p in pending}
    order_ = [numbers[s.event_id] for s in found.steps]
    assert order_ == sorted(order_)
