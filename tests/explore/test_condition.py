"""Outcomes and conditions in words: what is legal means what it says, and what is not is refused with the cure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.errors import InputError, UnknownName
from foedus.explore.condition import read_condition
from foedus.explore.outcome import read_outcome, values
from foedus.results import Results, headlines
from foedus.study import run as run_study
from foedus.world import World


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Forty futures of a few states, two postures."""
    folder = tmp_path_factory.mktemp("explore") / "run"
    run_study(studies.study(), folder, threads=1)
    return Results.open(folder)


@pytest.fixture(scope="module")
def world() -> World:
    return World.load()


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("loss of Poland", lambda row: row.loss.mean),
        ("change in loss of POL", lambda row: row.difference.mean),
        ("loss of POL under steady", lambda row: row.against.loss.mean),
        ("war of POL", lambda row: row.war),
        ("ground of POL", lambda row: row.ground),
        ("war of pol by 2033", lambda row: row.war),
    ],
)
def test_an_outcome_is_the_headline_figure_of_that_name(
    text: str, figure: object, results: Results, world: World
) -> None:
    row = next(row for row in headlines(results) if row.ally == "POL")
    assert values(read_outcome(text, results, world), results).mean() == pytest.approx(figure(row), rel=1e-5)


def test_a_group_is_the_mean_of_its_allies(results: Results, world: World) -> None:
    both = values(read_outcome("spending of europe in 2030", results, world), results)
    each = results.ally("spending")[4, [results.allies.index(a) for a in ("POL", "EST", "DEU", "UKR")]]
    assert both == pytest.approx(each.mean(axis=0), rel=1e-5)


def test_a_guarantor_has_measures_of_its_own(results: Results, world: World) -> None:
    found = values(read_outcome("cost of USA", results, world), results)
    assert found == pytest.approx(results.guarantor("cost")[:, results.guarantors.index("USA")].mean(axis=0))


def test_and_binds_closer_than_or(results: Results, world: World) -> None:
    parts = ("loss of POL > 0.2", "war of UKR by 2030 >= 50 %", "change in loss of KOR < 0")
    one, two, three = (read_condition(part, results, world).holds(results) for part in parts)
    together = read_condition(f"{parts[0]} or {parts[1]} and {parts[2]}", results, world)
    assert np.array_equal(together.holds(results), one | (two & three))


def test_a_chance_in_per_cent_is_divided_by_a_hundred(results: Results, world: World) -> None:
    percent, share = (read_condition(f"war of KOR > {bound}", results, world) for bound in ("5 %", "0.05"))
    assert percent == share
    assert str(percent) == "war of South Korea > 5 %"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("los of POL > 1", 'Did you mean "loss"'),
        ("loss of Polland > 1", 'Did you mean "Poland"'),
        ("loss of POL", "compares nothing"),
        ("loss POL > 1", "is no outcome"),
        ("loss of POL > much", '"much": is not a number'),
        ("loss of POL > nan", "not a finite number"),
        ("loss of POL in 1999 > 1", "the run covers 2026-2033"),
        ("loss of POL by 2030 > 1", "only war is counted by a year"),
        ("war of POL in 2030 > 1", "by 2030"),
        ("loss of POL under steddy > 1", 'Did you mean "steady"'),
        ("change in loss of POL under steady > 1", "is not under one of them"),
        ("capability of POL > 5 %", "not in per cent"),
        ("loss of NZL > 1", "no ally of this run"),
    ],
)
def test_what_is_not_legal_is_refused_with_the_cure(text: str, said: str, results: Results, world: World) -> None:
    with pytest.raises(InputError) as error:
        read_condition(text, results, world)
    assert said in str(error.value)


def test_a_change_needs_two_postures(tmp_path: Path, world: World) -> None:
    run_study(studies.study("steady", None, futures=4, last=2027), tmp_path / "one", threads=1)
    with pytest.raises(InputError, match="holds one posture, steady"):
        read_outcome("change in loss of POL", Results.open(tmp_path / "one"), world)


def test_every_name_that_is_unknown_is_an_unknown_name(results: Results, world: World) -> None:
    with pytest.raises(UnknownName):
        read_outcome("los of POL", results, world)
