"""Facts on those who may fight, and where another model than eq. (14) is plugged in: what it is asked and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.shapes import RowFuture, RowOnce
from foedus.equations.choice import Number


@dataclass(frozen=True)
class HelperFacts:
    """What does not change of those who may be asked to fight for an ally; arrays [R, 1].

    capability      helper's share of the world's material capabilities (CINC), 0-1
    contiguous      1 where helper and ally touch by land or across at most 24 miles of water, else 0
    distance        km between their capitals
    democracy       electoral democracy of the helper, 0-1
    ally_democracy  of the ally, 0-1
    """

    capability: RowOnce
    contiguous: RowOnce
    distance: RowOnce
    democracy: RowOnce
    ally_democracy: RowOnce


@dataclass(frozen=True)
class Helpers:
    """Facts on those who may be asked, by link."""

    principal: HelperFacts
    """rows are links of principal guarantors, [L, 1]"""
    second: HelperFacts
    """rows are links of second guarantors, [H, 1]"""


@dataclass(frozen=True)
class Call:
    """Who may be called on to fight for a target, and on what that could turn: all that a model may read.

    A row is a pair of challenger and target with the target's guarantor, or with one of its second guarantors; arrays
    are [R, F], or [R, 1] where all futures share the value. Rows without a guarantor are 0 throughout.
    """

    facts: HelperFacts
    pledge: RowFuture
    """level of the pledge, 0-2 with 1 a full treaty of today"""
    troops: RowFuture
    """persons on the ally's soil, 0 or more"""
    umbrella: RowFuture
    """level of the nuclear umbrella, 0-2 with 1 a full one of today"""
    stakes: RowFuture
    """helper's stakes in the ally, 0-1"""
    load: RowFuture
    """wars it fights or must expect over what it can carry, 0 or more"""
    politics: RowFuture
    """how far its politics lean away from its allies, about 0"""
    reputation: RowFuture
    """for keeping promises, -2 to 2"""
    help_effect: RowFuture
    """fall in the challenger's chance of winning if it fights, 0-1"""
    vulnerability: RowFuture
    """how exposed its homeland is to the challenger's nuclear arms, 0-1"""
    hostility: RowFuture
    """of helper and challenger, 0-1; 0 where the two have no quarrel"""

    def against(self, help_effect: Floats, vulnerability: Floats) -> Call:
        """The same call when a known challenger is faced."""
        return replace(self, help_effect=help_effect, vulnerability=vulnerability)

    def facing(self, hostility: Floats) -> Call:
        """The same call by the helper's own `hostility` with each challenger."""
        return replace(self, hostility=hostility)

    def each(self, pick: Callable[[str, Floats], Floats]) -> Call:
        """The call whose arrays `pick` makes of the names and values of these."""
        facts = HelperFacts(**{name: pick(name, values) for name, values in vars(self.facts).items()})
        own = {name: pick(name, values) for name, values in vars(self).items() if name != "facts"}
        return Call(facts=facts, **own)


class ChanceOfFighting(Protocol):
    """The one thing that a model of intervention does.

    call  who may be called on, and on what that could turn; rows R, futures F
    p     value of every parameter of the ledger, [F] each

    Returns the chance, 0-1, that the helper of each row fights for its target once the challenger attacks, of a shape
    that broadcasts to [R, F]: given that it is of the reliable type, or, for a model without types, outright (see
    `InterventionModel.fixes`). It reads no other future, draws no luck and writes to nothing; without questions about
    values (`if`), so that the compiled engine can trace it. `foedus.models.check_model` tests all of this.
    """

    def __call__(self, call: Call, p: Mapping[str, Any]) -> Number:
        """Return the chance that each helper fights."""


@dataclass(frozen=True)
class InterventionModel:
    """A model of who fights for whom, to be run in the place of eq. (14) or beside it.

    name        short, as `--model` and the column `model` have it
    chance      the chance that a helper fights; a function of a module, so that other processes find it
    fixes       parameters of the ledger that a run with this model holds, by name: {"unreliable_share": 1.0} for a
                model that knows no types of guarantor, so that nothing is learnt of them from a crisis
    about       what it is, one sentence
    source      BibTeX keys of where it was published, with commas
    unmatched   what the model reads in its publication and this engine has no counterpart of
    """

    name: str
    chance: ChanceOfFighting
    fixes: Mapping[str, float] = field(default_factory=dict)
    about: str = ""
    source: str = ""
    unmatched: tuple[str, ...] = ()


def fights(model: InterventionModel, call: Call, p: Mapping[str, Floats]) -> Floats:
    """Chance that each helper fights by another model, [R, F] in single precision."""
    return np.asarray(model.chance(call, p), dtype=np.float32)
