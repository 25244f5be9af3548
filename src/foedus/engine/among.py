"""What is done in some years only: elections, reviews.

What is done for some entries only, because they are rare, goes through `layout.entries`: places where truths hold, of
which luck is drawn and equations are called for these alone. Both say to whoever compiles the model what may be left
out, and neither asks for a value in an `if`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Values = TypeVar("Values")


def when(holds: bool, work: Callable[[], Values], otherwise: Values) -> Values:
    """`work()` in a year in which `holds`, else `otherwise`.

    holds      true or false for the year as a whole, the same in all futures
    work       what is then worked out, of the shape of `otherwise`
    otherwise  what stays in other years
    """
    if isinstance(holds, bool):
        return work() if holds else otherwise
    return holds.chosen(work, otherwise)  # traced: both are noted, and which it is is read year by year
