"""Names of the first release that have moved: they work, are the same objects, and say where they went."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import foedus.history
from foedus.history import MOVED

MOVES = [
    ("from foedus.history.panel import dyad_years as it", "panel", "panels", "dyad_years"),
    ("from foedus.history.panel.build import dyad_years as it", "panel.build", "panels.build", "dyad_years"),
    ("from foedus.history.strategic import egame12 as it", "strategic", "estimators.strategic", "egame12"),
    ("from foedus.history.worlds import world_of as it", "worlds", "past", "world_of"),
    ("from foedus.history.hindcast import registered as it", "hindcast", "hindcasts", "registered"),
    ("from foedus.history.estimate import estimate as it", "estimate", "calibration", "estimate"),
    ("from foedus.history.estimators import logit as it", "estimators", "estimators", "logit"),
    (
        "from foedus.history.baselines import onset_frame as it",
        "baselines.onset_frame",
        "panels.samples.onset_frame",
        "",
    ),
    (
        "from foedus.history.estimators.joiners import intervention as it",
        "estimators.joiners.intervention",
        "estimators.specifications.intervention",
        "",
    ),
    ("import foedus.history; it = foedus.history.scores.brier", "scores", "estimators.scores", "brier"),
    ("import foedus; it = foedus.history.panel.Panel", "panel", "panels", "Panel"),
]


@pytest.mark.parametrize(("statement", "old", "new", "name"), MOVES, ids=[move[0] for move in MOVES])
def test_an_old_name_is_the_same_object_and_warns_at_the_callers_line(
    tmp_path: Path, statement: str, old: str, new: str, name: str
) -> None:
    script = tmp_path / "scholar.py"
    home, _, held = f"foedus.{new}.{name}".strip(".").rpartition(".")
    script.write_text(f"\n{statement}\nfrom {home} import {held}\nassert it is {held}\n")
    found = subprocess.run(
        [sys.executable, "-W", "always", script], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert found.returncode == 0, found.stderr
    assert f"{script}:2: DeprecationWarning: foedus.history.{old} is now foedus.{new}\n" in found.stderr


def test_a_name_that_never_was_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"foedus\.history has no 'panels'"):
        foedus.history.panels  # noqa: B018
    with pytest.raises(ModuleNotFoundError):
        import_module("foedus.history.panels")


@pytest.mark.parametrize("old", MOVED)
def test_every_old_module_has_homes_that_are_there(old: str) -> None:
    assert [import_module(home).__name__ for home in MOVED[old]] == list(MOVED[old])
