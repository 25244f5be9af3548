"""Before and after, one row a place: what a figure was, what it is, and the band of its paired change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.charts.base import AGAINST, INK, POSTURE, UNCLEAR, inline, styled

HIGHER, LOWER, OPEN = "higher", "lower", "direction not clear"
ROW = 21
"""Pixels of a row."""


@dataclass(frozen=True)
class Pair:
    """A row: a figure under the posture compared with and under the posture, and the band of the change.

    before      under the posture compared with; the same as `now` where nothing is compared
    now         under the posture
    low, high   the figure before, and the ends of nine paired changes in ten added to it
    direction   1 where nine futures in ten or more are higher, -1 where they are lower, else 0
    """

    name: str
    before: float
    now: float
    low: float
    high: float
    direction: int = 0


@dataclass(frozen=True)
class Scale:
    """How a panel is drawn.

    title     of the axis, with the unit
    exponent  of the axis: 1 a ruler, 0.5 a root, which shows small and large figures alike
    """

    title: str
    exponent: float = 1.0


def pair_rows(rows: Sequence[Pair]) -> list[dict[str, Any]]:
    """Data of one panel.

    rows  its places, in order
    """
    said = {1: HIGHER, -1: LOWER, 0: OPEN}
    return [{**row.__dict__, "told": said[row.direction]} for row in rows]


def dumbbells(panels: Mapping[str, Sequence[Pair]], scales: Mapping[str, Scale], width: int = 250) -> Any:
    """Panels side by side with the same places from the top.

    panels  rows by title of the panel; each has the same names in the same order
    scales  of each panel, by its title
    width   of one panel, pixels
    """
    import altair as alt

    drawn = [
        _panel(pair_rows(rows), title, scales[title], width, named=place == 0)
        for place, (title, rows) in enumerate(panels.items())
    ]
    return styled(drawn[0] if len(drawn) == 1 else alt.hconcat(*drawn, spacing=14))


def _panel(data: list[dict[str, Any]], title: str, scale: Scale, width: int, *, named: bool) -> Any:
    import altair as alt

    axis = alt.Axis(labelLimit=150) if named else alt.Axis(labels=False, ticks=False, domain=False)
    place = alt.Y("name:N", sort=None, title=None, axis=axis)
    across = alt.Scale(type="pow", exponent=scale.exponent, zero=True, nice=True)
    colour = alt.Color(
        "told:N",
        scale=alt.Scale(domain=[HIGHER, LOWER, OPEN], range=[POSTURE, AGAINST, UNCLEAR]),
        legend=None,
    )
    base = alt.Chart(inline(data)).encode(y=place)
    ruler = alt.Axis(format="~r", tickCount=5)
    band = base.mark_rule(strokeWidth=9, opacity=0.22).encode(
        x=alt.X("low:Q", title=scale.title, scale=across, axis=ruler), x2="high:Q", color=colour
    )
    step = base.mark_rule(strokeWidth=2.5).encode(x=alt.X("before:Q", scale=across), x2="now:Q", color=colour)
    was = base.mark_point(shape="circle", filled=False, size=42, color=INK, strokeWidth=1.2).encode(
        x=alt.X("before:Q", scale=across)
    )
    now = base.mark_point(filled=True, size=62, opacity=1).encode(x=alt.X("now:Q", scale=across), color=colour)
    return alt.layer(band, step, was, now).properties(title=title, width=width, height=alt.Step(ROW))
