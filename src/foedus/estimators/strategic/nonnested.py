"""Which of two models, neither a case of the other, is nearer to the truth: Vuong's and Clarke's tests.

The null hypothesis is that both are equally near (in Kullback-Leibler distance). Both tests are corrected for the
number of coefficients as the Bayesian criterion is. Sources: Vuong (1989); Clarke (2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy.special import bdtr, ndtr

from foedus.errors import InputError
from foedus.estimators.strategic.fitted import Fitted
from foedus.estimators.strategic.jets import Floats


@dataclass(frozen=True)
class RowModel:
    """Another program's model of the same rows.

    log_likelihood   [row]
    observed         [row] what it explains
    coefficients     how many were estimated
    """

    log_likelihood: Floats
    observed: Floats
    coefficients: int

    @classmethod
    def of_statsmodels(cls, results: Any) -> RowModel:
        """Return the model of a statsmodels binary or count result, such as `Logit(...).fit()`."""
        if not hasattr(results.model, "loglikeobs"):
            msg = f"{type(results.model).__name__} gives no log-likelihood by row; build a RowModel yourself"
            raise InputError(msg)
        rows = np.asarray(results.model.loglikeobs(results.params), dtype=np.float64)
        return cls(rows, np.asarray(results.model.endog, dtype=np.float64), len(np.asarray(results.params)))


Comparable: TypeAlias = Fitted | RowModel


@dataclass(frozen=True)
class NonNestedTest:
    """Result of a test.

    test             "Vuong" or "Clarke"
    statistic        Vuong: standard normal under the null, positive for the first model.
                     Clarke: rows that the first model explains better, binomial(rows, 1/2) under the null
    p                two-sided
    preferred        1 or 2: the model that the statistic favours; 0 when neither
    log_likelihood   of both
    """

    test: str
    statistic: float
    p: float
    preferred: int
    rows: int
    log_likelihood: tuple[float, float]

    def __str__(self) -> str:
        says = f"model {self.preferred} preferred" if self.p < 0.05 else "neither model preferred"
        return (
            f"{self.test} test, {self.rows} rows: log-likelihoods {self.log_likelihood[0]:.2f} and "
            f"{self.log_likelihood[1]:.2f}\nstatistic {self.statistic:.3f}, p {self.p:.3g}: {says} at 5 %"
        )


def vuong(
    first: Comparable, second: Comparable, *, outcome_first: str | None = None, outcome_second: str | None = None
) -> NonNestedTest:
    """Compare two models by Vuong's test.

    outcome_first, outcome_second   compare only how well a strategic fit explains whether this outcome came (for
                                    `ultimatum`: "offer" or "accept"), so as to set it beside a simpler model

    Raises InputError when the models do not explain the same rows, or fit every row equally well.
    """
    one, other, excess = _compare(first, second, outcome_first, outcome_second)
    difference = one - other
    spread = float(np.std(difference))
    if spread == 0.0:
        msg = "both models give every row the same likelihood: there is nothing to compare"
        raise InputError(msg)
    rows = len(difference)
    statistic = (float(difference.sum()) - excess * np.log(rows) / 2.0) / (np.sqrt(rows) * spread)
    return NonNestedTest(
        "Vuong",
        float(statistic),
        float(2.0 * ndtr(-abs(statistic))),
        1 if statistic > 0 else 2,
        rows,
        (float(one.sum()), float(other.sum())),
    )


def clarke(
    first: Comparable, second: Comparable, *, outcome_first: str | None = None, outcome_second: str | None = None
) -> NonNestedTest:
    """Compare two models by Clarke's paired sign test. Arguments and errors as in `vuong`."""
    one, other, excess = _compare(first, second, outcome_first, outcome_second)
    rows = len(one)
    better = int(np.sum(one - other > excess * np.log(rows) / (2.0 * rows)))
    p = min(1.0, 2.0 * float(bdtr(min(better, rows - better), rows, 0.5)))
    preferred = 0 if 2 * better == rows else 1 if 2 * better > rows else 2
    return NonNestedTest("Clarke", float(better), p, preferred, rows, (float(one.sum()), float(other.sum())))


def _compare(
    first: Comparable, second: Comparable, outcome_first: str | None, outcome_second: str | None
) -> tuple[Floats, Floats, int]:
    (one, seen_one, size_one), (other, seen_other, size_other) = (
        _rows(first, outcome_first, "first"),
        _rows(second, outcome_second, "second"),
    )
    if len(one) != len(other):
        msg = f"the first model explains {len(one)} rows, the second {len(other)}; fit both on the same rows"
        raise InputError(msg)
    if seen_one.shape != seen_other.shape or not np.array_equal(seen_one, seen_other):
        msg = (
            "the models do not explain the same thing row by row; to set a strategic fit beside a model of one "
            "outcome, name it with outcome_first or outcome_second"
        )
        raise InputError(msg)
    return one, other, size_one - size_other


def _rows(model: Comparable, outcome: str | None, which: str) -> tuple[Floats, Floats, int]:
    if isinstance(model, RowModel):
        if outcome is not None:
            msg = f"outcome_{which} names an outcome of a strategic fit, but the {which} model is not one"
            raise InputError(msg)
        return model.log_likelihood, model.observed, model.coefficients
    game = model.model.game
    if outcome is not None and not isinstance(outcome, str):
        legal = getattr(game, "labels", ("offer", "accept"))
        meant = f'; R\'s {outcome} is "{legal[outcome - 1]}"' if outcome in range(1, len(legal) + 1) else ""
        msg = f"outcome_{which} is {outcome!r}; write the name of an outcome: {', '.join(legal)}{meant}"
        raise InputError(msg)
    if outcome is None:
        return model.row_log_likelihood, game.observed, len(model.estimates)
    indices = model.model.indices(model.estimates)
    return game.row_log_chance(indices, outcome), game.part_observed(outcome), len(model.estimates)
