"""What the record to 2010 said of the years since, beside UCDP and ICB: wars, deadly conflicts, crises, by region.

Pairs stand as they stood at the end of 2010: the forecast knows nothing later. Each member plays its own future, in
which its own disputes feed hostility (eq. 31). What the two projects count are not disputes; how many of theirs came
on a dispute or a use of force among the same pairs is taken from the years before 2011, with what so few leave open,
and drawn as luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.pairs.dyads import DyadYears, Integers, read_pairs
from foedus.calibration.pairs.endings import FORCE
from foedus.calibration.pairs.posterior import Members
from foedus.calibration.pairs.structure import face, hostilities, solve
from foedus.equations import hostility
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered, Years
from foedus.ledger.ensemble import load_ensemble
from foedus.panels import DataFolder
from foedus.panels.disputes import read_disputes

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

KNOWN, RECENT = 2010, 5
"""last year known, and how many years back a pair's last row may lie"""
DEATHS: Years = (2011, 2025)
CRISES: Years = (2011, 2019)
"""Years judged: UCDP 26.1 ends in 2025. ICB 15 ends in 2019 but for a few crises, and of version 16 only nine are at
hand, so that later years cannot be counted."""
BEFORE: Years = (1990, 2010)
"""years whose counts say how many of theirs come on one of ours"""
WAR_DEATHS, LEAST_DEATHS = 1000, 25
FUTURES = 256
EVENTS = ("war", "force", "dispute")
REGIONS = ("Americas", "Europe", "Africa", "Middle East", "Asia and Oceania")
_LAST_CODES = (199, 399, 626, 699, 999)
"""last COW code of each region"""
WARS, DEADLY, CRISIS = "wars (UCDP, 1,000 deaths)", "deadly conflicts (UCDP, 25 deaths)", "crises (ICB, by pair)"


@dataclass(frozen=True)
class Standing:
    """Pairs as they stood at the end of 2010.

    pairs    every pair-year of the record
    rows     [m] last row of each pair that still existed
    region   [m] index of REGIONS: that of the weaker of the two
    """

    pairs: DyadYears
    rows: Integers
    region: Integers

    @property
    def keys(self) -> dict[tuple[int, int], int]:
        """Place of each pair by its codes, the lower first."""
        chosen = self.pairs.frame[self.rows].select("ccode1", "ccode2")
        return {(int(one), int(two)): i for i, (one, two) in enumerate(chosen.iter_rows())}


def standing(pairs: DyadYears) -> Standing:
    """Find pairs with a row in 2006-10 that existed in 2010."""
    recent = pairs.within((KNOWN - RECENT + 1, KNOWN))
    last = {int(d): int(row) for row, d in zip(recent, pairs.dyad[recent], strict=True)}
    alive = pairs.history.alive[-1] == 1
    rows = np.array([row for d, row in sorted(last.items()) if alive[d]], dtype=np.int64)
    weaker = np.argmin(pairs.log_power[:, rows], axis=0)
    codes = pairs.frame[rows].select("ccode1", "ccode2").to_numpy()[np.arange(len(rows)), weaker]
    return Standing(pairs, rows, np.searchsorted(_LAST_CODES, codes).astype(np.int64))


def futures(held: Standing, members: Members, years: int, seed: int) -> NDArray[np.bool_]:
    """Play the years after 2010 once a member: whether a pair saw war, force or worse, a dispute, [N, years, 3, m]."""
    facing, random = face(held.pairs, held.rows), np.random.default_rng(seed)
    passed = held.pairs.history
    place = passed.pair[held.rows]
    rival = passed.rival[-1, place]
    found = np.zeros((len(members.values), years, len(EVENTS), len(held.rows)), dtype=np.bool_)
    for n, p in enumerate(members.values):
        rest = p["hostility_of_rivals"] * rival
        level = _after(held, p)
        for t in range(years):
            level = np.asarray(hostility.hostility_met(level, 0.0, p["hostility_at_birth"], rest))
            solved = solve(facing, p, level)
            opens, yields, acts = random.uniform(size=(3, 2, len(held.rows)))
            crisis = opens < solved.challenge
            resisted = crisis & (yields >= solved.concession)
            war = resisted & (acts < solved.attack)
            force = resisted & (acts < solved.attack + solved.limited_force)
            happened = np.stack([x.any(axis=0) for x in (war, force, crisis)])
            found[n, t] = happened
            moved = hostility.hostility_next(
                level,
                rest,
                p["hostility_decay"],
                happened[2],
                hostility.weight_of_dispute(p["hostility_from_dispute"], crisis, p["hostility_from_target"]),
                happened[0],
                p["hostility_from_war"],
                0.0,
                0.0,
            )
            level = np.asarray(moved)
    return found


def _after(held: Standing, p: Mapping[str, float]) -> Floats:
    """Hostility with which each pair enters the year after the record, in both directions, [2, m]."""
    passed = held.pairs.history
    place = passed.pair[held.rows]
    longer = replace(
        passed,
        alive=np.vstack([passed.alive, passed.alive[-1:]]),
        rival=np.vstack([passed.rival, passed.rival[-1:]]),
        dispute=np.vstack([passed.dispute, 0.0 * passed.dispute[-1:]]),
        began=np.concatenate([passed.began, 0.0 * passed.began[-1:]]),
        war=np.vstack([passed.war, 0.0 * passed.war[-1:]]),
        pair=place,
        column=np.full(len(place), len(passed.alive)),
    )
    return hostilities(longer, p)


@dataclass(frozen=True)
class Counted:
    """Beginnings among the standing pairs: year and place of each, and how many were of other pairs."""

    year: Integers
    place: Integers
    elsewhere: int

    def within(self, years: Years) -> Integers:
        """Places of those of some years."""
        return self.place[(self.year >= years[0]) & (self.year <= years[1])]


def deadly(folder: DataFolder, held: Standing, least: int) -> Counted:
    """Pairs of first-named sides that pass so many deaths in a year and did not in the year before (UCDP)."""
    rows = folder.read("ucdp_interstate_battle_deaths").filter(
        pl.col("type_of_conflict") == 2, pl.col("bd_best") >= least
    )
    sides = [
        pl.col(name).cast(pl.String).str.split(" ").list.eval(pl.element().cast(pl.Int64)).alias(new)
        for name, new in (("ccode_a", "one"), ("ccode_b", "two"))
    ]
    return _counted(held, rows.select(*sides, "year").explode("one").explode("two"), fresh=True)


def crises(folder: DataFolder, held: Standing) -> Counted:
    """Pairs whose crisis began in the year (ICB)."""
    rows = folder.read("icb_crisis_dyad_year").filter(pl.col("trgyrdy") == pl.col("year"))
    return _counted(held, rows.select(one="ccodea", two="ccodeb", year="year"), fresh=False)


def begun(folder: DataFolder, held: Standing, least: int) -> Counted:
    """Pairs with a GML dispute that began in the year and reached a level of hostility."""
    codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
    rows = read_disputes(folder, "gml", codes).filter(pl.col("onset") == 1, pl.col("hostlev") >= least)
    return _counted(held, rows.select(one="ccode1", two="ccode2", year="year"), fresh=False)


def _counted(held: Standing, rows: pl.DataFrame, *, fresh: bool) -> Counted:
    keys = held.keys
    found = sorted({(int(y), min(int(a), int(b)), max(int(a), int(b))) for a, b, y in rows.iter_rows()})
    if fresh:
        there = set(found)
        found = [(y, a, b) for y, a, b in found if (y - 1, a, b) not in there]
    inside = [(y, keys[a, b]) for y, a, b in found if (a, b) in keys]
    outside = sum((a, b) not in keys and y > KNOWN for y, a, b in found)
    years, places = np.array(inside, dtype=np.int64).reshape(-1, 2).T
    return Counted(years, places, outside)


def since_2010(setting: HindcastSetting) -> Found:
    """Compare counts since 2010 with the bands that members of `record-2010` give, in all and by region."""
    held = standing(read_pairs(setting.folder))
    members = Members.of(load_ensemble("record-2010"), FUTURES)
    played = futures(held, members, DEATHS[1] - KNOWN, setting.seed)
    random = np.random.default_rng(setting.seed + 1)
    folder = setting.folder
    seen = {
        WARS: deadly(folder, held, WAR_DEATHS),
        DEADLY: deadly(folder, held, LEAST_DEATHS),
        CRISIS: crises(folder, held),
    }
    ours = {WARS: None, DEADLY: begun(folder, held, FORCE), CRISIS: begun(folder, held, 1)}
    figures: list[FoundMeasure] = []
    for name, event, years in ((WARS, 0, DEATHS), (DEADLY, 1, DEATHS), (CRISIS, 2, CRISES)):
        mine = ours[name]
        counts = played[:, : years[1] - KNOWN, event].sum(axis=1)
        by_region = np.stack([counts[:, held.region == r].sum(axis=1) for r in range(len(REGIONS))])
        if mine is None:
            drawn, note = by_region, ""
        else:
            theirs, ours_before = len(seen[name].within(BEFORE)), len(mine.within(BEFORE))
            drawn = converted(by_region, theirs, ours_before, random)
            note = (
                f"theirs on ours in {BEFORE[0]}-{BEFORE[1]}: {theirs} of {ours_before}, a share that is drawn as well"
            )
        figures += _figures(name, years, drawn, seen[name], held.region, note)
    rows = len(held.rows)
    return Found(tuple(figures), rows, sum(len(one.within(DEATHS)) for one in seen.values()), _told(seen))


def converted(counts: Counts, theirs: int, ours: int, random: np.random.Generator) -> Counts:
    """Draw how many of some counts of our events, [..., N], are events of theirs.

    theirs, ours   how many came of each in the years before: the share is known no better than they tell it (Jeffreys)
    """
    share = random.beta(theirs + 0.5, max(ours - theirs, 0) + 0.5, counts.shape[-1])
    return np.asarray(random.binomial(counts, share))


def _figures(name: str, years: Years, drawn: Counts, seen: Counted, region: Integers, note: str) -> list[FoundMeasure]:
    """Mean and band of a count beside what was seen ("known"), in all, then by region; then where the count lies."""
    span = f"{years[0]}-{years[1]}"
    where = region[seen.within(years)]
    total = drawn.sum(axis=0)
    found = [_band(f"{name}, {span}", total, len(where), note)]
    found += [_band(f"{name}, {place}", drawn[r], int((where == r).sum())) for r, place in enumerate(REGIONS)]
    low, high = float((total < len(where)).mean()), float((total <= len(where)).mean())
    return [*found, FoundMeasure(f"{name}: place of the count among futures", (low + high) / 2)]


def _band(name: str, counts: Counts, seen: int, note: str = "") -> FoundMeasure:
    low, high = np.quantile(counts, [0.05, 0.95])
    return FoundMeasure(name, float(counts.mean()), float(low), float(high), published=float(seen), note=note)


def _told(seen: dict[str, Counted]) -> str:
    outside = ", ".join(f"{one.elsewhere} {name}" for name, one in seen.items() if one.elsewhere)
    return f"Of pairs that were not politically relevant, and so not forecast, came since 2010: {outside}"


def _within(name: str) -> Criterion:
    return Criterion(f"{name}: place of the count among futures", 0.05, 0.95, why="inside the middle 90 % of futures")


def _converted(name: str) -> Criterion:
    """The bound came before the run; that the share of theirs on ours is drawn, after it."""
    return replace(_within(name), seen=True)


TESTS = (
    Registered(
        name="since-2010",
        theme="escalation",
        kind="out of sample",
        question="Do wars, deadly conflicts and crises since 2010 lie within what the record to 2010 led to expect?",
        vintage="UCDP battle-related deaths 26.1, ICB 15, GML-MID 2.2.1; members of record-2010",
        train=(1950, KNOWN),
        test=DEATHS,
        baseline="",
        published="counted in UCDP and ICB among the same pairs",
        criteria=(_within(WARS), _converted(DEADLY), _converted(CRISIS)),
        run=since_2010,
    ),
)
