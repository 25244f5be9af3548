"""What a scenario may not say is refused before anything runs, in one line that names it and what is legal."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import numpy as np
import pytest

import foedus as fd
import studies
from foedus.engine.chunk import run_chunk
from foedus.errors import FactError, InputError, LedgerError, UnknownName
from foedus.ledger import load_ledger
from foedus.ledger.bounds import check_declared, legal_values, wrong_value
from foedus.posture import Change, Doctrine, Event, Scenario, Schedule, preset
from foedus.study import Study, prepare, run
from foedus.world import World
from foedus.world.figures import ENDS, FIGURES

NAMES = World.load().states.iso3
HALF = Schedule((0,), (0.5,))


def changed(scope: str, channel: str = "troops") -> dict[str, Any]:
    steady = preset("steady", NAMES)
    return {"posture": dataclasses.replace(steady, changes=(Change(scope, channel, HALF),))}


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"fixed": (("frictoin", 0.5),)}, '"frictoin": no such parameter. Did you mean "friction"?'),
        ({"ranges": (("frictoin", 0.1, 0.5),)}, 'Did you mean "friction"?'),
        ({"without": ("R99",)}, '"R99": no such mechanism'),
        ({"fixed": (("friction", 7),)}, "parameters.friction: 7 lies outside what it can be, 0 to 1 (share)"),
        ({"fixed": (("friction", 7),)}, "the ledger's own range is 0.15 to 0.5"),
        ({"fixed": (("precision", -8.0),)}, "parameters.precision: -8 lies outside what it can be, 0 to 10000"),
        ({"fixed": (("precision", float("nan")),)}, "parameters.precision: nan is not a finite number"),
        ({"fixed": (("precision", "8"),)}, "parameters.precision: '8' is not a number"),
        ({"fixed": (("precision", True),)}, "parameters.precision: True is not a number"),
        ({"ranges": (("precision", 0.0, float("inf")),)}, "uncertain.precision: inf is not a finite number"),
        ({"ranges": (("friction", 0.4, 0.2),)}, "uncertain.friction: low 0.4 lies above high 0.2. Write [0.2, 0.4]."),
        ({"ranges": (("other_cost", 0.0, 1.0),)}, "uncertain.other_cost: low 0: it is drawn by its logarithm"),
        ({"ranges": (("friction", 0.1, 0.2),), "fixed": (("friction", 0.1),)}, "Keep the value or the range"),
        ({"figures": (("POL", "gdp", float("nan")),)}, "POL.gdp: nan is not a finite number"),
        ({"figures": (("POL", "gdp", -3.0),)}, "POL.gdp: -3 lies outside what it can be, 0.01 to 100000 (billion USD)"),
        ({"figures": (("POL", "gpd", 3.0),)}, 'Did you mean "gdp"?'),
        (changed("USA"), "posture.USA: covers no ally of USA, so it would change nothing. Allies: DEU, EST, ISR"),
        (changed("RUS"), "posture.RUS: covers no ally of USA"),
        (changed("FIN"), "posture.FIN: covers no ally of USA"),
        (changed("Europa"), "posture.Europa: covers no ally of USA"),
        (changed("Europe", "trops"), 'no such channel. Did you mean "troops"?'),
        ({**changed("Europe"), "states": ("USA", "CHN", "JPN")}, "posture: Europe covers no ally of USA among"),
        ({"posture": dataclasses.replace(preset("retrench", NAMES), guarantor="POL")}, "POL has no link here"),
        ({"posture": dataclasses.replace(preset("steady", NAMES), remedies=(("exercise", 1.0),))}, '"exercises"'),
        ({"doctrines": (Doctrine("RUS", spending=0.03),)}, "doctrine.RUS: covers no ally of a guarantor"),
        ({"doctrines": (Doctrine("POL", shares=(("pol", 1.0),)),)}, 'no such option. Did you mean "pool"?'),
        ({"doctrines": (Doctrine("POL", (("threats", 1, 0.1),), spending=0.03),)}, 'Did you mean "threat"?'),
        ({"events": (Event("EST", "JPN", HALF),)}, "events.EST.JPN: covers no state that EST challenges"),
        ({"states": ("POL", "EST", "RUS")}, "no guarantor has an ally, so there is nothing to study. Add a"),
        ({"states": ("USA",)}, "no guarantor has an ally, so there is nothing to study. Guarantors: "),
        ({"states": ("USA", "POL")}, "nobody challenges anybody, so there is nothing to study. Add a challenger."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_when_a_study_is_prepared(parts: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=re.escape(says)) as complaint:
        prepare(studies.scenario().but(**parts))
    assert len(str(complaint.value).splitlines()) == 1


def test_a_scenario_without_a_file_is_checked_as_one_from_a_file_is() -> None:
    with pytest.raises(UnknownName, match='Did you mean "friction"'):
        prepare(Scenario.of("retrench", fixed=(("frictoin", 0.5),)))


def test_values_beyond_the_sourced_range_are_taken_up_to_what_a_parameter_can_be() -> None:
    friction = load_ledger()["friction"]
    assert friction.high < 0.9
    study = studies.study(fixed=(("friction", 0.9),), futures=8)
    assert set(study.parameters(0)["friction"]) == {np.float32(0.9)}
    assert wrong_value(friction, np.float32(1.0)) == ""
    assert wrong_value(load_ledger()["spill_in_weight"], -1.0) == ""


def test_a_region_of_which_a_smaller_world_keeps_no_ally_may_stand_beside_others() -> None:
    steady = preset("steady", NAMES)
    both = dataclasses.replace(steady, changes=tuple(Change(s, "troops", HALF) for s in ("Europe", "Indo-Pacific")))
    few = ("USA", "CHN", "JPN")
    assert prepare(studies.scenario().but(posture=both, states=few))
    assert prepare(Scenario.of(both), World.load().subset(few))


def test_every_declared_range_and_switch_lies_within_what_the_parameter_can_be() -> None:
    ledger = load_ledger()
    for mechanism in ledger.mechanisms.values():
        for name, value in mechanism.off.items():
            assert wrong_value(ledger[name], value) == "", name
    with pytest.raises(LedgerError, match=r"x\.toml: x: 0 to 2 lies outside what a share can be, 0 to 1"):
        check_declared("x", "share", 0.0, 2.0, "x.toml: x")
    with pytest.raises(UnknownName, match=r'x\.toml: x\.unit: no such unit\. Did you mean "share"'):
        check_declared("x", "shar", 0.0, 1.0, "x.toml: x")


def test_every_figure_of_a_state_has_a_range_and_every_fact_lies_within_it() -> None:
    states = World.load().states
    assert set(FIGURES) == {f.name for f in dataclasses.fields(states)} - {"iso3", "name", "region", "stocks", *ENDS}
    for name, variable in FIGURES.items():
        values = getattr(states, name)
        held = values[np.isfinite(values)]
        assert ((held >= variable.low) & (held <= variable.high)).all(), name


def test_a_figure_outside_its_range_is_refused_by_the_world_itself() -> None:
    with pytest.raises(FactError, match=r"POL\.democracy: 1\.5 lies outside what it can be, 0 to 1"):
        World.load().replace("POL", democracy=1.5)


def test_a_range_given_to_a_parameter_the_ledger_holds_fixed_is_drawn_and_moves_no_other() -> None:
    plain = studies.study(futures=200)
    given = studies.study(futures=200, ranges=(("pool_open", 0.0, 0.1),))
    two = studies.study(futures=200, ranges=(("nuclear_open", 0.5, 1.0), ("pool_open", 0.0, 0.1)))
    drawn, before, after = (study.parameters(0) for study in (given, plain, two))
    assert set(before["pool_open"]) == {1.0}
    assert 0.0 <= drawn["pool_open"].min() < 0.001
    assert 0.099 < drawn["pool_open"].max() <= 0.1
    counts, _ = np.histogram(drawn["pool_open"][:128], bins=8, range=(0.0, 0.1))
    assert set(counts) == {16}
    for name, values in before.items():
        assert name == "pool_open" or (drawn[name] == values).all(), name
    assert (after["pool_open"] == drawn["pool_open"]).all()
    assert abs(np.corrcoef(after["pool_open"], after["nuclear_open"])[0, 1]) < 0.25
    assert [p.name for p in given.swept][-1] == "pool_open"


def test_a_given_range_is_in_the_table_of_sampled_parameters(tmp_path: Any) -> None:
    study = studies.study(against=None, futures=8, last=2027, ranges=(("pool_open", 0.0, 0.1),))
    run(study, tmp_path / "run", threads=1)
    table = fd.Results.open(tmp_path / "run").parameters()
    assert (table["pool_open"].to_numpy() == study.parameters(0)["pool_open"]).all()


@pytest.mark.slow
def test_every_parameter_at_either_end_of_what_it_can_be_leaves_a_run_finite() -> None:
    """Costs about 25 s of one processor."""
    base = studies.study("retrench", None, futures=8, last=2030)
    for parameter in load_ledger():
        for value in legal_values(parameter.name, parameter.unit, ""):
            study = Study(base.scenario.but(fixed=((parameter.name, value),)), base.world, base.ledger)
            record = run_chunk(study.setting(0, "posture"))
            for values in (*record.allies.values(), *record.guarantors.values(), *record.regions.values()):
                assert np.isfinite(values).all(), (parameter.name, value)
