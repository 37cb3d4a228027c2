"""Names of anonymous authors."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.pseudonyms import draw_pseudonym


@given(st.integers(), st.integers(0, 300))
def test_nobody_gets_a_name_that_is_taken(seed: int, people: int) -> None:
    rng, taken = Random(seed), set[str]()
    for _ in range(people):
        name = draw_pseudonym(rng, taken=taken)
        assert name not in taken
        assert len(name) <= 40
        taken.add(name)


def test_a_crowd_gets_numbers() -> None:
    rng, taken = Random(3), set[str]()
    for _ in range(3000):
        taken.add(draw_pseudonym(rng, taken=taken))
    assert any(name.split()[-1].isdigit() for name in taken)
