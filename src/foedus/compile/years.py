"""The year that is run, of which only whether it is the first is known while tracing."""

from __future__ import annotations

from typing import Any

from foedus.compile.inputs import GraphInputs
from foedus.compile.refusal import Untraceable
from foedus.compile.sources import InputSource
from foedus.compile.traced import Array

YEARS = 10_007
"""How many years a traced study has: more than any, so that the year traced is never its last."""


class Year:
    """The index of a year that is run. Whether it is the first is known; whatever else is asked is an input."""

    def __init__(self, inputs: GraphInputs, *, first: bool, ahead: int = 0) -> None:
        self.inputs, self.first, self.ahead = inputs, first, ahead

    def moved(self, by: int) -> Year:
        """So many years later."""
        return Year(self.inputs, first=self.first, ahead=self.ahead + by)

    def __add__(self, other: int) -> Year:
        return self.moved(other)

    def __sub__(self, other: Any) -> Any:
        return self.moved(-other) if isinstance(other, int) else NotImplemented

    def __bool__(self) -> bool:
        if self.ahead == 0:
            return not self.first
        raise Untraceable("a question about a year before or after", "Ask about the year itself.")

    def __eq__(self, other: object) -> Any:
        if other == 0 and self.ahead == 0:
            return self.first
        return self._number() == other

    def __ne__(self, other: object) -> Any:
        found = self == other
        return not found if isinstance(found, bool) else ~found

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: int) -> Any:
        return True if isinstance(other, int) and other == YEARS - 1 else self._number() < other

    def __le__(self, other: int) -> Any:
        return True if isinstance(other, int) and other == YEARS - 1 else self._number() <= other

    def __gt__(self, other: int) -> Any:
        return False if isinstance(other, int) and other == YEARS - 1 else self._number() > other

    def __ge__(self, other: int) -> Any:
        return False if isinstance(other, int) and other == YEARS - 1 else self._number() >= other

    def __mod__(self, other: int) -> Array:
        return self.inputs.uniform(InputSource("year", ahead=self.ahead, over=other), (), "i")

    def _number(self) -> Array:
        return self.inputs.uniform(InputSource("year", ahead=self.ahead), (), "i")

    def __index__(self) -> int:
        raise Untraceable("the number of the year", "Ask `year == 0`, or use `engine.among.when` for what not all do.")

    __int__ = __float__ = __index__


class Calendar:
    """The years of a study; the first is 0."""

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, Year):
            return place
        if place == 0:
            return 0
        raise Untraceable("a year of the calendar", "Count years from the first.")

    def __len__(self) -> int:
        return YEARS
