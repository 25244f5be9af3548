"""What happened, and what analysts expect: one future of a study stepped year by year, and futures fanned from it.

One future, chosen by key, is what happened. It is a future like any other of the scenario that the orders make: whoever
runs that scenario with as many futures finds it there under its number. What analysts expect begins in the state in
which it stands: every future of the fan goes on from there with its own luck, and with parameters of its own, because
nobody at the table knows those of the world. Whether a guarantor is of the reliable type is not seen either: the fan
draws it again from what allies believe.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine import record
from foedus.engine.draws import Draws, identities
from foedus.engine.fronts import Fronts
from foedus.engine.layout import Floats
from foedus.engine.measure import Group
from foedus.engine.moves import Moves
from foedus.engine.setting import Setting
from foedus.engine.situation import Origin
from foedus.engine.state import State, at_start
from foedus.engine.support import per_guarantor
from foedus.engine.year import step
from foedus.results.outbreak import chance_of_a_war
from foedus.study import CHUNK, Study
from foedus.tabletop.seen import YearSeen, see

Values = NDArray[np.float64]

MOST_ANALYSTS = CHUNK
"""Futures of a fan at most: those that run side by side."""


def chosen_future(seed: int, futures: int) -> int:
    """Number of the future that becomes what happened, 0 to `futures` - 1: drawn by key, so that a seed has one."""
    drawn = Draws(seed, np.zeros(1, dtype=np.uint64)).uniform(0, "what happened", identities(["table-top"]))
    return min(int(float(drawn[0, 0]) * futures), futures - 1)


@dataclass(frozen=True)
class Played:
    """A study of which some years have happened.

    study     the scenario with every order so far
    chosen    number of the future that is what happened
    happened  the years that are over, in order
    fan       what is expected from the first open year on; in years that are over, every future is what happened
    """

    study: Study
    chosen: int
    happened: tuple[YearSeen, ...]
    fan: record.Record

    @property
    def closed(self) -> int:
        """How many years are over."""
        return len(self.happened)

    @property
    def allies(self) -> tuple[str, ...]:
        """Codes of the A allies, in axis order."""
        return tuple(self.study.world.states.iso3[i] for i in self.study.layout.allies)

    @property
    def open_years(self) -> tuple[int, ...]:
        """Years to come, the one that is open first."""
        return self.study.scenario.years[self.closed :]

    @cached_property
    def stake(self) -> Values:
        """Per cent of GDP that a stake of one is worth, [F]."""
        return 100.0 * self.study.parameters(0)["stake_share_of_gdp"].astype(np.float64)

    def ally(self, measure: str) -> Values:
        """A measure of allies over every year, [Y, A, F], as docs/measures.md has it."""
        return np.asarray(self.fan.allies[measure], dtype=np.float64)

    def loss(self) -> Values:
        """Expected loss of each ally in the years to come, [Y - closed, A, F], per cent of its product a year."""
        return ((self.ally("loss_conceded") + self.ally("loss_fought")) * self.stake)[self.closed :]

    def war(self, years: int | None = None) -> Values:
        """Chance of each ally, [A], that a war against it is on or breaks out in the years to come.

        years  only so many of them; all without it
        """
        ahead = self.ally("war")[self.closed :][:years]
        return np.asarray(chance_of_a_war(ahead).mean(axis=1))


def play(study: Study, closed: int) -> Played:
    """Let the first years of a study happen, and fan out what is expected after them.

    study   its futures, at most `MOST_ANALYSTS`, are those of the fan
    closed  how many years are over, 0 to all of them

    Raises ValueError for more futures, or more years, than there can be.
    """
    scenario = study.scenario
    if scenario.futures > MOST_ANALYSTS or not 0 <= closed <= len(scenario.years):
        msg = f"{scenario.futures} futures and {closed} years: at most {MOST_ANALYSTS} and {len(scenario.years)}"
        raise ValueError(msg)
    setting, chosen = study.setting(0, "posture"), chosen_future(scenario.seed, scenario.futures)
    shape = record.Shape.of(study.layout, len(scenario.years), scenario.futures)
    fan, state, origin, happened = record.empty(shape), at_start(setting), None, []
    for year in range(closed):
        situation, state = step(year, state, origin, setting)
        origin = situation.origin
        record.keep(fan, situation, state, setting)
        happened.append(see(situation, state, setting, chosen))
    for group in (Group.ALLY, Group.GUARANTOR, Group.REGION):
        for values in fan.tables[group].values():
            values[:closed] = values[:closed, :, chosen : chosen + 1]
    if closed:
        state = _unknown_types(closed, fanned(state, chosen, setting), chosen, setting)
    _expect(range(closed, len(scenario.years)), fan, state, origin, setting)
    return Played(study, chosen, tuple(happened), fan)


def _expect(years: Sequence[int], fan: record.Record, state: State, origin: Origin | None, setting: Setting) -> None:
    """Record the years to come."""
    for year in years:
        situation, state = step(year, state, origin, setting)
        origin = situation.origin
        record.keep(fan, situation, state, setting)


def fanned(state: State, chosen: int, setting: Setting) -> State:
    """The state of one future in the place of every future's."""
    spread: dict[str, Any] = {
        field.name: _fanned(getattr(state, field.name), chosen, setting) for field in fields(state)
    }
    return State(**spread)


def _fanned(value: Floats | Fronts | Moves, chosen: int, setting: Setting) -> Floats | Fronts | Moves:
    if isinstance(value, Moves):
        return Moves.none(setting)
    if isinstance(value, Fronts):
        mine, every = value.where(value.future == chosen), np.arange(setting.futures)
        spread = {field.name: np.repeat(getattr(mine, field.name), setting.futures, axis=0) for field in fields(mine)}
        return Fronts(**{**spread, "future": np.tile(every, len(mine))})
    return np.repeat(value[..., chosen : chosen + 1], setting.futures, axis=-1)


def _unknown_types(year: int, state: State, chosen: int, setting: Setting) -> State:
    """Guarantors of a type that nobody sees: drawn again for each future from what allies believe, on the mean.

    The future that is what happened keeps its own, so that it is one of those expected.
    """
    links = per_guarantor(np.ones_like(state.belief_ally), setting)
    chance = per_guarantor(state.belief_ally, setting) / np.maximum(links, 1.0)
    drawn = setting.draws.uniform(year, "type as analysts see it", setting.guarantor_ids) < chance
    reliable = drawn.astype(np.float32)
    reliable[:, chosen] = state.reliable[:, chosen]
    return replace(state, reliable=reliable)
