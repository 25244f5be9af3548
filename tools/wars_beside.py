"""Wars of a run under steady support beside the record: how many, when, where, and four pairs with what moves them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from foedus.posture import Scenario
from foedus.results import Results
from foedus.study import compute, prepare
from foedus.tables import grid
from foedus.terms import YEARS
from foedus.world import World
from foedus.world.facttable import Fact

SPANS = ((2026, 2030), (2031, 2040), (2041, 2050))
RECORD_ENDS = 2010
"""last year of the disputes that members were estimated on"""
ON_AT_START = ("RUS", "UKR")
FUTURES_OF_A_YEAR = 256
FOUR: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "India and Pakistan": (("IND",), ("PAK",)),
    "North and South Korea": (("PRK",), ("KOR",)),
    "Iran and Israel": (("IRN",), ("ISR",)),
    "Russia and the Baltic states": (("RUS",), ("EST", "LTU", "LVA")),
}
MEASURES = ("challenge", "force", "war")
Changed = Callable[[Fact], Fact | None]


def without_incidents(fact: Fact) -> Fact | None:
    """A fact as it is, but for disputes after the record, which are left out."""
    return None if fact.variable in ("level", "began") and fact.year > RECORD_ENDS else fact


def without_rivalry(fact: Fact) -> Fact | None:
    """A fact as it is, but for strategic rivalry, which nobody has."""
    return replace(fact, value=0.0) if fact.variable == "rival" else fact


CHANGES: Mapping[str, tuple[Sequence[str], Changed]] = {
    "as it is": ((), lambda fact: fact),
    "without disputes since 2010": (("disputes.csv",), without_incidents),
    "without rivalry": (("disputes.csv", "pairs.csv"), without_rivalry),
}
"""What a world of 2026 is changed in, to say what moves a pair."""


def changed(world: World, tables: Sequence[str], change: Changed) -> World:
    """The world with facts of some tables changed, or left out where the change gives none."""
    facts = {
        name: tuple(new for fact in rows if (new := change(fact)) is not None) if name in tables else rows
        for name, rows in world.tables.facts.items()
    }
    return World.of(replace(world.tables, facts=facts))


def either_way(frame: pl.DataFrame, pair: tuple[tuple[str, ...], tuple[str, ...]], column: str) -> float:
    """Chance a year that one of some on one side and some on the other, or the reverse, see an event: mean of years."""
    one, two = pair
    sides = [pl.col("challenger").is_in(list(a)) & pl.col("target").is_in(list(b)) for a, b in ((one, two), (two, one))]
    some = frame.filter(sides[0] | sides[1]).group_by("year").agg((1.0 - (1.0 - pl.col(column)).product()).alias("any"))
    return float(some["any"].to_numpy().mean())


def measured(results: Results, world: World) -> dict[str, Any]:
    """Wars of a finished run of steady support, and what four pairs are without what they are given."""
    pairs, yearly = results.pairs(), results.pair_years()
    years = results.futures * len(results.years)
    others = yearly.filter((pl.col("challenger") != ON_AT_START[0]) | (pl.col("target") != ON_AT_START[1]))
    region = dict(zip(world.states.iso3, world.states.region, strict=True))
    placed = pairs.with_columns(pl.col("target").replace_strict(region).alias("region"))
    last = yearly.filter(pl.col("year") == results.years[-1])
    return {
        "begun": _short(float(pairs["wars"].sum()) / years),
        "opened": _short(float(pairs["challenges"].sum()) / years),
        "spans": {
            f"{first}-{end}": {
                name: _short(
                    float(others.filter(pl.col("year").is_between(first, end))[name].sum()) / (end - first + 1)
                )
                for name in MEASURES
            }
            for first, end in SPANS
        },
        "regions": {
            str(name): _short(float(wars) / years)
            for name, wars in placed.group_by("region").agg(pl.col("wars").sum()).sort("wars", descending=True).rows()
        },
        "likeliest": [
            [challenger, target, _short(float(wars) / years)]
            for challenger, target, wars in pairs.group_by("challenger", "target")
            .agg(pl.col("wars").sum())
            .sort("wars", "challenger", "target", descending=[True, False, False])
            .head(8)
            .rows()
        ],
        "four": {
            name: {measure: _short(either_way(yearly, pair, measure)) for measure in MEASURES}
            | {"war_by": _short(either_way(last, pair, "war_by"))}
            for name, pair in FOUR.items()
        },
        "moved": moved(world),
    }


def _totals(yearly: pl.DataFrame, span: tuple[int, int]) -> tuple[float, ...]:
    return yearly.filter(pl.col("year").is_between(*span)).select(pl.col(*MEASURES).sum()).row(0)


def moved(world: World) -> dict[str, dict[str, list[float]]]:
    """Chance of a dispute and of a war in the first year, by pair, in the world as it is and changed."""
    found: dict[str, dict[str, list[float]]] = {}
    for what, (tables, change) in CHANGES.items():
        scenario = Scenario.of("steady", None, years=(YEARS[0], YEARS[0] + 1), futures=FUTURES_OF_A_YEAR)
        yearly = Results.of(compute(prepare(scenario, changed(world, tables, change)))).pair_years()
        first = yearly.filter(pl.col("year") == YEARS[0])
        for name, pair in FOUR.items():
            found.setdefault(name, {})[what] = [_short(either_way(first, pair, one)) for one in ("challenge", "war")]
    return found


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def section(held: Mapping[str, Any], futures: int) -> list[str]:
    """The part of docs/anchors.md on wars."""
    spans = [(span, *(f"{row[one]:.3g}" for one in MEASURES)) for span, row in held["spans"].items()]
    regions = ", ".join(f"{name} {rate:.3f}" for name, rate in held["regions"].items())
    pairs = ", ".join(f"{a} on {b} {rate:.4f}" for a, b, rate in held["likeliest"])
    four = [
        (name, *(_percent(row[one]) for one in (*MEASURES, "war_by")), RECORD[name])
        for name, row in held["four"].items()
    ]
    why = [
        (name, *(f"{_percent(one)}, {_percent(war)}" for one, war in row.values()), SAID[name])
        for name, row in held["moved"].items()
    ]
    rate = (
        f"In {futures:,} futures a war breaks out {held['begun']:.2f} times a year among all pairs of the model, and "
    )
    rate += f"a crisis is opened {held['opened']:.0f} times. {BESIDE}"
    where = f"Where, by region of the target, outbreaks a year: {regions}. {PLACES} The likeliest: {pairs}."
    moves = (
        f"What moves them: chance of a crisis and of a war in {YEARS[0]}, per cent, in the world as it is and without "
    )
    moves += "what the column names, everywhere."
    return [
        f"## Wars of {YEARS[0]}-{YEARS[1]} under steady support",
        "",
        rate,
        "",
        "By span, all pairs but the war that is on in Ukraine, a year:",
        "",
        *grid(("Years", "crises opened", "force short of war", "wars on, or breaking out"), spans).markdown(),
        "",
        DRIFT,
        "",
        where,
        "",
        FOUR_SAID,
        "",
        *grid(("Pair", "crisis", "force short of war", "war", f"war by {YEARS[1]}", "the record"), four).markdown(),
        "",
        moves,
        "",
        *grid(("Pair", *CHANGES, "what a specialist would say"), why).markdown(),
        "",
    ]


def _percent(chance: float) -> str:
    return f"{100.0 * chance:.2g}"


BESIDE = (
    "The record, by counts that differ in what a war is: 33 of 1,202 disputes among such pairs reached the gravest "
    "level in 1950-2010, 0.54 a year, one of them in the last ten years (GML, among originators); pairs at war with "
    "1,000 battle deaths began 8 times in 1990-2025, in six wars, 0.22 and 0.17 a year (UCDP, politically relevant "
    "pairs, with Iran and Israel in 2025). Members carry the level of force of 2001-10, and so a rate of outbreaks "
    "near that of the last 36 years and a third of that of 1950-2010."
)
DRIFT = (
    "Crises hardly move: hostility fades where nothing happens and is fed where something does, and spending moves "
    "power slowly. Wars on rise at first because none but Ukraine's is on when a run begins, and three in ten last "
    "beyond their first year. No trend is put in, and the record supports none "
    "([what was tried](posterior.md#what-was-tried-and-left-out))."
)
PLACES = (
    "Of the eight pairs of UCDP's wars four were in the Middle East, two in Asia, one in Europe and one in Africa, "
    "which is no region of the model."
)
FOUR_SAID = (
    "Four pairs, either way, per cent: mean chance a year (a war counts in each year that it is on), and the chance "
    "of a war by the last year."
)
RECORD: Mapping[str, str] = {
    "India and Pakistan": (
        "disputes in 32 years of 1950-2014, 7 of them since 1991; four wars in 79 years, none of 1,000 battle deaths "
        "since 1989 by UCDP"
    ),
    "North and South Korea": "disputes in 28 years of 1950-2014, 13 of them since 1991; no war since 1953",
    "Iran and Israel": "one dispute to 2014; deadly exchanges from 2018, war in 2025 and 2026",
    "Russia and the Baltic states": "disputes in 7 years of 1991-2014, 2 with force; no war",
}
"""Years with a new dispute are COW's (MID 5), what came since 2014 the incidents of facts/disputes.csv."""
SAID: Mapping[str, str] = {
    "India and Pakistan": (
        "low beside four wars since 1947, and what none of 1,000 battle deaths since both are armed would lead one "
        "to; how much arsenals weigh is open, since the record hardly speaks of nuclear targets"
    ),
    "North and South Korea": "crises as often as in the record since 1991; war low, as seventy years without one ask",
    "Iran and Israel": (
        "too low for two that fought in 2025 and 2026: few disputes become wars in the record, what a war adds is "
        "hostility, which fades; no state of the model says that a war may be resumed"
    ),
    "Russia and the Baltic states": (
        "war as a room would have it; force short of it too warm beside two years of 24, since the incidents of "
        "2013-14 and 2025 keep hostility up, and a third party's pact holds back war more than probes"
    ),
}
"""Our own reading: judgement, no source."""
