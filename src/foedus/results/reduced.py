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
from foedus.engine.measure import Group
from foedus.results.outbreak import chance_of_a_war
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


def levels(results: Results, role: str, scale: Values) -> Levels:
    """Levels of one posture.

    scale  what a loss of one stake is worth in each future, [N]
    """
    size = len(results.allies), results.futures
    means = {name: np.empty(size, dtype=np.float32) for name in ("loss", *LOSSES, *PROMISES)}
    at_war, ground = np.empty(size, dtype=np.float32), np.empty(size, dtype=np.float32)
    path = np.zeros((len(results.years), len(results.allies)))
    for span, some in _parts(results):
        held = {name: results.in_part(span, Group.ALLY, name, role) for name in HEADLINE}
        held |= {name: held[name] * scale[some] for name in LOSSES}
        held["loss"] = held["loss_conceded"] + held["loss_fought"]
        for name, values in means.items():
            values[:, some] = held[name].mean(axis=0)
        at_war[:, some] = chance_of_a_war(held["war"])
        ground[:, some] = held["conceded"][-1]
        path += held["loss"].sum(axis=2, dtype=np.float64)
    return Levels(means, at_war, ground, path / results.futures)


def mean_gap(results: Results, scale: Values) -> Values:
    """How much more is lost under the posture than under the other, [A, N] in the unit of `scale`, mean over years."""
    gap = np.empty((len(results.allies), results.futures), dtype=np.float32)
    for span, some in _parts(results):
        mine, other = (_loss(results, span, role, scale[some]) for role in ("posture", "against"))
        gap[:, some] = (mine - other).mean(axis=0)
    return gap


def mean_loss(results: Results) -> Values:
    """The answer of a run, [A, N] in stakes, mean over years: the paired difference of two postures, else the loss."""
    found = np.empty((len(results.allies), results.futures), dtype=np.float32)
    for span, some in _parts(results):
        loss = _loss(results, span, "posture")
        if "against" in results.roles:
            loss = loss - _loss(results, span, "against")
        found[:, some] = loss.mean(axis=0)
    return found


def _loss(results: Results, span: Span, role: str, scale: Values | float = 1.0) -> Values:
    one, two = (results.in_part(span, Group.ALLY, name, role) for name in LOSSES)
    return np.asarray(one * scale + two * scale)


def _parts(results: Results) -> Iterator[tuple[Span, slice]]:
    """Each finished part, and where its futures lie on the axis of futures."""
    start = 0
    for span in results.spans:
        yield span, slice(start, start + span.size)
        start += span.size
