"""Nuclear path: exploring, pursuing, arming, being struck first, turning back (section 3.10, R09, R22)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, logistic


def chance_to_explore(
    baseline: Number,
    threat: Number,
    threat_weight: Number,
    latency: Number,
    latency_weight: Number,
    umbrella_doubt: Number,
    doubt_weight: Number,
    opinion: Number,
    opinion_weight: Number,
    treaty_weight: Number,
    leverage: Number,
    leverage_weight: Number,
    neighbours: Number,
    contagion: Number,
) -> Number:
    """Yearly chance that a state begins to explore, and once exploring to pursue, the bomb.

    threat          0-1;  latency  0-1
    umbrella_doubt  one minus the believed chance of nuclear protection
    opinion         elite-weighted public support, -1 to 1
    treaty_weight   pull of non-proliferation obligations
    leverage        guarantor's hold over the ally, 0-1 (Gerzhoy 2015; Debs and Monteiro 2017)
    neighbours      how many neighbours pursue or are armed
    Sources: Singh and Way (2004); Bleek and Lorber (2014); Bell (2016) on how weakly these predict.
    """
    return logistic(
        baseline
        + threat_weight * threat
        + latency_weight * latency
        + doubt_weight * umbrella_doubt * threat
        + opinion_weight * opinion
        - treaty_weight
        - leverage_weight * leverage
        + contagion * np.log1p(neighbours)
    )


def means(spending: Number, most: Number, cost: Number) -> Number:
    """How far a state could pay for a programme, 0-1: the most it could spare over what one costs in a year.

    spending  military spending, billion USD at purchasing power
    most      largest share of it that a programme could take
    cost      yearly cost of a programme, billion USD
    The United Kingdom's deterrent takes 6 % of its defence budget to run (House of Commons Library 2024).
    """
    return np.minimum(most * spending / cost, 1.0)


def breakout_rate(years_without_latency: Number, latency: Number, latency_speed: Number) -> Number:
    """Stages of an Erlang(3) programme completed a year; latency shortens it."""
    return 3.0 / (years_without_latency * np.exp(-latency_speed * latency))


def chance_of_reversal(base: Number, reassurance: Number, leverage: Number) -> Number:
    """Yearly chance that a programme is given up; reassurance (believed promise) and leverage raise it."""
    return np.clip(base * (0.5 + reassurance + leverage), 0.0, 0.9)


def chance_of_preventive_attack(
    caution: Number,
    hostility: Number,
    hostility_weight: Number,
    shift: Number,
    shift_weight: Number,
    defence: Number,
    defence_weight: Number,
    promise_as_seen: Number,
    promise_weight: Number,
) -> Number:
    """Yearly chance that a challenger strikes a programme in pursuit (Fuhrmann and Kreps 2010).

    shift    fall in the challenger's prospects once the target is armed
    defence  target's chance of beating the strike
    """
    return logistic(
        -caution
        + hostility_weight * hostility
        + shift_weight * shift
        - defence_weight * defence
        - promise_weight * promise_as_seen
    )
