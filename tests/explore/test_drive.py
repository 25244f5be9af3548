"""What drives an answer: on functions whose indices are known, the methods give those, and noise is called noise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from foedus.explore.drive import _dummies, drivers, first_order, pawn
from foedus.explore.inputs import Footing, Inputs
from foedus.explore.words import hangs_on
from foedus.explore.worth import choice
from foedus.ledger import load_ledger

POINTS = 8192


def points(count: int, seed: int = 1) -> np.ndarray:
    """Latin hypercube in (0, 1), [POINTS, count], drawn by SALib."""
    from SALib.sample import latin

    return latin.sample({"num_vars": count, "names": [str(k) for k in range(count)], "bounds": [[0, 1]] * count},
                        POINTS, seed=seed)  # fmt: skip


def ishigami(at: np.ndarray) -> np.ndarray:
    from SALib.test_functions import Ishigami

    return Ishigami.evaluate(np.pi * (2.0 * at[:, :3] - 1.0))


def test_first_order_indices_of_ishigami_are_those_of_the_textbook() -> None:
    at = points(3)
    found, half = first_order(at, ishigami(at), 60, np.random.default_rng(1))
    assert found == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert np.all(half < 0.08)


def test_first_order_indices_of_the_g_function_are_those_of_the_textbook() -> None:
    from SALib.test_functions import Sobol_G

    at, a = points(6), np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])
    known = Sobol_G.sensitivity_index(a)
    found, _ = first_order(at, Sobol_G.evaluate(at, a), 2, np.random.default_rng(1))
    assert found == pytest.approx(known, abs=0.03)


def test_pawn_sees_what_acts_only_with_another_and_calls_noise_noise() -> None:
    at = points(4)[:1536]
    found = pawn(at, ishigami(at), np.random.default_rng(1))
    assert [index.clear for index in found] == [True, True, True, False]
    assert all(index.low <= index.value <= index.high for index in found)


def test_meaningless_parameters_are_the_same_numbers_in_another_order() -> None:
    at = points(3)
    found = _dummies(at, 5, np.random.default_rng(1))
    assert found.shape == (POINTS, 5)
    assert np.array_equal(np.sort(found[:, 3]), np.sort(at[:, 0]))
    assert not np.array_equal(found[:, 3], at[:, 0])


LEDGER = load_ledger()
NAMES = tuple(parameter.name for parameter in LEDGER.uncertain)[:6]


def inputs(at: np.ndarray, grades: str, learnt: tuple[float | None, ...] = (None,) * 6) -> Inputs:
    names = NAMES[: at.shape[1]]
    of = {name: Footing(grade, share) for name, grade, share in zip(names, grades, learnt, strict=False)}
    return Inputs(names, at, np.arange(len(at)), of)


@pytest.mark.slow
def test_the_ranking_of_ishigami_with_three_more_that_mean_nothing() -> None:
    at = points(6)[:1536]
    found = drivers(inputs(at, "AAVCRA"), ishigami(at)[None])
    assert {driver.name for driver in found if driver.clear} == set(NAMES[:2])
    assert next(driver for driver in found if driver.name == NAMES[0]).rho > 0.3
    said = hangs_on(found, LEDGER, 1536)
    assert said.startswith("The answer hangs on two assumptions that nobody has evidence for: ")
    assert said.endswith("No other assumption stands out of noise.")
    assert drivers(inputs(at, "AAVCRA"), ishigami(at)[None]) == found


@pytest.mark.slow
def test_where_the_answer_is_luck_no_assumption_stands_out() -> None:
    at = points(6)[:512]
    found = drivers(inputs(at, "AAAAAA"), np.random.default_rng(2).normal(size=(1, 512)))
    assert not any(driver.clear for driver in found)
    assert hangs_on(found, LEDGER, 512).startswith("No assumption stands out of noise with 512 parameter points")


def test_a_record_that_taught_something_is_evidence_and_an_assumption_alone_is_none() -> None:
    assert Footing("A", None).none
    assert Footing("A", 0.01).none
    assert not Footing("A", 0.5).none
    assert not Footing("C", None).none
    assert [Footing("A", share).words for share in (None, 0.01, 0.43)] == ["no record", "nothing", "43 %"]


def test_knowing_what_decides_between_two_postures_is_worth_the_textbook_figure() -> None:
    at = ndtri(points(3))
    found = choice(inputs(at, "AAA"), at[:, 0] + 0.5 * at[:, 1])
    spread = np.sqrt(1.25)
    assert found.regret == pytest.approx(spread / np.sqrt(2.0 * np.pi), rel=0.05)
    assert found.gains[NAMES[0]] == pytest.approx(1.0 / np.sqrt(2.0 * np.pi), rel=0.05)
    assert found.gains[NAMES[1]] == pytest.approx(0.5 / np.sqrt(2.0 * np.pi), rel=0.05)
    assert found.gains[NAMES[2]] == 0.0


def test_nothing_is_worth_knowing_where_one_posture_is_always_better() -> None:
    at = np.random.default_rng(4).uniform(size=(500, 2))
    found = choice(inputs(at, "AA"), 1.0 + at[:, 0])
    assert (found.better, found.regret, set(found.gains.values())) == ("against", 0.0, {0.0})
