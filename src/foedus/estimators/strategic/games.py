"""A game with what was observed: the part of a model that differs between trees and the ultimatum game."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.errors import UnknownName
from foedus.estimators.strategic.choice import TreeChoice
from foedus.estimators.strategic.coding import Places
from foedus.estimators.strategic.jets import Floats, Jet
from foedus.estimators.strategic.offers import Offers, draw_offers, offer_chances
from foedus.estimators.strategic.problem import Problem
from foedus.estimators.strategic.start import backward_induction, offer_starts

STRUCTURES = {
    "agent": "agent error",
    "private": "private information",
    "private-estimated": "private information on estimated utilities only",
}
"""Where disturbances are, in words."""


class Game(Protocol):
    """What estimation needs of a game."""

    @property
    def name(self) -> str:
        """As in `egame12`."""

    @property
    def structure(self) -> str:
        """Link and disturbances, in words."""

    @property
    def observed(self) -> Floats:
        """What happened [row, ...], to tell whether two models explain the same."""

    def log_likelihood(self, indices: Sequence[Jet]) -> Jet:
        """Return rows' log-likelihoods."""

    def starts(self, problem: Problem) -> Floats:
        """Return informed starting values [start, k]."""

    def quantities(self, indices: Sequence[Floats], of: str | None) -> dict[str, Floats]:
        """Return what the game predicts, each [..., row], by name."""

    def row_log_chance(self, indices: Sequence[Floats], outcome: str) -> Floats:
        """Return the log-likelihood of only part of what happened [row]."""

    def part_observed(self, outcome: str) -> Floats:
        """Return that part of what happened [row]."""

    def draw(self, indices: Sequence[Floats], random: np.random.Generator) -> Mapping[str, NDArray[Any]]:
        """Draw what happens, one column a name."""


@dataclass(frozen=True)
class TreeGame:
    """A tree and the outcome of each row.

    outcome   [row] place of the outcome
    labels    of the outcomes
    names     columns that said so
    values    of a single such column, by outcome; empty when moves were given
    """

    choice: TreeChoice
    outcome: Places
    labels: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[str | float, ...] = ()

    @property
    def name(self) -> str:
        """Name of the tree."""
        return self.choice.tree.name

    @property
    def structure(self) -> str:
        """Link and disturbances."""
        return f"{self.choice.link_name}, {STRUCTURES[self.choice.error]}"

    @property
    def observed(self) -> Floats:
        """Place of each row's outcome."""
        return self.outcome.astype(np.float64)

    def log_likelihood(self, indices: Sequence[Jet]) -> Jet:
        """Return rows' log-likelihoods."""
        return self.choice.log_likelihood(indices, self._taken)

    @cached_property
    def _taken(self) -> NDArray[np.int8]:
        return self.choice.taken(self.outcome)

    def starts(self, problem: Problem) -> Floats:
        """Return values from statistical backward induction."""
        return backward_induction(self.choice, problem, self._taken)[None, :]

    def quantities(self, indices: Sequence[Floats], of: str | None) -> dict[str, Floats]:
        """Return chances of outcomes (the default) or of moves."""
        of = of or "outcomes"
        if of not in ("outcomes", "moves"):
            raise UnknownName("prediction", of, ("outcomes", "moves"))
        moves, outcomes = self.choice.chances(indices)
        if of == "outcomes":
            return {label: outcomes[..., k] for k, label in enumerate(self.labels)}
        return {move.name: moves[..., k] for k, move in enumerate(self.choice.tree.moves)}

    def row_log_chance(self, indices: Sequence[Floats], outcome: str) -> Floats:
        """Return the log chance of whether one outcome came or not."""
        chance = self.quantities(indices, "outcomes")[self._known(outcome)]
        result: Floats = np.log(np.where(self.part_observed(outcome) == 1, chance, 1.0 - chance))
        return result

    def part_observed(self, outcome: str) -> Floats:
        """Return 1 where the outcome came, else 0."""
        came: Floats = (self.outcome == self.labels.index(self._known(outcome))).astype(np.float64)
        return came

    def draw(self, indices: Sequence[Floats], random: np.random.Generator) -> Mapping[str, NDArray[Any]]:
        """Draw an outcome for each row, in columns of the same names and coding as those observed."""
        chances = self.choice.chances(indices)[1]
        drawn = (random.random(chances.shape[:-1])[..., None] > np.cumsum(chances, axis=-1)[..., :-1]).sum(axis=-1)
        if self.values:
            return {self.names[0]: np.asarray(self.values)[drawn]}
        names = self.names if len(self.names) == len(self.choice.tree.moves) else (*self.names, self.names[-1])
        taken = self.choice.taken(drawn)
        columns = {name: np.zeros(drawn.shape) for name in names}
        for name, side in zip(names, taken, strict=True):
            columns[name] = np.maximum(columns[name], side == 1)
        return columns

    def _known(self, outcome: str) -> str:
        if outcome not in self.labels:
            raise UnknownName("outcome", outcome, self.labels)
        return outcome


OFFER_PARTS = ("offer", "accept")


@dataclass(frozen=True)
class OfferGame:
    """The ultimatum game with observed offers.

    names   columns of the offer and, if used, of acceptance
    """

    offers: Offers
    names: tuple[str, ...]
    name: str = "ultimatum"
    structure: str = "logit, private information"

    @property
    def observed(self) -> Floats:
        """Offers and, if modelled, acceptance."""
        parts = [self.offers.offer] + ([] if self.offers.accepted is None else [self.offers.accepted])
        return np.column_stack(parts)

    def log_likelihood(self, indices: Sequence[Jet]) -> Jet:
        """Return rows' log-likelihoods."""
        return self.offers.log_likelihood(indices)

    def starts(self, problem: Problem) -> Floats:
        """Return values from separate regressions of offers and acceptance."""
        return offer_starts(self.offers, problem)

    def quantities(self, indices: Sequence[Floats], of: str | None) -> dict[str, Floats]:
        """Return the best offer without disturbance, the mean offer, and the chance of acceptance."""
        if of not in (None, "offers"):
            raise UnknownName("prediction", of, ("offers",))
        best, mean, accepted = offer_chances(indices, self.offers.maximum)
        return {"best offer": best, "mean offer": mean, "accepted": accepted}

    def row_log_chance(self, indices: Sequence[Floats], outcome: str) -> Floats:
        """Return the log-likelihood of offers alone or of answers alone."""
        jets = [Jet(value, {}, {}, 0) for value in indices]
        offers = Offers(self.offers.offer, None, self.offers.maximum, self.offers.tolerance)
        alone = np.asarray(offers.log_likelihood(jets).value)
        if self._known(outcome) == "offer":
            return alone
        answers: Floats = np.asarray(self.offers.log_likelihood(jets).value) - alone
        return answers

    def part_observed(self, outcome: str) -> Floats:
        """Return offers or answers."""
        part: Floats = self.observed[:, OFFER_PARTS.index(self._known(outcome))]
        return part

    def draw(self, indices: Sequence[Floats], random: np.random.Generator) -> Mapping[str, NDArray[Any]]:
        """Draw an offer and its answer for each row."""
        offer, accepted = draw_offers(indices, self.offers.maximum, random)
        return dict(zip(self.names, (offer, accepted), strict=False))

    def _known(self, outcome: str) -> str:
        legal = OFFER_PARTS if self.offers.accepted is not None else OFFER_PARTS[:1]
        if outcome not in legal:
            raise UnknownName("outcome", outcome, legal)
        return outcome
