"""What an element is told of where its files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.mounting import element_config

DIST = Path(__file__).parents[3] / "static" / "dist"


@pytest.mark.parametrize("kind", list(SpaceKind))
def test_each_script_that_comes_later_is_a_file_of_its_own(kind: SpaceKind) -> None:
    config = element_config(kind, call_url="/call", public=str, user_id=None)
    built = {path.name for path in DIST.glob(f"peer-{kind}-*.js")}
    assert set(config["scripts"].values()) == built
