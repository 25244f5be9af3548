"""A share of a run's chunks, for batch systems: each job computes its own, and together they are the run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.errors import InputError

MOST_SHARDS = 100_000
"""Shares at most: more than any run has chunks worth a job of their own."""


@dataclass(frozen=True)
class Shard:
    """Share `number`, from 1, of `of` shares that hold about as many chunks each, one after another."""

    number: int
    of: int

    @staticmethod
    def read(text: str) -> Shard:
        """A share as it is written, `3/20`; raise InputError for anything else."""
        found = re.fullmatch(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*", text)
        number, of = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 1 <= number <= of <= MOST_SHARDS:
            msg = f"--shard {text}: is not like 3/20, a share from 1 to how many there are, at most {MOST_SHARDS:,}"
            raise InputError(msg)
        return Shard(number, of)

    def chunks(self, count: int) -> range:
        """Which of `count` chunks it holds; none where there are more shares than chunks and this is a spare one."""
        return range((self.number - 1) * count // self.of, self.number * count // self.of)

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
