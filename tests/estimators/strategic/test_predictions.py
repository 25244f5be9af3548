"""Predictions, profiles and tables say what the fit says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.integrate import quad
from scipy.special import expit

from estimators.strategic.examples import OFFERS, WAR, example, small_table
from foedus.errors import InputError, UnknownName
from foedus.estimators import strategic
from foedus.estimators.strategic.offers import draw_offers, offer_chances

SMALL = "a1 + a2 ~ x - 1 | 0 | z | w + kind"


def test_mean_chances_equal_shares_when_every_move_has_a_constant() -> None:
    table = small_table()
    fit = strategic.egame12("a1 + a2 ~ 1 | 0 | 0 | 1", data=table, link="logit").fit()
    chances = fit.predict()
    assert chances["war"][0] == pytest.approx(float((table["a1"] * table["a2"]).mean()), abs=1e-8)
    assert chances["status quo"][0] == pytest.approx(float((table["a1"] == 0).mean()), abs=1e-8)


def test_predictions_on_new_data_are_those_of_the_same_rows() -> None:
    table = small_table()
    fit = strategic.egame12(SMALL, data=table).fit()
    assert fit.predict(table.head(7)).equals(fit.predict().head(7))
    moves, outcomes = fit.predict(of="moves"), fit.predict()
    assert (moves["act"] * moves["fight"]).to_numpy() == pytest.approx(outcomes["war"].to_numpy())


def test_a_profile_moves_one_column_and_holds_the_others_at_typical_values() -> None:
    table = small_table()
    fit = strategic.egame12(SMALL, data=table).fit()
    profile = fit.profile("w", [-1.0, 2.0], at={"kind": "b"}, draws=200)
    assert profile.columns == ["w", "quantity", "estimate", "low", "high"]
    assert profile.height == 6
    new = {"x": [float(table["x"].mean())], "z": [float(table["z"].mean())], "w": [2.0], "kind": ["b"]}
    war = profile.filter((pl.col("quantity") == "war") & (pl.col("w") == 2.0))
    assert war["estimate"][0] == pytest.approx(fit.predict(new)["war"][0])
    assert (profile["low"] < profile["estimate"]).all()
    assert (profile["estimate"] < profile["high"]).all()
    assert fit.profile("kind", draws=50)["kind"].unique().sort().to_list() == ["a", "b", "c"]


def test_a_profile_uses_the_bootstrap_when_there_is_one() -> None:
    fit = strategic.egame12(SMALL, data=small_table()).fit().bootstrap(50, seed=3)
    profile = fit.profile("w", [0.0], of="moves")
    assert fit.replicates is not None
    indices = fit.model.indices(fit.replicates, {**_typical(fit), "w": [0.0]})
    drawn = fit.model.game.quantities(indices, "moves")["fight"][:, 0]
    fight = profile.filter(pl.col("quantity") == "fight")
    assert (fight["low"][0], fight["high"][0]) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975])))


def test_a_profile_can_be_drawn_with_fewer_clusters_than_coefficients() -> None:
    table = small_table().with_columns(region=pl.int_range(pl.len()) % 3)
    fit = strategic.egame12(SMALL, data=table).fit().robust("region")
    assert np.linalg.matrix_rank(fit.covariance) < len(fit.estimates)
    draws = fit.coefficient_draws(20_000, seed=1)
    assert np.cov(draws, rowvar=False) == pytest.approx(fit.covariance, abs=0.05 * float(fit.covariance.max()))
    assert fit.profile("w", [0.0], draws=100)["low"].is_finite().all()


def _typical(fit: strategic.StrategicFit) -> dict[str, list[object]]:
    from foedus.estimators.strategic.profiles import typical

    return {name: [typical(fit.model.data[name])] for name in ("x", "z", "kind")}


def test_typical_is_the_mean_the_median_of_two_values_and_the_mode_of_text() -> None:
    from foedus.estimators.strategic.profiles import typical

    assert typical(np.array([0.0, 1.0, 5.0])) == 2.0
    assert typical(np.array([0.0, 1.0, 1.0])) == 1.0
    assert typical(np.array(["b", "a", "b"], dtype=object)) == "b"


def test_the_mean_offer_and_the_chance_of_acceptance_are_those_of_many_games() -> None:
    indices = [np.full(200_000, value) for value in (4.0, 6.0, np.log(2.5), np.log(1.2))]
    offer, accepted = draw_offers(indices, 15.0, np.random.default_rng(8))
    best, mean, chance = offer_chances([i[:1] for i in indices], 15.0)
    assert mean[0] == pytest.approx(offer.mean(), abs=4 * offer.std() / np.sqrt(200_000))
    assert chance[0] == pytest.approx(accepted.mean(), abs=4 * 0.5 / np.sqrt(200_000))
    assert 15.0 - best[0] - 4.0 == pytest.approx(1.2 * (1 + np.exp((best[0] - 6.0) / 1.2)))
    above = quad(lambda y: expit((15.0 - y - 4.0 - 1.2 * (1 + np.exp((y - 6.0) / 1.2))) / 2.5), 0, 15)[0]
    assert mean[0] == pytest.approx(above, abs=1e-6)


@pytest.mark.data
def test_the_best_offer_is_that_of_r(data: Path) -> None:
    fit = strategic.ultimatum(OFFERS, data=example(data, "data_ult"), maximum=15).fit()
    predicted = fit.predict().head(1)
    assert predicted.columns == ["best offer", "mean offer", "accepted"]
    # Lambert's W, as in R's predict: Q - R1 - s2 (1 + W(exp((Q - R1 - s2 - R2) / s2))).
    r1, r2, _, log_s2 = (float(value[0]) for value in fit.model.indices(fit.estimates))
    from scipy.special import lambertw

    s2 = np.exp(log_s2)
    by_hand = 15 - r1 - s2 * (1 + lambertw(np.exp((15 - r1 - s2 - r2) / s2)).real)
    assert predicted["best offer"][0] == pytest.approx(by_hand, abs=1e-9)


def test_the_ultimatum_test_of_offers_alone_is_the_likelihood_of_offers_alone() -> None:
    table = small_table().with_columns(offer=(pl.col("x") * 3 + 5).clip(0, 10))
    both = strategic.ultimatum("offer + a1 ~ z | w", data=table, maximum=10, s1=2, s2=2).fit()
    alone = strategic.ultimatum("offer + a1 ~ z | w", data=table, maximum=10, s1=2, s2=2, offers_only=True)
    indices = both.model.indices(both.estimates)
    offers = both.model.game.row_log_chance(indices, "offer")
    assert offers == pytest.approx(alone.problem.row_values(both.estimates))
    assert offers + both.model.game.row_log_chance(indices, "accept") == pytest.approx(both.row_log_likelihood)


@pytest.mark.data
def test_the_summary_fits_eighty_columns_and_says_how(data: Path) -> None:
    fit = strategic.egame12(WAR, data=example(data, "war1800")).fit()
    lines = fit.summary().splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "egame12: probit, agent error"
    assert lines[1] == "outcome esc + war; 282 rows, 31 left out as incomplete"
    assert "u1(concession) = 0" in lines
    assert lines[-2] == "log-likelihood -286.1238   AIC 592.25   BIC 628.67"
    assert lines[-1] == "standard errors from the Hessian; 6 of 6 starts ended at this maximum"
    assert "standard errors clustered" in fit.robust("ccode1").summary()
    assert "standard errors robust" in fit.robust().summary()


def test_the_table_gives_z_and_p_of_the_normal_law() -> None:
    table = strategic.egame12(SMALL, data=small_table()).fit().table(0.9)
    assert table["z"].to_numpy() == pytest.approx((table["estimate"] / table["standard_error"]).to_numpy())
    width = (table["high"] - table["low"]).to_numpy()
    assert width == pytest.approx(2 * 1.6448536 * table["standard_error"].to_numpy(), rel=1e-6)
    assert ((table["p"] > 0) & (table["p"] <= 1)).all()


def test_fits_stand_side_by_side_in_text_markdown_and_latex() -> None:
    one = strategic.egame12(SMALL, data=small_table()).fit()
    two = strategic.egame12("a1 + a2 ~ x - 1 | 0 | 1 | w", data=small_table(), link="logit").fit()
    text = strategic.regression_table({"one": one, "two": two})
    assert text.splitlines()[0].split() == ["one", "two"]
    z = next(line for line in text.splitlines() if line.startswith("  z"))
    assert z.split() == ["z", f"{one.coefficients['u1(war):z']:.2f}"]
    markdown = strategic.regression_table([one, two], "markdown")
    assert "| **u2(war)** | | |" in markdown.splitlines()
    latex = strategic.regression_table([one], "latex", digits=3)
    assert latex.count(r"\begin{tabular}{lr}") == latex.count(r"\end{tabular}") == 1
    assert r"\quad kind[T.b]" in latex
    with pytest.raises(UnknownName, match='Did you mean "markdown"'):
        strategic.regression_table([one], "markdwn")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="at least one fit"):
        strategic.regression_table([])
