"""A row of results as people read it: differences and their ranges, shares, years, arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan

from foedus.names import country
from foedus.results.headline import Headline, Range
from foedus.results.rates import Rate
from foedus.words import NONE, bracketed, decimals, percent, plus_minus, rare, signed, significant
from foedus.words import listed as listed_in_text

WORSE, BETTER, UNCLEAR = "▲", "▼", "·"


def change(gap: Range) -> tuple[str, str]:
    """A difference with its standard error, and its 90 per cent band, each with its own two digits."""
    return signed(gap.mean) + plus_minus(gap.error, gap.mean), band(gap)


def band(gap: Range) -> str:
    """The 90 per cent band of a difference, to three decimals at most; a dash where futures are too few for one."""
    return bracketed(gap.low90, gap.high90) if gap.told and not isnan(gap.mean) else NONE


def span(value: Range) -> str:
    """A 90 per cent band, to two digits of its mean; a dash where there are too few futures for one."""
    if not value.told or isnan(value.mean):
        return NONE
    places = decimals(value.mean or value.high90)
    return f"[{value.low90:.{places}f} {value.high90:.{places}f}]"


def conceded(row: Headline) -> str:
    """Per cent of the expected loss that is from concessions, under the other posture too where there is one."""
    return both(row, lambda r: NONE if r.conceded_share is None else percent(r.conceded_share))


def war(row: Headline, *, error: bool = True) -> str:
    """Chance of at least one war over the run, per cent, under the other posture too where there is one.

    error  whether the Monte Carlo standard error of what stands last follows it, as in the three functions below
    """
    return both(row, lambda r: rare(r.war)) + (plus_minus(100.0 * row.war_error, 100.0 * row.war) if error else "")


def ground(row: Headline, *, error: bool = True) -> str:
    """Ground lost by the end, per cent of what is at issue, under the other posture too where there is one."""
    told = plus_minus(100.0 * row.ground_error, 100.0 * row.ground) if error else ""
    return both(row, lambda r: rare(r.ground)) + told


def loss(row: Headline, *, error: bool = True) -> str:
    """Expected loss a year, under the other posture too where there is one."""
    told = plus_minus(row.loss.error, row.loss.mean) if error else ""
    return both(row, lambda r: significant(r.loss.mean)) + told


def total(row: Headline, *, error: bool = True) -> str:
    """Expected loss of all years together, under the other posture too where there is one."""
    return both(row, lambda r: significant(r.total)) + (plus_minus(row.total_error, row.total) if error else "")


def rate(found: Rate) -> str:
    """A base rate of a run with its standard error, in per cent: `2.7±.1 %`."""
    run = 100.0 * found.run
    return f"{significant(run)}{plus_minus(100.0 * found.error, run)} %"


def lost_to(row: Headline) -> str:
    """To whom most is lost, and how much of it in per cent: `RUS 97`; a dash where nothing is."""
    return NONE if row.source is None else f"{row.source.challenger} {percent(row.source.share)}"


def exposed(row: Headline) -> str:
    """Years exposed, under the other posture too where there is one."""
    return both(row, lambda r: str(r.years_exposed))


def both(row: Headline, said: Callable[[Headline], str], arrow: str = "→") -> str:
    """What is said of a row under the other posture and under its own: `18→24`; one where nothing is compared."""
    return said(row) if row.against is None else f"{said(row.against)}{arrow}{said(row)}"


def arrow(row: Headline) -> str:
    """Which way the loss goes, where nine futures in ten agree."""
    return {1: WORSE, -1: BETTER, 0: UNCLEAR}[row.direction]


def listed(names: Sequence[str]) -> str:
    """Names of states in running text: Japan, Latvia and the Philippines."""
    return listed_in_text([country(name) for name in names])
