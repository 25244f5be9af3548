"""Indirect inference on what follows what: a dispute after a dispute, a burden after a burden.

The same regressions on the record and on each future of the worlds of `indirect`, pairs and states and years alike.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.hindcasts.experiments import spread
from foedus.hindcasts.indirect import DECADES, VINTAGE, WINDOW, Decade, decades, logit
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered
from foedus.panels.files import DataFolder
from foedus.past import Archive

LEAST, MOST = 0.001, 0.3
"""Burdens kept: from the model's floor to what a world of the past takes for real."""

RECENT = 3
"""Years back in which a dispute of the pair, whoever began it, counts as recent."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def recurrence(setting: HindcastSetting) -> Found:
    """How much likelier a dispute is when the pair had one in the last three years, the pair's nature held equal."""
    found = decades(setting)
    rows = np.concatenate([np.repeat(d.design, _later(d).sum(axis=1), axis=0) for d in found])

    def after(tables: list[Flags]) -> tuple[float, float]:
        recent = np.concatenate([_recent(d, t)[_later(d)] for d, t in zip(found, tables, strict=True)])
        event = np.concatenate([t[_later(d)] for d, t in zip(found, tables, strict=True)])
        beta, errors = logit(np.column_stack([rows, recent.astype(float)]), event.astype(float))
        return float(beta[-1]), float(errors[-1])

    record, error = after([d.onset for d in found])
    futures = found[0].past.spending.shape[2]
    fits = np.array([after([d.simulated(future=f) > 0 for d in found])[0] for f in range(futures)])
    gap = abs(float(np.median(fits)) - record) / error
    return Found(
        (
            spread("recent dispute, log-odds", fits, published=record, note=f"record's standard error {error:.2f}"),
            FoundMeasure("distance from the record, standard errors", gap),
        ),
        rows=len(rows),
        events=int(sum(d.onset[_later(d)].sum() for d in found)),
        why="Pairs of the record differ in more than the predictors say, and so repeat themselves; the model's differ "
        "only in rivalry, place, claims and the disputes of the fifteen years before",
    )


def _later(decade: Decade) -> Flags:
    """Rows old enough for their recent past to lie inside the window, [P, T]."""
    return np.asarray(decade.alive & (np.arange(WINDOW) >= RECENT))


def _recent(decade: Decade, onset: Flags) -> Flags:
    """Whether the pair had a dispute, begun by either side, in the last three years, [P, T]."""
    place = {(int(a), int(b)): k for k, (a, b) in enumerate(decade.past.pairs)}
    back = np.array([place.get((int(b), int(a)), k) for k, (a, b) in enumerate(decade.past.pairs)])
    either = onset | onset[back]
    recent: Flags = np.zeros_like(either)
    for years in range(1, RECENT + 1):
        recent[:, years:] |= either[:, :-years]
    return recent


def persistence(setting: HindcastSetting) -> Found:
    """How much of a burden is left in the next year's: log burden on its lag, states' and years' means taken out."""
    found = decades(setting)
    record = [_burdens(setting.folder, d) for d in found]
    futures = found[0].past.spending.shape[2]
    fits, moves = [], []
    for f in range(futures):
        ours = [np.log(d.past.spending[:, :, f].T.astype(float)) for d in found]
        alike = [np.where(np.isnan(r), np.nan, o) for r, o in zip(record, ours, strict=True)]
        fits.append(lag_coefficient(alike))
        moves.append(_typical_move(alike))
    known = lag_coefficient(record)
    rows = int(sum((~np.isnan(r[:, 1:]) & ~np.isnan(r[:, :-1])).sum() for r in record))
    figures = (
        spread("burden left after a year", np.array(fits), published=known, note="within states, ten-year windows"),
        FoundMeasure("difference from the record", float(np.median(fits) - known)),
        spread("median move of a burden in a year, log points", np.array(moves), published=_typical_move(record)),
    )
    why = (
        "The ledger's speed of adjustment was estimated on this record, so agreement shows that the engine keeps it "
        "and no more; windows of ten years bias both alike. Errors of measurement and shocks at home jolt the record's "
        "burdens, threat and belief alone the model's"
    )
    return Found(figures, rows=rows, why=why)


def _burdens(folder: DataFolder, decade: Decade) -> Floats:
    """Log burden in the record, [S, window + 1], NaN where spending or product is missing or the burden is absurd."""
    world = decade.past.world
    archive = Archive(folder, world.tables.year + WINDOW)
    spent = archive.years("cow_nmc", WINDOW + 1).filter(pl.col("milex") > 0).select("ccode", "year", "milex")
    product = archive.years("world_bank_gdp_pop", WINDOW + 1).drop_nulls("gdp_current_usd")
    both = spent.join(product.select("ccode", "year", "gdp_current_usd"), on=["ccode", "year"])
    place = {state.ccode: k for k, state in enumerate(world.tables.states)}
    started = world.states.defence_share > LEAST
    table = np.full((len(place), WINDOW + 1), np.nan)
    for code, year, milex, gdp in both.iter_rows():
        row, share = place.get(int(code)), milex * 1000.0 / gdp
        if row is not None and started[row] and LEAST < share <= MOST:
            table[row, year - world.tables.year] = np.log(share)
    return table


def _typical_move(tables: list[Floats]) -> float:
    """Median absolute change of a log burden from one year to the next."""
    return float(np.nanmedian(np.abs(np.concatenate([np.diff(table, axis=1).ravel() for table in tables]))))


def lag_coefficient(tables: list[Floats]) -> float:
    """Coefficient of the lag, states and years of each table as fixed effects."""
    now: list[Floats] = []
    before: list[Floats] = []
    for table in tables:
        known = ~np.isnan(table[:, 1:]) & ~np.isnan(table[:, :-1])
        kept = known.sum(axis=1) >= RECENT
        later, earlier = (np.where(known, x, np.nan)[kept] for x in (table[:, 1:], table[:, :-1]))
        for out, values in ((now, later), (before, earlier)):
            centred = _centred(values)
            out.append(centred[~np.isnan(centred)])
    y, x = np.concatenate(now), np.concatenate(before)
    return float((x @ y) / (x @ x))


def _centred(values: Floats) -> Floats:
    """Take out row and column means, by turns, until neither is left; columns with nothing stay so."""
    values = values[:, ~np.isnan(values).all(axis=0)]
    for _ in range(50):
        values = values - np.nanmean(values, axis=1, keepdims=True)
        values = values - np.nanmean(values, axis=0, keepdims=True)
    return values


TESTS = (
    Registered(
        name="dispute-after-dispute",
        theme="indirect inference",
        kind="out of sample",
        question="Is a dispute as much likelier after a recent one as in the record?",
        vintage=VINTAGE,
        train=None,
        test=(DECADES[0] + 1, DECADES[-1] + WINDOW),
        baseline="",
        published="the same logit on the record's disputes (GML) of the same pairs and years",
        criteria=(
            Criterion("recent dispute, log-odds", low=0.0, why="disputes recur"),
            Criterion("distance from the record, standard errors", high=2.0, why="indistinguishable"),
        ),
        run=recurrence,
        needs="engine",
        quick=False,
    ),
    Registered(
        name="burden-after-burden",
        theme="indirect inference",
        kind="in sample",
        question="Do burdens move as slowly as in the record?",
        vintage=f"{VINTAGE}; NMC 7.0, World Bank product",
        train=None,
        test=(DECADES[0] + 1, DECADES[-1] + WINDOW),
        baseline="",
        published="the same regression on NMC spending over World Bank product",
        criteria=(Criterion("difference from the record", -0.1, 0.1, why="half the speed of adjustment, 0.2"),),
        run=persistence,
        needs="engine",
        quick=False,
    ),
)
