"""Units of figures: scale, counts and currencies with base year and kind of conversion, checked in every step.

A unit is text such as `billion USD 2024`, `million EUR 2025/tank`, `person`, `share`. A currency without a base
year cannot be added to anything: the year of the fact table's row supplies it. `USDppp` is a dollar at purchasing
power, which no exchange rate turns into anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.errors import FactError

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
CURRENCIES = ("USD", "EUR", "GBP", "USDppp")
PURE = ("share", "1", "0-1", "level 0-1", "share of stock", "ratio", "ratio to market rate", "chance", "flag")
"""Written names of the number without dimension."""


class UnitError(FactError):
    """Two figures whose units do not fit were combined."""


@dataclass(frozen=True)
class Unit:
    """A scale and what is counted, each with its power."""

    scale: float = 1.0
    counts: tuple[tuple[str, int], ...] = ()

    @staticmethod
    def parse(text: str, year: int | None = None) -> Unit:
        """Read a unit; `year` is the base year of a currency that names none. Raises UnitError."""
        if text in PURE:
            return Unit()
        above, *below = text.split("/")
        scale, counts = _side(above, year)
        for part in below:
            scale_below, counts_below = _side(part, year)
            scale /= scale_below
            for name, power in counts_below.items():
                counts[name] = counts.get(name, 0) - power
        return Unit(scale, _sorted(counts))

    def __mul__(self, other: Unit) -> Unit:
        """Product."""
        return self._with(other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        """Quotient."""
        return self._with(other, -1)

    def _with(self, other: Unit, sign: int) -> Unit:
        counts = dict(self.counts)
        for name, power in other.counts:
            counts[name] = counts.get(name, 0) + sign * power
        return Unit(self.scale * other.scale**sign, _sorted(counts))

    def factor_to(self, other: Unit) -> float:
        """What turns a number in this unit into one in `other`; raises UnitError when they differ in kind."""
        if self.counts != other.counts:
            msg = f'"{self}" and "{other}" do not fit. Convert one with its rate first.'
            raise UnitError(msg)
        return self.scale / other.scale

    @property
    def currency(self) -> str | None:
        """The currency with its base year, when money stands above the line."""
        found = [name for name, power in self.counts if power > 0 and name.split()[0] in CURRENCIES]
        return found[0] if found else None

    def __str__(self) -> str:
        """As written."""
        word = {value: name for name, value in SCALES.items()}.get(self.scale, "")
        if not word and self.scale != 1.0:
            word = f"{self.scale:g}"
        above = [name if power == 1 else f"{name}^{power}" for name, power in self.counts if power > 0]
        below = [name if power == -1 else f"{name}^{-power}" for name, power in self.counts if power < 0]
        text = " ".join(filter(None, (word, *above))) or "1"
        return "/".join((text, *below))


def _side(text: str, year: int | None) -> tuple[float, dict[str, int]]:
    scale, counts = 1.0, dict[str, int]()
    words = text.strip().split()
    while words:
        word = words.pop(0)
        if word in SCALES:
            scale *= SCALES[word]
        elif word in CURRENCIES:
            if words and re.fullmatch(r"\d{4}", words[0]):
                base = words.pop(0)
            elif year is not None:
                base = str(year)
            else:
                msg = f'"{text.strip()}" names no base year of {word}. Write {word} 2025.'
                raise UnitError(msg)
            counts[f"{word} {base}"] = counts.get(f"{word} {base}", 0) + 1
        elif word not in PURE:
            counts[word] = counts.get(word, 0) + 1
    return scale, counts


def _sorted(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, power) for name, power in counts.items() if power))
