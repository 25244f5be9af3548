"""The order of allies by danger: every argument is about allies, and figures beside it are those of the run."""

from __future__ import annotations

import pytest

import studies
from danger import ARGUED
from danger_page import NAMED, nato, order
from foedus.results import Results
from foedus.results.pairs import pair_chances
from foedus.verbs import compute
from foedus.words import significant
from foedus.world import World


@pytest.fixture(scope="module")
def results() -> Results:
    return compute(studies.scenario("steady", None), engine="eager")


def test_no_ally_is_argued_twice_and_all_that_are_argued_are_allies() -> None:
    world = World.load()
    allies = {world.states.iso3[i] for i in world.links.ally}
    argued = [iso for group in ARGUED for iso in group]
    assert len(argued) == len(set(argued))
    assert set(argued) <= allies


def test_a_line_has_the_loss_of_each_of_its_allies_most_first_and_leaves_out_who_is_not_in_the_run(
    results: Results,
) -> None:
    names = World.load().states.names
    lines = [line for line in order(results, names).splitlines() if line.startswith("| ")][1:]
    loss = {row["ally"]: row["loss"] for row in results.headline().iter_rows(named=True)}
    first = next(line for line in lines if names["TWN"] in line.split(" | ")[0])
    assert f"| {significant(loss['TWN'])} |" in first
    told = [
        iso for line in lines for iso, name in names.items() if name in line.split(" | ")[0].strip("| ").split(", ")
    ]
    assert set(told) == {iso for group in ARGUED for iso in group} & set(loss)
    leading = [
        max(loss[iso] for iso in names if names[iso] in line.split(" | ")[0].split(", ")[0]) for line in lines if loss
    ]
    assert leading == sorted(leading, reverse=True)


def test_wars_of_members_and_upon_them_are_sums_over_pairs(results: Results) -> None:
    names, members = World.load().states.names, ("USA", "POL", "EST", "DEU")
    upon = [pair for pair in pair_chances(results) if pair.challenger == "RUS" and pair.target in members]
    row = next(line for line in nato(results, names, members).splitlines() if line.startswith("| members | Russia"))
    assert f"{100 * sum(pair.war for pair in upon):.2f}" in row
    assert row.count(",") == min(len(upon), NAMED) - 1
