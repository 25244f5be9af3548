"""Intervention: whether those who owed the target defence joined its side, by equation (14) with a posterior.

`third_parties` sets the published logit, the second model of intervention, beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.calibration.joining.posterior import RECORD_ONLY, chance_joined, joining
from foedus.calibration.joining.third_states import FIRST, LAST, Calls, read_calls, read_third_states
from foedus.calibration.pairs.structure import ledger_values
from foedus.estimators import scores
from foedus.estimators.binary import Logit
from foedus.estimators.resample import GroupDraws, interval
from foedus.hindcasts.measures import AUC, BRIER, EXPECTED, LOSS, REDUCTION, SKILL, SLOPE, Forecast, event_figures
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered, Years

Floats = NDArray[np.float64]

UNITED_STATES = 2
TRAIN: Years = (FIRST, 1974)
TEST: Years = (1975, LAST)
"""Half of the joiners are on either side."""
VINTAGE = "GML-MID 2.2.1 participants, ATOP 5.1, NMC 7.0, COW contiguity, strategic rivalries, nuclear status"


def promise(calls: Calls, p: Mapping[str, float]) -> Floats:
    """Chance that each defender fights in a war, by the ledger alone: no stakes but the pledge."""
    pledged = p["intervention_baseline"] + p["pledge_weight"]
    return chance_joined(calls, {**p, "pledged": pledged, **dict.fromkeys(RECORD_ONLY, 0.0)}, 1.0)


def joiners(setting: HindcastSetting) -> Found:
    """Draw the posterior given third states of the training years; score defenders of test years beside a logit."""
    asked = read_third_states(setting.folder, TEST[0])
    before = asked.within(TRAIN)
    posterior, past, future = joining(before), before.defenders(), asked.within(TEST).defenders()
    forecast = Forecast(future.joined, posterior.chance(future), future.dispute)
    draws = forecast.draws(setting.draws, setting.seed)
    figures = event_figures(
        forecast,
        draws,
        _logit(past, future),
        measures=(LOSS, SLOPE, AUC, BRIER, SKILL, REDUCTION, EXPECTED),
        less=(LOSS, AUC),
    )
    kept = posterior.kept_in_war(future.only(future.war == 1))
    low, high = interval(kept)
    rate = float(past.joined.mean())
    constant = len(future.year) * scores.log_loss(future.joined, np.full(len(future.year), rate))
    more = (
        FoundMeasure(f"{LOSS}, rate of the training years", constant),
        FoundMeasure(
            "chance kept in war, posterior",
            float(kept.mean()),
            low,
            high,
            baseline=float(future.joined[future.war == 1].mean()),
            published=0.22,
            note="baseline: the share of the test years' calls in war that were answered",
        ),
    )
    why = (
        f"{100 * rate:.2f} per cent of calls were answered in training years, "
        f"{100 * future.joined.mean():.2f} in test years: nothing in the first foretells the fall"
    )
    return Found(
        (*figures, *more),
        len(future.joined),
        int(future.joined.sum()),
        why,
        curves=(forecast.curve("joining", bins=5),),
        fitted=posterior.estimates(),
    )


def _logit(past: Calls, future: Calls) -> Floats:
    def design(calls: Calls) -> Floats:
        return np.column_stack([np.ones(len(calls.year)), calls.log_km, calls.major, calls.log_ratio])

    weights = Logit(past.joined.astype(np.float64), design(past)).fit("the logit of joining")
    return Logit(future.joined.astype(np.float64), design(future)).chance(weights)


def nuclear(setting: HindcastSetting) -> Found:
    """Count how often the United States joined, against nuclear challengers and others (R17)."""
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import odds_ratio

    calls = read_calls(setting.folder)
    ours = calls.only(calls.defender == UNITED_STATES)
    against = [ours.only(ours.armed == k) for k in (1.0, 0.0)]
    table = np.array([[int(c.joined.sum()), int((1 - c.joined).sum())] for c in against])
    ratio = odds_ratio(table)
    bounds = ratio.confidence_interval(0.9)
    armed, others = (float(t[0] / max(t.sum(), 1)) for t in table)
    note = "; ".join(
        f"{t[0]} of {t.sum()} against {who}" for t, who in zip(table, ("nuclear challengers", "others"), strict=True)
    )
    high = float(bounds.high) if np.isfinite(bounds.high) else 1e6
    return Found(
        (
            FoundMeasure(
                "odds ratio, nuclear to other challengers", float(ratio.statistic), float(bounds.low), high, note=note
            ),
            FoundMeasure("share joined, nuclear challengers", armed, baseline=others, published=0.0),
            FoundMeasure("share joined, all", float(ours.joined.mean()), published=10 / 356),
            FoundMeasure("Fisher p", float(fisher_exact(table)[1]), published=0.6),
        ),
        len(ours.year),
        int(ours.joined.sum()),
        "The known figures leave no case out for owing the challenger defence as well; these do",
    )


def in_war(setting: HindcastSetting) -> Found:
    """Compare what the ledger's equation (14) expects of allies of a state at war with what they did."""
    calls = read_calls(setting.folder)
    fought = calls.only(calls.war == 1)
    expected = promise(fought, ledger_values())
    draws = GroupDraws(np.unique(fought.dispute, return_inverse=True)[1].astype(np.int64), setting.draws, setting.seed)
    low, high = interval(draws.mean(fought.joined))
    seen = float(fought.joined.mean())
    return Found(
        (
            FoundMeasure("chance kept in war, ledger", float(expected.mean()), baseline=seen, published=0.22),
            FoundMeasure("share that joined in war", seen, low, high, published=0.22),
        ),
        len(fought.year),
        int(fought.joined.sum()),
        "A case here is a war and one defender of its target; the known figure codes each treaty's own conditions, "
        "and knows which were called on",
    )


TESTS = (
    Registered(
        name="intervention-joiners",
        theme="intervention",
        kind="out of sample",
        question="Given a dispute, does equation (14), with a posterior, say which of the target's allies join?",
        vintage=VINTAGE,
        train=TRAIN,
        test=TEST,
        baseline="logit on distance, a major power as ally, and the power ratio of the two sides",
        published="",
        criteria=(
            Criterion(
                f"{LOSS} less baseline", high=0.0, why="no worse than three plain predictors", seen=True, rival="logit"
            ),
            Criterion(f"{AUC} less baseline", low=-0.02, why="no worse than three plain predictors", rival="logit"),
            Criterion(SLOPE, 0.8, 1.2, widest=1.5, why="calibration slope 1 ± .2"),
        ),
        run=joiners,
    ),
    Registered(
        name="intervention-nuclear",
        theme="intervention",
        kind="data check",
        question="Did the United States join its allies less often against nuclear challengers (R17)?",
        vintage=VINTAGE,
        train=None,
        test=(FIRST, LAST),
        baseline="challengers without nuclear arms",
        published="the same count, made before this program: 0 of 35 against 10 of 321",
        criteria=(
            Criterion(
                "odds ratio, nuclear to other challengers",
                high=1.0,
                widest=1.0,
                why="an interval wider than from none to even says nothing",
            ),
        ),
        run=nuclear,
    ),
    Registered(
        name="intervention-in-war",
        theme="intervention",
        kind="in sample",
        question="Does the ledger's chance that a promise is kept agree with what allies did in wars since 1946?",
        vintage=VINTAGE,
        train=None,
        test=(FIRST, LAST),
        baseline="the share of defenders who joined",
        published="compliance since 1945, Berkemeier and Fuhrmann (2018)",
        criteria=(
            Criterion("chance kept in war, ledger", -0.1, 0.1, "published", why="within ten points"),
            Criterion("chance kept in war, ledger", -0.1, 0.1, "baseline", why="within ten points"),
        ),
        run=in_war,
    ),
)
