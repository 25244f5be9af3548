"""Hosts of American troops: whether allies spend more with them, and others less, as the literature says.

Signs from Allen, VanDusky-Allen and Flynn (2016), as the first design recalls them: troops go with higher burdens among
members of NATO and lower ones among hosts without a pact. The model answers by halving all American troops abroad in
worlds of the past; the record by a regression on the same states' years.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from foedus.engine.layout import TREATY_PLEDGE
from foedus.estimators.fit import Term
from foedus.estimators.spending import long_run, partial_adjustment
from foedus.hindcasts.experiments import Floats, path, runner, shocked, spread
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered
from foedus.panels import DataFolder, dyad_years, state_years
from foedus.panels.samples import LAGGED, spending_rows
from foedus.past import measured, world_of
from foedus.posture import Change
from foedus.terms import Channel
from foedus.world import World

YEARS, WINDOW = (1965, 1975, 1985), 10
FIRST, LAST = 1951, 2010
UNITED_STATES, GERMANY, WEST_GERMANY = 2, 255, 260
FEWEST = 100
"""Troops from which a state counts as a host."""
HALF = 0.5

IN_NATO = "burden by log of US troops, hosts in NATO"
WITHOUT_PACT = "burden by log of US troops, hosts without a pact"


def hosts(setting: HindcastSetting) -> Found:
    """Halve American troops in the worlds of three decades; beside it, the record's association."""
    within: list[Floats] = []
    without: list[Floats] = []
    named: set[str] = set()
    for year in YEARS:
        world = world_of(year, setting.folder)
        members, others = hosts_of(world, measured.members_of_nato(setting.folder, year))
        named |= set(others)
        run = runner(world, year + WINDOW, setting)
        cut = path((year, 1.0), (year + 1, HALF))
        halved = run(posture=shocked("halved", [Change(iso, "troops", cut) for iso in (*members, *others)]))
        kept = run()
        for isos, out in ((members, within), (others, without)):
            if isos:
                span = (isos, year, year + WINDOW)
                out.append((halved.rise(*span) - kept.rise(*span)).mean(axis=0) / np.log(HALF))
    fit = record(setting.folder)
    figures = (
        _figure(IN_NATO, within, fit["in_nato"]),
        _figure(WITHOUT_PACT, without, fit["without_pact"]),
    )
    why = (
        "In the model a cut breeds doubt, and doubt raises burdens where a threat is near, whoever the host. It has "
        f"few hosts without a pact ({', '.join(sorted(named)) or 'none'}); states outside every guarantee answer to no "
        "troops"
    )
    return Found(figures, rows=len(YEARS) * setting.futures, why=why)


def hosts_of(world: World, nato: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """American hosts that are members of NATO, and those whose guarantee is no pact."""
    links, iso3 = world.links, world.states.iso3
    mine = [
        (iso3[ally], pledge)
        for guarantor, ally, troops, pledge in zip(
            links.guarantor, links.ally, links.troops, links.channels[:, Channel.PLEDGE], strict=True
        )
        if iso3[guarantor] == "USA" and troops >= FEWEST
    ]
    members = tuple(iso for iso, _ in mine if iso in nato)
    return members, tuple(iso for iso, pledge in mine if iso not in nato and pledge < TREATY_PLEDGE)


def _figure(measure: str, found: list[Floats], seen: Term) -> FoundMeasure:
    """The model's elasticity beside the record's; no figure where nothing can move."""
    values = np.mean(found, axis=0) if found else np.zeros(1)
    if not values.any():
        return FoundMeasure(measure, None, published=seen.value, note="exactly 0 in every future, so it tests nothing")
    note = f"ten years after every American garrison is halved; the record's standard error is {seen.error:.2g}"
    return spread(measure, values, published=seen.value, note=note)


def record(folder: DataFolder) -> dict[str, Term]:
    """Long-run elasticity of spending to US troops a year before, product held equal, by kind of host."""
    rows = spending_rows(folder, FIRST, LAST)
    troops = (
        state_years(FIRST - 1, LAST, data=folder)
        .us_troops()
        .collect()
        .select("ccode", pl.col("year") + 1, log_troops=(pl.col("troops_ad_best").cast(pl.Float64) + 1).log())
    )
    owed = (
        dyad_years(FIRST - 1, LAST, directed=True, data=folder)
        .atop()
        .filter((pl.col("ccode1") == UNITED_STATES) & (pl.col("atop_defense") == 1))
        .collect()
        .select(pl.col("ccode2").alias("ccode"), pl.col("year") + 1, pact=pl.lit(1.0))
    )
    rows = rows.filter(pl.col("ccode") != UNITED_STATES).join(troops, on=["ccode", "year"])
    rows = rows.join(owed, on=["ccode", "year"], how="left").join(_accessions(folder), on="ccode", how="left")
    member = pl.col("accession").fill_null(LAST) < pl.col("year")
    pact = pl.col("pact").is_not_null() & ~member
    kinds = {"in_nato": member, "other_pact": pact, "without_pact": ~member & ~pact}
    rows = rows.with_columns(**{name: pl.col("log_troops") * held.cast(pl.Float64) for name, held in kinds.items()})
    rows = rows.drop_nulls(["log_spending", LAGGED, "log_gdp", "log_troops"])
    fit = partial_adjustment(rows, "log_spending", LAGGED, ["log_gdp", *kinds])
    return {name: long_run(fit, name, LAGGED) for name in kinds}


def _accessions(folder: DataFolder) -> pl.DataFrame:
    """Year each member joined NATO, by COW code; West Germany's, 260, is Germany's, 255."""
    found = measured.accessions_to_nato(folder)
    return pl.concat(
        [found, found.filter(pl.col("ccode") == GERMANY).with_columns(ccode=pl.lit(WEST_GERMANY, pl.Int32))]
    )


TESTS = (
    Registered(
        name="hosts-of-troops",
        theme="spending",
        kind="out of sample",
        question="With more US troops, do hosts in NATO spend more and hosts without a pact less?",
        vintage="worlds of 1965, 1975 and 1985, run ten years; NMC 7.0, Fariss and others, ATOP 5.1, troopdata 2025",
        train=None,
        test=(YEARS[0] + 1, YEARS[-1] + WINDOW),
        baseline="",
        published="long-run elasticity of spending, 1951-2010, effects of state and year, product held equal",
        criteria=(
            Criterion(IN_NATO, low=0.0, why="Allen, VanDusky-Allen and Flynn (2016), recalled"),
            Criterion(WITHOUT_PACT, high=0.0, why="the same"),
        ),
        run=hosts,
        needs="engine",
        quick=False,
    ),
)
