"""The brief of an ally under the scenario on the page: one page of HTML, from runs that the process holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foedus.app.answering import TASKS, Stop
from foedus.app.changes import base_of, changes
from foedus.app.document import asked
from foedus.app.held import Memory
from foedus.brief.contents import STEADY
from foedus.brief.gather import drawn_up
from foedus.brief.page import page
from foedus.brief.runs import Ran
from foedus.exposure import account
from foedus.exposure.drawing_up import code_of
from foedus.posture import Scenario, preset, preset_names
from foedus.posture.side import Side
from foedus.study import Study, prepare
from foedus.world import World


def sides(scenario: Scenario) -> tuple[Scenario, Scenario]:
    """A scenario's own side alone, and steady support: the side compared with where that is its posture.

    The posture has the scenario's name and title, unless it is a preset and nothing else was changed.
    """
    states = World.load().states.iso3
    steady, alone = preset(STEADY, states), {"against": None, "other": Side()}
    posture = scenario.posture
    if posture.name not in preset_names() or posture != preset(posture.name, states) or _changed(scenario):
        own = f"{scenario.name}-changed" if scenario.name in preset_names() else scenario.name
        posture = replace(posture, name=own, title=scenario.title or own)
    compared = (
        scenario.side("against") if scenario.against is not None and scenario.against.name == STEADY else scenario
    )
    return scenario.but(posture=posture, **alone), compared.but(posture=steady, **alone)


def _changed(scenario: Scenario) -> bool:
    """Whether a scenario says anything besides its posture that moves a future, its years aside."""
    s = scenario
    parts = (s.without, s.fixed, s.ranges, s.doctrines, s.figures, s.events, s.wars, s.guarantor, s.states)
    return any(parts) or not s.plans


def briefed(memory: Memory, stop: Stop, document: Mapping[str, Any], futures: int, ally: str) -> str:
    """The brief as the text of an HTML file."""

    def run(studies: Mapping[str, Study]) -> dict[str, Ran]:
        return {name: Ran(name, study, memory.results(study, stop)) for name, study in studies.items()}

    scenario = asked(document).but(futures=futures)
    mine, steady = (prepare(side) for side in sides(scenario))
    world = World.load() if scenario.states else mine.world
    drawn = drawn_up(account(world, code_of(world, ally)), mine, steady, run)
    return page(drawn, [] if drawn.posture.name in preset_names() else changes(scenario, base_of(document)))


TASKS.update({"brief": briefed})
