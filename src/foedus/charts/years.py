"""Charts over the years: fans of futures as small multiples, and the schedule of a posture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.charts.base import AGAINST, POSTURE, inline, styled

Values = NDArray[np.floating[Any]]
LOG_LEAST = 1e-3
"""Smallest value drawn on a logarithmic axis, per cent of GDP."""


def fans(
    paths: Mapping[str, Mapping[str, Values]],
    years: Sequence[int],
    title: str,
    unit: str,
    *,
    log: bool = False,
    mean: bool = False,
    alike: bool = True,
    columns: int = 3,
) -> Any:
    """Median, or mean, with 50 and 90 per cent bands over the years: one panel a place.

    paths    by panel and posture, [Y, N] each, in `unit`; at most two postures
    years    calendar years, [Y]
    title    of the chart
    unit     title of the axis
    log      a logarithmic axis, for losses that differ a hundredfold
    mean     draw the mean over futures and not the median: what is expected of a loss
    alike    all panels on the same scale; each on its own when not
    columns  panels side by side, 1 or more
    """
    import altair as alt

    rows = fan_rows(paths, years, log=log, mean=mean)
    names = list(next(iter(paths.values())))
    scale = alt.Scale(type="log", domainMin=LOG_LEAST) if log else alt.Scale(zero=True)
    base = alt.Chart().encode(
        x=alt.X("year:Q", axis=alt.Axis(format="d", title=None, tickCount=4, grid=False), scale=alt.Scale(zero=False)),
        color=alt.Color(
            "posture:N",
            scale=alt.Scale(domain=names, range=[POSTURE, AGAINST][: len(names)]),
            legend=alt.Legend(orient="top", title=None, symbolOpacity=1),
        ),
    )
    axis = alt.Axis(format="~g", values=[0.001, 0.01, 0.1, 1, 10]) if log else alt.Axis(format="~f", tickCount=4)
    wide = base.mark_area(opacity=0.12).encode(y=alt.Y("q05:Q", title=unit, scale=scale, axis=axis), y2="q95:Q")
    narrow = base.mark_area(opacity=0.25).encode(y=alt.Y("q25:Q", scale=scale), y2="q75:Q")
    line = base.mark_line(strokeWidth=2).encode(y=alt.Y("q50:Q", scale=scale))
    chart = (
        alt.layer(wide, narrow, line, data=inline(rows))
        .properties(width=300, height=110)
        .facet(facet=alt.Facet("panel:N", sort=list(paths), title=None), columns=columns)
        .resolve_scale(y="shared" if alike else "independent")
        .properties(title=title)
    )
    return styled(chart)


def fan_rows(
    paths: Mapping[str, Mapping[str, Values]], years: Sequence[int], *, log: bool = False, mean: bool = False
) -> list[dict[str, Any]]:
    """Data of `fans`, a row each panel, posture and year.

    paths  by panel and posture, [Y, F] each
    years  calendar years, [Y]
    log    raise what is below the least that a logarithmic scale shows
    mean   give the mean in place of the median
    """
    rows: list[dict[str, Any]] = []
    for panel, by_posture in paths.items():
        for posture, values in by_posture.items():
            levels = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
            if mean:
                levels[2] = values.mean(axis=1)
            if log:
                levels = np.maximum(levels, LOG_LEAST)
            rows += [
                {"panel": panel, "posture": posture, "year": int(year), "q05": float(q[0]), "q25": float(q[1]),
                 "q50": float(q[2]), "q75": float(q[3]), "q95": float(q[4])}
                for year, q in zip(years, levels.T, strict=True)
            ]  # fmt: skip
    return rows


def spark(paths: Mapping[str, Sequence[float]], years: Sequence[int]) -> Any:
    """Means over the years in little space, without axes: the posture over the one it is compared with.

    paths  by posture, [Y] each; at most two
    years  calendar years, [Y]
    """
    import altair as alt

    names = list(paths)
    colours = alt.Scale(domain=names, range=[POSTURE, AGAINST][: len(names)])
    line = (
        alt.Chart(inline(spark_rows(paths, years)))
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("year:Q", axis=None, scale=alt.Scale(zero=False)),
            y=alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False, padding=4)),
            color=alt.Color("posture:N", scale=colours, legend=None),
        )
    )
    return styled(line.properties(width=150, height=44))


def spark_rows(paths: Mapping[str, Sequence[float]], years: Sequence[int]) -> list[dict[str, Any]]:
    """Data of `spark`: the posture compared with first, so that the other is drawn over it.

    paths  by posture, [Y] each
    years  calendar years, [Y]
    """
    return [
        {"posture": name, "year": int(year), "value": float(value)}
        for name in reversed(list(paths))
        for year, value in zip(years, paths[name], strict=True)
    ]


def schedule(levels: Mapping[str, Sequence[float]], years: Sequence[int], title: str) -> Any:
    """Support relative to the start by channel and year, as a heat map.

    levels  by channel, [Y] each, 0-2 with 1 the start
    years   calendar years, [Y]
    title   of the chart
    """
    import altair as alt

    rows = [
        {"channel": name.replace("_", " "), "year": int(year), "level": float(level)}
        for name, path in levels.items()
        for year, level in zip(years, path, strict=True)
    ]
    chart = (
        alt.Chart(inline(rows))
        .mark_rect()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, values=[y for y in years if y % 5 == 0])),
            y=alt.Y("channel:N", title=None, sort=None),
            color=alt.Color(
                "level:Q",
                title="start = 1",
                scale=alt.Scale(scheme="redblue", domain=[0, 2], domainMid=1),
                legend=alt.Legend(gradientLength=120),
            ),
        )
        .properties(title=title, width=560, height=200)
    )
    return styled(chart)
