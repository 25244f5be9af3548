"""Stata files of what panels and tables can hold."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from foedus.errors import FoedusWarning, InputError
from foedus.panels.writing import write_frame


def test_gaps_decimals_and_absent_text_reach_stata(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pl.DataFrame(
        {
            "ally": [True, None, False],
            "count": [1, None, 3],
            "price": [Decimal("1.5"), None, Decimal("2.25")],
            "name": ["Türkiye", None, ""],
            "nothing": pl.Series([None, None, None], dtype=pl.String),
            "empty": pl.Series([None, None, None], dtype=pl.Null),
        }
    )
    found = pandas.read_stata(write_frame(frame.lazy(), tmp_path / "mine.dta"))
    assert list(found.columns) == frame.columns
    assert found["ally"].isna().tolist() == found["count"].isna().tolist() == [False, True, False]
    assert found["ally"].dropna().tolist() == [1, 0]
    assert found["price"].dropna().tolist() == [1.5, 2.25]
    assert found["name"].tolist() == ["Türkiye", "", ""]
    assert found["nothing"].tolist() == ["", "", ""]
    assert found["empty"].isna().all()


def test_names_that_stata_does_not_take_are_written_otherwise_and_said(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pl.DataFrame({"s.wt.re1": [1], "s_wt_re1": [2], "1st": [3], "x" * 33: [4], "Höhe": [5]})
    with pytest.warns(FoedusWarning, match=r"s\.wt\.re1 as s_wt_re1_2, 1st as _1st, x{33} as x{32}"):
        write_frame(frame.lazy(), tmp_path / "m.dta")
    found = pandas.read_stata(tmp_path / "m.dta")
    assert list(found.columns) == ["s_wt_re1_2", "s_wt_re1", "_1st", "x" * 32, "Höhe"]
    assert found.iloc[0].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("value", [float("inf"), [1], time(1)])
def test_what_stata_has_no_place_for_is_refused_in_one_line_and_nothing_is_written(
    tmp_path: Path, value: object
) -> None:
    pytest.importorskip("pandas")
    with pytest.raises(InputError, match=r"Stata has no place for a value: .*Write \.parquet or \.csv"):
        write_frame(pl.LazyFrame({"x": [value]}), tmp_path / "m.dta")
    assert list(tmp_path.iterdir()) == []
