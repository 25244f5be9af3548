"""Groups by name: facts with a source, one rule of what a name means, and the narrower scope wins."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from foedus.cli import main
from foedus.errors import FactError, InputError, ScenarioError, UnknownName
from foedus.posture import Change, Event, Posture, Scenario, Schedule
from foedus.posture.event import added_hostility
from foedus.posture.scope import covers, scope_named, width
from foedus.study import prepare
from foedus.terms import Channel
from foedus.world import World
from foedus.world.facttable import Fact
from foedus.world.groups import check_groups, expanded, group_facts, group_named, groups

HALF, DOUBLE, NONE = (Schedule((0,), (level,)) for level in (0.5, 2.0, 0.0))
CODES, NAMES = ("EST", "USA"), ("Estonia", "United States")


def fact(group: str, iso3: str) -> Fact:
    return Fact((group, iso3), "member", 2026, 1.0, None, None, "flag", "x", "R", "", "groups.csv:2")


def read(text: str, folder: Path) -> Scenario:
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    return Scenario.read(path)


def called(*arguments: str) -> int:
    try:
        main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_groups_have_the_members_that_they_have_in_2026() -> None:
    members = groups()
    assert len(members["NATO"]) == 32
    assert len(members["EU"]) == 26
    assert members["Baltics"] == ("EST", "LTU", "LVA")
    assert members["Quad"] == ("AUS", "IND", "JPN", "USA")
    assert set(members["Nordic-Baltic Eight"]) == {*members["Nordics"], *members["Baltics"]}


def test_every_membership_has_a_source_of_the_bibliography_and_says_that_it_is_recalled() -> None:
    assert {fact.grade for fact in group_facts()} == {"R"}
    assert {fact.source for fact in group_facts()} <= set(World.load().sources)


@pytest.mark.data
def test_members_of_nato_are_those_of_the_file_of_accessions(data: Path) -> None:
    with (data / "nato_membership.csv").open(encoding="utf-8") as handle:
        assert set(groups()["NATO"]) == {row["iso3"] for row in csv.DictReader(handle)}


@pytest.mark.parametrize("name", ["USA", "Estonia", "Europe", "indo-pacific", "all"])
def test_a_group_cannot_bear_the_name_of_a_state_or_a_region(name: str) -> None:
    with pytest.raises(FactError, match=f"a group cannot be called {name}"):
        check_groups([fact(name, "EST")], CODES, NAMES)


def test_a_member_that_is_no_state_is_refused() -> None:
    with pytest.raises(UnknownName, match=r"groups.csv:2  ESTT: no such state. Did you mean .EST"):
        check_groups([fact("Baltics", "ESTT")], CODES, NAMES)


def test_a_group_is_named_in_any_case_with_or_without_hyphens_and_article() -> None:
    assert {group_named(word) for word in ("five eyes", "Five-Eyes", "the Five Eyes")} == {"Five Eyes"}
    assert group_named("nobody") is None


def test_a_name_means_a_state_first_then_a_region_then_a_group() -> None:
    world = World.load()
    assert world.named("Estonia") == ("EST",)
    assert "TUR" in world.named("europe")
    assert world.named("baltics") == ("EST", "LTU", "LVA")
    with pytest.raises(UnknownName, match='Did you mean "Baltics"'):
        world.named("Balticks")


def test_a_state_beats_its_group_which_beats_its_region_in_whatever_order_they_stand() -> None:
    changes = [
        Change(scope, "troops", level) for scope, level in (("EST", NONE), ("Baltics", DOUBLE), ("Europe", HALF))
    ]
    for order in (changes, changes[::-1]):
        levels = Posture("x", "x", "", tuple(order)).levels(
            ("EST", "LVA", "POL"), ("Europe",) * 3, ("USA",) * 3, (2026,)
        )
        assert levels[0, :, Channel.TROOPS].tolist() == [0.0, 2.0, 0.5]


def test_scopes_widen_from_a_state_over_groups_and_regions_to_everywhere() -> None:
    assert [width(scope) for scope in ("all", "Europe", "NATO", "EST")] == [0, 1, 2, 3]
    assert covers("NATO", "EST", "Europe")
    assert not covers("NATO", "AUT", "Europe")
    assert scope_named("nato", CODES) == "NATO"


def test_an_event_reaches_the_members_of_a_group_and_no_other_state() -> None:
    pairs = [("RUS", "EST", "Europe"), ("RUS", "POL", "Europe"), ("BLR", "LVA", "Europe")]
    added = added_hostility((Event("RUS", "Baltics", HALF),), pairs, (2026,))
    assert added is not None
    assert added.tolist() == [[0.5, 0.0, 0.0]]


def test_a_doctrine_of_a_group_binds_its_members(tmp_path: Path) -> None:
    study = prepare(read("[doctrine.baltics]\nspending = 0.05\n", tmp_path))
    ordered = ~np.isnan(study.setting(0, "posture").policy.spending).all(axis=0)
    assert {study.world.states.iso3[i] for i in np.flatnonzero(ordered)} == set(groups()["Baltics"])


def test_states_of_a_scenario_take_groups_and_name_each_state_once(tmp_path: Path) -> None:
    held = read('states = ["USA", "RUS", "Baltics", "EST"]\n', tmp_path).states
    assert held == ("USA", "RUS", "EST", "LTU", "LVA")
    assert Scenario.of("steady", states=["usa", "rus", "baltics"]).states == held
    assert expanded(["POL", "Baltics"], ("POL", "EST")) == ("POL", "EST")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[posture.NATOO]\ntroops = 0.5\n", 'posture.NATOO: no such region, group or ally. Did you mean "NATO"?'),
        ("[doctrine.Balticks]\nspending = 0.05\n", 'doctrine.Balticks: no such region, group or ally. Did you mean'),
        ("[events.RUS]\nNordic = 0.1\n", 'events.RUS.Nordic: no such region, group or state. Did you mean "Nordics"?'),
        ('states = ["USA", "Balticks"]\n', '"Balticks": no such state or group. Did you mean "Baltics"?'),
        ("[posture]\nNATO = { troops = 0.5 }\nnato = { arms = 0.5 }\n", "means NATO, as NATO does. Keep one."),
    ],
)  # fmt: skip
def test_a_group_that_is_none_is_refused_with_the_nearest_spelling(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as complaint:
        read(text, tmp_path)
    assert says in str(complaint.value)


def test_a_group_without_an_ally_of_the_guarantor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"posture.CSTO: covers no ally of USA"):
        prepare(read("[posture.CSTO]\ntroops = 0.5\n", tmp_path))


def test_commands_take_groups_and_say_what_they_cannot_take(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("groups") == 0
    assert "Baltics" in capsys.readouterr().out
    assert called("world", "Quad") == 0
    assert "4 states" in capsys.readouterr().out
    assert called("brief", "Baltics") == 2
    assert "Baltics: foedus brief takes one state. It has EST, LTU, LVA" in capsys.readouterr().err
    assert called("exposure", "Balticks") == 2
    assert 'Did you mean "Baltics"?' in capsys.readouterr().err


def test_a_scenario_that_names_a_group_is_another_when_its_members_change(monkeypatch: pytest.MonkeyPatch) -> None:
    with_group = Scenario.of(Posture("x", "x", "", (Change("Baltics", "troops", HALF),)))
    plain = Scenario.of("steady")
    before = with_group.digest, plain.digest
    changed = {**groups(), "Baltics": ("EST", "LVA")}
    monkeypatch.setattr("foedus.posture.scenario.groups", lambda: changed)
    assert with_group.digest != before[0]
    assert plain.digest == before[1]
