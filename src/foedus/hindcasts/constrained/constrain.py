"""Weigh draws of every parameter by the targets, leave each target out in turn, and keep equally likely members."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.estimators.emulator import emulate, normal_ranks
from foedus.estimators.raking import Raked, rake
from foedus.hindcasts.constrained.targets import PastTarget, Runs, Shown, targets
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import Ensemble, Learnt, Role, TargetMet, load_ensemble, shortened
from foedus.past import world_of
from foedus.past.running import study_of_past
from foedus.study.span import points_of

Floats = NDArray[np.float64]
ANY_YEAR = 1974
"""Parameters are those of any past year: they depend on ensemble, futures and seed alone."""
LEAST_EXPLAINED = 0.1
"""Share of a target's variance over futures that parameters must explain, or it is luck and weighs nothing."""
OUT_OF_REACH = 3.0
"""Standard deviations, of everything that is not known, from which a mechanism is missing and no parameter is wrong."""
MOVED = 0.1
"""Standard deviations by which a mean must move for a parameter beyond the record's own to be kept in the members."""


@dataclass(frozen=True)
class JoinedDraws:
    """Draws of every uncertain parameter, each point once, and what runs with them showed.

    names    [k] of the parameters
    values   [n, k]
    shown    what each target's runs showed in those futures, by target
    """

    names: tuple[str, ...]
    values: Floats
    shown: tuple[Shown, ...]


def draw(runs: Runs, chosen: Sequence[PastTarget], told: Callable[[str], None] = lambda _: None) -> JoinedDraws:
    """Run the past for some targets, with the parameters that every one of these runs draws.

    told   called with each target's name before it runs
    """
    study = study_of_past(
        world_of(ANY_YEAR, runs.folder), ANY_YEAR + 1, ANY_YEAR, runs.futures, runs.seed, ensemble=runs.ensemble
    )
    chunks = range(study.chunks())
    held = [study.parameters(chunk) for chunk in chunks]
    points = np.concatenate([points_of(chunk, study.size(chunk), study.chunk_length) for chunk in chunks])
    _, once = np.unique(points, return_index=True)
    columns = {name: np.concatenate([part[name] for part in held]).astype(float)[once] for name in held[0]}
    names = tuple(name for name, column in columns.items() if np.ptp(column) > 0.0)
    shown = []
    for target in chosen:
        told(f"{target.name}: {target.what}")
        found = target.show(runs)
        shown.append(replace(found, drawn=np.asarray(found.drawn, dtype=np.float64)[once]))
    return JoinedDraws(names, np.stack([columns[name] for name in names], axis=1), tuple(shown))


@dataclass(frozen=True)
class Constrained:
    """Weights of the draws, and how each target was met.

    raked   by every target that constrains
    met     one a target
    """

    raked: Raked
    met: tuple[TargetMet, ...]


def constrain(drawn: JoinedDraws, chosen: Sequence[PastTarget], least: float | None = None) -> Constrained:
    """Weigh draws by the targets that parameters explain and can reach.

    least   effective draws below which weights are refused; a tenth of the draws without it

    Each line of the result says what the draws expected of a target before any weighing, and what they expect when
    only the other targets weigh. Raises EstimationError when the targets are tighter than the draws can meet.
    """
    inputs = normal_ranks(drawn.values)
    told = [emulate(inputs, np.asarray(one.drawn, dtype=np.float64)) for one in drawn.shown]
    expected = np.stack([one.expected for one in told], axis=1)
    record = np.array([one.record for one in drawn.shown])
    tolerance = np.array([np.hypot(s.tolerance, e.luck) for s, e in zip(drawn.shown, told, strict=True)])
    roles = [
        _role(e.explained, (r - e.expected.mean()) / np.hypot(w, e.expected.std()))
        for e, r, w in zip(told, record, tolerance, strict=True)
    ]
    names = [f"{target.name} ({target.what})" for target in chosen]
    floor = 0.1 * len(expected) if least is None else least

    def weighed(kept: Sequence[int]) -> Raked:
        at = list(kept)
        return rake(expected[:, at], record[at], tolerance[at], [names[i] for i in at], floor)

    weighing = [i for i, role in enumerate(roles) if role == "constrains"]
    whole, met = weighed(weighing), []
    for i, (target, one) in enumerate(zip(chosen, told, strict=True)):
        others = weighed([j for j in weighing if j != i])

        def said(by: Raked, i: int = i) -> tuple[float, float]:
            column = expected[:, i]
            return float(by.mean(column)), float(np.hypot(by.spread(column), tolerance[i]))

        equal = Raked(np.full(len(expected), 1.0 / len(expected)), float(len(expected)))
        figures = (*said(equal), *said(others))
        found = (float(record[i]), float(drawn.shown[i].tolerance), one.explained)
        met.append(TargetMet(target.name, target.what, target.until, roles[i], *found, *figures))
    return Constrained(whole, tuple(met))


def _role(explained: float, away: float) -> Role:
    if explained < LEAST_EXPLAINED:
        return "luck"
    return "out of reach" if abs(away) > OUT_OF_REACH else "constrains"


def constrained_ensemble(
    name: str,
    runs: Runs,
    parent: Ensemble | None = None,
    *,
    chosen: Sequence[PastTarget] | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Ensemble:
    """Members of an ensemble joined with draws of the rest of the ledger, weighed by targets.

    name     of the new one
    runs     `ensemble` there names the one whose members are weighed
    parent   that ensemble; the one that ships when None
    chosen   targets; every one when None

    Columns are the parent's, and each other parameter that moved. Raises EstimationError when the targets are tighter
    than the draws can meet.
    """
    asked = tuple(targets() if chosen is None else chosen)
    held = load_ensemble(runs.ensemble) if parent is None else parent
    drawn = draw(runs, asked, told)
    found = constrain(drawn, asked)
    learnt = _learnt(drawn, found.raked, held)
    columns = [drawn.names.index(one.name) for one in learnt]
    members = drawn.values[found.raked.members(len(held.members), runs.seed)][:, columns]
    return replace(
        held,
        name=name,
        last=max(target.until for target in asked),
        seed=runs.seed,
        effective=found.raked.effective,
        given=digest_of(held, runs, asked),
        learnt=learnt,
        members=shortened(members),
        parent=held.name,
        draws=len(drawn.values),
        targets=found.met,
    )


def digest_of(parent: Ensemble, runs: Runs, asked: Sequence[PastTarget]) -> str:
    """Hash of what the weights are given beside data and model: the parent, how it was run, and which targets."""
    what = (parent.digest, runs.futures, runs.seed, [(t.name, t.what, t.until) for t in asked], load_ledger().digest)
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def _learnt(drawn: JoinedDraws, raked: Raked, parent: Ensemble) -> tuple[Learnt, ...]:
    """The parent's parameters, then every other that the targets moved; both against what they were before."""
    before_mean, before_spread = drawn.values.mean(axis=0), drawn.values.std(axis=0)
    mean, spread = raked.mean(drawn.values), raked.spread(drawn.values)
    place = {name: i for i, name in enumerate(drawn.names)}
    found = [
        replace(one, mean=float(mean[place[one.name]]), spread=float(spread[place[one.name]])) for one in parent.learnt
    ]
    ledger = load_ledger()
    for name, i in place.items():
        if name in parent.parameters or abs(mean[i] - before_mean[i]) < MOVED * before_spread[i]:
            continue
        known, figures = ledger[name], (before_mean[i], before_spread[i], mean[i], spread[i])
        found.append(Learnt(name, known.meaning, known.low, known.high, *(float(x) for x in figures)))
    return tuple(found)
