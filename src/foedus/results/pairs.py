"""Who might fight whom: chances of every directed pair (dyad), as yearly means and as chances of a war by a year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from foedus.results.results import Results

KEPT = ("challenge", "force", "blockade", "grab", "war", "help")
"""Chances a year that are kept of every pair."""


@dataclass(frozen=True)
class PairChances:
    """Chances of one directed pair, means over futures; those a year are means over the years of the run as well.

    challenge  that the challenger opens a crisis
    force      that one sees limited force
    blockade   that this is a blockade
    grab       that it takes ground
    war        that a war is on, or that a crisis becomes one
    help       that a guarantor would fight for the target, if this challenger attacked it
    war_by     chance of at least one war from the start to the end of a year, by year
    """

    challenger: str
    target: str
    challenge: float
    force: float
    blockade: float
    grab: float
    war: float
    help: float
    war_by: dict[int, float]

    @property
    def in_all(self) -> float:
        """Chance of at least one war over the whole run."""
        return self.war_by[max(self.war_by)]


def pair_chances(
    results: Results, role: str = "posture", sides: Sequence[Collection[str]] = ()
) -> tuple[PairChances, ...]:
    """Chances of the pairs of a run, those likeliest to see a war first.

    results  a run
    role     "posture", or "against" where two are compared
    sides    states by iso3. None: every pair; one set: those with one of them on either side; two: those between the
             two, in both directions

    Raises UnknownName for a role that the run lacks.
    """
    frame = results.pair_years(role)
    if len(sides) == 1:
        frame = frame.filter(pl.col("challenger").is_in(sides[0]) | pl.col("target").is_in(sides[0]))
    elif sides:
        one, other = sides
        frame = frame.filter(
            (pl.col("challenger").is_in(one) & pl.col("target").is_in(other))
            | (pl.col("challenger").is_in(other) & pl.col("target").is_in(one))
        )
    found = []
    for (challenger, target), rows in frame.group_by("challenger", "target", maintain_order=True):
        means = {name: float(rows[name].mean()) for name in KEPT}  # type: ignore[arg-type]
        by_year = dict(zip(rows["year"].to_list(), rows["war_by"].to_list(), strict=True))
        found.append(PairChances(str(challenger), str(target), **means, war_by=by_year))
    return tuple(sorted(found, key=lambda pair: (-pair.in_all, pair.challenger, pair.target)))
