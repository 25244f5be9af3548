"""The weaker of two states is not known while one of them is not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from foedus.estimators.specifications import new_ties
from foedus.panels import dyad_years, greater, lesser
from foedus.panels.samples import onset_frame, tie_rows
from panels.small_data import write_small


def test_the_lesser_and_the_greater_are_missing_where_either_figure_is() -> None:
    frame = pl.DataFrame({"one": [0.2, None, 0.7, None], "two": [0.9, 0.4, 0.1, None]})
    found = frame.select(low=lesser("one", "two"), high=greater(pl.col("one"), "two"))
    assert found.rows() == [(0.2, 0.9), (None, None), (0.1, 0.7), (None, None)]


def test_a_pair_with_one_known_capability_has_no_balance(tmp_path: Path) -> None:
    panel = dyad_years(1958, 1958, directed=False, data=write_small(tmp_path)).nmc()
    found = panel.with_columns(parity=lesser("cinc1", "cinc2") / greater("cinc1", "cinc2")).collect()
    assert {(a, b): p for a, b, p in found.select("ccode1", "ccode2", "parity").rows()} == {
        (2, 200): 0.5,
        (2, 260): None,
        (200, 260): None,
    }


@pytest.mark.data
def test_no_sample_has_a_pairs_figure_where_one_state_has_none(data: Path) -> None:
    rows = tie_rows(data, 1996, 1998)
    before = dyad_years(1995, 1997, directed=False, data=data).democracy().nmc().collect()
    keys = ["ccode1", "ccode2", "year"]
    joined = rows.join(before.with_columns(pl.col("year") + 1), on=keys)
    for columns, figure in (
        (("v2x_polyarchy1", "v2x_polyarchy2"), "joint_democracy"),
        (("cinc1", "cinc2"), "capability_ratio"),
    ):
        one, two = (pl.col(c).is_null() for c in columns)
        assert joined.filter((one | two) != pl.col(figure).is_null()).is_empty()
    assert joined["joint_democracy"].null_count() > 1_000
    assert onset_frame(1990, 1995, data=data)["capability_ratio"].null_count() == 0


@pytest.mark.data
def test_democracies_tie_with_democracies_more_than_a_half_known_pair_would_show(data: Path) -> None:
    # With the score of the one state that has one as the pair's lesser: 1.58, over 74,119 rows more.
    assert new_ties(tie_rows(data))["joint_democracy"].value == pytest.approx(2.2217, abs=5e-4)
