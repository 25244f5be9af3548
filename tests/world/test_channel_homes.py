"""Every table by channel names every channel, so that a new channel cannot be forgotten in one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from foedus.engine.beliefs import EVIDENCE
from foedus.engine.support import CHANNEL_SPEED
from foedus.past.assumed import HEMISPHERE
from foedus.terms import CHANNELS
from foedus.world.rules import TIER_CHANNELS


@pytest.mark.parametrize("table", [CHANNEL_SPEED, EVIDENCE, HEMISPHERE, *TIER_CHANNELS.values()])
def test_a_table_by_channel_names_every_channel_in_order(table: Mapping[str, object]) -> None:
    assert tuple(table) == CHANNELS
