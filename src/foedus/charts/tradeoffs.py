"""Trade-offs between portfolios: one line a portfolio across several measures, each on its own scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.charts.base import AGAINST, INK, LINE, POSTURE, inline, styled

COLOURS = (POSTURE, AGAINST, "#e0a030", "#6a4c93", "#7a8b6f", "#c06c84")


@dataclass(frozen=True)
class Track:
    """A portfolio: its name, its value of each measure, and whether it is named in the chart."""

    name: str
    values: Mapping[str, float]
    named: bool = True


def tradeoffs(courses: Sequence[Track], units: Mapping[str, str], title: str, width: int = 640) -> Any:
    """Parallel coordinates: each measure from its least value, at the foot, to its largest; less is better.

    courses  one line each; those that are named lie on top, in colour
    units    unit of each measure, in the order of the axes
    title    of the chart
    """
    import altair as alt

    ends = {m: (min(c.values[m] for c in courses), max(c.values[m] for c in courses)) for m in units}
    labels = {m: f"{m}, {unit}" for m, unit in units.items()}
    data = [
        {
            "course": course.name if course.named else f"other {number}",
            "measure": labels[measure],
            "place": (course.values[measure] - ends[measure][0]) / ((ends[measure][1] - ends[measure][0]) or 1.0),
            "named": course.named,
        }
        for number, course in enumerate(courses)
        for measure in units
    ]
    scale = [
        {"measure": labels[m], "place": place, "value": f"{ends[m][place]:.3g}"} for m in units for place in (0, 1)
    ]
    names = [course.name for course in courses if course.named]
    x = alt.X(
        "measure:N",
        sort=list(labels.values()),
        title=None,
        axis=alt.Axis(labelAngle=0, labelLimit=0, labelExpr="split(datum.value, ', ')"),
    )
    y = alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[-0.1, 1.1]))
    colour = alt.Color(
        "course:N",
        title=None,
        scale=alt.Scale(domain=names, range=list(COLOURS[: len(names)])),
        legend=alt.Legend(orient="bottom", columns=1, labelLimit=width),
    )
    base = alt.Chart(inline(data)).mark_line().encode(x=x, y=y, detail="course:N")
    others = base.transform_filter("!datum.named").encode(color=alt.value(LINE), strokeWidth=alt.value(1.5))
    chosen = base.transform_filter("datum.named").encode(color=colour, strokeWidth=alt.value(2.5))
    ends_told = (
        alt.Chart(inline(scale)).mark_text(color=INK, fontSize=10, dx=4, align="left").encode(x=x, y=y, text="value:N")
    )
    return styled(alt.layer(others, chosen, ends_told).properties(title=title, width=width, height=300))
