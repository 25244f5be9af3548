"""Writing the static edition: the page's files, and one script with the surfaces of every preset."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from foedus.app.edition.surface import BUNDLES, MOST, ResponseSurface, design, surface
from foedus.errors import InputError
from foedus.files import place, write_text
from foedus.names import country
from foedus.posture import Scenario, preset_names
from foedus.study import prepare
from foedus.version import __version__

HERE = Path(__file__).parent
STYLE = HERE.parent / "page" / "style.css"
OWN = ("index.html", "edition.js", "edition.css")
DATA = "edition-data.js"

YEARS, FUTURES, SEED = (2026, 2040), 64, 1
"""Years, futures and seed of every run."""

DIGITS = 5
"""Significant digits of what the page computes with."""


def runs(presets: Sequence[str]) -> int:
    """How many runs an edition of these presets takes."""
    return len(presets) * sum(len(points) for points in design())


def write_edition(
    folder: Path | str,
    presets: Sequence[str] = (),
    futures: int = FUTURES,
    done: Callable[[], None] = lambda: None,
) -> Path:
    """Write the edition into a folder, made when absent, and return its page.

    presets  those on it; all that ship when empty
    futures  of every run, at most 512
    done     called after each run

    Raises InputError where a file of another kind stands in the folder, or it cannot be written.
    """
    target = place(folder)
    if target.exists() and not target.is_dir():
        msg = f"{target}: is a file, where a folder is wanted"
        raise InputError(msg)
    strange = (
        sorted(x.name for x in target.iterdir() if x.name not in (*OWN, DATA, STYLE.name)) if target.exists() else []
    )
    if strange:
        msg = f"{target}: holds {strange[0]}, which is none of the edition's. Name an empty folder"
        raise InputError(msg)
    body = edition(presets or preset_names(), futures, done)
    target.mkdir(parents=True, exist_ok=True)
    for path in (*(HERE / name for name in OWN), STYLE):
        write_text(target / path.name, path.read_text(encoding="utf-8"))
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    write_text(target / DATA, f"globalThis.EDITION = {text};\n")
    return target / "index.html"


def edition(presets: Sequence[str], futures: int, done: Callable[[], None]) -> dict[str, Any]:
    """What the page holds: allies, bundles, and the surface of every preset."""
    found: dict[str, Any] = {}
    names: list[list[str]] = []
    ensemble = ""
    for name in presets:
        scenario = Scenario.of(name, None, years=YEARS, futures=futures, seed=SEED)
        study, ensemble = prepare(scenario), scenario.ensemble
        states = study.world.states
        names = [[states.iso3[i], country(states.name[i])] for i in study.layout.allies]
        found[name] = {
            "title": scenario.posture.title,
            "question": scenario.posture.question,
            **_plain(surface(study, done)),
        }
    return {
        "version": __version__,
        "years": YEARS,
        "futures": futures,
        "seed": SEED,
        "ensemble": ensemble,
        "most": MOST,
        "bundles": {name: list(channels) for name, channels in BUNDLES.items()},
        "allies": names,
        "presets": found,
        "runs": runs(presets),
    }


def _plain(of: ResponseSurface) -> dict[str, Any]:
    return {name: _rounded(values) for name, values in vars(of).items()}


def _rounded(values: np.ndarray) -> list[list[float]]:
    return [[float(f"{x:.{DIGITS}g}") for x in row] for row in values.tolist()]
