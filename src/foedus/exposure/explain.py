"""A figure's chain, printed: facts, assumptions and arithmetic down to sources, as an indented tree."""

from __future__ import annotations

import textwrap

import numpy as np

from foedus.exposure.figure import Figure, Kind, Leaf
from foedus.exposure.sources import known

MOST = 6
"""Most parents shown under a figure, largest kept; the rest are counted."""

DEEP = 2
"""Levels of a tree before a figure is opened in a part of its own."""

GRADE_WORDS = {"V": "read", "C": "computed", "R": "recalled", "A": "assumed"}


def tree(figure: Figure, width: int = 80) -> str:
    """Return the chain as text no wider than `width`.

    A tree DEEP levels deep; what lies deeper is named with a number and opened in a part of its own below, once.
    """
    lines: list[str] = []
    parts = _Parts()
    parts.number(figure)
    while parts.waiting:
        number, root = parts.waiting.pop(0)
        if number > 1:
            lines += ["", f"[{number}]"]
        _grow(root, "", "", width, parts, lines, 0)
    lines += ["", *_summary(figure, width), "", *_works(figure, width)]
    return "\n".join(lines)


def _summary(figure: Figure, width: int) -> list[str]:
    hangs = [f"{leaf.label} ({rank:+.2f})" for leaf, rank in strongest(figure) if abs(rank) > 0.1]
    lines = (
        textwrap.wrap("Its range hangs most on: " + "; ".join(hangs) + " (rank correlation).", width) if hangs else []
    )
    leaves = [leaf for leaf in figure.leaves if not leaf.kind.chosen]
    counts = [(sum(leaf.grade == grade for leaf in leaves), word, grade) for grade, word in GRADE_WORDS.items()]
    said = ", ".join(f"{count} {word} ({grade})" for count, word, grade in counts if count)
    return lines + textwrap.wrap(f"Rests on {len(leaves)} facts and assumptions: {said}.", width)


def _works(figure: Figure, width: int) -> list[str]:
    """The works that the leaves cite, by key."""
    lines = ["Sources"]
    for key in sorted({key for leaf in figure.leaves for key in leaf.source.split(";") if key}):
        source = known().get(key)
        said = key if source is None else f"{key}: {source.author}, {source.title}, {source.year}"
        lines += textwrap.wrap(said, width, initial_indent="  ", subsequent_indent="    ")
    return lines


def strongest(figure: Figure, most: int = 3) -> list[tuple[Leaf, float]]:
    """Leaves whose range moves a figure most, with their rank correlation, strongest first."""
    ranks = np.argsort(np.argsort(figure.draws, kind="stable"), kind="stable")
    found = []
    for leaf in figure.leaves:
        if leaf.range_low < leaf.range_high:
            order = np.argsort(np.argsort(leaf.draws, kind="stable"), kind="stable")
            found.append((leaf, float(np.corrcoef(ranks, order)[0, 1]) if np.ptp(ranks) else 0.0))
    return sorted(found, key=lambda pair: -abs(pair[1]))[:most]


class _Parts:
    """Figures that are opened in a part of their own, numbered in the order met."""

    def __init__(self) -> None:
        self.numbers: dict[Figure, int] = {}
        self.waiting: list[tuple[int, Figure]] = []

    def number(self, figure: Figure) -> int:
        if figure not in self.numbers:
            self.numbers[figure] = len(self.numbers) + 1
            self.waiting.append((self.numbers[figure], figure))
        return self.numbers[figure]


def amount(figure: Figure, digits: int = 3) -> str:
    """Value with band and unit, as a line shows it."""
    unit = str(figure.unit)
    if unit == "year" and figure.value > 1900:
        value, low, high = (f"{x:.0f}" for x in (figure.value, *figure.band))
        return value if low == high else f"{value} [{low} {high}]"
    shown = "" if unit == "1" else f" {unit}"
    value = _number(figure.value, digits)
    low, high = (_number(x, digits) for x in figure.band)
    return f"{value}{shown}" if low == high else f"{value} [{low} {high}]{shown}"


def _number(value: float, digits: int) -> str:
    if value == 0.0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.{digits}g}"


def _grow(figure: Figure, stem: str, branch: str, width: int, parts: _Parts, lines: list[str], depth: int) -> None:
    below = stem + _under(branch)
    head = f"{figure.label}: {amount(figure)}"
    if isinstance(figure, Leaf):
        lines += _wrapped(head, stem + branch, below, width)
        lines += _wrapped(_origin(figure), below, below, width)
        return
    if depth >= DEEP or (depth and figure in parts.numbers):
        lines += _wrapped(f"{head} → [{parts.number(figure)}]", stem + branch, below, width)
        return
    lines += _wrapped(head, stem + branch, below, width)
    if figure.how:
        lines += _wrapped(f"= {figure.how}", below, below + "  ", width)
    shown = figure.parents
    if len(shown) > MOST:
        kept = sorted(range(len(shown)), key=lambda i: -_weight(figure, i))[:MOST]
        shown = tuple(figure.parents[i] for i in sorted(kept))
    hidden = len(figure.parents) - len(shown)
    for i, parent in enumerate(shown):
        last = i == len(shown) - 1 and not hidden
        _grow(parent, below, "└ " if last else "├ ", width, parts, lines, depth + 1)
    if hidden:
        lines.append(f"{below}└ and {hidden} smaller ones; --json lists them all")


def _weight(figure: Figure, position: int) -> float:
    """How much a parent matters among its like: leaves first, then by size."""
    parent = figure.parents[position]
    return float("inf") if isinstance(parent, Leaf) else abs(parent.value)


def _origin(leaf: Leaf) -> str:
    if leaf.kind.chosen or (leaf.kind is Kind.DEFINITION and not leaf.source):
        return leaf.kind.value
    said = f"{leaf.grade} {GRADE_WORDS.get(leaf.grade, '')}"
    parts = [said, leaf.source.replace(";", ", ")]
    if leaf.kind is Kind.PARAMETER:
        parts.append(f"foedus ledger --grep {leaf.parameter}")
    if leaf.kind is Kind.OWN_PARAMETER:
        parts.append(f"foedus manual exposure, --set {leaf.parameter}=…")
    if leaf.note.strip():
        parts.append(leaf.note.strip())
    return "; ".join(part for part in parts if part)


def _under(branch: str) -> str:
    return {"├ ": "│ ", "└ ": "  ", "": ""}[branch]


def _wrapped(text: str, first: str, rest: str, width: int) -> list[str]:
    room = max(width, len(rest) + 24)
    return textwrap.wrap(text, room, initial_indent=first, subsequent_indent=rest, break_long_words=False) or [first]
