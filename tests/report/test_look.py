"""How report and brief look: legible in light and in dark, charts included, and light in print."""

from __future__ import annotations

import re

import pytest

from foedus.charts import NIGHT
from foedus.charts.base import AGAINST, INK, LINE, POSTURE, QUIET, UNCLEAR
from foedus.report.look import DARK, style

ENOUGH = 4.5
"""Contrast of text that WCAG asks for at level AA."""


def luminance(colour: str) -> float:
    """Relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(look: str) -> dict[str, str]:
    """The colours of a look by name; what the dark one leaves out is that of the light one."""
    light, dark = (dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in style().split(DARK)[:2])
    return light if look == "light" else {**light, **dark}


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "box"])
def test_text_stands_out_from_what_it_stands_on(look: str, ground: str) -> None:
    held = colours(look)
    for name in ("ink", "quiet", "accent", "cool"):
        assert contrast(held[name], held[ground]) >= ENOUGH, name


def test_text_of_charts_stands_out_in_both_looks() -> None:
    for colour in (INK, QUIET):
        assert contrast(colour, colours("light")["paper"]) >= ENOUGH
        assert contrast(NIGHT[colour], colours("dark")["paper"]) >= ENOUGH


def test_lines_and_dots_of_charts_stand_out_in_both_looks() -> None:
    for colour in (POSTURE, AGAINST, UNCLEAR):
        assert contrast(colour, colours("light")["paper"]) >= 3.0
        assert contrast(NIGHT[colour], colours("dark")["paper"]) >= 3.0


def test_every_colour_that_charts_share_has_one_for_the_night_and_none_is_dark_in_print() -> None:
    assert {INK, QUIET, LINE, POSTURE, AGAINST, UNCLEAR} <= set(NIGHT)
    text = style()
    for day, night in NIGHT.items():
        assert f'figure svg [fill="{day}"] {{ fill: {night}; }}' in text.split(DARK)[-1]
    assert DARK.startswith("@media screen")
