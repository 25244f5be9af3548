"""Models of who fights beside eq. (14): one suite for all of them, the plug itself, and what two of them say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import foedus as fd
import studies
from foedus.bibliography import read_bibliography
from foedus.compile.engines import told
from foedus.engine.measures import Group
from foedus.errors import InputError, RunFolderError, UnknownName
from foedus.ledger import load_ledger
from foedus.models import OWN, Call, InterventionModel, check_model, faults_of, model_named, model_names, register
from foedus.models import joyce_braithwaite as joyce
from foedus.models.conformance import made_call
from foedus.results import Results
from foedus.results.plural import ModelRuns, between
from foedus.study import Study, compute
from foedus.study.several import studies_of

SECOND = "joyce-braithwaite"


def small(seed: int = 5) -> Study:
    """Eight futures of three years of eight states."""
    return studies.study(first=2026, last=2028, futures=8, states=studies.FEW[:8], seed=seed)


@cache
def by_model() -> dict[str, Results]:
    """The same under both models."""
    return {name: Results.of(compute(one)) for name, one in studies_of(small(), ["foedus", SECOND]).items()}


@pytest.mark.parametrize("name", model_names())
def test_every_model_that_ships_conforms(name: str) -> None:
    assert faults_of(model_named(name)) == ()


def by_neighbour(call: Call, p: Any) -> Any:
    return np.clip(np.roll(call.stakes, 1, axis=1), 0.0, 1.0)


def by_luck(call: Call, p: Any) -> Any:
    return np.random.default_rng().uniform(size=call.stakes.shape)


def over_one(call: Call, p: Any) -> Any:
    return 1.0 + call.stakes


def one_a_future(call: Call, p: Any) -> Any:
    return call.stakes[:, 0]


def by_writing(call: Call, p: Any) -> Any:
    call.stakes.flags.writeable = True
    return np.multiply(call.stakes, 0.5, out=call.stakes)


def by_asking(call: Call, p: Any) -> Any:
    return call.stakes if (call.stakes > 2.0).any() else call.stakes * np.float32(0.5)


def of_one(call: Call) -> Any:
    return call.stakes


@pytest.mark.parametrize(
    ("chance", "fault"),
    [
        (by_neighbour, "gives other chances for another order of futures"),
        (by_luck, "gives other chances when asked the same again"),
        (over_one, "returns what is no chance"),
        (one_a_future, "returns an array (7,) for 7 rows and 12 futures"),
        (by_writing, "writes to what it is given"),
        (by_asking, "cannot be traced by the compiled engine"),
        (of_one, "is called with (call, p), and takes (call)"),
    ],
)
def test_what_no_model_may_do_is_found(chance: Callable[..., Any], fault: str) -> None:
    assert any(fault in found for found in faults_of(InterventionModel("wrong", chance)))


def test_a_model_that_holds_what_is_no_parameter_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="wrong is no model of intervention: holds unreliable, which is no parameter"):
        check_model(replace(OWN, name="wrong", fixes={"unreliable": 1.0}))


def test_the_own_equation_plugged_in_gives_the_figures_of_the_model() -> None:
    plugged, plain = Results.of(compute(small().deciding(OWN))), by_model()["foedus"]
    assert np.array_equal(plugged.ally("promise_true")[0], plain.ally("promise_true")[0])
    for measure in plain.kept(Group.ALLY):
        assert np.allclose(plugged.ally(measure), plain.ally(measure), rtol=1e-4, atol=1e-6), measure


def test_a_great_power_that_is_allied_and_near_joins_most_by_the_published_logit() -> None:
    far = joyce.log_odds(0.12357, 0.0, 1.0, 1.0, 0.0, 1.0)
    assert far == pytest.approx(-8.8309 + 17.1253 * 0.12357 + 1.9981 - 0.6102 + 3.0499)
    assert joyce.log_odds(0.12357, 1.0, 1.0, 1.0, 0.0, 1.0) - far == pytest.approx(2.0577)
    assert joyce.log_odds(0.12357, 0.0, 0.0, 1.0, 0.0, 1.0) - far == pytest.approx(-1.9981)


def test_under_the_published_logit_types_do_not_matter_and_promises_are_lower() -> None:
    own, other = by_model().values()
    believed, true = (other.ally(f"promise_{whose}") for whose in ("ally", "true"))
    assert np.array_equal(believed, true)
    assert not np.array_equal(own.ally("promise_ally"), own.ally("promise_true"))
    assert other.ally("promise_true").mean() < own.ally("promise_true").mean()


@pytest.mark.parametrize(("channel", "matters"), [("pledge", True), ("troops", False), ("umbrella", False)])
def test_by_the_published_logit_of_all_channels_only_the_pledge_matters(channel: str, *, matters: bool) -> None:
    full = made_call(lambda low, high, shape: np.full(shape, min(high, 1.0)))
    nothing: dict[str, Any] = {channel: np.zeros_like(full.pledge)}
    given, less = (np.asarray(joyce.chance(call, {})) for call in (full, replace(full, **nothing)))
    assert bool((given > less).all()) is matters
    assert bool((given == less).all()) is not matters


def test_the_model_is_part_of_digest_manifest_and_program() -> None:
    study = small()
    other = study.deciding(joyce.MODEL)
    assert study.digest != other.digest
    assert other.deciding(None).digest == study.digest
    assert told(study.setting(0, "posture")) != told(other.setting(0, "posture"))
    own, second = by_model().values()
    assert second.manifest["model"] == SECOND
    assert "model" not in own.manifest
    assert second.origin == f"{own.origin}, model {SECOND}"


def test_a_misspelt_model_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match=r'no such model of who fights\. Did you mean "joyce-braithwaite"'):
        fd.prepare(studies.scenario(), model="joyce-braithwait")


def test_a_name_that_is_taken_is_refused_and_a_model_named_twice_too() -> None:
    assert register(joyce.MODEL) is joyce.MODEL
    with pytest.raises(InputError, match="is the name of another model"):
        register(replace(OWN, name=SECOND))
    with pytest.raises(InputError, match="models: foedus is named twice"):
        studies_of(small(), ["foedus", "foedus"])


def test_both_models_stand_in_one_table_by_the_column_model() -> None:
    runs = ModelRuns.of(list(reversed(by_model().values())))
    headline, long = runs.headline(), runs.tidy(["war"])
    assert list(runs.runs) == ["foedus", SECOND]
    assert headline.columns[0] == long.columns[0] == "model"
    assert headline.group_by("model").len()["len"].to_list() == [len(runs.first.allies)] * 2
    war = long.group_by("model", maintain_order=True).agg(pl.col("mean").mean())
    assert war["model"].to_list() == ["foedus", SECOND]


def test_runs_on_other_luck_are_not_put_together() -> None:
    other = Results.of(compute(small(seed=6).deciding(joyce.MODEL)))
    with pytest.raises(RunFolderError, match="differ in the seed"):
        ModelRuns.of([by_model()["foedus"], other])
    with pytest.raises(InputError, match="name two or more, each once"):
        ModelRuns.of([other])


def test_the_share_between_models_is_that_of_a_known_example() -> None:
    rng = np.random.default_rng(3)
    luck = rng.normal(size=(1, 2400))
    none = (np.array([], dtype=np.intp), np.array([], dtype=np.intp))
    alone, together = between(np.stack([luck, luck]), none)
    assert (alone.value, together.value) == (0.0, 0.0)
    alone, together = between(np.stack([luck, luck + 100.0]), none)
    assert alone.value == pytest.approx(0.75, abs=1e-3)
    assert together.value == pytest.approx(0.75, abs=1e-3)
    alone, together = between(np.stack([luck, -luck]), none)
    assert alone.value == pytest.approx(0.0, abs=0.002)
    assert together.value == pytest.approx(1.0, abs=0.01)


def test_chance_between_equal_models_is_not_taken_for_a_difference() -> None:
    rng = np.random.default_rng(4)
    none = (np.array([], dtype=np.intp), np.array([], dtype=np.intp))
    found = [between(rng.normal(size=(2, 1, 48)), none)[0].value for _ in range(40)]
    assert np.mean(found) < 0.02


def test_every_source_of_a_model_is_in_a_bibliography() -> None:
    room = Path(joyce.__file__).parent
    known = set(read_bibliography([room / "sources.bib"])) | set(load_ledger().sources)
    named = [key.strip() for name in model_names() for key in model_named(name).source.split(",")]
    assert {*named, *joyce.HELD["fit"]["sources"]} - known == set()


@pytest.mark.data
@pytest.mark.slow
def test_the_weights_are_those_of_a_fit_to_every_third_state(data: Path) -> None:
    from foedus.estimators.specifications import third_parties
    from foedus.panels.samples import third_party_rows

    fit = third_parties(third_party_rows(data))
    held = joyce.HELD["fit"]
    assert (fit.rows, fit.events) == (held["rows"], held["events"])
    assert fit.log_likelihood == pytest.approx(held["log_likelihood"], abs=1e-5)
    for term in fit.terms:
        weight = joyce.HELD["weights"][term.name]
        assert term.value == pytest.approx(weight["value"], abs=5e-5)
        assert term.error == pytest.approx(weight["error"], abs=5e-5)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_the_traced_engines_run_the_published_logit(engine: str) -> None:
    study = small().deciding(joyce.MODEL).by(engine)
    traced, eager = Results.of(compute(study)), by_model()[SECOND]
    assert np.abs(traced.loss() - eager.loss()).max() < 1e-4


def test_a_run_of_two_models_lies_in_two_folders_and_is_read_back(tmp_path: Path) -> None:
    scenario = small().scenario
    made = fd.run(scenario, out=tmp_path, threads=1, bar=False, models=["foedus", SECOND])
    read = ModelRuns.open(tmp_path)
    assert read.headline().equals(made.headline())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["foedus", SECOND]
