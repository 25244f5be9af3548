"""Designs of one's own: which assumptions, which member of the record and which luck each future has, row by row.

A run draws all three for itself, so that its shares come from twins. A design sets them, so that each can be moved
while the others stay. That is what variance-based indices need, total effects among them. A row is

- a member of the ensemble, drawn whole, so that the rank correlations of the record are kept, by weights if given;
- the assumptions without a record that are not factors, a point of the sample that runs draw from;
- the factors: assumptions each moved by itself;
- luck: the number that every random draw of the future is keyed by.

Its id names all of them and depends on nothing else, so that the same row of two postures, or of two designs, is the
same future. SALib makes the points.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.draws import Draws
from foedus.engine.layout import Floats
from foedus.engine.setting import Setting
from foedus.errors import InputError, UnknownName
from foedus.facade import needs
from foedus.ledger import Parameter
from foedus.ledger.sampling import quantile
from foedus.posture import Scenario
from foedus.study import Study, prepare

Points = NDArray[np.float64]

METHODS = ("sobol", "morris", "lhs")
"""Saltelli's points for variance-based indices, trajectories for elementary effects, Latin hypercube."""

RECORD, OTHERS, LUCK = "record", "others", "luck"
"""Factors that stand for many things at once: the member, the assumptions that are no factor, all random draws."""

LEVELS = 4
"""Levels of a factor on a trajectory (Morris 1991)."""

LEAST_ROWS = 8
"""Rows below which a design tells nothing."""

MOST_POINTS, MOST_LUCK = 1 << 15, 1 << 31
"""Points and lucks that a design chooses among: so many that two rows share one only where the design says so."""


@dataclass(frozen=True)
class RowDesign:
    """Rows of a design, [N] each.

    method   of `METHODS`
    factors  names, in the order of the columns of `points`
    points   [N, k] in (0, 1)
    member   number of the member of the ensemble; -1 where a scenario draws from priors
    others   place in the sample of the assumptions that are no factor
    luck     number that random draws are keyed by
    """

    method: str
    factors: tuple[str, ...]
    points: Points
    member: NDArray[np.int64]
    others: NDArray[np.int64]
    luck: NDArray[np.uint64]

    @property
    def ids(self) -> list[str]:
        """Name of each row: member, assumptions, luck, and a hash of the factors' own values."""
        own = [k for k, name in enumerate(self.factors) if name not in (RECORD, OTHERS, LUCK)]
        marks = [hashlib.sha256(row.tobytes()).hexdigest()[:8] for row in np.ascontiguousarray(self.points[:, own])]
        rows = zip(self.member, self.others, self.luck, marks, strict=True)
        return [f"m{member}-a{others}-l{luck}-{mark}" for member, others, luck, mark in rows]

    @property
    def digest(self) -> str:
        """Hash of every row."""
        parts = (self.points, self.member, self.others, self.luck)
        text = f"{self.method}|{self.factors!r}".encode() + b"".join(np.ascontiguousarray(a).tobytes() for a in parts)
        return hashlib.sha256(text).hexdigest()[:16]


@dataclass(frozen=True)
class DesignedStudy(Study):
    """A study whose futures are the rows of a design."""

    design: RowDesign = field(default=None)  # type: ignore[assignment]

    @property
    def digest(self) -> str:
        """Hash of everything a future depends on, the design among it."""
        return hashlib.sha256(f"{super().digest}|{self.design.digest}".encode()).hexdigest()[:16]

    @property
    def made_by(self) -> dict[str, Any]:
        """What made the rows, for the manifest."""
        design = self.design
        return {"design": {"method": design.method, "factors": list(design.factors), "digest": design.digest}}

    def parameters(self, chunk: int) -> dict[str, Floats]:
        """Value of every parameter in each row of a chunk, [F] each."""
        rows = self._rows(chunk)
        values = super().parameters(chunk)
        if self.ensemble:
            members = self.ensemble.members[self.design.member[rows]]
            own = {*self.fixed, *self.ranges}
            taught = zip(self.ensemble.parameters, members.T, strict=True)
            values |= {name: column.astype(np.float32) for name, column in taught if name not in own}
        for name, column in zip(self.design.factors, self.design.points[rows].T, strict=True):
            if name not in (RECORD, OTHERS, LUCK):
                values[name] = self._quantile(self.ledger[name], column).astype(np.float32)
        return values

    def setting(self, chunk: int, role: str) -> Setting:
        """Everything a chunk of one posture runs on: the rows' own luck in place of the run's."""
        luck = Draws(self.scenario.seed, self.design.luck[self._rows(chunk)])
        return replace(super().setting(chunk, role), draws=luck)

    def _points_of(self, chunk: int) -> np.ndarray:
        return self.design.others[self._rows(chunk)]

    def _rows(self, chunk: int) -> slice:
        span = self.span(chunk)
        return slice(span.first, span.first + span.size)

    def _quantile(self, parameter: Parameter, level: Points) -> Points:
        low, high = self.ranges.get(parameter.name, (parameter.low, parameter.high))
        return quantile(parameter, level, low, high)


def designed(
    scenario: Scenario,
    method: str,
    factors: Sequence[str] = (),
    rows: int = 64,
    weights: NDArray[np.floating[Any]] | None = None,
) -> DesignedStudy:
    """A study of a scenario whose futures are the rows of a design.

    method   of `METHODS`
    factors  assumptions moved each by itself: parameters with a range that no record speaks of
    rows     base rows of `sobol`, of which there are two more for each factor; trajectories of `morris`, each one more
             future than factors; futures of `lhs`
    weights  [M] of the members of the ensemble, 0 or more; all alike without it

    Each trajectory of `morris` has a member, other assumptions and luck of its own; in the other two they are factors.

    Raises UnknownName for a method or parameter nobody declared; InputError for a factor that is not uncertain or
    comes with a member, for weights that are none, for too few rows, and where the extra is missing.
    """
    needs("SALib")
    if method not in METHODS:
        raise UnknownName("design", method, METHODS)
    if scenario.differing:
        msg = f"{scenario.name}: its sides differ in more than the posture, and a design has one set of assumptions"
        raise InputError(msg)
    plain = prepare(scenario.but(futures=1))
    _check(plain, factors, rows)
    weighed = _weights(plain, weights)
    made = (
        _morris(plain, factors, rows, weighed) if method == "morris" else _spread(plain, method, factors, rows, weighed)
    )
    parts = {name: getattr(plain, name) for name in ("world", "ledger", "blocks", "once")}
    return DesignedStudy(plain.scenario.but(futures=len(made.luck), command=scenario.command), **parts, design=made)


def _check(plain: Study, factors: Sequence[str], rows: int) -> None:
    taught = plain.ensemble.parameters if plain.ensemble else ()
    swept = {parameter.name for parameter in plain.swept} - set(plain.fixed)
    for name in factors:
        parameter = plain.ledger[name]
        if name in taught and name not in plain.ranges:
            msg = f"{name}: comes with a member of {plain.scenario.ensemble}, whole; it is part of the factor {RECORD}"
            raise InputError(msg)
        if name not in swept:
            msg = f"{name}: is held at {plain.fixed.get(name, parameter.default):g} here; a factor needs a range"
            raise InputError(msg)
    if len(set(factors)) < len(factors):
        msg = f"factors {', '.join(factors)}: one is named twice. Name it once"
        raise InputError(msg)
    if rows < LEAST_ROWS:
        msg = f"rows {rows}: a design that tells anything has {LEAST_ROWS} or more"
        raise InputError(msg)


def _weights(plain: Study, weights: NDArray[np.floating[Any]] | None) -> Points | None:
    """Cumulative weights of members, the last 1; None where a scenario draws from priors."""
    if plain.ensemble is None:
        if weights is not None:
            msg = "weights: this scenario draws from priors, which have no members"
            raise InputError(msg)
        return None
    count = len(plain.ensemble.members)
    held = np.ones(count) if weights is None else np.asarray(weights, dtype=np.float64)
    if held.shape != (count,) or not np.isfinite(held).all() or (held < 0.0).any() or held.sum() <= 0.0:
        msg = f"weights: {plain.scenario.ensemble} has {count} members; give each a weight of 0 or more, not all 0"
        raise InputError(msg)
    return np.asarray(np.cumsum(held) / held.sum(), dtype=np.float64)


def problem(names: Sequence[str]) -> dict[str, Any]:
    """SALib's description of factors between 0 and 1."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _spread(plain: Study, method: str, factors: Sequence[str], rows: int, weighed: Points | None) -> RowDesign:
    """Rows over all factors, member, other assumptions and luck among them."""
    from SALib.sample import latin, sobol

    names = (*factors, *((RECORD,) if weighed is not None else ()), OTHERS, LUCK)
    seed = plain.scenario.seed
    if method == "sobol":
        base = 1 << (rows - 1).bit_length()
        points = sobol.sample(problem(names), base, calc_second_order=False, seed=seed)
    else:
        points = latin.sample(problem(names), rows, seed=seed)
    column = dict(zip(names, points.T, strict=True))
    member = np.full(len(points), -1) if weighed is None else _member(column[RECORD], weighed)
    return RowDesign(method, names, points, member, _whole(column[OTHERS], MOST_POINTS), _luck(column[LUCK]))


def _morris(plain: Study, factors: Sequence[str], rows: int, weighed: Points | None) -> RowDesign:
    """Trajectories over the factors; the rest is of each trajectory."""
    from SALib.sample import morris

    if not factors:
        msg = "morris: moves one assumption at a time, and none is named. Name factors: --of"
        raise InputError(msg)
    seed, names = plain.scenario.seed, tuple(factors)
    points = np.clip(morris.sample(problem(names), rows, num_levels=LEVELS, seed=seed), 1e-6, 1.0 - 1e-6)
    at = np.repeat(np.random.default_rng([seed, 1]).uniform(size=(rows, 3)), len(names) + 1, axis=0)
    member = np.full(len(points), -1) if weighed is None else _member(at[:, 0], weighed)
    return RowDesign("morris", names, points, member, _whole(at[:, 1], MOST_POINTS), _luck(at[:, 2]))


def _member(level: Points, weighed: Points) -> NDArray[np.int64]:
    return np.minimum(np.searchsorted(weighed, level, side="right"), len(weighed) - 1).astype(np.int64)


def _whole(level: Points, most: int) -> NDArray[np.int64]:
    return np.minimum(level * most, most - 1).astype(np.int64)


def _luck(level: Points) -> NDArray[np.uint64]:
    return _whole(level, MOST_LUCK).astype(np.uint64)
