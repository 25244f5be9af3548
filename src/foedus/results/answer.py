"""The answer in plain sentences, computed from the run: what changes, how much is luck, what it hangs on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from foedus.ledger import Ledger
from foedus.results.drivers import Driver
from foedus.results.headline import Headline
from foedus.results.results import Results
from foedus.results.words import possessive, share, signed, significant, the

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

_LEAST = 0.005
"""Median loss in per cent of GDP from which a change in proportion is worth a sentence."""


def ally_names(results: Results, names: Mapping[str, str]) -> dict[str, str]:
    """Names of allies by iso3; those of another than the main guarantor say whose they are."""
    found = {}
    for ally, patron in results.patrons.items():
        whose = "" if patron == results.main_guarantor else f" (ally of {names[patron]})"
        found[ally] = names[ally] + whose
    return found


def summary(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> list[str]:
    """What the run says, one thought a sentence. `rows` are the headlines, `names` states by iso3."""
    if "against" not in results.roles:
        return _levels(results, rows, names)
    posture = results.roles["posture"]
    told = [row for row in rows if row.direction and row.times is not None and row.against is not None]
    if not told:
        return [
            f"Between {posture} and {results.roles['against']} no ally's expected loss changes in a clear direction."
        ]
    biggest = max(told, key=lambda r: abs(r.difference.median) if r.difference else 0.0)
    lines = [
        f"Under {posture}, where the direction is clear, {_verb(biggest, names)}{_steepest(told, biggest, names)}."
    ]
    worse, better = (sum(row.direction == sign for row in rows) for sign in (1, -1))
    unclear = sum(not row.direction and not row.safe for row in rows)
    lines.append(
        f"Of {len(rows)} allies, {worse} lose more and {better} lose less in nine futures of ten or more; "
        f"for {unclear} the direction is not clear" + _doubtful(rows, names) + "."
    )
    return lines


def _levels(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> list[str]:
    top = rows[:3]
    listed = ", ".join(f"{the(names[r.ally])} {significant(r.loss.median)}" for r in top)
    posture = results.roles["posture"]
    return [f"Under {posture}, expected losses are largest for {listed} % of GDP a year (medians over futures)."]


def _verb(row: Headline, names: Mapping[str, str]) -> str:
    """`Japan's expected loss rises most: from 0.06 to 0.10 % of GDP a year`."""
    assert row.against is not None
    assert row.difference is not None
    way = "rises" if row.direction > 0 else "falls"
    return (
        f"{possessive(names[row.ally])} expected loss {way} most: from {significant(row.against.loss.median)} to "
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
        f"; in proportion {possessive(names[most.ally])} {_factor(most.times)} "
        f"({significant(most.against.loss.median)} to {significant(most.loss.median)})"
    )


def _factor(ratio: float) -> str:
    for low, words in ((2.6, "grows {:.1f}-fold"), (1.8, "about doubles"), (1.05, "grows by {:.0f} %")):
        if ratio >= low:
            return words.format(ratio if low > 2 else 100.0 * (ratio - 1.0))
    return f"falls by {100.0 * (1.0 - ratio):.0f} %"


def _doubtful(rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    """`, among them Ukraine and Taiwan, whose bands are the widest`."""
    rows = [r for r in rows if not r.direction and not r.safe and r.difference]
    wide = sorted(rows, key=lambda r: r.difference.low90 - r.difference.high90 if r.difference else 0.0)[:2]
    wide = [r for r in wide if r.difference and r.difference.high90 - r.difference.low90 > 0.01]
    return f", among them {' and '.join(the(names[r.ally]) for r in wide)}, whose bands are widest" if wide else ""


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
