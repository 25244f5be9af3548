"""Reliability: a two-type hidden Markov belief about the guarantor (eqs 8-10, R02).

The guarantor is of a reliable or an unreliable type; the type can change at elections. Allies and adversaries
hold their own beliefs and update them by Bayes' rule in log-odds on what the guarantor does.
"""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, at_least, log_odds, logistic


def after_regime_change(belief: Number, chance_turns: Number, chance_returns: Number) -> Number:
    """Belief, 0-1, once the type may have changed: the reliable turn with one chance, others return (eq. 8).

    belief          chance given to the guarantor being reliable, 0-1
    chance_turns    chance that a reliable guarantor turns, 0-1
    chance_returns  chance that an unreliable one returns, 0-1

    All broadcast. Unchecked: chances outside 0-1 give what is no chance.
    Source: prediction step of a two-state hidden Markov model.
    """
    return belief * (1.0 - chance_turns) + (1.0 - belief) * chance_returns


def evidence_of_fighting(fought: Number, reliable: Number, unreliable: Number) -> Number:
    """Log-likelihood ratio of seeing the guarantor fight or abstain when the promise fell due (eq. 10).

    fought      1 or True when it fought, 0 or False when it abstained
    reliable    chance that the reliable type fights, 0-1
    unreliable  chance that the unreliable type fights, 0-1

    All broadcast; chances below 1e-4, of fighting or of abstaining, count as 1e-4. Unchecked: outside 0-1 likewise; any
    `fought` but 0 counts as 1.
    Source: Bayes' rule.
    """
    floor = 1e-4
    kept = np.log(np.maximum(reliable, floor)) - np.log(np.maximum(unreliable, floor))
    broken = np.log(np.maximum(1.0 - reliable, floor)) - np.log(np.maximum(1.0 - unreliable, floor))
    return np.where(fought, kept, broken)


def evidence_of_support(change: Number, cut_weight: Number, delivery_weight: Number, threshold: Number) -> Number:
    """Log-likelihood ratio of a channel changing in a year (eq. 10).

    change           change of the channel in a year, of today's level, any sign
    cut_weight       evidence of one whole channel cut in a year, against reliability, log-odds, 0 or more
    delivery_weight  evidence of one whole channel added, for it, log-odds, 0 or more
    threshold        changes smaller than this are not noticed, 0 or more

    All broadcast. Unchecked: a negative threshold makes no change count as both; a negative weight reverses the
    evidence.
    Source: this project's form; after signals of support in McManus and Nieman (2019).
    """
    return delivery_weight * at_least(change - threshold, 0.0) - cut_weight * at_least(-change - threshold, 0.0)


def updated(belief: Number, evidence: Number, most: Number) -> Number:
    """Belief, 0-1, after a year's evidence (eq. 10).

    belief    chance given to the guarantor being reliable, 0-1; held 1e-6 away from certainty
    evidence  sum of log-likelihood ratios, any sign
    most      evidence counts for at most this many log-odds either way, 0 or more

    All broadcast. Unchecked: a negative `most` sets evidence to it whatever was seen.
    Source: Bayes' rule in log-odds.
    """
    return logistic(log_odds(belief) + np.clip(evidence, -most, most))
