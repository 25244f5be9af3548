"""Reliability: a two-type hidden Markov belief about the guarantor (eqs 8-10, R02).

The guarantor is of a reliable or an unreliable type; the type can change at elections. Allies and adversaries
hold their own beliefs and update them by Bayes' rule in log-odds on what the guarantor does.
"""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, at_least, log_odds, logistic


def after_regime_change(belief: Number, chance_turns: Number, chance_returns: Number) -> Number:
    """Belief once the type may have changed: the reliable turn with one chance, others return with another (eq. 8)."""
    return belief * (1.0 - chance_turns) + (1.0 - belief) * chance_returns


def evidence_of_fighting(fought: Number, reliable: Number, unreliable: Number) -> Number:
    """Log-likelihood ratio of seeing the guarantor fight (1) or abstain (0) when the promise fell due (eq. 10).

    reliable, unreliable  chance that each type fights
    """
    floor = 1e-4
    kept = np.log(np.maximum(reliable, floor)) - np.log(np.maximum(unreliable, floor))
    broken = np.log(np.maximum(1.0 - reliable, floor)) - np.log(np.maximum(1.0 - unreliable, floor))
    return np.where(fought, kept, broken)


def evidence_of_support(change: Number, cut_weight: Number, delivery_weight: Number, threshold: Number) -> Number:
    """Log-likelihood ratio of a channel changing by `change` of today's level in a year (eq. 10).

    cut_weight       evidence of one whole channel cut in a year, against reliability
    delivery_weight  evidence of one whole channel added, for it
    threshold        changes smaller than this are not noticed
    """
    return delivery_weight * at_least(change - threshold, 0.0) - cut_weight * at_least(-change - threshold, 0.0)


def updated(belief: Number, evidence: Number, most: Number) -> Number:
    """Belief after a year's evidence, which counts for at most `most` log-odds either way (eq. 10)."""
    return logistic(log_odds(belief) + np.clip(evidence, -most, most))
