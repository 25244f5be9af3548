"""One program serves every policy over a world: what a policy leaves out is put there as what has no effect."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from typing import Any

import numpy as np
import pytest

import studies
from foedus.compile.named import compiler_installed, usual_engine
from foedus.compile.parts import LEAST_RULES, whole
from foedus.compile.telling import told
from foedus.engine.chunk import run_chunk
from foedus.engine.observation import Observation
from foedus.engine.policy import Rule
from foedus.engine.watching import Watched
from foedus.errors import UnknownName
from foedus.posture.beside import Beside
from levers import DATED, LEVERS, small


def test_no_lever_asks_for_another_program() -> None:
    keys = {name: told(whole(small(**lever).setting(0, "posture"))) for name, lever in LEVERS.items()}
    assert {name for name, key in keys.items() if key != keys["nothing moved"]} == set()


def test_what_second_guarantors_give_asks_for_no_other_program() -> None:
    study = small()
    posture = replace(study.scenario.posture, beside=(Beside("FRA", "all", "pledge", DATED),))
    asked = studies.study("retrench", None, futures=16, last=2029, states=(*studies.FEW, "FRA"))
    both = [
        told(whole(replace(s, policy=asked.policy(p))))
        for s in [asked.setting(0, "posture")]
        for p in (posture, study.scenario.posture)
    ]
    assert asked.policy(posture).second is not None
    assert both[0] == both[1]


def test_more_rules_than_there_is_room_for_ask_for_a_larger_program() -> None:
    setting = small(**LEVERS["rules"]).setting(0, "posture")
    many = replace(setting, policy=replace(setting.policy, rules=setting.policy.rules * LEAST_RULES))
    assert [len(whole(one).policy.rules) for one in (setting, many)] == [LEAST_RULES, 4 * LEAST_RULES]


def test_conditions_on_one_measure_are_one_threshold() -> None:
    rule = Rule(np.ones(3, dtype=bool), (("threat", 1, 0.1), ("threat", 1, 0.2), ("tension", -1, 0.5)), None, None)
    setting = small().setting(0, "posture")
    (found, *_) = whole(replace(setting, policy=replace(setting.policy, rules=(rule,)))).policy.rules
    assert {(measure, sign): at for measure, sign, at in found.conditions if np.isfinite(at)} == {
        ("threat", 1): 0.2,
        ("tension", -1): 0.5,
    }


@pytest.mark.parametrize("lever", ["nothing moved", "rules", "a war"])
def test_parts_without_effect_change_no_event(lever: str) -> None:
    setting = small(**LEVERS[lever]).setting(0, "posture")
    before, after = run_chunk(setting), run_chunk(whole(setting))
    for name, counted in before.pairs.items():
        np.testing.assert_array_equal(counted, after.pairs[name], err_msg=name)
    for name, values in before.allies.items():
        np.testing.assert_allclose(values[0], after.allies[name][0], rtol=1e-4, atol=1e-6, err_msg=name)


def _share(seen: Observation) -> Any:
    return seen.now.state.share


def test_a_figure_that_is_watched_is_kept_of_every_year() -> None:
    study = small(last=2027)
    record = study.record(0, "posture", watched=(Watched("share", _share),))
    places = study.layout.allies
    assert record.watched["share"].shape == (2, len(studies.FEW), 16)
    assert (record.watched["share"][0, places].mean(axis=1) > 0.0).all()
    assert record.copy().watched["share"].tobytes() == record.watched["share"].tobytes()


def test_the_usual_engine_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_ENGINE", "numpy")
    assert usual_engine() == small().runs_by == "numpy"
    assert small().digest == small().by("compiled").digest != small().by("eager").digest
    monkeypatch.setenv("FOEDUS_ENGINE", "eagle")
    with pytest.raises(UnknownName, match="FOEDUS_ENGINE"):
        usual_engine()


@pytest.mark.parametrize(
    ("installed", "usual"), [("0.48.0", "compiled"), ("0.44.1", "eager"), (None, "eager")], ids=["new", "old", "none"]
)
def test_without_a_word_what_is_installed_decides(
    installed: str | None, usual: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if installed is None:
            raise PackageNotFoundError(name)
        return installed

    monkeypatch.delenv("FOEDUS_ENGINE")
    monkeypatch.setattr("importlib.metadata.version", version)
    compiler_installed.cache_clear()
    try:
        assert usual_engine() == small().runs_by == usual
    finally:
        compiler_installed.cache_clear()


def test_blocks_of_a_users_own_run_eager_until_an_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_ENGINE", "compiled")
    study = small()
    mine = replace(study, blocks=study.blocks[:-1])
    assert (study.runs_by, mine.runs_by, mine.by("numpy").runs_by) == ("compiled", "eager", "numpy")
