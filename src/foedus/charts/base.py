"""What every chart shares: colours, type, and drawing as static SVG without a network."""

from __future__ import annotations

from functools import cache
from typing import Any

INK, QUIET, LINE = "#1b2a3a", "#5f6b78", "#e4e8ec"
POSTURE, AGAINST = "#b3482d", "#2f6690"
UNCLEAR = "#8a94a0"
FONT = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif"


def styled(chart: Any) -> Any:
    """The Altair `chart` in the report's type and colours."""
    return (
        chart.configure(font=FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=QUIET,
            titleColor=QUIET,
            gridColor=LINE,
            domainColor="#c4ccd4",
            tickColor="#c4ccd4",
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
        )
        .configure_title(color=INK, fontSize=13, anchor="start")
        .configure_header(labelColor=INK, labelFontSize=12, labelFontWeight="bold", title=None, labelAnchor="start")
        .configure_legend(labelColor=INK, titleColor=QUIET, titleFontWeight="normal", labelFontSize=11)
    )


def svg(chart: Any) -> str:
    """SVG text of an Altair `chart`, drawn without a network."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=_version()))


@cache
def _version() -> str:
    """Vega-Lite version that the installed Altair writes."""
    import altair as alt

    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
