"""Capability: what a stock is worth once command, sustainment and readiness are counted (eqs 1-3, 35, 40)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def c4isr_completeness(
    own: Number, needed: Number, intelligence: Number, intelligence_value: Number, cap: Number = 1.0
) -> Number:
    """How complete the picture and the command of a force are, 0-1 (eq. 1).

    own, needed         own C4ISR stock and the stock that would make the force complete
    intelligence        guarantor's intelligence channel, 0-2 with 1 today's support
    intelligence_value  completeness that today's full support is worth on its own
    cap                 ceiling set by shared enablers (eq. 40)
    """
    return np.minimum(own / np.maximum(needed, 1e-6) + intelligence_value * intelligence, np.minimum(cap, 1.0))


def outage_next(outage: Number, sustainment: Number, switched_off: Number, lag: Number) -> Number:
    """Share of dependent equipment out of action after a year (eq. 2).

    sustainment   guarantor's sustainment channel relative to full, 0-1
    switched_off  1 when remote denial is used (R06), else 0
    lag           years over which spares and mission data run down
    """
    target = 1.0 - np.minimum(sustainment, 1.0) * (1.0 - switched_off)
    return outage + (target - outage) * (1.0 - np.exp(-1.0 / lag))


def effective_capability(
    stock: Number,
    completeness: Number,
    floor: Number,
    dependence: Number,
    outage: Number,
    readiness: Number = 1.0,
) -> Number:
    """Capability that can fight (eqs 3, 35).

    stock         capability stock, billion USD
    completeness  C4ISR completeness, 0-1
    floor         what a force without any C4ISR is still worth, 0-1
    dependence    share of the stock that needs the guarantor's sustainment
    outage        share of that out of action
    readiness     share ready once other duties are met
    """
    return stock * (floor + (1.0 - floor) * completeness) * (1.0 - dependence * outage) * readiness


def readiness(commitments: Number, capacity: Number, strain: Number) -> Number:
    """Share of a force ready when commitments exceed capacity (eq. 35, R26); 1 when they do not."""
    return 1.0 / (1.0 + strain * np.maximum(0.0, commitments / np.maximum(capacity, 1e-6) - 1.0))


def enabler_cap(enablers: Number, threshold: Number, floor: Number, weight: Number) -> Number:
    """Ceiling on C4ISR completeness set by lumpy shared enablers: satellites, airlift, tankers (eq. 40, R12).

    enablers   enabler stock available to the state or its pool, relative to what a region needs
    threshold  where the goods start to work; rises steeply there because they are lumpy
    floor      completeness still possible without any
    weight     1 when the mechanism is on, 0 off
    """
    useful = 0.5 + 0.5 * np.tanh(4.0 * (enablers - threshold) / np.maximum(threshold, 1e-6))
    return 1.0 - weight * (1.0 - floor) * (1.0 - useful)
