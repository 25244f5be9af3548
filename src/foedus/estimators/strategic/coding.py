"""What happened, from a scholar's columns: which outcome of the tree each row came to.

Either one column with as many values as the tree has outcomes, or one 0/1 column a move (1 for the right branch).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.estimators.strategic.frames import Columns
from foedus.estimators.strategic.trees import Tree

Places = NDArray[np.intp]
NOT_KNOWN = -1


class Coded(NamedTuple):
    """Outcomes read from columns.

    place    [row] which outcome, -1 where it is not known
    labels   of the outcomes
    values   of a single outcome column, by outcome; empty when moves were given
    """

    place: Places
    labels: tuple[str, ...]
    values: tuple[str | float, ...]


def code_outcomes(tree: Tree, names: Sequence[str], data: Columns, order: Sequence[object] | None) -> Coded:
    """Return the place of each row's outcome, and labels of the outcomes.

    names   one column, or one per move in the order of `tree.moves` (the two second moves of `egame122` may share one)
    order   with one column, its values from the tree's left to its right, needed for text; with moves, names for
            the outcomes

    A move that was not reached may have any value or none. Labels are the values of a text column, else the names
    given, else the tree's. Raises InputError on other values than these, or a move that is not 0 or 1.
    """
    data.require(names, "outcome: ")
    if len(names) == 1:
        return _from_one(tree, names[0], data, order)
    labels = tuple(outcome.name for outcome in tree.outcomes) if order is None else tuple(map(str, order))
    if len(labels) != len(tree.outcomes) or len(set(labels)) < len(labels):
        msg = f"outcomes names {len(labels)} outcomes; {tree.name} has {len(tree.outcomes)}, all different"
        raise InputError(msg)
    return Coded(_from_moves(tree, names, data), labels, ())


def _from_one(tree: Tree, name: str, data: Columns, order: Sequence[object] | None) -> Coded:
    wanted = [outcome.name for outcome in tree.outcomes]
    column, gaps = data[name], data.missing([name])[name]
    present = sorted(set(column[~gaps].tolist()))
    if order is None and name in data.levels:
        order = data.levels[name]
    if order is None and column.dtype == object:
        msg = (
            f'outcome "{name}" is text ({", ".join(present[:6])}): say which is which with outcomes=[...], '
            f"in the order of the tree: {', '.join(wanted)}"
        )
        raise InputError(msg)
    levels: list[Any] = [_as(column, value, name) for value in (present if order is None else order)]
    if len(levels) != len(wanted) or len(set(levels)) < len(levels):
        shown = ", ".join(_label(value) for value in levels[:8])
        msg = f'outcome "{name}" has {len(levels)} values ({shown}); it must have {len(wanted)}: {", ".join(wanted)}'
        raise InputError(msg)
    place = {value: number for number, value in enumerate(levels)}
    if strange := [value for value in present if value not in place]:
        row = int(np.flatnonzero(column == strange[0])[0])
        msg = f'outcome "{name}" is {strange[0]!r} in row {row}; it must be one of {", ".join(map(_label, levels))}'
        raise InputError(msg)
    coded = np.array([NOT_KNOWN if gap else place[value] for value, gap in zip(column, gaps, strict=True)], np.intp)
    return Coded(coded, tuple(levels) if column.dtype == object else tuple(wanted), tuple(levels))


def _from_moves(tree: Tree, names: Sequence[str], data: Columns) -> Places:
    moves = tree.moves
    if tree.name == "egame122" and len(names) == 2:
        names = (names[0], names[1], names[1])
    if len(names) != len(moves):
        msg = (
            f"{tree.name} has {len(moves)} moves ({', '.join(move.name for move in moves)}); the formula names "
            f"{len(names)} outcome columns: {', '.join(names)}"
        )
        raise InputError(msg)
    known = np.full((len(moves), data.rows), np.nan)
    for number, name in enumerate(names):
        column = data[name]
        values = None if column.dtype == object else column[~np.isnan(column)]
        if values is None or not np.isin(values, (0.0, 1.0)).all():
            found = sorted({str(value) for value in (column if values is None else values).tolist()})
            msg = f'outcome "{name}" must be 0 or 1 ({moves[number].name}); it has {", ".join(found[:6])}'
            raise InputError(msg)
        known[number] = column
    coded = np.full(data.rows, NOT_KNOWN, np.intp)
    for place in range(len(tree.outcomes)):
        came = np.ones(data.rows, bool)
        for number, right in tree.path(place):
            came &= known[number] == float(right)
        coded[came] = place
    return coded


def _as(column: NDArray[Any], value: object, name: str) -> Any:
    if column.dtype == object:
        return str(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        return float(value)
    msg = f'outcome "{name}" is numeric, but outcomes names {value!r}'
    raise InputError(msg)


def _label(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
