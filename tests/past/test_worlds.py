"""Worlds of past years hold what is known of those years, and nothing of later ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foedus.errors import DataError, InputError
from foedus.panels.files import DataFolder
from foedus.past import world_of
from foedus.past.measured import members_of_nato
from foedus.world import World
from past.truncated import truncated

pytestmark = pytest.mark.data

YEARS = (1970, 1990, 2014)


def troops(world: World) -> dict[str, int]:
    names, links = world.states.iso3, world.links
    ours = links.guarantor == world.index("USA")
    return {names[i]: int(n) for i, n in zip(links.ally[ours], links.troops[ours], strict=True)}


@pytest.mark.parametrize(
    ("year", "known"),
    [
        (1970, {"KOR": 52283, "DEU": 202935, "JPN": 82264, "VDR": 410878}),
        (1990, {"KOR": 41344, "DEU": 227586, "GBR": 25111}),
        (2014, {"KOR": 29074, "DEU": 36855, "JPN": 52518}),
    ],
)
def test_us_troops_stand_where_the_reports_of_the_year_say(year: int, known: dict[str, int], data: Path) -> None:
    found = troops(world_of(year, data))
    assert {iso: found[iso] for iso in known} == known


@pytest.mark.parametrize(("year", "members"), [(1970, 14), (1990, 15), (2014, 27)])
def test_every_member_of_nato_has_a_link_with_a_full_pledge(year: int, members: int, data: Path) -> None:
    world = world_of(year, data)
    joined = set(members_of_nato(DataFolder(data), year)) - {"USA"}
    assert len(joined) == members
    pledge = {
        world.states.iso3[i]: level for i, level in zip(world.links.ally, world.links.channels[:, 0], strict=True)
    }
    assert {pledge[iso] for iso in joined} == {1.0}
    assert joined <= set(world.allies_of("USA"))


@pytest.mark.parametrize("year", YEARS)
def test_the_three_leaders_of_cinc_are_among_the_five_largest_stocks(year: int, data: Path) -> None:
    world = world_of(year, data)
    nmc = pl.read_parquet(data / "cow_nmc.parquet").filter(pl.col("year") == year)
    leaders = nmc.sort("cinc", descending=True)["iso3"].head(3).to_list()
    largest = np.argsort(-world.states.stocks.sum(axis=1))[:5]
    assert set(leaders) <= {world.states.iso3[i] for i in largest}


def test_two_germanies_stand_until_1989_and_one_from_1990(data: Path) -> None:
    assert {"DEU", "DDR"} <= set(world_of(1970, data).states.iso3)
    after = world_of(1990, data).states.iso3
    assert "DEU" in after
    assert "DDR" not in after


def test_united_germany_inherits_the_stock_of_the_federal_republic(data: Path) -> None:
    world = world_of(1990, data)
    spent = [fact for fact in world.tables.facts["spending_history.csv"] if fact.key == ("DEU",)]
    assert min(fact.year for fact in spent) == 1963
    assert max(fact.year for fact in spent) == 1990


def test_obligations_are_the_guarantors_not_the_allys(data: Path) -> None:
    world = world_of(1970, data)
    links = set(zip(world.links.guarantor.tolist(), world.links.ally.tolist(), strict=True))
    assert (world.index("USA"), world.index("JPN")) in links
    assert (world.index("JPN"), world.index("USA")) not in links


@pytest.mark.parametrize(("year", "armed"), [(1970, "CHN FRA GBR ISR RUS USA"), (1955, "GBR RUS USA")])
def test_the_armed_are_those_of_the_year(year: int, armed: str, data: Path) -> None:
    states = world_of(year, data).states
    assert {states.iso3[i] for i in np.flatnonzero(states.nuclear_pursuit > 2.5)} == set(armed.split())


def test_new_zealand_loses_its_promise_in_1986(data: Path) -> None:
    for year, level in ((1984, 1.0), (1988, 0.4)):
        world = world_of(year, data)
        link = list(world.links.ally).index(world.index("NZL"))
        assert world.links.channels[link, 0] == level


@pytest.mark.parametrize("year", [1970, 1990])
def test_a_world_is_the_same_when_the_data_end_with_its_year(year: int, data: Path, tmp_path: Path) -> None:
    whole, cut = world_of(year, data), world_of(year, truncated(data, tmp_path / "cut", year))
    assert whole.tables.facts == cut.tables.facts
    assert whole.digest == cut.digest
    np.testing.assert_array_equal(whole.states.stocks, cut.states.stocks)


def test_a_world_differs_when_its_own_years_spending_is_missing(data: Path, tmp_path: Path) -> None:
    folder = truncated(data, tmp_path / "cut", 1970)
    spending = pl.read_parquet(folder / "cow_nmc.parquet").filter(pl.col("year") < 1970)
    spending.write_parquet(folder / "cow_nmc.parquet")
    assert world_of(1970, data).digest != world_of(1970, folder).digest


@pytest.mark.parametrize("year", YEARS)
def test_what_nobody_recorded_is_listed_as_assumed(year: int, data: Path) -> None:
    world = world_of(year, data)
    assumed = {(a.key, a.variable) for a in world.assumed}
    assert {((iso,), "debt") for iso in world.states.iso3} <= assumed
    known = {fact.key for fact in world.tables.facts["forces.csv"] if fact.variable == "spending"}
    unknown = {(iso,) for iso in world.states.iso3} - known
    assert {(key, "spending") for key in unknown} <= assumed


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_of_a_state_is_finite(year: int, data: Path) -> None:
    states = world_of(year, data).states
    for name in ("gdp", "growth", "debt", "defence_share", "stocks", "latency", "democracy", "price_level"):
        assert np.isfinite(getattr(states, name)).all(), name
    assert (states.defence_share > 0).all()
    assert (states.defence_share <= 0.3).all()


def test_a_year_outside_the_record_stops(data: Path) -> None:
    with pytest.raises(InputError, match="year is 1939; a world can be built of 1950 to 2014"):
        world_of(1939, data)


def test_a_missing_file_is_named(data: Path, tmp_path: Path) -> None:
    folder = truncated(data, tmp_path / "cut", 1970)
    (folder / "atop_dyad_year.parquet").unlink()
    with pytest.raises(DataError, match="atop_dyad_year: no such file"):
        world_of(1970, folder)
