"""The anchors command: what markets, crowds and experts say beside what a run of the model gives."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from foedus.anchors import Comparison, compared
from foedus.anchors.anchor import KINDS, Anchor
from foedus.anchors.words import RULE, event_of_model, model, outside, tally, verdict, window
from foedus.cli.asked import Way
from foedus.cli.changes import Changes
from foedus.cli.console import console
from foedus.cli.output import print_json
from foedus.cli.progress import run_with_progress
from foedus.cli.running import scenario_of
from foedus.errors import InputError, UnknownName
from foedus.given import code_of
from foedus.results import Results
from foedus.results.answer import LIMITS
from foedus.results.stamp import chances_note
from foedus.study import prepare
from foedus.world import World

INDENT, HANGING, LEAST = "  ", "           ", 20
ANOTHER = "another"
"""what a line calls a model that is not this one"""


def show_anchors(
    run: Path | None,
    posture: str,
    changes: Changes,
    way: Way,
    *,
    kinds: Sequence[str],
    allies: Sequence[str],
    as_json: bool,
) -> None:
    """Compare a run folder, or a new run of one posture, with the anchors; it is not kept where no folder is named.

    kinds   kinds of anchor shown; all when empty
    allies  states, regions or groups of which one is named by the anchors shown; all when empty
    """
    wanted = tuple(_kind(word) for word in kinds) or tuple(KINDS)
    world = World.load()
    states = {iso for word in allies for iso in world.named(word)}
    if run is not None:
        results = Results.open(run)
        found, told = compared(results), f"{results.roles['posture']}; {results.origin}"
    else:
        scenario = scenario_of(posture, changes, by="anchors")
        with tempfile.TemporaryDirectory(prefix="foedus-anchors-") as scratch:
            folder = way.out or Path(scratch) / "run"
            run_with_progress(prepare(scenario), folder, way.threads, stays=way.out is not None)
            results = Results.open(folder)
            found, told = compared(results), f"{scenario.posture.name}; {results.origin}"
    note = chances_note(results.points)
    shown = [one for one in found if one.anchor.kind in wanted and (not states or _about(one.anchor, states))]
    if not shown:
        msg = "no anchor is of that kind and about those states. foedus anchors shows all"
        raise InputError(msg)
    if as_json:
        body = {"run": told, "anchors": [as_mapping(one) for one in shown], "monte_carlo_error": note, "rule": RULE}
        print_json({**body, "limits": LIMITS})
        return
    _shown(shown, told, note)


def as_mapping(found: Comparison) -> dict[str, object]:
    """A comparison for JSON: the row of the table, the model's event and chance, the verdict and why."""
    anchor = found.anchor
    return {
        **vars(anchor),
        "band": anchor.band,
        "model_event": event_of_model(anchor),
        "model": found.chance,
        "verdict": found.verdict.value,
        "why": found.why,
    }


def _shown(found: Sequence[Comparison], told: str, note: str) -> None:
    """Each event once, with what either side counts as it, and a line for each figure."""
    view = console()
    view.print(f"What others say beside the model under {told}; chances in per cent\n", style="bold")
    for (event, definition, _), same in groupby(found, key=lambda one: _event(one.anchor)):
        rows = list(same)
        view.print(event, markup=False)
        _hung(view.width, "outside:", definition)
        _hung(view.width, "model:", event_of_model(rows[0].anchor))
        for one in rows:
            kind = ANOTHER if one.anchor.kind == "model" else one.anchor.kind
            _hung(view.width, f"{kind}:", _line(one))
        view.print()
    view.print(f"{tally(found)} {RULE} {note}\n{LIMITS}", markup=False, style="dim")


def _hung(width: int, label: str, text: str) -> None:
    """A label and its text, wrapped under itself."""
    lines = wrap(text, max(width - len(HANGING), LEAST)) or [""]
    heads = [(INDENT + label).ljust(len(HANGING)), *(HANGING for _ in lines[1:])]
    for head, line in zip(heads, lines, strict=True):
        console().print(head + line, markup=False)


def _line(found: Comparison) -> str:
    """Who said what and when, the model's side, the verdict: what a line of an event holds."""
    anchor = found.anchor
    source = ", ".join(word for word in (anchor.source, anchor.asked, anchor.grade) if word)
    who = f"{window(anchor)}, {outside(anchor)}{_unit(anchor)} ({source})"
    return f"{who}; model {model(found)}; {verdict(found)}"


def _unit(anchor: Anchor) -> str:
    return {"rate": " a year", "share": " of people", "loss": " of product"}.get(anchor.figure, "")


def _event(anchor: Anchor) -> tuple[str, str, str]:
    return anchor.event, anchor.definition, anchor.measure


def _about(anchor: Anchor, states: set[str]) -> bool:
    """Whether an anchor names one of some states, on either side; one about all states names none."""
    sides = [side for side in (anchor.challengers, anchor.targets) if len(side) < len(World.load().states.iso3)]
    return any(states & set(side) for side in sides)


def _kind(word: str) -> str:
    if (kind := code_of(word, KINDS)) is None:
        raise UnknownName("kind of anchor", word, KINDS)
    return kind
