"""No sink and no overflow: random worlds, postures and parameters over their whole ranges, forty years."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import foedus.engine
import small_world
from foedus import terms
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State, at_start
from foedus.engine.year import step
from foedus.posture import preset, preset_names
from foedus.study.policy import policy_of
from small_run import LEDGER, Case, setting

YEARS = 40

IN_UNIT = {
    *("share", "dependence", "home_share", "mixing", "outage", "portfolio", "reliable", "belief_ally"),
    *("belief_adversary", "access", "loyalty", "alignment", "interoperability", "resolve", "membership"),
    *("hostility", "recognition", "conceded", "cohesion", "campaigns", "strength"),
}
"""Parts of the state that are shares or chances."""

BETWEEN = {
    "tolerance": (-1.0, 1.0),
    "bomb_opinion": (-1.0, 1.0),
    "politics": (-3.0, 3.0),
    "reputation": (-2.0, 2.0),
    "tension": (0.0, 2.0),
    "debt": (0.0, 4.0),
    "nuclear": (0.0, 3.0),
    "relative": (0.0, 2.0),
    "load": (0.0, 5.0),
}


@st.composite
def cases(draw: st.DrawFn) -> Setting:
    """A random small world, a preset or random posture, and one parameter draw a future."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    states = small_world.states()
    scale = random.lognormal(0.0, 1.0, 5)
    changed = {
        "stocks": states.stocks * random.lognormal(0.0, 1.0, states.stocks.shape),
        "gdp": states.gdp * scale,
        "debt": random.uniform(0.0, 3.0, 5),
        "growth": random.uniform(-0.02, 0.08, 5),
        "warheads": random.choice([0.0, 50.0, 4000.0], 5),
    }
    channels = random.uniform(0.0, 1.5, (3, len(terms.CHANNELS)))
    groups, pooled = small_world.fighters(on=draw(st.booleans())), draw(st.booleans())
    case = Case(states=changed, links={"channels": channels}, fighters=groups, years=YEARS, futures=8, pooled=pooled)
    held = setting(case)
    corners = draw(st.booleans())
    p = {}
    for name, parameter in LEDGER.parameters.items():
        spot = random.choice([0.0, 1.0], 8) if corners else random.uniform(0.0, 1.0, 8)
        p[name] = (parameter.low + (parameter.high - parameter.low) * spot).astype(np.float32)
    name = draw(st.sampled_from((*preset_names(), "random")))
    if name == "random":
        levels = random.uniform(0.0, 2.0, held.policy.levels.shape).astype(np.float32)
        switched = random.uniform(0.0, 1.0, held.policy.switched_off.shape).astype(np.float32)
        policy = replace(held.policy, levels=levels, switched_off=switched, politics_spread=4.0, conditional=1.0)
    else:
        policy = policy_of(preset(name, states.iso3), (), held.layout, held.years)
    return replace(held, p=p, policy=policy)


def check_state(state: State) -> None:
    for field in fields(state):
        values = getattr(state, field.name)
        if field.name in ("moves", "fronts"):
            continue
        assert values.dtype == np.float32, field.name
        assert np.isfinite(values).all(), field.name
        low, high = BETWEEN.get(field.name, (0.0, 1.0) if field.name in IN_UNIT else (-np.inf, np.inf))
        assert low - 1e-5 <= values.min(initial=low), field.name
        assert values.max(initial=low) <= high + 1e-5, field.name
    for name in ("stock", "bought", "made", "gdp", "enablers", "progress"):
        assert getattr(state, name).min(initial=0.0) >= -1e-4, name


def check_situation(situation: Situation) -> None:
    outlook = situation.outlook
    for name in ("win_alone", "help_effect", "promise", "promise_ally", "promise_adversary"):
        values = getattr(outlook, name)
        assert ((values >= 0.0) & (values <= 1.0)).all(), name
    for name in ("challenge", "concession", "attack", "limited_force"):
        values = getattr(outlook.crisis, name)
        assert ((values >= 0.0) & (values <= 1.0)).all(), name
    assert np.isfinite(outlook.loss_fought).all()
    assert np.isfinite(outlook.loss_conceded).all()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_forty_years_leave_every_quantity_finite_and_in_range(held: Setting) -> None:
    state, origin = at_start(held), None
    for year in range(YEARS):
        situation, state = step(year, state, origin, held)
        origin = situation.origin
        check_state(state)
        check_situation(situation)


def test_every_declared_parameter_is_read_by_the_engine() -> None:
    read: set[str] = set()

    class Watched(dict[str, np.ndarray]):
        def __getitem__(self, name: str) -> np.ndarray:
            read.add(name)
            return super().__getitem__(name)

    held = setting(Case(years=8, futures=64, fixed={"explore_baseline": 3.0, "pursue_baseline": 3.0}))
    remedies = dict.fromkeys(("exercises", "intelligence", "exchange", "channels", "budgets"), 1.0)
    held = replace(held, p=Watched(held.p), policy=replace(held.policy, remedies=remedies))
    state, origin = at_start(held), None
    for year in range(8):
        situation, state = step(year, state, origin, held)
        origin = situation.origin
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(foedus.engine.__file__).parent.glob("*.py"))
    unread = {name for name in set(LEDGER.parameters) - read if f'p["{name}"]' not in sources}
    assert unread == set()


def test_nothing_a_year_computes_is_wider_than_single_precision() -> None:
    held = setting(Case(years=2, futures=16))
    seen, state = step(0, at_start(held), None, held)
    parts = (state, seen.support, seen.forces, seen.standoffs, seen.outlook, seen.nearest, seen.foreseen, seen.pressure)
    parts = (*parts, seen.account, state.moves, state.moves.orders)
    for part in parts:
        for field in fields(part):
            values = getattr(part, field.name)
            if isinstance(values, np.ndarray):
                assert values.dtype == np.float32, f"{type(part).__name__}.{field.name}"
