"""Shares of what is needed: they sum to one, and replacing everything leaves nothing resting on the guarantor."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus import terms
from foedus.errors import InputError, UnknownName
from foedus.exposure import Account, account, accounts
from foedus.exposure.shares import Shares
from foedus.exposure.view import SWITCHED, switch_name
from foedus.world import World

EIGHT = ("POL", "DEU", "EST", "JPN", "KOR", "TWN", "ISR", "SAU")


@pytest.fixture(scope="module")
def world() -> World:
    return World.load()


@cache
def of(code: str) -> Account:
    return account(World.load(), code)


def parts(shares: Shares) -> np.ndarray:
    return np.array([figure.draws for figure in (shares.own, shares.pool, *shares.rests.values(), shares.unmet)])


@pytest.mark.parametrize("code", EIGHT)
def test_shares_sum_to_one_on_every_draw(code: str) -> None:
    held = of(code)
    for shares in (*held.shares.values(), held.overall):
        values = parts(shares)
        assert values.sum(axis=0) == pytest.approx(1.0, abs=1e-9)
        assert values.min() > -1e-9


@pytest.mark.parametrize("code", EIGHT)
def test_the_channels_sum_to_all_that_rests_on_the_guarantor(code: str) -> None:
    for shares in (*of(code).shares.values(), of(code).overall):
        assert sum(figure.draws for figure in shares.rests.values()) == pytest.approx(shares.guarantor.draws, abs=1e-9)
        assert sum(figure.value for figure in shares.rests.values()) == pytest.approx(shares.guarantor.value)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(EIGHT), st.dictionaries(st.sampled_from(SWITCHED), st.floats(0, 1), max_size=6))
def test_shares_sum_to_one_whatever_is_withdrawn(code: str, levels: dict[str, float]) -> None:
    held = of(code)
    changes = {switch_name(name): level for name, level in levels.items()}
    for shares in held.shares.values():
        figures = (shares.own, shares.pool, *shares.rests.values(), shares.unmet)
        assert sum(float(np.squeeze(figure.given(changes))) for figure in figures) == pytest.approx(1.0, abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(EIGHT), st.sampled_from(terms.DOMAINS))
def test_replacing_everything_needed_leaves_no_exposure(code: str, domain: str) -> None:
    held = of(code)
    row = terms.Domain.of(domain)
    own = held.muster.effective(World.load().index(code), row)
    needed = held.need.needed[row].value
    assert held.shares[domain].guarantor.given({own.name: needed}) == pytest.approx(0.0, abs=1e-9)
    assert held.shares[domain].own.given({own.name: needed}) == pytest.approx(1.0)


def test_withdrawing_a_channel_takes_it_out_of_the_account() -> None:
    held = of("EST")
    off = {switch_name("intelligence"): 0.0}
    assert held.overall.rests["intelligence"].given(off) == pytest.approx(0.0, abs=1e-12)
    assert held.index.given(off) < held.index.value


def test_estonia_has_less_of_its_own_than_poland_and_more_that_nobody_meets(world: World) -> None:
    poland, estonia = of("POL"), account(world, "Estonia")
    assert estonia.overall.own.value < poland.overall.own.value
    assert estonia.overall.unmet.value > poland.overall.unmet.value


def test_the_eight_briefs_name_the_challengers_one_expects() -> None:
    found = {code: of(code).muster.code(of(code).need.challenger) for code in EIGHT}
    assert found == {
        "POL": "RUS",
        "DEU": "RUS",
        "EST": "RUS",
        "JPN": "CHN",
        "KOR": "PRK",
        "TWN": "CHN",
        "ISR": "IRN",
        "SAU": "IRN",
    }


def test_every_ally_of_europe_with_a_challenger_has_an_account(world: World) -> None:
    found = {held.ally for held in accounts(world, "Europe")}
    assert {"POL", "DEU", "EST", "FIN", "GBR", "UKR"} <= found
    assert "BLR" not in found


def test_a_state_nobody_guarantees_has_no_account(world: World) -> None:
    with pytest.raises(InputError, match="no power guarantees Russia"):
        account(world, "RUS")


def test_a_misspelt_ally_is_answered_with_the_nearest_name(world: World) -> None:
    with pytest.raises(UnknownName, match="Poland"):
        account(world, "Polland")


def test_a_state_that_does_not_challenge_the_ally_is_refused(world: World) -> None:
    with pytest.raises(UnknownName, match="challenger"):
        account(world, "POL", against="Japan")
