"""A run in memory: for a question asked on the spot, where a folder would only be in the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.measure import Group
from foedus.engine.record import Record
from foedus.study.manifest import describe
from foedus.study.running import Progress, Stopped, each_chunk
from foedus.study.span import Span
from foedus.study.study import Study
from foedus.version import __version__

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Held:
    """The records of the chunks of a study that are finished, by role and chunk."""

    study: Study
    records: Mapping[tuple[str, int], Record]

    @property
    def path(self) -> Path | None:
        """None: it is in no folder."""
        return None

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.study.scenario.name} (in memory)"

    @cached_property
    def _described(self) -> dict[str, Any]:
        return describe(self.study, __version__)

    def manifest(self) -> dict[str, Any]:
        """What was run, as the manifest of its folder would say."""
        return self._described

    def done(self, role: str, span: Span) -> bool:
        """Whether a chunk is finished."""
        return (role, self._chunk(span)) in self.records

    def table(self, role: str, span: Span, table: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One table of a chunk, as a part on disk has it."""
        from foedus.study.tables import table_of

        chunk = self._chunk(span)
        found = table_of(table, self.records[role, chunk], self.study, role, chunk, columns)
        return found if columns is None else found.select(columns)

    def scan(self, role: str, spans: Sequence[Span], table: str) -> pl.LazyFrame:
        """One table of several chunks, one after another."""
        import polars as pl

        return pl.concat([self.table(role, span, table).lazy() for span in spans])

    def values(self, role: str, span: Span, group: Group, measure: str, shape: tuple[int, ...]) -> NDArray[np.floating]:
        """One measure of a chunk, [Y, rows, F]."""
        return self.records[role, self._chunk(span)].tables[group][measure].reshape(shape)

    def _chunk(self, span: Span) -> int:
        return span.first // self.study.chunk_length


def compute(
    study: Study, threads: int = 1, progress: Progress | None = None, halt: threading.Event | None = None
) -> Held:
    """Compute every future of a study in memory; `Results.of` reads what it returns. Bytes are those of a run folder.

    study     from `prepare`; its measures are kept for every future, so memory grows with futures (docs/scale.md)
    threads   how many chunks are computed side by side; in any thread but a program's first, in this process
    progress  called with the role and the number of futures done after each chunk
    halt      once it is set, no further chunk begins

    Raises Stopped on Ctrl-C, and when `halt` was set before the end.
    """
    if progress:
        for role in study.roles:
            progress(role, 0)
    held = Held(study, {})
    try:
        for held in computing(study, threads, progress, halt):  # noqa: B007 - the last is the whole
            pass
    except KeyboardInterrupt:
        raise Stopped from None
    return held


def computing(
    study: Study, threads: int = 1, progress: Progress | None = None, halt: threading.Event | None = None
) -> Iterator[Held]:
    """The same while it grows: what is finished, each time that a chunk is finished for every posture.

    Leaving the loop ends the computation once the chunks that are running are done. Each value yielded stays as it is.
    """
    found: dict[tuple[str, int], Record] = {}
    jobs = [(role, chunk) for chunk in range(study.chunks()) for role in study.roles]

    def keep(role: str, chunk: int, record: Record) -> None:
        found[role, chunk] = record

    for role, chunk in each_chunk(study, jobs, threads, keep, halt, lasting=True):
        if progress:
            progress(role, study.size(chunk))
        if all((other, chunk) in found for other in study.roles):
            yield Held(study, MappingProxyType(dict(found)))
