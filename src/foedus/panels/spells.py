"""Peace years: how long since the last event, counted as binary time-series analysis counts it."""

from __future__ import annotations

import polars as pl


def peace_years(event: str, name: str, *, pad: bool, censored: bool = False) -> pl.Expr:
    """Return the years since the last event, on rows ordered by pair (hidden column `_unit`) and year.

    event      column that is 1 while the event goes on, 0 otherwise, missing outside coverage
    name       column to make
    pad        count missing years too
    censored   a year after one with an event, with an event itself, has no count

    The first year of a pair counts 0, the year after an event 0, each further row (padded: year) one more;
    the year of an event still carries the count that led to it. Missing where the event is. Source: Beck, Katz and
    Tucker (1998); the counts equal those of R's ps_btscs.
    """
    fresh = (pl.col("_unit") != pl.col("_unit").shift(1)).fill_null(value=True)
    after = (pl.col(event).shift(1) == 1).fill_null(value=False) & ~fresh
    if pad:
        here = pl.col("year").cast(pl.Int32)
        start = pl.coalesce(pl.when(fresh).then(here), pl.when(after).then(here.shift(1) + 1))
    else:
        here = pl.int_range(pl.len(), dtype=pl.Int32)
        start = pl.when(fresh | after).then(here)
    count = here - start.forward_fill()
    counted = pl.col(event).is_not_null()
    if censored:
        counted &= ~(after & (pl.col(event) == 1))
    return pl.when(counted).then(count).cast(pl.Int32).alias(name)
