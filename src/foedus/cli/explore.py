"""The explore command: what drives an answer, when a policy fails, how many futures are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from foedus.cli.applies import not_with
from foedus.cli.asked import Asked
from foedus.cli.console import console, said
from foedus.cli.naming import allies_named
from foedus.cli.output import print_json
from foedus.errors import InputError
from foedus.explore import condition as conditions
from foedus.explore import drive, enough, inputs, outcome, words, worth
from foedus.explore.boxes import Discovery, FailureBox, discover
from foedus.explore.outcome import CHANGE, SoughtFigure
from foedus.facade import needs
from foedus.ledger import Ledger, load_ledger
from foedus.results import Results, answer, headlines
from foedus.results.plural import ModelRuns, folders_in
from foedus.results.shares import SpreadShares, as_mapping, shares
from foedus.results.tidy import LOSS
from foedus.tables import grid
from foedus.words import rare, significant
from foedus.world import World

SHOWN = 8
"""Assumptions shown at least: those that stand out, then the next."""

STEPS_SHOWN = 8
"""Steps of the peeling trajectory shown."""

LEAVES_SHOWN = 3
"""Leaves of the tree that are told."""


def explore_drivers(folder: Path, measure: str, asked: Asked, out: Path | None) -> None:
    """Rank what drives an outcome of a run, and say what it hangs on.

    measure  an outcome's measure; the loss, or its change where two postures are compared, when empty
    out      file for the whole ranking
    """
    from foedus.panels.writing import STREAM, check_frame, write_frame

    needs("SALib", "ema_workbench", "pandas")
    if out is not None:
        check_frame(out)
    if folders_in(folder):
        from foedus.cli.plural import explore_models

        not_with("runs of several models, whose share of the spread is told", out=out)
        runs = ModelRuns.open(folder)
        explore_models(runs, asked_outcome(runs.first, World.load(), measure, asked.allies), as_json=asked.as_json)
        return
    results, world, ledger = Results.open(folder), World.load(), load_ledger()
    asked_for = asked_outcome(results, world, measure, asked.allies)
    points = inputs.inputs_of(results)
    answers = outcome.values_by_place(asked_for, results)
    found = drive.drivers(points, answers[:, points.futures])
    spread = shares(answers, results)
    chosen = _choice(results, asked_for, points)
    if out is not None and write_frame(_frame(found, ledger, results).lazy(), out) == STREAM:
        return
    if asked.as_json:
        print_json(_as_json(results, asked_for, found, spread, chosen, ledger, len(points.futures)))
        return
    _told(results, asked_for, found, spread, chosen, ledger, len(points.futures))


def asked_outcome(results: Results, world: World, measure: str, words_: Sequence[str]) -> SoughtFigure:
    """The outcome that is asked for: by default the headline's, for the allies that its sentences tell of."""
    paired = "against" in results.roles
    text = measure or (f"change in {LOSS}" if paired else LOSS)
    if " of " in text and not text.startswith("change of "):
        return outcome.read_outcome(text, results, world)
    role, name = (CHANGE, text.split()[-1]) if text.startswith(("change in ", "change of ")) else ("posture", text)
    group = outcome.group_of(name)
    if words_:
        return outcome.checked(replace(outcome.outcome_of(name, words_, results, world), role=role), results)
    if group.key != "ally":
        return outcome.checked(
            replace(outcome.outcome_of(name, results.rows(group), results, world), role=role), results
        )
    allies = [row.ally for row in answer.told(headlines(results))]
    found = SoughtFigure(
        name, tuple(a for a in results.allies if a in allies), f"the {len(allies)} allies that move most"
    )
    return outcome.checked(replace(found, role=role), results)


def _choice(results: Results, asked: SoughtFigure, points: inputs.Inputs) -> worth.Choice | None:
    """The choice between the postures by the loss of the same allies; None where nothing is compared."""
    if "against" not in results.roles or asked.group.key != "ally":
        return None
    gap = outcome.values(replace(asked, measure=LOSS, role=CHANGE, year=0), results)
    return worth.choice(points, gap[points.futures])


def _told(
    results: Results,
    asked: SoughtFigure,
    found: Sequence[drive.Influence],
    spread: SpreadShares | None,
    chosen: worth.Choice | None,
    ledger: Ledger,
    points: int,
) -> None:
    view = console()
    view.print(f"What drives {asked.label}", style="bold", markup=False)
    view.print(f"{results.origin}; {points:,} parameter points", style="dim", markup=False)
    clear = sum(driver.clear for driver in found)
    heads = ("assumption", "alone %", "95 %", "PAWN", "way", "grade", "record taught")
    rows = [_row(driver, ledger) for driver in found[: max(clear, SHOWN)]]
    view.print(grid(heads, rows, right=heads[1:4]).terminal(edge=False))
    notes = [
        words.noise(found),
        "PAWN: how far the whole distribution moves, 0-1. Way: + the higher, the larger. · not told from noise.",
        "Grades: V read in the source, C computed, R recalled, A assumed. Record taught: how much narrower it made it.",
    ]
    view.print(" ".join(notes), style="dim", markup=False)
    view.print()
    for line in (words.hangs_on(found, ledger, points), words.source(spread)):
        view.print(line, markup=False)
    if chosen is not None:
        view.print(words.learning(chosen, ledger, results.roles, "% of GDP a year"), markup=False)
    view.print()
    view.print(answer.LIMITS, style="dim", markup=False)


def _row(driver: drive.Influence, ledger: Ledger) -> tuple[str, ...]:
    first, pawn = driver.first, driver.pawn
    band = "" if first.low is None or first.high is None else f"{100 * first.low:.0f}-{100 * first.high:.0f}"
    return (
        words.lower(ledger[driver.name].label) + ("" if driver.clear else " ·"),
        f"{100 * max(first.value, 0.0):.0f}",
        band,
        "" if pawn is None else f"{pawn.value:.2f}",
        "+" if driver.rho > 0 else "-",
        driver.evidence.grade,
        driver.evidence.words,
    )


def _plain(driver: drive.Influence, ledger: Ledger) -> dict[str, Any]:
    pawn = driver.pawn
    return {
        "parameter": driver.name,
        "label": ledger[driver.name].label,
        "clear": driver.clear,
        "alone": driver.first.value,
        "alone_low": driver.first.low,
        "alone_high": driver.first.high,
        "alone_noise": driver.first.noise,
        "pawn": None if pawn is None else pawn.value,
        "pawn_low": None if pawn is None else pawn.low,
        "pawn_high": None if pawn is None else pawn.high,
        "pawn_noise": None if pawn is None else pawn.noise,
        "score": driver.score.value,
        "score_noise": driver.score.noise,
        "rho": driver.rho,
        "grade": driver.evidence.grade,
        "learnt": driver.evidence.learnt,
    }


def _frame(found: Sequence[drive.Influence], ledger: Ledger, results: Results) -> Any:
    import polars as pl

    rows = [{**_plain(driver, ledger), **results.stamps} for driver in found]
    return pl.DataFrame(rows, infer_schema_length=None)


def origin(results: Results) -> dict[str, object]:
    """What every JSON of a run says of it."""
    return {
        "futures": results.futures,
        "years": [results.years[0], results.years[-1]],
        "ensemble": results.ensemble,
        "seed": results.seed,
        "roles": results.roles,
    }


def _as_json(
    results: Results,
    asked: SoughtFigure,
    found: Sequence[drive.Influence],
    spread: SpreadShares | None,
    chosen: worth.Choice | None,
    ledger: Ledger,
    points: int,
) -> dict[str, object]:
    return {
        **origin(results),
        "outcome": asked.label,
        "places": list(asked.places),
        "points": points,
        "answer": [words.hangs_on(found, ledger, points), words.source(spread)],
        "spread": None if spread is None else as_mapping(spread),
        "choice": None if chosen is None else asdict(chosen),
        "drivers": [_plain(driver, ledger) for driver in found],
    }


def explore_failures(folder: Path, text: str, density: float | None, asked: Asked) -> None:
    """Search the assumptions under which a condition holds.

    text     the condition, as `foedus.explore.condition` reads it
    density  that the box must reach, 0-1
    """
    needs("ema_workbench", "pandas")
    if density is not None and not 0.0 < density <= 1.0:
        msg = f"--density {density:g}: is a share of the box's futures, above 0 and at most 1"
        raise InputError(msg)
    results, world, ledger = Results.open(folder), World.load(), load_ledger()
    condition = conditions.read_condition(text, results, world)
    points = inputs.inputs_of(results)
    found = discover(points.names, points.values, condition.holds(results)[points.futures], density)
    if asked.as_json:
        evidence = {name: asdict(points.of[name]) for name in found.searched}
        body = {**origin(results), "condition": str(condition), "base": found.base, **asdict(found)}
        print_json(body | {"answer": words.fails(found, ledger), "evidence": evidence})
        return
    view = console()
    view.print(f"When {condition}", style="bold", markup=False)
    view.print(
        f"{results.origin}; {found.failures:,} of {found.cases:,} futures with parameters of their own "
        f"({rare(found.base)} %)",
        style="dim",
        markup=False,
    )
    view.print(words.fails(found, ledger), markup=False)
    _limits(view, found, ledger, points)
    _path(view, found)
    for leaf in found.leaves[:LEAVES_SHOWN]:
        view.print(words.leaf(leaf, found.base, ledger), markup=False)
    view.print(answer.LIMITS, style="dim", markup=False)


def _limits(view: Any, found: Discovery, ledger: Ledger, points: inputs.Inputs) -> None:
    heads = ("assumption", "where it holds", "of", "quasi-p", "again %", "grade", "taught")
    rows = []
    for limit in found.box.limits:
        column = points.column(limit.name)
        again = "" if limit.reproduced is None else "/".join(f"{100 * x:.0f}" for x in limit.reproduced)
        rows.append(
            (
                words.lower(ledger[limit.name].label),
                words.side(limit),
                f"{significant(float(column.min()))} to {significant(float(column.max()))}",
                words.quasi_p(limit.quasi_p),
                again,
                points.of[limit.name].grade,
                points.of[limit.name].words,
            )
        )
    view.print(grid(heads, rows, right=("quasi-p", "again %")).terminal(edge=False))
    view.print(
        "Of: the range in this run. Quasi-p: chance that the limit means nothing. Again: halves of the futures, of "
        "ten, that limit it too, in a box of like coverage/density. Searched: "
        f"{len(found.searched)} assumptions with the highest feature scores.",
        style="dim",
        markup=False,
    )


def _path(view: Any, found: Discovery) -> None:
    """The peeling trajectory, in few steps: what a larger or a smaller box would be."""
    steps = [step for step in found.trajectory if step.limited]
    keep = np.unique(np.linspace(0, len(steps) - 1, STEPS_SHOWN).round().astype(int)).tolist() if steps else []
    shown = [steps[k] for k in keep]
    rows = [_step(s.coverage, s.density, s.mass, s.limited, "") for s in shown]
    box: FailureBox = found.box
    rows.append(_step(box.coverage, box.density, box.mass, len(box.limits), "the box above"))
    rows.sort(key=lambda row: -float(row[2]))
    heads = ("coverage %", "density %", "of futures %", "limits", "")
    view.print(grid(heads, rows, right=heads[:4], title="Larger and smaller boxes").terminal(edge=False))


def _step(coverage: float, density: float, mass: float, limited: int, mark: str) -> tuple[str, ...]:
    return (f"{100 * coverage:.0f}", f"{100 * density:.0f}", f"{100 * mass:.1f}", str(limited), mark)


def explore_enough(folder: Path, target: float, asked: Asked) -> None:
    """Say how well headline figures are known and how many futures would bring each error down to a target."""
    results, world = Results.open(folder), World.load()
    rows = answer.told(headlines(results))
    allies = list(allies_named(world, asked.allies, results.allies)) if asked.allies else [row.ally for row in rows]
    found = enough.precisions(results, allies, enough.FIGURES)
    if asked.as_json:
        print_json({**origin(results), "target": target, "figures": [_precision(p, target) for p in found]})
        return
    view, names = console(), world.states.names
    view.print(f"How well {results.roles['posture']} is known", style="bold", markup=False)
    view.print(results.origin, style="dim", markup=False)
    figures = tuple(dict.fromkeys(p.figure for p in found))
    heads = ("ally", *(f"{figure} ±%" for figure in figures), f"futures for {100 * target:g} %")
    cells = []
    for ally in allies:
        own = {p.figure: p for p in found if p.ally == ally}
        most = max(p.needed(target) for p in own.values())
        told = [f"{_relative(own[figure])}{'' if own[figure].agrees else ' !'}" for figure in figures]
        cells.append((names[ally], *told, f"{most:,}" if most else "enough"))
    view.print(grid(heads, cells, right=heads[1:]).terminal(edge=False))
    view.print(
        "±%: Monte Carlo standard error, how far another seed would move the mean, in per cent of it; twins count "
        "once. A change is judged against the loss that it is a change of, and what is below 0.01 as if it were 0.01. "
        f"War: by the last year. ! the means of the first and second half of the futures lie over {enough.APART:g} "
        "standard errors apart.",
        style="dim",
        markup=False,
    )
    most = max((p.needed(target) for p in found), default=0)
    share = f"{100 * target:g}"
    if not most:
        said(f"All of these are known to {share} %.")
        return
    said(f"To bring all of these to {share} %: about {most:,} futures, or foedus run … --until {share}%")


def _relative(p: enough.Precision) -> str:
    return f"{100 * p.relative:.1f}" if np.isfinite(p.relative) else ""


def _precision(p: enough.Precision, target: float) -> dict[str, object]:
    finite = {
        key: value if not isinstance(value, float) or np.isfinite(value) else None for key, value in asdict(p).items()
    }
    return finite | {"needed": p.needed(target) or p.futures, "agrees": p.agrees}
