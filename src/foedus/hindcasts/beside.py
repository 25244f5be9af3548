"""Several forecasters of the same cases as one table."""

from __future__ import annotations

from foedus.hindcasts.registry import Found, FoundMeasure
from foedus.tables import Grid, grid


def beside(found: Found, *, intervals: bool = True) -> Grid:
    """Return a row for each forecaster compared and a column for each measure.

    intervals   with the middle 90 % of draws in brackets
    """
    measures = [figure.measure for figure in found.beside[0].figures]
    rows = [(one.name, *(_cell(figure, intervals) for figure in one.figures)) for one in found.beside]
    return grid(("Forecaster", *measures), rows, right=tuple(measures), whole=("Forecaster",))


def _cell(figure: FoundMeasure, intervals: bool) -> str:
    point = _digits(figure.ours)
    if not intervals or figure.low is None:
        return point
    return f"{point} ({_digits(figure.low)} to {_digits(figure.high)})"


def _digits(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
