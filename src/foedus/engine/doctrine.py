"""Doctrines: what a policy fixes instead of letting the model decide, with triggers (adaptive policies)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.pressure import Pressure
from foedus.engine.setting import Setting, rows
from foedus.engine.shapes import OptionStateFuture, OptionStateOnce, StateOnce
from foedus.engine.state import State
from foedus.engine.threat import Foreseen
from foedus.equations.hedging import Option


@dataclass(frozen=True)
class Doctrines:
    """What is fixed; NaN where the model decides."""

    spending: StateOnce
    """share of GDP, next year: this year's budget was settled last year"""
    shares: OptionStateOnce
    """portfolio shares; one column where no rule makes futures differ"""
    more: OptionStateFuture | None = None
    """added to the shares that the model chooses; None where no rule adds any"""


def apply_doctrines(year: int, pressed: Pressure, foreseen: Foreseen, state: State, setting: Setting) -> Doctrines:
    """Apply the policy's fixed doctrines, then its rules in order.

    year      index into the years
    foreseen  against each state's worst challenger, [S, F]
    """
    policy = setting.policy
    coming = min(year + 1, len(setting.years) - 1)
    spending, shares = policy.spending[coming, :, None], policy.option_shares[:, :, None]
    if not policy.rules:
        return Doctrines(spending, shares)
    futures = setting.futures
    more = None
    measured = _measures(pressed, foreseen, state, setting)
    for rule in policy.rules:
        holds = np.broadcast_to(rule.states[:, None], (len(spending), futures))
        if rule.held is not None:
            holds = holds & (year >= rule.held[0]) & (year <= rule.held[1])
        for measure, sign, threshold in rule.conditions:
            holds = holds & (sign * (measured[measure] - threshold) > 0.0)
        if rule.spending is not None:
            ordered = rule.spending[coming]
            spending = np.where(holds & ~np.isnan(ordered), ordered, spending)
        if rule.option_shares is not None:
            fixed = np.asarray(rule.option_shares).reshape(len(Option), 1, 1)
            shares = np.where(holds & ~np.isnan(fixed), fixed, shares)
        if rule.more is not None:
            added = holds * np.asarray(rule.more, dtype=np.float32).reshape(len(Option), 1, 1)
            more = added if more is None else more + added
    return Doctrines(spending.astype(np.float32), shares.astype(np.float32), more)


def _measures(pressed: Pressure, foreseen: Foreseen, state: State, setting: Setting) -> dict[str, Floats]:
    """What a rule can ask about: `posture.doctrine.MEASURES`."""
    return {
        "chance_promise_kept": foreseen.promise_ally,
        "threat": pressed.threat,
        "spending": state.share,
        "fatal_risk": pressed.war_risk,
        "tension": rows(state.tension, setting.layout.link_of),
    }
