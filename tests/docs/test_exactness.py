"""What shows figures of futures says of which, and how exact: docs/exactness.md lists it all, and these open it."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from inspect import Parameter, signature
from pathlib import Path

import pytest

import studies
from foedus.anchors import compared
from foedus.charts import svg
from foedus.cli import anchors, pairs, tables
from foedus.cli.ablation import _table as mechanisms_table
from foedus.cli.app import app
from foedus.cli.explore import _frame as drivers_frame
from foedus.explore.drive import DriveIndex, Influence
from foedus.explore.inputs import Footing
from foedus.ledger import load_ledger
from foedus.report.report import page
from foedus.results import Results
from foedus.results.pairs import pair_chances
from foedus.results.stamp import chances_note
from foedus.study import compute
from foedus.world import World

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "exactness.md").read_text(encoding="utf-8")
ORIGIN = "16 futures, 2026-2028, ensemble record-2010, seed 5"
ERROR = re.compile(r"±|Monte Carlo (standard )?error")


@cache
def results() -> Results:
    return Results.of(compute(studies.study(futures=16, last=2028)))


def says_it(text: str) -> bool:
    """Whether a text says of which futures it is, and how exact."""
    flat = " ".join(text.split())
    return ORIGIN in flat and ERROR.search(flat) is not None


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?` \|$", PAGE, flags=re.MULTILINE)
    table = PAGE.partition("| Opened by |\n")[2].partition("\n\n")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(named) == len(rows) > 20
    for file, test in named:
        assert f"def {test or 'test_'}" in (ROOT / file).read_text(encoding="utf-8"), (file, test)


def test_every_command_is_listed() -> None:
    commands = {name for name in app.resolved_commands() if not name.startswith("-")}
    assert [name for name in sorted(commands) if not re.search(rf"[`, ]{name}[` ]", PAGE)] == []


def test_nobody_draws_a_chart_without_saying_what_it_is_of() -> None:
    assert signature(svg).parameters["known"].default is Parameter.empty


def test_the_tables_of_a_run_say_it(capsys: pytest.CaptureFixture[str]) -> None:
    tables.shown(results(), World.load(), 5, results().allies)
    assert says_it(capsys.readouterr().out)
    tables.as_json(results(), World.load(), results().allies)
    told = json.loads(capsys.readouterr().out)
    assert told["manifest"]["years"] == [2026, 2028]
    assert (told["futures"], told["manifest"]["seed"], told["manifest"]["ensemble"]) == (16, 5, "record-2010")
    assert all(row["loss"]["error"] >= 0.0 for row in told["headlines"])
    assert all("error" in rate for rate in told["base_rates"])


def test_frames_say_it_in_columns() -> None:
    frame = results().headline()
    stamps = {"futures": 16, "first_year": 2026, "last_year": 2028, "ensemble": "record-2010", "seed": 5}
    assert frame.select(*stamps).unique().to_dicts() == [stamps]
    assert {"loss_error", "difference_error", "war_error", "ground_error", "total_error"} <= set(frame.columns)


def test_the_chart_of_a_run_says_it_under_its_title() -> None:
    drawn = results().chart()
    assert says_it(" ".join(drawn.title.subtitle))
    assert "ensemble record-2010" in svg(drawn, results().known())


@pytest.mark.slow
def test_other_formats_say_it_in_attributes() -> None:
    for attributes in (results().to_pandas("region").attrs, results().to_xarray("region").attrs):
        assert {name: attributes[name] for name in results().stamps} == results().stamps
    assert "error" in results().to_pandas("region").columns
    assert results().to_iamc()["variable"].str.endswith("Standard Error of the Mean").any()


def test_every_chart_of_the_report_has_it_in_caption_and_file() -> None:
    text = unescape(page(results(), World.load()))
    figures = re.findall(r"<figure.*?</figure>", text, flags=re.DOTALL)
    of_futures = [figure for figure in figures if "the same in every future" not in figure]
    assert len(of_futures) >= 6
    for figure in of_futures:
        label, caption = (
            re.search(r"<svg [^>]*><desc>(.*?)</desc>", figure),
            re.search(r"<figcaption>(.*?)</figcaption>", figure),
        )
        assert label is not None
        assert caption is not None
        assert says_it(label.group(1))
        assert says_it(caption.group(1))
    for anchor in ("allies", "pairs", "conduct", "guarantor", "order", "posture", "rates"):
        (section,) = re.findall(rf"<section id={anchor}>.*?</section>", text, flags=re.DOTALL)
        assert ERROR.search(section), anchor
    assert ORIGIN in text.partition("</header>")[0]


def test_chances_of_pairs_and_outside_figures_say_it(capsys: pytest.CaptureFixture[str]) -> None:
    note = chances_note(results().points)
    pairs._shown(pair_chances(results()), 5, f"Chances; {results().origin}", (2026, 2028), note)
    assert says_it(capsys.readouterr().out)
    anchors._shown(compared(results()), f"retrench; {results().origin}", note)
    assert says_it(capsys.readouterr().out)


def test_the_table_of_mechanisms_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    mechanisms_table(studies.scenario(futures=16, last=2028), [])
    assert says_it(capsys.readouterr().out)


def test_files_of_drivers_say_it_in_columns() -> None:
    index = DriveIndex(0.2, 0.1, 0.15, 0.25)
    found = [Influence("moral_hazard", index, None, index, 0.3, Footing("A", None))]
    row = drivers_frame(found, load_ledger(), results()).to_dicts()[0]
    assert {name: row[name] for name in results().stamps} == results().stamps
    assert (row["alone_low"], row["alone_high"]) == (0.15, 0.25)
