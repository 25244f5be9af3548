"""Burden sharing: whether the larger members of NATO had the heavier burdens, and how that faded.

Olson and Zeckhauser (1966) ranked members by product and by burden and found the large exploited by the small. Here
the two rankings are compared year by year to 2010, in the record and in the world of 1961 run on without any event:
what burdens do is the model's, the size of members is the record's in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foedus.errors import DataError
from foedus.estimators.resample import interval
from foedus.hindcasts.experiments import Floats, runner, spread
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered
from foedus.panels.files import DataFolder
from foedus.past import measured, world_of
from foedus.past.archive import Archive

BEGIN, END = 1961, 2010
FIRST_TEN, LAST_TEN = range(BEGIN, 1971), range(2001, END + 1)
WITHOUT_FORCES = "ISL"

AT_END = "rank correlation of product and burden, mean of 2001-2010"
AT_START = "rank correlation of product and burden, mean of 1961-1970"
CHANGE = "change from 1961-1970 to 2001-2010"
PLACE = "share of futures below the record, 2001-2010"
Middle = tuple[float, float] | tuple[None, None]
OF_RECORD = "the record's change, over draws of states"
OF_MEDIAN = "the median change of futures, over draws of futures"


def product(folder: DataFolder, isos: Sequence[str], year: int) -> Floats:
    """Real product of a year at purchasing parity (Fariss and others), [states]. DataError names what is missing."""
    known = Archive(folder, year).by_state("fariss_gdp_pop", "pwtrgdp", 1)
    if missing := [iso for iso in isos if iso not in known]:
        msg = f"no product of {', '.join(missing)} in {year}"
        raise DataError(msg)
    return np.array([known[iso][1] for iso in isos])


def ranked(size: Floats, burdens: Floats) -> float:
    """Spearman's correlation of size and burden, both [states]."""
    from scipy.stats import spearmanr

    return float(spearmanr(size, burdens).statistic)


def of_the_day(folder: DataFolder, years: Sequence[int]) -> float:
    """Mean over years of the record's correlation among the members of each year."""
    found = []
    for year in years:
        isos = [iso for iso in measured.members_of_nato(folder, year) if iso != WITHOUT_FORCES]
        burdens = np.array([measured.burden(folder, iso, year) for iso in isos])
        found.append(ranked(product(folder, isos, year), burdens))
    return float(np.mean(found))


def sharing(setting: HindcastSetting) -> Found:
    """Run the world of 1961 to 2010 and compare its rank correlations, by decade, with the record's."""
    folder = setting.folder
    isos = tuple(iso for iso in measured.members_of_nato(folder, BEGIN) if iso != WITHOUT_FORCES)
    past = runner(world_of(BEGIN, folder), END, setting)()
    rows = [past.state(iso) for iso in isos]
    start = np.array([measured.burden(folder, iso, BEGIN) for iso in isos])
    record, kept, model, known = [], [], [], []
    for years in (FIRST_TEN, LAST_TEN):
        sizes = [product(folder, isos, year) for year in years]
        seen = [np.array([measured.burden(folder, iso, year) for iso in isos]) for year in years]
        known.append((np.array(sizes), np.array(seen)))
        record.append(float(np.mean([ranked(s, b) for s, b in zip(sizes, seen, strict=True)])))
        kept.append(float(np.mean([ranked(s, start) for s in sizes])))
        drawn = [past.spending[past.years.index(year), rows] for year in years]
        ours = [[ranked(s, future) for future in b.T] for s, b in zip(sizes, drawn, strict=True)]
        model.append(np.array(ours).mean(axis=0))
    first, last = model
    note = "the members of 1961, in the record as in the model; baseline: each burden as in 1961"
    figures = (
        _beside(spread(AT_END, last, published=record[1], note=note), kept[1]),
        _beside(spread(AT_START, first, published=record[0]), kept[0]),
        _beside(spread(CHANGE, last - first, published=record[1] - record[0]), kept[1] - kept[0]),
        FoundMeasure(PLACE, float(np.mean(last < record[1]))),
        FoundMeasure(OF_RECORD, record[1] - record[0], *_over_states(known, setting)),
        FoundMeasure(OF_MEDIAN, float(np.median(last - first)), *_over_futures(last - first, setting)),
    )
    early, late = of_the_day(folder, FIRST_TEN), of_the_day(folder, LAST_TEN)
    why = (
        f"Among whoever was a member, the record goes from {early:.2f} to {late:.2f}. The run is told nothing of what "
        "happened after 1961"
    )
    return Found(figures, rows=len(isos), why=why)


def _over_states(known: Sequence[tuple[Floats, Floats]], setting: HindcastSetting) -> Middle:
    """Middle 90 % of the record's change where states are drawn with replacement; sizes and burdens [years, states]."""
    random, found = np.random.default_rng(setting.seed), []
    for _ in range(setting.draws):
        some = random.integers(known[0][0].shape[1], size=known[0][0].shape[1])
        one, two = (np.mean([ranked(s[some], b[some]) for s, b in zip(*held, strict=True)]) for held in known)
        found.append(float(two - one))
    return interval(np.array(found))


def _over_futures(changes: Floats, setting: HindcastSetting) -> Middle:
    """Middle 90 % of the median where futures are drawn with replacement: what their number leaves open."""
    drawn = np.random.default_rng(setting.seed).choice(changes, (setting.draws, len(changes)))
    return interval(np.median(drawn, axis=1))


def _beside(figure: FoundMeasure, baseline: float) -> FoundMeasure:
    return replace(figure, baseline=baseline)


TESTS = (
    Registered(
        name="burden-sharing-path",
        theme="spending",
        kind="out of sample",
        question="Run from 1961, do the larger members of NATO stop bearing heavier burdens as the record says?",
        vintage="world of 1961 and product to 2010 (Fariss and others); burdens from NMC 7.0 and the World Bank",
        train=None,
        test=(BEGIN, END),
        baseline="every member's burden as it was in 1961, with the product of each year",
        published="computed from NMC spending and World Bank product, ranked by product at parity",
        criteria=(
            Criterion(CHANGE, high=0.0, why="it fell"),
            Criterion(AT_END, -0.2, 0.2, "published", why="the record, give or take what 14 states allow"),
            Criterion(PLACE, 0.05, 0.95, why="the record lies within the model's 90 per cent range"),
        ),
        run=sharing,
        needs="engine",
        quick=False,
    ),
)
