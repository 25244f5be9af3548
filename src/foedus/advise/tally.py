"""What one run tells of some allies: outcomes of every future, and what could be watched on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.keeping import only
from foedus.engine.layout import Floats
from foedus.engine.measure import Group
from foedus.engine.observation import Observation
from foedus.engine.record import Record
from foedus.engine.setting import Setting
from foedus.engine.watching import Watched
from foedus.results.headline import WINDOW
from foedus.study import Study
from foedus.terms import NuclearStatus

OUTCOMES = (
    *("cost", "loss", "war", "ground", "window", "proliferation", "dependence", "leaning"),
    *("beyond", "alone", "tension"),
)
"""Outcomes of a future: those of the objectives, then spending beyond what opinion and debt carry (per cent of
product), the chance of losing alone and tension with the guarantor in the last year."""

WATCHED = (
    *("spending", "chance_promise_kept", "fatal_risk", "threat", "tension"),
    *("support", "hostility", "capability", "cohesion"),
)
"""What can be seen on the way: spending, the measures a rule can ask about, and four that anyone can follow."""

_RECORDED = {"chance_promise_kept": "promise_ally"}
"""Names of the record's measures, where they are others."""

WATCH_AFTER = (4, 9)
"""Years after the first in which the watched measures are kept, beside the last."""


@dataclass(frozen=True)
class Tally:
    """Outcomes and watched measures of some allies.

    outcomes  [len(OUTCOMES), A, F]; cost, loss and beyond in per cent of product
    watched   [len(WATCHED), W, A, F] in the years of `watch_years`
    """

    outcomes: Floats
    watched: Floats


def watch_years(years: tuple[int, ...]) -> tuple[int, ...]:
    """The W years in which measures are kept: early, middle, last; fewer in a short run."""
    wanted = [years[after] for after in WATCH_AFTER if after < len(years) - 1]
    return (*wanted, years[-1])


def _fatal_risk(seen: Observation) -> Floats:
    return seen.now.pressure.war_risk


def _threat(seen: Observation) -> Floats:
    return seen.now.pressure.threat


def _nuclear(seen: Observation) -> Floats:
    return seen.after.nuclear


def _at_peace(seen: Observation) -> Floats:
    return seen.after.peace


PRESSED = (Watched("fatal_risk", _fatal_risk), Watched("threat", _threat))
"""What can be seen on the way and the record leaves out, of every state."""

NUCLEAR = Watched("nuclear", _nuclear)
"""Nuclear status of every state."""

ENDED = (NUCLEAR, Watched("peace", _at_peace))
"""What outcomes are told from at the end and the record leaves out: nuclear status of states, peace of pairs."""

LAST = {"ground": "conceded", "dependence": "dependence", "leaning": "lean_rival", "alone": "win_alone"}
"""Measures of the record that outcomes take of the last year, with `tension`."""

KEPT = only(
    {
        Group.ALLY: (
            *("loss_conceded", "loss_fought", "spending", "beyond", "tension", *LAST.values()),
            *(_RECORDED.get(name, name) for name in WATCHED if name not in {one.name for one in PRESSED}),
        )
    }
)
"""Measures that a tally is told from."""


def tally(study: Study, setting: Setting, allies: tuple[int, ...], region: NDArray[np.bool_]) -> Tally:
    """Run the futures of a setting and tell of some allies.

    study   whose engine runs them
    allies  index of each among the states, [A]
    region  [A, S] states in which a new nuclear programme counts against each ally: those that had none at the start
    """
    record = study.machinery((*PRESSED, *ENDED), KEPT).run(setting)
    places = np.asarray(allies, dtype=np.intp)
    rows = np.searchsorted(setting.layout.allies, places)

    def of(measure: str) -> Floats:
        return record.allies[measure][:, rows]

    watch = [setting.years.index(year) for year in watch_years(setting.years)]
    watched = [
        record.watched[name][:, places] if name in record.watched else of(_RECORDED.get(name, name)) for name in WATCHED
    ]
    return Tally(_outcomes(of, record, setting, places, region), np.stack([held[watch] for held in watched]))


def _outcomes(
    of: Callable[[str], Floats], record: Record, setting: Setting, allies: NDArray[np.intp], region: NDArray[np.bool_]
) -> Floats:
    """Every outcome of a finished run, [len(OUTCOMES), A, F].

    of  a measure of the allies told of, [Y, A, F]
    """
    p, loss = setting.p, of("loss_conceded") + of("loss_fought")
    weight = (1.0 + p["discount"]) ** -np.arange(len(loss), dtype=np.float32)[:, None]
    weight = (weight / weight.sum(axis=0))[:, None]
    programmes = (record.watched["nuclear"][-1] >= NuclearStatus.PURSUES).astype(np.float32)
    found = {
        "cost": 100.0 * (weight * of("spending")).sum(axis=0),
        "loss": 100.0 * p["stake_share_of_gdp"] * (weight * loss).sum(axis=0),
        "war": 1.0 - _peace(record.watched["peace"][-1], setting)[allies],
        "window": (loss > WINDOW * loss[0]).sum(axis=0),
        "proliferation": region.astype(np.float32) @ programmes,
        "beyond": 100.0 * of("beyond").mean(axis=0),
        **{name: of(measure)[-1] for name, measure in (*LAST.items(), ("tension", "tension"))},
    }
    return np.stack([found[name] for name in OUTCOMES]).astype(np.float32)


def _peace(peace: Floats, setting: Setting) -> Floats:
    """Chance that nobody has gone to war against each state so far, [S, F].

    peace  of each pair, [P, F]
    """
    logs = np.log(np.maximum(peace, np.float32(1e-9)))
    return np.exp(setting.layout.by_target(logs))
