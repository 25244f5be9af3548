"""Anchors: the table is checked by row, nothing is fitted to it, and the model's side is what its run says."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import foedus
from foedus.anchors import Anchor, Verdict, anchors, compared
from foedus.anchors.anchor import COLUMNS, TABLE, read_anchors
from foedus.anchors.chances import LEAST_WARS, Unkept, covered, model_chance
from foedus.anchors.words import event_of_model, outside, window
from foedus.cli import main
from foedus.errors import FactError, UnknownName
from foedus.posture import Scenario
from foedus.results import Results
from foedus.study import prepare, run
from foedus.world import World

STATES = ("USA", "RUS", "CHN", "EST", "LVA", "POL", "DEU", "TWN", "JPN")
PLAIN = Anchor(
    "T1", "an event", ("RUS",), ("EST",), False, "war", "market", "chance", "so defined", 0.05, None, None, 2027.0,
    2029.0, "2026", "a source", "", "R", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A run of nine states and four years."""
    folder = tmp_path_factory.mktemp("anchors") / "run"
    run(prepare(Scenario.of("steady", None, states=STATES, years=(2026, 2029), futures=24)), folder, threads=1)
    return Results.open(folder)


def chances(results: Results, challenger: str, target: str, *columns: str) -> np.ndarray:
    """Mean chances of a pair by year, summed over columns."""
    rows = results.pair_years().filter((pl.col("challenger") == challenger) & (pl.col("target") == target)).sort("year")
    return rows.select(pl.sum_horizontal(columns)).to_series().to_numpy()


def called(*arguments: str) -> int:
    try:
        main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_no_module_that_fits_runs_or_tests_the_model_names_the_anchors() -> None:
    package = Path(foedus.__file__).parent
    allowed = {"anchors", "cli", "app", "report", "brief"}
    for path in package.rglob("*.py"):
        if path.relative_to(package).parts[0] not in allowed:
            text = path.read_text(encoding="utf-8")
            assert "foedus.anchors" not in text, path
            assert TABLE.name not in text, path


def test_every_figure_has_source_date_definition_and_window_and_most_were_not_read_at_the_source() -> None:
    table = anchors()
    assert len(table) >= 50
    assert all(anchor.source and anchor.definition and anchor.last > anchor.first for anchor in table)
    assert {anchor.grade for anchor in table} <= {"V", "R", "C"}
    assert all(anchor.measure for anchor in table if anchor.id in ("X007", "X031", "X080"))


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        ({"kind": "markets"}, UnknownName, 'no such kind. Did you mean "market"?'),
        ({"figure": "chanse"}, UnknownName, 'no such figure. Did you mean "chance"?'),
        ({"measure": "wars"}, UnknownName, 'no such measure. Did you mean "war"?'),
        ({"grade": "X"}, UnknownName, "no such grade"),
        ({"targets": "Balticks"}, UnknownName, 'Did you mean "Baltics"?'),
        ({"value": "5"}, FactError, r'anchors.csv:2  value is "5", not a share from 0 to 1'),
        ({"value": "0.5", "low": "0.6"}, FactError, "value 0.5 lies outside its own range 0.6"),
        ({"from": "2027-01", "until": "2026-12"}, FactError, "dates are out of order: 2027-01 comes after 2026-12"),
        ({"from": "2027"}, FactError, '"2027" is not a month. Write 2026-07'),
        ({"until": "2027-13"}, FactError, '"2027-13" is not a month'),
        ({"either_way": "maybe"}, FactError, 'either_way is "maybe"; it must be yes or no'),
        ({"source": ""}, FactError, "has no source"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_by_file_and_line(
    changes: dict[str, str], kind: type[Exception], says: str, tmp_path: Path
) -> None:
    with TABLE.open(encoding="utf-8") as handle:
        first = next(csv.DictReader(handle))
    path = tmp_path / "anchors.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerow({**first, **changes})
    with pytest.raises(kind) as complaint:
        read_anchors(path, World.load())
    assert says.replace("\\", "") in str(complaint.value)
    assert "anchors.csv:2" in str(complaint.value)


def test_a_row_given_twice_and_a_table_with_other_columns_are_refused(tmp_path: Path) -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "anchors.csv"
    path.write_text("\n".join([*lines[:2], lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(FactError, match=r"anchors.csv:3  X006 stands twice. Keep one."):
        read_anchors(path, World.load())
    path.write_text("\n".join(["id,event", *lines[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(FactError, match=r"anchors.csv:1  columns are id, event; they must be"):
        read_anchors(path, World.load())


def test_a_war_over_whole_years_is_one_less_the_product_of_years_without(held: Results) -> None:
    war = chances(held, "RUS", "EST", "war")
    assert model_chance(held, PLAIN) == pytest.approx(1.0 - (1.0 - war[1]) * (1.0 - war[2]), rel=1e-9)


def test_a_year_that_the_window_covers_in_part_counts_in_part(held: Results) -> None:
    war = chances(held, "RUS", "EST", "war")
    part = replace(PLAIN, first=2026.5, last=2027.25)
    assert covered(held.years, part).tolist() == [0.5, 0.25, 0.0, 0.0]
    assert model_chance(held, part) == pytest.approx(1.0 - (1.0 - war[0]) ** 0.5 * (1.0 - war[1]) ** 0.25, rel=1e-9)


def test_a_clash_counts_force_and_war_of_every_pair_named_either_way(held: Results) -> None:
    both = replace(PLAIN, targets=("EST", "LVA"), either_way=True, measure="clash", first=2026.0, last=2027.0)
    pairs = [("RUS", "EST"), ("EST", "RUS"), ("RUS", "LVA"), ("LVA", "RUS")]
    none = np.prod([1.0 - chances(held, *pair, "force", "war")[:1].sum() for pair in pairs])
    assert model_chance(held, both) == pytest.approx(1.0 - none, rel=1e-6)


def test_help_is_the_mean_over_the_pairs_and_years_of_the_window(held: Results) -> None:
    asked = replace(PLAIN, measure="help", targets=("EST", "LVA"))
    helped = [chances(held, "RUS", name, "help")[1:3].mean() for name in ("EST", "LVA")]
    assert model_chance(held, asked) == pytest.approx(float(np.mean(helped)), rel=1e-6)


def test_a_rate_is_a_mean_a_year_over_the_run(held: Results) -> None:
    rate = replace(PLAIN, figure="rate", first=1947.0, last=2026.0)
    assert model_chance(held, rate) == pytest.approx(chances(held, "RUS", "EST", "war").mean(), rel=1e-6)
    assert compared(held, table=[rate])[0].why == ""


def test_a_guarantor_is_drawn_in_by_wars_on_its_allies(held: Results) -> None:
    drawn = replace(PLAIN, challengers=("CHN",), targets=("USA",), measure="drawn in", first=2026.0, last=2027.0)
    allies = [ally for ally, patron in held.patrons.items() if patron == "USA"]
    faced = [ally for ally in allies if len(chances(held, "CHN", ally, "war"))]
    none = [1.0 - chances(held, "CHN", ally, "war")[0] * chances(held, "CHN", ally, "help")[0] for ally in faced]
    direct = chances(held, "CHN", "USA", "war")
    none += [1.0 - direct[0]] if len(direct) else []
    assert "TWN" in faced
    assert model_chance(held, drawn) == pytest.approx(1.0 - float(np.prod(none)), rel=1e-6)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"measure": ""}, "the model has no such event"),
        ({"measure": "ceasefire"}, "no such war is on in the run"),
        ({"targets": ("BRA",)}, "no pair of the run is meant"),
        ({"measure": "war won"}, f"fewer than {LEAST_WARS} wars drawn, too few for how they end"),
        ({"measure": "armed", "targets": ("IRN",)}, "nuclear status of allies, and none of them is meant"),
        ({"figure": "share"}, "a share of people, not a chance"),
        ({"figure": "loss"}, "a loss if it happens"),
        ({"last": 2026.4, "first": 2026.0}, "settled before the world's facts end"),
        ({"last": 2040.0}, "the run covers 23 % of the window"),
        ({"value": None}, "no figure was found"),
    ],
)
def test_what_cannot_be_compared_says_why(held: Results, changes: dict[str, object], why: str) -> None:
    (found,) = compared(held, table=[replace(PLAIN, **changes)])
    assert found.verdict is Verdict.NONE
    assert why in found.why


def test_inside_is_within_twice_the_odds_or_the_wider_range_of_its_own(held: Results) -> None:
    chance = model_chance(held, PLAIN)
    assert not isinstance(chance, Unkept)
    odds = chance / (1.0 - chance)
    far, near = (factor * odds / (1.0 + factor * odds) for factor in (2.2, 1.8))
    verdicts = {
        (far, None): Verdict.BELOW,
        (near, None): Verdict.INSIDE,
        (chance / 2.5, None): Verdict.ABOVE,
        (far, chance * 0.9): Verdict.INSIDE,
    }
    for (value, low), verdict in verdicts.items():
        assert compared(held, table=[replace(PLAIN, value=value, low=low)])[0].verdict is verdict


def test_figures_and_windows_are_told_as_they_are() -> None:
    assert outside(replace(PLAIN, value=0.135, low=0.13, high=0.14)) == "14 (13-14)"
    assert window(replace(PLAIN, first=2026 + 4 / 12, last=2027.5)) == "May 2026-Jun 2027"
    assert window(replace(PLAIN, first=2026.0, last=2027.0)) == "Jan-Dec 2026"
    assert event_of_model(PLAIN) == "a crisis that becomes war (RUS on EST)"


def test_the_command_prints_a_run_and_says_what_it_cannot(held: Results, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(held.folder.path)
    assert called("anchors", folder, "--ally", "Baltics", "--kind", "crowd") == 0
    assert "Russia annexes Baltic territory" in capsys.readouterr().out
    for arguments, says in {
        (folder, "--kind", "markets"): 'Did you mean "market"?',
        (folder, "--ally", "Balticks"): 'Did you mean "Baltics"?',
        (folder, "--ally", "NZL", "--kind", "record"): "no anchor is of that kind and about those states",
        (folder, "--futures", "5"): "--futures: does not apply with a run folder",
        (folder + "-none",): "no readable run here",
        ("--posture", "stedy"): 'Did you mean "steady"?',
    }.items():
        assert called("anchors", *arguments) == 2
        assert says in capsys.readouterr().err
