"""Quantal response on any game tree: what each move is worth, its chance, and the log-likelihood of what came.

Players see the game's utilities and their own disturbances; the analyst sees only the utilities. Two structures of
Signorino (2003):

agent     every branch of every move has its own disturbance, of scale s: a move's gain is compared with s times
          the root of two
private   a player's utility of every outcome has a disturbance that only the player knows: a move's gain is compared
          with s times the root of the sum of squared chances of the outcomes, each side of the move

A third, "private-estimated", disturbs only utilities that are estimated, so that the last mover's gain is compared with
s itself, not with the root of two: the scale of R's `games` before 1.0 and of some older articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError, UnknownName
from foedus.estimators.strategic.jets import Floats, Jet, constant, exponential, reciprocal, square_root
from foedus.estimators.strategic.links import Link, find_link
from foedus.estimators.strategic.trees import Branch, Move, Tree

ErrorName = Literal["agent", "private", "private-estimated"]
ERRORS = ("agent", "private", "private-estimated")


@dataclass(frozen=True)
class TreeChoice:
    """A tree with its disturbances.

    scales   number of log-scale indices after the utilities: 0 (scale 1), 1 (common) or one a player
    """

    tree: Tree
    link_name: str = "probit"
    error: str = "agent"
    scales: int = 0

    def __post_init__(self) -> None:
        find_link(self.link_name)
        if self.error not in ERRORS:
            raise UnknownName("error structure", self.error, ERRORS)
        if self.error != "agent" and self.link_name == "logit":
            msg = (
                f'error is "{self.error}" and link "logit": a weighted sum of logistic disturbances is not logistic; '
                'use link="probit"'
            )
            raise InputError(msg)
        if self.error != "agent" and (twice := self.tree.moves_twice):
            msg = (
                f'error is "{self.error}", but player {twice[0]} of {self.tree.name} moves twice: its first move would '
                "reveal what it knows, which needs beliefs and another estimator (Lewis and Schultz 2003); use "
                'error="agent"'
            )
            raise InputError(msg)
        if self.scales not in (0, 1, len(self.tree.roles)):
            msg = f"scale has {self.scales} parts; it must have 1 (common) or {len(self.tree.roles)} (one a player)"
            raise InputError(msg)

    @property
    def link(self) -> Link:
        """The link function."""
        return find_link(self.link_name)

    @property
    def size(self) -> int:
        """Number of linear indices: utilities, then log scales."""
        return len(self.tree.utilities) + self.scales

    def gains(self, indices: Sequence[Jet]) -> tuple[Jet, ...]:
        """Return each move's standardised gain of its right branch over its left one, in the order of `tree.moves`.

        indices   jets of utilities and log scales, each [..., row]
        """
        order = indices[0].order
        found: dict[int, Jet] = {}
        self._follow(self.tree.root, indices, order, found)
        return tuple(found[id(move)] for move in self.tree.moves)

    def log_likelihood(self, indices: Sequence[Jet], taken: NDArray[np.int8]) -> Jet:
        """Return each row's log-likelihood.

        taken   [move, row]: 1 right, -1 left, 0 the move was not reached
        """
        total = constant(0.0, indices[0].order)
        for gain, side in zip(self.gains(indices), taken, strict=True):
            value, slope, curvature = self.link.log_chance(side * np.asarray(gain.value))
            reached = side != 0
            total = total + gain.through(np.where(reached, value, 0.0), slope * side, np.where(reached, curvature, 0.0))
        return total

    def chances(self, indices: Sequence[Floats]) -> tuple[Floats, Floats]:
        """Return chances of moves [..., row, move] and of outcomes [..., row, outcome].

        indices   values of utilities and log scales, each [..., row]
        """
        gains = self.gains([constant(value, 0) for value in indices])
        shape = np.broadcast_shapes(*(np.shape(value) for value in indices))
        moves = [np.broadcast_to(self.link.chance(np.asarray(gain.value))[0], shape) for gain in gains]
        outcomes = []
        for place in range(len(self.tree.outcomes)):
            product = np.ones(shape)
            for number, right in self.tree.path(place):
                product = product * (moves[number] if right else 1.0 - moves[number])
            outcomes.append(product)
        return np.stack(moves, axis=-1), np.stack(outcomes, axis=-1)

    def taken(self, outcome: NDArray[np.intp]) -> NDArray[np.int8]:
        """Return [move, row] sides taken, from the place of each row's outcome."""
        sides = np.zeros((len(self.tree.moves), len(self.tree.outcomes)), np.int8)
        for place in range(len(self.tree.outcomes)):
            for number, right in self.tree.path(place):
                sides[number, place] = 1 if right else -1
        return sides[:, outcome]

    def _follow(self, branch: Branch, indices: Sequence[Jet], order: int, found: dict[int, Jet]) -> dict[int, Jet]:
        """Return the chance of each outcome once `branch` is reached, by place; note gains of moves in `found`."""
        if not isinstance(branch, Move):
            return {self.tree.reachable(branch)[0]: constant(1.0, order)}
        left = self._follow(branch.left, indices, order, found)
        right = self._follow(branch.right, indices, order, found)
        utility = {place: k for k, (player, place) in enumerate(self.tree.utilities) if player == branch.player}
        gain = constant(0.0, order)
        for side, sign in ((right, 1.0), (left, -1.0)):
            for place, chance in side.items():
                if place in utility:
                    gain = gain + (chance * indices[utility[place]]).times(sign)
        everything = self.error == "private"
        own = [chance for side in (left, right) for place, chance in side.items() if everything or place in utility]
        gain = self._standardised(gain, own, branch.player, indices)
        found[id(branch)] = gain
        act = gain.through(*self.link.chance(np.asarray(gain.value)))
        refrain = act.times(-1.0).shifted(1.0)
        return {
            **{place: chance * refrain for place, chance in left.items()},
            **{place: chance * act for place, chance in right.items()},
        }

    def _standardised(self, gain: Jet, own: Sequence[Jet], player: int, indices: Sequence[Jet]) -> Jet:
        if self.error == "agent":
            gain = gain.times(np.sqrt(0.5))
        elif any(np.ndim(chance.value) for chance in own):
            squares = constant(0.0, gain.order)
            for chance in own:
                squares = squares + chance * chance
            gain = gain * reciprocal(square_root(squares))
        else:
            gain = gain.times(1.0 / np.sqrt(len(own)))
        if self.scales:
            number = len(self.tree.utilities) + (0 if self.scales == 1 else player - 1)
            gain = gain * exponential(indices[number].times(-1.0))
        return gain
