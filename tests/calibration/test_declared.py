"""Every computed figure has an estimate or a reason; verdicts and intervals are what they say. No data needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from foedus.calibration import NOT_ESTIMATED, DeclaredEstimate, Measured, chosen, estimate, every_estimate
from foedus.calibration.declare import verdict
from foedus.calibration.measure import drawn_again, share
from foedus.calibration.pairs.structure import WITH_HOSTILITY
from foedus.cli import main
from foedus.errors import UnknownName
from foedus.ledger import load_ledger
from foedus.world import World

EVERY = every_estimate()


def test_every_parameter_graded_computed_is_estimated_and_what_cannot_be_is_an_assumption() -> None:
    computed = {p.name for p in load_ledger() if p.grade == "C"}
    estimated = {e.stands for e in EVERY if e.kind == "parameter"}
    assert computed <= estimated | {parameter.name for parameter in WITH_HOSTILITY}
    assert set(NOT_ESTIMATED) <= {p.name for p in load_ledger() if p.grade == "A"}


def test_every_base_rate_is_estimated() -> None:
    table = {f"{key[0]} {rate}" for key, rate in World.load().tables.latest("base_rates.csv")}
    assert {e.stands for e in EVERY if e.kind == "base rate"} == table


def test_estimates_have_names_of_their_own_and_a_recipe() -> None:
    assert len({e.name for e in EVERY}) == len(EVERY)
    assert all(len(e.recipe) > 20 and not e.recipe.endswith(".") for e in EVERY)
    assert all((e.stated is not None) == (e.kind == "figure") for e in EVERY)


@pytest.mark.parametrize(
    ("held", "value", "expected"),
    [(0.2, 0.19, "inside the interval"), (0.3, 0.19, "inside the range"), (0.3, 0.05, "drifted")],
)
def test_the_verdict_asks_the_interval_first_then_the_range(held: float, value: float, expected: str) -> None:
    measured = Measured(value, value - 0.02, value + 0.02, 10, "")
    assert verdict(held, 0.1, 0.35, measured) == expected


def test_an_estimate_at_its_bound_is_never_called_inside_the_interval() -> None:
    measured = Measured(0.5, 0.43, 0.5, 23, "", at_bound=True)
    assert verdict(0.5, 0.42, 0.58, measured) == "at its bound"


def test_a_figure_without_a_range_drifts_as_soon_as_it_leaves_the_interval() -> None:
    assert verdict(0.3, None, None, Measured(0.2, 0.15, 0.25, 10, "")) == "drifted"


@pytest.mark.parametrize(("events", "cases"), [(4, 618), (29, 841), (0, 35), (35, 35)])
def test_the_interval_of_a_share_is_wilsons(events: int, cases: int) -> None:
    found = share([1] * events + [0] * (cases - events))
    low, high = proportion_confint(events, cases, method="wilson")
    assert (found.value, found.events, found.rows) == (events / cases, events, cases)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)


def test_a_share_of_cases_told_ten_times_is_no_surer_than_told_once() -> None:
    event = (np.arange(200) % 4 == 0).astype(int)
    once, often = share(event), share(np.repeat(event, 10), np.repeat(np.arange(200), 10))
    assert often.high - often.low == pytest.approx(once.high - once.low, rel=0.01)


def test_a_bootstrap_of_one_group_drawn_whole_has_no_width() -> None:
    found = drawn_again(lambda c: float(c[0].mean()), [np.arange(5.0)], [1, 1, 1, 1, 1], draws=20)
    assert (found.value, found.low, found.high) == (2.0, 2.0, 2.0)


def test_a_parameter_may_be_asked_for_by_name_and_brings_all_behind_it() -> None:
    assert [e.name for e in chosen(["adjustment"])] == ["adjustment", "adjustment, bias of short panels out"]
    with pytest.raises(UnknownName, match='Did you mean "adjustment"'):
        chosen(["adjustmnt"])


def test_a_missing_file_is_a_reason_and_not_a_verdict(tmp_path: Path) -> None:
    (found,) = estimate(tmp_path, chosen(["war_support_need"]))
    assert found.verdict == "not re-estimated"
    assert found.measured is None
    assert "sipri_milex_excerpt.csv: no such file" in found.reason


def test_drift_is_named_and_ends_the_command_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = DeclaredEstimate(
        "speed", "a made-up recipe", lambda _: Measured(0.9, 0.85, 0.95, 40, "made up"), "adjustment"
    )
    monkeypatch.setattr("foedus.cli.estimate.chosen", lambda _: (made,))
    with pytest.raises(SystemExit) as stop:
        main(["estimate", "speed", "--data", str(tmp_path)])
    assert stop.value.code == 1
    assert "drifted: speed (adjustment) is held at 0.2, re-estimated at 0.9 (0.85, 0.95)" in capsys.readouterr().out


def test_an_estimate_at_its_bound_is_named_and_is_no_drift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = DeclaredEstimate(
        "speed", "a made-up recipe", lambda _: Measured(0.5, 0.2, 0.5, 40, "made up", at_bound=True), "adjustment"
    )
    monkeypatch.setattr("foedus.cli.estimate.chosen", lambda _: (made,))
    main(["estimate", "speed", "--data", str(tmp_path)])
    said = " ".join(capsys.readouterr().out.split())
    assert "at its bound: speed (adjustment) is held at 0.2; the search ended at 0.5" in said
    assert "1 at its bound." in said
    main(["estimate", "speed", "--data", str(tmp_path), "--json"])
    body = json.loads(capsys.readouterr().out)
    assert (body["at_its_bound"], body["drifted"]) == (["speed"], [])
    assert body["estimates"][0]["measured"]["at_bound"] is True


def test_agreement_ends_the_command_with_nothing_and_writes_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = DeclaredEstimate(
        "speed", "a made-up recipe", lambda _: Measured(0.21, 0.18, 0.24, 40, "made up"), "adjustment"
    )
    monkeypatch.setattr("foedus.cli.estimate.chosen", lambda _: (made,))
    out = tmp_path / "table.csv"
    main(["estimate", "speed", "--data", str(tmp_path), "--json", "--out", str(out)])
    (row,) = json.loads(capsys.readouterr().out)["estimates"]
    assert (row["verdict"], row["measured"]["value"], row["held"]) == ("inside the interval", 0.21, 0.2)
    assert out.read_text(encoding="utf-8").splitlines()[1].startswith("speed,parameter,adjustment,0.2,0.1,0.35,0.21")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "table.xlsx"], "must end in .json, .parquet, .csv, .csv.gz or .dta"),
        (["--out", "nowhere/table.csv"], "there is no folder nowhere"),
        (["--data", "nowhere"], "nowhere: no such data folder"),
        (["adjustmnt"], 'Did you mean "adjustment"'),
    ],
)
def test_bad_input_ends_with_two_and_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["estimate", *words])
    assert stop.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_bare_install_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("foedus.cli.estimate.find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stop:
        main(["estimate"])
    assert stop.value.code == 2
    assert 'estimates need statsmodels: pip install "foedus[history]"' in capsys.readouterr().err


def test_help_and_import_do_not_wait_for_the_estimators() -> None:
    code = (
        "import sys, foedus, foedus.cli.app; "
        "print([m for m in ('statsmodels', 'pandas', 'sklearn', 'firthmodels', 'scipy', 'polars') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
