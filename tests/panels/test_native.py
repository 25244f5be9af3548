"""Gleditsch-Ward panels have their own economy and democracy where the folder holds them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.panels import state_years
from panels.small_data import write_small

GW = "gwcode,microstate,start,end\n2,0,1816-01-01,2020-12-31\n20,0,1867-07-01,2020-12-31\n"
BOTH = "ccode,gwcode,year\n2,2,1870\n2,2,1871\n"
NATIVE = "gwcode,year,mrgdppc,pwtrgdp,pwtpop\n2,1870,4000,160000,40\n20,1870,2700,9000,3.6\n"
COW = "ccode,year,mrgdppc,pwtrgdp,pwtpop\n2,1870,4000,160000,40\n"
REGIMES = "gwcode,year,polity2,v2x_polyarchy,euds,aeuds\n20,1870,9,0.3,0.5,0.2\n"


def folder(path: Path, **more: str) -> Path:
    return write_small(path, gw_state_system=GW, cow_gw_state_year=BOTH, fariss_gdp_pop=COW, **more)


def test_a_state_that_cow_does_not_know_yet_has_its_own_product(tmp_path: Path) -> None:
    data = folder(tmp_path, gw_gdp_pop=NATIVE, gw_democracy=REGIMES)
    panel = state_years(1870, 1870, system="gw", data=data).gdp().population().democracy()
    row = panel.filter(pl.col("gwcode") == 20).collect().row(0, named=True)
    assert (row["pwtrgdp"], row["mrgdppc"], row["pwtpop"], row["aeuds"]) == (9000, 2700, 3.6, 0.2)
    assert panel.used[-2:] == ("gw_gdp_pop", "gw_democracy")
    assert not [note for note in panel.notes if "not in the folder" in note]


def test_without_a_file_of_its_own_a_panel_says_whose_figures_it_has(tmp_path: Path) -> None:
    panel = state_years(1870, 1870, system="gw", data=folder(tmp_path)).gdp()
    assert panel["pwtrgdp"].to_list() == [160000, None]
    assert panel.notes == (
        "gw_gdp_pop is not in the folder: pwtrgdp, mrgdppc are those of COW states, missing where COW knows none",
    )


@pytest.mark.data
def test_names_codes_and_conflicts_know_the_system_of_the_panel(data: Path) -> None:
    gw = state_years(1990, 1991, system="gw", data=data).names().codes().ucdp()
    row = gw.filter(pl.col("gwcode") == 260, pl.col("year") == 1991).collect().row(0, named=True)
    assert (row["ccode"], row["name"], row["microstate"]) == (255, "German Federal Republic", 0)
    iraq = gw.filter(pl.col("gwcode") == 645).collect()
    assert iraq.select("ucdponset", "ucdpongoing").rows() == [(1, 1), (1, 1)]
    cow = state_years(1990, 1991, data=data).names().codes().ucdp()
    row = cow.filter(pl.col("ccode") == 255, pl.col("year") == 1991).collect().row(0, named=True)
    assert (row["gwcode"], row["abb"]) == (260, "GMY")
