"""The ablate command: what each mechanism contributes to a scenario."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict

from foedus.cli.changes import rows_named
from foedus.cli.console import console
from foedus.cli.output import print_json
from foedus.errors import ScenarioError
from foedus.ledger import load_ledger
from foedus.posture import Scenario
from foedus.posture.naming import is_file, named_posture
from foedus.results.ablation import MEASURES, Contribution, ablate
from foedus.results.answer import LIMITS
from foedus.results.stamp import origin_of
from foedus.study import prepare
from foedus.tables import grid
from foedus.world import World


def run_ablation(scenario: str, futures: int, threads: int, rows: Sequence[str] | None, *, as_json: bool) -> None:
    """Rank the mechanisms of a scenario file, or of a preset posture against `steady`."""
    if futures < 2:
        msg = f"--futures {futures}: an interval needs two or more"
        raise ScenarioError(msg)
    ledger = load_ledger()
    wanted = list(rows_named(rows or ()) or ledger.mechanisms)
    ledger.switched_off(wanted)
    study = prepare(_scenario(scenario, futures))
    found = ablate(study, wanted, threads, lambda row: print(f"\rwithout {row} ", end="", file=sys.stderr, flush=True))
    print(file=sys.stderr)
    if as_json:
        contributions = [{**asdict(c), "error": c.error} for c in found]
        body = {"of": origin_of(study.scenario), "measures": MEASURES, "contributions": contributions, "limits": LIMITS}
        print_json(body)
        return
    _table(study.scenario, found)


def _scenario(name: str, futures: int) -> Scenario:
    states = World.load().states.iso3
    if is_file(name):
        return Scenario.read(name).but(futures=futures)
    posture, against = named_posture(name, states), None if name == "steady" else "steady"
    return Scenario.of(posture, against, name=f"ablate-{name}", title=f"{name} against steady", futures=futures)


def _table(scenario: Scenario, found: Sequence[Contribution]) -> None:
    rows = [(row, *(_cell(c) for c in found if c.row == row)) for row in dict.fromkeys(c.row for c in found)]
    title = f"What each mechanism adds: {scenario.title or scenario.name}; {origin_of(scenario)}"
    view = console()
    view.print(grid(("row", *MEASURES), rows, right=tuple(MEASURES), title=title).terminal())
    told = "With the mechanism minus without it, same futures; ±: Monte Carlo standard error; · not told from zero."
    view.print(told, style="dim")
    for measure, text in MEASURES.items():
        view.print(f"{measure}: {text}", style="dim")
    view.print(LIMITS, style="dim")


def _cell(contribution: Contribution) -> str:
    return f"{contribution.mean:+.2g} ±{contribution.error:.1g}" if contribution.counts else "·"
