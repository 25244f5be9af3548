"""Figures that compare others with themselves under changes, such as a channel withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foedus.exposure.figure import Figure, FigureEvaluation
from foedus.exposure.units import Unit


class Counterfactual(Figure):
    """A result that compares its parents with themselves under changes.

    compare  takes an Evaluation and returns the values; changed values may carry one new leading axis
    """

    def __init__(
        self,
        name: str,
        label: str,
        unit: Unit,
        parents: tuple[Figure, ...],
        compare: Callable[[FigureEvaluation], Any],
        how: str,
    ) -> None:
        self.compare = compare
        super().__init__(name, label, unit, parents=parents, how=how)

    @property
    def before(self) -> tuple[Figure, ...]:
        """Nothing: the comparison works out what it needs."""
        return ()

    def result(self, values: list[Any], evaluation: FigureEvaluation) -> Any:  # noqa: ARG002
        """Return the comparison's values."""
        return self.compare(evaluation)

    def called(self, name: str, label: str, note: str = "") -> Figure:
        """Return the same figure under another name."""
        held = Counterfactual(name, label, self.unit, self.parents, self.compare, self.how)
        held.note = note or self.note
        return held
