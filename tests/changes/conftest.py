"""The world that tests of the feed change."""

import pytest

from tests.changes.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()
