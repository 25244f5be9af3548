"""The search space: what an ally may be ordered, as numbers between 0 and 1, and how they make a portfolio.

Every lever is one that the engine reads: a dated path of spending, shares of the options, a rule with a condition and
a date, and the nuclear status with which a state begins. What cannot be ordered (offers to a challenger, alignment,
leaving a pool, hosting) is no lever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.advise.portfolio import MEASURE_WORDS, Plan, Portfolio, Trigger
from foedus.posture.doctrine import MEASURES, SPENDING
from foedus.terms import NuclearStatus

Vector = NDArray[np.float64]

KINDS = (
    *("land", "air", "maritime", "c4isr", "missile_defence", "unmanned_cyber"),
    *("enablers", "pool", "loyalty", "reserve", "nuclear"),
)
"""What the money that can move may go to; equipment is split between the guarantor and home by one lever."""

SPLIT = ("land", "air", "maritime")
"""Kinds that are bought from the guarantor or made at home."""

PLAIN = ("middle spending", "last spending", "share made at home")
RULE = ("trigger", "threshold", "date", "spending of the rule", "option of the rule", "share of the rule")
STATUS_LEVER, WEIGHT = "nuclear status", "weight of "

MIDDLE, LATE = 4, 10
"""Years after the first that a path of spending is dated at."""

LEAST, MOST = 0.6, 1.8
"""Spending that is searched, relative to what the ally would spend by itself."""

SHARPNESS = 3.0
"""Power of a weight, so that most portfolios go mainly for a few options."""

SMALL = 0.03
"""Shares below this are left out."""

RULED = ("c4isr", "missile_defence", "unmanned_cyber", "enablers", "land_home", "air_home", "maritime_home", "pool")
"""Options that a trigger may give more."""


@dataclass(frozen=True)
class Levers:
    """The search space of one ally.

    iso         the ally
    years       of the runs
    now         military spending in the first year, share of GDP
    path        what it would spend by itself at the two dates, share of GDP
    kinds       what its money may go to: no pool where it has none, a programme where it has no bomb
    triggers    (measure, sign, low, high): what a rule may ask about, and where its threshold may lie
    statuses    nuclear statuses with which it may begin; one None where it has the bomb, or the search leaves it out
    """

    iso: str
    years: tuple[int, ...]
    now: float
    path: tuple[float, float]
    kinds: tuple[str, ...]
    triggers: tuple[tuple[str, int, float, float], ...]
    statuses: tuple[int | None, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the levers, in the order of a vector."""
        weights = tuple(f"{WEIGHT}{kind}" for kind in self.kinds)
        return (*PLAIN, *weights, *RULE, *((STATUS_LEVER,) if len(self.statuses) > 1 else ()))

    @property
    def range(self) -> tuple[float, float]:
        """Least and most spending that is searched, share of GDP."""
        least, most = min(self.now, *self.path), max(self.now, *self.path)
        return max(LEAST * least, SPENDING[0]), min(MOST * most, SPENDING[1])

    def portfolio(self, of: Mapping[str, float]) -> Portfolio:
        """The portfolio of levers by name, each from 0 to 1; names that are no levers of this ally mean nothing."""
        low, high = self.range
        middle, late = (round(low + (high - low) * of[name], 4) for name in PLAIN[:2])
        status = self.statuses[_pick(of.get(STATUS_LEVER, 0.0), len(self.statuses))]
        weights = {kind: of[f"{WEIGHT}{kind}"] ** SHARPNESS for kind in self.kinds}
        if status != NuclearStatus.PURSUES:
            weights.pop("nuclear", None)
        return Portfolio(
            self._path(middle, late), shares_of(weights, of[PLAIN[2]]), self._trigger(of, max(middle, late)), status
        )

    def _path(self, middle: float, late: float) -> tuple[tuple[int, float], ...]:
        first, last = self.years[0], self.years[-1]
        dated = {first: round(self.now, 4), min(first + MIDDLE, last): middle, min(first + LATE, last): late}
        return tuple(sorted(dated.items()))

    def _trigger(self, of: Mapping[str, float], most: float) -> Trigger | None:
        measure = (None, *MEASURE_WORDS)[_pick(of["trigger"], len(MEASURE_WORDS) + 1)]
        asked = {row[0]: row[1:] for row in self.triggers}
        if measure is None or measure not in asked:
            return None
        sign, low, high = asked[measure]
        span = min(LATE, len(self.years) - 1)
        return Trigger(
            measure,
            sign,
            float(f"{low + (high - low) * of['threshold']:.2g}"),
            self.years[0] + max(round(span * of["date"]), min(1, span)),
            round(min(most * (1.1 + 0.6 * of["spending of the rule"]), SPENDING[1]), 4),
            self._ruled[_pick(of["option of the rule"], len(self._ruled))],
            round(0.3 * of["share of the rule"], 2),
        )

    @property
    def _ruled(self) -> tuple[str, ...]:
        return tuple(option for option in RULED if option != "pool" or "pool" in self.kinds)

    @property
    def by_itself(self) -> dict[str, float]:
        """Levers at which it spends what it would spend by itself."""
        low, high = self.range
        return {name: (share - low) / max(high - low, 1e-9) for name, share in zip(PLAIN[:2], self.path, strict=True)}


@dataclass(frozen=True)
class SearchSpace:
    """The search space of one ally, or of a group that moves the same levers, each member in its own range."""

    levers: tuple[Levers, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the levers of any member, in the order of a vector."""
        return tuple(dict.fromkeys(name for one in self.levers for name in one.names))

    def plan(self, vector: Vector) -> Plan:
        """The plan of a vector, numbers from 0 to 1 in the order of `names`."""
        of = dict(zip(self.names, np.clip(vector, 0.0, 1.0).tolist(), strict=True))
        return tuple((one.iso, one.portfolio(of)) for one in self.levers)

    def anchors(self) -> list[Vector]:
        """Vectors to begin with: spending as by itself with all the money in one kind each, and no rule."""
        found = []
        for name in self.names:
            if not name.startswith(WEIGHT):
                continue
            vector = dict.fromkeys(self.names, 0.0) | self.levers[0].by_itself | {PLAIN[2]: 0.5, name: 1.0}
            if name == f"{WEIGHT}nuclear":
                vector[STATUS_LEVER] = 1.0
            found.append(np.array([vector[other] for other in self.names]))
        return found


def shares_of(weights: Mapping[str, float], home: float) -> tuple[tuple[str, float], ...]:
    """Shares of options in hundredths that sum to one, from weights of kinds; all in reserve where none has any.

    home  share of land, air and maritime equipment that is made at home
    """
    total = sum(weights.values())
    if total <= 0.0:
        return (("reserve", 1.0),)
    parts: dict[str, float] = {}
    for kind, weight in weights.items():
        share = weight / total
        if kind in SPLIT:
            parts |= {kind: share * (1.0 - home), f"{kind}_home": share * home}
        else:
            parts[kind] = share
    kept = {option: share for option, share in parts.items() if share >= SMALL} or parts
    scale = sum(kept.values())
    hundredths = {option: round(100.0 * share / scale) for option, share in kept.items()}
    largest = max(hundredths, key=lambda option: hundredths[option])
    hundredths[largest] += 100 - sum(hundredths.values())
    return tuple((option, share / 100.0) for option, share in hundredths.items() if share > 0)


def triggers_of(seen: Mapping[str, Vector]) -> tuple[tuple[str, int, float, float], ...]:
    """What a rule may ask about: measures that differ between futures, with thresholds between a tenth and nine tenths.

    seen  values of each measure over futures and watched years
    """
    found = []
    for measure in MEASURE_WORDS:
        low, high = np.quantile(seen[measure], (0.1, 0.9))
        least, most = MEASURES[measure]
        if high - low > 1e-3 * max(abs(high), 1e-3) and least <= low and high <= most:
            found.append((measure, -1 if measure == "chance_promise_kept" else 1, float(low), float(high)))
    return tuple(found)


def _pick(part: float, count: int) -> int:
    """The place among `count` that a number from 0 to 1 means."""
    return min(int(part * count), count - 1)
