"""Two sides that differ in more than a posture: the same luck, each side's own rules, and names that say so."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

import studies
from foedus.cli import main
from foedus.errors import InputError, RunFolderError
from foedus.posture import Scenario
from foedus.results import Results, answer
from foedus.results.ablation import ablate
from foedus.study import prepare, run
from foedus.study.belonging import MANIFEST

HEAD = 'posture = "retrench"\nyears = "2026-2028"\nfutures = 8\nstates = ["USA", "RUS", "POL", "EST", "DEU", "LVA"]\n'
POOL = HEAD + 'without = ["R29"]\n[against]\nwithout = []\n'


def read(text: str, folder: Path) -> Scenario:
    path = folder / "asked.toml"
    path.write_text(text, encoding="utf-8")
    return Scenario.read(path)


def ran(text: str, folder: Path) -> Results:
    run(prepare(read(text, folder)), folder / "run", threads=1)
    return Results.open(folder / "run")


def alone(text: str, folder: Path) -> dict[str, str]:
    """Hashes of the tables of a run of one posture."""
    folder.mkdir()
    run(prepare(read(text, folder)), folder / "run", threads=1)
    return studies.bytes_of(folder / "run")


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        (
            'without = ["R29"]\n[world.EST]\nwarheads = 50.0\n',
            "[world.POL]\nwarheads = 10.0\n",
            "without = []\n[against.world.POL]\nwarheads = 10.0\n",
        ),
        (
            "[doctrine.Baltics]\nspending = 0.06\n[events.RUS]\nEST = 0.2\n",
            "[parameters]\nprecision = 8.0\n",
            "doctrine = {}\nevents = {}\n[against.parameters]\nprecision = 8.0\n",
        ),
    ],
)
def test_each_side_has_the_bytes_of_a_run_of_its_own(own: str, other: str, said: str, tmp_path: Path) -> None:
    one = HEAD.replace("futures", 'against = "none"\nfutures')
    mine, its = alone(one + own, tmp_path / "own"), alone(one + other, tmp_path / "other")
    held = studies.bytes_of(ran(f"{HEAD}{own}[against]\n{said}", tmp_path).folder.path)
    assert mine.items() <= held.items()
    assert {name: value for name, value in held.items() if "/against/" in name} == {
        name.replace("/posture/", "/against/"): value for name, value in its.items() if "parameters" not in name
    }


def test_a_side_is_called_by_what_it_says_where_they_differ(tmp_path: Path) -> None:
    results = ran(POOL, tmp_path)
    assert results.roles == {"posture": "retrench without R29", "against": "retrench"}
    assert results.differences == ("the mechanisms switched off (R29 and none)",)
    assert answer.apart(results) == (
        "The two sides differ in more than the posture: the mechanisms switched off (R29 and none)."
    )
    assert json.loads((results.folder.path / MANIFEST).read_text())["other"]["scenario"]["without"] == []


def test_a_part_that_is_given_as_the_scenario_has_it_makes_no_difference(tmp_path: Path) -> None:
    scenario = read(HEAD + 'without = ["R29"]\n[against]\nbase = "steady"\nwithout = ["R29"]\n', tmp_path)
    assert scenario.differing == ()
    assert prepare(scenario).against is None


def test_another_side_compared_with_is_another_run(tmp_path: Path) -> None:
    ran(POOL, tmp_path)
    with pytest.raises(RunFolderError, match="what differs on the side compared with"):
        ran(POOL.replace("without = []", 'without = ["R17"]'), tmp_path)


def test_rows_switched_off_for_a_run_are_off_on_both_sides(tmp_path: Path) -> None:
    scenario = read(POOL, tmp_path).switching_off(["R17"])
    assert scenario.without == ("R29", "R17")
    assert scenario.side("against").without == ("R17",)


def test_ablation_of_two_sides_switches_a_row_off_on_both(tmp_path: Path) -> None:
    study = prepare(read(POOL, tmp_path))
    assert {c.measure: c.mean for c in ablate(study, ["R29"], threads=1)}["loss"] != 0.0


def test_what_one_side_does_leaves_a_scenario_without_sides_as_it_was(tmp_path: Path) -> None:
    scenario = read(HEAD, tmp_path)
    assert scenario.other.empty
    assert scenario.side("against").but(other=scenario.other) == scenario


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[against]\nwithout = ["R99"]\n', "against.without"),
        ("[against.parameters]\nprecison = 8.0\n", 'Did you mean "precision"?'),
        ("[against.parameters]\nprecision = [1.0, 2.0]\n", "both sides share what is sampled"),
        ("[against.parameters]\nstake_share_of_gdp = 0.2\n", "the unit of both sides' losses"),
        ("[against.world.POL]\nwarhead = 5.0\n", 'Did you mean "warheads"?'),
        ("[against.world.PLO]\nwarheads = 5.0\n", 'Did you mean "POL"?'),
        ("[against.doctrine.JPN]\nspending = 0.05\n", "doctrine.JPN: covers no ally"),
        ("[against]\noverlay = 'facts'\n", "against.overlay"),
        ("[against.events.RUS]\nJPN = 0.5\n", "events.RUS.JPN"),
    ],
)
def test_what_a_side_cannot_be_is_refused_and_named(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as complaint:
        prepare(read(HEAD + text, tmp_path))
    assert says in str(complaint.value)


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ('posture = "retrench"\nagainst = "retrench"\n', True),
        ('posture = "retrench"\nwithout = ["R29"]\n[against]\nwithout = []\n', False),
    ],
)
def test_sides_that_differ_in_nothing_warn(
    text: str, warned: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "same.toml"
    path.write_text(text + HEAD.partition("\n")[2] if "[against]" not in text else POOL, encoding="utf-8")
    main(["run", str(path), "--out", str(tmp_path / "run"), "--threads", "1"])
    assert ("both sides are the same in everything" in capsys.readouterr().err) == warned


def test_pairs_of_the_side_compared_with_are_its_own(tmp_path: Path) -> None:
    results = ran(POOL, tmp_path)
    own, other = (
        results.pair_years(role).filter(pl.col("target") == "EST")["war"].sum() for role in ("posture", "against")
    )
    assert own > other
