"""A scenario written to a file reads back as the same scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from foedus.posture import Event, Scenario, Schedule
from foedus.posture.posture import Posture
from foedus.posture.writing import scenario_text
from foedus.study.policy import policy_of
from studies import study

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))
NAMELESS = {"name": "", "title": "", "question": ""}


def bare(posture: Posture | None) -> Posture | None:
    """A posture without its names, and with the changes that hold in the order in which they are written."""
    if posture is None:
        return None
    held = {(change.scope, change.channel): change for change in posture.changes}
    return replace(posture, changes=tuple(sorted(held.values(), key=repr)), **NAMELESS)


def back(scenario: Scenario, folder: Path) -> Scenario:
    file = folder / "written.toml"
    file.write_text(scenario_text(scenario), encoding="utf-8")
    return Scenario.read(file)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_scenario_that_ships_reads_back_as_it_was_written(path: Path, tmp_path: Path) -> None:
    scenario = Scenario.read(path)
    read = back(scenario, tmp_path)
    assert bare(read.posture) == bare(scenario.posture)
    assert bare(read.against) == bare(scenario.against)
    same = {"posture": scenario.posture, "against": scenario.against, "doctrines": (), "overlay": None}
    assert read.but(**same) == scenario.but(**same)
    key = lambda doctrine: doctrine.scope  # noqa: E731 - a file keeps the order within a scope
    assert sorted(read.doctrines, key=key) == sorted(scenario.doctrines, key=key)


def test_events_about_one_pair_are_added_up(tmp_path: Path) -> None:
    once = Event("RUS", "EST", Schedule((2027, 2030), (0.1, 0.4)))
    scenario = Scenario.of(
        "steady", None, years=(2026, 2031), events=(once, Event("RUS", "EST", Schedule((0,), (0.2,))))
    )
    (event,) = back(scenario, tmp_path).events
    assert list(event.schedule.at(range(2026, 2032), 0.0)) == pytest.approx([0.2, 0.3, 0.4, 0.5, 0.6, 0.6])


def test_a_doctrine_decides_in_the_years_it_is_given_and_in_no_other(tmp_path: Path) -> None:
    text = (
        '[[doctrine.POL]]\nspending = 0.06\nfrom = 2028\nuntil = 2029\n[doctrine.EST]\nrule = "pool + 0.2"\nfrom = 2030'
    )
    file = tmp_path / "dated.toml"
    file.write_text(f'years = [2026, 2033]\nfutures = 4\nagainst = "none"\n{text}\n', encoding="utf-8")
    scenario = Scenario.read(file)
    assert back(scenario, tmp_path).doctrines == scenario.doctrines
    held = study("steady", None, doctrines=scenario.doctrines, futures=4)
    policy = policy_of(held.scenario.posture, scenario.doctrines, held.layout, held.scenario.years)
    assert [rule.held for rule in policy.rules] == [(2, 3), (4, 7)]
