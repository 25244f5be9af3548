"""What every chart shares: colours, type, and drawing as static SVG without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from textwrap import fill
from typing import Any

INK, QUIET, LINE = "#1b2a3a", "#5f6b78", "#e4e8ec"
POSTURE, AGAINST = "#b3482d", "#2f6690"
UNCLEAR = "#8a94a0"
NOTE = 100
"""Most letters of a line of a note under a title."""

FONT = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif"


def styled(chart: Any) -> Any:
    """The Altair `chart` in the report's type and colours."""
    import altair as alt

    axis = alt.AxisConfig(
        labelColor=QUIET,
        titleColor=QUIET,
        gridColor=LINE,
        domainColor="#c4ccd4",
        tickColor="#c4ccd4",
        labelFontSize=11,
        titleFontSize=11,
        titleFontWeight="normal",
    )
    header = alt.HeaderConfig(labelColor=INK, labelFontSize=12, labelFontWeight="bold", title=None, labelAnchor="start")
    return chart.configure(
        font=FONT,
        background="transparent",
        view=alt.ViewConfig(stroke=None),
        axis=axis,
        title=alt.TitleConfig(color=INK, fontSize=13, anchor="start"),
        header=header,
        legend=alt.LegendConfig(labelColor=INK, titleColor=QUIET, titleFontWeight="normal", labelFontSize=11),
    )


def inline(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as data of a chart, in text: Altair copies and checks every entry of a list at each step of a chart."""
    import altair as alt

    return alt.InlineData(values=json.dumps(rows), format=alt.JsonDataFormat(type="json"))


def noted(chart: Any, note: str) -> Any:
    """The Altair `chart`, which has a title, with a note in small type under that: of which futures, and how exact."""
    import altair as alt

    title = alt.TitleParams(text=chart.title, subtitle=fill(note, NOTE).splitlines(), subtitleColor=QUIET)
    return chart.properties(title=title)


def svg(chart: Any, known: str) -> str:
    """SVG text of an Altair `chart`, drawn without a network.

    known  of which futures it is and how exact, or of what else, which the file says of itself (element `desc`)
    """
    import vl_convert

    head, end, rest = str(vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=_version())).partition(">")
    return f"{head}{end}<desc>{escape(known)}</desc>{rest}"


@cache
def _version() -> str:
    """Vega-Lite version that the installed Altair writes."""
    import altair as alt

    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
