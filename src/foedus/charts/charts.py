"""Charts as static SVG: drawn by Altair, rendered offline by vl-convert, so a report needs no script and no network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

INK, QUIET = "#1b2a3a", "#6b7785"
POSTURE, AGAINST = "#b3482d", "#2f6690"
MAP = Path(__file__).with_name("world_map.json")
Values = NDArray[np.floating[Any]]


def fan(paths: Mapping[str, Values], years: Sequence[int], title: str, unit: str, width: int = 300) -> str:
    """Median with 50 and 90 per cent bands over the years.

    paths  by name, at most two, [Y, N] each
    """
    import altair as alt

    rows = []
    for name, values in paths.items():
        levels = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
        rows += [
            {
                "year": year,
                "posture": name,
                "a": float(q[0]),
                "b": float(q[1]),
                "m": float(q[2]),
                "c": float(q[3]),
                "d": float(q[4]),
            }
            for year, q in zip(years, levels.T, strict=True)
        ]
    names = list(paths)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("year:Q", axis=alt.Axis(format="d", title=None, tickCount=5), scale=alt.Scale(zero=False)),
        color=alt.Color(
            "posture:N",
            scale=alt.Scale(domain=names, range=[POSTURE, AGAINST][: len(names)]),
            legend=alt.Legend(orient="top", title=None),
        ),
    )
    wide = base.mark_area(opacity=0.13).encode(y=alt.Y("a:Q", title=unit), y2="d:Q")
    narrow = base.mark_area(opacity=0.25).encode(y="b:Q", y2="c:Q")
    line = base.mark_line(strokeWidth=2).encode(y="m:Q")
    return render(alt.layer(wide, narrow, line).properties(title=title, width=width, height=150))


def world_map(values: Mapping[str, float], places: Mapping[str, tuple[float, float]], title: str, unit: str) -> str:
    """World map shaded by a value per state; states too small to see are dots at their capitals.

    places  longitude and latitude by state
    """
    import altair as alt

    shapes = json.loads(MAP.read_text(encoding="utf-8"))["features"]
    drawn = {shape["id"] for shape in shapes}
    shown = [{**shape, "value": values[shape["id"]]} for shape in shapes if shape["id"] in values]
    rest = [shape for shape in shapes if shape["id"] not in values]
    scale = alt.Scale(scheme="orangered", type="symlog", constant=0.05, domainMin=0)
    legend = alt.Legend(orient="bottom", gradientLength=220)
    ground = alt.Chart(alt.Data(values=rest)).mark_geoshape(fill="#e4e8ec", stroke="white", strokeWidth=0.4)
    shaded = (
        alt.Chart(alt.Data(values=shown))
        .mark_geoshape(stroke="white", strokeWidth=0.4)
        .encode(color=alt.Color("value:Q", scale=scale, title=unit, legend=legend))
    )
    small = [
        {"lon": places[iso][0], "lat": places[iso][1], "value": value}
        for iso, value in values.items()
        if iso not in drawn and iso in places
    ]
    dots = (
        alt.Chart(alt.Data(values=small))
        .mark_circle(size=28, stroke="white", strokeWidth=0.5)
        .encode(longitude="lon:Q", latitude="lat:Q", color=alt.Color("value:Q", scale=scale, title=unit))
    )
    chart = alt.layer(ground, shaded, dots).project(type="equalEarth").properties(title=title, width=720, height=350)
    return render(chart)


def schedule(levels: Mapping[str, Sequence[float]], years: Sequence[int], title: str) -> str:
    """Support relative to the start by channel and year, as a heat map."""
    import altair as alt

    rows = [
        {"channel": name.replace("_", " "), "year": year, "level": float(level)}
        for name, path in levels.items()
        for year, level in zip(years, path, strict=True)
    ]
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_rect()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, values=[y for y in years if y % 5 == 0])),
            y=alt.Y("channel:N", title=None, sort=None),
            color=alt.Color(
                "level:Q", title="today = 1", scale=alt.Scale(scheme="redblue", domain=[0, 2], domainMid=1)
            ),
        )
        .properties(title=title, width=560, height=210)
    )
    return render(chart)


def bars(rows: Sequence[tuple[str, float, float, float]], title: str, unit: str) -> str:
    """Medians with ranges, one bar a row: (name, low, middle, high)."""
    import altair as alt

    data = [{"name": n, "low": lo, "mid": mid, "high": hi} for n, lo, mid, hi in rows]
    base = alt.Chart(alt.Data(values=data)).encode(y=alt.Y("name:N", sort=None, title=None))
    span = base.mark_rule(strokeWidth=3, color=QUIET, opacity=0.5).encode(x=alt.X("low:Q", title=unit), x2="high:Q")
    dot = base.mark_point(filled=True, size=50, color=POSTURE, opacity=1).encode(x="mid:Q")
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=INK, strokeDash=[2, 2]).encode(x="x:Q")
    return render(alt.layer(zero, span, dot).properties(title=title, width=700, height=max(16 * len(data), 60)))


def stacked(rows: Sequence[tuple[str, str, float]], title: str) -> str:
    """Shares that sum to one, one bar a row: (row, part, share)."""
    import altair as alt

    data = [{"row": r, "part": p.replace("_", " "), "share": s} for r, p, s in rows]
    chart = (
        alt.Chart(alt.Data(values=data))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", title="share of flexible procurement", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("row:N", sort=None, title=None),
            color=alt.Color("part:N", title=None, sort=None, scale=alt.Scale(scheme="tableau20")),
        )
        .properties(title=title, width=640, height=16 * len({r for r, _, _ in rows}))
    )
    return render(chart)


def render(chart: Any) -> str:
    """SVG text of an Altair chart, in the report's type and colours."""
    import vl_convert

    styled = chart.configure(
        font="Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif",
        background="transparent",
    ).configure_view(stroke=None).configure_axis(
        labelColor=QUIET, titleColor=QUIET, gridColor="#e4e8ec", domainColor="#c4ccd4", tickColor="#c4ccd4",
        labelFontSize=11, titleFontSize=11, titleFontWeight="normal",
    ).configure_title(color=INK, fontSize=13, anchor="start").configure_legend(
        labelColor=INK, titleColor=QUIET, titleFontWeight="normal"
    )  # fmt: skip
    return str(vl_convert.vegalite_to_svg(styled.to_dict(), vl_version=_version()))


@cache
def _version() -> str:
    """Vega-Lite version that the installed Altair writes."""
    import altair as alt

    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
