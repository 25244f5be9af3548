"""Spending: how fast it adjusts, and to what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl

from foedus.calibration.declare import DeclaredEstimate
from foedus.calibration.evidence import Evidence
from foedus.calibration.measure import Measured, drawn_again, of_term
from foedus.estimators import adjustment, long_run
from foedus.estimators.fit import Floats, wald
from foedus.estimators.specifications import spending_response
from foedus.geo import great_circle
from foedus.panels import state_years
from foedus.panels.samples import LAGGED

MOSCOW, KOREA, TAIWAN = 365, 732, 713
COMPARED = {"Australia": 900, "New Zealand": 920, "Japan": 740, "West Germany": 260}
NEAR_KM = 1300


def _adjustment(bias: str) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        fit = spending_response(evidence.spending, "log_gdp", bias=bias)
        return of_term(adjustment(fit, LAGGED), fit, "errors by state")

    return measure


def _response(name: str, sign: float = 1.0) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        fit = spending_response(evidence.spending, "log_gdp", name)
        term = long_run(fit, name, LAGGED)
        ends = sorted((sign * term.low, sign * term.high))
        return of_term(replace(term, value=sign * term.value, low=ends[0], high=ends[1]), fit, "errors by state, delta")

    return measure


def _yearly_change(statistic: Callable[[Floats], float]) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        rows = evidence.folder.read("cow_nmc").filter(pl.col("milex") > 0, pl.col("year").is_between(1816, 2022))
        rows = rows.select("ccode", "year", pl.col("milex").cast(pl.Float64).log().alias("spent"))
        before = rows.select("ccode", pl.col("year") + 1, pl.col("spent").alias("before"))
        rows = rows.join(before, on=["ccode", "year"]).with_columns(change=pl.col("spent") - pl.col("before"))
        columns = [rows["change"].to_numpy()]
        return drawn_again(lambda c: statistic(c[0]), columns, rows["ccode"].to_numpy(), draws=200)

    return measure


def _most_growth(evidence: Evidence) -> Measured:
    rows = evidence.folder.read("sipri_milex_excerpt").select("ccode", "year", "milex_pct_gdp").drop_nulls()
    before = rows.select("ccode", pl.col("year") + 1, pl.col("milex_pct_gdp").alias("before"))
    rows = rows.join(before, on=["ccode", "year"]).filter(pl.col("before") > 0)
    growth = (rows["milex_pct_gdp"] / rows["before"] - 1).cast(pl.Float64).to_numpy()
    return drawn_again(lambda c: float(np.quantile(c[0], 0.95)), [growth], rows["ccode"].to_numpy())


def _gradient(statistic: Callable[[Floats, Floats, Floats], float]) -> Callable[[Evidence], Measured]:
    def measure(evidence: Evidence) -> Measured:
        km, before, after = nato_rise(evidence)
        return drawn_again(lambda c: statistic(c[0], c[1], c[2]), [km, before, after], np.arange(len(km)))

    return measure


def nato_rise(evidence: Evidence) -> tuple[Floats, Floats, Floats]:
    """Return km from Moscow and defence share of GDP in 2014 and 2024 of today's European and Canadian allies."""
    capitals = evidence.folder.read("cow_capitals")
    capitals = capitals.filter(pl.col("stdate").dt.year() <= 2024, pl.col("enddate").dt.year() >= 2024)
    spent = evidence.folder.read("sipri_milex_excerpt").filter(pl.col("year").is_in([2014, 2024]))
    wide = spent.pivot(on="year", index="ccode", values="milex_pct_gdp")
    rows = wide.join(evidence.folder.read("nato_membership").select("ccode"), on="ccode").filter(pl.col("ccode") != 2)
    rows = rows.join(capitals.select("ccode", "lat", "lng"), on="ccode").drop_nulls().sort("ccode")
    moscow = capitals.filter(pl.col("ccode") == MOSCOW).row(0, named=True)
    lat, lng = (rows[name].cast(pl.Float64).to_numpy() for name in ("lat", "lng"))
    km = great_circle(float(moscow["lat"]), float(moscow["lng"]), lat, lng)
    return km, rows["2014"].cast(pl.Float64).to_numpy(), rows["2024"].cast(pl.Float64).to_numpy()


def _spearman(km: Floats, before: Floats, after: Floats) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(km, after - before)[0])


def _near_rise(km: Floats, before: Floats, after: Floats) -> float:
    near = km < NEAR_KM
    return float(np.log(after[near] / before[near]).mean()) if near.any() else 0.0


def _asian_excess(evidence: Evidence) -> Measured:
    """Rise of log spending 1975-79 in Korea and Taiwan over four allies the US was not leaving; Welch's interval."""
    panel = state_years(1975, 1979, data=evidence.folder).nmc().collect().select("ccode", "year", "milex")
    spent = {(c, y): float(m) for c, y, m in panel.iter_rows() if m is not None}
    left, kept = (
        np.array([np.log(spent[c, 1979] / spent[c, 1975]) for c in group])
        for group in ((KOREA, TAIWAN), COMPARED.values())
    )
    parts = [g.var(ddof=1) / len(g) for g in (left, kept)]
    degrees = sum(parts) ** 2 / (parts[0] ** 2 / (len(left) - 1) + parts[1] ** 2 / (len(kept) - 1))
    term = wald("excess", float(left.mean() - kept.mean()), float(np.sqrt(sum(parts))), 0.95, degrees)
    return Measured(term.value, term.low, term.high, len(left) + len(kept), "Welch's t")


_FIXED = "partial adjustment of ln spending (NMC) on its lag and ln GDP, effects of state and year, 1950-2010"
ESTIMATES = (
    DeclaredEstimate("adjustment", f"{_FIXED}: one less the lag's coefficient", _adjustment("none"), "adjustment"),
    DeclaredEstimate(
        "adjustment, bias of short panels out",
        f"{_FIXED}: the same by half-panel jackknife",
        _adjustment("half-panel"),
        "adjustment",
    ),
    DeclaredEstimate(
        "rivals' spending",
        f"{_FIXED}, and ln spending of strategic rivals a year before, states with rivals: long-run effect",
        _response("log_rivals"),
        "rivals_weight",
    ),
    DeclaredEstimate(
        "allies' spending",
        f"{_FIXED}, and ln spending of states that owe defence a year before: long-run saving",
        _response("log_allies", -1.0),
        "spill_in_weight",
    ),
    DeclaredEstimate(
        "risk of a fatal dispute",
        f"{_FIXED}, and the chance of a fatal dispute by a logit over relevant pairs: long-run effect",
        _response("fatal_risk"),
        "war_risk_weight",
    ),
    DeclaredEstimate(
        "most growth",
        "95th percentile of the yearly growth of the share of GDP, SIPRI, 48 states, 2000-2025",
        _most_growth,
        "most_growth",
    ),
    DeclaredEstimate(
        "yearly change, median",
        "median absolute change of ln spending (NMC, current dollars), 1816-2022",
        _yearly_change(lambda c: float(np.median(np.abs(c)))),
        "3.13 row 27",
        "figure",
        0.105,
    ),
    DeclaredEstimate(
        "yearly change, spread",
        "standard deviation of the same",
        _yearly_change(lambda c: float(c.std(ddof=1))),
        "3.13 row 27",
        "figure",
        0.34,
    ),
    DeclaredEstimate(
        "NATO gradient, ranks",
        "Spearman correlation of the rise in the share of GDP 2014-2024 (SIPRI) with distance from Moscow,"
        " today's allies without the US",
        _gradient(_spearman),
        "4.3",
        "figure",
        -0.83,
    ),
    DeclaredEstimate(
        "NATO gradient, slope",
        "the same: least-squares slope, points of GDP per ln km",
        _gradient(lambda km, b, a: float(np.polyfit(np.log(km), a - b, 1)[0])),
        "4.3",
        "figure",
        -1.17,
    ),
    DeclaredEstimate(
        "NATO's near allies",
        f"mean rise of the ln share 2014-2024 of allies within {NEAR_KM} km of Moscow",
        _gradient(_near_rise),
        "3.13 row 26",
        "figure",
        0.83,
    ),
    DeclaredEstimate(
        "Korea and Taiwan, 1975-79",
        "rise of ln spending (NMC) over Australia's, New Zealand's, Japan's and West Germany's",
        _asian_excess,
        "4.5",
        "figure",
        1.06,
    ),
)
