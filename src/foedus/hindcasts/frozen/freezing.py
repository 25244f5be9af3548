"""What a run says of coming years, as tables that later data can score: pairs, classes, spending, arms, treaties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.results import Results
from foedus.terms import PAIR_CLASSES, PairClass
from foedus.world import World

Floats = NDArray[np.float64]

KINDS = ("dispute", "force", "war")
"""What may happen between two states in a year, each containing the next."""
STEPS = ("explores", "pursues", "armed")
"""Nuclear status 1, 2 and 3."""
PACT_ENDS = 0.0054
"""chance a year that a defence pact ends: `alliances-rates`, ATOP 5.1, 1950-2018"""
REST_DISPUTE = (704 - 584) / (370_039 - 36_373)
"""chance a year of a dispute between two states that are neither near nor majors nor rivals: GML onsets of 1990-2010
among all pairs less those among relevant ones (`onset-baselines-all-pairs`, `onset-baselines`)"""
BAND = (0.05, 0.95)


def tables(results: Results, world: World, years: Sequence[int]) -> dict[str, pl.DataFrame]:
    """Return every table to freeze, by name.

    results  a finished run of one posture
    world    the world it ran on
    years    years to freeze, all within the run and after its first

    Raises InputError for years that the run lacks or that it starts in.
    """
    if outside := [year for year in years if year not in results.years or year == results.years[0]]:
        msg = f"{outside[0]}: the run is of {results.years[0]}-{results.years[-1]}; freeze years after its first"
        raise InputError(msg)
    pairs = of_pairs(results, world, years)
    return {
        "pairs": pairs,
        "classes": of_classes(pairs),
        "spending": of_spending(results, years),
        "nuclear": of_nuclear(results, years),
        "ties": of_ties(world, results.years[0], years),
    }


def of_pairs(results: Results, world: World, years: Sequence[int]) -> pl.DataFrame:
    """Chances of each pair of states by year: one, two (iso3), class, year, dispute, force, war, and their base rates.

    Either side may begin; the two directions are taken as independent within a year, given the means over futures.
    """
    frame = results.pair_years().filter(pl.col("year").is_in(list(years)))
    force = pl.col("force") + pl.col("war")  # a war that is on is force, and a dispute, in each of its years
    chance = {"dispute": pl.max_horizontal("challenge", force), "force": force, "war": pl.col("war")}
    first = pl.min_horizontal("challenger", "target").alias("one")
    second = pl.max_horizontal("challenger", "target").alias("two")
    both = frame.select(first, second, "year", **chance).group_by("one", "two", "year")
    joined = both.agg((1.0 - (1.0 - pl.col(name)).product()).alias(name) for name in KINDS)
    kinds = _classes(world)
    rates = base_rates(world)
    named = joined.with_columns(
        pl.struct("one", "two").map_elements(lambda p: kinds[p["one"], p["two"]], pl.String).alias("class")
    )
    found = named.with_columns(
        pl.col("class").replace_strict({kind: rates[kind][name] for kind in rates}).alias(f"base_{name}")
        for name in KINDS
    )
    order = ["one", "two", "class", "year", *KINDS, *(f"base_{name}" for name in KINDS)]
    return found.select(order).sort("one", "two", "year")


def _classes(world: World) -> dict[tuple[str, str], str]:
    """Class of each pair of states: the first in `PAIR_CLASSES` of its directions."""
    names = world.states.iso3
    found: dict[tuple[str, str], str] = {}
    held = zip(world.pairs.challenger, world.pairs.target, world.pairs.pair_class, strict=True)
    for challenger, target, kind in held:
        one, two = sorted((names[challenger], names[target]))
        found[one, two] = min(found.get((one, two), kind), kind, key=PAIR_CLASSES.index)
    return found


def base_rates(world: World) -> dict[str, dict[str, float]]:
    """Chance a year of a dispute, of force and of war between two states, by class, on the record of 1950-2010."""
    held: dict[str, dict[str, float]] = {}
    for ((kind,), variable), fact in world.tables.latest("base_rates.csv").items():
        held.setdefault(kind, {})[variable] = fact.value
    shares = {kind: dict(zip(KINDS, (1.0, rate["force"], rate["war"]), strict=True)) for kind, rate in held.items()}
    found = {
        kind: {name: 1.0 - (1.0 - held[kind]["challenge"] * share) ** 2 for name, share in of.items()}
        for kind, of in shares.items()
    }
    rest = {name: REST_DISPUTE * share for name, share in shares["all"].items()}
    return found | {PairClass.REST.key: rest}


def of_classes(pairs: pl.DataFrame) -> pl.DataFrame:
    """Expected numbers by class and year, with the 90 % band that luck alone gives around given chances."""
    found = []
    for (kind, year), rows in pairs.group_by("class", "year", maintain_order=True):
        for name in KINDS:
            chances = rows[name].to_numpy()
            low, high = band(chances)
            found.append((kind, year, name, rows.height, float(chances.sum()), low, high))
    names = ["class", "year", "event", "pairs", "expected", "low", "high"]
    return pl.DataFrame(found, schema=names, orient="row").sort("class", "event", "year")


def band(chances: Floats) -> tuple[int, int]:
    """Return the 5 % and 95 % quantiles of the number of events that independently have these chances."""
    total = np.ones(1)
    for chance in chances:
        total = np.convolve(total, [1.0 - chance, chance])
    below = np.cumsum(total)
    return int(np.searchsorted(below, BAND[0])), int(np.searchsorted(below, BAND[1]))


def of_spending(results: Results, years: Sequence[int]) -> pl.DataFrame:
    """Military spending over GDP of each ally and year: mean, 5 %, median and 95 % of futures."""
    values, held = _ally(results, "spending", years)
    quantiles = np.quantile(values, [BAND[0], 0.5, BAND[1]], axis=2)
    figures = {"mean": values.mean(axis=2), "low": quantiles[0], "median": quantiles[1], "high": quantiles[2]}
    return held.with_columns(pl.Series(name, value.reshape(-1)) for name, value in figures.items())


def of_nuclear(results: Results, years: Sequence[int]) -> pl.DataFrame:
    """Nuclear status of each ally: in the first year of the run, and the chance of each status or a higher one."""
    values, held = _ally(results, "nuclear", years)
    start = results.ally("nuclear")[0].max(axis=1)
    steps = {name: (values >= k).mean(axis=2).reshape(-1) for k, name in enumerate(STEPS, start=1)}
    return held.with_columns(
        pl.Series("start", np.tile(start, len(years)).astype(np.int64)), *(pl.Series(n, v) for n, v in steps.items())
    )


def _ally(results: Results, measure: str, years: Sequence[int]) -> tuple[Floats, pl.DataFrame]:
    """A measure, [Y, A, N], and its rows: ally and year, allies within a year."""
    places = [results.years.index(year) for year in years]
    allies = results.allies
    rows = pl.DataFrame({"ally": list(allies) * len(years), "year": np.repeat(list(years), len(allies))})
    return results.ally(measure)[places].astype(np.float64), rows


def of_ties(world: World, start: int, years: Sequence[int]) -> pl.DataFrame:
    """Chance that each pledge of the world is still in force: the record's rate of endings; the engine ends none."""
    names, links = world.states.iso3, world.links
    held = [
        (names[g], names[a], year, (1.0 - PACT_ENDS) ** (year - start))
        for g, a in zip(links.guarantor, links.ally, strict=True)
        for year in years
    ]
    return pl.DataFrame(held, schema=["guarantor", "ally", "year", "in_force"], orient="row")
