"""The lesser and the greater of a pair's figures: missing where either is, unlike the horizontal verbs of Polars."""

from __future__ import annotations

import polars as pl


def lesser(one: str | pl.Expr, two: str | pl.Expr) -> pl.Expr:
    """Return the smaller of two columns, the weakest link of a pair; missing where either is missing.

    `pl.min_horizontal` would take the figure of the one state that has one for the pair's lesser.
    """
    return _where_both(one, two, pl.min_horizontal(one, two))


def greater(one: str | pl.Expr, two: str | pl.Expr) -> pl.Expr:
    """Return the larger of two columns; missing where either is missing.

    one, two  names or expressions
    """
    return _where_both(one, two, pl.max_horizontal(one, two))


def _where_both(one: str | pl.Expr, two: str | pl.Expr, value: pl.Expr) -> pl.Expr:
    known = [(pl.col(side) if isinstance(side, str) else side).is_not_null() for side in (one, two)]
    return pl.when(known[0] & known[1]).then(value)
