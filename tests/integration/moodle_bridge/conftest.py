"""A tenant whose Moodle is in memory."""

from collections.abc import Iterator

import pytest
import responses

from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.world import COURSE, World, make_tenant


@pytest.fixture
def moodle() -> Iterator[FakeMoodle]:
    """Amina (11) and Tomás (12) have accounts and are enrolled."""
    fake = FakeMoodle(users=[(11, "amina"), (12, "tomas")])
    fake.enrolled[COURSE] = {11, 12}
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        fake.install(mock)
        yield fake


@pytest.fixture
def world(db: None) -> World:
    return World(make_tenant())
