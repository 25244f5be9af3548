"""The record of an exercise: one JSON file that holds all that was decided and said, and replays exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from foedus.errors import InputError
from foedus.files import locked, place, write_text
from foedus.posture import Scenario
from foedus.posture.writing import scenario_text
from foedus.study.code import model_code
from foedus.tabletop.answering import TurnAnswer, answer
from foedus.tabletop.exercise import Exercise, Message, Turn
from foedus.tabletop.injecting import Inject
from foedus.tabletop.teams import Team
from foedus.version import __version__

FORMAT = 1
RECORD = "record.json"
"""Name of the record in the folder of an exercise."""

LARGEST = 8 << 20
"""Bytes of a record: what a long exercise takes, many times over."""


@dataclass(frozen=True)
class KeptExercise:
    """An exercise with the model's answers to the turns that are over.

    code  hash of the model's code that answered them
    """

    exercise: Exercise
    answers: tuple[TurnAnswer, ...] = ()
    code: str = ""

    @staticmethod
    def of(exercise: Exercise, answers: tuple[TurnAnswer, ...] = ()) -> KeptExercise:
        """The exercise with an answer to every turn that is over; those given are not worked out again."""
        missing = range(len(answers), exercise.closed)
        return KeptExercise(exercise, (*answers, *(answer(exercise, turn) for turn in missing)), model_code())

    def then(self, exercise: Exercise) -> KeptExercise:
        """What is kept once the exercise has gone on: answers so far stay."""
        return KeptExercise.of(exercise, self.answers)


@dataclass(frozen=True)
class Replay:
    """A record run again.

    kept    the exercise with answers worked out now
    differ  years in which something else happened than the record says
    code    whether the model's code is that of the record
    """

    kept: KeptExercise
    differ: tuple[int, ...]
    same_code: bool


def replay(kept: KeptExercise) -> Replay:
    """Let every turn of a record happen again, and say where it differs."""
    again = KeptExercise.of(kept.exercise)
    pairs = zip(kept.answers, again.answers, strict=True)
    return Replay(again, tuple(new.year for old, new in pairs if old.digest != new.digest), kept.code == again.code)


def text_of(kept: KeptExercise) -> str:
    """The record as JSON text."""
    exercise = kept.exercise
    body = {
        "format": FORMAT,
        "foedus": __version__,
        "code": kept.code,
        "scenario": scenario_text(exercise.scenario),
        "teams": [asdict(team) for team in exercise.teams],
        "over": exercise.over,
        "turns": [asdict(turn) for turn in exercise.turns],
        "answers": [asdict(found) for found in kept.answers],
        "messages": [asdict(message) for message in exercise.messages],
    }
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def of_text(text: str, name: str) -> KeptExercise:
    """Read a record; `name` is what complaints call it. Raises InputError for text that is none."""
    try:
        body: dict[str, Any] = json.loads(text)
        if body["format"] != FORMAT:
            msg = f"{name}: a record of format {body['format']}, where {FORMAT} is read"
            raise InputError(msg)
        scenario = Scenario.parse(body["scenario"], name)
        exercise = Exercise(
            scenario,
            tuple(Team(row["name"], row["role"], tuple(row["of"])) for row in body["teams"]),
            tuple(_turn(row) for row in body["turns"]),
            tuple(Message(**row) for row in body["messages"]),
            bool(body["over"]),
        )
        kept = KeptExercise(exercise, tuple(map(_answer, body["answers"])), str(body["code"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"{name}: is no record of an exercise ({type(error).__name__}: {error})"
        raise InputError(msg) from error
    exercise.orders()
    return kept


def _turn(row: Mapping[str, Any]) -> Turn:
    return Turn(row["year"], row["moves"], row["reasons"], tuple(Inject(**inject) for inject in row["injects"]))


def _answer(row: Mapping[str, Any]) -> TurnAnswer:
    lists: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return TurnAnswer(**lists)


def read(path: Path | str) -> KeptExercise:
    """Read a record: its file, or the folder of an exercise. Raises InputError where there is none."""
    file = place(path)
    file = file / RECORD if file.is_dir() else file
    try:
        if file.stat().st_size > LARGEST:
            msg = f"{file}: larger than {LARGEST:,} bytes, so it is no record of an exercise"
            raise InputError(msg)
        return of_text(file.read_text(encoding="utf-8"), file.name)
    except FileNotFoundError:
        msg = f"{file}: no such record. Begin an exercise: foedus tabletop new FOLDER"
        raise InputError(msg) from None
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{file}: cannot be read ({error})"
        raise InputError(msg) from error


def begin(folder: Path | str, kept: KeptExercise) -> Path:
    """Write the first record into a folder, made when absent; raise InputError where an exercise is there already."""
    folder = place(folder)
    if (folder / RECORD).exists():
        msg = f"{folder}: an exercise is there already. Show it: foedus tabletop show {folder}; or name another folder"
        raise InputError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    return write_text(folder / RECORD, text_of(kept))


@contextmanager
def changing(folder: Path | str) -> Iterator[list[KeptExercise]]:
    """The record of a folder in a list of one; what stands there at the end of the block is written.

    One process changes a record at a time; another that asks meanwhile is told so (`files.Busy`).
    """
    folder = place(folder)
    held = [read(folder)]
    with locked(folder):
        held = [read(folder)]
        yield held
        write_text(folder / RECORD, text_of(held[0]))
