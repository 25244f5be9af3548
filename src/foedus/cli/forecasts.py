"""Frozen forecasts scored by newer data: foedus validate --forecasts DATA."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from foedus.cli.console import console
from foedus.cli.output import print_json
from foedus.hindcasts.frozen.folder import FrozenForecast
from foedus.hindcasts.frozen.scoring import score
from foedus.hindcasts.page import number
from foedus.panels import DataFolder
from foedus.tables import grid

FROZEN = Path("forecasts") / "2026-12"
"""Where a checkout keeps the forecasts of this release."""


def score_frozen(data: Path, frozen: Path | None, *, as_json: bool) -> None:
    """Score a folder of frozen forecasts and print a line for each measure.

    data    folder of research files that reach the years forecast
    frozen  the folder; `FROZEN`, from where the command is given, without it
    """
    held = FrozenForecast.open(frozen or FROZEN)
    lines = score(held, DataFolder.open(data))
    if as_json:
        print_json({"frozen": dict(held.about), "scores": [asdict(line) for line in lines]})
        return
    rows = [(line.name, figure.measure, number(figure.ours)) for line in lines for figure in line.figures]
    title = f"Forecasts of {held.about['made']} for {held.years[0]}-{held.years[1]}, by {data}"
    names = ("forecast", "measure", "value")
    console().print(grid(names, rows, right=names[2:], whole=names[:1], title=title).terminal())
