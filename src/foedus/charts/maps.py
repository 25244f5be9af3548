"""The world map: outlines from Natural Earth, borders as that source draws them, small states as dots."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foedus.charts.base import INK, QUIET, inline, styled

MAP = Path(__file__).with_name("world_map.json")
FEW = 4
"""So few states are marked with a dot and their code, outline or not: an island alone is hard to find."""
Places = Mapping[str, tuple[float, float]]


def map_of_change(times: Mapping[str, float], clear: Mapping[str, bool], places: Places, title: str) -> Any:
    """States by how many times as large their loss is: red more, blue less; pale where the direction is not clear.

    times   loss over that under the other posture, above 0, by iso3
    clear   whether the direction is clear, for the same states
    places  longitude and latitude in degrees, by iso3
    title   of the chart
    """
    import altair as alt

    scale = alt.Scale(scheme="redblue", reverse=True, type="log", domain=[0.5, 1, 2], clamp=True)
    legend = alt.Legend(
        orient="bottom", direction="horizontal", gradientLength=200, format="~g", values=[0.5, 0.7, 1, 1.4, 2],
        titleLimit=400,
    )  # fmt: skip
    colour = alt.Color("value:Q", scale=scale, title="times as large (pale: direction not clear)", legend=legend)
    rows = {iso: {"value": value, "strength": 1.0 if clear[iso] else 0.35} for iso, value in times.items()}
    strength = alt.Opacity("strength:Q", scale=None, legend=None)
    return _map(rows, {"color": colour, "opacity": strength}, places, title)


def map_of_levels(values: Mapping[str, float], places: Places, title: str, unit: str) -> Any:
    """States shaded by a value, on a logarithmic scale.

    values  0 or more, by iso3, in `unit`
    places  longitude and latitude in degrees, by iso3
    title   of the chart
    unit    title of the legend
    """
    import altair as alt

    scale = alt.Scale(scheme="orangered", type="symlog", constant=0.01, domainMin=0)
    colour = alt.Color("value:Q", scale=scale, title=unit, legend=alt.Legend(orient="bottom", gradientLength=200))
    return _map({iso: {"value": value} for iso, value in values.items()}, {"color": colour}, places, title)


def _map(rows: Mapping[str, Mapping[str, float]], encoding: Mapping[str, Any], places: Places, title: str) -> Any:
    import altair as alt

    shapes = json.loads(MAP.read_text(encoding="utf-8"))["features"]
    drawn = {shape["id"] for shape in shapes}
    shown = [{**shape, **rows[shape["id"]]} for shape in shapes if shape["id"] in rows]
    rest = [shape for shape in shapes if shape["id"] not in rows]
    small = [
        {"lon": places[iso][0], "lat": places[iso][1], "code": iso, **row}
        for iso, row in rows.items()
        if (iso not in drawn or len(rows) <= FEW) and iso in places
    ]
    ground = alt.Chart(inline(rest)).mark_geoshape(fill="#e9ecef", stroke="white", strokeWidth=0.4)
    shaded = alt.Chart(inline(shown)).mark_geoshape(stroke="white", strokeWidth=0.4).encode(**encoding)
    dots = (
        alt.Chart(inline(small))
        .mark_circle(size=34, stroke=QUIET, strokeWidth=0.6)
        .encode(longitude="lon:Q", latitude="lat:Q", **encoding)
    )
    codes = (
        alt.Chart(inline(small if len(rows) <= FEW else []))
        .mark_text(align="left", dx=6, fontSize=11, color=INK)
        .encode(longitude="lon:Q", latitude="lat:Q", text="code:N")
    )
    chart = (
        alt.layer(ground, shaded, dots, codes)
        .project(type="equalEarth", scale=100, center=[12, 23])
        .properties(title=title, width=520, height=235)
    )
    return styled(chart)
