"""Confrontations, wars, disputes of states, spells under other rules, sums over partners."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.errors import InputError, UnknownName
from foedus.panels import VARIABLES, DataFolder, dyad_years, state_years
from panels.small_data import write_small


@pytest.mark.data
def test_confrontations_are_the_publishers_rows(data: Path) -> None:
    panel = dyad_years(1816, 2014, data=data).mics()
    rows = panel.filter(pl.col("micongoing") == 1).collect()
    file = DataFolder(data).read("mic_directed_dyad_year")
    assert panel.notes[0].startswith("mic_directed_dyad_year: ")
    assert rows.height == file.height - int(panel.notes[0].split(" of ")[0].split(": ")[1].replace(",", ""))
    assert rows["miconset"].sum() <= file["miconset"].sum()


@pytest.mark.data
def test_germany_and_belgium_fought_the_second_world_war_in_1940(data: Path) -> None:
    panel = dyad_years(1939, 1941, data=data).wars()
    row = (
        panel.filter(pl.col("ccode1") == 255, pl.col("ccode2") == 211, pl.col("year") == 1940)
        .collect()
        .row(0, named=True)
    )
    assert (row["warnum"], row["cowinteronset"], row["cowinterongoing"]) == (139, 1, 1)
    assert (row["war_sidea1"], row["war_sidea2"]) == (2, 1)
    states = state_years(1939, 1941, data=data).wars().filter(pl.col("ccode") == 255).collect()
    assert states["cowinterongoing"].to_list() == [1, 1, 1]


@pytest.mark.data
def test_disputes_of_a_state_are_those_of_its_pairs(data: Path) -> None:
    pairs = dyad_years(1950, 1960, data=data).gml_mids(initiators="sidea-orig").collect()
    own = pairs.group_by(pl.col("ccode1").alias("ccode"), "year").agg(pl.col("gmlmidongoing").max().alias("expected"))
    states = state_years(1950, 1960, data=data).gml_mids(initiators="sidea-orig").collect()
    joined = states.join(own, on=["ccode", "year"])
    assert (joined["gmlmidongoing"] == joined["expected"]).all()
    assert joined.filter(pl.col("gmlmidonset_init") > pl.col("gmlmidonset")).is_empty()


@pytest.mark.data
def test_another_order_of_rules_keeps_another_dispute(data: Path) -> None:
    start = dyad_years(1816, 2010, data=data)
    by_month, usual = (start.gml_mids(order=order)["dispnum"] for order in (["stmon"], ["onset", "fatality"]))
    assert (by_month != usual).sum() > 100
    assert by_month.null_count() == usual.null_count()
    with pytest.raises(UnknownName, match='Did you mean "fatality"'):
        start.gml_mids(order=["fatalities"])


EVENTS = """dispnum,ccode1,ccode2,year,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,\
hostlev2,orig1,orig2,midonset,midongoing,fatality,hostlev,mindur,maxdur,recip,stmon
1,2,200,1957,1,0,0,0,0,0,1,1,2,2,1,1,1,1,0,2,5,5,1,1
1,2,200,1958,1,0,0,0,0,0,1,1,2,2,1,1,0,1,0,2,5,5,1,1
1,2,200,1959,1,0,0,0,0,0,1,1,2,2,1,1,0,1,0,2,5,5,1,1
2,200,260,1955,1,0,0,0,0,0,1,1,2,2,1,1,1,1,0,2,5,5,1,1
"""


def test_spells_count_from_onsets_or_from_what_went_on_and_a_run_may_count_once(tmp_path: Path) -> None:
    folder = write_small(tmp_path, gml_mid_directed_dyad_dispute_year=EVENTS)
    start = (
        dyad_years(1955, 1959, directed=False, data=folder)
        .gml_mids()
        .filter(pl.col("ccode1") == 2, pl.col("ccode2") == 200)
    )

    def spell(**options: str) -> list[int | None]:
        return start.peace_years(**options)["gmlmidspell"].to_list()  # type: ignore[arg-type]

    assert spell() == [0, 1, 2, 0, 0]
    assert spell(event="onset") == [0, 1, 2, 0, 1]
    assert spell(ongoing="missing") == [0, 1, 2, None, None]
    with pytest.raises(InputError, match="event is 'end'; it must be 'ongoing' or 'onset'"):
        spell(event="end")


def test_the_first_spell_of_a_year_speaks_for_it_where_r_has_it_so(tmp_path: Path) -> None:
    fillers = (
        "ccode1,ccode2,conttype,stdate,enddate\n200,260,0,1955-05-01,1960-06-01\n200,260,2,1960-06-01,1990-10-01\n"
    )
    start = dyad_years(1959, 1961, directed=False, data=write_small(tmp_path, cow_contiguity=fillers))
    kept = start.filter(pl.col("ccode1") == 200, pl.col("ccode2") == 260)
    assert kept.contiguity()["conttype"].to_list() == [0, 2, 2]
    assert kept.contiguity(rule="first")["conttype"].to_list() == [0, 0, 2]
    with pytest.raises(InputError, match='rule is "last"; it must be "closest" or "first"'):
        start.contiguity(rule="last")


@pytest.mark.data
def test_every_variable_of_pairs_adds_to_state_years_what_it_declares(data: Path) -> None:
    panel = state_years(1990, 1992, data=data)
    for name, variable in VARIABLES.items():
        if variable.sums:
            assert set(getattr(panel, variable.method)().columns[2:]) == set(variable.sums), name


@pytest.mark.data
def test_sums_over_partners_are_those_of_the_pairs(data: Path) -> None:
    pairs = dyad_years(1990, 1990, data=data).contiguity().trade().rivalries().capital_distance().igos().collect()
    own = pairs.filter(pl.col("ccode1") == 220)
    state = state_years(1990, 1990, data=data).contiguity().trade().rivalries().capital_distance().igos()
    row = state.filter(pl.col("ccode") == 220).collect().row(0, named=True)
    assert row["land"] == (own["conttype"] == 1).sum()
    assert row["sea"] == (own["conttype"] > 1).sum()
    assert row["imports"] == pytest.approx(own["flow1"].sum(), rel=1e-6)
    assert row["exports"] == pytest.approx(own["flow2"].sum(), rel=1e-6)
    assert row["n_rivalries"] == own["ongoingrivalry"].sum()
    assert row["mincapdist"] == pytest.approx(own["capdist"].min(), rel=1e-6)
    assert row["sum_dyadigos"] == own["dyadigos"].sum()
