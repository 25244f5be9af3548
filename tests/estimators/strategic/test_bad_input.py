"""Bad input stops with one clear line: what was got, what is legal, the nearest spelling."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from estimators.strategic.examples import WAR, example, small_table
from foedus.errors import EstimationError, InputError, UnknownName
from foedus.estimators import strategic

GOOD = "a1 + a2 ~ x - 1 | 0 | z | w"


def refuse(match: str, formula: object = GOOD, raised: type[Exception] = InputError, **changes: object) -> None:
    options = {"data": small_table(), **changes}
    with pytest.raises(raised, match=match):
        strategic.egame12(formula, **options)  # type: ignore[arg-type]


def test_an_unknown_column_names_its_utility_and_the_nearest_spelling() -> None:
    table = small_table().rename({"w": "balance"})
    refuse(r'u2\(war\): "balanc": no such column\. Did you mean "balance"\?', "a1 + a2 ~ x|0|z|balanc", data=table)
    refuse(r'outcome: "a9": no such column. Did you mean "a[1-4]"', "a1 + a9 ~ x | 0 | z | w")


def test_a_wrong_number_of_parts_says_which_are_needed() -> None:
    refuse(r'3 parts after "~"; it must have 4.*u1\(status quo\) \| u1\(concession\)', "a1 + a2 ~ x | z | w")
    refuse('has no "~"', "a1 + a2")
    refuse(r"nothing for u1\(concession\)", "a1 + a2 ~ x | | z | w")


def test_a_mapping_of_utilities_is_checked_and_means_the_same() -> None:
    mapping = {"outcome": "a1 + a2", "u1(status quo)": "x - 1", "u1(war)": "z", "u2(war)": "w"}
    text, named = (strategic.egame12(f, data=small_table()).fit() for f in (GOOD, mapping))
    assert named.coefficients == text.coefficients
    refuse(r'no such utility. Did you mean "u1\(war\)"', {"outcome": "a1 + a2", "u1(wor)": "x"}, UnknownName)
    refuse('no "outcome"', {"u1(war)": "x"})


def test_moves_must_be_zero_or_one_and_as_many_as_the_tree_has() -> None:
    table = small_table().with_columns(a2=pl.col("a2") + 1)
    refuse(r'outcome "a2" must be 0 or 1 \(fight\); it has 1.0, 2.0', data=table)
    refuse(r"egame12 has 2 moves \(act, fight\); the formula names 3", "a1 + a2 + a3 ~ x | 0 | z | w")


def test_text_outcomes_need_an_order() -> None:
    table = small_table().with_columns(y=pl.col("kind"))
    refuse(r'outcome "y" is text \(a, b, c\): say which is which with outcomes', "y ~ x - 1 | 0 | z | w", data=table)
    refuse(
        r"outcome \"y\" is 'c' in row \d+; it must be one of a, b, d",
        "y ~ x - 1 | 0 | z | w",
        data=table,
        outcomes=["a", "b", "d"],
    )
    ordered = table.with_columns(y=pl.col("y").cast(pl.Enum(["b", "a", "c"])))
    assert strategic.egame12("y ~ x - 1 | 0 | z | w", data=ordered).fit().predict().columns == ["b", "a", "c"]


def test_an_outcome_column_must_have_as_many_values_as_the_tree_has_outcomes() -> None:
    refuse(r'outcome "a1" has 2 values \(0, 1\); it must have 3: status quo, concession, war', "a1 ~ x | 0 | z | w")


def test_unknown_options_are_refused_with_the_legal_ones() -> None:
    refuse('"probbit": no such link. Did you mean "probit"', link="probbit")
    refuse('no such error structure. Did you mean "agent"', error="agents")
    refuse("no such error structure", error="normal")
    refuse('no such rule for missing values. Did you mean "drop"', missing="dropp")


def test_private_information_needs_a_probit_and_one_move_a_player() -> None:
    with pytest.raises(InputError, match="weighted sum of logistic"):
        strategic.egame12(GOOD, data=small_table(), link="logit", error="private")
    with pytest.raises(InputError, match=r"player 1 of crisis moves twice.*Lewis and Schultz"):
        strategic.crisis("a1+a2+a3+a4 ~ x|0|0|1|z|0|1|w|1", data=small_table(), error="private")


def test_rows_with_gaps_are_left_out_and_counted_or_refused() -> None:
    holes = pl.when(pl.int_range(pl.len()).is_in([4, 9])).then(None)
    table = small_table().with_columns(w=holes.otherwise(pl.col("w")))
    model = strategic.egame12(GOOD, data=table)
    assert (model.rows, model.rows_left_out) == (298, 2)
    refuse("2 rows have missing values, first row 4: w", data=table, missing="error")
    refuse("no row is complete", data=table.with_columns(w=pl.lit(None, pl.Float64)))


def test_a_move_that_was_not_reached_may_be_missing() -> None:
    table = small_table()
    gaps = table.with_columns(a2=pl.when(pl.col("a1") == 0).then(None).otherwise(pl.col("a2")))
    full, partial = (strategic.egame12(GOOD, data=frame).fit() for frame in (table, gaps))
    assert partial.rows == 300
    assert partial.estimates == pytest.approx(full.estimates, abs=1e-12)


def test_pandas_polars_and_plain_columns_give_the_same_fit() -> None:
    import pandas as pd

    table = small_table()
    columns = table.to_dict(as_series=False)
    formula = "a1 + a2 ~ x - 1 | 0 | z | kind"
    fits = [strategic.egame12(formula, data=d).fit() for d in (table, pd.DataFrame(columns), columns)]
    assert fits[1].coefficients == fits[0].coefficients == fits[2].coefficients
    refuse("data is a int; it must be a Polars or pandas frame", data=3)
    refuse("columns of equal length", data={"x": [1, 2], "z": [1]})


def test_values_that_a_transform_cannot_take_are_named() -> None:
    refuse(r'u1\(war\): regressor "np.log\(z\)" is nan in used row \d+', "a1 + a2 ~ x | 0 | np.log(z) | w")
    refuse(r'u1\(war\): "z \+" is not a formula', "a1 + a2 ~ x | 0 | z + | w")
    refuse(r"u1\(war\): cannot compute its regressors", "a1 + a2 ~ x | 0 | np.lag(z) | w")


def test_fixed_utilities_and_scales_must_fit_the_tree() -> None:
    refuse(r"fixed_utilities has 3 values; it must have 4: u1\(status quo\)", fixed_utilities=[0, 1, 2])
    refuse(r"scale has 3 parts; it must have 1 \(common\) or 2", scale="x - 1 | z - 1 | w - 1")


def test_offers_must_lie_between_zero_and_the_maximum() -> None:
    table = small_table().with_columns(offer=pl.col("x") * 10)
    for match, formula, changes in (
        ('offer "offer" is from -', "offer + a1 ~ 1 | 1", {"maximum": 100}),
        ("must be offer \\+ acceptance, or offers_only=True", "offer ~ 1 | 1", {"maximum": 100}),
        ('acceptance "z" must be 0 or 1', "a2 + z ~ 1 | 1", {"maximum": 1}),
        ("maximum is -1", "offer + a1 ~ 1 | 1", {"maximum": -1}),
        ("s2 is 0", "offer + a1 ~ 1 | 1", {"maximum": 1, "s2": 0}),
        ("2 parts|must have 2", "offer + a1 ~ 1", {"maximum": 1}),
    ):
        with pytest.raises(InputError, match=match):
            strategic.ultimatum(formula, data=table, **changes)


def test_predictions_ask_for_columns_levels_and_kinds_that_exist() -> None:
    fit = strategic.egame12("a1 + a2 ~ x - 1 | 0 | z | kind", data=small_table()).fit()
    new = {"x": [0.0], "z": [0.0]}
    with pytest.raises(UnknownName, match="kind"):
        fit.predict(new)
    with pytest.raises(InputError, match="that the fit has not seen"):
        fit.predict({**new, "kind": ["q"]})
    with pytest.raises(InputError, match='"x" is missing in row 0'):
        fit.predict({**new, "x": [np.nan], "kind": ["a"]})
    with pytest.raises(UnknownName, match='Did you mean "moves"'):
        fit.predict(of="move")
    with pytest.raises(UnknownName, match='Did you mean "kind"'):
        fit.profile("kinds")
    with pytest.raises(InputError, match="both the column that changes"):
        fit.profile("x", at={"x": 1})
    with pytest.raises(InputError, match="level is 95"):
        fit.interval(95)


def test_cluster_columns_are_checked() -> None:
    table = small_table().with_columns(gap=pl.when(pl.col("x") > 0).then(pl.col("pair")))
    fit = strategic.egame12(GOOD, data=table).fit()
    with pytest.raises(UnknownName, match='Did you mean "pair"'):
        fit.robust("pairs")
    with pytest.raises(InputError, match='cluster "gap" is missing'):
        fit.robust("gap")
    with pytest.raises(InputError, match="one value for each of the 300 rows"):
        fit.robust([1, 2])
    with pytest.raises(EstimationError, match="at least 2 groups"):
        fit.robust(np.zeros(300))
    with pytest.raises(InputError, match="draws is 1"):
        fit.bootstrap(1)


def test_coefficients_given_by_hand_are_checked() -> None:
    model = strategic.egame12(GOOD, data=small_table())
    with pytest.raises(UnknownName, match=r'Did you mean "u1\(war\):z"'):
        model.simulate({"u1(wor):z": 1.0}, seed=1)
    with pytest.raises(InputError, match="coefficients lack"):
        model.simulate({"u1(war):z": 1.0}, seed=1)
    with pytest.raises(InputError, match="there are 5"):
        model.simulate([1.0], seed=1)


def test_tests_of_two_models_need_the_same_rows_and_outcomes() -> None:
    table = small_table()
    one, half = (strategic.egame12(GOOD, data=frame).fit() for frame in (table, table.head(200)))
    with pytest.raises(InputError, match="explains 300 rows, the second 200"):
        strategic.vuong(one, half)
    other = strategic.egame12(GOOD.replace("a2", "a3"), data=table).fit()
    with pytest.raises(InputError, match="same thing row by row"):
        strategic.clarke(one, other)
    with pytest.raises(InputError, match="same likelihood"):
        strategic.vuong(one, one)
    with pytest.raises(UnknownName, match='Did you mean "war"'):
        strategic.vuong(one, one, outcome_first="warr")


@pytest.mark.data
def test_a_regressor_in_every_utility_of_a_player_is_refused(data: Path) -> None:
    everywhere = WAR.replace("| 0 |", "| revis1 |").replace("regime1 ", "regime1 + revis1 ")
    with pytest.raises(EstimationError, match=r"the constant, revis1 is in every utility of player 1"):
        strategic.egame12(everywhere, data=example(data, "war1800"))


def test_a_missing_formulaic_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "formulaic", None)
    refuse(r'formulas need the package formulaic: pip install "foedus\[history\]"', "a1 + a2 ~ x:w | 0 | z | w")
    assert strategic.egame12(GOOD, data=small_table()).names  # plain formulas need no package
