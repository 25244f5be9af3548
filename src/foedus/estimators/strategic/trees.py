"""Game trees: each game is one declaration of who moves, where it ends, and whose utility is estimated there.

The order of estimated utilities, and so of the parts of a formula, is by player and then by outcome from left to
right. A player who can reach an outcome but is not listed there has utility 0 there: the reference.
Sources: Signorino (1999, 2003); Lewis and Schultz (2003); Kenkel and Signorino (2014).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from foedus.errors import InputError


@dataclass(frozen=True)
class Outcome:
    """An end of the game.

    name           what happens
    utilities_of   players whose utility here is estimated
    """

    name: str
    utilities_of: tuple[int, ...]


@dataclass(frozen=True)
class Move:
    """A player's choice between two branches.

    player   who chooses, 1, 2, ...
    name     what the right branch is: "escalate"
    left     what follows when the player does not
    right    what follows when the player does
    """

    player: int
    name: str
    left: Branch
    right: Branch


Branch: TypeAlias = Move | Outcome


@dataclass(frozen=True)
class Tree:
    """A game of perfect information with two branches at every move.

    name      as in `egame12`
    roles     what the players are called, in order
    root      the first move
    """

    name: str
    roles: tuple[str, ...]
    root: Move

    def __post_init__(self) -> None:
        names = [outcome.name for outcome in self.outcomes]
        if len(set(names)) < len(names):
            msg = f"{self.name}: outcomes must have different names, got {', '.join(names)}"
            raise InputError(msg)
        players = set(range(1, len(self.roles) + 1))
        moving = {move.player for move in self.moves}
        if moving != players:
            msg = f"{self.name}: players {sorted(moving)} move, but roles are given for {sorted(players)}"
            raise InputError(msg)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every move, a move before those that follow it."""
        return tuple(part for part in _parts(self.root) if isinstance(part, Move))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome, from left to right."""
        return tuple(part for part in _parts(self.root) if isinstance(part, Outcome))

    @cached_property
    def utilities(self) -> tuple[tuple[int, int], ...]:
        """Estimated utilities as (player, place of the outcome), in the order of a formula's parts."""
        return tuple(
            (player, place)
            for player in range(1, len(self.roles) + 1)
            for place, outcome in enumerate(self.outcomes)
            if player in outcome.utilities_of
        )

    @cached_property
    def moves_twice(self) -> tuple[int, ...]:
        """Players who may move twice in one play of the game."""
        twice = {move.player for move in self.moves for later in _moves_after(move) if later.player == move.player}
        return tuple(sorted(twice))

    def path(self, place: int) -> tuple[tuple[int, bool], ...]:
        """Moves that lead to an outcome, as (place of the move, whether its right branch was taken)."""
        path = _path(self.root, self.outcomes[place])
        moves = self.moves
        return tuple((next(k for k, m in enumerate(moves) if m is move), right) for move, right in path)

    def reachable(self, branch: Branch) -> tuple[int, ...]:
        """Places of the outcomes that can follow a branch."""
        if isinstance(branch, Outcome):
            return (next(place for place, outcome in enumerate(self.outcomes) if outcome is branch),)
        below = [part for part in _parts(branch) if isinstance(part, Outcome)]
        return tuple(place for place, outcome in enumerate(self.outcomes) if any(outcome is part for part in below))

    def first_moves(self, player: int) -> tuple[Move, ...]:
        """Moves of a player before which the player has not moved."""
        own = [move for move in self.moves if move.player == player]
        return tuple(m for m in own if not any(m is later for earlier in own for later in _moves_after(earlier)))

    def drawn(self) -> str:
        """Return the tree as text, one line a branch."""
        lines: list[str] = []
        _draw(self.root, "", lines, self.roles)
        return "\n".join(lines)


def _parts(branch: Branch) -> Iterator[Branch]:
    yield branch
    if isinstance(branch, Move):
        yield from _parts(branch.left)
        yield from _parts(branch.right)


def _moves_after(move: Move) -> Iterator[Move]:
    return (part for side in (move.left, move.right) for part in _parts(side) if isinstance(part, Move))


def _path(branch: Branch, outcome: Outcome) -> tuple[tuple[Move, bool], ...]:
    if not isinstance(branch, Move):
        return ()
    right = any(part is outcome for part in _parts(branch.right))
    return ((branch, right), *_path(branch.right if right else branch.left, outcome))


def _draw(branch: Branch, indent: str, lines: list[str], roles: tuple[str, ...]) -> None:
    if isinstance(branch, Outcome):
        whose = ", ".join(f"u{player}" for player in branch.utilities_of) or "no utility estimated"
        lines.append(f"{indent}= {branch.name} ({whose})")
        return
    who = f"{branch.player} {roles[branch.player - 1]}"
    lines.append(f"{indent}{who}: not {branch.name}")
    _draw(branch.left, indent + "  ", lines, roles)
    lines.append(f"{indent}{who}: {branch.name}")
    _draw(branch.right, indent + "  ", lines, roles)


EGAME12 = Tree(
    "egame12",
    ("challenger", "target"),
    Move(1, "act", Outcome("status quo", (1,)), Move(2, "fight", Outcome("concession", (1,)), Outcome("war", (1, 2)))),
)
"""Two players, three outcomes: u1(status quo), u1(concession), u1(war), u2(war)."""

EGAME122 = Tree(
    "egame122",
    ("first", "second"),
    Move(
        1,
        "right",
        Move(2, "right after left", Outcome("left left", (1,)), Outcome("left right", (1, 2))),
        Move(2, "right after right", Outcome("right left", (1,)), Outcome("right right", (1, 2))),
    ),
)
"""Two players, four outcomes: u1 of each, then u2(left right), u2(right right)."""

EGAME123 = Tree(
    "egame123",
    ("first", "second", "third"),
    Move(
        1,
        "act",
        Outcome("first stops", (1,)),
        Move(
            2,
            "act",
            Outcome("second stops", (1, 2)),
            Move(3, "act", Outcome("third stops", (1, 2)), Outcome("all act", (1, 2, 3))),
        ),
    ),
)
"""Three players, four outcomes: u1 of each, u2 of the last three, u3(all act)."""

CRISIS = Tree(
    "crisis",
    ("challenger", "target", "guarantor"),
    Move(
        1,
        "challenge",
        Outcome("status quo", (1,)),
        Move(
            2,
            "resist",
            Outcome("concession", (1,)),
            Move(
                1,
                "attack",
                Outcome("backed down", (1, 2)),
                Move(3, "join", Outcome("war alone", (1, 2)), Outcome("war joined", (1, 2, 3))),
            ),
        ),
    ),
)
"""The crisis of `foedus.equations.crisis` without limited force: u1 of all, u2 of the last three, u3(war joined)."""
