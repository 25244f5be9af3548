"""The equations as a forecaster: what each input does, and that known parameters are found again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from foedus.calibration.pairs.dyads import DyadYears
from foedus.calibration.pairs.history import History
from foedus.calibration.pairs.likelihood import bounded, fit, unbounded
from foedus.calibration.pairs.structure import (
    HELD,
    STRUCTURE,
    WITH_HOSTILITY,
    chance_of_onset,
    chances_of_endings,
    face,
    held_values,
    hostilities,
    ledger_values,
    solve,
)
from foedus.errors import EstimationError

VALUES = ledger_values() | {f.name: f.mean for f in WITH_HOSTILITY}


def pairs(n: int, seed: int = 1) -> DyadYears:
    """Made-up pair-years: ten years of each of n/10 pairs."""
    random = np.random.default_rng(seed)
    dyad, year = np.arange(n) // 10, 1950 + np.arange(n) % 10
    land = np.repeat(random.integers(0, 2, n // 10), 10).astype(float)
    log_power = random.normal(-6, 1, (2, n))
    count, years = n // 10, 60
    history = History(
        first=1900,
        alive=np.ones((years, count)),
        dispute=(random.uniform(size=(count, years)) < 0.03).astype(float).T,
        began=np.ones((years, 2, count)),
        war=np.zeros((years, count)),
        rival=np.zeros((years, count)),
        pair=dyad,
        column=year - 1900,
    )
    return DyadYears(
        frame=pl.DataFrame({"ccode1": dyad, "ccode2": dyad + 1, "year": year}),
        dyad=dyad,
        year=year,
        onset=np.zeros(n),
        ending=np.full(n, -1),
        challenger=np.zeros(n, dtype=np.int64),
        log_power=log_power,
        helpers=np.where(random.uniform(size=(2, n)) < 0.4, np.exp(random.normal(-5, 1, (2, n))), 0.0),
        major_helper=np.zeros((2, n)),
        nuclear_helper=np.zeros((2, n)),
        armed=np.zeros((2, n)),
        owes=(random.uniform(size=(2, n)) < 0.1).astype(float),
        fading=random.uniform(0.1, 1.5, n),
        land=land,
        water=np.zeros(n),
        one_major=(random.uniform(size=n) < 0.2).astype(float),
        two_majors=np.zeros(n),
        log_size=log_power.mean(axis=0) + 6,
        log_distance=random.normal(0, 1, n),
        log_nearest=random.normal(0, 2, n),
        democracy=random.uniform(0, 1, n),
        claim=(random.uniform(size=n) < 0.1).astype(float),
        history=history,
    )


ROWS = np.arange(200)


def onset(made: DyadYears, **changed: float) -> np.ndarray:
    values = VALUES | changed
    return chance_of_onset(solve(face(made, ROWS), values, hostilities(made.history, values)[:, ROWS]))


def test_a_dearer_challenge_is_rarer_everywhere() -> None:
    assert (onset(pairs(200), challenge_cost=0.9) < onset(pairs(200))).all()


def test_a_pact_with_the_target_makes_a_challenge_rarer() -> None:
    made = pairs(200)
    bound, free = replace(made, owes=np.ones((2, 200))), replace(made, owes=np.zeros((2, 200)))
    assert (onset(bound) < onset(free)).all()


def test_helpers_of_the_target_make_attack_rarer_and_never_likelier() -> None:
    made = pairs(200)
    alone = replace(made, helpers=np.zeros((2, 200)))
    aided = replace(made, helpers=np.full((2, 200), 0.05))
    attack = [solve(face(p, ROWS), VALUES).attack for p in (aided, alone)]
    assert (attack[0] <= attack[1]).all()
    assert attack[0].mean() < 0.8 * attack[1].mean()


def test_the_two_directions_are_the_two_orders_of_a_pair() -> None:
    made = pairs(200)
    turned = replace(
        made, log_power=made.log_power[::-1], helpers=made.helpers[::-1], owes=made.owes[::-1], armed=made.armed[::-1]
    )
    one, two = (solve(face(p, ROWS), VALUES).challenge for p in (made, turned))
    assert np.allclose(one, two[::-1])
    assert np.allclose(onset(made), onset(turned))


def test_chances_of_endings_sum_to_one() -> None:
    made = pairs(200)
    ends = chances_of_endings(solve(face(made, ROWS), VALUES), ROWS, np.arange(200) % 2)
    assert np.allclose(ends.sum(axis=0), 1.0)
    assert (ends >= 0).all()


def test_hostility_rises_after_a_dispute_and_fades_by_the_decay() -> None:
    history = History(
        1900,
        np.ones((5, 1)),
        np.eye(5)[:, [1]],
        np.tile([[1.0], [0.0]], (5, 1, 1)),
        np.zeros((5, 1)),
        np.zeros((5, 1)),
        np.zeros(5, np.int64),
        np.arange(5),
    )
    p = VALUES | {"hostility_at_birth": 0.0, "hostility_from_dispute": 0.4, "hostility_decay": 0.25}
    one, two = hostilities(history, p | {"hostility_from_target": 0.5})
    assert one == pytest.approx([0.0, 0.0, 0.4, 0.3, 0.225]), "the side that began it"
    assert two == pytest.approx([0.0, 0.0, 0.2, 0.15, 0.1125]), "the side that did not"
    both = hostilities(history, p | {"hostility_from_target": 1.0})
    assert (both[0] == both[1]).all(), "a share of one is a memory that both have in common"


def test_hostility_knows_nothing_of_its_own_year() -> None:
    made = pairs(200).history
    later = made.dispute.copy()
    later[55:] = 1 - later[55:]
    kept = np.flatnonzero(made.column <= 55)
    before, after = (hostilities(h, VALUES)[:, kept] for h in (made, replace(made, dispute=later)))
    assert (before == after).all()


def test_a_rivalry_keeps_hostility_from_falling_below_its_level() -> None:
    made = replace(pairs(200).history, rival=np.ones((60, 20)))
    assert (hostilities(made, VALUES | {"hostility_of_rivals": 0.6}) >= 0.6).all()


def test_a_pair_that_is_born_again_starts_afresh() -> None:
    alive = np.array([[1.0, 1, 0, 1, 1]]).T
    dispute = np.array([[1.0, 0, 0, 0, 0]]).T
    none = np.zeros((5, 1))
    history = History(1900, alive, dispute, np.ones((5, 2, 1)), none, none, np.zeros(5, np.int64), np.arange(5))
    assert hostilities(history, VALUES | {"hostility_at_birth": 0.1})[0, 3] == 0.1


@pytest.mark.parametrize(
    ("covariate", "effect", "rarer"), [("democracy", "cost_democracy", True), ("claim", "cost_claim", False)]
)
def test_democracies_quarrel_less_and_claimants_more(covariate: str, effect: str, *, rarer: bool) -> None:
    made = pairs(200)
    none, full = (replace(made, **{covariate: np.full(200, level)}) for level in (0.0, 1.0))
    changed = onset(full, **{effect: 0.1 if rarer else -0.1}) < onset(none)
    assert (changed == rarer).all()


def test_the_equations_read_nothing_but_what_is_declared_as_held_or_estimated() -> None:
    made = pairs(200)
    p = held_values() | {f.name: f.mean for f in WITH_HOSTILITY}
    solved = solve(face(made, ROWS), p, hostilities(made.history, p)[:, ROWS])
    assert np.isfinite(solved.challenge).all()
    assert set(HELD).isdisjoint(f.name for f in WITH_HOSTILITY)


def test_bounds_are_kept_and_undone() -> None:
    start = np.array([f.mean for f in WITH_HOSTILITY])
    assert bounded(unbounded(start, WITH_HOSTILITY), WITH_HOSTILITY) == pytest.approx(start)
    far = bounded(np.full(len(WITH_HOSTILITY), 50.0), WITH_HOSTILITY)
    assert all(x <= f.high for f, x in zip(WITH_HOSTILITY, far, strict=True))


def simulated(n: int, seed: int) -> tuple[DyadYears, dict[str, float]]:
    """Pair-years whose onsets and endings follow the tree at known parameters."""
    made, random = pairs(n, seed), np.random.default_rng(seed)
    truth = VALUES | {"challenge_cost": 0.75, "cost_land_border": -0.15, "cost_pact": 0.12, "hostility_weight": 0.4}
    rows = np.arange(n)
    solved = solve(face(made, rows), truth, hostilities(made.history, truth)[:, rows])
    opened = random.uniform(size=(2, n)) < solved.challenge
    side = np.where(opened[0], 0, 1)
    ends = chances_of_endings(solved, rows, side)
    ending = (random.uniform(size=n) > np.cumsum(ends, axis=0)).sum(axis=0).clip(0, 3)
    happened = opened.sum(axis=0) == 1
    both = opened.all(axis=0)
    onset_seen = (happened | both).astype(float)
    return replace(made, onset=onset_seen, challenger=side, ending=np.where(happened, ending, -1)), truth


def test_parameters_of_simulated_disputes_are_found_within_their_errors() -> None:
    made, truth = simulated(30_000, 5)
    free = tuple(
        f for f in WITH_HOSTILITY if f.name in ("challenge_cost", "cost_land_border", "cost_pact", "hostility_weight")
    )
    fixed = fit(made, np.arange(30_000), free, base=truth)
    for name in fixed.names:
        assert abs(fixed.values[name] - truth[name]) < 3.5 * fixed.errors[name], name


def test_a_search_without_enough_steps_stops() -> None:
    made, _ = simulated(2_000, 5)
    with pytest.raises(EstimationError, match="did not settle in 1 steps"):
        fit(made, np.arange(2_000), STRUCTURE, most=1)
