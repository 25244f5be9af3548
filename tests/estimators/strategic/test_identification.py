"""What the data cannot tell apart is refused before or after the climb, naming the coefficients."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from estimators.strategic.examples import small_table
from foedus.errors import EstimationError
from foedus.estimators import strategic
from foedus.estimators.newton import maximise
from foedus.estimators.strategic.identify import check_maximum


def refuse(match: str, formula: str, table: pl.DataFrame | None = None, **options: object) -> None:
    with pytest.raises(EstimationError, match=match):
        strategic.egame12(formula, data=small_table() if table is None else table, **options).fit()  # type: ignore[arg-type]


def test_a_constant_in_every_utility_of_one_player_is_refused() -> None:
    refuse(
        r"the constant is in every utility of player 1 \(u1\(status quo\), u1\(concession\), u1\(war\)\)",
        "a1 + a2 ~ x | 1 | z | w",
    )
    with pytest.raises(EstimationError, match=r"x is in every utility of player 2 \(u2\(second stops\)"):
        strategic.egame123("a1 + a2 + a3 ~ x | 0 | 0 | z | x - 1 | x - 1 | x | w", data=small_table())


def test_a_player_with_a_utility_of_zero_may_have_a_constant_in_all_the_others() -> None:
    assert strategic.egame12("a1 + a2 ~ x - 1 | 1 | z | w", data=small_table()).fit().rows == 300


def test_collinear_and_empty_regressors_are_named() -> None:
    table = small_table().with_columns(x2=2 * pl.col("x") + 1, nothing=pl.lit(0.0))
    refuse(r"regressors of u1\(status quo\) are collinear: .*x.*x2", "a1 + a2 ~ x + x2 | 0 | z | w", table)
    refuse(r"u2\(war\):nothing is zero in every row", "a1 + a2 ~ x | 0 | z | w + nothing", table)


def test_the_same_regressor_under_two_names_in_all_utilities_is_found_by_rank() -> None:
    table = small_table().with_columns(y=pl.col("x") * 3, v=pl.col("x") / 2)
    refuse(
        r"can change together and leave every chance as it is: .*:x, .*:y, .*:v",
        "a1 + a2 ~ x - 1 | y - 1 | v | w",
        table,
    )


def test_a_constant_in_the_scale_is_refused_unless_utilities_are_fixed() -> None:
    refuse(r'log\(sigma\) has a constant.*write "w - 1"', "a1 + a2 ~ x | 0 | z | w", scale="w")


def test_an_outcome_that_never_occurs_is_named_with_the_counts() -> None:
    table = small_table().with_columns(a2=pl.lit(0))
    refuse(r'"war" never occurs.*\(status quo \d+, concession \d+, war 0\)', "a1 + a2 ~ x | 0 | z | w", table)


def test_separation_of_a_move_is_named() -> None:
    table = small_table().with_columns(a2=(pl.col("w") > 0).cast(pl.Float64))
    refuse(r"no finite maximum: .*u2\(war\):w.*separation", "a1 + a2 ~ x | 0 | z | w", table)
    refuse(r"no finite maximum: .*u2\(war\):w", "a1 + a2 ~ x | 0 | z | w", table, link="logit")


def test_a_level_of_a_factor_that_never_fights_is_separation() -> None:
    table = small_table().with_columns(a2=pl.when(pl.col("kind") == "b").then(0).otherwise(pl.col("a2")))
    refuse(r"no finite maximum: .*u2\(war\):kind\[T.b\]", "a1 + a2 ~ x | 0 | z | kind", table)


def test_more_coefficients_than_rows_are_refused() -> None:
    table = small_table(400).head(9)
    with pytest.raises(EstimationError, match=r"collinear|coefficients, but only 9 rows"):
        strategic.egame12("a1 + a2 ~ x + z | 0 | x + z + w | x + z + w", data=table).fit()


def test_nothing_to_estimate_is_refused() -> None:
    with pytest.raises(EstimationError, match="nothing to estimate"):
        strategic.egame12("a1 + a2 ~ 0 | 0 | 0 | 0", data=small_table()).fit()


def test_units_of_a_regressor_do_not_change_what_is_found() -> None:
    table = small_table().with_columns(big=pl.col("z") * 1e6)
    plain = strategic.egame12("a1 + a2 ~ x | 0 | z | w", data=table).fit()
    big = strategic.egame12("a1 + a2 ~ x | 0 | big | w", data=table).fit()
    assert big.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-9)
    assert big.coefficients["u1(war):big"] * 1e6 == pytest.approx(plain.coefficients["u1(war):z"], rel=1e-6)


def test_scores_sum_to_zero_at_the_maximum() -> None:
    fit = strategic.egame12("a1 + a2 ~ x | 0 | z | w", data=small_table()).fit()
    assert np.abs(fit.scores.sum(axis=0)).max() < 1e-7
    assert fit.scores.shape == (300, 6)


def test_climbs_that_do_not_end_say_so_with_the_steepest_coefficient() -> None:
    model = strategic.egame12("a1 + a2 ~ x - 1 | 0 | z | w", data=small_table())
    ends = maximise(model.problem, np.full((2, 5), 3.0), limit=1)
    assert not ends.settled.any()
    with pytest.raises(EstimationError, match=r"did not converge in 1 steps from 2 starts; .*steepest in u[12]\("):
        check_maximum(model.problem, ends, model.names, np.eye(5))
    lost = ends._replace(value=np.full(2, -np.inf))
    with pytest.raises(EstimationError, match="not finite at any start"):
        check_maximum(model.problem, lost, model.names, np.eye(5))
