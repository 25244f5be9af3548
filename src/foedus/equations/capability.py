"""Capability: what a stock is worth once command, sustainment and readiness are counted (eqs 1-3, 35, 40)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def c4isr_completeness(
    own: Number, needed: Number, intelligence: Number, intelligence_value: Number, cap: Number = 1.0
) -> Number:
    """How complete the picture and the command of a force are, 0-1 (eq. 1).

    own                 own C4ISR stock, billion USD, 0 or more
    needed              the stock that would make the force complete, billion USD, above 0
    intelligence        guarantor's intelligence channel, 0-2 with 1 today's support
    intelligence_value  completeness that today's full support is worth on its own, 0-1
    cap                 ceiling set by shared enablers, 0-1 (`enabler_cap`, eq. 40); above 1 counts as 1

    All broadcast. Unchecked: needed below 1e-6 counts as 1e-6; negative stocks or channels give a negative result.
    Source: this project's form.
    """
    return np.minimum(own / np.maximum(needed, 1e-6) + intelligence_value * intelligence, np.minimum(cap, 1.0))


def outage_next(outage: Number, sustainment: Number, switched_off: Number, lag: Number) -> Number:
    """Share of dependent equipment out of action after a year, 0-1 (eq. 2).

    outage        that share now, 0-1
    sustainment   guarantor's sustainment channel relative to full, 0-2; above 1 counts as 1
    switched_off  1 when remote denial is used (R06), else 0
    lag           years over which spares and mission data run down, above 0

    All broadcast. Unchecked: a lag of 0 divides by zero, a negative one leaves 0-1.
    Source: this project's form, exponential run-down.
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
    """Capability that can fight, billion USD (eqs 3, 35).

    stock         capability stock, billion USD, 0 or more
    completeness  C4ISR completeness, 0-1
    floor         what a force without any C4ISR is still worth, 0-1
    dependence    share of the stock that needs the guarantor's sustainment, 0-1
    outage        share of that out of action, 0-1
    readiness     share ready once other duties are met, 0-1

    All broadcast. Unchecked: shares outside 0-1 give more than the stock, or less than nothing.
    Source: this project's form.
    """
    return stock * (floor + (1.0 - floor) * completeness) * (1.0 - dependence * outage) * readiness


def readiness(commitments: Number, capacity: Number, strain: Number) -> Number:
    """Share of a force ready when commitments exceed capacity, 0-1 (eq. 35, R26); 1 when they do not.

    commitments  what the force is asked to do, in the unit of capacity, 0 or more
    capacity     what it can do at once, above 0
    strain       how fast readiness falls with overload, 0 or more

    All broadcast. Unchecked: capacity below 1e-6 counts as 1e-6; a negative strain gives more than 1, or a negative
    share.
    Source: this project's form.
    """
    return 1.0 / (1.0 + strain * np.maximum(0.0, commitments / np.maximum(capacity, 1e-6) - 1.0))


def enabler_cap(enablers: Number, threshold: Number, floor: Number, weight: Number) -> Number:
    """Ceiling on C4ISR completeness set by lumpy shared enablers: satellites, airlift, tankers; 0-1 (eq. 40, R12).

    enablers   enabler stock available to the state or its pool, relative to what a region needs, 0 or more
    threshold  where the goods start to work, above 0; the ceiling rises steeply there because they are lumpy
    floor      completeness still possible without any, 0-1
    weight     1 when the mechanism is on, 0 off; between, in part

    All broadcast. Unchecked: a threshold below 1e-6 makes a step there; a weight or floor outside 0-1 leaves 0-1.
    Source: this project's form.
    """
    useful = 0.5 + 0.5 * np.tanh(4.0 * (enablers - threshold) / np.maximum(threshold, 1e-6))
    return 1.0 - weight * (1.0 - floor) * (1.0 - useful)
