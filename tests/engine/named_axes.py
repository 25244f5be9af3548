"""Arrays and tuples with an axis whose places have names, as the sources declare them, and bare numbers used on them.

A declaration is one of four: a field, property or constant whose docstring begins with its axes (`[L, C] …`), a field
annotated with an alias of `engine/shapes.py`, a function or argument whose docstring gives its axes, or a value of a
type with named places (`DOMAINS = Domain.keys()`, a NamedTuple). Axes are in the letters of `engine/layout.py`. Names
that a file assigns from such values count in that file too, until a named place is taken of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import EnumType
from pathlib import Path

import foedus
from foedus import terms
from foedus.engine import shapes
from foedus.equations.hedging import Option
from foedus.terms import Axis, Channel, Domain

PACKAGE = Path(foedus.__file__).parent
LETTERS = frozenset("DTCKW")
"""Axes whose places have names: domains, theatres, channels, options, patrons."""

ENUMS = {"Option"} | {name for name, kind in vars(terms).items() if isinstance(kind, EnumType) and kind is not Axis}
SIZES = frozenset({len(Domain), len(Channel), len(Option)})
"""How many domains, channels and options there are."""

BRACKETS = re.compile(r"\[([A-Za-z#]+(?:, [A-Za-z#.]+)*)\]")
LISTED = re.compile(r"^ *([a-z_, ]+?)\s+(\[[^\]]+\])", re.MULTILINE)
TAKEN_FROM = re.compile(r"^ *([a-z_, ]+?)\s+from `(\w+)`", re.MULTILINE)
PLACES = re.compile(rf"(\[[A-Z, ]+\] )?(its )?`({'|'.join(sorted(ENUMS))})`")
SAME = frozenset({"astype", "copy", "T"})
"""What an array may be asked for without losing an axis."""


@dataclass(frozen=True)
class Declared:
    """Names in use for one kind of value."""

    along: frozenset[str]
    """arrays and tuples with an axis that has names"""
    places: frozenset[str]
    """arrays that hold places of such an axis"""

    def with_(self, other: Declared) -> Declared:
        """These and others."""
        return Declared(self.along | other.along, self.places | other.places)


def _alias_names() -> frozenset[str]:
    marked = {name: getattr(alias, "__metadata__", ("",))[0] for name, alias in vars(shapes).items()}
    return frozenset(name for name, axes in marked.items() if LETTERS & set(axes.split()))


ALIASES = _alias_names()


def _on_named_axis(text: str) -> bool:
    return any(LETTERS & set(axes.split(", ")) for axes in BRACKETS.findall(text))


def _said_below(body: list[ast.stmt]) -> Iterator[tuple[ast.Assign | ast.AnnAssign, str]]:
    """Every assignment of a body with the docstring below it, empty when there is none."""
    for statement, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            said = after.value if isinstance(after, ast.Expr) else None
            yield statement, said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""


def declared_at_large(source: str) -> Declared:
    """Fields, properties, functions and constants of a source: these names mean the same in every file."""
    along, places = set[str](), set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            along.update(_listed(node))
        if isinstance(node, ast.Module | ast.ClassDef):
            for statement, said in _said_below(node.body):
                names = [name for target in _targets(statement) for name in _all_names(target)]
                alias = getattr(statement, "annotation", None)
                opening = BRACKETS.match(said)
                if (isinstance(alias, ast.Name) and alias.id in ALIASES) or (opening and _on_named_axis(opening[0])):
                    along.update(names)
                if PLACES.match(said):
                    places.update(names)
                along.update(_keys(statement))
        elif isinstance(node, ast.FunctionDef):
            returned = node.returns.id if isinstance(node.returns, ast.Name) else ""
            if _on_named_axis((ast.get_docstring(node) or "").split("\n\n")[0]) or returned in TUPLES:
                along.add(node.name if _is_property(node) else f"{node.name}()")
    return Declared(frozenset(along), frozenset(places))


def _listed(node: ast.FunctionDef | ast.ClassDef, known: AbstractSet[str] = frozenset()) -> Iterator[str]:
    """Arguments or fields that the docstring lists with their axes, or with what they are from.

    `levels  [Y, L, C] …`, or `share, bought  from `habits``
    """
    said = ast.get_docstring(node) or ""
    listed = [names for names, axes in LISTED.findall(said) if _on_named_axis(axes)]
    listed += [names for names, source in TAKEN_FROM.findall(said) if known & {source, f"{source}()"}]
    return (name.strip() for names in listed for name in names.split(","))


def _is_property(node: ast.FunctionDef) -> bool:
    return any(_last_name(mark) in ("property", "cached_property") for mark in node.decorator_list)


def _keys(statement: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    """Targets of `DOMAINS, CHANNELS = Domain.keys(), Channel.keys()`."""
    for target in _targets(statement):
        pairs = [(target, statement.value)]
        if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
            pairs = list(zip(target.elts, statement.value.elts, strict=True))
        for name, value in pairs:
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "keys":
                yield from _all_names(name) if _last_name(value.func.value) in ENUMS else ()


def _named_tuples(sources: list[str]) -> frozenset[str]:
    classes = [node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    return frozenset(node.name for node in classes if any(_last_name(base) == "NamedTuple" for base in node.bases))


def declared_here(source: str, at_large: Declared) -> Declared:
    """Names at large, arguments this source declares, and what it assigns from either."""
    tree, at_large = ast.parse(source), at_large.with_(declared_at_large(source))
    along, places = set(at_large.along), set(at_large.places)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            along.update(_listed(node, along))
    assigned = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
    while True:
        before = len(along) + len(places)
        for node in assigned:
            names = [name for target in _targets(node) for name in _all_names(target)]
            along.update(names if root(node.value) in along or _spans_axis(node.value) else ())
            places.update(names if root(node.value) in places else ())
        if len(along) + len(places) == before:
            return Declared(frozenset(along), frozenset(places))


def _spans_axis(node: ast.expr | None) -> bool:
    """Whether a value is built along an axis: `np.zeros((len(Option), n))`, `[p[d.key] for d in Domain]`."""
    if isinstance(node, ast.ListComp):
        return len(node.generators) == 1 and not node.generators[0].ifs and _last_name(node.generators[0].iter) in ENUMS
    if not isinstance(node, ast.Call):
        return False
    if _last_name(node.func) in ("stack", "array", "asarray", "tuple", "list"):
        return any(map(_spans_axis, node.args[:1]))
    lengths = [size for size in _sizes(node) if isinstance(size, ast.Call) and _last_name(size.func) == "len"]
    return any(_last_name(axis) in ENUMS for length in lengths for axis in length.args)


def root(node: ast.expr | None) -> str:
    """The name whose axes `state.relative`, `relative[row]`, `np.minimum(relative, 1)` or `log_power(x)` has."""
    if isinstance(node, ast.Subscript):
        taken = [part for place in _parts(node.slice) for part in _ends(place)]
        return "" if any(_is_place(part) for part in taken) else root(node.value)
    if isinstance(node, ast.Attribute):
        return root(node.value) if node.attr in SAME else node.attr
    if isinstance(node, ast.Call):
        inside = isinstance(node.func, ast.Attribute) and node.func.attr in SAME
        wrapped = _last_name(node.func) in ("asarray", "floats", "minimum", "maximum", "clip", "list", "tuple", "take")
        if inside:
            return root(node.func)
        return root(node.args[0]) if wrapped and node.args else f"{_last_name(node.func)}()"
    if isinstance(node, ast.ListComp) and len(node.generators) == 1:
        part = node.generators[0]
        return "" if part.ifs or isinstance(part.target, ast.Tuple) else root(part.iter)
    return node.id if isinstance(node, ast.Name) else ""


def _is_place(node: ast.expr) -> bool:
    """Whether an index is a member of an axis: `Domain.AIR`, or a variable called after one, as `domain`."""
    if isinstance(node, ast.Attribute):
        return _last_name(node.value) in ENUMS or node.attr.capitalize() in ENUMS
    return isinstance(node, ast.Name) and node.id.capitalize() in ENUMS


def bare_indices(source: str, at_large: Declared) -> list[str]:
    """Places of a source where a number stands for a name: `relative[:, 3]`, `zeros(14, n)`, `pair_class == 0`."""
    declared = declared_here(source, at_large)
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if _is_bare(node, declared)]


def _is_bare(node: ast.AST, declared: Declared) -> bool:
    if isinstance(node, ast.Subscript):
        return root(node.value) in declared.along and any(map(_number, _leaves(node.slice)))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.left, ast.List):
        return len(node.left.elts) == 1 and _is_size(node.right)
    if isinstance(node, ast.Call):
        return _takes_bare(node, declared) or _sized_bare(node)
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return any(root(x) in declared.places for x in sides) and any(_number(x) for x in sides)
    return False


def _takes_bare(node: ast.Call, declared: Declared) -> bool:
    """Whether it is `relative.take(3, axis=1)` or `np.take(relative, [3, 4], 1)`."""
    if _last_name(node.func) != "take" or not isinstance(node.func, ast.Attribute):
        return False
    called = node.args if root(node.func.value) == "np" else [node.func.value, *node.args]
    taken = [*called[1:2], *(word.value for word in node.keywords if word.arg == "indices")]
    return bool(called) and root(called[0]) in declared.along and any(_number(x) for y in taken for x in _leaves(y))


def _sized_bare(node: ast.Call) -> bool:
    return any(map(_is_size, _sizes(node)))


def _sizes(node: ast.Call) -> list[ast.expr]:
    """What a call of `zeros`, `ones`, `empty` or `full` is given as shape."""
    if _last_name(node.func) not in ("zeros", "ones", "empty", "full"):
        return []
    return [x for arg in node.args[:2] for x in (arg.elts if isinstance(arg, ast.Tuple) else [arg])]


def _is_size(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value in SIZES


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _all_names(target: ast.expr) -> list[str]:
    """Names that an assignment gives a value; an element of an array is none."""
    if isinstance(target, ast.Tuple):
        return [name for part in target.elts for name in _all_names(part)]
    return [] if isinstance(target, ast.Subscript | ast.Starred) else [_last_name(target)]


def _parts(index: ast.expr) -> list[ast.expr]:
    return index.elts if isinstance(index, ast.Tuple | ast.List) else [index]


def _ends(place: ast.expr) -> list[ast.expr]:
    if isinstance(place, ast.Slice):
        return [end for end in (place.lower, place.upper) if end is not None]
    return [place]


def _leaves(index: ast.expr) -> Iterator[ast.expr]:
    """Every single index in `3`, `:3`, `:, 3`, `[3, 4]` and `:, (3, 4)`."""
    if isinstance(index, ast.Tuple | ast.List):
        for part in index.elts:
            yield from _leaves(part)
    else:
        yield from _ends(index)


def _number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _sources() -> list[str]:
    rooms = [PACKAGE / room for room in ("engine", "equations", "world", "posture", "exposure")]
    files = [PACKAGE / "terms.py", *(path for room in rooms for path in sorted(room.rglob("*.py")))]
    return [path.read_text(encoding="utf-8") for path in files]


SOURCES = _sources()
TUPLES = _named_tuples(SOURCES)


def declared_by_the_model() -> Declared:
    """What the rooms of the model declare at large."""
    found = Declared(frozenset(), frozenset())
    for source in SOURCES:
        found = found.with_(declared_at_large(source))
    return found
