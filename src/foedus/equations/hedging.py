"""Hedging: what a state buys with the money that is not already spent (eqs 22-24, 34, R04, R07, R08)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Array, Number, Stacked, at_least
from foedus.terms import Axis, Domain


class Option(Axis):
    """What money buys [K]: the place, and the domain whose stock the option adds to, if any.

    Plain names of domains are bought from the guarantor; `_HOME` is the same thing made at home or in the region.
    """

    LAND = 0, Domain.LAND
    AIR = 1, Domain.AIR
    MARITIME = 2, Domain.MARITIME
    LAND_HOME = 3, Domain.LAND
    AIR_HOME = 4, Domain.AIR
    MARITIME_HOME = 5, Domain.MARITIME
    C4ISR = 6, Domain.C4ISR
    MISSILE_DEFENCE = 7, Domain.AIR
    UNMANNED_CYBER = 8, Domain.LAND
    ENABLERS = 9
    POOL = 10
    NUCLEAR = 11
    LOYALTY = 12
    RESERVE = 13

    domain: Domain | None

    def __init__(self, place: int, domain: Domain | None = None) -> None:
        """Keep the domain."""
        super().__init__(place)
        self.domain = domain

    @property
    def bought(self) -> bool:
        """Whether it is equipment bought from the guarantor."""
        return self in (Option.LAND, Option.AIR, Option.MARITIME)

    @property
    def home_version(self) -> bool:
        """Whether it is made at home or in the region in place of what the guarantor sells."""
        return self in (Option.LAND_HOME, Option.AIR_HOME, Option.MARITIME_HOME)

    @property
    def made_at_home(self) -> bool:
        """Whether it is equipment made at home or in the region."""
        return self.domain is not None and not self.bought

    @property
    def has_stock(self) -> bool:
        """Whether stocks say how much money it usually gets; the others are new, or no equipment."""
        return self.bought or self.home_version or self is Option.C4ISR


OPTIONS = Option.keys()
"""How files and tables spell the options, in order."""


def programme_value(loss_without: Number, loss_with: Number, lead_time: Number, discount: Number) -> Number:
    """Worth of a whole programme: the yearly loss it avoids, in its unit, discounted to when it arrives (eq. 22).

    loss_without  expected yearly loss without it, 0 or more
    loss_with     expected yearly loss with it, in the same unit
    lead_time     years until it arrives, 0 or more
    discount      yearly discount rate, as a share, above -1

    A programme is large (years of budget), so its worth survives where a small change would show nothing. All
    broadcast. Unchecked: a discount of -1 divides by zero, one below gives NaN or, from
    plain floats, a complex number.
    Source: discounted value; its use here is this project's.
    """
    return (loss_without - loss_with) * (1.0 + discount) ** (-lead_time)


def portfolio_shares(
    values: Number, precision: Number, dislike: Number, available: Number, habit: Number, least: Number = 1e-9
) -> Number:
    """Shares of procurement money over options (eq. 22); they sum to one.

    values     [K, ...] programme worth, any scale and sign: the best open one is taken as one
    precision  logit precision on that scale, 0 or more
    dislike    [K, ...] political cost of an option on the same scale, any sign
    available  [K, ...] 1 when an option is open, 0 closed; one must be open
    habit      [K, ...] shares money goes to when no option is worth more than another; below 1e-6 counts as 1e-6
    least      worth below which differences hardly move money, above 0, in the unit of `values`

    A logit around habit: with nothing to gain, money goes where it went. Arrays or lists; `values` has the widest
    shape, to which the others broadcast, and the result has it too. Unchecked: with no option open, or an infinite
    worth, NaN.
    Source: Matejka and McKay (2015).
    """
    may = np.asarray(available) > 0.0
    worth = values * may
    pull = precision * (worth / np.maximum(np.abs(worth).max(axis=0), least) - dislike)
    weights = np.exp(pull - pull.max(axis=0))
    weights *= at_least(habit, 1e-6)
    weights *= may
    found: Array = weights / weights.sum(axis=0)
    return found


def raised_shares(chosen: Stacked, more: Stacked) -> Number:
    """Shares with some options raised by a rule, the others scaled so that the sum stays one.

    chosen  [K, ...] array or list of shares, 0-1, that sum to one
    more    [K, ...] added to an option's share, any sign, 0 where a rule says nothing; a raised share stays within 0-1

    Returns [K, ...]. Unchecked: when the rule names every option with a share, nothing is left to scale and the sum can
    be less than one.
    Source: this project's bookkeeping.
    """
    chosen, more = np.asarray(chosen), np.asarray(more)
    ruled = more != 0.0
    raised = np.where(ruled, np.clip(chosen + more, 0.0, 1.0), 0.0)
    raised = raised / np.maximum(raised.sum(axis=0), 1.0)
    rest = np.where(ruled, 0.0, chosen)
    room = (1.0 - raised.sum(axis=0)) / np.maximum(rest.sum(axis=0), 1e-9)
    found: Array = raised + rest * room
    return found


def water_filled(wanted: Stacked, capacity: Stacked, axis: int = 0) -> Number:
    """Spend money as wanted but never above an option's capacity; what does not fit goes where there is room (eq. 24).

    wanted    [K, ...] array or list: money wanted by option, 0 or more, any one unit
    capacity  [K, ...] most an option can absorb, 0 or more, finite, in the same unit
    axis      where the options lie, first unless told

    Returns the shape of both; the sum is that of `wanted`, or of `capacity` when money exceeds all room. Unchecked:
    negative entries are spent as they are; an infinite capacity gives NaN.
    Source: this project's bookkeeping.
    """
    wanted, capacity = np.asarray(wanted), np.asarray(capacity)
    spent = np.minimum(wanted, capacity)
    room = capacity - spent
    left = (wanted - spent).sum(axis=axis, keepdims=True)
    found: Array = spent + room * np.minimum(left / np.maximum(room.sum(axis=axis, keepdims=True), 1e-12), 1.0)
    return found


def loyalty_stakes_next(stakes: Number, spending: Number, scale: Number, effect: Number, decay: Number) -> Number:
    """Extra stakes that loyalty spending buys with the guarantor after a year, 0-1 (eq. 34, R04).

    stakes    extra stakes now, 0-1
    spending  money a year, share of GDP, 0 or more
    scale     money that buys noticeable favour, share of GDP, above 0
    effect    stakes bought at a spending of 1.7 times the scale, 0-1
    decay     share of the extra stakes that fades in a year, 0-1

    All broadcast. Unchecked: a scale of 0 divides by zero, spending below minus the scale gives NaN.
    Source: this project's form.
    """
    return np.clip(stakes + effect * np.log1p(spending / scale) * (1.0 - stakes) - decay * stakes, 0.0, 1.0)
