"""`beside`: what second guarantors give, by whom, to whom and when; and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.errors import InputError
from foedus.posture import Scenario
from foedus.posture.beside import Beside, levels_beside
from foedus.posture.schedule import Schedule
from foedus.posture.writing import scenario_text
from foedus.study import prepare
from foedus.terms import Channel

ENDS = (("FRA", "POL", "Europe"), ("FRA", "EST", "Europe"), ("GBR", "EST", "Europe"))
YEARS = range(2026, 2031)


def levels(*changes: Beside) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return levels_beside(changes, ENDS, YEARS)


def test_a_level_is_absolute_and_what_was_there_holds_before_its_first_date() -> None:
    factor, found, troops = levels(Beside("FRA", "POL", "nuclear", Schedule((2028, 2030), (0.6, 1.0))))
    assert found[:, 0, Channel.NUCLEAR] == pytest.approx([np.nan, np.nan, 0.6, 0.8, 1.0], nan_ok=True)
    assert np.isnan(np.delete(found, Channel.NUCLEAR, axis=2)).all()
    assert np.isnan(found[:, 1:]).all()
    assert np.isnan(troops).all()
    assert (factor == 1.0).all()


def test_all_multiplies_what_is_there_from_its_first_date_and_orders_no_level() -> None:
    factor, found, troops = levels(Beside("all", "EST", "all", Schedule((2027,), (0.0,))))
    assert factor[:, 0].tolist() == [1.0] * 5
    assert factor[:, 1].tolist() == factor[:, 2].tolist() == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert np.isnan(found).all()
    assert np.isnan(troops).all()


def test_one_guarantor_beats_all_of_them_and_an_ally_beats_its_region() -> None:
    _, found, _ = levels(
        Beside("FRA", "EST", "arms", Schedule((0,), (0.1,))),
        Beside("FRA", "Europe", "arms", Schedule((0,), (0.2,))),
        Beside("all", "EST", "arms", Schedule((0,), (0.3,))),
    )
    assert found[0, :, Channel.ARMS] == pytest.approx([0.2, 0.1, 0.3])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("FRAN = { all = 0.0 }", r"bad.toml:2  posture.beside.FRAN: no such second guarantor"),
        ("FRA = { POL = { nuke = 1.0 } }", r"bad.toml:2  posture.beside.FRA.POL.nuke: no such channel"),
        ("FRA = { all = 3.0 }", r"bad.toml:2  posture.beside.FRA.all: 3 lies outside 0 to 2"),
        ("FRA = { nuclear = 1.2 }", r"bad.toml:2  posture.beside.FRA.nuclear: 1.2 lies outside 0 to 1"),
        ("FRA = { arms = { 2027 = 1.0, 2026 = 1.0 } }", r"bad.toml:2  .*years must increase"),
        (
            "USA = { all = 0.0 }",
            r"posture.beside.USA.all: USA is no second guarantor here. Second guarantors: AUS",
        ),
        (
            "FRA = { JPN = { all = 0.0 } }",
            r"posture.beside.FRA.JPN.all: covers no ally that it guarantees beside",
        ),
        ("FRA = { arms = { 2060 = 1.0 } }", r"beside.FRA.all.arms: begins in 2060, after the years that are run"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(f"[posture.beside]\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        prepare(Scenario.read(tmp_path / "bad.toml"))


def test_what_a_file_says_of_second_guarantors_is_what_is_written_of_it(tmp_path: Path) -> None:
    text = "[posture.beside.FRA]\nnuclear = 0.5\n[posture.beside.FRA.POL]\ntroops = { 2026 = 0.0, 2030 = 5000.0 }\n"
    (tmp_path / "one.toml").write_text(text, encoding="utf-8")
    scenario = Scenario.read(tmp_path / "one.toml")
    (tmp_path / "two.toml").write_text(scenario_text(scenario), encoding="utf-8")
    assert Scenario.read(tmp_path / "two.toml").posture.beside == scenario.posture.beside
