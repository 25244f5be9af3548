"""Advice on a small world: what portfolios are, what a search gives, how it goes on after a stop, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import studies
from foedus import cli
from foedus.advise import wording
from foedus.advise.advising import advise
from foedus.advise.asking import Answer, ask, scenario_of, write_files
from foedus.advise.bench import Bench, Trial
from foedus.advise.contents import Advice
from foedus.advise.levers import KINDS, Levers, SearchSpace, shares_of
from foedus.advise.page import chart
from foedus.advise.portfolio import OWN_CHOICE, Portfolio, Trigger
from foedus.advise.reasons import reasons
from foedus.errors import InputError
from foedus.posture import Scenario, preset
from foedus.posture.writing import scenario_text
from foedus.study import Stopped
from foedus.world import World

STATES = World.load().states.iso3
PORTFOLIOS = 11


def bench(folder: Path | None = None) -> Bench:
    """Poland among five states, three years, two postures."""
    postures = tuple(preset(name, STATES) for name in ("steady", "retrench"))
    return Bench(
        studies.scenario(last=2028, against=None, states=("USA", "RUS", "POL", "DEU", "EST")),
        postures,
        ("POL",),
        folder,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trials")


@pytest.fixture(scope="module")
def advice(folder: Path) -> Advice:
    """A search that was stopped after nine trials, and then continued."""

    def stop(_stage: str, done: int, _total: int) -> None:
        if done >= 9:
            raise KeyboardInterrupt

    with pytest.raises(Stopped):
        advise(bench(folder), PORTFOLIOS, 16, 1, told=stop, boxes=False)
    kept = {path: path.stat().st_mtime_ns for path in folder.glob("*.npz")}
    assert len(kept) == 9 + 2
    found = advise(bench(folder), PORTFOLIOS, 16, 1, boxes=False)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    return found


@pytest.mark.slow
def test_a_stopped_search_continues_and_gives_what_one_without_a_stop_gives(advice: Advice) -> None:
    whole = advise(bench(), PORTFOLIOS, 16, 1, boxes=False)
    assert np.array_equal(whole.scores, advice.scores)
    assert wording.as_mapping(whole, ()) == wording.as_mapping(advice, ())


def test_more_spending_costs_more_and_the_own_choice_is_what_the_model_decides() -> None:
    held = bench()
    dear = Portfolio(spending=((2026, 0.05), (2027, 0.09)))
    own, more = (held.run(Trial((("POL", one),), 1, 16)).outcomes[0].mean() for one in (OWN_CHOICE, dear))
    assert more > own + 1.0


def test_advice_is_of_the_objectives_that_portfolios_move_and_every_table_fits_eighty_columns(advice: Advice) -> None:
    assert PORTFOLIOS <= advice.tried <= 2 * PORTFOLIOS
    assert {"cost", "loss"} <= set(advice.moved)
    assert 1 <= len(advice.archetypes) <= 4
    assert len({one.name for one in advice.archetypes}) == len(advice.archetypes)
    lines = [*wording.table(advice).plain(80), *wording.criteria(advice).plain(80)]
    assert max(len(line) for line in lines) <= 80
    told = " ".join(reasons(advice, World.load()))
    assert "Russia by land" in told
    assert "without the United States" in told


def test_tables_and_chart_say_of_which_futures_they_are(advice: Advice) -> None:
    assert f"ensemble {advice.scenario.ensemble}, seed {advice.scenario.seed}" in wording.subtitle(advice)
    assert all("±" in [h.name for h in table(advice).headings] for table in (wording.table, wording.criteria))
    said = " ".join(chart(advice).title.subtitle)
    assert said.startswith(f"{wording.origin(advice)}. Monte Carlo standard error of a mean: at most ±")
    told = wording.as_mapping(advice, ())["robustness_errors"]
    assert told["worst case"] is None
    assert all(told[name] >= 0.0 for name in ("regret", "satisfying", "percentile"))


def test_the_files_of_an_answer_are_scenarios_chart_and_a_page_without_a_script(advice: Advice, tmp_path: Path) -> None:
    found = write_files(Answer("Poland", advice, ("Because of where it lies.",)), tmp_path)
    assert [path.name for path in found[-2:]] == ["trade-offs.svg", "advice.html"]
    assert len(found) == len(advice.archetypes) + 2
    html = found[-1].read_text(encoding="utf-8")
    assert "Because of where it lies." in html
    assert all(one.name.replace("&", "&amp;") in html for one in advice.archetypes)
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_an_archetype_is_a_scenario_that_reads_back_as_it_was_tried(advice: Advice, tmp_path: Path) -> None:
    one = advice.archetypes[0]
    path = tmp_path / "archetype.toml"
    path.write_text(scenario_text(scenario_of(advice, one)), encoding="utf-8")
    assert Scenario.read(path).doctrines == one.plan[0][1].doctrines("POL")


def test_a_trigger_decides_from_its_year_on_while_its_condition_holds() -> None:
    rule = Trigger("chance_promise_kept", -1, 0.3, 2030, 0.05, "c4isr", 0.2)
    (doctrine,) = Portfolio(trigger=rule).doctrines("POL")
    assert doctrine.conditions == (("chance_promise_kept", -1, 0.3),)
    assert (doctrine.since, doctrine.spending, doctrine.more) == (2030, 0.05, (("c4isr", 0.2),))
    assert "from 2030 on" in rule.words


def test_every_vector_is_a_portfolio_with_shares_that_sum_to_one_and_spending_within_the_range() -> None:
    triggers = (("chance_promise_kept", -1, 0.2, 0.6),)
    levers = Levers("POL", tuple(range(2026, 2046)), 0.045, (0.047, 0.05), KINDS, triggers, (None, 1, 2))
    space, rng = (
        SearchSpace((levers, replace(levers, iso="EST", kinds=KINDS[:6], statuses=(None,)))),
        np.random.default_rng(0),
    )
    for vector in (*rng.random((50, len(space.names))), *space.anchors()):
        for _, portfolio in space.plan(vector):
            assert sum(share for _, share in portfolio.shares) == pytest.approx(1.0)
            assert all(levers.range[0] <= share <= levers.range[1] for _, share in portfolio.spending[1:])
    assert "nuclear" not in dict(levers.portfolio(dict.fromkeys(levers.names, 1.0) | {"nuclear status": 0.5}).shares)


def test_shares_are_hundredths_and_small_ones_are_left_out() -> None:
    assert shares_of({"air": 2.0, "c4isr": 1.0, "reserve": 0.01}, 0.5) == (
        ("air", 0.34),
        ("air_home", 0.33),
        ("c4isr", 0.33),
    )
    assert shares_of({"air": 0.0}, 0.5) == (("reserve", 1.0),)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["POLL"], 'Did you mean "POL"?'),
        (["USA"], "is the guarantor"),
        (["RUS"], "no ally of a guarantor"),
        ([], "no ally of a guarantor"),
        (["POL", "--portfolios", "0"], "--portfolios 0 must be a whole number, above zero"),
        (["POL", "--futures", "0"], "--futures 0"),
        (["POL", "--posture", "stedy"], 'Did you mean "steady"?'),
        (["POL", "--posture", "steady", "--posture", "steady"], "given twice"),
        (["POL", "--at-most", "losses=1"], 'Did you mean "loss"?'),
        (["POL", "--at-most", "loss"], "is not like loss=0.5"),
        (["POL", "--at-most", "loss=-1"], "-1 lies outside"),
        (["POL", "--years", "2050:2026"], "--years"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_line_and_nothing_is_written(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["advise", *arguments, "--out", str(tmp_path / "out")])
    line = capsys.readouterr().err
    assert stop.value.code == 2
    assert says in line
    assert "Traceback" not in line
    assert not (tmp_path / "out").exists()


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.facade.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"this needs pymoo and platypus-opt.*foedus\[explore\]"):
        ask("POL")
