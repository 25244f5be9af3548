"""The plain formulas that most models have, `x + z - 1` over columns of any name, read without another package.

Numbers enter as they are; text as treatment contrasts, one column for each value but the first, named as formulaic and
R name them (`regime1[T.dem]`). Whatever else a formula holds (`:`, `*`, functions) goes to formulaic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.errors import InputError
from foedus.estimators.strategic.frames import Columns
from foedus.estimators.strategic.jets import Floats

INTERCEPT = "(Intercept)"
_TERM = re.compile(r"\s*([+-]?)\s*(?:`([^`]+)`|([^\W\d][\w.]*|\.[\w.]*)|([01]))\s*", re.UNICODE)


@dataclass(frozen=True)
class PlainPart:
    """Regressors of one index.

    terms       columns, in order
    intercept   whether there is a constant, first
    levels      of each text column, the first being the reference
    """

    terms: tuple[str, ...]
    intercept: bool
    levels: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the regressors."""
        made = [INTERCEPT] if self.intercept else []
        for term in self.terms:
            made += [f"{term}[T.{level}]" for level in self.levels[term][1:]] if term in self.levels else [term]
        return tuple(made)

    def matrix(self, data: Columns, label: str) -> Floats:
        """Return [row, regressor] values. Raises InputError for a value of a text column that the fit has not seen."""
        columns = [np.ones(data.rows)] if self.intercept else []
        for term in self.terms:
            values = data[term]
            if term not in self.levels:
                columns.append(np.asarray(values, dtype=np.float64))
                continue
            if strange := sorted(set(values.tolist()) - set(self.levels[term])):
                msg = f"{label}: the new data have values of a factor that the fit has not seen: {term} {strange[0]}"
                raise InputError(msg)
            columns += [(values == level).astype(np.float64) for level in self.levels[term][1:]]
        return np.column_stack(columns) if columns else np.empty((data.rows, 0))


def read_terms(text: str, data: Columns) -> tuple[tuple[str, ...], bool] | None:
    """Return the columns of a plain formula and whether it has a constant; None where it holds anything else.

    A name without back-ticks may have dots and letters of any alphabet, if there is such a column.
    """
    terms: dict[str, None] = {}
    intercept, place = True, 0
    while place < len(text):
        found = _TERM.match(text, place)
        if found is None or (place and not found[1]):
            return None
        place = found.end()
        sign, name, digit = found[1], found[2] or found[3], found[4]
        if digit is not None:
            intercept = (digit == "1") == (sign != "-")
        elif name not in data.values:
            return None
        elif sign == "-":
            terms.pop(name, None)
        else:
            terms[name] = None
    return tuple(terms), intercept


def plain_part(text: str, data: Columns) -> PlainPart | None:
    """Return a part from data without missing values; None where it needs formulaic."""
    read = read_terms(text, data)
    if read is None:
        return None
    terms, intercept = read
    texts = [term for term in terms if data[term].dtype == object]
    if texts and not intercept:
        return None  # without a constant the first factor has a column for every value
    levels = {term: data.levels.get(term) or tuple(sorted(set(data[term].tolist()))) for term in texts}
    return PlainPart(terms, intercept, levels)
