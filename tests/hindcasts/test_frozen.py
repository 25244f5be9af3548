"""Frozen forecasts: written once, refused when changed, scored by data that came later."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.cli.forecasts import score_frozen
from foedus.errors import InputError
from foedus.hindcasts.frozen.folder import NAMES, FrozenForecast, write_folder
from foedus.hindcasts.frozen.freezing import band, base_rates, of_classes, tables
from foedus.hindcasts.frozen.scoring import score
from foedus.panels import DataFolder
from foedus.results import Results
from foedus.world import World
from freeze_forecasts import freeze, still_open

ABOUT = {
    "made": "2026-12-01",
    "years": [2027, 2028],
    "posture": "steady",
    "futures": 100,
    "ensemble": "record-2010",
    "foedus": "0",
    "seed": 1,
}
STATES = "ccode,styear,stmonth,stday,endyear,endmonth,endday\n" + "".join(
    f"{code},1816,1,1,2028,12,31\n" for code in (2, 365, 710, 740, 750, 770)
)
DISPUTE_HEAD = (
    "dispnum,ccode1,ccode2,year,dispongoing,disponset,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,"
    "hiact1,hiact2,hostlev1,hostlev2,orig1,orig2\n"
)


def pairs() -> pl.DataFrame:
    rows = [
        (one, two, "rival", year, *chances, 0.2, 0.1, 0.01)
        for one, two, chances in (("IND", "PAK", (0.5, 0.4, 0.1)), ("CHN", "JPN", (0.25, 0.1, 0.01)))
        for year in (2027, 2028)
    ]
    names = ["one", "two", "class", "year", "dispute", "force", "war", "base_dispute", "base_force", "base_war"]
    return pl.DataFrame(rows, schema=names, orient="row")


def frozen(folder: Path) -> FrozenForecast:
    held = {
        "pairs": pairs(),
        "classes": of_classes(pairs()),
        "spending": pl.DataFrame(
            {
                "ally": ["JPN"] * 2,
                "year": [2027, 2028],
                "mean": [0.012] * 2,
                "low": [0.01] * 2,
                "median": [0.012] * 2,
                "high": [0.015] * 2,
            }
        ),
        "nuclear": pl.DataFrame(
            {
                "ally": ["JPN"] * 2,
                "year": [2027, 2028],
                "start": [0] * 2,
                "explores": [0.1, 0.2],
                "pursues": [0.01] * 2,
                "armed": [0.0] * 2,
            }
        ),
        "ties": pl.DataFrame(
            {"guarantor": ["USA"] * 2, "ally": ["JPN"] * 2, "year": [2027, 2028], "in_force": [0.99] * 2}
        ),
    }
    return write_folder(folder, held, ABOUT)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A data folder of 2028: India and Pakistan used force in 2027 and went on; Japan spent more than foreseen."""
    folder = tmp_path / "data"
    folder.mkdir()
    texts = {
        "cow_state_system": STATES,
        "cow_mid_directed_dyad_dispute_year": DISPUTE_HEAD
        + "9001,750,770,2027,1,1,1,0,0,0,0,0,15,15,4,4,1,1\n9001,770,750,2027,1,1,0,1,0,0,0,0,15,15,4,4,1,1\n"
        + "9001,750,770,2028,1,0,1,0,0,0,0,0,15,15,4,4,1,1\n9001,770,750,2028,1,0,0,1,0,0,0,0,15,15,4,4,1,1\n",
        "cow_mid_disputes": "dispnum,fatality,hostlev,mindur,maxdur,recip,stmon\n9001,0,4,400,400,1,5\n",
        "ucdp_interstate_battle_deaths": "dyad_id,year,type_of_conflict,ccode_a,ccode_b,bd_best,bd_low,bd_high\n"
        "422,2027,2,750,770,1500,1000,2000\n422,2028,2,750,770,3000,1000,4000\n",
        "sipri_milex_excerpt": "ccode,year,milex_current_usd_m,milex_pct_gdp\n740,2027,1,1.4\n740,2028,1,1.6\n",
        "nuclear_proliferation_status": "ccode,year,nuclear_weapons_status\n740,2027,0\n740,2028,1\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def scored(tmp_path: Path, later: Path) -> dict[str, dict[str, float | None]]:
    found = score(frozen(tmp_path / "frozen"), DataFolder.open(later))
    return {line.name: {figure.measure: figure.ours for figure in line.figures} for line in found}


def test_a_dispute_that_goes_on_is_not_scored_again(tmp_path: Path, later: Path) -> None:
    found = scored(tmp_path, later)["dispute, COW, 2027-2028"]
    assert found["events"] == 1
    assert found["expected"] == pytest.approx(0.5 + 0.25 + 0.25)
    assert found["log loss, sum"] == pytest.approx(-np.log(0.5) - 2 * np.log(0.75))


def test_force_is_a_dispute_at_level_four_and_no_war(tmp_path: Path, later: Path) -> None:
    found = scored(tmp_path, later)
    assert (found["force, COW, 2027-2028"]["events"], found["war, COW, 2027-2028"]["events"]) == (1, 0)


def test_the_class_rate_is_scored_on_the_same_rows(tmp_path: Path, later: Path) -> None:
    found = scored(tmp_path, later)["dispute, COW, 2027-2028: class base rate"]
    assert found["log loss, sum"] == pytest.approx(-np.log(0.2) - 2 * np.log(0.8))


def test_a_war_of_ucdp_begins_once(tmp_path: Path, later: Path) -> None:
    found = scored(tmp_path, later)["war, UCDP, 2027-2028"]
    assert found["events"] == 1
    assert found["expected"] == pytest.approx(0.1 + 0.01 + 0.01)


def test_spending_outside_its_band_is_counted(tmp_path: Path, later: Path) -> None:
    found = scored(tmp_path, later)["spending, sipri_milex_excerpt, 2027-2028"]
    assert (found["ally-years"], found["share inside the 90 % band"]) == (2, 0.5)


def test_a_step_towards_the_bomb_is_scored_where_it_was_not_taken_before(tmp_path: Path, later: Path) -> None:
    found = scored(tmp_path, later)["nuclear: explores, 2027-2028"]
    assert (found["events"], found["expected"]) == (1, pytest.approx(0.3))


def test_data_that_reach_no_year_forecast_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "cow_state_system.csv").write_text(STATES, encoding="utf-8")
    with pytest.raises(InputError, match="no file there reaches 2027"):
        score(frozen(tmp_path / "frozen"), DataFolder.open(folder))


def test_a_frozen_folder_is_not_written_again(tmp_path: Path) -> None:
    frozen(tmp_path / "frozen")
    with pytest.raises(InputError, match="holds a frozen forecast"):
        frozen(tmp_path / "frozen")


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    held = frozen(tmp_path / "frozen")
    place = held.path / "pairs.csv"
    place.write_text(place.read_text(encoding="utf-8").replace("0.5", "0.4"), encoding="utf-8")
    with pytest.raises(InputError, match="is not as it was frozen"):
        FrozenForecast.open(held.path)


def test_another_folder_is_no_forecast(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder of frozen forecasts"):
        FrozenForecast.open(tmp_path)


def test_the_page_says_what_counts_and_what_beats_it(tmp_path: Path) -> None:
    text = (frozen(tmp_path / "frozen").path / "README.md").read_text(encoding="utf-8")
    assert "# Forecasts of 2026-12-01 for 2027-2028" in text
    assert "- *war*: such a dispute at hostility level 5." in text


def test_scores_are_printed_as_json(tmp_path: Path, later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score_frozen(later, frozen(tmp_path / "frozen").path, as_json=True)
    body = json.loads(capsys.readouterr().out)
    assert body["frozen"]["posture"] == "steady"
    assert body["scores"][0]["name"] == "dispute, COW, 2027-2028"


def test_the_band_of_a_count_is_that_of_its_binomial() -> None:
    assert band(np.full(100, 0.1)) == (5, 15)
    assert band(np.zeros(4)) == (0, 0)


def test_base_rates_of_two_states_follow_from_those_of_each() -> None:
    rates = base_rates(World.load())["rival"]
    assert rates["dispute"] > rates["force"] > rates["war"] > 0


def test_a_run_becomes_tables_of_the_years_after_its_first(small: Results) -> None:
    world = World.load()
    made = tables(small, world, (2027, 2028))
    assert tuple(made) == NAMES
    chances = made["pairs"]
    assert (chances["one"] < chances["two"]).all()
    assert (chances["dispute"] >= chances["force"]).all()
    assert (chances["force"] >= chances["war"]).all()
    assert chances["base_dispute"].null_count() == 0
    with pytest.raises(InputError, match="freeze years after its first"):
        tables(small, world, (2026,))


def test_the_tool_freezes_a_run_with_what_it_was_made_from(tmp_path: Path) -> None:
    held = freeze(tmp_path / "frozen", "steady", (2027, 2027), futures=8, seed=3)
    assert held.years == (2027, 2027)
    assert held.about["ensemble"] == "record-2010"
    assert len({held.about[name] for name in ("run", "ledger", "world", "code", "digest")}) == 5
    assert held.table("pairs")["year"].unique().to_list() == [2027]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Three years of a few futures."""
    import foedus as fd

    scenario = fd.Scenario.of("steady", None, years=(2026, 2028), futures=16, seed=1)
    return fd.run(scenario, out=tmp_path_factory.mktemp("frozen") / "run", threads=1, bar=False)


def test_what_is_frozen_is_made_again_until_its_month_begins_and_never_after() -> None:
    still_open(Path("forecasts/2026-12"), date(2026, 11, 30))
    with pytest.raises(ValueError, match="frozen since 2026-12-01"):
        still_open(Path("forecasts/2026-12"), date(2026, 12, 1))
    with pytest.raises(ValueError, match="named for its month"):
        still_open(Path("forecasts/mine"), date(2026, 11, 30))
