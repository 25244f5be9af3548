"""R02, R14-R16, R19-R21, R23, R24, R27, R28: beliefs, the guarantor's answer, rivals and order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import small_world
from foedus.engine.chunk import run_chunk
from foedus.engine.record import Record
from foedus.engine.situation import assess
from foedus.engine.state import at_start
from foedus.terms import Channel, Region
from small_run import CORE, EAST, FAR, Case, layout, mean, on_and_off, run, setting

LEFT = Case(levels={"troops": 0.1, "reinforcement": 0.3, "pledge": 0.4, "intelligence": 0.4})


def loss(record: Record, ally: int, first: int = 4) -> float:
    return mean(record, "loss_conceded", ally, first) + mean(record, "loss_fought", ally, first)


def guarantor(record: Record, measure: str, first: int = 0) -> float:
    return float(record.guarantors[measure][first:].mean())


def test_r02_belief_erodes_with_what_is_withheld_before_any_war() -> None:
    on, off = on_and_off("R02", LEFT)
    calm_on, calm_off = on_and_off("R02", Case())
    believed = mean(on, "promise_ally", CORE, 3) / mean(on, "promise_true", CORE, 3)
    kept = mean(calm_on, "promise_ally", CORE, 3) / mean(calm_on, "promise_true", CORE, 3)
    assert believed < kept - 0.05
    off_ratio = mean(off, "promise_ally", CORE, 3) / mean(off, "promise_true", CORE, 3)
    calm_off_ratio = mean(calm_off, "promise_ally", CORE, 3) / mean(calm_off, "promise_true", CORE, 3)
    assert off_ratio == pytest.approx(calm_off_ratio, rel=0.1)


def test_r02_the_same_mean_with_more_variance_makes_allies_arm() -> None:
    wild = {"politics_spread": 2.5}
    calm, volatile = run(Case(futures=512)), run(Case(futures=512, policy=wild))
    assert mean(volatile, "spending", EAST, 6) > mean(calm, "spending", EAST, 6)
    unmoved = Case(futures=512, without=("R02",), fixed={"doubt_weight": 0.0})
    quiet, loud = run(unmoved), run(unmoved.but(policy=wild))
    moved = mean(volatile, "spending", EAST, 6) - mean(calm, "spending", EAST, 6)
    assert abs(mean(loud, "spending", EAST, 6) - mean(quiet, "spending", EAST, 6)) < 0.5 * moved


def test_r14_savings_relieve_the_guarantor_of_load() -> None:
    on, off = on_and_off("R14", LEFT)
    assert guarantor(on, "load", 4) < guarantor(off, "load", 4)
    assert guarantor(on, "cost", 4) < guarantor(run(Case()), "cost", 4)


def test_r15_withdrawal_loses_access_and_its_price_eats_the_savings() -> None:
    (on, off), (calm_on, calm_off) = on_and_off("R15", LEFT), on_and_off("R15", Case())
    lost_on = guarantor(calm_on, "worth", 8) - guarantor(on, "worth", 8)
    lost_off = guarantor(calm_off, "worth", 8) - guarantor(off, "worth", 8)
    assert lost_on > lost_off + 0.05

    def saved(price: float) -> float:
        fixed = {"access_price": price}
        calm, left = run(Case(fixed=fixed)), run(LEFT.but(fixed=fixed))
        return guarantor(calm, "cost", 8) - guarantor(left, "cost", 8)

    assert saved(5.0) < saved(0.0)


def test_r16_support_answers_what_allies_do_and_off_it_is_as_announced() -> None:
    on, off = on_and_off("R16", LEFT)
    announced = np.full(len(Channel), 1.0)
    for channel, level in LEFT.levels.items():
        announced[Channel.of(channel)] = level
    assert off.allies["support"][3:] == pytest.approx(announced.mean(), abs=1e-5)
    assert np.abs(on.allies["support"][8:] - announced.mean()).mean() > 0.005


def test_r16_a_conditional_patron_rewards_burden_and_punishes_its_want() -> None:
    def support_of(share: float) -> float:
        shares = np.array([0.033, 0.06, share, share, share])
        fixed = {"burden_target": 0.02}
        return mean(
            run(Case(states={"defence_share": shares, "habit": shares}, policy={"conditional": 1.0}, fixed=fixed)),
            "support",
            CORE,
            6,
        )

    assert support_of(0.03) > support_of(0.01) + 0.02


def test_r19_force_leaves_hostility() -> None:
    on, off = on_and_off("R19", Case(years=25))
    assert mean(on, "hostility", EAST, 10) > mean(off, "hostility", EAST, 10) + 0.005


def test_r19_force_for_recognition_persists_where_it_earns_none_and_a_sponsor_is_sure() -> None:
    """Where victory earns recognition the motive fades (nu2 above nu3); where force costs it the motive renews."""

    def late_force(defeat: float, force: float, levels: dict[str, float]) -> float:
        signs = {"recognition_from_defeat": defeat, "recognition_lost_by_force": force, "recognition_decay": 0.0}
        signs |= {"recognition_weight": 0.3, "moral_hazard": 0.6, "patron_restraint": 0.0, "feedback_size": 0.0}
        record = run(Case(years=30, futures=512, fixed=signs, levels=levels))
        return mean(record, "own_force", EAST, 20)

    sponsored = late_force(0.0, 0.2, {})
    assert sponsored > 1.1 * late_force(0.2, 0.0, {}), "with a sure sponsor, only nu3 above nu2 keeps force going"
    assert sponsored > late_force(0.0, 0.2, {"pledge": 0.0}), "and less so without the sponsor"


def test_r20_neighbours_balance_less_when_war_is_worse_than_tolerance() -> None:
    def joining(case: Case) -> float:
        held = setting(case)
        rival = held.layout.states.iso3.index("RIV")
        return float(assess(0, at_start(held), None, held).state.cohesion[rival].mean())

    afraid, bold = joining(Case()), joining(Case(without=("R20",)))
    assert 0.0 < afraid < bold < 1.0


def test_r21_a_protege_acts_more_by_itself_when_the_patron_leaves() -> None:
    (on, off), (calm_on, calm_off) = on_and_off("R21", LEFT), on_and_off("R21", Case())
    freed = mean(on, "own_force", EAST, 6) - mean(calm_on, "own_force", EAST, 6)
    freed_off = mean(off, "own_force", EAST, 6) - mean(calm_off, "own_force", EAST, 6)
    assert freed > freed_off


def test_r23_moral_hazard_and_entrapment_move_together() -> None:
    stocks = small_world.states().stocks
    stocks[2] *= 12.0
    strong = {
        "stocks": stocks,
        "warheads": np.array([3700.0, 0, 0, 0, 0]),
        "nuclear_pursuit": np.array([3.0, 0, 0, 0, 0]),
    }

    def restrained(hazard: float) -> tuple[float, float]:
        """Fall in the protégé's own force, and in its patron's involvement, once the pledge is gone."""
        fixed = {"moral_hazard": hazard, "patron_restraint": 0.0, "entrapment_share": 0.3, "feedback_size": 0.0}
        kept = run(Case(fixed=fixed, states=strong, futures=256))
        gone = run(Case(fixed=fixed, states=strong, futures=256, levels={"pledge": 0.0}))
        return (
            mean(kept, "own_force", EAST, 4) - mean(gone, "own_force", EAST, 4),
            guarantor(kept, "involvement", 4) - guarantor(gone, "involvement", 4),
        )

    none, high = restrained(0.0), restrained(0.6)
    assert high[0] > none[0] + 0.005
    assert high[1] > none[1]
    on, off = on_and_off("R23", Case())
    assert guarantor(on, "load", 4) > guarantor(off, "load", 4)


def test_r23_a_sure_patron_restrains_within_its_family_and_emboldens_beyond_it() -> None:
    """East and its patron's rival are strangers; two allies of one patron, and an ally and its patron, are family."""
    found = layout(Case())
    names, strange = found.states.iso3, found.emboldened[:, 0] > 0.0
    patron = np.append(found.links.guarantor, -1)[found.link_of]
    for pair, (a, b) in enumerate(zip(found.challenger, found.target, strict=True)):
        family = b == patron[a] or a == patron[b] or (patron[a] == patron[b] >= 0) or found.same_pool[pair, 0]
        assert strange[pair] == (not family), (names[a], names[b])


def test_r24_the_order_counts_what_the_guarantor_delivers() -> None:
    (on, off), (calm_on, calm_off) = on_and_off("R24", LEFT), on_and_off("R24", Case())
    europe = Region.EUROPE
    changed = on.regions["concentration"][4:, europe].mean() - calm_on.regions["concentration"][4:, europe].mean()
    unchanged = off.regions["concentration"][4:, europe].mean() - calm_off.regions["concentration"][4:, europe].mean()
    assert abs(changed) > abs(unchanged) + 0.01


def test_r27_cuts_and_free_riding_raise_tension() -> None:
    on, off = on_and_off("R27", LEFT)
    assert (off.allies["tension"] == 0.0).all()
    assert mean(on, "tension", FAR, 3) > mean(run(Case()), "tension", FAR, 3) > 0.0
    assert (on.allies["tension"] <= 2.0).all()


def test_r28_partners_drift_when_the_guarantor_leaves_room() -> None:
    on, off = on_and_off("R28", LEFT)
    first = off.allies["lean_rival"][:1]
    assert (off.allies["lean_rival"] == first).all()
    assert mean(on, "lean_rival", CORE, 10) > mean(run(Case()), "lean_rival", CORE, 10)


def test_a_patron_with_an_unreachable_homeland_is_more_reliable_other_things_equal() -> None:
    reach = np.array([1700.0, 0.0, 0, 0, 0])
    safe, exposed = run(Case(states={"homeland_reach": reach})), run(Case())
    for ally in (EAST, CORE, FAR):
        assert mean(safe, "promise_true", ally) > mean(exposed, "promise_true", ally)


def test_trust_can_return_after_support_does() -> None:
    held = setting(LEFT.but(years=30))
    levels = held.policy.levels.copy()
    levels[10:] = 1.0
    back = run_chunk(replace(held, policy=replace(held.policy, levels=levels)))
    gone = run_chunk(held)
    assert mean(back, "promise_ally", CORE, 25) > mean(gone, "promise_ally", CORE, 25) + 0.05


def test_retrenchment_raises_the_loss_of_the_near_ally_most() -> None:
    left, calm = run(LEFT), run(Case())
    rises = [loss(left, ally) / loss(calm, ally) for ally in (EAST, CORE, FAR)]
    assert min(rises) > 1.0
    assert loss(left, EAST) - loss(calm, EAST) == max(loss(left, a) - loss(calm, a) for a in (EAST, CORE, FAR))
