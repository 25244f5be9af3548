"""Sponsored fighters: how often campaigns of rebels whom a state backs begin again and end, by year (UCDP/PRIO)."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured, share

ALIVE = 10
"""Years without fighting after which a group no longer counts as one that may begin again."""

# fmt: off
SPONSORED = (
    205, 206, 230, 234, 242, 260, 262, 283, 284, 288, 299, 300, 309, 314, 317, 327, 329, 331, 333, 337, 382, 388, 389,
    390, 393, 395, 398, 408, 412, 11346, 13246, 13247, 13306, 426,
)
# fmt: on
"""Conflicts, by number, in which in some year a state's troops stood beside rebels (secondary warring parties of side
B in version 25.1, which the panels do not read), and last that of Hezbollah, whose sponsor sends arms and money."""

LAST = 2024


def campaign_years(evidence: Evidence) -> pl.DataFrame:
    """Years after the first of every sponsored conflict: conflict, year, active, whether it was active the year before,
    and for how many years it had been quiet.
    """
    chosen = evidence.folder.read("ucdp_prio_acd").filter(pl.col("conflict_id").is_in(SPONSORED))
    rows = []
    for (conflict,), held in chosen.group_by("conflict_id", maintain_order=True):
        active = {int(year) for year in held["year"]}
        quiet = 0
        for year in range(min(active) + 1, LAST + 1):
            quiet = 0 if year - 1 in active else quiet + 1
            rows.append((conflict, year, year in active, year - 1 in active, quiet))
    return pl.DataFrame(rows, schema=["conflict", "year", "active", "before", "quiet"], orient="row")


def _begins(evidence: Evidence) -> Measured:
    years = campaign_years(evidence).filter(~pl.col("before"), pl.col("quiet") <= ALIVE)
    return share(years["active"].to_numpy(), years["conflict"].to_numpy(), "Wilson, by conflict")


def _ends(evidence: Evidence) -> Measured:
    years = campaign_years(evidence).filter(pl.col("before"))
    return share(~years["active"].to_numpy(), years["conflict"].to_numpy(), "Wilson, by conflict")


def _of(name: str, what: str, measure: Callable[[Evidence], Measured], stands: str) -> DeclaredEstimate:
    sample = "conflicts of UCDP/PRIO 1946-2024 in which a state's troops stood beside rebels, and Hezbollah's"
    return DeclaredEstimate(name, f"{sample}: {what}", measure, stands)


ESTIMATES = (
    _of(
        "campaigns begun",
        f"share of quiet years, up to {ALIVE} after the last of 25 dead or more, followed by one of fighting",
        _begins,
        "campaign_begins",
    ),
    _of("campaigns over", "share of years of fighting followed by a quiet one", _ends, "campaign_ends"),
)
