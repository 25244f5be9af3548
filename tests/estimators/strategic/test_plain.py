"""Formulas over columns as people have them: R's names, other alphabets, one value, raw years and their squares."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from estimators.strategic.examples import small_table
from foedus.errors import EstimationError, InputError, UnknownName
from foedus.estimators import ordered_logit, strategic
from foedus.estimators.strategic.formulas import _materialise, build_part
from foedus.estimators.strategic.frames import read_columns
from foedus.estimators.strategic.plain import PlainPart, read_terms

GAME = "a1 + a2 ~ x + z - 1 | 0 | w | kind"


def test_a_plain_part_has_the_regressors_that_formulaic_makes() -> None:
    data = read_columns(small_table())
    for text in ("x + kind + z", "kind", "x - 1", "1", "0", "x + 0", "z + x + 1"):
        part, plain = build_part("u", text, data)
        assert isinstance(part.spec, PlainPart), text
        theirs = _materialise(text, data, part.columns, "u")
        assert part.names == tuple(str(name).replace("Intercept", "(Intercept)") for name in theirs.columns)
        assert plain == pytest.approx(np.asarray(theirs, dtype=float).reshape(plain.shape))
    assert read_terms("x:z", data) is None
    assert read_terms("C(kind)", data) is None
    assert read_terms("x + nothing", data) is None


def test_columns_named_as_r_or_other_alphabets_name_them_are_read() -> None:
    table = small_table()
    usual = strategic.egame12(GAME, data=table).fit()
    odd = table.rename({"x": "s.wt.re1", "z": "Türkiye", "w": "GDP per head", "kind": "régime"})
    fit = strategic.egame12("a1 + a2 ~ `s.wt.re1` + Türkiye - 1 | 0 | `GDP per head` | régime", data=odd).fit()
    assert fit.estimates == pytest.approx(usual.estimates, abs=1e-9)
    assert "u1(status quo):s.wt.re1" in fit.names
    assert "u1(war):GDP per head" in fit.names
    assert "u2(war):régime[T.b]" in fit.names
    bare = strategic.egame12("a1 + a2 ~ s.wt.re1 + Türkiye - 1 | 0 | `GDP per head` | régime", data=odd).fit()
    assert bare.estimates == pytest.approx(usual.estimates, abs=1e-9)


def test_odd_names_work_within_transforms_and_interactions_too() -> None:
    table = small_table().rename({"x": "s.wt.re1", "z": "Türkiye"})
    text = "a1 + a2 ~ `s.wt.re1`:Türkiye + np.exp(`s.wt.re1`) - 1 | 0 | w | kind"
    fit = strategic.egame12(text, data=table).fit()
    assert set(fit.names[:2]) == {"u1(status quo):np.exp(s.wt.re1)", "u1(status quo):s.wt.re1:Türkiye"}
    assert fit.predict(table.head(3)).height == 3


def test_a_text_column_with_one_value_is_refused_not_dropped() -> None:
    table = small_table().with_columns(kind=pl.lit("autocracy"))
    for part in ("kind", "kind:x"):
        with pytest.raises(EstimationError, match=r'u2\(war\): "kind" is "autocracy" in every used row; leave it out'):
            strategic.egame12(f"a1 + a2 ~ x | 0 | w | {part}", data=table)


def test_new_data_with_an_unseen_value_of_a_text_column_stop() -> None:
    fit = strategic.egame12(GAME, data=small_table()).fit()
    with pytest.raises(InputError, match="have values of a factor that the fit has not seen: kind d"):
        fit.predict(small_table().head(2).with_columns(kind=pl.lit("d")))


def test_a_name_that_is_no_column_says_the_nearest() -> None:
    with pytest.raises(UnknownName, match='Did you mean "kind"'):
        strategic.egame12("a1 + a2 ~ x | 0 | w | kindd", data=small_table())


def test_a_list_of_formulas_and_a_number_for_an_outcome_say_what_to_write() -> None:
    with pytest.raises(InputError, match='formula is a list; write one text, "y ~ x'):
        strategic.egame12(["a1 + a2 ~ x", "~ 0", "~ w", "~ kind"], data=small_table())  # type: ignore[arg-type]
    fit = strategic.egame12(GAME, data=small_table()).fit()
    with pytest.raises(InputError, match=r'outcome_first is 3; write the name of an outcome: .*; R\'s 3 is "war"'):
        strategic.vuong(fit, fit, outcome_first=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("predictors", [["year"], ["year", "square"], ["dollars"]])
def test_raw_years_their_squares_and_dollars_fit_as_centred_ones_do(predictors: list[str]) -> None:
    random = np.random.default_rng(2)
    year = random.integers(1816, 1900, 300).astype(float)
    about = (year - year.mean()) / year.std()
    dollars = random.lognormal(25, 1, 300)
    raw = {"year": year, "square": year**2, "dollars": dollars}
    grade = np.digitize(0.8 * about + random.logistic(size=300), [-1, 1])
    centred = {"year": about, "square": about**2, "dollars": (dollars - dollars.mean()) / dollars.std()}
    fits = [ordered_logit(pl.DataFrame({"y": grade, **columns}), "y", predictors) for columns in (raw, centred)]
    assert fits[0].log_likelihood == pytest.approx(fits[1].log_likelihood, abs=1e-6)
    assert fits[0].terms[len(predictors) - 1].p == pytest.approx(fits[1].terms[len(predictors) - 1].p, rel=1e-3)
    games = []
    for columns in (raw, centred):
        table = small_table().with_columns(**{name: pl.Series(column) for name, column in columns.items()})
        games.append(strategic.egame12(f"a1 + a2 ~ x - 1 | 0 | w | kind + {' + '.join(predictors)}", data=table).fit())
    assert games[0].log_likelihood == pytest.approx(games[1].log_likelihood, abs=1e-8)
