"""Opportunity and stake: what a challenge costs a given pair of states, and what it is about (eqs 18a, 18b).

Opportunity in the sense of Most and Starr (1989): states that touch, are near, large or major powers quarrel more
readily; those bound by a pact, and democracies among themselves, less. What a pair quarrels about is worth more where
it is land. The covariates are those of dyad-year research, so that the record of disputes can speak of every weight.
"""

from __future__ import annotations

from foedus.equations.choice import Number


def cost_of_challenge(
    base: Number,
    land: Number,
    land_effect: Number,
    water: Number,
    water_effect: Number,
    one_major: Number,
    one_major_effect: Number,
    two_majors: Number,
    two_majors_effect: Number,
    size: Number,
    size_effect: Number,
    distance: Number,
    distance_effect: Number,
    nearest: Number,
    nearest_effect: Number,
    pact: Number,
    pact_effect: Number,
    democracy: Number,
    democracy_effect: Number,
    claim: Number,
    claim_effect: Number,
) -> Number:
    """What opening a crisis costs the challenger, in stakes (eq. 18a); a negative cost is a gain.

    base               cost between states that do not touch, of typical size and distance, in stakes
    land               1 where they touch by land, else 0
    land_effect        change in the cost where they do, in stakes, any sign
    water              1 where at most 400 miles of water part them, else 0
    water_effect       change where that is so, in stakes, any sign
    one_major          1 when one of them is a major power, else 0
    one_major_effect   change then, in stakes, any sign
    two_majors         1 when both are, else 0
    two_majors_effect  change then, in stakes, any sign
    size               mean log share of world capabilities, from its typical value
    size_effect        change with each unit of it, in stakes, any sign
    distance           log km between capitals, from its typical value
    distance_effect    change with each unit of it, in stakes, any sign
    nearest            log of 1 + km between nearest points, from its typical value
    nearest_effect     change with each unit of it, in stakes, any sign
    pact               1 when the challenger owes the target defence, else 0
    pact_effect        change then, in stakes, any sign
    democracy          electoral democracy of the less democratic of the two, 0-1
    democracy_effect   change from none to full, in stakes, any sign
    claim              1 when either claims territory of the other, else 0
    claim_effect       change then, in stakes, any sign

    All broadcast. Unchecked: indicators between 0 and 1 count in part. Source: Most and Starr (1989); Bremer (1992);
    for the weaker link in democracy, Dixon (1994); for claims, Frederick, Hensel and Macaulay (2017).
    """
    place = land * land_effect + water * water_effect + distance * distance_effect + nearest * nearest_effect
    power = one_major * one_major_effect + two_majors * two_majors_effect + size * size_effect
    ties = pact * pact_effect + democracy * democracy_effect + claim * claim_effect
    return base + place + power + ties


def log_stake(base: Number, land: Number, land_effect: Number) -> Number:
    """Log of the value of what a pair quarrels about; 0 is a stake of one (eq. 18b).

    base         log of the typical stake of states that do not touch by land, finite
    land         1 where they touch by land, else 0
    land_effect  how much more it is there, in log points, any sign

    All broadcast. Unchecked: an indicator between 0 and 1 counts in part.
    Source: this project's form; territory at the border, Vasquez (1995).
    """
    return base + land_effect * land
