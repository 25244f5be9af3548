"""Conditions on outcomes, checked before they are used: `loss of POL > 0.1 and war of POL by 2040 > 5 %`.

condition  one or more alternatives, joined by `or`
alternative  one or more comparisons, joined by `and`, which binds closer
comparison  OUTCOME > NUMBER, with >, >=, <, <= and % behind a number where a share or a chance is meant
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.explore.outcome import PER_CENT, SoughtFigure, read_outcome, values
from foedus.given import wrong_number
from foedus.results import Results
from foedus.world import World

SIGNS = {">=": np.greater_equal, "<=": np.less_equal, ">": np.greater, "<": np.less}
"""Comparisons, those of two signs first."""

_JOIN = r"(?<=[\d.%])\s+{}\s+"
"""A word that joins comparisons: behind a number, so that Bosnia and Herzegovina stays whole."""

_COMPARISON = re.compile(r"(?P<what>.+?)\s*(?P<sign>>=|<=|≥|≤|>|<)\s*(?P<number>[^\s%]+)\s*(?P<percent>%?)")


@dataclass(frozen=True)
class Bound:
    """An outcome beside a number, in the outcome's unit."""

    outcome: SoughtFigure
    sign: str
    number: float

    def holds(self, results: Results) -> NDArray[np.bool_]:
        """In which futures it holds, [N]."""
        return np.asarray(SIGNS[self.sign](values(self.outcome, results), self.number), dtype=np.bool_)

    def __str__(self) -> str:
        if self.outcome.unit in PER_CENT:
            return f"{self.outcome.label} {self.sign} {100.0 * self.number:g} %"
        return f"{self.outcome.label} {self.sign} {self.number:g} {self.outcome.unit}"


@dataclass(frozen=True)
class FailureCondition:
    """Alternatives, of each of which every comparison must hold."""

    alternatives: tuple[tuple[Bound, ...], ...]

    def holds(self, results: Results) -> NDArray[np.bool_]:
        """In which futures the condition holds, [N]."""
        each = [np.logical_and.reduce([one.holds(results) for one in every]) for every in self.alternatives]
        return np.asarray(np.logical_or.reduce(each), dtype=np.bool_)

    def __str__(self) -> str:
        return " or ".join(" and ".join(map(str, every)) for every in self.alternatives)


def read_condition(text: str, results: Results, world: World) -> FailureCondition:
    """Read a condition. Raises InputError, or UnknownName with the nearest spelling, for any part that is not legal."""
    alternatives = re.split(_JOIN.format("or"), text.strip(), flags=re.IGNORECASE)
    return FailureCondition(
        tuple(
            tuple(
                _comparison(part, results, world) for part in re.split(_JOIN.format("and"), every, flags=re.IGNORECASE)
            )
            for every in alternatives
        )
    )


def _comparison(text: str, results: Results, world: World) -> Bound:
    found = _COMPARISON.fullmatch(text.strip())
    if found is None:
        msg = f'"{text.strip()}": compares nothing. Write OUTCOME > NUMBER, such as: loss of POL > 0.1'
        raise InputError(msg)
    outcome = read_outcome(found["what"], results, world)
    try:
        number = float(found["number"])
    except ValueError:
        msg = f'"{found["number"]}": is not a number, in "{text.strip()}"'
        raise InputError(msg) from None
    if wrong := wrong_number(number):
        msg = f'"{text.strip()}": {wrong}'
        raise InputError(msg)
    if found["percent"] and outcome.unit in PER_CENT:
        number /= 100.0
    elif found["percent"] and "%" not in outcome.unit:
        msg = f'"{text.strip()}": {outcome.measure} is in {outcome.unit}, not in per cent'
        raise InputError(msg)
    return Bound(outcome, found["sign"].replace("≥", ">=").replace("≤", "<="), number)
