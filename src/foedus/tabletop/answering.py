"""The model's answer to a turn: what happened, what is expected, what the orders changed, what would have happened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from foedus.tabletop import told
from foedus.tabletop.exercise import Exercise
from foedus.tabletop.playing import Played


@dataclass(frozen=True)
class TurnAnswer:
    """The answer to one turn, in sentences.

    happened   what the year brought
    expected   of the years to come, once it is over
    changed    what the turn's orders did to what was expected when it began, with the same luck
    unordered  what else the year would have brought with the same luck and no order by anybody since the first turn
    digest     of what happened, number by number: the same orders bring the same digest
    """

    year: int
    happened: tuple[str, ...]
    expected: tuple[str, ...]
    changed: tuple[str, ...]
    unordered: tuple[str, ...]
    digest: str


def answer(exercise: Exercise, turn: int) -> TurnAnswer:
    """The model's answer to a turn that is over, by its number from 0."""
    names = exercise.world.states.names
    now = exercise.played(turn + 1, turn + 1)
    alone = exercise.played(turn + 1, 0)
    return TurnAnswer(
        now.happened[turn].year,
        told.happened(now.happened[turn], names, now.happened[turn - 1] if turn else None),
        told.expected(now, names),
        told.changed(exercise.played(turn, turn + 1), exercise.played(turn, turn), names),
        told.otherwise(now, alone, turn, names),
        digest_of(now, turn),
    )


def digest_of(played: Played, turn: int) -> str:
    """Hash of what a year brought."""
    return hashlib.sha256(repr(played.happened[turn]).encode()).hexdigest()[:16]
