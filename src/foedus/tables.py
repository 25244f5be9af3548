"""A table as one value, shown in a terminal, as plain text, in Markdown or in HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

LEAST_WIDTH = 12
"""Characters that the first column of a plain table keeps, however wide the rest are."""


@dataclass(frozen=True)
class Heading:
    """What stands over a column, and how the column is set.

    name   as printed; may be empty
    right  set to the right, as numbers are
    whole  never broken over lines in a terminal, so that it can be copied
    """

    name: str
    right: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of text. Raises ValueError for a row with more or fewer cells than there are columns."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.headings):
                msg = f"row {number} of a table has {len(row)} cells, and {len(self.headings)} columns are headed"
                raise ValueError(msg)

    def markdown(self) -> list[str]:
        """Lines of a Markdown table."""
        rules = ("---:" if heading.right else "---" for heading in self.headings)
        names = [heading.name for heading in self.headings]
        return [_barred(names), f"|{'|'.join(rules)}|", *(_barred(row) for row in self.rows)]

    def html(self, style: str = "") -> str:
        """An HTML table that scrolls by itself; headings and cells are HTML already."""
        marks = [" class=n" if heading.right else "" for heading in self.headings]
        head = "".join(f"<th{mark}>{heading.name}</th>" for mark, heading in zip(marks, self.headings, strict=True))
        body = "".join(
            "<tr>" + "".join(f"<td{mark}>{cell}</td>" for mark, cell in zip(marks, row, strict=True)) + "</tr>"
            for row in self.rows
        )
        return (
            f"<div class='scroll'><table class='{style}'><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>"
        )

    def terminal(self, *, edge: bool = True) -> Table:
        """A table for a rich console, as wide as the console allows; an edge leaves a line free above and below."""
        from rich import box
        from rich.table import Table

        shown = Table(
            title=self.title or None,
            title_justify="left",
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            padding=(0, 1, 0, 0),
            show_edge=edge,
        )
        for heading in self.headings:
            side, whole = ("right" if heading.right else "left"), heading.whole
            shown.add_column(heading.name, justify=side, no_wrap=whole, overflow="fold")  # type: ignore[arg-type]
        for row in self.rows:
            shown.add_row(*row)
        return shown

    def plain(self, width: int) -> list[str]:
        """Lines of plain text at most so many characters wide: the first column left and wrapped, the rest right."""
        names = tuple(heading.name for heading in self.headings)
        widths = [max(len(row[i]) for row in (names, *self.rows)) for i in range(len(names))]
        gaps = 2 * (len(widths) - 1)
        widths[0] = min(widths[0], max(width - sum(widths[1:]) - gaps, LEAST_WIDTH))
        head, *body = (_set(row, widths) for row in (names, *self.rows))
        return [*head, "-" * (sum(widths) + gaps), *(line for lines in body for line in lines)]


def grid(
    names: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Collection[str] = (),
    whole: Collection[str] = (),
    title: str = "",
) -> Grid:
    """Make a table from the names of its columns and its rows; `right` and `whole` name columns, as in `Heading`."""
    headings = tuple(Heading(name, name in right, name in whole) for name in names)
    return Grid(headings, tuple(tuple(row) for row in rows), title)


def _barred(cells: Sequence[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"


def _set(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Lines of one row of plain text."""
    first, *more = textwrap.wrap(row[0], widths[0], subsequent_indent="  ") or [""]
    cells = [first.ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
    return ["  ".join(cells).rstrip(), *more]
