"""What two states bring to a crisis before anybody arms: opportunity, stake, what they remember (eqs 18a, 18b, 31-31b).

One path for every table of pairs: the world of today, worlds of past years, and the record of dyad-years from which
the parameters are estimated. The last may be in double precision; nothing here narrows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.equations import hostility, opportunity
from foedus.world.model import Pairs

Array = NDArray[Any]
Values = Mapping[str, Any]
"""value of every parameter: a number, or an array that broadcasts against those of the pairs"""

DISTANCE_ORIGIN, NEAREST_ORIGIN = 8.0, 6.0
"""log km at which distances change nothing: near their means, so that constants stay readable"""


@dataclass(frozen=True)
class Covariates:
    """What is known of pairs before a year; arrays that broadcast against one another.

    land, water   1 where the two touch by land; across at most 400 miles of water
    one_major, two_majors   1 when one is a major power, when both are
    log_size      mean log share of world capabilities, from `rules.SIZE_ORIGIN`
    log_distance  log of 1 + km between capitals, from DISTANCE_ORIGIN
    log_nearest   log of 1 + km between nearest points, from NEAREST_ORIGIN
    owes          1 when the challenger owes the target defence
    democracy     electoral democracy of the less democratic of the two, 0-1
    claim         1 when either claims territory of the other
    """

    land: Array
    water: Array
    one_major: Array
    two_majors: Array
    log_size: Array
    log_distance: Array
    log_nearest: Array
    owes: Array
    democracy: Array
    claim: Array

    @staticmethod
    def of(pairs: Pairs) -> Covariates:
        """Read those of a world's pairs, [P, 1] each."""
        plain = ("land", "water", "one_major", "two_majors", "owes", "democracy", "claim")
        return Covariates(
            **{name: getattr(pairs, name)[:, None] for name in plain},
            log_size=pairs.size[:, None],
            log_distance=(np.log1p(pairs.capitals) - DISTANCE_ORIGIN)[:, None],
            log_nearest=(np.log1p(pairs.nearest) - NEAREST_ORIGIN)[:, None],
        )


def cost_of_challenge(known: Covariates, p: Values) -> Array:
    """What opening a crisis costs the challenger of each pair, in stakes (eq. 18a)."""
    return np.asarray(
        opportunity.cost_of_challenge(
            base=p["challenge_cost"],
            land=known.land,
            land_effect=p["cost_land_border"],
            water=known.water,
            water_effect=p["cost_water_border"],
            one_major=known.one_major,
            one_major_effect=p["cost_one_major"],
            two_majors=known.two_majors,
            two_majors_effect=p["cost_two_majors"],
            size=known.log_size,
            size_effect=p["cost_size"],
            distance=known.log_distance,
            distance_effect=p["cost_distance"],
            nearest=known.log_nearest,
            nearest_effect=p["cost_nearest"],
            pact=known.owes,
            pact_effect=p["cost_pact"],
            democracy=known.democracy,
            democracy_effect=p["cost_democracy"],
            claim=known.claim,
            claim_effect=p["cost_claim"],
        )
    )


def stake(known: Covariates, p: Values) -> Array:
    """What each pair quarrels about, in stakes (eq. 18b)."""
    return np.asarray(np.exp(opportunity.log_stake(p["log_stake"], known.land, p["log_stake_land"])))


class PairRecord(NamedTuple):
    """What happened between pairs by year, [years, ...] each, 0 or 1; as in `hostility.remembered`."""

    alive: Array
    dispute: Array
    began: Array
    war: Array
    rival: Array


def remembered(record: PairRecord, p: Values) -> Iterator[Array]:
    """Hostility with which pairs enter each year (eqs 31-31b); shapes as in `hostility.remembered`."""
    return hostility.remembered(
        *record,
        of_rivals=p["hostility_of_rivals"],
        at_birth=p["hostility_at_birth"],
        decay=p["hostility_decay"],
        dispute_weight=p["hostility_from_dispute"],
        from_target=p["hostility_from_target"],
        war_weight=p["hostility_from_war"],
    )
