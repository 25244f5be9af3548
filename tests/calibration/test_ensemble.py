"""Stored ensembles: what they hold, what they refuse, and that they are what the record gives."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foedus.calibration.pairs.posterior import Members, digest_of
from foedus.calibration.pairs.structure import WITH_HOSTILITY, held_values
from foedus.errors import LedgerError, UnknownName
from foedus.ledger import load_ledger
from foedus.ledger.declarations import read_parameters
from foedus.ledger.ensemble import HERE, ensemble_names, known_before, load_ensemble, read_ensemble

PAIRS = [name for name in ensemble_names() if not load_ensemble(name).targets]
"""Ensembles of disputes alone, whose members no target has weighed."""
every = pytest.mark.parametrize("name", PAIRS)


def test_what_was_known_in_1989_and_in_2010_is_stored() -> None:
    assert {"record-1989", "record-2010"} <= set(ensemble_names())


@every
def test_members_are_512_within_what_each_parameter_can_be_and_to_be_believed(name: str) -> None:
    ensemble = load_ensemble(name)
    assert ensemble.members.shape == (512, len(WITH_HOSTILITY))
    assert ensemble.parameters == tuple(f.name for f in WITH_HOSTILITY)
    assert ensemble.tail_index < 0.7
    assert ensemble.effective > 450


@pytest.mark.parametrize("name", ensemble_names())
def test_no_member_of_any_ensemble_lies_outside_what_the_ledger_says_can_be(name: str) -> None:
    ensemble, ledger = load_ensemble(name), load_ledger()
    for parameter, column in zip(ensemble.parameters, ensemble.members.T, strict=True):
        assert ledger[parameter].low <= column.min() <= column.max() <= ledger[parameter].high, parameter


@every
def test_an_ensemble_was_estimated_under_the_values_and_priors_of_today(name: str) -> None:
    assert load_ensemble(name).given == digest_of(held_values(), WITH_HOSTILITY)
    assert len(Members.of(load_ensemble(name), 5).values) == 5


@every
def test_members_have_the_mean_and_spread_of_the_draws_they_stand_for(name: str) -> None:
    ensemble = load_ensemble(name)
    for one, column in zip(ensemble.learnt, ensemble.members.T, strict=True):
        assert column.mean() == pytest.approx(one.mean, abs=0.2 * one.spread), one.name
        assert column.std() == pytest.approx(one.spread, rel=0.2), one.name


def test_the_record_taught_most_about_hostility_and_least_about_nuclear_targets() -> None:
    taught = {one.name: one.share for one in load_ensemble("record-1989").learnt}
    assert taught["hostility_weight"] > 0.8
    assert taught["target_nuclear_cost"] < 0.15


def test_members_know_that_force_has_become_rarer_since_the_1990s_and_not_before() -> None:
    level = {name: load_ensemble(name).level for name in PAIRS}
    assert level["record-2010"] == pytest.approx(-0.625, abs=0.005)
    assert all(abs(level[name]) < 0.2 for name in level if int(name[-4:]) < 1990)


def test_what_defines_the_unit_of_stakes_is_not_drawn() -> None:
    assert {"precision", "limited_cost"}.isdisjoint(p.name for p in load_ledger().uncertain)


def test_an_ensemble_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    ensemble = load_ensemble("record-1989")
    path = tmp_path / "again.json"
    path.write_text(ensemble.written(), encoding="utf-8")
    assert path.read_bytes() == (HERE / "record-1989.json").read_bytes()


def test_a_value_outside_what_a_parameter_can_be_is_refused(tmp_path: Path) -> None:
    body = json.loads((HERE / "record-1989.json").read_text(encoding="utf-8"))
    body["members"][3][0] = 99.0
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"challenge_cost leaves what it can be, -0\.4 to 1\.8"):
        read_ensemble(path)


@pytest.mark.parametrize(
    ("key", "wrong"), [("high", None), ("prior_spread", ""), ("low", []), ("name", 5), ("mean", "0.1")]
)
def test_a_field_of_another_type_is_refused_by_its_name(tmp_path: Path, key: str, wrong: object) -> None:
    body = json.loads((HERE / "record-1989.json").read_text(encoding="utf-8"))
    body["learnt"][0][key] = wrong
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(LedgerError, match=rf"bad\.json: is no ensemble \({key} is "):
        read_ensemble(path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "1.5", '{"learnt": [], "members": []}'])
def test_what_is_no_ensemble_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match=r"bad\.json: is no ensemble"):
        read_ensemble(path)


def test_an_ensemble_of_another_ledger_is_refused_with_the_command_that_makes_it_again() -> None:
    with pytest.raises(LedgerError, match="foedus estimate --posterior --until 1989"):
        Members.of(replace(load_ensemble("record-1989"), given="other"))


def test_an_unknown_ensemble_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="record-1989"):
        load_ensemble("record-1988")


def test_members_are_taken_evenly_from_the_first_to_the_last() -> None:
    ensemble = load_ensemble("record-1989")
    assert len(ensemble.values()) == 512
    three = [values["challenge_cost"] for values in ensemble.values(3)]
    assert three == ensemble.members[[0, 256, 511], 0].tolist()


def test_every_block_of_points_takes_each_member_once_in_an_order_of_its_own() -> None:
    ensemble = load_ensemble("record-2010")
    drawn = ensemble.at(np.arange(1024), seed=3)["challenge_cost"]
    held = np.sort(ensemble.members[:, ensemble.parameters.index("challenge_cost")])
    np.testing.assert_array_equal(np.sort(drawn[:512]), held)
    np.testing.assert_array_equal(np.sort(drawn[512:]), held)
    assert (drawn[:512] != drawn[512:]).any()


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (1950, "prior"),
        (1955, "record-1954"),
        (1965, "record-1964"),
        (1969, "record-1968"),
        (1984, "record-1979"),
        (2014, "record-2010"),
    ],
)
def test_the_past_runs_on_the_longest_record_that_ended_before_it(year: int, name: str) -> None:
    assert known_before(year) == name


LINES = HERE.parent / "parameters" / "opportunity.toml"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("prior = { mean = -0.1, spread = 0.2 }\n", "", 'belongs to "normal" parameters alone'),
        ("spread = 0.2", "spread = 0.0", "spread is 0; it must be above zero"),
        ("spread = 0.2", "wide = 0.2", "it has a mean and a spread"),
        ('"normal"', '"triangular"', 'belongs to "normal" parameters alone'),
    ],
)
def test_a_prior_that_cannot_be_is_refused_with_its_file_and_name(
    was: str, now: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "opportunity.toml"
    path.write_text(LINES.read_text(encoding="utf-8").replace(was, now, 1), encoding="utf-8")
    with pytest.raises(LedgerError, match=said) as refused:
        read_parameters(path, load_ledger().sources)
    assert "opportunity.toml: cost_land_border" in str(refused.value)
