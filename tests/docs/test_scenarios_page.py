"""The reference of scenario files: every key the reader accepts is on the page, no other, and every example loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foedus import terms
from foedus.equations.hedging import OPTIONS
from foedus.errors import InputError
from foedus.posture import Scenario, preset_names
from foedus.posture.bounds import MOST_FUTURES, MOST_SEED
from foedus.posture.doctrine import MEASURES, PARTS
from foedus.posture.posture import EVERYWHERE, LIMITS, REMEDIES
from foedus.posture.reading import KEYS
from foedus.study import prepare
from foedus.world.figures import FIGURES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
TABLES = ("doctrine", "events", "wars", "parameters", "uncertain", "world")


def rows(title: str) -> dict[str, str]:
    """First cell of each row of the table headed `title`, with the rest of the row."""
    _, _, rest = PAGE.partition(f"\n| {title} |")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return {line.split("`")[1]: line for line in lines}


def section(title: str) -> str:
    """Text under a heading."""
    return PAGE.partition(f"\n## {title}")[2].partition("\n## ")[0]


def test_every_part_of_a_scenario_is_described_and_no_other() -> None:
    headings = {name for name in TABLES if f"`[{name}]`" in PAGE}
    assert headings == set(TABLES)
    assert set(rows("Key")) | headings == set(KEYS)


@pytest.mark.parametrize(
    ("title", "legal"),
    [
        ("Channel", (*terms.CHANNELS, EVERYWHERE)),
        ("Remedy", REMEDIES),
        ("Preset", preset_names()),
        ("Measure", MEASURES),
        ("Figure", tuple(FIGURES)),
    ],
)
def test_a_table_lists_what_the_reader_accepts_and_no_other(title: str, legal: tuple[str, ...]) -> None:
    assert set(rows(title)) == set(legal)


def test_every_key_of_a_posture_and_of_a_doctrine_has_a_row() -> None:
    posture = set(re.findall(r"^\| `(\w+)` \|", section("`[posture]`"), flags=re.MULTILINE))
    keys = {*LIMITS, "guarantor", "remedies", "beside", "base", "switch_off", EVERYWHERE, *terms.CHANNELS, *REMEDIES}
    assert posture - set(preset_names()) == keys
    doctrine = set(re.findall(r"^\| `(\w+)` \|", section("`[doctrine]`"), flags=re.MULTILINE))
    assert doctrine == {*PARTS, *MEASURES}
    assert set(re.findall(r"`(\w+)`", section("`[doctrine]`").partition("Options: ")[2].partition(". A plain")[0])) == (
        set(OPTIONS)
    )


def test_units_and_ranges_are_those_the_reader_checks() -> None:
    for name, row in rows("Figure").items():
        assert f"| {FIGURES[name].unit} | {FIGURES[name].low:g} to {FIGURES[name].high:g} |" in row
    for name, (low, high) in LIMITS.items():
        assert f"| {low:g} to {high:g} |" in re.findall(rf"^\| `{name}` .*$", PAGE, flags=re.MULTILINE)[0]


def test_every_region_is_named() -> None:
    assert all(f"`{region}`" in PAGE for region in terms.REGIONS)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_loads(number: int, tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(EXAMPLES[0], encoding="utf-8")
    path = tmp_path / "example.toml"
    path.write_text(EXAMPLES[number], encoding="utf-8")
    scenario = Scenario.read(path)
    if scenario.overlay is None:
        assert prepare(scenario).patrons


def test_examples_use_every_key_the_page_describes() -> None:
    used = set(re.findall(r"^\[*(\w+)", "\n".join(EXAMPLES), flags=re.MULTILINE))
    assert set(KEYS) <= used
    assert {*LIMITS, *REMEDIES, *PARTS, "base", "switch_off", "all", *terms.CHANNELS} <= used


@pytest.mark.parametrize("line", re.findall(r"^\| `(.+?)` \|", section("What is refused"), flags=re.MULTILINE))
def test_every_line_that_the_page_calls_refused_is_refused_and_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "refused.toml"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as complaint:
        prepare(Scenario.read(path))
    assert line.split("=")[0].split(".")[0].strip() in str(complaint.value)


def test_the_page_gives_the_bounds_of_futures_and_of_the_seed() -> None:
    assert f"| whole, 1 to {MOST_FUTURES} |" in PAGE
    assert f"| whole, 0 to {MOST_SEED} |" in PAGE
