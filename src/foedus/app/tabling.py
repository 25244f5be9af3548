"""What a worker does for a table-top exercise: read its record and do one thing, or see it from a seat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from foedus import charts, terms, words
from foedus.app.answering import TASKS
from foedus.app.document import asked
from foedus.app.held import Memory
from foedus.app.picture import Picture, key_of, skeleton
from foedus.equations.hedging import OPTIONS
from foedus.names import country
from foedus.posture.doctrine import MEASURES
from foedus.posture.posture import SWITCH_OFF
from foedus.posture.writing import scenario_text
from foedus.tabletop import (
    FACILITATOR,
    ROLES,
    Exercise,
    KeptExercise,
    Team,
    injects,
    listed,
    log,
    markdown,
    own,
    page,
    played_scenario,
    seat_allies,
    view,
)
from foedus.tabletop.injecting import OWN
from foedus.tabletop.keeping import of_text, text_of
from foedus.tabletop.ordered import Reach
from foedus.world import World
from foedus.world.groups import groups

Stop = Callable[[], bool]

TURNS = 7
"""Years of an exercise unless told."""

DRAWN = 3
"""Allies whose expected loss is drawn for a seat."""

FILES: Mapping[str, tuple[Callable[[KeptExercise], str], str]] = {
    "account.html": (page, "text/html"),
    "account.md": (markdown, "text/markdown"),
    "log.csv": (lambda kept: log(kept.exercise), "text/csv"),
    "scenario.toml": (lambda kept: scenario_text(played_scenario(kept.exercise)), "text/plain"),
}
"""What is written after an exercise, by name, and its type."""


def table_begun(
    _memory: Memory,
    _stop: Stop,
    document: Mapping[str, Any],
    years: Sequence[int] | None,
    seed: int | None,
    analysts: int,
    teams: Sequence[str],
) -> str:
    """The record of a new exercise."""
    scenario = asked(document)
    first, last = years or (scenario.first, min(scenario.last, scenario.first + TURNS - 1))
    scenario = scenario.replace(years=(first, last), **({} if seed is None else {"seed": seed}))
    states = World.load().states.iso3
    return text_of(KeptExercise.of(Exercise.begin(scenario, [Team.read(team, states) for team in teams], analysts)))


def table_opened(_memory: Memory, _stop: Stop, record: str) -> str:
    """The same record, where it is one."""
    return text_of(of_text(record, "record"))


def table_done(_memory: Memory, _stop: Stop, record: str, verb: str, seat: str, given: Mapping[str, Any]) -> str:
    """The record after one thing that a seat did: `move`, `say`, `inject` or `close`."""
    kept = of_text(record, "record")
    exercise = kept.exercise
    if verb == "move":
        exercise = exercise.move(seat, given["lines"], given["why"])
    elif verb == "say":
        exercise = exercise.say(seat, given["text"], given["to"])
    elif verb == "inject":
        states = exercise.world.states
        if given["name"] == OWN:
            inject = own(given["words"], given["lines"], given["lasts"])
        else:
            inject = listed(given["name"]).filled(given["given"], states.iso3, states.names, exercise.open.year)
        exercise = exercise.inject(inject)
    else:
        exercise = exercise.close(at_once=given["at_once"])
    return text_of(kept.then(exercise))


def table_file(_memory: Memory, _stop: Stop, record: str, name: str) -> str:
    """A file of `FILES`."""
    return FILES[name][0](of_text(record, "record"))


def table_seen(_memory: Memory, _stop: Stop, record: str, seat: str) -> dict[str, Any]:
    """The table as a seat sees it, as plain values, with a picture and what the seat can order."""
    kept = of_text(record, "record")
    exercise, seen = kept.exercise, view(kept, seat)
    heads = [heading.name for heading in seen.table.headings]
    told = {key: value for key, value in asdict(seen).items() if key != "table"}
    if seat != FACILITATOR and told["answer"]:
        told["answer"] = {key: told["answer"][key] for key in ("year", "happened", "expected")}
    return {
        **told,
        "title": exercise.scenario.title,
        "question": exercise.scenario.question,
        "years": list(exercise.scenario.years),
        "seed": exercise.scenario.seed,
        "analysts": exercise.scenario.futures,
        "teams": [
            {"name": team.name, "role": team.role, "of": list(team.of), "moved": team.name not in exercise.waiting}
            for team in exercise.teams
        ],
        "before": [{"year": found.year, "happened": found.happened} for found in kept.answers[:-1]],
        "injected": [] if exercise.over else [inject.words for inject in exercise.open.injects],
        "table": {"title": seen.table.title, "heads": heads, "rows": seen.table.rows},
        "picture": _picture(kept, seat),
        "orders": _orders(exercise, seen.role),
        "injects": [asdict(inject) for inject in injects().values()] if seat == FACILITATOR else [],
    }


def _picture(kept: KeptExercise, seat: str) -> dict[str, Any] | None:
    """Expected loss of a seat's allies in most danger over the years to come, where there are two or more."""
    exercise = kept.exercise
    played = exercise.played()
    if len(played.open_years) < 2:
        return None
    names, years = exercise.world.states.names, played.open_years
    team = None if seat == FACILITATOR else exercise.team(seat)
    shown = seat_allies(played, team, exercise.teams)
    allies = [iso for iso in shown if not _at_war(played.war(1), played.allies.index(iso))][:DRAWN]
    loss = played.loss()
    paths = {country(names[iso]): {"expected": loss[:, played.allies.index(iso)]} for iso in allies}
    if not paths:
        return None
    structure = ("table", *paths)
    spec = skeleton(
        structure, lambda: charts.fans(paths, years, "", "% of GDP a year", mean=True, alike=False, columns=1)
    )
    rows = charts.fan_rows(paths, years, mean=True)
    table = [
        [str(row["panel"]), str(row["year"]), *(words.significant(float(row[q])) for q in ("q50", "q05", "q95"))]
        for row in rows
    ]
    heads = ["Ally", "Year", "mean, % of GDP", "one in twenty below", "one in twenty above"]
    title = f"Expected loss, {years[0]} to {years[-1]}"
    caption = "Line: mean over futures. Bands: half of them, and nine in ten. Allies at war are in the table alone."
    low = {**spec, "usermeta": {"low": True}}
    return Picture("table", title, caption, key_of(structure), low, [rows], heads, table).as_mapping()


def _at_war(chances: np.ndarray, place: int) -> bool:
    """Whether a war against an ally is on: its expected loss would hide every other."""
    return bool(chances[place] > 0.5)


def _orders(exercise: Exercise, role: str) -> dict[str, Any]:
    """What the forms of a seat offer: scopes, channels, options, measures, challengers."""
    world, reach = exercise.world, Reach.of(exercise.scenario, exercise.world)
    states = world.states
    faced = {states.iso3[i] for i in world.pairs.challenger}
    regions = [region for region in terms.REGIONS if region in reach.allied.values()]
    named = [name for name, members in groups().items() if any(ally in reach.allied for ally in members)]
    return {
        "levers": [lever.name.lower() for lever in ROLES[role].levers] if role else ["support"],
        "scopes": [
            ["Regions", [[name, name] for name in regions]],
            ["Groups", [[name, name] for name in named]],
            ["Allies", sorted(([ally, states.names[ally]] for ally in reach.allied), key=lambda pair: pair[1])],
        ],
        "states": sorted(([iso, states.names[iso]] for iso in states.iso3), key=lambda pair: pair[1]),
        "channels": [[channel.key, channel.meaning] for channel in terms.Channel]
        + [[SWITCH_OFF, "share of supplied equipment remotely denied"]],
        "options": list(OPTIONS),
        "measures": list(MEASURES),
        "year": None if exercise.over else exercise.open.year,
        "seconds": sorted([iso, states.names[iso]] for iso in {states.iso3[i] for i in world.second.guarantor}),
        "challengers": sorted(([iso, states.names[iso]] for iso in faced), key=lambda pair: pair[1]),
    }


TASKS |= {
    "table_begun": table_begun,
    "table_opened": table_opened,
    "table_done": table_done,
    "table_seen": table_seen,
    "table_file": table_file,
}
