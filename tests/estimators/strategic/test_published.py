"""Estimates on published data equal those of an independent program.

Golden values, where no other source is named: likelihoods from a source of the R package games before 1.0 (its private
information disturbs only estimated utilities; agent error and the ultimatum game are those of 1.1.2), maximised with
maxLik 1.5-2 (BFGS to a relative tolerance of 1e-15, then Newton-Raphson) in R 4.2.2. Values of 1.1.2, in which every
utility is disturbed, follow from these: the last mover's coefficients are the root of two larger, and `of_games` writes
that likelihood out again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from estimators.strategic.examples import ATTACKS, CORNERS, FOUR, LEBLANG, OFFERS, THREE, WAR, example
from foedus.errors import EstimationError
from foedus.estimators import strategic
from foedus.estimators.covariance import from_hessian

ROOT = np.sqrt(2.0)
"""What a last mover's coefficients grow by when its utility of the reference outcome is disturbed too."""

pytestmark = pytest.mark.data


def test_war1800_probit_agent_error_reaches_the_published_log_likelihood(data: Path) -> None:
    fit = strategic.egame12(WAR, data=example(data, "war1800")).fit()
    assert fit.rows == 282
    # Log-likelihood: Kenkel and Signorino (2014), as given with the data.
    assert fit.log_likelihood == pytest.approx(-286.1237547, abs=1e-7)
    expected = {
        "u1(status quo):(Intercept)": -0.4954458,
        "u1(status quo):s_wt_re1": -0.7400148,
        "u1(status quo):revis1": 0.4272385,
        "u1(war):(Intercept)": 0.2219113,
        "u1(war):regime1[T.dem]": -1.9022494,
        "u1(war):regime1[T.mixed]": -0.5841093,
        "u2(war):(Intercept)": 0.4990882,
        "u2(war):balanc": -0.0419736,
        "u2(war):regime2[T.dem]": -1.5436114,
        "u2(war):regime2[T.mixed]": -0.6168314,
    }
    assert dict(fit.coefficients) == pytest.approx(expected, abs=2e-6)


def test_war1800_standard_errors_are_those_of_a_hessian_differenced_from_the_gradient(data: Path) -> None:
    """As maxLik makes it in R, where games 1.1.2 gives an analytic gradient."""
    fit = strategic.egame12(WAR, data=example(data, "war1800")).fit()
    problem, k, step = fit.model.problem, len(fit.estimates), 1e-6

    def gradient(at: np.ndarray) -> np.ndarray:
        return problem.evaluate(at[None, :], None).gradient[0]

    rows = [(gradient(fit.estimates + e) - gradient(fit.estimates - e)) / (2 * step) for e in step * np.eye(k)]
    hessian = (np.array(rows) + np.array(rows).T) / 2
    errors = np.sqrt(np.diag(from_hessian(hessian)))
    assert list(fit.standard_errors.values()) == pytest.approx(errors, rel=1e-6)


@pytest.mark.parametrize(
    ("options", "log_likelihood", "first", "last"),
    [
        ({"link": "logit"}, -286.1827938942, -0.8457921, -0.9787772),
        ({"error": "private-estimated"}, -286.1181742355, -0.4441999, -0.4317990),
        ({"error": "private"}, -286.1181742355, -0.4441999, -0.4317990 * ROOT),
        ({"scale": "~ balanc - 1"}, -286.0785907338, -0.5875818, 0.1944514),
    ],
)
def test_war1800_agrees_under_other_links_errors_and_scales(
    data: Path, options: dict, log_likelihood: float, first: float, last: float
) -> None:
    fit = strategic.egame12(WAR, data=example(data, "war1800"), **options).fit()
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-7)
    assert (fit.estimates[0], fit.estimates[-1]) == pytest.approx((first, last), abs=1e-5)


def test_war1800_with_an_estimated_scale_says_that_its_maximum_is_only_local(data: Path) -> None:
    fit = strategic.egame12(WAR, data=example(data, "war1800"), scale="~ balanc - 1").fit()
    # R reports this maximum without a word; along the two constants of player 1 the log-likelihood passes -285.
    assert fit.higher is not None
    assert fit.higher > -285
    assert "Only a local maximum" in fit.summary()
    assert strategic.egame12(WAR, data=example(data, "war1800")).fit().higher is None


def test_war1800_scales_are_estimated_when_utilities_are_fixed(data: Path) -> None:
    war, fixed = example(data, "war1800"), (-1, 0, -1.4, 0.1)
    common = strategic.egame12("esc + war ~ 1", data=war, fixed_utilities=fixed).fit()
    assert common.log_likelihood == pytest.approx(-338.0168621680, abs=1e-7)
    assert dict(common.coefficients) == pytest.approx({"log(sigma)": -0.0065182}, abs=1e-5)
    each = strategic.egame12("esc + war ~ 1", data=war, fixed_utilities=fixed, scale="1 | 1").fit()
    assert each.log_likelihood == pytest.approx(-338.0015875744, abs=1e-7)
    assert dict(each.coefficients) == pytest.approx({"log(sigma1)": 0.0042740, "log(sigma2)": 0.2380476}, abs=1e-5)


def test_leblang_replicates_the_private_information_model_of_currency_attacks(data: Path) -> None:
    fit = strategic.egame12(LEBLANG, data=example(data, "leblang2003"), outcomes=ATTACKS, error="private").fit()
    assert fit.rows == 7240
    assert fit.log_likelihood == pytest.approx(-482.0154845168, abs=1e-6)
    expected = [-0.4524550, 0.2291815, -0.4412549, -0.0648192, -0.0505406, -0.0287983, -0.1158900, -0.1218224]
    expected += [-3.6648107, -3.1385295, 0.3018998, -0.2522630, -0.1412414, 1.1760291, 0.7511686, -0.6617254]
    last = [1.2696725, 0.0463659, 0.2191488]
    older = strategic.egame12(LEBLANG, data=fit.model.data.values, outcomes=ATTACKS, error="private-estimated").fit()
    assert older.estimates == pytest.approx([*expected, *last], abs=2e-6)
    published = np.array([*expected, *last])
    published[-9:] *= ROOT
    assert fit.estimates == pytest.approx(published, abs=3e-6)
    errors = [np.array(list(f.standard_errors.values())) for f in (fit, older)]
    assert errors[0][-9:] == pytest.approx(errors[1][-9:] * ROOT, rel=1e-5)
    assert errors[0][:-9] == pytest.approx(errors[1][:-9], rel=1e-5)


def of_games(fit: strategic.StrategicFit) -> float:
    """Log-likelihood of egame12 with private information as games 1.0 and later have it (`egame12.r`): every utility
    has a disturbance of variance 1, also that of the target's concession, which is 0."""
    from scipy.stats import norm

    stay, concede, war, target = (value for value in fit.model.indices(fit.estimates))
    fight = norm.cdf(target / ROOT)
    gain = (1 - fight) * concede + fight * war - stay
    act = norm.cdf(gain / np.sqrt((1 - fight) ** 2 + fight**2 + 1))
    chances = np.column_stack([1 - act, act * (1 - fight), act * fight])
    return float(np.log(chances[np.arange(len(act)), fit.model.game.observed.astype(int)]).sum())


def test_private_information_has_the_likelihood_of_games_since_its_first_release(data: Path) -> None:
    war = example(data, "war1800")
    fit = strategic.egame12(WAR, data=war, error="private").fit()
    assert of_games(fit) == pytest.approx(fit.log_likelihood, abs=1e-9)
    # Where utilities are fixed, the two conventions are different models, not other units of one.
    fixed = [
        strategic.egame12("esc + war ~ 1", data=war, fixed_utilities=(-1, 0, -1.4, 0.1), error=error).fit()
        for error in ("private", "private-estimated")
    ]
    assert fixed[0].log_likelihood != pytest.approx(fixed[1].log_likelihood, abs=1e-3)


@pytest.mark.parametrize(
    ("options", "log_likelihood", "last"),
    [
        ({}, -1239.2339913505, 0.5492034),
        ({"error": "private-estimated"}, -1239.6197334960, 0.3903255),
        ({"error": "private"}, -1239.6197334960, 0.3903255 * ROOT),
        ({"link": "logit"}, -1239.3989472560, 0.8930318),
    ],
)
def test_the_four_outcome_game_agrees(data: Path, options: dict, log_likelihood: float, last: float) -> None:
    fit = strategic.egame122(FOUR, data=example(data, "data_122"), outcomes=CORNERS, **options).fit()
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-6)
    assert fit.estimates[-1] == pytest.approx(last, abs=2e-6)


def test_the_four_outcome_game_agrees_with_a_scale_for_each_player(data: Path) -> None:
    table = example(data, "data_122")
    fit = strategic.egame122("a1 + a2 ~ x1 | x2 | 0 | x3 | z1 | z2", data=table, scale="~ x4 - 1 | z3 - 1").fit()
    assert fit.log_likelihood == pytest.approx(-1318.1316562862, abs=1e-6)
    found = fit.coefficients["log(sigma1):x4"], fit.coefficients["log(sigma2):z3"]
    assert found == pytest.approx((-0.0921523, 0.4107804), abs=1e-5)


@pytest.mark.parametrize(
    ("options", "log_likelihood", "first", "last"),
    [
        ({"error": "private-estimated"}, -559.3088470932, 1.0183108, -0.7017772),
        ({"error": "private"}, -559.3088470932, 1.0183108, -0.7017772 * ROOT),
        ({}, -559.2575000364, 1.1385467, -0.9902303),
        ({"link": "logit"}, -558.9428864764, 2.045307, -1.627329),
    ],
)
def test_the_three_player_game_agrees(
    data: Path, options: dict, log_likelihood: float, first: float, last: float
) -> None:
    fit = strategic.egame123(THREE, data=example(data, "data_123"), **options).fit()
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-6)
    assert (fit.estimates[0], fit.estimates[-1]) == pytest.approx((first, last), abs=2e-6)


def test_three_indicators_and_one_outcome_column_give_the_same_three_player_fit(data: Path) -> None:
    table = example(data, "data_123")
    one = strategic.egame123(THREE, data=table).fit()
    moves = strategic.egame123(THREE.replace("y ~", "a1 + a2 + a3 ~"), data=table).fit()
    assert moves.estimates == pytest.approx(one.estimates, abs=1e-9)


@pytest.mark.parametrize(
    ("options", "log_likelihood", "expected"),
    [
        ({}, -3717.6792256993, {"R1:x1": -2.0841168, "R2:z4": -1.9752757, "log(s1)": 1.6397785, "log(s2)": 0.0114303}),
        ({"offers_only": True}, -3313.9498531920, {"R1:x1": -2.1054117, "R2:z4": -1.9707714, "log(s2)": 0.0468298}),
        ({"s1": 5, "s2": 1}, -3718.1435452321, {"R1:x1": -2.0491786, "R2:z4": -1.9757761}),
    ],
)
def test_the_ultimatum_game_agrees(data: Path, options: dict, log_likelihood: float, expected: dict) -> None:
    fit = strategic.ultimatum(OFFERS, data=example(data, "data_ult"), maximum=15, **options).fit()
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-5)
    assert {name: fit.coefficients[name] for name in expected} == pytest.approx(expected, abs=5e-6)


def test_the_ultimatum_game_recovers_the_coefficients_that_made_the_data(data: Path) -> None:
    fit = strategic.ultimatum(OFFERS, data=example(data, "data_ult"), maximum=15).fit()
    # The script that simulated data_ult: R1 = 5 - 2x1 + 2x2 - 2x3 + 2x4 + w1 - w2, s1 = 5;
    # R2 = 10 + 2z1 - 2z2 + 2z3 - 2z4 - w1 + w2, s2 = 1.
    truth = np.array([5, -2, 2, -2, 2, 1, -1, 10, 2, -2, 2, -2, -1, 1, np.log(5), 0])
    errors = np.array(list(fit.standard_errors.values()))
    assert np.abs((fit.estimates - truth) / errors).max() < 3


def test_scales_of_the_classroom_ultimatum_game_are_not_identified(data: Path) -> None:
    table = example(data, "student_offers")
    with pytest.raises(EstimationError, match=r"no finite maximum: .*R1:"):
        strategic.ultimatum("offer + accept ~ gender1 | gender2", data=table, maximum=100).fit()


def test_an_ultimatum_game_with_a_fixed_scale_is_found_where_the_first_starts_overflow(data: Path) -> None:
    table = example(data, "student_offers")
    formula = "offer + accept ~ gender1 | gender2"
    fit = strategic.ultimatum(formula, data=table, maximum=100, s2=1).fit()
    # Found too from 199 of 200 starts drawn over the range of offers; e^66 below at where acceptance alone puts R2.
    assert fit.log_likelihood == pytest.approx(-696.8091487, abs=1e-6)
    assert fit.coefficients["R2:(Intercept)"] == pytest.approx(44.69592, abs=1e-4)
    both = strategic.ultimatum(formula, data=table, maximum=100, s1=1, s2=1).fit()
    assert both.log_likelihood == pytest.approx(-1033.6475617, abs=1e-6)


def test_a_start_too_far_off_is_told_from_a_ridge_and_another_may_be_given(data: Path) -> None:
    table = example(data, "student_offers")
    model = strategic.ultimatum("offer + accept ~ gender1 | gender2", data=table, maximum=100, s2=1)
    far = {"R1:(Intercept)": 0, "R1:gender1": 0, "R2:(Intercept)": -200, "R2:gender2": 0, "log(s1)": 0}
    with pytest.raises(EstimationError, match=r"starts are too far from any maximum.*fit\(start="):
        model.fit(start=far, starts=1)
    near = [70, -20, 45, 0, 4]
    assert model.fit(start=near, starts=1).log_likelihood == pytest.approx(-696.8091487, abs=1e-6)
    assert model.fit(start=[near, list(far.values())], starts=2).starts == 2
    with pytest.raises(EstimationError, match="no finite maximum"):
        strategic.ultimatum("offer + accept ~ gender1 | gender2", data=table, maximum=100).fit()


def test_vuong_and_clarke_agree_with_the_tests_of_r(data: Path) -> None:
    """Vuong's statistic by the formula of games since 1.0-4; before, a factor n/(n - 1) made it 2.9083."""
    war = example(data, "war1800")
    one = strategic.egame12(WAR, data=war).fit()
    other = strategic.egame12("esc + war ~ regime1 | 0 | regime1 + regime2 | regime1 + regime2", data=war).fit()
    test = strategic.vuong(one, other)
    assert (test.statistic, test.p) == pytest.approx((2.91862878, 0.00351574625), rel=1e-5)
    assert test.preferred == 1
    test = strategic.clarke(one, other)
    assert (test.statistic, test.p) == pytest.approx((163, 0.010322006), rel=1e-6)


def test_vuong_sets_one_outcome_beside_a_logit(data: Path) -> None:
    import pandas as pd
    import statsmodels.formula.api as smf

    war = example(data, "war1800").drop_nulls(["regime1", "regime2"])
    fit = strategic.egame12(WAR, data=war).fit()
    table = pd.DataFrame(war.to_dict(as_series=False))
    logit = strategic.RowModel.of_statsmodels(smf.logit("war ~ balanc + s_wt_re1", table).fit(disp=0))
    assert strategic.vuong(fit, logit, outcome_first="war").statistic == pytest.approx(
        -3.23266181 * 282 / 281, rel=1e-5
    )
    assert strategic.clarke(fit, logit, outcome_first="war").statistic == 103


def test_predicted_chances_agree(data: Path) -> None:
    fit = strategic.egame12(WAR, data=example(data, "war1800")).fit()
    first = fit.predict().row(0)
    assert first == pytest.approx((0.5684191, 0.1596916, 0.2718893), abs=2e-7)
