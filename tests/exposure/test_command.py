"""The command: 80 columns, JSON for every table, one clear line for bad input."""

from __future__ import annotations

import json
import re

import pytest

from foedus.cli import main
from foedus.cli.plain import table

ASKED = [
    ["exposure", "POL"],
    ["exposure", "Taiwan"],
    ["exposure", "Middle East"],
    ["exposure", "EST", "--channel", "intelligence"],
    ["exposure", "EST", "--channel", "nuclear"],
    ["exposure", "Europe", "--channel", "sustainment"],
    ["exposure", "JPN", "--explain", "air-defence"],
    ["exposure", "Europe", "--replace", "contribution"],
    ["exposure", "POL", "--replace", "enablers", "--share", "threat"],
    ["exposure", "EST", "--replace", "mass", "--pool", "alone"],
    ["exposure", "SAU", "--replace", "mass", "--pool", "Gulf"],
    ["exposure", "POL", "--replace", "contribution", "--explain", "combat-aircraft"],
    ["exposure", "United Arab Emirates"],
    ["exposure", "KOR", "--set", "tolerable_chance=0.2"],
]


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_output_fits_eighty_columns(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(arguments)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 80, max(lines, key=len)


@pytest.mark.parametrize("preset", ["enablers", "contribution", "mass"])
def test_no_item_of_a_bill_has_its_name_cut(preset: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["exposure", "POL", "--replace", preset, "--json"])
    names = [line["name"] for line in json.loads(capsys.readouterr().out)["lines"] if line["quantity"]["value"] > 0.0]
    main(["exposure", "POL", "--replace", preset])
    bill = capsys.readouterr().out.partition("\n\nPurchase")[0].rpartition("-----\n")[2]
    column = " ".join(re.split(r"  +(?=\d)", line)[0].strip() for line in bill.splitlines())
    assert names
    assert all(name in column for name in names)


def test_a_long_name_goes_on_below_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    table(("", "a very wide heading " * 3), [("surface-to-air batteries", "1"), ("tanks", "2")])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "surface-to-air" + " " * 65 + "1",
        "  batteries",
        "tanks" + " " * 74 + "2",
        "",
    ]


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_every_table_is_given_as_json_too(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main([*arguments, "--json"])
    assert json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exposure", "PLO"], 'Did you mean "POL"'),
        (["exposure", "RUS"], "no power guarantees Russia"),
        (["exposure", "POL", "--channel", "inteligence"], 'Did you mean "intelligence"'),
        (["exposure", "POL", "--explain", "air-defense"], "Did you mean"),
        (["exposure", "POL", "--replace", "mas"], 'Did you mean "mass"'),
        (["exposure", "POL", "--replace", "mass", "--share", "gpd"], 'Did you mean "gdp"'),
        (["exposure", "POL", "--replace", "mass", "--pool", "DEU,XXX"], "no such state"),
        (["exposure", "--replace", "mass"], "needs an ally, a region or a group"),
        (["exposure", "Europe", "--explain", "land"], "--explain needs one ally"),
        (["exposure", "POL", "--against", "JPN"], "no such challenger"),
        (["exposure", "POL", "--set", "output_grwth=0.2"], 'Did you mean "output_growth"'),
        (["exposure", "POL", "--set", "output_growth"], 'has no "="'),
        (["exposure", "POL", "--set", "output_growth=fast"], "write NAME=VALUE"),
    ],
)
def test_bad_input_ends_with_two_and_one_clear_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    error = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said in error
    assert error.count("\n") == 1


def test_the_explanation_as_json_names_every_parent(capsys: pytest.CaptureFixture[str]) -> None:
    main(["exposure", "EST", "--explain", "land", "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert all(parent < row["id"] for row in rows for parent in row["parents"])
    assert any(row["sources"] == ["cow_nmc", "sipri_milex2026"] for row in rows)


def test_an_account_names_the_hindcasts_of_its_ally_that_failed(capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for ally in ("TWN", "SAU"):
        main(["exposure", ally])
        said[ally] = " ".join(capsys.readouterr().out.split())
    assert (
        "the model fails saigon-and-carter-1975 (rise in nuclear status of Korea and Taiwan, 1978: 0.0195, "
        in said["TWN"]
    )
    assert "Run on its own past" not in said["SAU"]
