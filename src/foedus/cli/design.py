"""The design command: futures chosen row by row, run and analysed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from math import isnan, nan
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.cli.asked import Asked
from foedus.cli.console import console, said
from foedus.cli.explore import asked_outcome, origin
from foedus.cli.output import print_json
from foedus.cli.progress import run_with_progress
from foedus.errors import InputError
from foedus.explore import outcome, words
from foedus.explore.design import LUCK, OTHERS, RECORD, DesignedStudy, designed
from foedus.explore.effects import FactorEffect, effects
from foedus.files import place, write_text
from foedus.given import shown, wrong_number
from foedus.ledger import Ledger, load_ledger
from foedus.ledger.ensemble import load_ensemble
from foedus.panels.reading import read_columns
from foedus.posture import Scenario
from foedus.results import Results
from foedus.results.answer import LIMITS
from foedus.study.clearing import replace_run
from foedus.tables import grid
from foedus.words import percent
from foedus.world import World

CALLED = {
    RECORD: "what the record leaves open (the member)",
    OTHERS: "all other assumptions, and facts",
    LUCK: "chance",
}
"""Factors that stand for many things at once, in words."""

HEADS = {
    "sobol": ("alone %", "±", "in all %", "±"),
    "morris": ("mean effect %", "±", "spread of effects %", ""),
    "lhs": ("alone %", "±", "", ""),
}
"""Columns by method."""

METHODS_SAID = {"sobol": "Sobol design", "morris": "Morris trajectories", "lhs": "Latin hypercube"}
"""Methods in words."""

NOTES = {
    "sobol": "Alone: share of the spread (of ranks) that it explains by itself. In all: with what it does together "
    "with others. Saltelli's points and estimators (SALib).",
    "morris": "Mean effect: of moving it over its whole range, in per cent of all ranks, sign aside; spread: how much "
    "that differs between trajectories, each of which has a member, other assumptions and luck of its own.",
    "lhs": "Alone: share of the spread (of ranks) that it explains by itself, by RBD-FAST.",
}
"""What the columns say, by method."""


def run_design(
    scenario: Scenario, method: str, of: Sequence[str], rows: int, weights: Path | None, measure: str,
    out: Path | None, threads: int, asked: Asked,
) -> None:  # fmt: skip
    """Choose the futures of a scenario by a design, run them, and say what each factor does.

    of       factors: parameters moved each by itself
    weights  file of weights of members; all alike without it
    """
    study = designed(scenario, method, of, rows, None if weights is None else read_weights(weights, scenario.ensemble))
    folder = place(out or f"foedus-{method}-{scenario.name}")
    if asked.force:
        replace_run(folder)
    run_with_progress(study, folder, threads)
    results, world, ledger = Results.open(folder), World.load(), load_ledger()
    sought = asked_outcome(results, world, measure, asked.allies)
    found = effects(study.design, outcome.values_by_place(sought, results))
    write_text(folder / "design.csv", table(study).write_csv())
    if asked.as_json:
        told = [{k: None if isinstance(v, float) and isnan(v) else v for k, v in asdict(one).items()} for one in found]
        print_json({**origin(results), "outcome": sought.label, **study.made_by, "effects": told, "limits": LIMITS})
        return
    view = console()
    view.print(f"What drives {sought.label}", style="bold", markup=False)
    view.print(f"{results.origin}; {METHODS_SAID[method]}", style="dim", markup=False)
    heads = tuple(head for head in HEADS[method] if head)
    cells = [(called(one.factor, ledger), *_cells(one)[: len(heads)]) for one in found]
    view.print(grid(("factor", *heads), cells, right=heads).terminal(edge=False))
    view.print(f"{NOTES[method]} ±: half of a 95 % interval.", style="dim", markup=False)
    view.print(LIMITS, style="dim", markup=False)
    said(f"Rows and their ids  {folder / 'design.csv'}")


def called(factor: str, ledger: Ledger) -> str:
    """A factor in words."""
    return CALLED[factor] if factor in CALLED else words.lower(ledger[factor].label)


def _cells(one: FactorEffect) -> tuple[str, ...]:
    return tuple("" if isnan(x) else percent(x) for x in (one.alone, one.alone_half, one.whole, one.whole_half))


def table(study: DesignedStudy) -> pl.DataFrame:
    """A row a future: its id, member, other assumptions, luck, and the level 0-1 of each factor."""
    design = study.design
    columns = {"id": design.ids, "member": design.member, "others": design.others, "luck": design.luck}
    levels = zip(design.factors, design.points.T, strict=True)
    return pl.DataFrame({**columns, **{f"level_{name}": level for name, level in levels}})


def read_weights(path: Path, ensemble: str) -> NDArray[np.float64]:
    """Weights of members from a .csv file with the columns member (from 0) and weight; those not listed weigh 1.

    Raises InputError, with the line, for a member that is no number of one, one that stands twice, and a weight that is
    no finite number, 0 or more.
    """
    found, lines = np.ones(len(load_ensemble(ensemble).members)), dict[int, int]()
    last = len(found) - 1
    for line, *told in read_columns(place(path), ("member", "weight")).iter_rows():
        member, weight = map(_number, told)
        wrong = ""
        if wrong_number(member, 0, last) or not member.is_integer():
            wrong = f"member is {shown(told[0])}; it must be a whole number from 0 to {last}"
        elif wrong_number(weight, 0):
            wrong = f"weight is {shown(told[1])}; it must be a number, 0 or more"
        elif lines.setdefault(int(member), line) != line:
            wrong = f"member {int(member)} stands in line {lines[int(member)]} too. Keep one"
        if wrong:
            msg = f"--weights {path}:{line}  {wrong}"
            raise InputError(msg)
        found[int(member)] = weight
    return found


def _number(told: object) -> float:
    """A cell as a number; nan where it is none."""
    try:
        return float(told)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return nan
