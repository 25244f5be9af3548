"""What is done in a year: orders placed, crises met, ground given up; kept in the state until the next year begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus import terms
from foedus.engine.layout import Floats
from foedus.engine.setting import Setting
from foedus.engine.shapes import (
    Answered,
    GroupFuture,
    Happened,
    HappenedIndex,
    OptionStateFuture,
    StateDomainFuture,
    StateFuture,
)
from foedus.equations.hedging import Option


@dataclass(frozen=True)
class Orders:
    """What a year's money ordered, at purchasing power; last axis F."""

    bought: StateDomainFuture
    """from the guarantor"""
    made: StateDomainFuture
    """at home or in the region"""
    money: StateFuture
    """flexible money, at market prices"""
    shares: OptionStateFuture
    """shares of it by option"""

    def on(self, option: Option) -> Floats:
        """[S, F] flexible money for one option."""
        return np.asarray(self.shares[option] * self.money)

    @property
    def spent(self) -> StateFuture:
        """Flexible money that any option gets."""
        return np.asarray(self.shares.sum(axis=0) * self.money)


@dataclass(frozen=True)
class Events:
    """What happened this year: one entry a crisis, as its pair and future, and flags of 0 or 1."""

    pair: HappenedIndex
    future: HappenedIndex
    conceded: Happened
    limited: Happened
    war: Happened
    fought: Happened
    """the guarantor fought"""
    due: Happened
    """a war in which the promise fell due"""
    won: Happened
    """the challenger won the war within the year"""
    goes_on: Happened
    """the war did not end within the year"""
    grab: Happened
    """limited force that took ground"""
    blockade: Happened
    """limited force that was a blockade"""
    asked: Answered
    """1 where a war made the promise of a second guarantor fall due, by its place among those of the target"""
    came: Answered
    """1 where that one fought"""


@dataclass(frozen=True)
class Moves:
    """What a year's blocks have done so far, for the blocks after them and for the record."""

    orders: Orders
    events: Events
    conceded: StateFuture
    """stakes given up without a crisis"""
    campaigns: GroupFuture
    """1 where a sponsored group was on campaign"""

    @staticmethod
    def none(setting: Setting) -> Moves:
        """Nothing ordered, no crisis, no ground given: how every year begins."""
        states, nowhere = setting.layout.counts.states, np.zeros(0, dtype=np.intp)

        def nothing(*shape: int) -> Floats:
            return np.broadcast_to(np.float32(0.0), (*shape, setting.futures))

        by_domain = nothing(states, len(terms.Domain))
        return Moves(
            orders=Orders(by_domain, by_domain, nothing(states), nothing(len(Option), states)),
            events=Events(
                nowhere,
                nowhere,
                *[np.zeros(0, dtype=np.float32)] * 9,
                *[np.zeros((0, setting.layout.backing.places), dtype=np.float32)] * 2,
            ),
            conceded=nothing(states),
            campaigns=nothing(len(setting.layout.sponsors)),
        )
