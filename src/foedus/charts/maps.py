"""The world map: outlines from Natural Earth, borders as that source draws them, small states as dots."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from foedus.charts.base import INK, QUIET, UNCLEAR, inline, styled

MAP = Path(__file__).with_name("world_map.json")
STILL = "#ffffff"
"""Colour of a state that is told of and hardly changes."""

FEW = 4
"""So few states are marked with a dot and their code, outline or not: an island alone is hard to find."""
Places = Mapping[str, tuple[float, float]]


def map_of_change(
    times: Mapping[str, float], unclear: Collection[str], still: Collection[str], places: Places, title: str
) -> Any:
    """States by how many times as large their loss is: red more, blue less; grey where the direction is not clear.

    times    loss over that under the other posture, above 0, by iso3, where the direction is clear
    unclear  states whose loss moves in no clear direction: grey, so that they are not taken for states without a change
    still    states whose loss hardly moves: white
    places   longitude and latitude in degrees, by iso3
    title    of the chart
    """
    import altair as alt

    scale = alt.Scale(scheme="redblue", reverse=True, type="log", domain=[0.5, 1, 2], clamp=True)
    legend = alt.Legend(
        orient="bottom", direction="horizontal", gradientLength=200, format="~g", values=[0.5, 0.7, 1, 1.4, 2],
        titleLimit=400,
    )  # fmt: skip
    colour = alt.Color("value:Q", scale=scale, title="times as large", legend=legend)
    rows = {iso: {"value": value} for iso, value in times.items()}
    return _map(rows, {"color": colour}, places, title, plain_of(unclear, still))


def plain_of(unclear: Collection[str], still: Collection[str]) -> dict[str, str]:
    """The one colour of each state that has no shade on a map of change, by iso3.

    unclear  states whose change has no clear sign
    still    states that do not change
    """
    return {**dict.fromkeys(unclear, UNCLEAR), **dict.fromkeys(still, STILL)}


def map_layers(
    rows: Mapping[str, Mapping[str, float]], places: Places, plain: Mapping[str, str] | None = None
) -> tuple[list[dict[str, Any]], ...]:
    """Data of a map, layer by layer from the ground up: palest, plain, shaded, plain dots, shaded dots, codes.

    rows    what is shown of each state with a shade, by iso3
    places  longitude and latitude of each state, by iso3
    plain   colour of each state that has none, by iso3
    """
    plain = plain or {}
    shapes = outlines()
    drawn = {shape["id"] for shape in shapes}
    few = len(rows) + len(plain) <= FEW
    shown = [{**shape, **rows[shape["id"]]} for shape in shapes if shape["id"] in rows]
    flat = [{**shape, "fill": plain[shape["id"]]} for shape in shapes if shape["id"] in plain]
    rest = [shape for shape in shapes if shape["id"] not in rows and shape["id"] not in plain]

    def dotted(some: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {"lon": places[iso][0], "lat": places[iso][1], "code": iso, **row}
            for iso, row in some.items()
            if (iso not in drawn or few) and iso in places
        ]

    small, small_plain = dotted(rows), dotted({iso: {"fill": colour} for iso, colour in plain.items()})
    return rest, flat, shown, small_plain, small, [*small, *small_plain] if few else []


@cache
def outlines() -> list[dict[str, Any]]:
    """Outline of each state as GeoJSON, its iso3 as `id`; a list to read, not to change."""
    found: list[dict[str, Any]] = json.loads(MAP.read_text(encoding="utf-8"))["features"]
    return found


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


def _map(
    rows: Mapping[str, Mapping[str, float]],
    encoding: Mapping[str, Any],
    places: Places,
    title: str,
    plain: Mapping[str, str] | None = None,
) -> Any:
    """The map: states of `rows` by `encoding`, those of `plain` each in its one colour, all others palest."""
    import altair as alt

    rest, flat, shown, small_plain, small, coded = map_layers(rows, places, plain)
    fill = alt.Fill("fill:N", scale=None, legend=None)
    place = {"longitude": "lon:Q", "latitude": "lat:Q"}
    ground = alt.Chart(inline(rest)).mark_geoshape(fill="#e9ecef", stroke="white", strokeWidth=0.4)
    flats = alt.Chart(inline(flat)).mark_geoshape(stroke="#c4ccd4", strokeWidth=0.5).encode(fill=fill)
    shaded = alt.Chart(inline(shown)).mark_geoshape(stroke="white", strokeWidth=0.4).encode(**encoding)
    dot: dict[str, Any] = {"size": 34, "stroke": QUIET, "strokeWidth": 0.6}
    dots = alt.Chart(inline(small)).mark_circle(**dot).encode(**place, **encoding)
    flat_dots = alt.Chart(inline(small_plain)).mark_circle(**dot).encode(**place, fill=fill)
    codes = (
        alt.Chart(inline(coded)).mark_text(align="left", dx=6, fontSize=11, color=INK).encode(**place, text="code:N")
    )
    chart = (
        alt.layer(ground, flats, shaded, flat_dots, dots, codes)
        .project(type="equalEarth", scale=100, center=[12, 23])
        .properties(title=title, width=520, height=235)
    )
    return styled(chart)
