"""The world of 2026: one price base, stocks split by what is counted, opinion where somebody asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.terms import Domain
from foedus.world import World
from foedus.world.inventory import C4ISR_SHARE, COUNTED, LAND_SHARES, LEAST_SHARE, SEA_SHARES, UNIT_VALUE, domain_shares
from foedus.world.tables import FACTS

WORLD = World.load()
PAGE = Path(__file__).parents[2] / "docs" / "facts.md"


def stock(iso3: str) -> np.ndarray:
    return WORLD.states.stocks[WORLD.index(iso3)]


def test_every_product_is_of_2025_and_every_burden_is_spending_over_it() -> None:
    products, forces = WORLD.tables.latest("economy.csv"), WORLD.tables.latest("forces.csv")
    assert {products[(iso,), "gdp"].year for iso in WORLD.states.iso3} == {2025}
    burdens = {key[0]: fact.value for (key, name), fact in forces.items() if name == "burden"}
    assert len(burdens) == 67
    for iso, burden in burdens.items():
        spending, product = forces[(iso,), "spending"].value, products[(iso,), "gdp"].value
        assert burden == pytest.approx(spending / product, rel=2e-4), iso


def test_a_stock_is_split_by_the_value_of_what_is_counted() -> None:
    held = np.array([[2.0, 50.0, 100.0, 4.0, 8.0]])
    land, air, maritime = 2 * 5.0, 50 * 0.16 + 100 * 0.01 + 4 * 0.5, 8 * 0.25
    forces = (1.0 - C4ISR_SHARE["ally"]) / (land + air + maritime)
    expected = [land * forces, air * forces, maritime * forces, C4ISR_SHARE["ally"]]
    assert domain_shares([False], ["ally"], held)[0] == pytest.approx(expected)
    assert len(UNIT_VALUE) == len(COUNTED)


def test_a_domain_without_counted_units_keeps_a_fiftieth() -> None:
    shares = domain_shares([False], ["other"], np.array([[3.0, 0.0, 0.0, 0.0, 0.0]]))[0]
    least = LEAST_SHARE / (1.0 + 2 * LEAST_SHARE) * (1.0 - C4ISR_SHARE["other"])
    assert shares[Domain.AIR] == shares[Domain.MARITIME] == pytest.approx(least)
    assert shares.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(("by_sea", "split"), [(True, SEA_SHARES), (False, LAND_SHARES)])
def test_where_a_count_is_missing_geography_decides(by_sea: bool, split: tuple[float, float, float]) -> None:
    shares = domain_shares([by_sea], ["ally"], np.array([[3.0, np.nan, 0.0, 0.0, 0.0]]))[0]
    assert shares[:3] / shares[:3].sum() == pytest.approx(np.array(split) / sum(split))


def test_only_states_that_nobody_counted_are_listed_as_split_by_geography() -> None:
    counts = WORLD.tables.latest("forces.csv")
    listed = {item.key[0] for item in WORLD.assumed if item.variable == "domain shares"}
    assert listed == {iso for iso in WORLD.states.iso3 if ((iso,), "brigades") not in counts}
    assert {"CHN", "POL", "ISR"}.isdisjoint(listed)


def test_forces_stand_in_an_order_that_a_specialist_would_know() -> None:
    sea, air = Domain.MARITIME, Domain.AIR
    assert stock("USA")[sea] > 2 * stock("CHN")[sea] > 4 * stock("JPN")[sea]
    assert stock("ISR")[air] > stock("IRN")[air]
    assert stock("FRA").sum() > 2 * stock("SAU").sum()
    assert stock("SYR").sum() < stock("JOR").sum()


def test_an_overlay_may_say_how_much_of_a_stock_is_usable(tmp_path: Path) -> None:
    head = (FACTS / "forces.csv").read_text(encoding="utf-8").splitlines()[0]
    row = "POL,usable_share,2026,0.5,0.3,0.7,ratio,foedus_judgement,A,half"
    (tmp_path / "forces.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    poland = World.load(tmp_path).states.stocks[WORLD.index("POL")]
    assert poland == pytest.approx(0.5 * stock("POL"))


def test_the_page_shows_the_stocks_that_the_world_has() -> None:
    codes = {name: iso for iso, name in WORLD.states.names.items()}
    found = 0
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0] in codes and "·" in cells[2]:
            shown = [float(cell) for cell in cells[2].split("·")]
            assert shown == [float(f"{value:.0f}") for value in stock(codes[cells[0]])[:3]], cells[0]
            found += 1
    assert found == 22


def test_opinion_on_a_bomb_is_known_of_those_who_were_asked_and_highest_in_south_korea() -> None:
    opinion = dict(zip(WORLD.states.iso3, WORLD.states.bomb_opinion, strict=True))
    asked = {iso: share for iso, share in opinion.items() if not np.isnan(share)}
    assert len(asked) == 13
    assert max(asked, key=lambda iso: asked[iso]) == "KOR"
    assert asked["KOR"] == 0.74
    assert np.isnan(opinion["NLD"])
    assert all(item.variable != "bomb_opinion" for item in WORLD.assumed)
