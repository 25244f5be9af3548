"""What a panel answers: rows, columns, one's own tables beside it, last year's values, labels, works to cite."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import polars as pl
import pytest

from foedus.errors import DataError, InputError, UnknownName
from foedus.panels import VARIABLES, DataFolder, adopt_dyad_years, dyad_years, state_years
from foedus.panels.labels import labels_of
from foedus.panels.writing import write_frame
from panels.small_data import NMC, write_small


def test_a_panel_says_in_one_line_what_it_is(tmp_path: Path) -> None:
    panel = dyad_years(1956, 1962, directed=False, data=write_small(tmp_path)).nmc()
    shown = "ccode1, ccode2, year, milex1, milper1, irst1, pec1, tpop1, …"
    assert repr(panel) == f"<Panel: dyad-year, undirected, cow, 1956-1962; 17 columns: {shown}>"


def test_head_one_column_and_some_columns_are_computed_at_once(tmp_path: Path) -> None:
    panel = state_years(1958, 1958, data=write_small(tmp_path)).nmc()
    assert panel.head(2).height == 2
    assert panel["cinc"].to_list() == [0.5, 0.25, None]
    assert panel[["ccode", "cinc"]].columns == ["ccode", "cinc"]
    with pytest.raises(UnknownName, match='Did you mean "cinc"'):
        panel["cincc"]
    assert panel.to_pandas()["year"].tolist() == [1958, 1958, 1958]


def test_a_table_by_state_and_year_gives_each_of_a_pair_its_own_value(tmp_path: Path) -> None:
    panel = dyad_years(1958, 1959, data=write_small(tmp_path))
    mine = pl.DataFrame({"ccode": [2, 200], "year": [1958.0, 1958.0], "gini": [0.4, 0.3]})
    row = panel.join(mine).filter(pl.col("ccode1") == 200, pl.col("ccode2") == 2).collect()
    assert row.select("year", "gini1", "gini2").rows() == [(1958, 0.3, 0.4), (1959, None, None)]
    fixed = panel.join(pl.DataFrame({"ccode": [2], "island": [0]})).collect()
    assert fixed.filter(pl.col("ccode1") == 2)["island1"].to_list() == [0, 0, 0, 0]
    pairs = pl.DataFrame({"ccode1": [2], "ccode2": [200], "year": [1958], "visits": [3]})
    assert panel.join(pairs).collect()["visits"].sum() == 3


def test_a_table_that_cannot_be_joined_says_what_it_needs(tmp_path: Path) -> None:
    panel = dyad_years(1958, 1958, data=write_small(tmp_path)).nmc()
    with pytest.raises(InputError, match="survey has the columns country, year; to be joined it needs ccode1, ccode2"):
        panel.join(pl.DataFrame({"country": [1], "year": [1958]}), name="survey")
    twice = pl.DataFrame({"ccode": [2, 2], "year": [1958, 1958], "x": [1, 2]})
    with pytest.raises(InputError, match="has ccode 2, year 1958 more than once"):
        panel.join(twice)
    with pytest.raises(InputError, match="already has cinc1"):
        panel.join(pl.DataFrame({"ccode": [2], "cinc": [1]}))


@pytest.mark.parametrize("year", [1958.5, float("nan"), float("inf"), 2**40, None, "then", [1958]])
def test_a_year_that_is_none_is_refused_before_tables_are_joined(tmp_path: Path, year: object) -> None:
    mine = pl.DataFrame({"ccode": [2], "year": [year], "x": [1]})
    with pytest.raises(InputError, match="year must hold whole numbers without gaps"):
        dyad_years(1958, 1958, data=write_small(tmp_path)).join(mine)


def test_last_years_value_is_by_the_calendar_and_within_the_pair(tmp_path: Path) -> None:
    nmc = NMC + "2,1959,20,1,1,1,1,1,0.6\n2,1960,,1,1,1,1,1,\n"
    panel = state_years(1957, 1960, data=write_small(tmp_path, cow_nmc=nmc)).nmc().lagged("cinc", "milex")
    found = panel.filter(pl.col("ccode") == 2).collect()
    assert found.select("year", "cinc", "cinc_lag1").rows() == [
        (1957, None, None), (1958, 0.5, None), (1959, 0.6, 0.5), (1960, None, 0.6),
    ]  # fmt: skip
    ahead = panel.lagged("cinc", years=-1).filter(pl.col("ccode") == 2)["cinc_lead1"]
    assert ahead.to_list() == [0.5, 0.6, None, None]
    gap = panel.filter(pl.col("year") != 1958).lagged("milex", years=2).filter(pl.col("ccode") == 2)
    assert gap.collect().select("year", "milex_lag2").rows() == [(1957, None), (1959, None), (1960, None)]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (("1946", 2010), "first is '1946'; a year is a whole number: write 1946"),
        ((1946.0, 2010), "first is 1946.0; a year is a whole number: write 1946"),
        ((1946, "2010"), "last is '2010'; a year is a whole number: write 2010"),
    ],
)
def test_a_year_in_another_form_says_what_to_write(tmp_path: Path, years: tuple, said: str) -> None:
    with pytest.raises(InputError, match=said):
        dyad_years(*years, data=write_small(tmp_path))


def test_a_direction_in_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directed is 'no'; it must be True or False"):
        dyad_years(1946, 2010, directed="no", data=write_small(tmp_path))  # type: ignore[arg-type]


def test_years_run_to_the_last_of_the_system_or_are_carried_beyond_it(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    assert state_years(2010, data=folder).collect()["year"].max() == 2016
    with pytest.raises(DataError, match="carry=True"):
        state_years(2010, 2020, data=folder)
    carried = state_years(2015, 2020, data=folder, carry=True)
    assert carried.filter(pl.col("year") == 2020)["ccode"].to_list() == [2, 200, 255]
    assert carried.notes == ("cow_state_system ends in 2016; its members of the last day are carried forward to 2020",)
    pairs = dyad_years(2020, 2020, data=folder, carry=True).contiguity
    with pytest.raises(DataError, match="cow_contiguity covers"):
        pairs()


def test_a_column_that_stata_calls_merge_survives(tmp_path: Path) -> None:
    frame = pl.DataFrame({"ccode1": [2], "ccode2": [200], "year": [1958], "_merge": [3]})
    panel = adopt_dyad_years(frame, data=write_small(tmp_path))
    assert panel["_merge"].to_list() == [3]
    with pytest.raises(DataError, match="_unit is a name that panels use inside"):
        adopt_dyad_years(frame.rename({"_merge": "_unit"}), data=tmp_path)


def test_every_column_that_a_variable_adds_has_a_label_of_at_most_eighty_characters() -> None:
    columns = [column for variable in VARIABLES.values() for column in (*variable.columns, *variable.sums)]
    texts = labels_of(columns).columns
    assert set(texts) == set(columns)
    assert max(map(len, texts.values())) <= 80


def test_a_stata_file_says_what_columns_and_codes_mean(tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    out = dyad_years(1956, 1958, data=write_small(tmp_path)).contiguity().majors().write(tmp_path / "p.DTA")
    frame, meta = pyreadstat.read_dta(str(out))
    assert meta.column_names_to_labels["cowmaj1"] == "COW major power, state 1"
    assert meta.variable_value_labels["conttype"][4] == "up to 150"
    assert len(frame) == 18


def test_compressed_and_capital_endings_are_written_and_read(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "data" if (tmp_path / "data").mkdir() is None else tmp_path)
    expected = state_years(1958, 1958, data=folder).nmc().collect()
    (folder / "cow_nmc.csv").unlink()
    (folder / "cow_nmc.csv.gz").write_bytes(gzip.compress(NMC.encode()))
    panel = state_years(1958, 1958, data=folder).nmc()
    assert panel.collect().equals(expected)
    for name in ("p.CSV", "p.csv.gz"):
        assert pl.read_csv(panel.write(tmp_path / name)).height == expected.height
    assert (tmp_path / "p.csv.gz").read_bytes() == panel.write(tmp_path / "again.csv.gz").read_bytes()
    (folder / "cow_nmc.csv.gz").write_bytes(gzip.compress(NMC.replace("200,1958,", "200,1958,x").encode()))
    with pytest.raises(DataError, match=r"csv.gz:3  milex"):
        DataFolder(folder).read("cow_nmc")


def test_a_dash_writes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    write_frame(pl.LazyFrame({"a": [1, 2]}), Path("-"))
    assert capsys.readouterr().out == "a\n1\n2\n"


def test_works_to_cite_come_as_bibtex_that_reads_back(tmp_path: Path) -> None:
    from pybtex.database import parse_string

    text = dyad_years(1958, 1958, data=write_small(tmp_path)).nmc().bibtex()
    assert list(parse_string(text, "bibtex").entries) == ["cow_states", "singer_1987"]
    assert re.match(r"@\w+\{cow_states,", text)
