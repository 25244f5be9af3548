"""What allies lose and are promised over the years of a run, part by part: memory grows with futures, not with years.

Everything that a table says of an ally follows from these few arrays, so that a run whose record is larger than memory
is summed up in a few hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.keeping import HEADLINE
from foedus.engine.measures import Group
from foedus.results.results import Results
from foedus.study.span import Span

Values = NDArray[np.float32]

LOSSES = ("loss_conceded", "loss_fought")
PROMISES = ("promise_true", "promise_ally", "promise_adversary")


@dataclass(frozen=True)
class Levels:
    """One posture over the years of a run: [A, N] by ally and future.

    means   means over years by measure: `loss` and its two parts in the unit of the scale, and the three promises
    at_war  chance of at least one war against the ally
    ground  share of what is at issue with its worst challenger that is conceded or lost by the last year
    path    [Y, A] loss by year, mean over futures
    """

    means: dict[str, Values]
    at_war: Values
    ground: Values
    path: NDArray[np.float64]


def levels(results: Results, roles: tuple[str, ...], scale: Values) -> tuple[dict[str, Levels], Values | None]:
    """Levels by role; and, where there are two, how much more is lost under the first, mean over years, [A, N].

    scale  what a loss of one stake is worth in each future, [N]
    """
    parts: dict[str, list[Levels]] = {role: [] for role in roles}
    gaps: list[Values] = []
    for span, some in _parts(results):
        losses = []
        for role in roles:
            held = {name: results.in_part(span, Group.ALLY, name, role) for name in HEADLINE}
            held |= {name: held[name] * scale[some] for name in LOSSES}
            held["loss"] = held["loss_conceded"] + held["loss_fought"]
            losses.append(held["loss"])
            parts[role].append(_reduced(held))
        if len(roles) == 2:
            gaps.append((losses[0] - losses[1]).mean(axis=0))
    return {role: _joined(found, results.futures) for role, found in parts.items()}, _beside(gaps) if gaps else None


def mean_loss(results: Results) -> Values:
    """The answer of a run, [A, N] in stakes, mean over years: the paired difference of two postures, else the loss."""
    found = []
    for span, _ in _parts(results):
        loss = _loss(results, span, "posture")
        if "against" in results.roles:
            loss = loss - _loss(results, span, "against")
        found.append(loss.mean(axis=0))
    return _beside(found)


def _loss(results: Results, span: Span, role: str) -> Values:
    one, two = (results.in_part(span, Group.ALLY, name, role) for name in LOSSES)
    return np.asarray(one + two)


def _parts(results: Results) -> Iterator[tuple[Span, slice]]:
    """Each finished part, and where its futures lie on the axis of futures."""
    start = 0
    for span in results.spans:
        yield span, slice(start, start + span.size)
        start += span.size


def _reduced(held: dict[str, Values]) -> Levels:
    """Levels of one part; `path` is summed over its futures."""
    means = {name: held[name].mean(axis=0) for name in ("loss", *LOSSES, *PROMISES)}
    at_war = 1.0 - np.prod(1.0 - held["war"], axis=0)
    return Levels(means, at_war, held["conceded"][-1], held["loss"].sum(axis=2, dtype=np.float64))


def _joined(parts: list[Levels], futures: int) -> Levels:
    means = {name: _beside([part.means[name] for part in parts]) for name in parts[0].means}
    path = np.sum([part.path for part in parts], axis=0) / futures
    return Levels(means, _beside([p.at_war for p in parts]), _beside([p.ground for p in parts]), path)


def _beside(parts: list[Values]) -> Values:
    return np.concatenate(parts, axis=1) if len(parts) > 1 else np.ascontiguousarray(parts[0])
