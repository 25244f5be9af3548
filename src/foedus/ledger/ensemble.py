"""Ensembles: equally likely sets of parameter values that a record of history allows, stored as small tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from foedus.errors import LedgerError, UnknownName

Floats = NDArray[np.float64]
HERE = Path(__file__).parent / "ensembles"
SHIPPED = "record-2010"
"""The ensemble that every run draws from unless a scenario names another: the longest record there is."""
PRIOR = "prior"
"""In place of an ensemble's name: each parameter from its own range in the ledger, as before any record was read."""
DIGITS = 6
"""Significant digits of a stored value: far below what the record can tell apart."""


@dataclass(frozen=True)
class Learnt:
    """One parameter before and after the record.

    prior, prior_spread   mean and standard deviation before, cut at what the parameter can be (low, high)
    mean, spread          after
    """

    name: str
    meaning: str
    low: float
    high: float
    prior: float
    prior_spread: float
    mean: float
    spread: float

    @property
    def share(self) -> float:
        """Share of the prior's standard deviation that the record took away, at least 0."""
        return max(0.0, 1.0 - self.spread / self.prior_spread)


Role = Literal["constrains", "luck", "out of reach"]


@dataclass(frozen=True)
class TargetMet:
    """Something history showed, and what members expected of it.

    name, what, until       the hindcast that asks the same, what is measured, last year of it
    role                    "constrains": members were weighed by it. "luck": parameters explain too little of it to be
                            told anything. "out of reach": no parameter gives it, so a mechanism is missing
    record, tolerance       what was seen, and by how much it may differ from what was to be expected
    explained               share of its variance over futures that parameters explain
    before, before_spread   expected before any target was heard, luck and tolerance in the spread
    others, others_spread   expected when every target that constrains was heard but this one
    """

    name: str
    what: str
    until: int
    role: Role
    record: float
    tolerance: float
    explained: float
    before: float
    before_spread: float
    others: float
    others_spread: float

    @property
    def gain(self) -> float:
        """Log score that the other targets add to the forecast of this one; below zero they mislead."""
        said = ((self.before, self.before_spread), (self.others, self.others_spread))
        before, after = (-0.5 * ((self.record - m) / s) ** 2 - np.log(s) for m, s in said)
        return float(after - before)


@dataclass(frozen=True)
class Ensemble:
    """Equally likely values of the parameters a record speaks of.

    name        such as "record-1989": what was known at the end of that year
    first, last first and last year of the record used
    rows        pair-years used
    seed        of the draws
    effective   effective number of draws behind the members
    tail_index  of their weights; above 0.7 they would not be believed
    given       digest of the values held while these were estimated
    learnt      each parameter before and after, in the order of the columns
    members     [M, k]
    level, level_spread   log-odds of force given a dispute in the last ten years, beside what the rest expects, that
                members were moved to
    parent      name of the ensemble whose members were weighed by targets; "" where none were
    draws       how many draws of every parameter were weighed
    targets     each target, and how it was met
    """

    name: str
    first: int
    last: int
    rows: int
    seed: int
    effective: float
    tail_index: float
    given: str
    learnt: tuple[Learnt, ...]
    members: Floats
    level: float = 0.0
    level_spread: float = 0.0
    parent: str = ""
    draws: int = 0
    targets: tuple[TargetMet, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the columns of `members`."""
        return tuple(one.name for one in self.learnt)

    def values(self, most: int | None = None) -> list[dict[str, float]]:
        """Values by name of `most` members, spread evenly over all; of every member without it."""
        count = len(self.members)
        chosen = np.linspace(0, count - 1, min(most or count, count)).round().astype(int)
        return [dict(zip(self.parameters, self.members[i].tolist(), strict=True)) for i in chosen]

    def at(self, points: NDArray[np.integer], seed: int) -> dict[str, Floats]:
        """Values by name at parameter points [F], [F] each.

        Every block of as many points as there are members takes each member once, in an order of its own.
        """
        count = len(self.members)
        block, place = np.divmod(points, count)
        orders = {b: np.random.default_rng([seed, int(b)]).permutation(count) for b in np.unique(block)}
        member = np.array([orders[b][i] for b, i in zip(block, place, strict=True)], dtype=np.intp)
        return dict(zip(self.parameters, self.members[member].T, strict=True))

    @property
    def digest(self) -> str:
        """Hash of everything a run that draws from it depends on."""
        text = f"{self.name}|{self.parameters!r}|{self.given}".encode()
        return hashlib.sha256(text + self.members.tobytes()).hexdigest()[:16]

    def written(self) -> str:
        """The ensemble as JSON, values to `DIGITS` significant digits."""
        body = {key: value for key, value in vars(self).items() if key not in ("learnt", "members", "targets")}
        for key in ("learnt", "targets"):
            body[key] = [_rounded(asdict(one)) for one in getattr(self, key)]
        body["members"] = [[_short(x) for x in row] for row in self.members.tolist()]
        lines = json.dumps(_rounded({k: v for k, v in body.items() if k != "members"}), indent=1)
        rows = ",\n  ".join(json.dumps(row) for row in body["members"])
        return f'{lines[:-2]},\n "members": [\n  {rows}\n ]\n}}\n'


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def shortened(values: Floats) -> Floats:
    """Values as they are stored, to `DIGITS` significant digits; the shape as it was."""
    return np.array([_short(x) for x in values.ravel().tolist()]).reshape(values.shape)


def _rounded(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _short(value) if isinstance(value, float) else value for key, value in body.items()}


_FOLDERS: list[Path] = [HERE]
"""Where ensembles are looked for, the last first."""


@contextmanager
def ensembles_from(folder: Path) -> Iterator[None]:
    """Within it, the ensembles of a folder stand before those that ship, name by name."""
    _FOLDERS.append(folder)
    load_ensemble.cache_clear()
    try:
        yield
    finally:
        _FOLDERS.remove(folder)
        load_ensemble.cache_clear()


def ensemble_names() -> tuple[str, ...]:
    """Names of the ensembles that ship with Foedus, and of those that stand before them."""
    return tuple(sorted({path.stem for folder in _FOLDERS for path in folder.glob("record-*.json")}))


def named_ensemble(name: str) -> Ensemble | None:
    """The ensemble a scenario names, None for `PRIOR`; raise UnknownName with the nearest spelling for another."""
    if name == PRIOR:
        return None
    if name not in ensemble_names():
        raise UnknownName("ensemble", name, (*ensemble_names(), PRIOR))
    return load_ensemble(name)


def known_before(year: int) -> str:
    """Name of the ensemble with the longest record that ended before a year; `PRIOR` where none did."""
    ended = [(load_ensemble(name).last, name) for name in ensemble_names()]
    return max(((last, name) for last, name in ended if last < year), default=(0, PRIOR))[1]


@cache
def load_ensemble(name: str) -> Ensemble:
    """Read an ensemble that ships with Foedus. Raises UnknownName for one that does not."""
    if name not in ensemble_names():
        raise UnknownName("ensemble", name, ensemble_names())
    found = [folder / f"{name}.json" for folder in reversed(_FOLDERS)]
    return read_ensemble(next(path for path in found if path.is_file()))


Row = TypeVar("Row", "Learnt", "TargetMet", "Ensemble")
_KINDS: Mapping[str, type | tuple[type, ...]] = {"str": str, "int": int, "float": (int, float)}


def _typed(row: Row) -> Row:
    """A row read from JSON, whose plain fields have the types they declare; raise TypeError for another."""
    for one in fields(row):
        value = getattr(row, one.name)
        kind = _KINDS.get(str(one.type))
        if kind and not isinstance(value, kind):
            msg = f"{one.name} is {value!r}, no {one.type}"
            raise TypeError(msg)
    return row


def read_ensemble(path: Path) -> Ensemble:
    """Read an ensemble from a file.

    Raises LedgerError when it is no ensemble, or holds a value outside what its parameter can be.
    """
    try:
        body = dict(json.loads(path.read_text(encoding="utf-8")))
        learnt = tuple(_typed(Learnt(**one)) for one in body.pop("learnt"))
        targets = tuple(_typed(TargetMet(**one)) for one in body.pop("targets", ()))
        members = np.array(body.pop("members"), dtype=np.float64)
        read = _typed(Ensemble(learnt=learnt, members=members, targets=targets, **body))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        msg = f"{path.name}: is no ensemble ({error})"
        raise LedgerError(msg) from error
    if members.ndim != 2 or not len(members) or members.shape[1] != len(learnt):
        msg = f"{path.name}: {len(learnt)} parameters are declared, and members have shape {members.shape}"
        raise LedgerError(msg)
    for one, column in zip(learnt, members.T, strict=True):
        if not (one.low <= column.min() and column.max() <= one.high):
            msg = f"{path.name}: {one.name} leaves what it can be, {one.low:g} to {one.high:g}"
            raise LedgerError(msg)
    return read
