"""The table of constants that are not parameters agrees with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import constants
from constants import CONSTANTS, Constant, lost, shown, unlisted
from foedus.ledger import load_ledger

ROOT = Path(__file__).parents[2]


def test_every_listed_constant_still_stands_in_the_code() -> None:
    assert lost() == [], "tools/constants.py lists what the code has no more"


def test_every_number_of_engine_and_equations_is_in_the_ledger_or_in_the_table() -> None:
    assert unlisted() == [], "declare it in the ledger or, with a reason, in tools/constants.py"


def test_a_number_nobody_listed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "CONSTANTS", tuple(c for c in CONSTANTS if c.code != "OFFER_CAP"))
    (found,) = unlisted()
    assert found.startswith("engine/concessions.py:")
    assert "OFFER_CAP = 0.2" in found


def test_a_value_that_changed_in_the_code_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = Constant("1.3 * habit", "equations/effort.py", "a public bears three tenths more than it is used to")
    gone = Constant("HINDERED_WAR_SHARE", "engine/crises.py", "of something")
    monkeypatch.setattr(constants, "CONSTANTS", (changed, gone))
    assert lost() == ["equations/effort.py: 1.3 * habit", "engine/crises.py: HINDERED_WAR_SHARE"]


def test_a_named_constant_is_shown_with_its_value() -> None:
    held = {c.code: shown(c) for c in CONSTANTS}
    assert held["PATRON_FIT"] == "`PATRON_FIT` 0.8"
    assert held["THEATRE_WEIGHTS"] == "`THEATRE_WEIGHTS` [[0.45, 0.25, 0.1, 0.2], [0.1, 0.35, 0.35, 0.2]]"
    assert held["CHANNEL_SPEED"].startswith("`CHANNEL_SPEED` pledge 0.05, troops 0.25, ")


def test_a_reason_names_parameters_that_exist() -> None:
    parameters = load_ledger().parameters
    for constant in CONSTANTS:
        assert set(re.findall(r"`(\w+)`", constant.why)) <= set(parameters), constant.code
