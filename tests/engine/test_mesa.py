"""The benchmark's agents do the engine's work: on the engine's own luck they follow its future."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.engine.draws import identities
from foedus.engine.state import at_start
from foedus.engine.year import step

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize("posture", ["steady", "retrench"])
def test_agents_lose_what_the_engine_says_they_lose(posture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    mesa = importlib.import_module("mesa_model")
    setting = studies.study(posture, None, futures=1, without=("R35", "R36")).setting(0, "posture")

    def luck(year: int, use: str, actor: str) -> float:
        return float(setting.draws.uniform(year, use, identities([actor]))[0, 0])

    model, state, origin = mesa.Alliance(setting, luck=luck), at_start(setting), None
    for year in range(len(setting.years)):
        found, state = step(year, state, origin, setting)
        origin = found.origin
        model.step()
        outlook = found.outlook
        layout = setting.layout
        loss = layout.by_target(outlook.loss_conceded + outlook.loss_fought) + state.moves.conceded
        loss += layout.by_challenger(outlook.loss_own)
        assert [x.loss() for x in model.states] == pytest.approx(loss[:, 0], rel=0.01, abs=1e-4)
        assert [x.total for x in model.states] == pytest.approx(found.forces.total[:, 0], rel=0.01)
        assert [x.ruin for x in model.states] == pytest.approx(state.ruin[:, 0], abs=1e-5)
        assert [x.nuclear for x in model.states] == pytest.approx(state.nuclear[:, 0])
        wars = {x.name: (x.held, x.war_years) for x in model.agents_by_type[mesa.Pair] if x.fights}
        on, names = state.fronts, layout.states.iso3
        ends = zip(layout.challenger[on.pair], layout.target[on.pair], strict=True)
        assert list(wars) == sorted((f"{names[a]}>{names[b]}" for a, b in ends), key=list(wars).index)
        assert sorted(held for held, _ in wars.values()) == pytest.approx(sorted(on.held), abs=1e-4)
        assert sorted(years for _, years in wars.values()) == sorted(on.years)
    held = np.array([sum(x.stock) for x in model.states])
    assert held == pytest.approx(state.stock.sum(axis=1)[:, 0], rel=0.01)
