"""Charts on a dark ground: the colour that stands for each colour of the charts, and the rules that put it there."""

from __future__ import annotations

NIGHT = {
    "#1b2a3a": "#e7edf3",
    "#5f6b78": "#a9b4c0",
    "#e4e8ec": "#2b3540",
    "#c4ccd4": "#46525e",
    "#e9ecef": "#28323d",
    "#b3482d": "#f0916f",
    "#2f6690": "#7fbcea",
    "#8a94a0": "#8f9ba8",
    "#ffffff": "#c9d2da",
    "white": "#1a222b",
}
"""By colour of the chart: ink, small type, lines of the grid, axes, land, worse, better, unclear, still, borders."""


def night_rules(where: str = "figure svg") -> str:
    """Rules of CSS that recolour charts drawn as SVG: what stands in an attribute gives way to a rule.

    where  selects the charts
    """
    return "".join(
        f'{where} [{part}="{day}"] {{ {part}: {night}; }}\n'
        for day, night in NIGHT.items()
        for part in ("fill", "stroke")
    )
