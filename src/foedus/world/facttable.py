"""Long-form fact tables: one row a figure, each with unit, range, source and grade.

A table is CSV with key columns first (`iso3`, or `guarantor, ally`, or `challenger, target`) and then
`variable, year, value, low, high, unit, source, grade, note`. Text facts use `value` as text where the
variable says so. A row that breaks a rule stops the load and is named by file and line.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import FactError, UnknownName
from foedus.terms import GRADES

EARLIEST, LATEST = 1800, 2100
"""Years that a fact can be of."""

FIGURE_COLUMNS = ("variable", "year", "value", "low", "high", "unit", "source", "grade", "note")


@dataclass(frozen=True)
class FactVariable:
    """What a fact table may say: a name, its one legal unit, its legal range, whether whole, and what it means."""

    name: str
    unit: str
    meaning: str
    low: float = float("-inf")
    high: float = float("inf")
    whole: bool = False

    def wrong(self, number: float) -> str:
        """What is wrong with a number as a value of the variable; empty when nothing is."""
        if self.whole and number != round(number):
            return f"{number:g} is not a whole number ({self.unit}: {self.meaning})"
        return ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure. `key` holds the key columns in order; `low` and `high` bracket `value` when known."""

    key: tuple[str, ...]
    variable: str
    year: int
    value: float
    low: float | None
    high: float | None
    unit: str
    source: str
    grade: str
    note: str
    where: str

    def at(self, bound: str) -> float:
        """The figure (`value`) or an end of its range (`low`, `high`); the figure itself where no range is given."""
        end: float | None = getattr(self, bound)
        return self.value if end is None else end


def read_facts(
    path: Path, keys: tuple[str, ...], variables: Mapping[str, FactVariable], sources: Collection[str]
) -> list[Fact]:
    """Read one long-form table.

    path       the CSV file
    keys       names of its key columns, in order
    variables  legal variables by name; each row's unit must be its variable's unit
    sources    legal BibTeX keys; a row may name several, separated by semicolons

    Raises FactError or UnknownName, naming file and line.
    """
    return list(_rows(path, keys, variables, frozenset(sources)))


def latest_of(rows: Iterable[Fact]) -> dict[tuple[tuple[str, ...], str], Fact]:
    """Latest fact by key and variable; of two of one year, the later row."""
    found: dict[tuple[tuple[str, ...], str], Fact] = {}
    for fact in rows:
        held = found.get((fact.key, fact.variable))
        if held is None or fact.year >= held.year:
            found[(fact.key, fact.variable)] = fact
    return found


def _rows(
    path: Path, keys: tuple[str, ...], variables: Mapping[str, FactVariable], sources: frozenset[str]
) -> Iterator[Fact]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.reader(handle)
            header = tuple(next(reader, ()))
            wanted = keys + FIGURE_COLUMNS
            if header != wanted:
                msg = f"{path.name}:1  columns are {', '.join(header) or 'missing'}; they must be {', '.join(wanted)}"
                raise FactError(msg)
            seen: dict[tuple[object, ...], int] = {}
            for row in reader:
                where = f"{path.name}:{reader.line_num}"
                if len(row) != len(wanted):
                    msg = f"{where}  has {len(row)} fields, not {len(wanted)}. Quote a note that holds commas."
                    raise FactError(msg)
                fact = checked_fact(tuple(row[: len(keys)]), row[len(keys) :], where, variables, sources)
                name = (fact.key, fact.variable, fact.year)
                if name in seen:
                    what = f"{', '.join(fact.key)} {fact.variable} {fact.year}"
                    msg = f"{where}  repeats line {seen[name]} ({what}). Keep one."
                    raise FactError(msg)
                seen[name] = reader.line_num
                yield fact
    except UnicodeDecodeError as error:
        msg = f"{path.name}: not UTF-8 text. Save it as UTF-8 CSV."
        raise FactError(msg) from error
    except csv.Error as error:
        msg = f"{path.name}: not comma-separated text ({error})"
        raise FactError(msg) from error
    except OSError as error:
        msg = f"{path.name}: cannot be read ({error.strerror})"
        raise FactError(msg) from error


def checked_fact(
    key: tuple[str, ...],
    figures: Sequence[str],
    where: str,
    variables: Mapping[str, FactVariable],
    sources: Collection[str],
) -> Fact:
    """Make a fact of the text of its figure columns, in their order.

    Raises FactError or UnknownName, naming `where`, for a row that breaks a rule.
    """
    variable, year, value, low, high, unit, source, grade, note = figures
    spec = variables.get(variable)
    if spec is None:
        raise UnknownName("variable", variable, variables, f"{where}  {variable}")
    if unit != spec.unit:
        msg = f'{where}  {variable} is in "{unit}"; it must be in "{spec.unit}"'
        raise FactError(msg)
    if not source:
        msg = f"{where}  {variable} of {', '.join(key)} has no source. Name a key of the bibliography."
        raise FactError(msg)
    for name in source.split(";"):
        if name not in sources:
            raise UnknownName("source", name, sorted(sources), f"{where}  {name}")
    if grade not in GRADES:
        msg = f'{where}  grade is "{grade}"; it must be one of {", ".join(GRADES)}'
        raise FactError(msg)
    number = _number(value, where, "value")
    least = _number(low, where, "low") if low else None
    most = _number(high, where, "high") if high else None
    for column, figure in (("", number), ("low of ", least), ("high of ", most)):
        if figure is not None:
            _check_value(spec, figure, f"{where}  {column}{variable}")
    if (least is not None and least > number) or (most is not None and most < number):
        msg = f"{where}  {variable} {number:g} lies outside its own range {low or '…'} to {high or '…'}"
        raise FactError(msg)
    return Fact(key, variable, _year(year, where), number, least, most, unit, source, grade, note, where)


def _check_value(spec: FactVariable, number: float, what: str) -> None:
    if not spec.low <= number <= spec.high:
        msg = f"{what} is {number:g}; legal values are {spec.low:g} to {spec.high:g} {spec.unit}"
        raise FactError(msg)
    if wrong := spec.wrong(number):
        msg = f"{what}: {wrong}"
        raise FactError(msg)


def _year(text: str, where: str) -> int:
    year = _number(text, where, "year")
    if year != round(year) or not EARLIEST <= year <= LATEST:
        msg = f'{where}  year is "{text}"; it must be a whole year from {EARLIEST} to {LATEST}'
        raise FactError(msg)
    return int(year)


def _number(text: str, where: str, column: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not math.isfinite(number):
        msg = f'{where}  {column} is "{text}", not a number'
        raise FactError(msg)
    return number
