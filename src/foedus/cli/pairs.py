"""The pairs command: who might fight whom, and whether help would come."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from foedus.cli.asked import Asked, Way
from foedus.cli.changes import Changes
from foedus.cli.console import console
from foedus.cli.naming import several
from foedus.cli.output import print_json
from foedus.cli.progress import run_with_progress
from foedus.cli.running import scenario_of
from foedus.errors import InputError
from foedus.results import Results
from foedus.results.answer import LIMITS
from foedus.results.pairs import PairChances, pair_chances
from foedus.results.stamp import chances_note
from foedus.study import prepare
from foedus.study.clearing import replace_run
from foedus.tables import grid
from foedus.words import rare
from foedus.world import World

MOST = 25
"""Pairs that are shown where no single state is asked for."""


def run_pairs(asked: Sequence[str], posture: str, changes: Changes, way: Way, told: Asked) -> None:
    """Run one posture and print the chances of its pairs; the run is not kept where no folder is named.

    asked  no state, region or group, one, or two: which pairs
    """
    if len(asked) > 2:
        msg = f"pairs {' '.join(asked)}: takes two names at most, of a challenger and a target"
        raise InputError(msg)
    world = World.load()
    sides = [world.named(name) for name in asked]
    if len(sides) == 2 and sides[0] == sides[1] and len(sides[0]) == 1:
        msg = f"{asked[0]} and {asked[1]} are one state; name two, or one for all its pairs"
        raise InputError(msg)
    kept = {iso for word in told.allies for iso in world.named(word)}
    scenario = scenario_of(posture, changes)
    with tempfile.TemporaryDirectory(prefix="foedus-pairs-") as scratch:
        folder = way.out or Path(scratch) / "run"
        study = prepare(scenario)
        if told.force:
            replace_run(folder)
        run_with_progress(study, folder, way.threads, stays=way.out is not None)
        results = Results.open(folder)
        pairs = pair_chances(results, sides=sides)
        pairs = tuple(pair for pair in pairs if not kept or pair.target in kept)
        origin, points = results.origin, results.points
    if told.allies and not pairs:
        msg = f"--ally {' '.join(told.allies)}: is the target of no pair asked for"
        raise InputError(msg)
    if sides and not pairs:
        between = " and ".join(several(world, name) or codes[0] for name, codes in zip(asked, sides, strict=True))
        msg = f"no pair of the world has {between}. foedus world lists who challenges whom."
        raise InputError(msg)
    if told.as_json:
        body = {
            "posture": posture,
            "years": [scenario.first, scenario.last],
            "futures": scenario.futures,
            "seed": scenario.seed,
            "ensemble": scenario.ensemble,
            "pairs": [vars(pair) for pair in pairs],
            "monte_carlo_error": chances_note(points),
            "limits": LIMITS,
        }
        print_json(body)
        return
    _shown(
        pairs,
        MOST if (any(len(codes) != 1 for codes in sides) or not sides) and not kept else len(pairs),
        f"Chances by pair under {posture}, per cent; {origin}",
        (scenario.first, scenario.last),
        chances_note(points),
    )


def _shown(pairs: Sequence[PairChances], most: int, title: str, years: tuple[int, int], note: str) -> None:
    shown = pairs[:most]
    ends = sorted({min(years[0] + 9, years[1]), years[1]})
    columns = (
        "challenger",
        "target",
        "challenge",
        "force",
        "blockade",
        "grab",
        "war",
        "help",
        *(f"war by {year}" for year in ends),
    )
    rows = [
        (
            pair.challenger,
            pair.target,
            rare(pair.challenge),
            rare(pair.force),
            rare(pair.blockade),
            rare(pair.grab),
            rare(pair.war),
            rare(pair.help) if pair.help > 0.0 else "none",
            *(rare(pair.war_by[year]) for year in ends),
        )
        for pair in shown
    ]
    console().print(grid(columns, rows, right=columns[2:], whole=columns[:2], title=title).terminal())
    more = "" if len(shown) == len(pairs) else f"The {len(shown)} pairs likeliest to see a war, of {len(pairs)}. "
    console().print(
        f"{more}challenge (a dispute that the challenger opens, by threat, show or use of force), force short of war, "
        "war (on, or breaking out): mean chance a year. blockade (across water), grab of ground (by land): the part of "
        "force that is one. help: chance that any guarantor, second ones too, would fight for the target, if attacked. "
        "war by: chance of at least one war from the start. Means over futures. "
        f"{note}\n"
        f"{LIMITS}",
        markup=False,
    )
