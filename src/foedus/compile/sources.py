"""Where an input is read that is the same in all futures: in the policy, or from the number of the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.setting import Setting

Path = tuple[str | int, ...]
"""Where in a policy a value is: names of fields, and places in tuples."""


@dataclass(frozen=True)
class InputSource:
    """Reads an input.

    what   `field`, `year` or `remedy`
    path   of a field; the name of a remedy
    axis   of the years in the field, None where it has none
    ahead  years from the one that is run; a field's last year stays
    first  whether the first year's is read, whatever year is run
    over   by what the number of the year is divided, for the rest; 0 for the number itself
    """

    what: str
    path: Path = ()
    axis: int | None = None
    ahead: int = 0
    first: bool = False
    over: int = 0

    @property
    def yearly(self) -> bool:
        """Whether it differs between years."""
        return self.what == "year" or (self.axis is not None and not self.first)

    @property
    def name(self) -> str:
        """The input in words: policy.rules[0].spending, next year."""
        where = "policy" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        when = "first" if self.first else f"{self.ahead:+d}" if self.yearly else ""
        return f"{'year' if self.what == 'year' else where} {when}{f' % {self.over}' if self.over else ''}".strip()

    def read(self, setting: Setting, year: int) -> Any:
        """Its value in a year of a setting, by the year's index."""
        if self.what == "year":
            number = year + self.ahead
            return number % self.over if self.over else number
        if self.what == "remedy":
            return setting.policy.remedies.get(str(self.path[-1]), 0.0)
        held: Any = setting.policy
        for step in self.path:
            held = held[step] if isinstance(step, int) else getattr(held, step)
        if self.axis is None:
            return held
        values = np.asarray(held)
        return values.take(0 if self.first else max(min(year + self.ahead, values.shape[self.axis] - 1), 0), self.axis)
