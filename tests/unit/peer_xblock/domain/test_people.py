"""Who may know an author, and the hue of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.people import HUES, Anonymity, Role, Viewer, hue_of

KNOWN = {
    Role.LEARNER: {Anonymity.NAMED},
    Role.FACILITATOR: {Anonymity.NAMED, Anonymity.LEARNERS},
    Role.STAFF: {Anonymity.NAMED, Anonymity.LEARNERS, Anonymity.STAFF},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("anonymity", Anonymity)
def test_who_may_know_an_author(role: Role, anonymity: Anonymity) -> None:
    viewer = Viewer(1, "Amina", role, None, is_preview=False, language="en")
    assert viewer.may_know(anonymity) == (anonymity in KNOWN[role])


@given(st.text())
def test_a_hue_follows_from_the_shown_name_alone(name: str) -> None:
    assert 1 <= hue_of(name) <= HUES
    assert hue_of(name) == hue_of(name)
