"""Charts of ranges and shares: the paired difference by ally, levels, and what money buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.charts.base import AGAINST, INK, POSTURE, UNCLEAR, inline, styled

OPTION_COLOURS = (
    "#7a8b6f", "#4c78a8", "#2f6690", "#a9b89f", "#9cb9d9", "#8fb4cc", "#e0a030", "#b3482d", "#d98c74", "#c9a66b",
    "#6a4c93", "#1b2a3a", "#c06c84", "#d5d9de",
)  # fmt: skip
"""Colours of what flexible money buys."""

WORSE, BETTER, OPEN = "loses more", "loses less", "direction not clear"


@dataclass(frozen=True)
class Bar:
    """A row of a chart of ranges: the mean, and 5, 25, 75 and 95 per cent of futures."""

    name: str
    low90: float
    low50: float
    mean: float
    high50: float
    high90: float
    direction: int = 0


def differences(rows: Sequence[Bar], title: str, unit: str, width: int = 420) -> Any:
    """Paired differences with 50 and 90 per cent bands, on an axis that shows small and large ones alike.

    rows   one bar each, from the top; values in `unit`
    title  of the chart
    unit   title of the axis
    width  of the plot, pixels
    """
    import altair as alt

    said = {1: WORSE, -1: BETTER, 0: OPEN}
    data = [{**row.__dict__, "told": said[row.direction]} for row in rows]
    largest = max((max(abs(row.low90), abs(row.high90)) for row in rows), default=1.0)
    ticks = [sign * tick for tick in (0.01, 0.1, 1.0, 10.0) if tick <= largest for sign in (-1, 1)]
    scale = alt.Scale(type="symlog", constant=0.005, nice=False)
    axis = alt.Axis(values=sorted({0.0, *ticks}), labelExpr="datum.value === 0 ? '0' : format(datum.value, '+~g')")
    colour = alt.Color(
        "told:N",
        title=None,
        scale=alt.Scale(domain=[WORSE, BETTER, OPEN], range=[POSTURE, AGAINST, UNCLEAR]),
        legend=alt.Legend(orient="bottom", symbolOpacity=1),
    )
    base = alt.Chart(inline(data)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)), color=colour
    )
    wide = base.mark_rule(strokeWidth=2, opacity=0.45).encode(
        x=alt.X("low90:Q", title=unit, scale=scale, axis=axis), x2="high90:Q"
    )
    narrow = base.mark_rule(strokeWidth=6, opacity=0.6).encode(x=alt.X("low50:Q", scale=scale), x2="high50:Q")
    dot = base.mark_point(filled=True, size=55, opacity=1).encode(x=alt.X("mean:Q", scale=scale))
    zero = alt.Chart(inline([{"x": 0}])).mark_rule(color=INK, strokeDash=[2, 2]).encode(x="x:Q")
    chart = alt.layer(zero, wide, narrow, dot)
    return styled(chart.properties(title=title, width=width, height=max(19 * len(data), 60)))


def levels(rows: Sequence[Bar], title: str, unit: str, width: int = 420) -> Any:
    """Levels with 50 and 90 per cent bands, on a logarithmic axis.

    rows   one bar each, from the top; values in `unit`, those below 0.001 drawn there
    title  of the chart
    unit   title of the axis
    width  of the plot, pixels
    """
    import altair as alt

    least = 1e-3
    data = [
        {"name": row.name, **{k: max(v, least) for k, v in row.__dict__.items() if k not in ("name", "direction")}}
        for row in rows
    ]
    scale = alt.Scale(type="log")
    base = alt.Chart(inline(data)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)), color=alt.value(POSTURE)
    )
    wide = base.mark_rule(strokeWidth=2, opacity=0.45).encode(
        x=alt.X("low90:Q", title=unit, scale=scale, axis=alt.Axis(format="~g")), x2="high90:Q"
    )
    narrow = base.mark_rule(strokeWidth=6, opacity=0.6).encode(x=alt.X("low50:Q", scale=scale), x2="high50:Q")
    dot = base.mark_point(filled=True, size=55, opacity=1).encode(x=alt.X("mean:Q", scale=scale))
    chart = alt.layer(wide, narrow, dot)
    return styled(chart.properties(title=title, width=width, height=max(19 * len(data), 60)))


def shares(
    rows: Sequence[tuple[str, str, float]],
    title: str,
    unit: str = "share of flexible procurement",
    colours: Sequence[str] = OPTION_COLOURS,
) -> Any:
    """Shares that sum to one, one bar a row.

    rows     (row, part, share), shares 0-1
    title    of the chart
    unit     title of the axis
    colours  of the parts, in their order
    """
    import altair as alt

    data = [{"row": r, "part": p.replace("_", " "), "share": s, "order": i} for i, (r, p, s) in enumerate(rows)]
    parts = list(dict.fromkeys(p.replace("_", " ") for _, p, _ in rows))
    chart = (
        alt.Chart(inline(data))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", title=unit, scale=alt.Scale(domain=[0, 1]),
                    axis=alt.Axis(format="%")),
            y=alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("part:N", title=None, sort=parts, scale=alt.Scale(domain=parts, range=list(colours))),
            order="order:Q",
        )
        .properties(title=title, width=600, height=17 * len({r for r, _, _ in rows}))
    )  # fmt: skip
    return styled(chart)
