"""The engine's form: short signatures, and no bare number where an axis has names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import foedus
from foedus.equations.hedging import Option
from foedus.terms import Channel, Domain

PACKAGE = Path(foedus.__file__).parent
MOST_ARGUMENTS = 5

NAMED = {
    *("relative", "level", "change", "channels", "levels", "drift", "announced"),  # channels
    *(
        "stock",
        "stocks",
        "dependence",
        "effective",
        "pooled",
        "pool_help",
        "guarantor_help",
        "bought",
        "made",
    ),  # domains
    *("lead_time", "reach", "share", "habit", "weights"),  # domains
    *("portfolio", "shares", "options", "available", "dislike", "worth"),  # options
    *("alignment", "counts", "similarity", "THEATRE_WEIGHTS", "log_own", "log_pooled", "log_helped"),
    *("CHANNELS", "DOMAINS", "REGIONS", "THEATRES", "PAIR_CLASSES", "OPTIONS"),
}
"""Arrays and tuples with an axis whose places have names."""

SIZES = frozenset({len(Domain), len(Channel), len(Option)})
"""How many domains, channels and options there are."""

COMPARED = {"pair_class", "region", "link_region", "theatre", "nuclear", "status"}
"""Arrays that hold places of a named axis."""


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of arguments of every function of a file, `self` left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            several = [x for x in (node.args.vararg, node.args.kwarg) if x is not None]
            named = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            arguments = [x.arg for x in (*named, *several)]
            yield f"{path.name}:{node.lineno} {node.name}", len([x for x in arguments if x not in ("self", "cls")])


def bare_indices(source: str) -> list[str]:
    """Places of a source where a number stands for a name: `relative[:, 3]`, `zeros(14, n)`, `pair_class == 0`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and _name(node.value) in NAMED:
            places = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            bare = any(_number(part) for place in places for part in _ends(place))
        elif isinstance(node, ast.Call) and _name(node.func) in ("zeros", "ones", "empty", "full"):
            sizes = [x for arg in node.args[:2] for x in (arg.elts if isinstance(arg, ast.Tuple) else [arg])]
            bare = any(isinstance(x, ast.Constant) and type(x.value) is int and x.value in SIZES for x in sizes)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            bare = any(_name(x) in COMPARED for x in sides) and any(_number(x) for x in sides)
        else:
            continue
        if bare:
            found.append(ast.unparse(node))
    return found


def _name(node: ast.expr) -> str:
    """The last name of `state.relative`, `relative` or `relative[row]`."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _ends(place: ast.expr) -> list[ast.expr]:
    if isinstance(place, ast.Slice):
        return [end for end in (place.lower, place.upper) if end is not None]
    return [place]


def _number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def test_no_function_of_the_engine_takes_more_than_five_arguments() -> None:
    counted = dict(pair for path in (PACKAGE / "engine").glob("*.py") for pair in functions(path))
    assert len(counted) > 100
    assert {name: count for name, count in counted.items() if count > MOST_ARGUMENTS} == {}


@pytest.mark.parametrize("room", ["engine", "equations", "study", "results", "exposure", "world", "past"])
def test_no_bare_number_stands_where_an_axis_has_names(room: str) -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in (PACKAGE / room).rglob("*.py")}
    assert {name: bare for name, source in sources.items() if (bare := bare_indices(source))} == {}


@pytest.mark.parametrize(
    "old",
    [
        "support.relative[:, 3]", "layout.counts[2]", "zeros(14, count)", "np.zeros((14, count))", "state.stock[:, :3]",
        "setting.lead_time[3]", "state.alignment[1]", "year.before.alignment[1][link]", "effective[:, 1]",
        "layout.pair_class == 0", "terms.CHANNELS[-1]", "OPTIONS[:-1]", "status > 1.5",
    ],
)  # fmt: skip
def test_the_search_finds_what_the_engine_used_to_write(old: str) -> None:
    assert bare_indices(f"x = {old}")


@pytest.mark.parametrize(
    "named",
    [
        "support.relative[:, Channel.ARMS]", "layout.counts.links", "zeros(len(Option), count)", "pipeline[0]",
        "state.stock[:, : Domain.C4ISR]", "state.stock[row]", "layout.aided[pair, 0]",
        "status >= NuclearStatus.PURSUES",
    ],
)  # fmt: skip
def test_the_search_lets_names_and_other_arrays_pass(named: str) -> None:
    assert bare_indices(f"x = {named}") == []
