"""A picture for the page: a chart's specification once, its rows each time, and the table behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from foedus.results import Results

Row = dict[str, Any]

MOST_SKELETONS = 64
_skeletons: dict[tuple[Any, ...], Row] = {}
"""Specifications without data by structure: building one takes longer than the rows of a whole answer."""


@dataclass(frozen=True)
class Picture:
    """A chart without its data, the data, and what a table would say.

    kind     which picture it is, as the page names it
    title    in words
    caption  how to read it
    key      of the specification: pictures of one key differ in their rows only
    spec     Vega-Lite specification, whose data sets are named `rows0`, `rows1`, …
    rows     the rows of each data set; a state's outline is left to the page, which has it
    heads    heads of the table behind the chart
    table    its rows
    exact    Monte Carlo error of its figures, in a sentence
    known    of which futures it is, and how exact: what a file of it says of itself; see `of_run`
    """

    kind: str
    title: str
    caption: str
    key: str
    spec: Row
    rows: list[list[Row]]
    heads: list[str] = field(default_factory=list)
    table: list[list[str]] = field(default_factory=list)
    exact: str = ""
    known: str = ""

    def of_run(self, results: Results) -> Picture:
        """The same, which says of which futures it is."""
        return replace(self, known=results.known(self.exact))

    def as_mapping(self) -> Row:
        """The picture as plain values, for JSON."""
        return self.__dict__


def skeleton(structure: tuple[Any, ...], build: Callable[[], Any]) -> Row:
    """The specification of a chart without its data and title, built once for each structure."""
    if structure not in _skeletons:
        while len(_skeletons) >= MOST_SKELETONS:
            _skeletons.pop(next(iter(_skeletons)))
        spec, _ = split(build().to_dict())
        spec.pop("title", None)
        _skeletons[structure] = spec
    return _skeletons[structure]


def split(spec: Row) -> tuple[Row, list[list[Row]]]:
    """A specification with the data set at each place named for its place, and the data sets in order.

    Altair keeps data once at the top under a name of its own; charts whose data happen to be alike must not be taken
    for charts of another structure, so each place gets its own.
    """
    held = spec.get("datasets", {})
    found: list[list[Row]] = []

    def rows_of(data: Row) -> list[Row]:
        values = data["values"] if "values" in data else held[data["name"]]
        rows: list[Row] = json.loads(values) if isinstance(values, str) else values
        return rows

    def walk(part: Any) -> Any:
        if isinstance(part, list):
            return [walk(member) for member in part]
        if not isinstance(part, dict):
            return part
        made = {}
        for key, value in part.items():
            if key == "data" and isinstance(value, dict) and ("values" in value or value.get("name") in held):
                found.append(rows_of(value))
                made[key] = {"name": f"rows{len(found) - 1}"}
            elif key != "datasets":
                made[key] = walk(value)
        return made

    return walk(spec), found


def bare(layers: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Rows of a map without the outlines of states, which the page has by their `id`."""
    return [[{key: value for key, value in row.items() if key not in OUTLINE} for row in layer] for layer in layers]


OUTLINE = ("type", "geometry", "properties")
"""Parts of a GeoJSON feature that are the same in every answer."""


def key_of(structure: tuple[Any, ...]) -> str:
    """The key of a structure, as the page compares it."""
    return json.dumps(structure)
