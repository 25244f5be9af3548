"""The model in the EMA Workbench: one experiment is one future, the same as in a design."""

from __future__ import annotations

import numpy as np
import pytest

import studies
from foedus.errors import InputError
from foedus.explore.ema import FACTS, LUCK_OF, MEMBER, future, to_ema, uncertainties
from foedus.explore.extra import quietly
from foedus.posture import preset
from foedus.study import prepare
from foedus.world import World

ASKED = studies.scenario("steady", None, last=2028)


def test_luck_alone_moves_an_outcome_and_the_same_future_is_the_same() -> None:
    study, steady = prepare(ASKED.but(futures=1)), preset("steady", World.load().states.iso3)
    chosen = {MEMBER: 3, FACTS: 1, LUCK_OF: 5}
    one, again, other = (future(study, steady, chosen | {LUCK_OF: luck}) for luck in (5, 5, 6))
    assert np.array_equal(one["loss"], again["loss"])
    assert not np.array_equal(one["loss"], other["loss"])


def test_uncertainties_are_what_no_record_speaks_of() -> None:
    study = prepare(ASKED.but(futures=1))
    found = uncertainties(study)
    assert "moral_hazard" in found
    assert not set(found) & set(study.ensemble.parameters)


def test_a_state_that_is_no_ally_is_refused() -> None:
    with pytest.raises(InputError, match="no ally of test"):
        to_ema(ASKED, ["NZL"])


@pytest.mark.slow
def test_the_workbench_runs_it() -> None:
    model = to_ema(ASKED, ["POL", "KOR"], ["steady", "retrench"])
    with quietly():
        from ema_workbench import perform_experiments

        experiments, outcomes = perform_experiments(model, scenarios=3, policies=2)
    assert len(experiments) == 6
    assert set(experiments["posture"]) <= {"steady", "retrench"}
    assert set(outcomes) == {f"{name}_{ally}" for name in ("loss", "war", "ground") for ally in ("POL", "KOR")}
    assert np.all(outcomes["loss_POL"] > 0.0)
    row = experiments.iloc[0]
    chosen = {name: row[name] for name in (*uncertainties(prepare(ASKED.but(futures=1))), MEMBER, FACTS, LUCK_OF)}
    study = prepare(ASKED.but(futures=1))
    same = future(study, preset(row["posture"], World.load().states.iso3), chosen)
    allies = [study.world.states.iso3[i] for i in study.layout.allies]
    assert outcomes["loss_POL"][0] == pytest.approx(same["loss"][allies.index("POL")])
