"""Plain tables, paragraphs and JSON for the account, at most 80 columns wide."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from foedus.cli.output import print_json
from foedus.exposure.explain import strongest
from foedus.exposure.figure import Figure
from foedus.exposure.ledger import settings
from foedus.tables import grid

if TYPE_CHECKING:
    from foedus.exposure.replacement.plan import Replacement
    from foedus.exposure.statement import Account


WIDTH = 80
LEAST_RANK = 0.15
"""Rank correlation below which a leaf is not worth naming."""


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure for JSON: value, band, unit, grade, sources."""
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": str(figure.unit),
        "grade": figure.grade,
        "sources": [key for key in figure.source.split(";") if key],
    }


def hangs_on(figure: Figure, what: str) -> None:
    """Say which leaves move a figure most."""
    found = [
        f"{leaf.label.partition(': ')[0]} ({'+' if rank > 0 else '-'}, {leaf.grade})"
        for leaf, rank in strongest(figure)
        if abs(rank) > LEAST_RANK
    ]
    if found:
        paragraph(f"{what} is most sensitive to: {'; '.join(found)}.")


def said_settings() -> None:
    """Say which parameters are set, if any."""
    if settings():
        paragraph("With " + ", ".join(f"{name} = {value:g}" for name, value in settings()) + ", as set.")


def explained(held: Account | Replacement, name: str, *, as_json: bool) -> None:
    """Print the chain behind a figure, as a tree or as JSON with every parent by number."""
    if not as_json:
        say(held.explain(name, WIDTH))
        return
    figures = held.figure(name).lineage
    place = {id(figure): i for i, figure in enumerate(figures)}
    to_json(
        [
            {"id": i, "label": figure.label, "how": figure.how, "note": figure.note}
            | figure_json(figure)
            | {"parents": [place[id(parent)] for parent in figure.parents]}
            for i, figure in enumerate(figures)
        ]
    )


def whole(figure: Figure, digits: int = 0) -> str:
    """A share as a per cent."""
    return f"{100 * figure.value:.{digits}f}"


def banded(figure: Figure, digits: int = 0) -> str:
    """A share as a per cent with its band."""
    low, high = (f"{100 * x:.{digits}f}" for x in figure.band)
    return f"{whole(figure, digits)} ({low}-{high})"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a plain table: the first column to the left and wrapped, the rest to the right, at most WIDTH wide."""
    say(*grid(head, rows).plain(WIDTH), "")


def paragraph(text: str) -> None:
    """Print a paragraph with an empty line after it."""
    say(*textwrap.wrap(text, WIDTH), "")


def say(*lines: str) -> None:
    """Print lines."""
    for line in lines:
        sys.stdout.write(line + "\n")


def to_json(body: object) -> None:
    """Print as JSON."""
    print_json(body)
