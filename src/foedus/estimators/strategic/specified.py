"""What a model is before it is fitted: a game, its regressors and the rows they are read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.errors import InputError, UnknownName
from foedus.estimators.strategic.formulas import Formula, Part
from foedus.estimators.strategic.frames import Columns, Frame, read_columns
from foedus.estimators.strategic.games import Game
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.problem import Problem


@dataclass(frozen=True, repr=False)
class Specified:
    """A game, its regressors and the rows it is fitted on.

    game       the game and what was observed
    formula    as read
    parts      regressors of each index: utilities, then log scales
    designs    their values, one [row, column] matrix an index
    fixed      value of indices that are not estimated, else 0
    data       columns of every row of the user's table
    used       which of its rows are used
    """

    game: Game
    formula: Formula
    parts: tuple[Part, ...]
    designs: tuple[Floats, ...]
    fixed: tuple[float, ...]
    data: Columns
    used: NDArray[np.bool_]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.game.name}: {self.formula}; {self.rows} rows>"

    @cached_property
    def problem(self) -> Problem:
        """The estimation problem."""
        return Problem(self.designs, self.fixed, self.game.log_likelihood)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the coefficients: "u1(war):regime1[T.dem]"."""
        return tuple(
            part.label if part.label.startswith("log(") and name == "(Intercept)" else f"{part.label}:{name}"
            for part in self.parts
            for name in part.names
        )

    @property
    def rows(self) -> int:
        """Number of rows used."""
        return int(self.used.sum())

    @property
    def rows_left_out(self) -> int:
        """Number of rows left out because something in them is missing."""
        return int((~self.used).sum())

    def indices(self, coefficients: Floats, data: Frame | None = None) -> list[Floats]:
        """Return values of the indices, each [..., row], for coefficients [..., k] on the rows used or on new data."""
        designs = self.designs if data is None else self.designs_of(data)
        return [
            coefficients[..., place] @ design.T + value
            for place, design, value in zip(self.problem.slices, designs, self.fixed, strict=True)
        ]

    def designs_of(self, data: Frame) -> tuple[Floats, ...]:
        """Return regressors built from new data, which must have every column that the formula uses, without gaps."""
        columns = read_columns(data)
        for part in self.parts:
            columns.require(part.columns, f"{part.label}: ")
            for name, gap in columns.missing(part.columns).items():
                if gap.any():
                    msg = f'new data: "{name}" is missing in row {int(np.argmax(gap))}'
                    raise InputError(msg)
        return tuple(part.design(columns) for part in self.parts)

    def simulate(self, coefficients: Mapping[str, float] | ArrayLike, *, seed: int) -> dict[str, NDArray[np.generic]]:
        """Draw what happens in each row used, if these were the true coefficients.

        Returns columns under the names of the formula's left side.
        """
        values = self.vector(coefficients)
        return dict(self.game.draw(self.indices(values), np.random.default_rng(seed)))

    def vector(self, coefficients: Mapping[str, float] | ArrayLike) -> Floats:
        """Return coefficients as [k], from a mapping by name or a sequence. Raises UnknownName, InputError."""
        if isinstance(coefficients, Mapping):
            for name in coefficients:
                if name not in self.names:
                    raise UnknownName("coefficient", name, self.names)
            if lost := [name for name in self.names if name not in coefficients]:
                msg = f"coefficients lack {', '.join(lost)}"
                raise InputError(msg)
            coefficients = [coefficients[name] for name in self.names]
        values = np.asarray(coefficients, dtype=np.float64)
        if values.shape != (len(self.names),):
            msg = f"coefficients have shape {values.shape}; there are {len(self.names)}: {', '.join(self.names)}"
            raise InputError(msg)
        return values
