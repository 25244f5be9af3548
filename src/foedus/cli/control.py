"""Losses told with the help of a larger run of the baseline: `foedus run … --control RUN`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import isfinite
from pathlib import Path

from foedus.cli.console import console
from foedus.results import Results, answer, headlines
from foedus.results.control import Controlled, losses_by_baseline
from foedus.tables import grid
from foedus.words import NONE, plus_minus, significant
from foedus.world import World


def losses_told(results: Results, baseline: Path) -> Mapping[str, Controlled]:
    """Mean loss of every ally under the posture, told by a larger run of the baseline that it is compared with.

    Raises RunFolderError for a folder that is no such run, InputError for a run that compares nothing.
    """
    return losses_by_baseline(results, Results.open(baseline))


def control_shown(
    results: Results, world: World, most: int | None, allies: Collection[str], by: Mapping[str, Controlled]
) -> None:
    """Plain and controlled loss of the allies that the table above shows, and how many futures the control saves."""
    rows, _ = answer.listed([row for row in headlines(results) if row.ally in allies and not row.safe], most)
    cells = [
        (
            world.states.names[row.ally],
            f"{significant(row.loss.mean)}{plus_minus(row.loss.error, row.loss.mean)}",
            f"{significant(by[row.ally].mean)}{plus_minus(by[row.ally].error, by[row.ally].mean)}",
            significant(by[row.ally].saves) if isfinite(by[row.ally].saves) else NONE,
        )
        for row in rows
    ]
    names = ("ally", "loss a year", "with control", "futures saved, times")
    view = console()
    view.print()
    view.print(f"Loss under {results.roles['posture']} by the larger run of {results.roles['against']}", style="bold")
    view.print(f"{results.origin}; % of GDP a year", style="dim", markup=False)
    view.print(grid(names, cells, right=names[1:]).terminal(edge=False))
    view.print(
        "±: Monte Carlo standard error. Where the baseline happens to lose more in this run than in the larger one, "
        "the posture's loss is corrected downwards, by as much as the two move together; where it loses less, upwards. "
        "This is unbiased (control variate). Below 1 the plain mean is the better one.",
        style="dim",
        markup=False,
    )
