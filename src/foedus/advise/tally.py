"""What one run tells of some allies: outcomes of every future, and what could be watched on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.engine.observation import Observation
from foedus.engine.setting import Setting
from foedus.engine.situation import Block, Situation
from foedus.engine.state import State, at_start
from foedus.engine.year import step
from foedus.results.headline import WINDOW
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


def tally(setting: Setting, allies: tuple[int, ...], region: NDArray[np.bool_], blocks: tuple[Block, ...]) -> Tally:
    """Run the futures of a setting and tell of some allies.

    allies  index of each among the states, [A]
    region  [A, S] states in which a new nuclear programme counts against each ally: those that had none at the start
    """
    state, origin = at_start(setting), None
    watch = [setting.years.index(year) for year in watch_years(setting.years)]
    kept = _Kept.empty(setting, allies, len(watch))
    for year in range(len(setting.years)):
        situation, state = step(year, state, origin, setting, blocks)
        origin = situation.origin
        kept.see(situation, state, setting)
        if year in watch:
            kept.watch(watch.index(year), situation, state, setting)
    return Tally(kept.outcomes(state, setting, region), kept.watched)


@dataclass
class _Kept:
    """Sums of a run that is under way."""

    rows: NDArray[np.intp]
    allies: NDArray[np.intp]
    watched: Floats
    loss: list[Floats]
    share: list[Floats]
    beyond: list[Floats]
    last: dict[str, Floats]

    @staticmethod
    def empty(setting: Setting, allies: tuple[int, ...], watches: int) -> _Kept:
        places = np.asarray(allies, dtype=np.intp)
        rows = np.searchsorted(setting.layout.allies, places)
        watched = np.zeros((len(WATCHED), watches, len(allies), setting.futures), dtype=np.float32)
        return _Kept(rows, places, watched, [], [], [], {})

    def of(self, measure: str, seen: Observation) -> Floats:
        """A measure of the record for the allies told of, [A, F]."""
        return np.asarray(MEASURES[Group.ALLY][measure].compute(seen)[self.rows], dtype=np.float32)

    def see(self, situation: Situation, state: State, setting: Setting) -> None:
        """Keep a year's loss and spending, and what the last year is asked for."""
        seen = Observation(situation, state, setting)
        self.loss.append(self.of("loss_conceded", seen) + self.of("loss_fought", seen))
        self.share.append(self.of("spending", seen))
        self.beyond.append(self.of("beyond", seen))
        if situation.year == len(setting.years) - 1:
            named = {"ground": "conceded", "dependence": "dependence", "leaning": "lean_rival", "alone": "win_alone"}
            self.last = {name: self.of(measure, seen) for name, measure in (*named.items(), ("tension", "tension"))}

    def watch(self, place: int, situation: Situation, state: State, setting: Setting) -> None:
        """Keep what could be seen this year."""
        seen = Observation(situation, state, setting)
        pressed = {"fatal_risk": situation.pressure.war_risk, "threat": situation.pressure.threat}
        for number, name in enumerate(WATCHED):
            if name in pressed:
                self.watched[number, place] = pressed[name][self.allies]
            else:
                self.watched[number, place] = self.of(_RECORDED.get(name, name), seen)

    def outcomes(self, state: State, setting: Setting, region: NDArray[np.bool_]) -> Floats:
        """Every outcome of the finished run, [len(OUTCOMES), A, F]."""
        p, loss = setting.p, np.stack(self.loss)
        weight = (1.0 + p["discount"]) ** -np.arange(len(loss), dtype=np.float32)[:, None]
        weight = (weight / weight.sum(axis=0))[:, None]
        programmes = (state.nuclear >= NuclearStatus.PURSUES).astype(np.float32)
        found = {
            "cost": 100.0 * (weight * np.stack(self.share)).sum(axis=0),
            "loss": 100.0 * p["stake_share_of_gdp"] * (weight * loss).sum(axis=0),
            "war": 1.0 - _peace(state, setting)[self.allies],
            "window": (loss > WINDOW * loss[0]).sum(axis=0),
            "proliferation": region.astype(np.float32) @ programmes,
            "beyond": 100.0 * np.stack(self.beyond).mean(axis=0),
            **self.last,
        }
        return np.stack([found[name] for name in OUTCOMES]).astype(np.float32)


def _peace(state: State, setting: Setting) -> Floats:
    """Chance that nobody has gone to war against each state so far, [S, F]."""
    logs = np.log(np.maximum(state.peace, np.float32(1e-9)))
    return np.exp(setting.layout.by_target(logs))
