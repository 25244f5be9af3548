"""One scenario under several models of who fights: running them, and how far they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.cli.asked import Asked
from foedus.cli.console import console, opening, said
from foedus.cli.naming import allies_named
from foedus.cli.output import print_json
from foedus.cli.progress import run_with_progress
from foedus.explore.outcome import SoughtFigure
from foedus.results import Headline, Results, answer, as_mapping, headlines
from foedus.results.error import standard_error
from foedus.results.headline import stake_gdp
from foedus.results.plural import ModelRuns, ModelSpread
from foedus.results.shares import as_mapping as shares_as_mapping
from foedus.study import Study
from foedus.study.clearing import replace_run
from foedus.study.several import studies_of
from foedus.tables import grid
from foedus.words import listed, significant
from foedus.world import World

Floats = NDArray[np.float64]

MOST = 12
"""Allies shown."""


def run_models(study: Study, models: Sequence[str], out: Path, threads: int, asked: Asked) -> None:
    """Run a study under each model into a folder of its own, and print their answers side by side.

    Raises UnknownName for a model nobody declared, InputError for one named twice.
    """
    studies = studies_of(study, models)
    allies_named(study.world, asked.allies, [study.world.states.iso3[i] for i in study.layout.allies])
    if not asked.as_json:
        opening(study)
    for name, one in studies.items():
        if asked.force:
            replace_run(out / name)
        run_with_progress(one, out / name, threads)
    runs = ModelRuns.of([Results.open(out / name) for name in studies])
    show_models(runs, study.world, asked)
    if not asked.as_json:
        said(f"\nNext    foedus explore {out}\nRerun   the same command reloads {out}")


def show_models(runs: ModelRuns, world: World, asked: Asked) -> None:
    """Loss, or its change, of each ally by every model; then where the spread between all answers comes from."""
    kept = allies_named(world, asked.allies, runs.first.allies)
    held = {name: {row.ally: row for row in headlines(run) if row.ally in kept} for name, run in runs.runs.items()}
    first = list(next(iter(held.values())).values())
    told = {row.ally for row in answer.told(first)}
    places = [place for place, ally in enumerate(runs.first.allies) if ally in told]
    spread = runs.spread({name: (run.mean_losses * stake_gdp(run))[places] for name, run in runs.runs.items()})
    if asked.as_json:
        print_json(
            {
                "runs": {name: run.origin for name, run in runs.runs.items()},
                "spread": _mapping(spread),
                "models": {name: [as_mapping(row) for row in rows.values()] for name, rows in held.items()},
            }
        )
        return
    view = console()
    paired = "against" in runs.first.roles
    what = f"change in loss, {' against '.join(runs.first.roles.values())}" if paired else "expected loss"
    view.print(f"{what}, by model of who fights", style="bold", markup=False)
    view.print(f"{runs.first.origin}, the same draws in all; % of GDP a year", style="dim", markup=False)
    listed_ = [row for row in first if not row.safe][: None if asked.allies else MOST]
    rows = [
        (world.states.names.get(row.ally, row.ally), *(cell for name in held for cell in _cells(held[name][row.ally])))
        for row in listed_
    ]
    heads = ("ally", *(head for name in held for head in (name, "±")))
    view.print(grid(heads, rows, right=heads[1:]).terminal(edge=False))
    view.print("±: Monte Carlo standard error.", style="dim", markup=False)
    view.print()
    view.print(told_spread(spread, len(told)), markup=False)


def explore_models(runs: ModelRuns, sought: SoughtFigure, *, as_json: bool) -> None:
    """How much of the spread of an outcome lies between models: their means, and shares with intervals."""
    from foedus.explore import outcome

    answers = {name: outcome.values_by_place(sought, run) for name, run in runs.runs.items()}
    spread = runs.spread(answers)
    means = {
        name: (float(found.mean()), standard_error(found.mean(axis=0), runs.runs[name].twins()))
        for name, found in answers.items()
    }
    if as_json:
        print_json(
            {
                "outcome": sought.label,
                "unit": sought.unit,
                "run": runs.first.origin,
                "models": {name: {"mean": mean, "error": error} for name, (mean, error) in means.items()},
                "spread": _mapping(spread),
            }
        )
        return
    view = console()
    view.print(f"{sought.label}, by model of who fights", style="bold", markup=False)
    view.print(f"{runs.first.origin}, the same draws in all", style="dim", markup=False)
    rows = [(name, significant(mean), significant(error)) for name, (mean, error) in means.items()]
    heads = ("model", f"mean, {sought.unit}", "±")
    view.print(grid(heads, rows, right=heads[1:]).terminal(edge=False))
    view.print("±: Monte Carlo standard error.", style="dim", markup=False)
    view.print()
    view.print(told_spread(spread, len(sought.places)), markup=False)


def told_spread(spread: ModelSpread | None, places: int) -> str:
    """Shares of the spread in a sentence or two."""
    if spread is None:
        return "Nothing differs between futures or models."
    alone, together = (
        f"{100 * s.value:.0f} % ({100 * s.low:.0f}-{100 * s.high:.0f})" for s in (spread.alone, spread.together)
    )
    whose = f", mean of {places} places" if places > 1 else ""
    said_ = (
        f"Of the spread between futures and models{whose}, {alone} is which model is right, by their means; with what "
        f"the models make of single futures in either direction, {together}."
    )
    if spread.rest is None:
        return f"{said_} Chance cannot be told from assumptions: too few twins (futures that share parameters)."
    left = 1.0 - spread.alone.value
    parts = [("chance", spread.rest.luck), ("assumptions without a record", spread.rest.prior)]
    if spread.rest.split:
        parts.insert(1, ("what the record leaves open", spread.rest.posterior))
    rest = listed([f"{name} {100 * left * share.value:.0f} %" for name, share in parts])
    return f"{said_} Beside the means: {rest} (shares within each model, averaged; ranks of the answer)."


def _cells(row: Headline) -> tuple[str, str]:
    """Change in loss, or the loss, and its Monte Carlo error."""
    held = row.difference if row.difference is not None else row.loss
    return f"{held.mean:+.3f}" if row.difference is not None else f"{held.mean:.3f}", f"{held.error:.3f}"


def _mapping(spread: ModelSpread | None) -> dict[str, object] | None:
    """Shares as plain values."""
    if spread is None:
        return None
    rest = None if spread.rest is None else shares_as_mapping(spread.rest)
    return {"alone": asdict(spread.alone), "together": asdict(spread.together), "within": rest}
