"""Charts of estimates: coefficients or average effects with their intervals, one colour a fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.charts.base import AGAINST, INK, POSTURE, QUIET, UNCLEAR, styled

if TYPE_CHECKING:
    import polars as pl

PALETTE = (AGAINST, POSTURE, INK, UNCLEAR)


def coefficients(
    tables: Mapping[str, pl.DataFrame] | pl.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    title: str = "",
    unit: str = "coefficient",
    width: int = 420,
) -> Any:
    """Estimates with intervals about a line at zero.

    tables  frames with columns term, value, low, high (`Fit.frame()`, `average_effects(...)`), by fit, or one
    names   term to what the chart calls it, from the top; terms not in it are left out
    title   of the chart
    unit    title of the axis
    width   of the plot, pixels
    """
    import altair as alt

    fits = tables if isinstance(tables, Mapping) else {"": tables}
    order = names or {term: term for frame in fits.values() for term in frame["term"].to_list()}
    data = [
        {**row, "fit": fit, "said": order[row["term"]]}
        for fit, frame in fits.items()
        for row in frame.select("term", "value", "low", "high").iter_rows(named=True)
        if row["term"] in order
    ]
    many = len(fits) > 1
    colour = alt.Color(
        "fit:N",
        title=None,
        sort=list(fits),
        scale=alt.Scale(domain=list(fits), range=list(PALETTE)),
        legend=alt.Legend(orient="bottom") if many else None,
    )
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y("said:N", sort=list(order.values()), title=None, axis=alt.Axis(labelLimit=240)), color=colour
    )
    if many:
        base = base.encode(yOffset=alt.YOffset("fit:N", sort=list(fits)))
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=QUIET, strokeDash=[3, 3]).encode(x="zero:Q")
    bars = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=unit), x2="high:Q")
    points = base.mark_point(filled=True, size=55, opacity=1).encode(x="value:Q")
    return styled((zero + bars + points).properties(width=width, title=title))
