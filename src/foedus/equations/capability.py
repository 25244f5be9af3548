"""Capability: what a stock is worth once command, sustainment and readiness are counted (eqs 1-3, 35, 40)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def c4isr_needed(land: Number, air: Number, maritime: Number, need: Number) -> Number:
    """C4ISR stock that would make a force complete, billion USD (eq. 1).

    land      land stock, billion USD, 0 or more
    air       air and missile stock, likewise
    maritime  maritime stock, likewise
    need      C4ISR that a unit of the three calls for, 0 or more

    All broadcast. Unchecked: negative stocks or needs give a negative result.
    Source: this project's form.
    """
    return need * (land + air + maritime)


def c4isr_completeness(
    own: Number, needed: Number, intelligence: Number, intelligence_value: Number, cap: Number = 1.0
) -> Number:
    """How complete the picture and the command of a force are, 0-1 (eq. 1).

    own                 own C4ISR stock, billion USD, 0 or more
    needed              the stock that would make the force complete, billion USD, above 0 (`c4isr_needed`)
    intelligence        guarantor's intelligence channel, 0-2 with 1 today's support
    intelligence_value  completeness that today's full support is worth on its own, 0-1
    cap                 ceiling set by shared enablers, 0-1 (`enabler_cap`, eq. 40); above 1 counts as 1

    All broadcast. Unchecked: needed below 1e-6 counts as 1e-6; what leaves 0-1 is held at its end.
    Source: this project's form.
    """
    found = np.minimum(own / np.maximum(needed, 1e-6) + intelligence_value * intelligence, np.minimum(cap, 1.0))
    return np.clip(found, 0.0, 1.0)


def gain_by_c4isr(added: Number, needed: Number, completeness: Number, floor: Number) -> Number:
    """Rise of a force's worth, a share, once a fuller picture comes of C4ISR added (eqs 1, 3, 22).

    added         C4ISR added, billion USD, 0 or more; the picture gets no fuller than whole
    needed        C4ISR that would make the force complete, billion USD, above 0 (`c4isr_needed`)
    completeness  C4ISR completeness before, 0-1
    floor         what a force without any C4ISR is still worth, above 0 and at most 1

    All broadcast. Unchecked: needed below 1e-6 counts as 1e-6; a floor of 0 without any C4ISR divides by zero.
    Source: `effective_capability`, after over before.
    """
    fuller = np.minimum(added / np.maximum(needed, 1e-6), np.maximum(1.0 - completeness, 0.0))
    return (1.0 - floor) * fuller / (floor + (1.0 - floor) * completeness)


def outage_settled(sustainment: Number, switched_off: Number) -> Number:
    """Share of dependent equipment out of action once stores have run down, 0-1: where `outage_next` leads (eq. 2).

    sustainment   guarantor's sustainment channel relative to full, 0-2; above 1 counts as 1
    switched_off  1 when remote denial is used (R06), else 0

    All broadcast. Unchecked: a negative channel gives more than 1.
    Source: this project's form.
    """
    return 1.0 - np.minimum(sustainment, 1.0) * (1.0 - switched_off)


def outage_next(outage: Number, sustainment: Number, switched_off: Number, lag: Number) -> Number:
    """Share of dependent equipment out of action after a year, 0-1 (eq. 2).

    outage        that share now, 0-1
    sustainment   guarantor's sustainment channel relative to full, 0-2; above 1 counts as 1
    switched_off  1 when remote denial is used (R06), else 0
    lag           years over which spares and mission data run down, above 0

    All broadcast. Unchecked: a lag of 0 divides by zero; what leaves 0-1 is held at its end.
    Source: this project's form, exponential run-down.
    """
    target = outage_settled(sustainment, switched_off)
    return np.clip(outage + (target - outage) * (1.0 - np.exp(-1.0 / lag)), 0.0, 1.0)


def effective_capability(
    stock: Number,
    completeness: Number,
    floor: Number,
    dependence: Number,
    sustainment_need: Number,
    outage: Number,
    condition: Number = 1.0,
) -> Number:
    """Capability that can fight, billion USD (eqs 3, 35).

    stock             capability stock, billion USD, 0 or more
    completeness      C4ISR completeness, 0-1
    floor             what a force without any C4ISR is still worth, 0-1
    dependence        share of the stock that needs the guarantor's sustainment, 0-1
    sustainment_need  share of its worth that dependent equipment loses once out of action, 0-1
    outage            share of dependent equipment out of action, 0-1
    condition         factor for readiness, new kit and training, 0 or more (`condition`)

    All broadcast. Unchecked: shares outside 0-1 give more than the stock, or less than nothing.
    Source: this project's form.
    """
    working = 1.0 - dependence * sustainment_need * outage
    return stock * (floor + (1.0 - floor) * completeness) * working * condition


def condition(
    ready: Number, mixing: Number, disentangling_cost: Number, training: Number, training_effect: Number
) -> Number:
    """Factor on a force's worth for readiness, kit not yet familiar and training, 0 or more (R11, R25, R26).

    ready               share ready once other duties are met, 0-1 (`readiness`)
    mixing              share of deliveries from sources that the force is not used to, 0-1
    disentangling_cost  share of its worth that a force wholly of new kit loses, 0-1
    training            guarantor's training channel, 0-2 with 1 today's full support
    training_effect     rise of worth by the full channel, a share, 0 or more

    All broadcast. Unchecked: shares outside 0-1 give a negative factor, or more than training alone would.
    Source: this project's form.
    """
    return ready * (1.0 - disentangling_cost * mixing) * (1.0 + training_effect * training)


def shielded(air: Number, missile_defence: Number, effect: Number) -> Number:
    """Air and missile capability once the guarantor's missile defence stands in the theatre, billion USD (R01).

    air              air and missile capability that can fight, billion USD, 0 or more
    missile_defence  guarantor's missile-defence channel, 0-2 with 1 today's full support
    effect           rise by the full channel, a share, 0 or more

    All broadcast. Unchecked: a negative channel or effect lowers it.
    Source: this project's form.
    """
    return air * (1.0 + effect * missile_defence)


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


def enablers_over_need(own: Number, needed: Number) -> Number:
    """Enablers and C4ISR of a state, or of all members of a pool together, over what they need, 0 or more (eq. 40).

    own     enabler and C4ISR stock, billion USD, 0 or more
    needed  C4ISR that would make the forces complete, billion USD, above 0 (`c4isr_needed`)

    All broadcast. Unchecked: needed below 1e-6 counts as 1e-6.
    Source: this project's form.
    """
    return own / np.maximum(needed, 1e-6)


def enablers_at_hand(alone: Number, shared: Number, lent: Number) -> Number:
    """Enablers that a state can call on, relative to its need: the better of own and its pool's, and what is lent.

    alone   own over need, 0 or more (`enablers_over_need`)
    shared  the same of its pool, 0 outside one
    lent    guarantor's reinforcement channel, 0-2: it brings enablers of its own (R12)

    All broadcast. Unchecked: a negative channel takes away.
    Source: this project's form.
    """
    return np.maximum(shared, alone) + lent


def enabler_cap(enablers: Number, threshold: Number, floor: Number, weight: Number) -> Number:
    """Ceiling on C4ISR completeness set by lumpy shared enablers: satellites, airlift, tankers; 0-1 (eq. 40, R12).

    enablers   enablers at hand over need, 0 or more (`enablers_at_hand`)
    threshold  where the goods start to work, above 0; the ceiling rises steeply there because they are lumpy
    floor      completeness still possible without any, 0-1
    weight     1 when the mechanism is on, 0 off; between, in part

    All broadcast. Unchecked: a threshold below 1e-6 makes a step there; a weight or floor outside 0-1 leaves 0-1.
    Source: this project's form.
    """
    useful = 0.5 + 0.5 * np.tanh(4.0 * (enablers - threshold) / np.maximum(threshold, 1e-6))
    return 1.0 - weight * (1.0 - floor) * (1.0 - useful)
