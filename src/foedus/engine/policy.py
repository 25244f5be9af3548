"""A posture and doctrines as arrays over the years of a study: what is given, ordered and announced, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats


@dataclass(frozen=True)
class Policy:
    """A posture and doctrines as arrays over the years of a study.

    levels           [Y, L, C] support relative to the start, 0-2
    switched_off     [Y, L] remote denial of dependent equipment, 0-1
    conditional      how strongly support answers to the ally's burden, 0-1
    politics_spread  factor on the volatility of the guarantor's politics; the mean stays
    homeland_defence share of a salvo on the guarantor's homeland that is stopped, beyond today's
    remedies         level 0-1 of each remedy (R30)
    option_shares    [K, S] fixed portfolio shares, the options first as in every portfolio; NaN where the model decides
    spending         [Y, S] ordered share of GDP; NaN where the model decides
    rules            doctrines with triggers, applied in order
    hostility        [Y, P] what events outside the model add to each pair's hostility; None for nothing
    planned          spending that states have announced; None where it does not count
    wars             wars that end or begin by order; None for none
    second           what second guarantors give; None for what they give at the start, in every year
    """

    name: str
    levels: Floats
    switched_off: Floats
    conditional: float
    politics_spread: float
    homeland_defence: float
    remedies: Mapping[str, float]
    option_shares: Floats
    spending: Floats
    rules: tuple[Rule, ...] = ()
    hostility: Floats | None = None
    planned: Planned | None = None
    second: SecondLevels | None = None
    wars: DatedWars | None = None


@dataclass(frozen=True)
class DatedWars:
    """Wars that end or begin by order, over the years of a study.

    ends    [Y, P] whether a war that is on ends in a ceasefire
    begins  [Y, P] whether the challenger goes to war, unless the two fight already
    """

    ends: NDArray[np.bool_]
    begins: NDArray[np.bool_]


@dataclass(frozen=True)
class SecondLevels:
    """What second guarantors give over the years of a study, where a posture says it.

    factor  [Y, H] on all that each gives at the start, 0-2
    levels  [Y, H, C] ordered level of each channel, 0-1, absolute; NaN where none is ordered
    troops  [Y, H] ordered persons on the ally's soil; NaN where none are
    """

    factor: Floats
    levels: Floats
    troops: Floats


@dataclass(frozen=True)
class Planned:
    """Announced spending over the years of a study.

    rise    [2, Y, S] rise above the share of the start, share of GDP: by laws and budgets, by pledges and words
    runs    [Y, S] whether a path is not yet at its end
    states  [S] whether a state has announced any
    """

    rise: Floats
    runs: NDArray[np.bool_]
    states: NDArray[np.bool_]


@dataclass(frozen=True)
class Rule:
    """When every condition holds for a state, its shares or spending are as said.

    states      [S] whether it covers each state
    conditions  (measure, sign, threshold): sign is +1 for above, -1 for below
    spending    [Y] ordered share of GDP, NaN before the first date; None where spending is not ordered
    """

    states: NDArray[np.bool_]
    conditions: tuple[tuple[str, int, float], ...]
    option_shares: Floats | None
    spending: Floats | None
    more: Floats | None = None
    """[K] added to the shares of options, the others scaled down"""
    held: tuple[int, int] | None = None
    """first and last year in which it decides, as places in the years; None for all of them"""
