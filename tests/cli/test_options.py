"""What a command is asked it does, or says why not: options that would be ignored, members twice, other spellings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus import cli
from foedus.cli.panel import _years
from foedus.names import state_named
from foedus.study import Stopped
from foedus.world import World

SMALL = ("--futures", "4", "--years", "2026:2026")
STATES = World.load().states


def foedus(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, and what is said on each stream."""
    capsys.readouterr()
    try:
        cli.main(words)
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("runs")
    for posture in ("retrench", "surge"):
        cli.main(["run", posture, *SMALL, "--out", str(folder / posture)])
    return str(folder / "retrench"), str(folder / "surge")


@pytest.mark.parametrize(
    "option",
    [
        ("--futures", "16"),
        ("--years", "2026:2030"),
        ("--seed", "3"),
        ("--threads", "1"),
        ("--without", "R17"),
        ("--engine", "numpy"),
    ],
)
def test_options_of_a_run_are_refused_where_run_folders_are_read(
    option: tuple[str, str], runs: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for folders in (runs, runs[:1]):
        code, _, err = foedus(capsys, "compare", *folders, *option)
        assert code == 2
        why = "does not apply with run folders, which are reloaded as they were run. Leave it out"
        assert err == f"foedus: {option[0]}: {why}\n"


def test_one_folder_under_two_names_is_no_comparison(
    runs: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(runs[0]).parent)
    code, _, err = foedus(capsys, "compare", "retrench", runs[0])
    assert code == 2
    assert "are one folder. Name two; one run folder alone shows the sides it holds" in err
    code, _, err = foedus(capsys, "report", runs[0], "--out", "r.pdf")
    assert (code, err) == (2, 'foedus: r.pdf: the ending is ".pdf"; what is written is .html\n')


@pytest.mark.parametrize("how", [(), ("--shard", "1/2"), ("--until", "5%")])
def test_an_engine_nobody_declared_is_refused_however_a_run_is_made(
    how: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "run")
    code, _, err = foedus(capsys, "run", "retrench", *SMALL, *how, "--engine", "compile", "--out", out)
    assert code == 2
    assert err == 'foedus: "compile": no such engine. Did you mean "compiled"? Engines: auto, eager, numpy, compiled\n'
    assert not Path(out).exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("exposure", "POL", "--share", "equal"), "--share: does not apply with the account alone"),
        (("exposure", "POL", "--pool", "alone"), "--pool: does not apply with the account alone"),
        (("exposure", "POL", "--replace", "mass", "--channel", "arms"), "--channel: does not apply with --replace"),
        (("exposure", "POL", "--explain", "exposure", "--channel", "arms"), "--channel: does not apply with --explain"),
        (("exposure", "Europe", "--against", "RUS"), "--against: does not apply with a region"),
        (("exposure", "POL", "--replace", "mass", "--share", "POL=nan"), "share of POL: nan is not a finite number"),
        (("exposure", "POL", "--replace", "mass", "--share", "POL=-0.1"), "share of POL: -0.1 lies outside 0 to 1"),
        (("exposure", "POL", "--replace", "mass", "--share", "POL=0.1,pol=0.2"), "share of pol is given twice"),
        (("exposure", "POL", "--set", "output_growth=nan"), "output_growth is set to nan; its range is"),
        (("exposure", "POL", "--set", "output_growth=0.3", "--set", "output_growth=0.2"),
         "output_growth: is set twice"),
        (("sources", "POL", "--missing", "--assumed"), "--assumed: does not apply with --missing"),
        (("sources", "POL", "--missing", "--grade", "V"), "--grade: does not apply with --missing"),
        (("validate", "--list", "--stored"), "--stored: does not apply with --list"),
        (("validate", "--stored", "--draws", "50"), "--draws: does not apply with --stored"),
        (("panel", "--list", "--years", "1946:1950"), "--years: does not apply with --list"),
        (("panel", "--files", "--out", "x.csv"), "--out: does not apply with --files"),
        (("exposure", "EU", "NATO"), "more words than it takes: NATO. See: foedus exposure --help"),
        (("table", "nothere"), "nothere: no readable run here"),
        (("table", "--measures", "loss"), "--measures: does not apply with the list of measures"),
        (("brief", "POL", "--explain", "exposure", "--html", "x.html"), "--html: does not apply with --explain"),
        (("compare", "retrench", "--without", "R17", "--without", "r17"), "R17 is given twice"),
        (("compare", "retrench", "--futures", "100000000"), "--futures 100000000 lies above 10,000,000"),
        (("run", "retrench", "--futures", "9" * 300), "--futures a whole number of about 301 digits lies above"),
        (("run", "retrench", "--threads", "100000000"), "--threads 100000000 lies above 1,024"),
        (("anchors", "--ally", "EST", "--ally", "est"), "EST is given twice. Give it once"),
        (("anchors", "--kind", "market", "--kind", "market"), "market is given twice"),
        (("panel", "--add", "nmc", "nmc", "--years", "1946:1946", "--out", "x.csv"), "nmc is given twice"),
        (("advise", "EST", "est"), "EST is given twice. Give it once"),
        (("pairs", "RUS", "rus"), "RUS and rus are one state"),
        (("estimate", "precision", "precision"), "precision is given twice"),
        (("validate", "onset", "onset", "--list"), "onset is given twice"),
        (("data", "get", "cow_nmc", "cow_nmc"), "cow_nmc is given twice"),
        (("exposure", "POL", "--replace", "mass", "--pool", "POL,POL"), "pool POL, POL: names POL twice"),
        (("ledger", "--record", "record-2010", "--grade", "V"), "--grade: does not apply with --record"),
        (("panel", "--files", "--directed"), "--directed: does not apply with --files"),
        (("panel", "state-year", "--directed", "--years", "1946:1946", "--out", "x.csv"),
         "--directed: a state-year panel has no other order of a pair"),
        (("validate", "--stored", "--out", "x.csv"), 'x.csv: the ending is ".csv"; what is written is .json'),
        (("brief", "EST", "--html", "b.pdf"), 'b.pdf: the ending is ".pdf"; what is written is .html'),
    ],
)  # fmt: skip
def test_what_would_be_ignored_or_cannot_be_is_refused_in_one_line(
    words: tuple[str, ...],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = foedus(capsys, *words)
    assert (code, err.count("\n")) == (2, 1)
    assert says in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("word", "code"),
    [("Türkiye", "TUR"), ("turkiye", "TUR"), ("Turkey", "TUR"), ("tur", "TUR"), ("UK", "GBR"), ("Great Britain", "GBR"),
     ("the Netherlands", "NLD"), ("United States of America", "USA"), ("Republic of Korea", "KOR"), ("Viet Nam", "VNM"),
     ("Russian Federation", "RUS"), ("czech  republic", "CZE"), ("CÔte d’Ivoire", None), ("Polland", None)],
)  # fmt: skip
def test_a_state_is_known_by_code_name_and_other_names(word: str, code: str | None) -> None:
    assert state_named(word, STATES.iso3, STATES.name) == code


def test_the_register_of_a_world_that_has_it_knows_cote_divoire() -> None:
    for word in ("Côte d'Ivoire", "cote d’ivoire", "Ivory Coast", "civ"):
        assert state_named(word, ["CIV", "POL"], ["Ivory Coast", "Poland"]) == "CIV"


@pytest.mark.parametrize(
    ("capitals", "small"),
    [
        (("sources", "POL", "--grade", "V"), ("sources", "pol", "--grade", "v")),
        (("sources", "TUR", "--missing"), ("sources", "Türkiye", "--missing")),
        (("exposure", "POL", "--against", "RUS"), ("exposure", "poland", "--against", "russia")),
        (("exposure", "POL", "--replace", "mass", "--pool", "POL,EST"),
         ("exposure", "pol", "--replace", "mass", "--pool", "pol,est")),
    ],
)  # fmt: skip
def test_codes_in_small_letters_and_names_give_the_same(
    capitals: tuple[str, ...], small: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert foedus(capsys, *capitals, "--json") == foedus(capsys, *small, "--json")


def test_years_are_written_with_a_colon_or_a_hyphen_at_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digests = []
    for sign in ":-":
        out = tmp_path / f"run{ord(sign)}"
        words = ("run", "retrench", "--futures", "4", "--years", f"2026{sign}2026", "--out", str(out), "--json")
        digests.append(json.loads(foedus(capsys, *words)[1])["manifest"]["digest"])
    assert digests[0] == digests[1]
    assert _years("1946-1950") == _years("1946:1950") == (1946, 1950)


@pytest.mark.parametrize(("error", "code"), [(MemoryError(), 2), (ZeroDivisionError("x"), 1)])
def test_full_memory_is_the_users_and_what_is_ours_says_what_to_do(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("foedus.cli.lists.list_postures", fail)
    found, _, err = foedus(capsys, "postures")
    assert found == code
    assert err.startswith(
        "foedus: internal error: ZeroDivisionError: x. Please report" if code == 1 else "foedus: memory"
    )


def test_a_command_that_is_stopped_says_so_whatever_it_was_doing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("foedus.cli.lists.list_postures", stopped)
    assert foedus(capsys, "postures") == (130, "", "\nstopped\n")
    monkeypatch.setattr("foedus.cli.progress.run", lambda *_, **__: (_ for _ in ()).throw(Stopped))
    assert foedus(capsys, "pairs", "RUS", *SMALL) == (130, "", "\nstopped\n")


@pytest.mark.parametrize("columns", ["0", "", "wide", "-3"])
def test_a_width_that_cannot_be_is_as_if_none_were_said(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    plain = foedus(capsys, "world", "europe")
    assert "Estonia" in plain[1]
    monkeypatch.setenv("COLUMNS", columns)
    assert foedus(capsys, "world", "europe") == plain
