"""Rules ask about what the engine measures, no more and no less."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from foedus.engine import doctrine
from foedus.posture.doctrine import MEASURES


def test_the_engine_measures_what_a_rule_can_ask_about() -> None:
    one = np.zeros((1, 1), dtype=np.float32)
    pressed = SimpleNamespace(threat=one, war_risk=one)
    state = SimpleNamespace(share=one, tension=one)
    setting = SimpleNamespace(layout=SimpleNamespace(link_of=np.zeros(1, dtype=np.intp)))
    measured = doctrine._measures(pressed, SimpleNamespace(promise_ally=one), state, setting)  # type: ignore[arg-type]
    assert set(measured) == set(MEASURES)
