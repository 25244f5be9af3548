"""Formulas with one part a utility: `esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2`.

Left of `~` is what happened, right of it the regressors of each utility, split by `|`; each part has a constant
unless it says `0` or `- 1`; a part `0` sets the utility to zero. Parts other than plain ones (`plain.py`) are read by
formulaic, so that transforms (`np.log(x)`), interactions (`x:z`) and factors (`C(x)`) work.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.errors import EstimationError, InputError, UnknownName
from foedus.estimators.strategic.frames import Columns
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.plain import PlainPart, plain_part, read_terms

WORD = re.compile(r"`([^`]+)`|([^\W\d][\w.]*|\.[\w.]*)", re.UNICODE)


@dataclass(frozen=True)
class Formula:
    """A parsed formula: columns that say what happened, and one text per part."""

    outcome: tuple[str, ...]
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' + '.join(self.outcome)} ~ {' | '.join(self.parts)}"


def read_formula(formula: str | Mapping[str, str], labels: Sequence[str]) -> Formula:
    """Parse a formula.

    formula   text with one part for each of `labels`, or a mapping: "outcome" and, for each utility that is not
              zero, its label: {"outcome": "esc + war", "u1(status quo)": "s_wt_re1 + revis1", ...}
    labels    utilities in the order of the parts

    Raises InputError on a wrong number of parts, UnknownName on an unknown label.
    """
    if isinstance(formula, str):
        return _from_text(formula, labels)
    if "outcome" not in formula:
        msg = 'formula has no "outcome": name the columns that say what happened, such as "esc + war"'
        raise InputError(msg)
    for label in formula:
        if label != "outcome" and label not in labels:
            raise UnknownName("utility", label, labels)
    return Formula(_names(formula["outcome"]), tuple(formula.get(label, "0").strip() for label in labels))


def read_parts(text: str) -> tuple[str, ...]:
    """Split one-sided parts, as those of the scale: `~ x - 1 | z - 1`."""
    return tuple(part.strip() for part in _split(text.strip().removeprefix("~"), "|"))


def _from_text(formula: str, labels: Sequence[str]) -> Formula:
    sides = _split(formula, "~")
    if len(sides) != 2:
        msg = f'formula "{formula}" has {len(sides) - 1} signs "~"; it must have one: outcome ~ {" | ".join(labels)}'
        raise InputError(msg)
    parts = tuple(part.strip() for part in _split(sides[1], "|"))
    if len(parts) != len(labels):
        msg = (
            f'formula has {len(parts)} parts after "~"; it must have {len(labels)}, split by "|": '
            f"{' | '.join(labels)}. Write 0 for a utility of zero"
        )
        raise InputError(msg)
    if empty := [label for part, label in zip(parts, labels, strict=True) if not part]:
        msg = f"formula has nothing for {empty[0]}; write 0 for a utility of zero or 1 for a constant"
        raise InputError(msg)
    return Formula(_names(sides[0]), parts)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().strip("`") for name in text.split("+"))
    if not all(names):
        msg = f'the outcome "{text.strip()}" must be column names joined by "+"'
        raise InputError(msg)
    return names


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark that is not inside brackets or back-ticks."""
    pieces, depth, quoted, start = [], 0, False, 0
    for place, sign in enumerate(text):
        quoted ^= sign == "`"
        depth += (sign in "([{") - (sign in ")]}")
        if sign == mark and not depth and not quoted:
            pieces.append(text[start:place])
            start = place + 1
    return [*pieces, text[start:]]


@dataclass(frozen=True)
class Part:
    """The regressors of one index.

    label     the index: "u1(war)"
    text      as the user wrote it
    names     of its columns; the constant is "(Intercept)", as in R
    columns   of the data it uses
    spec      a `PlainPart`, or formulaic's record of factors and transforms, to build the same columns from other data
    """

    label: str
    text: str
    names: tuple[str, ...]
    columns: tuple[str, ...]
    spec: Any

    def design(self, data: Columns) -> Floats:
        """Return [row, column] regressors from data without missing values."""
        if isinstance(self.spec, PlainPart):
            return _checked(self.spec.matrix(data, self.label), self.names, self.label)
        matrix = _materialise(self.spec, data, self.columns, self.label)
        return _checked(matrix, self.names, self.label)


def columns_used(text: str, data: Columns, where: str) -> tuple[str, ...]:
    """Return the columns that one part uses. Raises UnknownName."""
    if (read := read_terms(text, data)) is not None:
        return read[0]
    try:
        from formulaic import Formula as Formulaic
        from formulaic.errors import FormulaicError
    except ImportError:
        msg = 'formulas need the package formulaic: pip install "foedus[history]"'
        raise InputError(msg) from None
    words = [ticked or word for ticked, word in WORD.findall(text)]
    used = tuple(dict.fromkeys(word for word in words if word in data.values))
    safe, _ = _safe(text, used)
    try:
        wanted = sorted(name for name in Formulaic(safe).required_variables if name not in _aliases(used).values())
        data.require(wanted, f"{where}: ")
    except (FormulaicError, SyntaxError, AttributeError) as error:
        msg = f'{where}: "{text}" is not a formula: {_first_line(error)}'
        raise InputError(msg) from None
    return used


def build_part(label: str, text: str, data: Columns) -> tuple[Part, Floats]:
    """Return one index's regressors and their record, from data without missing values.

    Raises EstimationError for a text column with one value, which would be dropped without a word.
    """
    columns = columns_used(text, data, label)
    for name in columns:
        if data[name].dtype == object and len(values := set(data[name].tolist())) == 1:
            msg = f'not identified: {label}: "{name}" is "{next(iter(values))}" in every used row; leave it out'
            raise EstimationError(msg)
    if (plain := plain_part(text, data)) is not None:
        return Part(label, text, plain.names, columns, plain), _checked(plain.matrix(data, label), plain.names, label)
    safe, back = _safe(text, columns)
    matrix = _materialise(safe, data, columns, label)
    names = tuple("(Intercept)" if name == "Intercept" else _named(str(name), back) for name in matrix.columns)
    part = Part(label, text, names, columns, matrix.model_spec)
    return part, _checked(matrix, names, label)


def _aliases(columns: Sequence[str]) -> dict[str, str]:
    """Return names that Python can read for columns that it cannot: with dots, spaces or letters of other alphabets."""
    return {name: f"column_{k}_" for k, name in enumerate(columns) if not (name.isidentifier() and name.isascii())}


def _safe(text: str, columns: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return a formula with such names replaced, and what each replacement stands for."""
    alias = _aliases(columns)

    def put(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return alias.get(name, found[0])

    return WORD.sub(put, text), {short: name for name, short in alias.items()}


def _named(name: str, back: Mapping[str, str]) -> str:
    for short, own in back.items():
        name = name.replace(short, own)
    return name


def _materialise(spec: Any, data: Columns, columns: Sequence[str], label: str) -> Any:
    from formulaic import model_matrix
    from formulaic.errors import DataMismatchWarning, FormulaicError

    frame = data.pandas(columns).rename(columns=_aliases(columns))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DataMismatchWarning)
            warnings.simplefilter("ignore", RuntimeWarning)
            return model_matrix(spec, frame, na_action="ignore", context={"np": np})
    except DataMismatchWarning as error:
        msg = f"{label}: the new data have values of a factor that the fit has not seen: {_first_line(error)}"
        raise InputError(msg) from None
    except (FormulaicError, NameError, TypeError, ValueError) as error:
        msg = f"{label}: cannot compute its regressors: {_first_line(error)}"
        raise InputError(msg) from None


def _checked(matrix: Any, names: Sequence[str], label: str) -> Floats:
    values = np.asarray(matrix, dtype=np.float64).reshape(len(matrix), len(names))
    bad = ~np.isfinite(values)
    if bad.any():
        row, column = (int(place[0]) for place in np.nonzero(bad))
        msg = f'{label}: regressor "{names[column]}" is {values[row, column]} in used row {row}; it must be finite'
        raise InputError(msg)
    return values


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
