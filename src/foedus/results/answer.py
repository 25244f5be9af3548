"""The answer in plain sentences, computed from the run: what changes, how much is luck, what it hangs on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from foedus.ledger import Ledger
from foedus.results.drivers import Driver
from foedus.results.headline import Headline
from foedus.results.results import Results
from foedus.results.words import share, signed, significant
from foedus.world.names import country, possessive

LIMITS = (
    "This compares policies under stated assumptions; it does not predict. War is rare and many parameters "
    "are judgements: read differences and ranges, not single figures."
)
"""Printed wherever results are shown."""

RATE_WORDS = {
    "challenge": "challenges a pair-year",
    "conceded": "challenges conceded",
    "force": "challenges that see force",
    "war": "challenges that become war",
    "war_with_major_ally": "the same, treaty with a major",
    "war_without_major_ally": "the same, without such a treaty",
    "guarantor_joins": "promises due that are kept",
}
"""A base rate in plain words."""

CLASS_WORDS = {"rival": "rivals", "contiguous": "neighbours", "major": "with a major", "rest": "the rest", "all": "all"}
"""A class of directed pair in plain words."""

LEAST_CHANGE = 0.001
"""Median difference in per cent of GDP a year from which a sentence speaks of it."""

_LEAST = 0.005
"""Median loss in per cent of GDP from which a change in proportion is worth a sentence."""


def ally_names(results: Results, names: Mapping[str, str]) -> dict[str, str]:
    """Names of allies by iso3; those of another than the main guarantor say whose they are."""
    others = others_allies(results)
    whose = {ally: f" (ally of {names[patron]})" for ally, patron in others.items()}
    return {ally: names[ally] + whose.get(ally, "") for ally in results.patrons}


def others_allies(results: Results) -> dict[str, str]:
    """Guarantor of each ally of another than the main guarantor, by iso3."""
    return {ally: patron for ally, patron in results.patrons.items() if patron != results.main_guarantor}


def summary(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> list[str]:
    """What the run says, one thought a sentence. `rows` are the headlines, `names` states by iso3."""
    if "against" not in results.roles:
        return _levels(results, rows, names)
    posture, other = results.roles["posture"], results.roles["against"]
    moved = [row for row in rows if _sizeable(row)]
    if not moved:
        return [
            f"Between {posture} and {other} no ally's expected loss moves by {LEAST_CHANGE} % of GDP a year or more."
        ]
    clear = [row for row in moved if row.direction]
    first = _unsettled(moved[0], names) if not moved[0].direction else _settled(clear, names)
    lines = [f"Under {posture}, {first}."]
    if clear and not moved[0].direction:
        lines[0] += f" Where the direction is clear, {_settled(clear, names)}."
    up, down = (sum(row.direction == sign for row in moved) for sign in (1, -1))
    lines.append(
        f"The loss moves by {LEAST_CHANGE} % of GDP a year or more for {len(moved)} of {len(rows)} allies: in nine "
        f"futures of ten or more it rises for {up} and falls for {down}; the direction is open for "
        f"{len(moved) - up - down}{_doubtful(moved, names)}."
    )
    return lines


def told(rows: Sequence[Headline], most: int = 10) -> list[Headline]:
    """The allies whose answer the sentences explain: those that move by enough to speak of, most first."""
    return [row for row in rows if _sizeable(row)][:most] or [row for row in rows if not row.safe][:most]


def _sizeable(row: Headline) -> bool:
    """Whether the median difference is large enough for a sentence."""
    return row.against is not None and row.difference is not None and abs(row.difference.median) >= LEAST_CHANGE


def _unsettled(row: Headline, names: Mapping[str, str]) -> str:
    """`Ukraine's expected loss moves most, from 3.2 to 5.1 % of GDP a year, but falls in 22 futures of 100`."""
    assert row.against is not None
    assert row.chance_worse is not None
    up = row.chance_worse >= 0.5
    way, others = ("falls", 1.0 - row.chance_worse) if up else ("rises", row.chance_worse)
    owner = possessive(country(names[row.ally]))
    return (
        f"{owner} expected loss moves most, from {significant(row.against.loss.median)} to "
        f"{significant(row.loss.median)} % of GDP a year, but {way} in {100.0 * others:.0f} futures of 100"
    )


def _settled(clear: Sequence[Headline], names: Mapping[str, str]) -> str:
    """What rises or falls most, in level and in proportion; `clear` have a direction, most changed first."""
    return _verb(clear[0], names) + _steepest(clear, clear[0], names)


def _levels(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> list[str]:
    top = rows[:3]
    listed = ", ".join(f"{country(names[r.ally])} {significant(r.loss.median)}" for r in top)
    posture = results.roles["posture"]
    return [f"Under {posture}, expected losses are largest for {listed} % of GDP a year (medians over futures)."]


def _verb(row: Headline, names: Mapping[str, str]) -> str:
    """`Japan's expected loss rises most: from 0.06 to 0.10 % of GDP a year`."""
    assert row.against is not None
    assert row.difference is not None
    way = "rises" if row.direction > 0 else "falls"
    owner = possessive(country(names[row.ally]))
    return (
        f"{owner} expected loss {way} most, from {significant(row.against.loss.median)} to "
        f"{significant(row.loss.median)} % of GDP a year ({signed(row.difference.median)} on the same luck, "
        f"{signed(row.difference.low90)} to {signed(row.difference.high90)} in nine futures of ten)"
    )


def _steepest(told: Sequence[Headline], biggest: Headline, names: Mapping[str, str]) -> str:
    """`; in proportion Latvia's changes most (0.012 to 0.024)`."""
    others = [
        row
        for row in told
        if row is not biggest and row.against and max(row.loss.median, row.against.loss.median) >= _LEAST
    ]
    if not others:
        return ""
    most = max(others, key=lambda r: abs(math.log(r.times)) if r.times else 0.0)
    if most.times is None or most.against is None or abs(most.times - 1.0) < 0.1:
        return ""
    if biggest.times and abs(math.log(most.times)) <= abs(math.log(biggest.times)):
        return ""
    return (
        f"; in proportion {possessive(country(names[most.ally]))} {_factor(most.times)} "
        f"({significant(most.against.loss.median)} to {significant(most.loss.median)})"
    )


def _factor(ratio: float) -> str:
    for low, words in ((2.6, "grows {:.1f}-fold"), (1.8, "about doubles"), (1.05, "grows by {:.0f} %")):
        if ratio >= low:
            return words.format(ratio if low > 2 else 100.0 * (ratio - 1.0))
    return f"falls by {100.0 * (1.0 - ratio):.0f} %"


def _doubtful(rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    """`, most of all Ukraine and Taiwan`: the widest bands."""
    rows = [r for r in rows if not r.direction and not r.safe and r.difference]
    wide = sorted(rows, key=lambda r: r.difference.low90 - r.difference.high90 if r.difference else 0.0)[:2]
    wide = [r for r in wide if r.difference and r.difference.high90 - r.difference.low90 > 0.01]
    listed = " and ".join(country(names[r.ally]) for r in wide)
    return f", most of all {listed}" if wide else ""


def luck(rows: Sequence[Headline]) -> str:
    """How much of the spread between futures is luck; empty when there are too few futures to tell."""
    shares = [r.luck_share if r.difference_luck is None else r.difference_luck for r in rows if not r.safe]
    shares = sorted(x for x in shares if not math.isnan(x))
    if not shares:
        return ""
    middle = shares[len(shares) // 2]
    of = "the differences" if any(r.difference for r in rows) else "losses"
    return (
        f"{share(middle).capitalize()} of the spread of {of} between futures is luck ({100 * middle:.0f} %), the rest "
        "is what nobody knows."
    )


def hangs_on(found: Sequence[Driver], ledger: Ledger, most: int = 3) -> str:
    """Which assumptions drive the answer, with grades."""
    clear = [driver for driver in found if driver.clear][:most]
    if not clear:
        return "With so few futures no single assumption stands out."
    listed = "; ".join(f"{_lower(ledger[d.name].label)} (grade {ledger[d.name].grade})" for d in clear)
    return f"What moves it most: {listed}."


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
