"""What a loss hangs on: found among many parameters, one after the other, and not taken for what is drawn alike."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import polars as pl

from foedus.brief.drive import drivers
from foedus.ledger import load_ledger

FUTURES = 256
NAMES = [parameter.name for parameter in load_ledger().uncertain][:40]


def reading(draws: dict[str, np.ndarray], loss: np.ndarray) -> SimpleNamespace:
    table = pl.DataFrame({"future": np.arange(FUTURES), **draws})
    none = np.array([], dtype=np.intp)
    results = SimpleNamespace(parameters=lambda: table, futures=FUTURES, twins=lambda: (none, none))
    return SimpleNamespace(run=SimpleNamespace(results=results), mean_loss=loss)


def drawn() -> dict[str, np.ndarray]:
    luck = np.random.default_rng(3)
    return {name: luck.random(FUTURES) for name in NAMES}


def test_the_parameters_that_make_the_loss_are_found_with_their_direction() -> None:
    draws = drawn()
    noise = np.random.default_rng(4).normal(0.0, 0.05, FUTURES)
    loss = np.exp(2.0 * draws[NAMES[7]] - 1.2 * draws[NAMES[21]] + noise)
    found = drivers(reading(draws, loss))
    assert [driver.parameter.name for driver in found[:2]] == [NAMES[7], NAMES[21]]
    assert found[0].rank > 0.5
    assert found[1].rank < -0.5
    assert all(driver.alike == () for driver in found)


def test_a_parameter_drawn_alike_is_named_beside_and_not_as_a_cause_of_its_own() -> None:
    draws = drawn()
    cause, shadow = NAMES[5], NAMES[30]
    draws[shadow] = draws[cause] + np.random.default_rng(5).normal(0.0, 0.1, FUTURES)
    found = drivers(reading(draws, draws[cause] ** 2))
    assert found[0].parameter.name == cause
    assert [parameter.name for parameter in found[0].alike] == [shadow]
    assert shadow not in [driver.parameter.name for driver in found]


def test_luck_alone_drives_nothing() -> None:
    assert drivers(reading(drawn(), np.random.default_rng(6).random(FUTURES))) == ()
