"""The pairs of an ally in lines: what each challenger might do, whether help would come, and wars by two dates."""

from __future__ import annotations

from foedus.brief.contents import STEADY, Brief
from foedus.brief.ranges import small
from foedus.names import country
from foedus.results.pairs import PairChances, pair_chances

MOST = 3
"""Challengers that are shown: those to whom the ally loses most."""

LEAST_SHARE = 0.02
"""Share of the loss below which a challenger is not shown, unless it is the first."""

NEAR = 10
"""Years of the nearer of the two dates."""


def lines(brief: Brief) -> list[str]:
    """A head, and a line for each challenger to whom the ally loses most; empty where it loses to nobody."""
    shown = [source for place, source in enumerate(brief.lost_to[:MOST]) if place == 0 or source.share >= LEAST_SHARE]
    if not shown:
        return []
    found = {run: _by_challenger(brief, run) for run in ("posture", STEADY)}
    first, last = brief.years[0], brief.years[-1]
    ends = sorted({min(first + NEAR - 1, last), last})
    beside = "" if brief.steady else " (steady)"
    head = f"% a year of challenge, force, war; war by {' and '.join(map(str, ends))}{beside}."
    return [head, *(_line(brief, source.challenger, found, ends) for source in shown)]


def _line(brief: Brief, challenger: str, found: dict[str, dict[str, PairChances]], ends: list[int]) -> str:
    own, steady = (found[run][challenger] for run in ("posture", STEADY))
    yearly = ", ".join(small(chance) for chance in (own.challenge, own.force, own.war))
    by = " and ".join(_beside(brief, own.war_by[year], steady.war_by[year]) for year in ends)
    helped = f"help {small(own.help)} %" if own.help > 0.0 else "no help"
    name = country(brief.world.states.names[challenger])
    return f"{name[:1].upper()}{name[1:]} {yearly}; by then {by}; {helped}."


def _beside(brief: Brief, own: float, steady: float) -> str:
    return f"{small(own)} %" if brief.steady else f"{small(own)} % ({small(steady)})"


def _by_challenger(brief: Brief, run: str) -> dict[str, PairChances]:
    held = pair_chances(brief.runs[run].results, sides=((brief.subject,),))
    return {pair.challenger: pair for pair in held if pair.target == brief.subject}
