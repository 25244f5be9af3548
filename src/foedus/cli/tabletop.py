"""The commands `foedus tabletop …`: read the record of a folder, do one thing, write it back, say what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from foedus.cli.changes import years_named
from foedus.cli.console import console, said
from foedus.cli.output import print_json
from foedus.cli.running import scenario_named
from foedus.errors import InputError
from foedus.posture.bounds import wrong_years
from foedus.tables import grid
from foedus.tabletop import (
    FACILITATOR,
    Exercise,
    KeptExercise,
    SeatView,
    Team,
    TurnAnswer,
    begin,
    changing,
    export,
    injects,
    listed,
    own,
    read,
    replay,
    view,
)
from foedus.tabletop.injecting import OWN
from foedus.world import World

TURNS = 7
"""Years of an exercise unless told: what a workshop of an hour or two gets through."""


def new(folder: Path, name: str, years: str, seed: int | None, analysts: int, teams: Sequence[str]) -> None:
    """Begin an exercise in a folder."""
    scenario = scenario_named(name)
    first, last = years_named(years) if years else (scenario.first, min(scenario.last, scenario.first + TURNS - 1))
    if wrong := wrong_years(first, last):
        msg = f"--years {years}: {wrong}"
        raise InputError(msg)
    scenario = scenario.but(first=first, last=last)
    scenario = scenario if seed is None else scenario.replace(seed=seed)
    states = World.load().states.iso3
    exercise = Exercise.begin(scenario, [Team.read(text, states) for text in teams], analysts)
    file = begin(folder, KeptExercise.of(exercise))
    said(f"{file}: {scenario.title}, {first} to {last}. Teams: {', '.join(team.name for team in exercise.teams)}")
    said(f"Next: foedus tabletop show {folder} --as {exercise.teams[0].name}")


def show(folder: Path, seat: str, *, as_json: bool) -> None:
    """Print the table as a seat sees it."""
    seen = view(read(folder), seat)
    if as_json:
        print_json(_mapping(seen))
        return
    head = "over" if seen.year is None else f"{seen.year} is open"
    said(f"{seen.seat}: {head}. Decides {seen.decides}.\n")
    if seen.answer:
        _tell(seen.answer, everything=seat == FACILITATOR)
    _points("Expected", seen.expected)
    if seen.table.rows:
        console().print(seen.table.terminal(), markup=False)
    for team, lines in seen.moves.items():
        said(f"{team}, sealed:\n{lines or 'passes'}\n")
    if seen.sealed is not None and not seen.moves:
        said(f"You sealed:\n{seen.sealed or 'nothing: you pass'}\n")
    _points("Messages", [f"{m.year}, {m.sender} to {m.to or 'all'}: {m.text}" for m in seen.messages])
    if seen.year is not None:
        said(f"Still to move: {', '.join(seen.waiting) or 'nobody'}")


def move(folder: Path, team: str, lines: Sequence[str], why: str) -> None:
    """Seal a move."""
    with changing(folder) as held:
        exercise = held[0].exercise.move(team, "\n".join(lines), why)
        held[0] = held[0].then(exercise)
    what = f"{len(lines)} line{'' if len(lines) == 1 else 's'} sealed" if lines else "passes"
    said(f"{team}, {exercise.open.year}: {what}. Still to move: {', '.join(exercise.waiting) or 'nobody'}")


def put_in(folder: Path, name: str, given: Sequence[str], words: str, lasts: int | None) -> None:
    """Put an inject in."""
    with changing(folder) as held:
        exercise = held[0].exercise
        states = exercise.world.states
        if name == OWN:
            inject = own(words, "\n".join(given), lasts)
        else:
            if words or lasts is not None:
                msg = f"--words and --lasts are for an inject of your own; {name} has them from the list"
                raise InputError(msg)
            inject = listed(name).filled(dict(map(_pair, given)), states.iso3, states.names, exercise.open.year)
        held[0] = held[0].then(exercise.inject(inject))
    said(f"Read out: {inject.words}\n{inject.lines}")


def _pair(word: str) -> tuple[str, str]:
    key, mark, value = word.partition("=")
    if not mark:
        msg = f"{word}: is not like whom=EST"
        raise InputError(msg)
    return key.strip(), value.strip()


def say(folder: Path, seat: str, text: str, to: str) -> None:
    """Write a message."""
    with changing(folder) as held:
        held[0] = held[0].then(held[0].exercise.say(seat, text, to))
    said(f"{seat} to {to or 'all'}: {text}")


def close(folder: Path, *, at_once: bool, as_json: bool) -> None:
    """Close the open turn and print the answer."""
    with changing(folder) as held, Console(stderr=True).status("the year happens"):
        held[0] = held[0].then(held[0].exercise.close(at_once=at_once))
    found = held[0].answers[-1]
    if as_json:
        print_json(asdict(found))
        return
    _tell(found, everything=True)
    _points("Expected next", found.expected)
    if held[0].exercise.over:
        said(f"The exercise is over. Write the account: foedus tabletop export {folder}")


def show_injects(*, as_json: bool) -> None:
    """Print the list of injects."""
    if as_json:
        print_json([asdict(inject) for inject in injects().values()])
        return
    rows = [
        (inject.name, ", ".join(f"{key}={usual}" for key, usual in inject.asks.items()), inject.title)
        for inject in injects().values()
    ]
    console().print(grid(("inject", "blanks", "what happens"), rows, whole=("inject",)).terminal(), markup=False)


def write_out(folder: Path, out: Path | None) -> None:
    """Write the after-action files."""
    for path in export(read(folder), out or folder):
        said(str(path))


def run_again(record: Path, *, as_json: bool) -> None:
    """Replay a record and say whether the same happened."""
    found = replay(read(record))
    turns = len(found.kept.answers)
    if as_json:
        print_json({"turns": turns, "differ": list(found.differ), "same_code": found.same_code})
        return
    code = "the code of the record" if found.same_code else "other code than the record's"
    if not found.differ:
        said(f"{turns} turns replayed on {code}: the same happened in every one")
        return
    years = ", ".join(map(str, found.differ))
    said(f"{turns} turns replayed on {code}: something else happened in {years}")
    if found.same_code:
        msg = f"{record}: was changed by hand, because the same code brings the same years"
        raise InputError(msg)


def _tell(found: TurnAnswer, *, everything: bool) -> None:
    """Print what happened; what orders changed, and what would have been, for the facilitator."""
    _points(f"{found.year}", found.happened)
    if everything:
        _points("What the orders changed", found.changed)
        _points("Otherwise, with the same luck and no orders", found.unordered)


def _points(title: str, lines: Sequence[str]) -> None:
    if lines:
        said("\n".join((title, *(f"  {line}" for line in lines), "")))


def _mapping(seen: SeatView) -> dict[str, object]:
    """A view for JSON: the table as rows by column."""
    heads = [heading.name for heading in seen.table.headings]
    rows = [dict(zip(heads, row, strict=True)) for row in seen.table.rows]
    return {**asdict(seen), "table": rows}
