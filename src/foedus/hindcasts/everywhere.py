"""Onset among all pairs of states: equations fitted where disputes are likely, asked about everyone.

The structural equations are fitted on politically relevant pairs of the training years, as in `onset`, and score every
pair of the test years. The logit beside them is fitted on all pairs, so it has seen the distant ones and they have not.
"""

from __future__ import annotations

import numpy as np

from foedus.calibration.pairs.dyads import read_pairs
from foedus.hindcasts import baselines
from foedus.hindcasts.forecasters import fitted, named
from foedus.hindcasts.measures import AUC, AUPR, EXPECTED, REDUCTION, SKILL, Forecast, event_figures
from foedus.hindcasts.onset import ALL_REFERENCE, EARLY, SOURCE, VINTAGE, close_to
from foedus.hindcasts.registry import Found, HindcastSetting, Registered


def everywhere(setting: HindcastSetting) -> Found:
    """Score every pair of 1990-2010 beside F4 fitted on every pair of 1950-1989."""
    train, test = EARLY
    pairs = read_pairs(setting.folder, "all")
    rows = pairs.within(test)
    model = fitted(setting.folder, train, "disputes and rivalry")
    forecast = Forecast(pairs.onset[rows], model.onset(pairs, rows), pairs.dyad[rows])
    logit = baselines.fit(pairs.frame[pairs.within(train)], "F4")
    other = np.asarray(baselines.chance(pairs.frame[rows], "F4", logit))
    draws = forecast.draws(setting.draws, setting.seed)
    figures = event_figures(
        forecast,
        draws,
        other,
        ALL_REFERENCE["F4"],
        measures=(AUC, AUPR, SKILL, REDUCTION, EXPECTED),
        less=(AUC, AUPR, REDUCTION),
    )
    mean, rate = float(forecast.chance.mean()), float(forecast.event.mean())
    why = (
        f"Mean chance {100 * mean:.2f} per cent where {100 * rate:.2f} came: fitted on politically relevant pairs, the "
        "equations rank distant pairs as well as a logit that has seen them, and give all of them too much"
    )
    return Found(figures, len(rows), int(forecast.event.sum()), why, (forecast.curve("onset"),), fitted=named(model))


TESTS = (
    Registered(
        name="onset-structure-all-pairs",
        theme="onset",
        kind="out of sample",
        question="Fitted on relevant pairs, do they rank all pairs of states within .01 AUC of F4 fitted on all?",
        vintage=VINTAGE,
        train=EARLY[0],
        test=EARLY[1],
        baseline="F4: logit on capabilities, contiguity, distance, majors, pact, rivalry and peace-years, on all pairs",
        published=SOURCE,
        criteria=close_to("F4"),
        run=everywhere,
        quick=False,
    ),
)
