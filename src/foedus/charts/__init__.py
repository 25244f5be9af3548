"""Every chart once, as an Altair chart made from a table: for notebooks, the report and SVG files."""

from foedus.charts.bars import Bar, differences, levels, shares
from foedus.charts.base import styled, svg
from foedus.charts.estimates import coefficients
from foedus.charts.maps import map_of_change, map_of_levels
from foedus.charts.years import Values, fans, schedule

__all__ = [
    "Bar",
    "Values",
    "coefficients",
    "differences",
    "fans",
    "levels",
    "map_of_change",
    "map_of_levels",
    "schedule",
    "shares",
    "styled",
    "svg",
]
