"""Reading a run back: one measure at a time over all parts, so memory stays small whatever the number of futures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import RunFolderError
from foedus.posture import main_guarantor
from foedus.study.folder import RunFolder
from foedus.study.study import CHUNK, twin_count

Values = NDArray[np.float32]


@dataclass(frozen=True)
class Results:
    """A finished or partly finished run."""

    folder: RunFolder

    @staticmethod
    def open(path: Path) -> Results:
        """Open a run folder; raise RunFolderError when it holds no finished part."""
        results = Results(RunFolder(path))
        results.folder.manifest()
        if not results.chunks:
            msg = f"{path}: no part of the run is finished yet. Continue it with the command that began it."
            raise RunFolderError(msg)
        return results

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was run."""
        return self.folder.manifest()

    @property
    def roles(self) -> dict[str, str]:
        """Name of the posture in each role."""
        return dict(self.manifest["roles"])

    @property
    def allies(self) -> list[str]:
        """Allies in the record, in axis order."""
        return list(self.manifest["allies"])

    @property
    def patrons(self) -> dict[str, str]:
        """Guarantor of each ally."""
        return dict(self.manifest["patrons"])

    @property
    def main_guarantor(self) -> str:
        """The guarantor of most allies, whose support a posture changes unless it names another."""
        return main_guarantor(list(self.patrons.values()))

    @property
    def years(self) -> list[int]:
        """Every year of the run."""
        first, last = self.manifest["years"]
        return list(range(first, last + 1))

    @cached_property
    def chunks(self) -> list[int]:
        """Chunks finished for every role."""
        found = [{int(path.name) for path in (self.folder.path / "parts" / role).glob("[0-9]*")} for role in self.roles]
        return sorted(set.intersection(*found)) if found else []

    @property
    def futures(self) -> int:
        """How many futures are finished."""
        return int(self.ally("loss_fought").shape[2])

    def ally(self, measure: str, role: str = "posture") -> Values:
        """One ally measure, [Y, A, N] over finished futures."""
        return self._read("allies", measure, role, len(self.allies))

    def loss(self, role: str = "posture") -> Values:
        """Expected yearly loss, conceded and fought, [Y, A, N] in stakes."""
        return np.asarray(self.ally("loss_conceded", role) + self.ally("loss_fought", role))

    def guarantor(self, measure: str, role: str = "posture") -> Values:
        """One guarantor measure, [Y, G, N]."""
        return self._read("guarantors", measure, role, len(self.manifest["guarantors"]))

    def region(self, measure: str, role: str = "posture") -> Values:
        """One regional measure, [Y, R, N]."""
        from foedus.terms import REGIONS

        return self._read("regions", measure, role, len(REGIONS))

    def pairs(self, role: str = "posture") -> pl.DataFrame:
        """Counts by directed pair, summed over parts."""
        frames = [pl.read_parquet(self.folder.part(role, chunk) / "pairs.parquet") for chunk in self.chunks]
        keys = ["challenger", "target", "class", "treaty"]
        return pl.concat(frames).group_by(keys, maintain_order=True).sum()

    def options(self, role: str = "posture") -> pl.DataFrame:
        """Mean share of flexible money by option and ally."""
        frames = [pl.read_parquet(self.folder.part(role, chunk) / "options.parquet") for chunk in self.chunks]
        return pl.concat(frames).group_by("ally", maintain_order=True).mean()

    def parameters(self) -> pl.DataFrame:
        """Sampled parameters by future."""
        return pl.concat([pl.read_parquet(self.folder.part("posture", c) / "parameters.parquet") for c in self.chunks])

    def twins(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Positions of futures that share parameters but not luck, as two arrays of equal length."""
        first: list[int] = []
        second: list[int] = []
        total = int(self.manifest["futures"])
        start = 0
        for chunk in self.chunks:
            size = min(CHUNK, total - chunk * CHUNK)
            count = twin_count(size)
            first += range(start, start + count)
            second += range(start + size - count, start + size)
            start += size
        return np.array(first, dtype=np.intp), np.array(second, dtype=np.intp)

    def _read(self, table: str, measure: str, role: str, rows: int) -> Values:
        parts = []
        for chunk in self.chunks:
            path = self.folder.part(role, chunk) / f"{table}.parquet"
            column = pl.read_parquet(path, columns=[measure])[measure].to_numpy()
            parts.append(column.reshape(len(self.years), rows, -1))
        return np.concatenate(parts, axis=2)
