"""Wars that were on at the end of a year, as facts of a past world."""

from __future__ import annotations

import polars as pl

from foedus.past.archive import Archive
from foedus.past.figures import Facts

LONGEST = 30
"""Years back in which a war that is on can have begun."""


def add_wars(archive: Archive, facts: Facts) -> None:
    """Write the interstate wars of the year that a land neighbour began (COW, to 2003), where the pair is one.

    Who held how much ground is not in the record: no front at the start, with a range up to three tenths.
    """
    pairs = {fact.key for fact in facts.rows["pairs.csv"]}
    neighbours = archive.spells("cow_contiguity", "stdate", "enddate").filter(pl.col("conttype") == 1)
    touching = set(neighbours.select("ccode1", "ccode2").iter_rows())
    begun = archive.years("cow_interstate_war_directed_dyad_year", LONGEST).filter(
        pl.col("initiator1") == 1, pl.col("initiator2") == 0
    )
    since = begun.group_by("ccode1", "ccode2", "warnum").agg(
        pl.col("year").min().alias("since"), pl.col("year").max().alias("last")
    )
    on = since.filter(pl.col("last") == archive.year).sort("ccode1", "ccode2", "since")
    for a, b, first in on.select("ccode1", "ccode2", "since").iter_rows():
        key = archive.iso.get(int(a), ""), archive.iso.get(int(b), "")
        if (a, b) not in touching or key not in pairs:
            continue
        facts.add("wars.csv", key, "at_war", 1.0, source="cow_war", grade="C", note="attacked by a land neighbour")
        facts.add("wars.csv", key, "since", float(first), source="cow_war", grade="C")
        facts.add("wars.csv", key, "front", 0.0, source="foedus_judgement", grade="A", low=0.0, high=0.3)
