"""What README.md takes from results: misses and passes, counted by what they are worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from foedus.hindcasts import registered
from foedus.hindcasts.registry import FoundMeasure
from foedus.hindcasts.results import ScoreLine, lines_of
from foedus.hindcasts.results import read_results as read_hindcasts
from readme import THREE, filled, missed, scoreboard, three_allies
from stored import BaseRate, read_results, write_results

ROOT = Path(__file__).parents[2]

STORED = read_results()


def test_missed_base_rates_are_counted_and_those_of_all_pairs_named_with_both_figures() -> None:
    rates = (
        BaseRate("rival", "challenge", 0.0647, 0.0848, 0.0782, 0.0913, True),
        BaseRate("contiguous", "war", 0.0131, 0.0040, 0.0, 0.0095, False),
        BaseRate("major", "war_with_major_ally", 0.0110, 0.0, 0.0, 0.0236, None),
        BaseRate("rest", "war", 0.0189, None, None, None, None),
        BaseRate("all", "war", 0.0129, 0.0274, 0.0174, 0.0374, False),
    )
    assert " ".join(missed(rates).split()) == (
        "Under steady support 1 of 3 lie within a factor of two of 1950-2010 "
        "([each](docs/results.md#base-rates-under-steady-support)). Of all pairs together these do not: war (0.0129 "
        "against 0.0274)."
    )


def test_the_readme_names_as_many_misses_of_all_pairs_as_there_are() -> None:
    text = missed(STORED.rates)
    held = [rate for rate in STORED.rates if rate.pair_class == "all" and rate.within_two is False]
    assert " ".join(text.split()).count(" against ") == len(held)
    assert text in (ROOT / "README.md").read_text(encoding="utf-8")


def test_results_that_are_stored_in_another_form_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"results.json: not results as tools/results.py stores them"):
        read_results(path)


def test_what_is_stored_reads_back_the_same(tmp_path: Path) -> None:
    write_results(STORED, tmp_path / "results.json")
    assert read_results(tmp_path / "results.json") == STORED


def test_a_readme_that_lost_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="the marks around its scoreboard are gone"):
        filled("# Foedus")


def test_a_kind_without_a_pass_says_so() -> None:
    test = next(t for t in registered() if t.kind == "out of sample" and not t.train)
    assert scoreboard([ScoreLine(test, None), ScoreLine(replace(test, name="other"), None)]) == (
        "- *Out of sample*: of 2 of the model as it would have shipped then, on what it was not fitted to, **0 pass**."
    )


LINES = {line.test.name: line for line in lines_of(read_hindcasts())}


def found(name: str, measure: str) -> FoundMeasure:
    """A stored measure of a hindcast, with its interval."""
    outcome = LINES[name].outcome
    assert outcome is not None
    (one,) = [f for f in outcome.figures if f.measure == measure]
    return one


def figure(name: str, measure: str) -> float:
    """A stored figure."""
    value = found(name, measure).ours
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("escalation-force", "fail"),
        ("escalation-war", "fail"),
        ("escalation-force-era", "pass"),
        ("intervention-in-war", "fail"),
        ("outcomes-contest", "pass"),
        ("drawdown-1991", "pass"),
        ("nato-gradient-2014", "fail"),
        ("saigon-and-carter-1975", "fail"),
        ("anzus-1985", "pass"),
        ("hosts-of-troops", "fail"),
    ],
)
def test_what_the_readme_says_went_well_or_badly_did(name: str, verdict: str) -> None:
    assert LINES[name].verdict == verdict, "rewrite README.md, How it scores on history"


def test_the_readmes_figures_are_those_stored() -> None:
    assert round(figure("onset-structure", "AUC"), 2) == 0.89
    assert round(figure("onset-structure-hostility", "AUC"), 2) == 0.93
    assert round(figure("onset-structure-hostility", "AUC less baseline"), 2) == 0.03
    assert 2.0 < figure("onset-structure-all-pairs", "expected / observed events") < 3.0
    assert round(figure("intervention-in-war", "chance kept in war, ledger"), 3) == 0.042
    assert figure("intervention-third-parties", "log loss, sum less baseline") < 0.0
    assert round(figure("intervention-in-war", "share that joined in war"), 3) == 0.055
    expected = "expected / observed events"
    assert all(0.6 < figure(f"onset-forecasters-{coding}-late", expected) < 0.75 for coding in ("mic", "cow"))
    wars = ("escalation-war", "escalation-war-rolling")
    for beside in (found(name, "log loss, sum less the rate's of training years") for name in wars):
        assert beside.low is not None
        assert beside.high is not None
        assert beside.low < 0.0 < beside.high, "rewrite README.md: wars are told better, or worse, than by their rate"


RESULTS = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
ALLIES = {ally.name: ally for ally in STORED.allies}


@pytest.mark.parametrize(
    ("name", "low", "high"), [("Philippines", 1.15, 1.4), ("Estonia", 1.15, 1.4), ("South Korea", 1.25, 1.5)]
)
def test_how_much_the_readme_says_retrenchment_adds_is_what_the_results_show(
    name: str, low: float, high: float
) -> None:
    ally = ALLIES[name]
    times = 1.0 + ally.changes["retrench"].mean / ally.steady.mean
    assert low <= times <= high, "rewrite README.md, What it says of three allies"


def test_the_readme_shows_the_rows_of_three_allies_as_the_results_page_has_them() -> None:
    table = three_allies(STORED)
    assert table in (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(table.splitlines()) == 2 + len(THREE)
    assert all(line in RESULTS.splitlines() for line in table.splitlines())


def test_results_that_lost_an_ally_of_the_readme_are_refused() -> None:
    fewer = replace(STORED, allies=tuple(ally for ally in STORED.allies if ally.name != "Estonia"))
    with pytest.raises(ValueError, match="no results of Estonia, which README"):
        three_allies(fewer)


def test_the_results_page_says_whose_allies_those_of_others_are() -> None:
    assert "| North Korea (ally of China) |" in RESULTS
    assert "| Belarus (ally of Russia) |" in RESULTS
