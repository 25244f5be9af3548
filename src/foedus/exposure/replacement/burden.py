"""Who pays what: five rules. Shares are at least zero and sum to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.errors import InputError, UnknownName
from foedus.exposure.muster import Muster
from foedus.exposure.need import has_challenger, need_of
from foedus.given import code_of, wrong_number
from foedus.world import World


@dataclass(frozen=True)
class SharingRule:
    """A rule of sharing: in words, and the weight it gives each member."""

    words: str
    weigh: Callable[[Muster, Sequence[int]], list[float]]


def shares(members: Sequence[int], rule: str, muster: Muster) -> dict[int, float]:
    """Share of a common bill that each member pays.

    rule  one of RULES, or custom shares as text: `POL=0.3,DEU=0.5`; members not named share what is left by product

    Raises UnknownName for an unknown rule or state, InputError when custom shares name a stranger, exceed one or,
    with every member named, do not sum to one.
    """
    if "=" in rule:
        return _custom(muster.world, members, rule)
    if rule not in RULES:
        raise UnknownName("share rule", rule, [*RULES, "POL=0.3,DEU=0.5"])
    weight = np.array(RULES[rule].weigh(muster, members))
    if weight.sum() <= 0.0:
        msg = f"share rule {rule}: no member has any weight; choose another rule"
        raise InputError(msg)
    return {member: float(w) for member, w in zip(members, weight / weight.sum(), strict=True)}


def in_words(rule: str) -> str:
    """A rule of `shares` in words."""
    return RULES[rule].words if rule in RULES else "as given"


def _products(muster: Muster, members: Sequence[int]) -> list[float]:
    return [float(muster.world.states.gdp[i]) for i in members]


def _stocks(muster: Muster, members: Sequence[int]) -> list[float]:
    return [float(muster.world.states.stocks[i].sum()) for i in members]


def _fears(muster: Muster, members: Sequence[int]) -> list[float]:
    pairs, products = muster.world.pairs, _products(muster, members)
    found = []
    for member, product in zip(members, products, strict=True):
        if not has_challenger(muster, member):
            found.append(0.0)
            continue
        need = need_of(muster, member)
        found.append(float(pairs.hostility[need.pair] * pairs.value[need.pair] * need.wins_alone.value * product))
    return found


RULES = {
    "gdp": SharingRule("by product", _products),
    "threat": SharingRule(
        "by product times what each has to fear: its worst challenger's hostility, stake and chance of winning", _fears
    ),
    "capability": SharingRule("by capability stock", _stocks),
    "equal": SharingRule("in equal parts", lambda _, members: [1.0 for _ in members]),
}
"""Rules of sharing by name; shares typed out are the fifth."""


def _custom(world: World, members: Sequence[int], rule: str) -> dict[int, float]:
    given: dict[int, float] = {}
    for part in rule.split(","):
        name, _, text = part.partition("=")
        row = world.index(code_of(name.strip(), world.states.iso3) or name.strip())
        if row in given:
            msg = f"share of {name.strip()} is given twice. Give it once"
            raise InputError(msg)
        try:
            given[row] = float(text)
        except ValueError:
            msg = f'share of {name.strip()} is "{text}", not a number'
            raise InputError(msg) from None
        if wrong := wrong_number(given[row], 0.0, 1.0):
            msg = f"share of {name.strip()}: {wrong}"
            raise InputError(msg)
    codes = [world.states.iso3[i] for i in members]
    if strangers := [world.states.iso3[row] for row in given if row not in members]:
        msg = f"custom shares name {', '.join(strangers)}; the members are {', '.join(codes)}"
        raise InputError(msg)
    rest = [row for row in members if row not in given]
    left = 1.0 - sum(given.values())
    if left < -ROUNDING or (not rest and left > ROUNDING):
        msg = f"custom shares sum to {sum(given.values()):g}; they must sum to 1"
        raise InputError(msg + (", or to less, when the others share the rest" if rest else ""))
    product = sum(float(world.states.gdp[row]) for row in rest)
    return given | {row: max(left, 0.0) * float(world.states.gdp[row]) / product for row in rest}


ROUNDING = 1e-6
"""How far from 1 a sum of shares may lie."""
