"""Which futures a chunk holds, which of them are twins, and which parameter points they take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CHUNK = 512
"""Futures that run side by side: so many that a year's thousand calls weigh little, so few that memory stays small."""

TWINS = 4
"""One in this many futures repeats the parameters of another in its chunk with other luck, so that the shares of luck
and ignorance in the spread can be told apart."""


@dataclass(frozen=True)
class Span:
    """The futures of one chunk: its first, and how many. Its name is that of the part that holds them on disk.

    Which futures of a chunk are twins depends on how many it holds, so a chunk cut short by the end of a run is
    another chunk than the whole one, and its part has another name.
    """

    first: int
    size: int

    @property
    def name(self) -> str:
        """First and last future: `000512-001023`."""
        return f"{self.first:06d}-{self.first + self.size - 1:06d}"

    @property
    def futures(self) -> NDArray[np.uint64]:
        """Number of each future, [F]."""
        return np.arange(self.first, self.first + self.size, dtype=np.uint64)


def span_of(chunk: int, futures: int, length: int = CHUNK) -> Span:
    """Futures of a chunk, when chunks of `length` share `futures`; the last may be short."""
    first = chunk * length
    return Span(first, min(length, futures - first))


def spans_of(futures: int, length: int = CHUNK) -> list[Span]:
    """Every chunk of a run."""
    return [span_of(chunk, futures, length) for chunk in range(-(-futures // length))]


def twin_count(size: int) -> int:
    """How many futures of a chunk are twins of its first futures."""
    return size // TWINS if size >= 2 * TWINS else 0


def points_of(chunk: int, size: int, length: int = CHUNK) -> NDArray[np.intp]:
    """Parameter point of each future of a chunk, [F]; the last `twin_count` repeat the first."""
    twins = twin_count(size)
    first = chunk * (length - twin_count(length))
    own = np.arange(first, first + size - twins)
    return np.concatenate([own, own[:twins]])
