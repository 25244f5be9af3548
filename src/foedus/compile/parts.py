"""A policy with every part that a policy can have, so that one program serves all of a world's policies.

What a policy leaves out is put in its place as what has no effect: no war begun, nothing added to hostility, rules that
cover nobody. So moving a lever, announcing a war or adding a doctrine asks for no other program.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from foedus.engine.policy import DatedWars, Planned, Policy, Rule, SecondLevels
from foedus.engine.setting import Setting
from foedus.equations.hedging import Option
from foedus.posture.doctrine import MEASURES
from foedus.terms import Channel

LEAST_RULES, TIMES = 4, 4
"""Rules a program has room for at least, and by what its room grows where a policy has more."""

ALWAYS = {+1: -np.inf, -1: np.inf}
"""Threshold that every measure is above, and below."""


def whole(setting: Setting) -> Setting:
    """The same setting, whose policy has all parts."""
    policy, layout, years = setting.policy, setting.layout, len(setting.years)
    counts = layout.counts
    peace = np.zeros((years, counts.pairs), dtype=bool)
    missing: dict[str, Any] = {
        "hostility": np.zeros((years, counts.pairs), dtype=np.float32),
        "planned": Planned(
            np.zeros((2, years, counts.states), dtype=np.float32),
            np.zeros((years, counts.states), dtype=bool),
            np.zeros(counts.states, dtype=bool),
        ),
        "wars": DatedWars(peace, peace),
        "second": _as_today(len(layout.backing.links.ally), years),
    }
    parts = {name: part for name, part in missing.items() if getattr(policy, name) is None}
    return replace(setting, policy=replace(policy, **parts, rules=_rules(policy, counts.states, years)))


def _as_today(links: int, years: int) -> SecondLevels:
    """What second guarantors give at the start, in every year: nothing is ordered."""
    factor, nothing = np.ones((years, links), dtype=np.float32), np.full((years, links), np.nan, dtype=np.float32)
    return SecondLevels(factor, np.repeat(nothing[:, :, None], len(Channel), axis=2), nothing)


def _rules(policy: Policy, states: int, years: int) -> tuple[Rule, ...]:
    """Rules with every condition and every order, and as many that cover nobody as fill the room."""
    room = LEAST_RULES
    while room < len(policy.rules):
        room *= TIMES
    nobody = Rule(np.zeros(states, dtype=bool), (), None, None)
    return tuple(_every(rule, years) for rule in (*policy.rules, *[nobody] * (room - len(policy.rules))))


def _every(rule: Rule, years: int) -> Rule:
    """The same rule with a condition on every measure from both sides, and orders that say nothing."""
    nothing = np.full(len(Option), np.nan, dtype=np.float32)
    return Rule(
        states=rule.states,
        conditions=tuple(
            (measure, sign, _threshold(rule, measure, sign)) for measure, sign in product(MEASURES, ALWAYS)
        ),
        option_shares=nothing if rule.option_shares is None else rule.option_shares,
        spending=np.full(years, np.nan, dtype=np.float32) if rule.spending is None else rule.spending,
        more=np.zeros(len(Option), dtype=np.float32) if rule.more is None else rule.more,
        held=(0, years) if rule.held is None else rule.held,
    )


def _threshold(rule: Rule, measure: str, sign: int) -> float:
    """The one threshold that says what all conditions of a rule on a side of a measure say."""
    given = [threshold for name, side, threshold in rule.conditions if (name, side) == (measure, sign)]
    return float(max(given, key=lambda one: sign * one, default=ALWAYS[sign]))
