"""The crisis tree against a game solver and against published calibration figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.equations import crisis


def gambit_gap(pygambit: Any, values: dict[str, float], precision: float, ours: crisis.Crisis) -> float:
    """How far our chances are from the agent logit response to themselves, action values by pygambit.

    Beliefs are put into terminal payoffs, as in the model, so the tree has three movers. A profile that
    answers itself at every information set is the agent logit equilibrium; this tree has only one.
    """
    game = pygambit.Game.new_tree(players=["challenger", "target"])
    game.append_move(game.root, "challenger", ["stay", "challenge"])
    stay, challenged = list(game.root.children)
    game.append_move(challenged, "target", ["concede", "resist"])
    conceded, resisted = list(challenged.children)
    game.append_move(resisted, "challenger", ["back", "limited", "attack"])
    back, limited, attacked = list(resisted.children)
    cost = values["cost"]
    ends = {
        stay: (0.0, 0.0),
        conceded: (values["demand"] - cost, -values["demand"] - values["audience"]),
        back: (-values["back"] - cost, 0.0),
        limited: (values["limited"] - cost, -values["damage"]),
        attacked: (values["attack"] - cost, -values["war_loss"]),
    }
    for node, payoffs in ends.items():
        game.set_outcome(node, game.add_outcome(list(payoffs)))
    chances = [
        [1 - ours.challenge, ours.challenge],
        [ours.concession, 1 - ours.concession],
        [1 - ours.limited_force - ours.attack, ours.limited_force, ours.attack],
    ]
    profile = game.mixed_behavior_profile(rational=False)
    movers = [game.root.infoset, challenged.infoset, resisted.infoset]
    for mover, chance in zip(movers, chances, strict=True):
        for action, value in zip(mover.actions, chance, strict=True):
            profile[action] = float(value)
    gap = 0.0
    for mover, chance in zip(movers, chances, strict=True):
        values_of_actions = np.array([profile.action_value(action) for action in mover.actions])
        answer = np.exp(precision * (values_of_actions - values_of_actions.max()))
        gap = max(gap, float(np.abs(answer / answer.sum() - chance).max()))
    return gap


def solved(values: dict[str, float], precision: float) -> crisis.Crisis:
    """The same game by the model's own solution, its stake chosen so that values match."""
    return crisis.solve(
        stake=1.0,
        win_alone=values["attack"] + values["war_cost"],
        help_effect=0.0,
        promise_seen_by_challenger=0.0,
        promise_seen_by_target=0.0,
        hostility=0.0,
        challenger_war_cost=values["war_cost"],
        target_war_cost=values["war_loss"] - values["attack"] - values["war_cost"],
        guarantor_nuclear_cost=0.0,
        target_nuclear_cost=0.0,
        recognition_gain=0.0,
        limited_gain=values["limited"],
        limited_cost=0.0,
        limited_damage=values["damage"],
        demand_share=values["demand"],
        challenge_cost=values["cost"],
        back_down_cost=values["back"],
        audience_cost=values["audience"],
        hostility_weight=0.0,
        precision=precision,
    )


def test_tree_equals_the_agent_logit_equilibrium_on_200_random_games() -> None:
    pygambit = pytest.importorskip("pygambit", reason="no game solver: uv run --group gambit pytest builds it")
    random = np.random.default_rng(7)
    worst = 0.0
    for _ in range(200):
        values = {
            "demand": random.uniform(0.05, 0.5),
            "cost": random.uniform(0.0, 0.6),
            "audience": random.uniform(0.0, 0.6),
            "back": random.uniform(-0.1, 0.2),
            "limited": random.uniform(-0.2, 0.3),
            "damage": random.uniform(0.0, 0.2),
            "attack": random.uniform(-0.8, 0.6),
            "war_cost": random.uniform(0.2, 1.2),
            "war_loss": random.uniform(0.5, 2.5),
        }
        precision = random.uniform(0.5, 8.0)
        worst = max(worst, gambit_gap(pygambit, values, precision, solved(values, precision)))
    assert worst < 1e-8


CALIBRATED = {
    "stake": 1.0, "win_alone": 0.5, "help_effect": 0.370, "hostility": 0.0, "challenger_war_cost": 0.9,
    "target_war_cost": 0.9,
    "guarantor_nuclear_cost": 0.0, "target_nuclear_cost": 0.0, "recognition_gain": 0.0, "limited_gain": -np.inf,
    "limited_cost": 0.0, "limited_damage": 0.0, "demand_share": 0.25, "challenge_cost": 0.601, "back_down_cost": -0.023,
    "audience_cost": 0.178, "hostility_weight": 0.0, "precision": 8.0,
}  # fmt: skip


@pytest.mark.parametrize(("promise", "war_per_dispute"), [(0.0, 0.0313), (0.25, 0.0153), (0.5, 0.0074), (0.9, 0.0023)])
def test_without_limited_force_the_tree_has_the_calibrated_war_rates(promise: float, war_per_dispute: float) -> None:
    figures = dict(CALIBRATED, promise_seen_by_challenger=promise, promise_seen_by_target=promise)
    got = crisis.solve(**figures)
    assert (1 - got.concession) * got.attack == pytest.approx(war_per_dispute, abs=0.0006)
    assert got.challenge == pytest.approx(0.0095, abs=0.0012)


def test_a_stronger_promise_never_raises_expected_loss() -> None:
    promise = np.linspace(0.0, 1.0, 21)
    figures = dict(CALIBRATED, limited_gain=0.15, limited_cost=0.1, limited_damage=0.02, win_alone=0.8, help_effect=0.6)
    got = crisis.solve(**figures, promise_seen_by_challenger=promise, promise_seen_by_target=promise)
    loss = got.perceived_loss
    assert (np.diff(loss) <= 1e-12).all()


def test_war_rises_before_it_falls_with_protection_while_loss_never_rises_by_a_tenth() -> None:
    promise = np.linspace(0.0, 1.0, 41)
    figures = dict(
        CALIBRATED,
        win_alone=0.95,
        help_effect=0.76,
        hostility=0.8,
        hostility_weight=0.17,
        stake=1.2,
        challenger_war_cost=0.7,
    )
    got = crisis.solve(**figures, promise_seen_by_challenger=promise, promise_seen_by_target=promise)
    war = got.challenge * (1 - got.concession) * got.attack
    assert 0 < int(np.argmax(war)) < len(promise) - 1
    loss = got.perceived_loss
    assert loss.max() < 1.1 * loss[0]
    assert loss[-1] < loss[0] / 10


def test_cost_of_war_at_a_stake_of_one_is_the_cost() -> None:
    assert crisis.cost_of_war(0.9, 1.0, 0.3) == pytest.approx(0.9)
    assert crisis.cost_of_war(0.9, 2.0, 0.5) == pytest.approx(1.35)


def test_losses_with_the_believed_promise_are_what_the_target_perceives_and_fall_with_the_true_one() -> None:
    figures = dict(CALIBRATED, limited_gain=0.15, limited_cost=0.1, limited_damage=0.02)
    got = crisis.solve(**figures, promise_seen_by_challenger=0.4, promise_seen_by_target=0.4)

    def lost(promise: float) -> tuple[float, float]:
        return crisis.losses(got, 0.25, crisis.loss_in_war(1.0, 0.5, 0.370, promise, 0.9), 0.02)

    assert sum(lost(0.4)) == pytest.approx(got.perceived_loss)
    (conceded, fought), (as_conceded, as_fought) = lost(0.4), lost(0.9)
    assert as_conceded == conceded
    assert fought - as_fought == pytest.approx(got.challenge * (1 - got.concession) * got.attack * 0.5 * 0.370)
