"""Announced paths of spending: what the table may say, and who keeps a plan when a world is cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import FactError, FoedusError, UnknownName
from foedus.world import Plan, World
from foedus.world.tables import FACTS


def overlay(folder: Path, *rows: str) -> World:
    head = (FACTS / "plans.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "plans.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return World.load(folder)


def row(ally: str = "POL", status: str = "law", since: str = "2025", year: int = 2030, share: str = "0.05,,") -> str:
    return f"{ally},{status},{since},spending_target,{year},{share},share of GDP,press2026,V,five per cent"


def test_a_plan_says_who_when_how_much_and_how_firmly() -> None:
    germany = [plan for plan in World.load().plans if plan.ally == "DEU"]
    assert [(plan.year, plan.share, plan.status) for plan in germany] == [
        (2026, 0.028, "budget"),
        (2029, 0.035, "budget"),
        (2035, 0.035, "pledge"),
    ]
    assert all(plan.low <= plan.share <= plan.high and plan.since <= plan.year for plan in World.load().plans)


def test_plans_stand_by_state_and_year_and_one_for_each() -> None:
    order = [(plan.ally, plan.year) for plan in World.load().plans]
    assert order == sorted(set(order))


def test_a_smaller_world_keeps_the_plans_of_the_states_that_stay() -> None:
    assert {plan.ally for plan in World.load().subset(["USA", "EST", "RUS"]).plans} == {"EST", "RUS", "USA"}


def test_an_overlay_replaces_the_whole_path_of_its_state_and_no_other(tmp_path: Path) -> None:
    world = overlay(tmp_path, row(year=2027, share="0.045,0.04,0.05"))
    assert [plan for plan in world.plans if plan.ally == "POL"] == [
        Plan("POL", 2027, 0.045, 0.04, 0.05, "law", "five per cent", 2025)
    ]
    assert [p for p in world.plans if p.ally != "POL"] == [p for p in World.load().plans if p.ally != "POL"]


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([row(ally="POLAND")], UnknownName, "plans.csv:2  POLAND: no such state"),
        ([row(status="lwa")], UnknownName, 'plans.csv:2  lwa: no such status. Did you mean "law"?'),
        ([row(share="3.5,,")], FactError, "plans.csv:2  spending_target is 3.5; legal values are 0 to 1"),
        ([row(share="0.05,0.06,0.07")], FactError, "plans.csv:2  spending_target 0.05 lies outside its own range"),
        ([row(since="2031")], FactError, 'plans.csv:2  since is "2031"; it must be a year from 1800 to 2030'),
        ([row(since="soon")], FactError, 'plans.csv:2  since is "soon"'),
        (
            [row(), row(status="pledge")],
            FactError,
            "plans.csv:3  POL has another plan for 2030 (plans.csv:2). Keep one.",
        ),
    ],
)
def test_a_plan_that_cannot_be_is_named_by_file_and_line(
    tmp_path: Path, rows: list[str], error: type[FoedusError], message: str
) -> None:
    with pytest.raises(error) as caught:
        overlay(tmp_path, *rows)
    assert message in str(caught.value)
