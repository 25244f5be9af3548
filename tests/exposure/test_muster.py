"""The account reads the same start as the engine: the two agree to single precision."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foedus.engine.forces import muster as engine_muster
from foedus.engine.state import at_start
from foedus.engine.support import provide
from foedus.exposure.figure import drawn
from foedus.exposure.muster import Muster
from foedus.ledger import load_ledger
from foedus.posture import Scenario, preset
from foedus.study.study import Study
from foedus.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return World.load()


@pytest.fixture(scope="module")
def start(world: World):
    posture = preset("steady", world.states.iso3)
    study = Study(Scenario("start", "start", "", 2026, 2027, 1, 1, posture, None), world, load_ledger())
    defaults = {p.name: np.array([p.default], dtype=np.float32) for p in study.ledger}
    setting = replace(study.setting(0, "posture"), p=defaults)
    state = at_start(setting)
    support = provide(0, state, setting)
    return engine_muster(support, state, np.zeros((len(world.states.iso3), 1), dtype=np.float32), setting)


@pytest.mark.parametrize("code", ["POL", "EST", "DEU", "JPN", "KOR", "TWN", "ISR", "SAU", "UKR", "RUS", "CHN", "BLR"])
def test_own_pooled_and_helped_forces_equal_the_engines_first_muster(world: World, start, code: str) -> None:
    forces, row = Muster(world, world.index("USA")), world.index(code)
    linked_elsewhere = row in forces.link_of and world.links.guarantor[forces.link_of[row]] != forces.guarantor
    for domain in range(4):
        assert forces.effective(row, domain).value == pytest.approx(start.effective[row, domain, 0], rel=2e-5)
        assert forces.pooled(row, domain).value == pytest.approx(start.pooled[row, domain, 0], rel=2e-5)
        if row in forces.link_of and not linked_elsewhere:
            brought = forces.forward(row, domain).value + forces.coming(row, domain).value
            assert brought == pytest.approx(start.guarantor_help[row, domain, 0], rel=2e-4)


def test_withdrawing_every_channel_leaves_an_unallied_force_as_it_was(world: World) -> None:
    forces = Muster(world, world.index("USA"))
    russia = forces.effective(world.index("RUS"), 1)
    assert russia.given({f"switch {name}": 0.0 for name in forces.switches}) == russia.value


def test_no_force_is_ever_negative_on_any_draw(world: World) -> None:
    forces = Muster(world, world.index("USA"))
    for code in ("POL", "JPN", "SAU"):
        for domain in range(4):
            assert forces.together(world.index(code), domain).given({}, drawn).min() > 0.0
