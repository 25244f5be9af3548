"""What verbs add, checked by hand."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.errors import DataError, InputError
from foedus.panels import VARIABLES, Panel, build_panel, dispute_dyad_years, dyad_years, state_years
from panels.small_data import write_small


def one(panel: Panel, *where: pl.Expr) -> dict[str, object]:
    """Return the one row that fits."""
    return panel.filter(*where).collect().row(0, named=True)


def pair(first: int, second: int, year: int) -> tuple[pl.Expr, ...]:
    return pl.col("ccode1") == first, pl.col("ccode2") == second, pl.col("year") == year


def test_a_year_with_two_contiguities_takes_the_closer(tmp_path: Path) -> None:
    panel = dyad_years(1958, 1962, data=write_small(tmp_path)).contiguity()
    found = panel.filter(pl.col("ccode1") == 200, pl.col("ccode2") == 260).collect()["conttype"].to_list()
    assert found == [4, 4, 2, 2, 2]


def test_a_filler_of_contiguity_is_not_contiguity(tmp_path: Path) -> None:
    assert one(dyad_years(1950, 1950, data=write_small(tmp_path)).contiguity(), *pair(2, 200, 1950))["conttype"] == 0


def test_a_pair_is_relevant_when_contiguous_or_when_one_is_a_major_power(tmp_path: Path) -> None:
    panel = dyad_years(1956, 1959, directed=False, data=write_small(tmp_path)).relevant().collect()
    relevant = {(a, b, y): p for a, b, y, p in panel.select("ccode1", "ccode2", "year", "prd").rows()}
    assert relevant[200, 260, 1956] == 1
    assert [relevant[2, 200, year] for year in range(1956, 1960)] == [0, 0, 1, 1]
    only = dyad_years(1956, 1959, directed=False, data=tmp_path).relevant(only=True).collect()
    assert only.height == sum(relevant.values()) == 8


def test_an_empty_cell_stays_missing_and_each_state_gets_its_own_figure(tmp_path: Path) -> None:
    row = one(dyad_years(1958, 1958, data=write_small(tmp_path)).nmc(), *pair(200, 2, 1958))
    assert (row["milex1"], row["milex2"], row["cinc1"], row["cinc2"]) == (None, 10.0, 0.25, 0.5)


def test_verbs_leave_the_panel_they_start_from_as_it_was(tmp_path: Path) -> None:
    start = dyad_years(1958, 1958, data=write_small(tmp_path))
    start.nmc().majors()
    assert start.columns == ("ccode1", "ccode2", "year")


def test_a_variable_added_twice_stops(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="already has milex1"):
        dyad_years(1958, 1958, data=write_small(tmp_path)).nmc().nmc()


def test_a_pair_variable_on_state_years_stops(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="describes pairs"):
        state_years(1958, 1958, data=write_small(tmp_path)).relevant()


def test_every_declared_variable_is_a_method() -> None:
    assert all(callable(getattr(Panel, variable.method)) for variable in VARIABLES.values())


@pytest.mark.data
def test_every_declared_variable_adds_the_columns_it_declares(data: Path) -> None:
    panel = dyad_years(1990, 1992, data=data)
    for name, variable in VARIABLES.items():
        if name in ("cow-mids", "peace-years", "relevant"):
            continue
        added = getattr(panel, variable.method)().columns[3:]
        assert set(added) == set(variable.columns), name


@pytest.mark.data
def test_japan_owes_the_united_states_no_defence_though_it_is_owed_one(data: Path) -> None:
    panel = dyad_years(2010, 2010, data=data).atop()
    assert one(panel, *pair(2, 740, 2010))["atop_defense"] == 1
    assert one(panel, *pair(740, 2, 2010))["atop_defense"] == 0
    assert one(dyad_years(2010, 2010, directed=False, data=data).atop(), *pair(2, 740, 2010))["atop_defense"] == 1


@pytest.mark.data
def test_poland_enters_the_alliance_in_the_year_of_signature(data: Path) -> None:
    panel = dyad_years(1996, 1998, data=data).atop().filter(pl.col("ccode1") == 2, pl.col("ccode2") == 290).collect()
    assert panel["atop_defense"].to_list() == [0, 1, 1]


@pytest.mark.data
def test_outside_coverage_a_dispute_is_missing_and_inside_it_none_is_zero(data: Path) -> None:
    panel = dyad_years(2009, 2012, data=data).gml_mids().filter(pl.col("ccode1") == 2, pl.col("ccode2") == 20)
    assert panel.collect()["gmlmidongoing"].to_list() == [0, 0, None, None]
    with pytest.raises(DataError, match="covers 1816-2010; the panel is 2011-2016"):
        dyad_years(2011, 2016, data=data).gml_mids()


@pytest.mark.data
def test_disputes_kept_by_pair_year_are_those_the_publisher_keeps(data: Path) -> None:
    keys = ["ccode1", "ccode2", "year"]
    published = pl.read_parquet(data / "gml_mid_directed_dyad_year.parquet").sort(keys)
    ours = dyad_years(1816, 2010, data=data).gml_mids().filter(pl.col("dispnum").is_not_null()).collect()
    columns = [*keys, *(c for c in published.columns if c not in keys)]
    assert ours.height == 9_284
    assert ours.select(pl.col(columns).cast(pl.Int32)).equals(published.select(pl.col(columns).cast(pl.Int32)))


@pytest.mark.data
def test_initiators_grow_from_originators_to_everyone_who_joined(data: Path) -> None:
    rules = ("sidea-orig", "sidea-with-joiners", "sidea-all-joiners")
    counts = [dyad_years(1930, 1950, data=data).gml_mids(initiators=r).collect()["init1"].sum() for r in rules]  # type: ignore[arg-type]
    assert counts[0] < counts[1] < counts[2]


@pytest.mark.data
def test_confrontations_end_in_2014_and_are_counted_by_pair(data: Path) -> None:
    panel = dyad_years(2011, 2016, directed=False, data=data).mics().collect()
    onsets = panel.group_by("year").agg(pl.col("miconset").sum(), pl.col("onset_orig").sum()).sort("year")
    assert onsets.filter(pl.col("year") <= 2014)["miconset"].to_list() == [70, 30, 36, 33]
    assert onsets["onset_orig"][0] == 29
    assert panel.filter(pl.col("year") == 2015)["miconset"].null_count() == panel.filter(pl.col("year") == 2015).height


@pytest.mark.data
def test_us_troops_are_counted_once(data: Path) -> None:
    panel = state_years(1971, 2016, data=data).us_troops()
    korea = panel.filter(pl.col("ccode") == 732).collect()
    at_1971 = korea.filter(pl.col("year") == 1971)["troops_ad_best"].item()
    assert at_1971 == 40_740
    assert korea.filter(pl.col("year") >= 2006)["troops_ad_best"].max() < 35_000


@pytest.mark.data
def test_yemen_has_its_own_figures_on_either_side_of_1990(data: Path) -> None:
    panel = state_years(1988, 1992, data=data).nmc().gdp("anders").collect()
    yemen = panel.filter(pl.col("ccode").is_in([678, 679, 680]))
    assert set(yemen.filter(pl.col("year") == 1989)["ccode"]) == {678, 680}
    assert set(yemen.filter(pl.col("year") == 1991)["ccode"]) == {679}
    assert yemen.filter(pl.col("year") == 1991)["wbgdp2011est"].null_count() == 0


@pytest.mark.data
def test_prewar_germany_is_found_although_the_nuclear_file_codes_it_as_the_federal_republic(
    data: Path,
) -> None:
    status = state_years(1938, 1945, data=data).nuclear().filter(pl.col("ccode") == 255).collect()
    assert status["nuclear_weapons_status"].null_count() == 0


@pytest.mark.data
def test_both_german_codes_have_capabilities_in_1990_and_one_in_1991(data: Path) -> None:
    panel = state_years(1990, 1991, data=data).nmc().filter(pl.col("ccode").is_in([255, 260])).collect()
    assert panel.select("ccode", "year").rows() == [(255, 1990), (255, 1991), (260, 1990)]
    assert panel["cinc"].null_count() == 0


@pytest.mark.data
def test_a_gleditsch_ward_panel_finds_united_germany_under_its_cow_code(data: Path) -> None:
    panel = state_years(1992, 1992, system="gw", data=data).nmc().filter(pl.col("gwcode") == 260).collect()
    cow = state_years(1992, 1992, data=data).nmc().filter(pl.col("ccode") == 255).collect()
    assert panel["milex"].to_list() == cow["milex"].to_list() != [None]


@pytest.mark.data
def test_trade_swaps_its_flows_with_the_order_of_the_pair(data: Path) -> None:
    panel = dyad_years(1920, 1920, data=data).trade()
    there, back = (one(panel, *pair(*codes, 1920)) for codes in ((2, 20), (20, 2)))
    assert (there["flow1"], there["flow2"]) == (612.0, 735.0) == (back["flow2"], back["flow1"])


@pytest.mark.data
def test_distances_are_symmetric_and_bonn_was_the_capital(data: Path) -> None:
    panel = dyad_years(1980, 1980, data=data).capital_distance().minimum_distance()
    paris, back = one(panel, *pair(220, 260, 1980)), one(panel, *pair(260, 220, 1980))
    assert paris["capdist"] == back["capdist"] == pytest.approx(401, abs=5)
    assert paris["mindist"] == back["mindist"] == 0.0


@pytest.mark.data
def test_disputes_can_be_rows_themselves(data: Path) -> None:
    panel = dispute_dyad_years(1816, 2010, data=data).nmc().collect()
    assert panel.height == 10_276
    assert panel["cinc1"].null_count() == 0


@pytest.mark.data
@pytest.mark.parametrize("ending", ["parquet", "csv", "dta"])
def test_a_panel_reads_back_from_each_format(data: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"panel.{ending}"
    panel = build_panel(
        "dyad-year",
        directed=False,
        system="cow",
        years=(2000, 2001),
        add=["gml-mids", "peace-years"],
        relevant=True,
        data=data,
        out=out,
    )
    expected = panel.collect()
    if ending == "dta":
        pandas = pytest.importorskip("pandas")
        found = pandas.read_stata(out)
        assert found["gmlmidspell"].tolist() == expected["gmlmidspell"].to_list()
    else:
        found = pl.read_parquet(out) if ending == "parquet" else pl.read_csv(out)
        assert found["gmlmidspell"].to_list() == expected["gmlmidspell"].to_list()
    assert tuple(found.columns) == panel.columns
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.data
def test_a_panel_cites_what_it_used_and_nothing_else(data: Path) -> None:
    cited = dyad_years(2000, 2001, data=data).atop().citations()
    assert len(cited) == 2
    assert cited[1].startswith("Leeds et al. (2002)")


@pytest.mark.data
def test_a_state_that_cow_does_not_know_has_missing_not_peaceful_years(data: Path) -> None:
    panel = dyad_years(1990, 1990, system="gw", data=data).gml_mids().contiguity().collect()
    canada = panel.filter(pl.col("gwcode1") == 2, pl.col("gwcode2") == 20)
    assert canada.select("gmlmidongoing", "conttype").row(0) == (0, 1)
    before = dyad_years(1870, 1870, system="gw", data=data).gml_mids().contiguity().collect()
    canada = before.filter(pl.col("gwcode1") == 2, pl.col("gwcode2") == 20)
    assert canada.select("gmlmidongoing", "conttype").row(0) == (None, None)
