"""What a worker keeps: the records of each side of a study, computed once for its digest, cancellable."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import polars as pl

from foedus.engine.record import Record
from foedus.posture.side import Side
from foedus.results import Results
from foedus.study import Held, Study
from foedus.study.span import Span

MOST_KEPT = 192 << 20
"""Bytes of records that a process keeps for questions to come, beside those of the last answer."""


class Superseded(Exception):
    """The question has been replaced by a newer one, or nobody waits for its answer."""


@dataclass(frozen=True)
class Remembered(Held):
    """Records whose tables are made once: several parts of an answer read the same."""

    tables: dict[tuple[str, str, Span], pl.DataFrame] = field(default_factory=dict)

    def table(self, role: str, span: Span, table: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One table of a chunk, as a part on disk has it."""
        key = role, table, span
        if key not in self.tables:
            self.tables[key] = super().table(role, span, table)
        return self.tables[key] if columns is None else self.tables[key].select(columns)


class Memory:
    """Sides of studies computed in this process, MOST_KEPT bytes beside the newest: those of many futures go first.

    A side of few futures is what the next first answer needs, and a hundred of them take the room of one of a thousand.
    """

    def __init__(self) -> None:
        """Start with nothing kept."""
        self._kept: OrderedDict[str, tuple[Record, ...]] = OrderedDict()

    def held(self, study: Study, stop: Callable[[], bool] = lambda: False) -> Held:
        """Records of every side of a study, computing those that are not kept; `Results.of` reads them.

        stop  asked now and then; once it is true, Superseded is raised
        """
        keys = {role: self._side(study, role, stop) for role in reversed(study.roles)}
        for role in study.roles:  # the side compared with last: the next question asks for it again
            self._kept.move_to_end(keys[role])
        self._forget(len(set(keys.values())))
        sides = {role: self._kept[key] for role, key in keys.items()}
        records = {(role, at): record for role, side in sides.items() for at, record in enumerate(side)}
        return Remembered(study, records)

    def results(self, study: Study, stop: Callable[[], bool] = lambda: False) -> Results:
        """The same as results."""
        return Results.of(self.held(study, stop))

    def _side(self, study: Study, role: str, stop: Callable[[], bool]) -> str:
        """The key under which a side is kept, computed if need be."""
        key = side_digest(study, role)
        if key not in self._kept:
            self._kept[key] = computed(study, role, stop)
        return key

    def _forget(self, newest: int) -> None:
        """Keep within the bound, but for the newest sides: the largest go first, of equals the one used longest ago."""
        older = list(self._kept)[:-newest]
        left = sum(bytes_of(self._kept[key]) for key in older)
        for key in sorted(older, key=lambda key: -bytes_of(self._kept[key])):
            if left <= MOST_KEPT:
                return
            left -= bytes_of(self._kept.pop(key))

    @property
    def bytes(self) -> int:
        """Bytes of the records kept."""
        return sum(bytes_of(side) for side in self._kept.values())


def bytes_of(side: tuple[Record, ...]) -> int:
    """Bytes of the records of a side."""
    return sum(values.nbytes for record in side for table in record.tables.values() for values in table.values())


def computed(study: Study, role: str, stop: Callable[[], bool] = lambda: False) -> tuple[Record, ...]:
    """Records of every chunk of one side; raise Superseded once `stop` says so, asked now and then."""

    def between() -> None:
        if stop():
            raise Superseded

    return tuple(study.record(chunk, role, between=between) for chunk in range(study.chunks()))


def side_digest(study: Study, role: str) -> str:
    """Hash of all that the futures of one side depend on, whatever it is called and compared with; and how many."""
    scenario = study.scenario.side(role)
    posture = replace(study.roles[role], name="", title="", question="")
    alone = replace(study.side(role), scenario=scenario.but(posture=posture, against=None, other=Side()), against=None)
    return f"{alone.digest}-{scenario.futures}"
