"""What an analysis takes in: a row a parameter point, a column an uncertain parameter, and what each one rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.ledger import Ledger, Parameter, load_ledger
from foedus.ledger.ensemble import load_ensemble
from foedus.results import Results
from foedus.results.shares import learnt_names

Floats = NDArray[np.float64]

LEAST_POINTS = 64
"""Parameter points below which nothing about some two hundred parameters can be told."""

LITTLE = 0.05
"""Share of the prior's spread below which a record has taught nothing (`foedus ledger --record` uses the same)."""

ASSUMED, RECALLED = "A", "R"
"""Grades of what nobody has measured, and of what is recalled from the literature and not yet looked up."""


@dataclass(frozen=True)
class Footing:
    """What a parameter rests on.

    grade   V read in the source, C computed from open data, R recalled, A assumed
    learnt  share of its prior's standard deviation that the record took away; None where no record speaks of it
    """

    grade: str
    learnt: float | None

    @property
    def none(self) -> bool:
        """Whether nobody has evidence for it: assumed, and taught by no record."""
        return self.grade == ASSUMED and not self.taught

    @property
    def taught(self) -> bool:
        """Whether a record has narrowed it."""
        return self.learnt is not None and self.learnt >= LITTLE

    @property
    def words(self) -> str:
        """How much the record taught: `43 %`, or `no record`."""
        if self.learnt is None:
            return "no record"
        return f"{100 * self.learnt:.0f} %" if self.taught else "nothing"


@dataclass(frozen=True)
class Inputs:
    """Parameter points of a run.

    names    of the parameters that vary, k
    values   [P, k], in the ledger's units
    futures  [P] position on the axis of futures of each point's first future; its twin, if any, is left out
    of       what each rests on, by name
    """

    names: tuple[str, ...]
    values: Floats
    futures: NDArray[np.intp]
    of: Mapping[str, Footing]

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger that declares them."""
        return load_ledger()

    def parameter(self, name: str) -> Parameter:
        """The declaration of one of them."""
        return self.ledger[name]

    def column(self, name: str) -> Floats:
        """Values of one of them, [P]."""
        return self.values[:, self.names.index(name)]


def inputs_of(results: Results) -> Inputs:
    """The parameter points of a run, one future for each.

    Raises InputError where a run has too few points, or none that vary.
    """
    table = results.parameters()
    columns = {name: table[name].to_numpy().astype(np.float64) for name in table.columns[1:]}
    futures = np.delete(np.arange(results.futures), results.twins()[1]).astype(np.intp)
    varying = {name: column[futures] for name, column in columns.items() if column[futures].std() > 0.0}
    if len(futures) < LEAST_POINTS:
        msg = (
            f"{results.parts.name}: has {results.extent} with {len(futures)} parameter points; what drives an answer "
            f"takes {LEAST_POINTS} points or more, better 700. Run more: the same command with --futures 1000"
        )
        raise InputError(msg)
    if not varying:
        msg = f"{results.parts.name}: no parameter varies in this run, so none can drive its answer"
        raise InputError(msg)
    names = tuple(varying)
    return Inputs(names, np.stack([varying[name] for name in names], axis=1), futures, evidence(results, names))


def evidence(results: Results, names: tuple[str, ...]) -> dict[str, Footing]:
    """What each parameter rests on, by name."""
    ledger, drawn = load_ledger(), learnt_names(results)
    taught = {one.name: one.share for one in load_ensemble(results.ensemble).learnt} if drawn else {}
    return {name: Footing(ledger[name].grade, taught[name] if name in drawn else None) for name in names}
