"""Stata files of what panels and tables can hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

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
