"""What README.md takes from results: every miss, and passes counted by what they are worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from foedus.hindcasts import registered
from foedus.hindcasts.results import Line, lines_of, read_results
from readme import THREE, filled, missed, scoreboard, three_allies

ROOT = Path(__file__).parents[2]

TABLE = """
| Pairs | Rate | run | 1950-2010 | 95 % | within a factor of two |
|---|---|---:|---:|---|---|
| rival | challenge | 0.0647 | 0.0848 | 0.0782 to 0.0913 | yes |
| contiguous | war | 0.0131 | 0.0040 | 0.0000 to 0.0095 | **no** |
| major | war with major ally | 0.0110 | 0.0000 | 0.0000 to 0.0236 |  |
| rest | war | 0.0189 |  |  |  |
"""


def test_every_missed_base_rate_is_named_with_both_figures() -> None:
    assert " ".join(missed(TABLE).split()) == (
        "Under steady support 1 of 2 lie within a factor of two of 1950-2010. These do not: war, contiguous pairs "
        "(0.0131 against 0.0040). The record has no case to set beside war with major ally, major pairs (0.0110)."
    )


def test_the_readme_names_as_many_misses_as_the_results_page_shows() -> None:
    page = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
    text = missed(page)
    assert " ".join(text.split()).count(" against ") == page.count("| **no** |")
    assert text in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_results_page_without_base_rates_is_refused() -> None:
    with pytest.raises(ValueError, match="no table of base rates"):
        missed("# Results")


def test_a_readme_that_lost_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="the marks around its scoreboard are gone"):
        filled("# Foedus")


def test_a_kind_without_a_pass_says_so() -> None:
    test = next(t for t in registered() if t.kind == "as shipped")
    assert scoreboard([Line(test, None), Line(replace(test, name="other"), None)]) == (
        "- *As shipped*: of 2 of the ledger as it is, nothing fitted to what is judged, **0 pass**."
    )


LINES = {line.test.name: line for line in lines_of(read_results())}


def figure(name: str, measure: str) -> float:
    """A stored figure."""
    outcome = LINES[name].outcome
    assert outcome is not None
    (value,) = [f.ours for f in outcome.figures if f.measure == measure]
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("escalation-force", "fail"),
        ("escalation-war", "fail"),
        ("intervention-joiners", "fail"),
        ("intervention-in-war", "fail"),
        ("outcomes-contest", "pass"),
        ("drawdown-1991", "pass"),
        ("nato-gradient-2014", "fail"),
        ("saigon-and-carter-1975", "fail"),
        ("anzus-1985", "not identified"),
        ("hosts-of-troops", "fail"),
    ],
)
def test_what_the_readme_says_went_well_or_badly_did(name: str, verdict: str) -> None:
    assert LINES[name].verdict == verdict, "rewrite README.md, How it scores on history"


def test_the_readmes_figures_are_those_stored() -> None:
    assert round(figure("onset-structure", "AUC"), 2) == 0.87
    assert round(figure("onset-structure-hostility", "AUC"), 2) == 0.92
    assert round(figure("onset-structure-hostility", "AUC less baseline"), 2) == 0.02
    assert 2.5 < figure("onset-structure-all-pairs", "expected / observed events") < 3.0
    assert round(figure("intervention-in-war", "chance kept in war, ledger"), 2) == 0.24
    assert round(figure("intervention-in-war", "share that joined in war"), 3) == 0.055
    assert {name for name, *_ in LINES["outcomes-contest"].outside} == {"decisiveness", "defender_edge"}


RESULTS = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
POSTURES = {"limited-support": 3, "retrench": 4, "intelligence-cut": 5}


def first(cell: str) -> float:
    """The first number of a cell."""
    return float(cell.split()[0].replace("−", "-"))


def times(ally: str, posture: str) -> float:
    """How many times as large an ally's expected loss is as under steady support, by docs/results.md."""
    (row,) = [line.split("|") for line in RESULTS.splitlines() if line.startswith(f"| {ally} |")]
    return 1.0 + first(row[POSTURES[posture]]) / first(row[2])


@pytest.mark.parametrize(
    ("ally", "low", "high"), [("Philippines", 1.75, 2.25), ("Estonia", 1.55, 1.8), ("South Korea", 1.45, 1.85)]
)
def test_how_much_the_readme_says_retrenchment_adds_is_what_the_results_show(
    ally: str, low: float, high: float
) -> None:
    assert low <= times(ally, "retrench") <= high, "rewrite README.md, What it says of three allies"


def test_the_readme_shows_the_rows_of_three_allies_as_the_results_page_has_them() -> None:
    table = three_allies(RESULTS)
    assert table in (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(table.splitlines()) == 2 + len(THREE)
    assert "of which conceded, %" in table


def test_a_results_page_that_lost_an_ally_of_the_readme_is_refused() -> None:
    with pytest.raises(ValueError, match="no table of allies with Philippines, Estonia, South Korea"):
        three_allies(RESULTS.replace("| Estonia |", "| Latvia |"))


def test_the_results_page_says_whose_allies_those_of_others_are() -> None:
    assert "| North Korea (ally of China) |" in RESULTS
    assert "| Belarus (ally of Russia) |" in RESULTS
