"""The table of parameters that several pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.ledger import Parameter
from foedus.tables import Grid, grid


def parameter_table(found: Iterable[Parameter], works: Mapping[str, str], default: str) -> Grid:
    """Parameters with meaning, value, range, grade and sources.

    works    short citation of a work by its key
    default  what the page calls the value: "Default", "Central"
    """
    rows = [
        (
            f"`{p.name}`",
            f"{p.meaning} ({p.unit})",
            f"{p.default:g}",
            f"{p.low:g} to {p.high:g}",
            p.grade,
            "; ".join(works.get(key, key) for key in p.sources),
        )
        for p in found
    ]
    return grid(("Parameter", "Meaning", default, "Range", "Grade", "Sources"), rows)
