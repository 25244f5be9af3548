"""A number that knows where it comes from: value, unit, range, and the figures it was worked out from.

Leaves are facts, parameters or assumptions; every other figure keeps the function that made it and its parents, so
that it can be explained down to sources and worked out again with some leaves changed.

Ranges: leaves are independent; one used twice is the same number both times, so that a share of a whole stays a share.
Every figure is worked out at the central values, and on the same stratified draws of its leaves (`spread`), whose
middle 90 per cent is its band.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

import numpy as np

from foedus.exposure.spread import BAND, DRAWS, Array, stratified
from foedus.exposure.units import Unit

Work = Callable[..., Any]


class Kind(Enum):
    """Where the value of a leaf comes from, in words."""

    FACT = "read from a table of facts"
    PARAMETER = "declared in the model's ledger"
    OWN_PARAMETER = "declared by the account itself"
    ASSUMPTION = "assumed"
    DEFINITION = "by definition"
    SWITCH = "a switch: 1 provided, 0 withdrawn"
    GIVEN = "as given"

    @property
    def chosen(self) -> bool:
        """Whether who asks has chosen it, so that it is no evidence."""
        return self in (Kind.SWITCH, Kind.GIVEN)


class Figure:
    """A leaf, or the result of `work` on `parents`.

    name     what it is called; the same leaf has the same name everywhere
    label    in words, for people
    unit     of the value
    how      the arithmetic in words; empty for a leaf
    source   citation key or keys of a leaf
    grade    evidence grade of a leaf; of a result, the weakest of its leaves
    note     what the reader should know
    """

    def __init__(
        self,
        name: str,
        label: str,
        unit: Unit,
        *,
        parents: tuple[Figure, ...] = (),
        work: Work | None = None,
        how: str = "",
        note: str = "",
    ) -> None:
        self.name, self.label, self.unit = name, label, unit
        self.parents, self.work, self.how, self.note = parents, work, how, note

    @cached_property
    def value(self) -> float:
        """Value when every leaf has its central value; worked out when first asked for."""
        return float(np.squeeze(self.result([parent.value for parent in self.before], FigureEvaluation({}, None))))

    @property
    def before(self) -> tuple[Figure, ...]:
        """Figures that must be worked out before this one."""
        return self.parents

    # -- range -------------------------------------------------------------------------------------------------

    @cached_property
    def draws(self) -> Array:
        """[DRAWS] values on the common draws; worked out when first asked for."""
        values = self.result([parent.draws for parent in self.before], FigureEvaluation({}, drawn))
        return np.asarray(np.broadcast_to(values, (DRAWS,)))

    def result(self, values: list[Any], evaluation: FigureEvaluation) -> Any:  # noqa: ARG002
        """Own value from the parents' values."""
        if self.work is None:
            msg = f"{self.name} is neither a leaf nor worked out from anything"
            raise TypeError(msg)
        return self.work(*values)

    @cached_property
    def band(self) -> tuple[float, float]:
        """Middle 90 per cent of the draws, widened to hold the central value."""
        low, high = np.quantile(self.draws, BAND)
        return min(float(low), self.value), max(float(high), self.value)

    @property
    def low(self) -> float:
        """Lower end of the band."""
        return self.band[0]

    @property
    def high(self) -> float:
        """Upper end of the band."""
        return self.band[1]

    def given(
        self,
        changes: Mapping[str, Any],
        leaf: Callable[[Figure], Any] | None = None,
        memo: dict[Figure, Any] | None = None,
    ) -> Any:
        """Work the figure out again.

        changes  values by name of figures to replace, leaves or results; arrays broadcast
        leaf     value of every other leaf: its central value unless said; `drawn` for the common draws
        memo     shared between calls with the same changes and leaf, to work out common parents once
        """
        evaluation = FigureEvaluation(changes, leaf)
        held: dict[Figure, Any] = {} if memo is None else memo
        waiting: list[Figure] = [self]
        while waiting:
            figure = waiting[-1]
            if figure in held:
                waiting.pop()
            elif figure.name in changes:
                held[figure] = changes[figure.name]
            elif isinstance(figure, Leaf):
                held[figure] = figure.value if leaf is None else leaf(figure)
            elif missing := [parent for parent in figure.before if parent not in held]:
                waiting.extend(missing)
            else:
                held[figure] = figure.result([held[parent] for parent in figure.before], evaluation)
        return held[self]

    @cached_property
    def lineage(self) -> tuple[Figure, ...]:
        """Every figure this one rests on, parents before children, itself last."""
        order: list[Figure] = []
        seen: set[int] = set()
        stack: list[tuple[Figure, bool]] = [(self, False)]
        while stack:
            figure, ready = stack.pop()
            if ready:
                order.append(figure)
            elif id(figure) not in seen:
                seen.add(id(figure))
                stack.append((figure, True))
                stack.extend((parent, False) for parent in reversed(figure.parents))
        return tuple(order)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Facts, parameters and assumptions it rests on."""
        return tuple(figure for figure in self.lineage if isinstance(figure, Leaf))

    @property
    def grade(self) -> str:
        """Weakest grade among its leaves: A, then R, C, V."""
        return min((leaf.grade for leaf in self.leaves if leaf.grade), key="ARCV".index, default="")

    @property
    def source(self) -> str:
        """Citation keys of a leaf; of a result, those of all its leaves."""
        keys = dict.fromkeys(key for leaf in self.leaves for key in leaf.source.split(";") if key)
        return ";".join(keys)

    # -- arithmetic --------------------------------------------------------------------------------------------

    def __add__(self, other: Figure) -> Figure:
        """Sum; units must fit."""
        factor = other.unit.factor_to(self.unit)
        return _made(f"{self.name} + {other.name}", self.unit, (self, other), lambda a, b: a + b * factor, "sum")

    def __sub__(self, other: Figure) -> Figure:
        """Difference; units must fit."""
        factor = other.unit.factor_to(self.unit)
        return _made(f"{self.name} - {other.name}", self.unit, (self, other), lambda a, b: a - b * factor, "difference")

    def __mul__(self, other: Figure | float) -> Figure:
        """Product."""
        if not isinstance(other, Figure):
            return _made(f"{self.name} x {other:g}", self.unit, (self,), lambda a: a * other, f"times {other:g}")
        return _made(f"{self.name} x {other.name}", self.unit * other.unit, (self, other), operator.mul, "product")

    def __truediv__(self, other: Figure | float) -> Figure:
        """Quotient."""
        if not isinstance(other, Figure):
            return _made(f"{self.name} / {other:g}", self.unit, (self,), lambda a: a / other, f"divided by {other:g}")
        return _made(f"{self.name} / {other.name}", self.unit / other.unit, (self, other), operator.truediv, "quotient")

    def to(self, unit: str) -> Figure:
        """Return the same figure on another scale; a currency stays what it is. Raises UnitError."""
        wanted = Unit.parse(unit)
        factor = self.unit.factor_to(wanted)
        if factor == 1.0:
            return self
        return _made(self.name, wanted, (self,), lambda a: a * factor, f"in {unit}", self.label)

    def called(self, name: str, label: str, note: str = "") -> Figure:
        """Return the same figure under another name."""
        return Figure(
            name, label, self.unit, parents=self.parents, work=self.work, how=self.how, note=note or self.note
        )

    def __repr__(self) -> str:
        """Name, value and band."""
        return f"<{self.name} = {self.value:.4g} ({self.low:.4g} to {self.high:.4g}) {self.unit}>"


class Leaf(Figure):
    """A fact, a parameter or an assumption.

    kind       where its value comes from
    parameter  name of the declared parameter that it holds; empty for another kind
    """

    def __init__(
        self,
        name: str,
        label: str,
        unit: Unit,
        value: float,
        low: float | None = None,
        high: float | None = None,
        *,
        source: str = "",
        grade: str = "",
        note: str = "",
        kind: Kind = Kind.FACT,
        parameter: str = "",
    ) -> None:
        super().__init__(name, label, unit, note=note)
        self.value = float(value)
        self._source, self._grade, self.kind, self.parameter = source, grade, kind, parameter
        self.range_low = value if low is None else min(low, value)
        self.range_high = value if high is None else max(high, value)

    @property
    def grade(self) -> str:
        """Evidence grade."""
        return self._grade

    @property
    def source(self) -> str:
        """Citation keys."""
        return self._source

    @cached_property
    def draws(self) -> Array:
        """[DRAWS] stratified draws, in an order that its name gives."""
        return stratified(self.name, self.range_low, self.value, self.range_high)

    def called(self, name: str, label: str, note: str = "") -> Figure:
        """Return a figure of the same value under another name; the leaf stays what it is."""
        return Figure(name, label, self.unit, parents=(self,), work=lambda a: a, how="as", note=note or self.note)


@dataclass(frozen=True, eq=False)
class Switching:
    """Factors on switches by name: some channels withdrawn. Each is itself alone, and known by that."""

    factors: Mapping[str, Any]


Memos = dict[tuple[Callable[[Figure], Any] | None, Switching], dict[Figure, Any]]
"""What is common between evaluations of one kind under one switching."""


class FigureEvaluation:
    """How figures are being worked out: with which changes, and on which values of the leaves."""

    def __init__(self, changes: Mapping[str, Any], leaf: Callable[[Figure], Any] | None) -> None:
        self.changes, self.leaf = changes, leaf

    def __call__(self, figure: Figure, switching: Switching, memos: Memos | None = None) -> Any:
        """Return a figure's value with factors on switches, whose own value is one, on top of the changes.

        memos  keeps what is common between calls while nothing else is changed
        """
        memo = memos.setdefault((self.leaf, switching), {}) if memos is not None and not self.changes else None
        scaled = {name: factor * self.changes.get(name, 1.0) for name, factor in switching.factors.items()}
        return figure.given({**self.changes, **scaled}, self.leaf, memo)


def defined(name: str, label: str, unit: Unit, value: float) -> Leaf:
    """Return a number that is so by definition and needs no source, such as a count of members."""
    return Leaf(name, label, unit, value, grade="V", kind=Kind.DEFINITION)


def drawn(figure: Figure) -> Array:
    """Pass to `given` to work on the common draws."""
    return figure.draws


def combine(name: str, label: str, unit: Unit | str, parents: tuple[Figure, ...], work: Work, how: str) -> Figure:
    """Make a figure by any function of its parents' values, which must broadcast; `unit` is that of the result."""
    held = Unit.parse(unit) if isinstance(unit, str) else unit
    return Figure(name, label, held, parents=parents, work=work, how=how)


def total(name: str, label: str, parts: tuple[Figure, ...], unit: str | None = None) -> Figure:
    """Sum of one or more figures whose units fit, in the unit of the first or in `unit`."""
    held = parts[0].unit if unit is None else Unit.parse(unit)
    factors = [part.unit.factor_to(held) for part in parts]

    def work(*values: Any) -> Any:
        return sum(value * factor for value, factor in zip(values, factors, strict=True))

    return combine(name, label, held, parts, work, "sum of the parts")


def _made(name: str, unit: Unit, parents: tuple[Figure, ...], work: Work, how: str, label: str = "") -> Figure:
    return combine(name, label or name, unit, parents, work, how)
