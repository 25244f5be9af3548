"""Which pairs of states matter: one rule, for the world of today and for past ones."""

from __future__ import annotations

from dataclasses import dataclass

QUIET_YEARS = 25
"""Years as neighbours without a dispute after which a border is no quarrel: 1.1 % of such pairs began one in a year of
1990-2010, against 4.1 % of other neighbours."""

RECENT_YEARS = 15
"""Years in which a dispute makes a pair matter wherever its states lie."""

WITHIN_REACH_KM = 1000.0
"""Between nearest points: as far as a state is taken to threaten a ward of its rival."""


@dataclass(frozen=True)
class Seen:
    """What is known of a directed pair before it is chosen.

    near      they touch by land, or at most 400 miles of water part them
    rival     strategic rivals
    claim     either claims territory of the other
    quiet     years since the last year with a dispute; the years on record when there was none
    together  years since both have been states
    guarded   the target is of the challenger's region and within `WITHIN_REACH_KM` of it, weaker than it, and under a
              guarantor that is the challenger's rival
    bound     either owes the other defence
    named     why the register names the pair, empty when it does not
    """

    near: bool
    rival: bool
    claim: bool
    quiet: int
    together: int
    guarded: bool
    bound: bool
    named: str = ""


def reasons(seen: Seen) -> tuple[str, ...]:
    """Why a pair is in the world, in words; empty when it is not.

    Rivalry, a claim, a dispute of the last fifteen years or a row of the register bring in any pair. Two that are not
    bound to one another are in also as neighbours, unless both had twenty-five years without a dispute, or where the
    target is the ward of the challenger's rival.
    """
    found = []
    if seen.rival:
        found.append("strategic rivals")
    if seen.claim:
        found.append("territory claimed")
    if seen.quiet < RECENT_YEARS:
        found.append("a dispute in the last fifteen years")
    if seen.named:
        found.append(seen.named)
    settled = min(seen.quiet, seen.together) >= QUIET_YEARS
    if seen.near and not seen.bound and not settled:
        found.append("neighbours")
    if seen.guarded and not seen.bound:
        found.append("ward of a rival")
    return tuple(found)
