"""Three musters, one set of forms: engine, account and agents field the same power, to single precision."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foedus.engine.forces import Forces
from foedus.engine.forces import muster as engine_muster
from foedus.engine.setting import Setting
from foedus.engine.state import at_start
from foedus.engine.support import provide
from foedus.equations import contest
from foedus.exposure.figure import drawn
from foedus.exposure.muster import Muster
from foedus.ledger import load_ledger
from foedus.posture import Scenario, preset
from foedus.study.study import Study
from foedus.study.swap import swap
from foedus.world import World


@pytest.fixture(scope="module")
def world() -> World:
    """Every fact at its middle, as the account has them."""
    world = World.load()
    states, links, whole = world.states, world.links, np.ones_like(world.states.usable_low)
    return replace(
        world,
        states=replace(states, usable_low=whole, usable_high=whole),
        links=replace(links, troops_low=links.troops, troops_high=links.troops),
    )


@pytest.fixture(scope="module")
def setting(world: World) -> Setting:
    """One future with every parameter at its default, as the account has them."""
    posture = preset("steady", world.states.iso3)
    study = Study(Scenario("start", "start", "", 2026, 2027, 1, 1, posture, None), world, load_ledger())
    defaults = {p.name: np.array([p.default], dtype=np.float32) for p in study.ledger}
    return replace(study.setting(0, "posture"), p=defaults)


@pytest.fixture(scope="module")
def start(world: World, setting: Setting) -> Forces:
    state = at_start(setting)
    support = provide(0, state, setting)
    return engine_muster(support, state, np.zeros((len(world.states.iso3), 1), dtype=np.float32), setting)


def powers(forces: list[float]) -> list[float]:
    """Log power of forces by domain in each theatre."""
    return [float(contest.log_power(*forces, weights)) for weights in contest.THEATRE_WEIGHTS]


def test_the_account_and_the_engine_muster_the_same_power_for_every_state(world: World, start: Forces) -> None:
    account = Muster(world, world.index("USA"))
    for row, code in enumerate(world.states.iso3):
        own, pooled = ([of(row, d).value for d in range(4)] for of in (account.effective, account.pooled))
        assert own == pytest.approx(start.effective[row, :, 0], rel=2e-5), code
        assert pooled == pytest.approx(start.pooled[row, :, 0], rel=2e-5), code
        assert powers(own) == pytest.approx(start.log_own[:, row, 0], abs=3e-5), code
        assert powers(pooled) == pytest.approx(start.log_pooled[:, row, 0], abs=3e-5), code


BELOW_LEAST_ACCESS = ("LUX", "MNE")
"""Allies that grant less access than the engine divides by: it counts them as having closed some of it."""


def test_with_the_guarantor_the_account_musters_the_engines_power_for_every_ally_of_the_united_states(
    world: World, start: Forces
) -> None:
    account, code_of = Muster(world, world.index("USA")), world.states.iso3
    mine = [row for row, link in account.link_of.items() if world.links.guarantor[link] == account.guarantor]
    apart = {code_of[row] for row in mine if world.links.access[account.link_of[row]] < 1e-3}
    assert apart == set(BELOW_LEAST_ACCESS)
    for row in mine:
        helped = [account.together(row, d).value for d in range(4)]
        brought = [account.forward(row, d).value + account.coming(row, d).value for d in range(4)]
        if code_of[row] not in BELOW_LEAST_ACCESS:
            assert brought == pytest.approx(start.guarantor_help[row, :, 0], rel=2e-4), code_of[row]
            assert powers(helped) == pytest.approx(start.log_helped[:, row, 0], abs=1e-4), code_of[row]


def test_the_agents_muster_the_same_power_as_the_engine_for_every_state(
    start: Forces, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "benchmarks")
    model = importlib.import_module("mesa_model").Alliance(setting)
    model.step()
    for row, state in enumerate(model.states):
        assert state.effective == pytest.approx(start.effective[row, :, 0], rel=2e-5), state.name
        assert state.pooled == pytest.approx(start.pooled[row, :, 0], rel=2e-5), state.name
        assert state.help == pytest.approx(start.guarantor_help[row, :, 0], rel=2e-4), state.name
        assert state.log_own == pytest.approx(start.log_own[:, row, 0], abs=3e-5), state.name
        assert state.log_pooled == pytest.approx(start.log_pooled[:, row, 0], abs=3e-5), state.name
        assert state.log_helped == pytest.approx(start.log_helped[:, row, 0], abs=1e-4), state.name


def test_an_equation_put_in_the_place_of_friction_reaches_the_account(world: World) -> None:
    row, usa = world.index("EST"), world.index("USA")
    with swap("contest.coalition_friction", lambda interoperability, members, friction: 1.0 + 0.0 * friction):
        whole = Muster(world, usa).pooled(row, 0).value
    forces = Muster(world, usa)
    sent = forces.pool_help(row, 0)
    assert sent is not None
    assert whole == pytest.approx(forces.effective(row, 0).value + sent.value)
    assert whole > forces.pooled(row, 0).value


def test_withdrawing_every_channel_leaves_an_unallied_force_as_it_was(world: World) -> None:
    forces = Muster(world, world.index("USA"))
    russia = forces.effective(world.index("RUS"), 1)
    assert russia.given({f"switch {name}": 0.0 for name in forces.switches}) == russia.value


def test_no_force_is_ever_negative_on_any_draw(world: World) -> None:
    forces = Muster(world, world.index("USA"))
    for code in ("POL", "JPN", "SAU"):
        for domain in range(4):
            assert forces.together(world.index(code), domain).given({}, drawn).min() > 0.0
