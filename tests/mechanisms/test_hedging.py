"""R03, R04, R07-R13, R22, R26, R29, R30: how allies answer, one switch at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import small_world
from foedus.engine import forces, support
from foedus.engine.situation import assess
from foedus.engine.state import at_start
from foedus.engine.weapons import pursue_weapons
from foedus.equations.hedging import Option
from foedus.terms import NuclearStatus
from small_run import CORE, EAST, Case, mean, on_and_off, option, run, setting

LEFT = Case(levels={"troops": 0.1, "reinforcement": 0.3, "pledge": 0.4, "intelligence": 0.4})
DEBTOR = {"debt": np.array([1.2, 0.2, 1.9, 1.9, 1.9])}


def test_r03_debt_holds_spending_down() -> None:
    on, off = on_and_off("R03", LEFT.but(states=DEBTOR))
    assert mean(on, "spending", EAST, 4) < mean(off, "spending", EAST, 4)
    solvent, _ = on_and_off("R03", LEFT)
    assert mean(on, "spending", EAST, 4) < mean(solvent, "spending", EAST, 4)


def test_r04_loyalty_money_buys_stakes_and_competes_with_arms() -> None:
    on, off = on_and_off("R04", LEFT)
    assert mean(off, "loyalty", EAST) == 0.0
    assert mean(on, "loyalty", EAST, 4) > 0.0
    assert option(off, "loyalty", EAST) == 0.0
    assert 0.0 < option(on, "loyalty", EAST) < 0.5
    assert on.options[:, EAST].sum() == pytest.approx(1.0, abs=0.02)


def test_r07_money_goes_to_own_c4isr_when_the_picture_goes_dark() -> None:
    dark = Case(levels={"intelligence": 0.1}, states={"stocks": small_world.thin_picture()}, years=20)
    on, off = on_and_off("R07", dark)
    assert option(off, "c4isr", EAST) == 0.0
    assert option(on, "c4isr", EAST) > 0.02
    assert mean(on, "completeness", EAST, 15) > mean(off, "completeness", EAST, 15) + 0.01


def test_r08_orders_move_home_and_dependence_falls() -> None:
    on, off = on_and_off("R08", LEFT.but(years=24))
    assert mean(on, "home_share", CORE, 20) > mean(off, "home_share", CORE, 20) + 0.02
    assert mean(on, "dependence", CORE, 20) < mean(off, "dependence", CORE, 20)
    assert option(off, "land_home", CORE) == 0.0


def test_r09_doubt_and_threat_lead_to_programmes_and_off_to_none() -> None:
    bare = LEFT.but(levels={**LEFT.levels, "nuclear": 0.2}, years=25, futures=256)
    on, off = on_and_off("R09", bare)
    assert mean(off, "nuclear", CORE) == 0.0
    assert mean(on, "nuclear", CORE, 20) > 0.0
    able = run(bare.but(states={"latency": np.array([1.0, 1.0, 0.8, 0.8, 0.4])}))
    assert mean(able, "nuclear", EAST, 20) > 1.5 * mean(on, "nuclear", EAST, 20) > 0.0, "who could is likelier to"
    assert set(np.unique(on.allies["nuclear"])) <= {0.0, 1.0, 2.0, 3.0}


def test_r09_a_public_that_wants_a_bomb_leads_to_more_programmes_and_where_nobody_asked_it_is_assumed() -> None:
    bare = LEFT.but(levels={**LEFT.levels, "nuclear": 0.2}, years=25, futures=256)

    def reached(opinion: float) -> float:
        return mean(
            run(bare.but(states={"bomb_opinion": np.array([np.nan, np.nan, np.nan, opinion, np.nan])})),
            "nuclear",
            CORE,
            10,
        )

    assert reached(0.9) > reached(0.5) > reached(0.1)
    assert reached(np.nan) == reached(0.37), "`opinion_unpolled`"


def test_r09_opinion_fades_back_to_where_it_started() -> None:
    asked = np.array([np.nan, np.nan, np.nan, 0.8, np.nan])
    fixed = {"bomb_opinion_doubt": 0.0, "bomb_opinion_contagion": 0.0, "bomb_opinion_fading": 0.2}
    held = setting(Case(states={"bomb_opinion": asked}, fixed=fixed))
    state = at_start(held)
    core = held.layout.states.iso3.index("COR")
    assert state.bomb_opinion[core, 0] == pytest.approx(0.6)
    later = pursue_weapons(assess(0, state, None, held), replace(state, bomb_opinion=state.bomb_opinion + 0.1), held)
    assert later.bomb_opinion[core, 0] == pytest.approx(0.68)


def test_r10_ground_is_given_beforehand_by_the_weak() -> None:
    on, off = on_and_off("R10", LEFT.but(pooled=False))
    assert mean(on, "conceded", EAST, 8) > mean(off, "conceded", EAST, 8)


def test_r11_turning_home_costs_effectiveness_while_kits_are_mixed() -> None:
    on, off = on_and_off("R11", LEFT)
    gap = 1.0 - on.allies["capability"][:, CORE].mean(axis=1) / off.allies["capability"][:, CORE].mean(axis=1)
    assert gap[0] == pytest.approx(0.0)
    assert 0.0 < gap.max() < 0.3
    most = LEFT.but(fixed={"disentangling_cost": 0.4})
    assert mean(run(most), "capability", CORE, 4) < mean(on, "capability", CORE, 4)


def test_r13_opinion_bounds_effort() -> None:
    on, off = on_and_off("R13", LEFT.but(pooled=False))
    assert mean(on, "spending", EAST, 6) < mean(off, "spending", EAST, 6)


def test_r22_a_neighbour_that_pursues_the_bomb_raises_interest() -> None:
    def seekers(case: Case) -> float:
        held = setting(case.but(futures=4096, fixed={"pursue_baseline": -2.0, "explore_baseline": -3.0, **case.fixed}))
        state = at_start(held)
        core = held.layout.states.iso3.index("COR")
        nuclear = state.nuclear.copy()
        nuclear[core] = NuclearStatus.PURSUES
        state = replace(state, nuclear=nuclear)
        situation = assess(1, state, None, held)
        after = pursue_weapons(situation, situation.state, held)
        return float(after.nuclear[held.layout.states.iso3.index("EAS")].mean())

    base = Case()
    assert seekers(base) > seekers(base.but(without=("R22",))) * 1.2


def test_r26_duties_beyond_capacity_wear_readiness() -> None:
    on, off = on_and_off("R26", LEFT.but(fixed={"pool_deployable": 0.5}))
    assert mean(on, "capability", EAST, 4) < mean(off, "capability", EAST, 4)
    assert mean(on, "capability", EAST, 4) > 0.5 * mean(off, "capability", EAST, 4)


def test_r29_a_believed_pool_lowers_the_loss_of_the_exposed() -> None:
    on, off = on_and_off("R29", LEFT.but(fixed={"pool_resolve_gain": 3.0, "friction": 0.15}))

    parts = (("conceded", 1), ("fought", 1), ("own", -1))

    def loss(record: object) -> float:
        return sum(sign * mean(record, f"loss_{part}", EAST, 4) for part, sign in parts)  # type: ignore[arg-type]

    assert loss(on) < 0.92 * loss(off)
    assert option(off, "pool", EAST) == 0.0


def test_r29_pooling_is_worse_than_standing_alone_when_friction_is_high() -> None:
    rough = Case(fixed={"friction": 0.5}, links={"channels": np.zeros((3, 11))})
    held = setting(rough)
    state = at_start(held)
    apart = replace(state, interoperability=np.zeros_like(state.interoperability), resolve=state.resolve * 0.1)
    provided = support.provide(0, apart, held)
    there = forces.muster(provided, apart, np.zeros_like(state.gdp), held)
    core = held.layout.states.iso3.index("COR")
    kept = forces._pool_friction(apart, held)[core]
    summed = (there.effective + there.pool_help)[core].sum(axis=0) * kept
    assert (summed < there.effective[core].sum(axis=0)).all(), "the friction of a thin pool outweighs what it sends"
    assert (there.pooled[core] >= there.effective[core]).all(), "nobody fights in a pool that weakens it"


def test_r29_members_leave_a_pool_that_spares_them_nothing() -> None:
    record = run(Case(fixed={"autonomy_weight": 2.0, "joining_cost": 2.0}, futures=512, years=30))
    bound = run(Case(fixed={"autonomy_weight": 0.0, "joining_cost": 0.0}, futures=512, years=30))
    assert mean(record, "win_alone", EAST, 20) > mean(bound, "win_alone", EAST, 20)


@pytest.mark.parametrize("remedy", ["exercises", "intelligence", "exchange", "channels", "budgets"])
def test_r30_each_remedy_changes_the_answer_and_off_none_does(remedy: str) -> None:
    base = LEFT.but(states={**DEBTOR, "stocks": small_world.thin_picture()}, years=20)
    with_remedy = base.but(policy={"remedies": {remedy: 1.0}})
    plain, treated = run(base), run(with_remedy)
    assert any(
        not np.array_equal(plain.allies[name], treated.allies[name]) for name in ("loss_conceded", "loss_fought")
    )

    def loss(record: object) -> float:
        return sum(mean(record, f"loss_{part}", EAST, 4) for part in ("conceded", "fought"))  # type: ignore[arg-type]

    assert loss(treated) < loss(plain) * 1.02
    off = run(with_remedy.but(without=("R30",)))
    off_plain = run(base.but(without=("R30",)))
    assert np.array_equal(off.allies["loss_fought"], off_plain.allies["loss_fought"])


def test_lower_dependence_comes_with_a_window_of_vulnerability() -> None:
    home = np.full((len(Option), 5), np.nan, dtype=np.float32)
    home[:, 2:] = 0.0
    home[[option for option in Option if option.home_version], 2:] = 1.0 / 3.0
    base = Case(years=26, levels={"arms": 0.6})
    turned, bought = run(base.but(policy={"option_shares": home})), run(base)
    assert mean(turned, "dependence", CORE, 20) < mean(bought, "dependence", CORE, 20) - 0.03
    early = turned.allies["capability"][3:8, CORE].mean() / bought.allies["capability"][3:8, CORE].mean()
    assert early < 1.0
