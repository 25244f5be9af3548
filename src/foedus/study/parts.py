"""What results are read from: the parts of a run, wherever they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.engine.measure import Group
from foedus.study.span import Span

if TYPE_CHECKING:
    import polars as pl


class Parts(Protocol):
    """The finished parts of a run: one a role and span of futures, in a folder (`RunFolder`) or in memory (`Held`)."""

    @property
    def path(self) -> Path | None:
        """Folder of the run; None where it is in memory."""

    @property
    def name(self) -> str:
        """What messages call the run."""

    def manifest(self) -> dict[str, Any]:
        """What was run; raise RunFolderError where that cannot be read."""

    def done(self, role: str, span: Span) -> bool:
        """Whether a part is finished."""

    def table(self, role: str, span: Span, table: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One table of a part, such as `pair_years`; raise RunFolderError where it cannot be read."""

    def scan(self, role: str, spans: Sequence[Span], table: str) -> pl.LazyFrame:
        """One table of several parts, one after another, read when and as far as it is needed."""

    def values(self, role: str, span: Span, group: Group, measure: str, shape: tuple[int, ...]) -> NDArray[np.floating]:
        """One measure of a part, of the `shape` [Y, rows, F]; raise RunFolderError where it cannot be read."""
