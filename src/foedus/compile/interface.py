"""What compiled code is called with, and what it hands back: all that a run needs of a program without its graph."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.graph import KINDS
from foedus.compile.sources import InputSource
from foedus.engine import draws as luck
from foedus.engine.setting import Setting


@dataclass(frozen=True)
class InputFigure:
    """An input that is the same in all futures, and where its figures lie among its fellows."""

    source: InputSource
    kind: str
    place: int
    count: int


@dataclass(frozen=True)
class RecordedOutcome:
    """A measure that a run hands back."""

    table: str
    name: str
    shape: tuple[int, ...]
    summed: bool

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return int(np.prod(self.shape))


@dataclass(frozen=True)
class Interface:
    """See the module.

    width       futures of a tile
    rows        rows of the arena
    parameters  by name, in order
    figures     inputs that are the same in all futures: in all years, and by year
    keys        of luck, what each decides and the year, None for the one that is run: likewise
    outcomes    measures, in order
    """

    width: int
    rows: int
    parameters: tuple[str, ...]
    figures: tuple[tuple[InputFigure, ...], tuple[InputFigure, ...]]
    keys: tuple[tuple[tuple[str, int | None], ...], tuple[tuple[str, int | None], ...]]
    outcomes: tuple[RecordedOutcome, ...]

    def text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def of(text: str) -> Interface:
        """Out of JSON."""
        held = json.loads(text)
        figures = [
            tuple(
                InputFigure(**one | {"source": InputSource(**one["source"] | {"path": tuple(one["source"]["path"])})})
                for one in side
            )
            for side in held["figures"]
        ]
        return Interface(
            width=held["width"],
            rows=held["rows"],
            parameters=tuple(held["parameters"]),
            figures=(figures[0], figures[1]),
            keys=(_keys(held["keys"][0]), _keys(held["keys"][1])),
            outcomes=tuple(RecordedOutcome(**one | {"shape": tuple(one["shape"])}) for one in held["outcomes"]),
        )

    def read(self, setting: Setting, yearly: bool) -> NDArray[np.uint32]:
        """Figures as words of four bytes, [years, n]; one year for those that are the same in all."""
        figures, years = self.figures[yearly], len(setting.years) if yearly else 1
        words = np.zeros((years, max(sum(one.count for one in figures), 1)), dtype=np.uint32)
        for one in figures:
            for year in range(years):
                values = np.asarray(one.source.read(setting, year)).reshape(-1).astype(KINDS[one.kind])
                bits = values.astype(np.uint32) if one.kind == "b" else values.view(np.uint32)
                words[year, one.place : one.place + one.count] = bits
        return words

    def luck(self, setting: Setting, yearly: bool) -> NDArray[np.uint64]:
        """Keys of luck, [years, n]."""
        keys, years = self.keys[yearly], len(setting.years) if yearly else 1
        found = np.zeros((years, max(len(keys), 1)), dtype=np.uint64)
        for place, (use, fixed) in enumerate(keys):
            for year in range(years):
                found[year, place] = luck.key(setting.draws.seed, year if fixed is None else fixed, use)
        return found


def _keys(held: Any) -> tuple[tuple[str, int | None], ...]:
    return tuple((use, year) for use, year in held)
