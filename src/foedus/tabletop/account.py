"""The after-action account: an exercise told turn by turn, as Markdown and as one HTML file, and its log as CSV."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from foedus.files import place, write_text
from foedus.posture import Scenario
from foedus.posture.side import Side
from foedus.posture.writing import scenario_text
from foedus.report.look import style
from foedus.results.stamp import chances_note, origin_of
from foedus.study.span import twin_count
from foedus.tabletop.answering import TurnAnswer
from foedus.tabletop.exercise import Exercise, Turn
from foedus.tabletop.keeping import RECORD, KeptExercise, text_of
from foedus.tabletop.playing import chosen_future
from foedus.tabletop.teams import FACILITATOR, Team

COLUMNS = ("number", "year", "kind", "who", "to", "text", "reason")
"""Columns of the log: one row a move, inject or message, in the order of the turns."""

CAUTION = (
    "One future of many happened at this table. It is no forecast, and a policy is not judged by how one future went: "
    "compare what the orders changed in what was expected, over all futures."
)

AGAIN = (
    "The record replays exactly on the same version of the model: `foedus tabletop replay record.json`.",
    "The orders are a scenario of their own, beside what would have been without them: `foedus run scenario.toml`.",
)


@dataclass(frozen=True)
class Passage:
    """A part of the account: a heading with its level, then paragraphs, points, or lines as they were written."""

    level: int
    title: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    lines: str = ""


def parts(kept: KeptExercise) -> Iterator[Passage]:
    """The account, part by part."""
    exercise, scenario = kept.exercise, kept.exercise.scenario
    chosen = chosen_future(scenario.seed, scenario.futures)
    played = (
        f"{scenario.first} to {scenario.last}, seed {scenario.seed}; {exercise.closed} of {len(scenario.years)} turns "
        f"were played. What happened is future {chosen} of the {scenario.futures} that analysts had: "
        f"{origin_of(scenario)}. {chances_note(scenario.futures - twin_count(scenario.futures))}"
    )
    yield Passage(1, f"After action: {scenario.title}", (played, CAUTION), tuple(map(_team, exercise.teams)))
    for number, turn in enumerate(exercise.turns[: exercise.closed]):
        yield from _turn(exercise, turn, kept.answers[number])
    yield Passage(2, "Again", AGAIN)


def _team(team: Team) -> str:
    return f"{team.name}: {team.role}" + (f" for {', '.join(team.of)}" if team.of else "")


def _turn(exercise: Exercise, turn: Turn, found: TurnAnswer) -> Iterator[Passage]:
    yield Passage(2, str(turn.year))
    for team in exercise.teams:
        lines = turn.moves.get(team.name)
        moved = "Did not move." if lines is None else "Passed." if not lines else ""
        yield Passage(3, team.name, tuple(filter(None, (moved, turn.reasons.get(team.name, "")))), lines=lines or "")
    for inject in turn.injects:
        yield Passage(3, "Inject", (inject.words,), lines=inject.lines)
    yield Passage(3, "What happened", points=found.happened)
    yield Passage(3, "What the orders changed", points=found.changed)
    yield Passage(3, "Otherwise, with the same luck and no orders", points=found.unordered)
    yield Passage(3, "What was expected next", points=found.expected)
    said = tuple(f"{m.sender} to {m.to or 'all'}: {m.text}" for m in exercise.messages if m.year == turn.year)
    yield Passage(3, "Messages", points=said)


def markdown(kept: KeptExercise) -> str:
    """The account as Markdown."""
    lines: list[str] = []
    for part in parts(kept):
        if part.level == 3 and not (part.words or part.points or part.lines):
            continue
        lines += [f"{'#' * part.level} {part.title}", ""]
        lines += [line for word in part.words for line in (word, "")]
        lines += [*(f"- {point}" for point in part.points), *([""] if part.points else [])]
        lines += ["```toml", part.lines, "```", ""] if part.lines else []
    return "\n".join(lines).rstrip() + "\n"


def page(kept: KeptExercise) -> str:
    """The account as one HTML file without a script or an outside call."""
    body = ""
    for part in parts(kept):
        if part.level == 3 and not (part.words or part.points or part.lines):
            continue
        words = "".join(f"<p>{_code(word)}</p>" for word in part.words)
        points = "".join(f"<li>{html.escape(point)}</li>" for point in part.points)
        lines = f"<pre>{html.escape(part.lines)}</pre>" if part.lines else ""
        body += f"<h{part.level}>{html.escape(part.title)}</h{part.level}>{words}"
        body += f"<ul>{points}</ul>{lines}" if points else lines
    title = html.escape(f"After action: {kept.exercise.scenario.title}")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} - Foedus</title><style>{style()}</style></head>"
        f'<body><header><p class="brand">Foedus</p></header><main>{body}</main></body></html>'
    )


def _code(text: str) -> str:
    """Text with what stands between backquotes set as code."""
    pieces = html.escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))


def log(exercise: Exercise) -> str:
    """Moves, injects and messages as CSV, a row each, in the order of the turns."""
    rows: list[tuple[object, ...]] = []
    for turn in exercise.turns:
        rows += [
            (turn.year, "move", team.name, "", turn.moves[team.name], turn.reasons.get(team.name, ""))
            for team in exercise.teams
            if team.name in turn.moves
        ]
        rows += [(turn.year, "inject", FACILITATOR, "", f"{i.words}\n{i.lines}", "") for i in turn.injects]
        rows += [(m.year, "message", m.sender, m.to, m.text, "") for m in exercise.messages if m.year == turn.year]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((number, *map(_plain, row)) for number, row in enumerate(rows, 1))
    return out.getvalue()


def _plain(cell: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell


def export(kept: KeptExercise, folder: Path | str) -> tuple[Path, ...]:
    """Write the record, its orders as a scenario, the log and the account into a folder, made when absent.

    Moves of a turn that is open are in the record alone, so that what is sealed stays so.

    Raises InputError when it cannot be written.
    """
    target = place(folder)
    target.mkdir(parents=True, exist_ok=True)
    exercise = kept.exercise
    closed = exercise if exercise.over else replace(exercise, turns=exercise.turns[: exercise.closed])
    return tuple(
        write_text(target / name, text)
        for name, text in (
            (RECORD, text_of(kept)),
            ("scenario.toml", scenario_text(played_scenario(exercise))),
            ("log.csv", log(closed)),
            ("account.md", markdown(kept)),
            ("account.html", page(kept)),
        )
    )


def played_scenario(exercise: Exercise) -> Scenario:
    """The orders of an exercise as a scenario, compared with what would have been without them."""
    before, after = exercise.scenario, exercise.carried_out()
    doctrines = before.doctrines if before.doctrines != after.doctrines else None
    events = before.events if before.events != after.events else None
    wars = before.wars if before.wars != after.wars else None
    other = Side(doctrines=doctrines, events=events, wars=wars)
    return after.but(against=before.posture, other=other, name=f"{before.name}-played")
