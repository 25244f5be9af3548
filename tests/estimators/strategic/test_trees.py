"""One declaration a game, one likelihood for all: chances are those of the games' own formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.stats import norm

from estimators.strategic.examples import small_table
from foedus.equations import crisis as equations
from foedus.errors import InputError
from foedus.estimators import strategic
from foedus.estimators.strategic import CRISIS, EGAME12, EGAME122, EGAME123, Move, Outcome, Tree
from foedus.estimators.strategic.choice import TreeChoice

TREES = {tree.name: tree for tree in (EGAME12, EGAME122, EGAME123, CRISIS)}
numbers = some.floats(-3, 3)


@pytest.mark.parametrize(
    ("tree", "order"),
    [
        (EGAME12, "u11 u13 u14 u24"),
        (EGAME122, "u11 u12 u13 u14 u22 u24"),
        (EGAME123, "u11 u13 u15 u16 u23 u25 u26 u36"),
    ],
)
def test_parts_of_a_formula_stand_in_the_order_of_games(tree: Tree, order: str) -> None:
    # Kenkel and Signorino (2014) number the ends of branches; 2 players 3 outcomes has 1, 3, 4, and so on.
    ends = {"egame12": "134", "egame122": "1234", "egame123": "1356"}[tree.name]
    assert " ".join(f"u{player}{ends[place]}" for player, place in tree.utilities) == order


@settings(max_examples=60, deadline=None)
@given(
    some.sampled_from(sorted(TREES)),
    some.sampled_from([("probit", "agent"), ("logit", "agent"), ("probit", "private")]),
    some.lists(numbers, min_size=12, max_size=12),
)
def test_chances_of_outcomes_sum_to_one(name: str, law: tuple[str, str], values: list[float]) -> None:
    if name == "crisis" and law[1] == "private":
        return
    choice = TreeChoice(TREES[name], *law, scales=1)
    indices = [np.array([value]) for value in values[: choice.size]]
    moves, outcomes = choice.chances(indices)
    assert outcomes.sum() == pytest.approx(1.0, abs=1e-12)
    assert ((moves >= 0) & (moves <= 1)).all()
    assert ((outcomes >= 0) & (outcomes <= 1)).all()


@settings(max_examples=60, deadline=None)
@given(
    some.sampled_from([EGAME12, EGAME122, EGAME123]),
    some.sampled_from(["agent", "private"]),
    some.lists(numbers, min_size=9, max_size=9),
    some.integers(1, 3),
    numbers,
)
def test_only_differences_of_a_players_utilities_matter(
    tree: Tree, error: str, values: list[float], player: int, shift: float
) -> None:
    places = range(len(tree.outcomes))
    if any((player, place) not in tree.utilities for place in places):
        player = 1
    choice = TreeChoice(tree, "probit", error)
    plain = [np.array([value]) for value in values[: choice.size]]
    moved = [value + shift * (who == player) for value, (who, _) in zip(plain, tree.utilities, strict=True)]
    assert choice.chances(moved)[1] == pytest.approx(choice.chances(plain)[1], abs=1e-12)


def test_agent_error_of_the_two_player_game_is_as_signorino_writes_it() -> None:
    u11, u13, u14, u24 = 0.3, -0.4, 0.9, 0.2
    fight = norm.cdf(u24 / np.sqrt(2))
    act = norm.cdf(((1 - fight) * u13 + fight * u14 - u11) / np.sqrt(2))
    found = TreeChoice(EGAME12).chances([np.array([u]) for u in (u11, u13, u14, u24)])[1][0]
    assert found == pytest.approx([1 - act, act * (1 - fight), act * fight])


def test_private_information_of_the_three_player_game_is_as_signorino_writes_it() -> None:
    u11, u13, u15, u16, u23, u25, u26, u36 = 0.3, -0.4, 0.9, 0.2, 0.1, 0.5, -0.6, 0.25
    third = norm.cdf(u36 / np.sqrt(2))
    gain = (1 - third) * u25 + third * u26 - u23
    second = norm.cdf(gain / np.sqrt(1 + (1 - third) ** 2 + third**2))
    go = second * (1 - third), second * third
    gain = (1 - second) * u13 + go[0] * u15 + go[1] * u16 - u11
    first = norm.cdf(gain / np.sqrt(1 + (1 - second) ** 2 + go[0] ** 2 + go[1] ** 2))
    values = [np.array([u]) for u in (u11, u13, u15, u16, u23, u25, u26, u36)]
    found = TreeChoice(EGAME123, "probit", "private").chances(values)[1][0]
    assert found == pytest.approx([1 - first, first * (1 - second), first * go[0], first * go[1]])
    # With estimated utilities alone disturbed, the third player's gain is compared with 1.
    halved = [*values[:-1], values[-1] / np.sqrt(2)]
    assert TreeChoice(EGAME123, "probit", "private-estimated").chances(halved)[1][0] == pytest.approx(found)


@settings(max_examples=40, deadline=None)
@given(some.floats(0.1, 0.9), some.floats(0.0, 0.4), some.floats(0.05, 0.95), some.floats(1.0, 9.0))
def test_the_crisis_tree_is_the_models_own_crisis_without_limited_force(
    win: float, helped: float, promise: float, precision: float
) -> None:
    stake, cost_a, cost_i, demand, audience, back_down, challenge, hostility = 1.0, 0.7, 0.6, 0.25, 0.1, 0.05, 0.4, 0.3
    model = equations.solve(
        stake=stake,
        win_alone=win,
        help_effect=helped,
        promise_seen_by_challenger=promise,
        promise_seen_by_target=promise,
        hostility=hostility,
        challenger_war_cost=cost_a,
        target_war_cost=cost_i,
        guarantor_nuclear_cost=0.0,
        target_nuclear_cost=0.0,
        recognition_gain=0.0,
        limited_gain=0.0,
        limited_cost=1e6,
        limited_damage=0.0,
        demand_share=demand,
        challenge_cost=challenge,
        back_down_cost=back_down,
        audience_cost=audience,
        hostility_weight=0.2,
        precision=precision,
    )
    lose = demand + audience
    utilities = [challenge - 0.2 * hostility, demand, -back_down, stake * win - cost_a, stake * (win - helped) - cost_a]
    utilities += [lose, lose - stake * win - cost_i, lose - stake * (win - helped) - cost_i]
    unit = np.sqrt(2.0)
    values = [np.array([unit * precision * u]) for u in utilities]
    values.append(np.array([unit * np.log(promise / (1 - promise))]))
    moves = TreeChoice(CRISIS, "logit").chances(values)[0][0]
    expected = [model.challenge, 1 - model.concession, model.attack, promise]
    assert moves == pytest.approx(expected, abs=1e-10)


def test_a_tree_of_ones_own_with_one_move_is_a_binary_logit_or_probit() -> None:
    import statsmodels.api as sm

    one = Tree("onset", ("state",), Move(1, "attack", Outcome("peace", ()), Outcome("war", (1,))))
    table = small_table(400)
    design = sm.add_constant(table.select("x", "z").to_numpy())
    for link, other in (("logit", sm.Logit), ("probit", sm.Probit)):
        fit = strategic.strategic_model(one, "a1 ~ x + z", data=table, link=link).fit()
        theirs = other(table["a1"].to_numpy(), design).fit(disp=0, tol=1e-12)
        unit = np.sqrt(2.0)
        assert fit.log_likelihood == pytest.approx(theirs.llf, abs=1e-9)
        assert fit.estimates == pytest.approx(unit * theirs.params, abs=1e-7)
        assert list(fit.standard_errors.values()) == pytest.approx(unit * theirs.bse, rel=1e-6)
        clustered = theirs.model.fit(disp=0, cov_type="cluster", cov_kwds={"groups": table["pair"].to_numpy()})
        ours = np.array(list(fit.robust("pair").standard_errors.values()))
        # statsmodels scales by (n - 1) / (n - k) beside G / (G - 1).
        assert ours * np.sqrt(399 / 397) == pytest.approx(unit * clustered.bse, rel=1e-6)


def test_a_tree_is_drawn_with_who_moves_and_whose_utilities_are_estimated() -> None:
    assert EGAME12.drawn().splitlines() == [
        "1 challenger: not act",
        "  = status quo (u1)",
        "1 challenger: act",
        "  2 target: not fight",
        "    = concession (u1)",
        "  2 target: fight",
        "    = war (u1, u2)",
    ]


def test_a_tree_refuses_two_outcomes_of_one_name_and_roles_without_moves() -> None:
    with pytest.raises(InputError, match="different names"):
        Tree("bad", ("one",), Move(1, "act", Outcome("end", ()), Outcome("end", (1,))))
    with pytest.raises(InputError, match="roles are given"):
        Tree("bad", ("one", "two"), Move(1, "act", Outcome("stop", ()), Outcome("go", (1,))))
