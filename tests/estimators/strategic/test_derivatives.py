"""Gradients and Hessians are exact: they agree with differences of the log-likelihood."""

from __future__ import annotations

import numpy as np
import pytest

from estimators.strategic.examples import small_table
from foedus.estimators import strategic
from foedus.estimators.strategic import StrategicModel
from foedus.estimators.strategic.jets import exponential, reciprocal, square_root, variable

FORMULAS = {
    "egame12": ("a1 + a2 ~ x + z | w - 1 | x + kind | w", strategic.egame12),
    "egame122": ("a1 + a2 ~ x | z - 1 | w | x + w | z | kind", strategic.egame122),
    "egame123": ("a1 + a2 + a3 ~ x | z - 1 | w | 1 | z - 1 | x | w | kind", strategic.egame123),
    "crisis": ("a1 + a2 + a3 + a4 ~ x | z - 1 | w | 1 | z - 1 | z | x | w | z", strategic.crisis),
}
CASES = [
    (name, link, error, scale)
    for name in FORMULAS
    for link, error in (("probit", "agent"), ("logit", "agent"), ("probit", "private"), ("probit", "private-estimated"))
    for scale in (None, "w - 1", "each")
    if not (name == "crisis" and error != "agent")
]


def differences(model: StrategicModel, at: np.ndarray, step: float = 1e-5) -> tuple[np.ndarray, np.ndarray]:
    up = [model.problem.evaluate((at + step * unit)[None, :], None) for unit in np.eye(len(at))]
    down = [model.problem.evaluate((at - step * unit)[None, :], None) for unit in np.eye(len(at))]
    slope = [(a.value[0] - b.value[0]) / (2 * step) for a, b in zip(up, down, strict=True)]
    curvature = [(a.gradient[0] - b.gradient[0]) / (2 * step) for a, b in zip(up, down, strict=True)]
    return np.array(slope), np.array(curvature)


def check(model: StrategicModel, at: np.ndarray) -> None:
    exact = model.problem.evaluate(at[None, :], None)
    slope, curvature = differences(model, at)
    assert exact.gradient[0] == pytest.approx(slope, rel=1e-6, abs=1e-5)
    assert exact.hessian[0] == pytest.approx(curvature, rel=1e-5, abs=1e-4)
    assert model.problem.scores(at).sum(axis=0) == pytest.approx(exact.gradient[0], abs=1e-9)
    assert model.problem.row_values(at).sum() == pytest.approx(exact.value[0], abs=1e-9)


@pytest.mark.parametrize(("name", "link", "error", "scale"), CASES)
def test_derivatives_on_a_tree_are_exact(name: str, link: str, error: str, scale: str | None) -> None:
    formula, build = FORMULAS[name]
    players = 2 if name in ("egame12", "egame122") else 3
    parts = " | ".join(["w - 1", "x - 1", "z - 1"][:players]) if scale == "each" else scale
    model = build(formula, data=small_table(120), link=link, error=error, scale=parts)
    check(model, np.random.default_rng(5).normal(0.0, 0.5, len(model.names)))


@pytest.mark.parametrize("offers_only", [False, True])
def test_derivatives_of_the_ultimatum_game_are_exact(offers_only: bool) -> None:
    table = small_table(120)
    random = np.random.default_rng(6)
    offer = np.clip(random.normal(5, 4, 120), 0, 10)
    table = table.with_columns(offer=offer)
    model = strategic.ultimatum("offer + a1 ~ x + z | w", data=table, maximum=10, offers_only=offers_only)
    assert 0 < (offer == 0).sum() < 60
    assert 0 < (offer == 10).sum() < 60
    check(model, np.array([2.0, 0.3, -0.4, 4.0, 0.5, 0.6, 0.4]))


def test_jets_follow_the_rules_of_calculus() -> None:
    x, y = variable(0, np.array([1.3]), 2), variable(1, np.array([0.7]), 2)
    f = exponential(x * y) * reciprocal(square_root(x))
    # f = exp(xy) x^(-1/2): by hand.
    value = np.exp(1.3 * 0.7) / np.sqrt(1.3)
    assert f.value == pytest.approx(value)
    assert f.first[0] == pytest.approx(value * (0.7 - 0.5 / 1.3))
    assert f.first[1] == pytest.approx(value * 1.3)
    assert f.second[0, 0] == pytest.approx(value * ((0.7 - 0.5 / 1.3) ** 2 + 0.5 / 1.3**2))
    assert f.second[0, 1] == pytest.approx(value * (0.7 - 0.5 / 1.3) * 1.3 + value)
    assert f.second[1, 1] == pytest.approx(value * 1.3**2)
