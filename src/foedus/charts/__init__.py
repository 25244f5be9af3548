"""Every chart once, as an Altair chart made from a table: for notebooks, the report and SVG files."""

from foedus.charts.bars import Bar, differences, levels, shares
from foedus.charts.base import noted, styled, svg
from foedus.charts.before_after import Pair, Scale, dumbbells, pair_rows
from foedus.charts.estimates import coefficients
from foedus.charts.maps import map_layers, map_of_change, map_of_levels, outlines, plain_of
from foedus.charts.night import NIGHT, night_rules
from foedus.charts.years import Values, fan_rows, fans, schedule, spark, spark_rows

__all__ = [
    "NIGHT",
    "Bar",
    "Pair",
    "Scale",
    "Values",
    "coefficients",
    "differences",
    "dumbbells",
    "fan_rows",
    "fans",
    "levels",
    "map_layers",
    "map_of_change",
    "map_of_levels",
    "night_rules",
    "noted",
    "outlines",
    "pair_rows",
    "plain_of",
    "schedule",
    "shares",
    "spark",
    "spark_rows",
    "styled",
    "svg",
]
