"""The answer in plain sentences, computed from the run: what changes, how much is chance, what it depends on."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from foedus.ledger import Ledger
from foedus.names import country, possessive
from foedus.results.correlation import Driver
from foedus.results.headline import LEAST_CHANGE, LEAST_FUTURES, Headline
from foedus.results.ordered import ordered
from foedus.results.rates import Rate
from foedus.results.results import Results
from foedus.results.shares import Share, SpreadShares
from foedus.words import listed as listed_in_text
from foedus.words import percent, rare, signed, significant

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

ALONE = {
    "war_with_major_ally": "challenges that become war in spite of a treaty with a major",
    "war_without_major_ally": "challenges that become war without a treaty with a major",
}
"""The same where the rate stands by itself."""

CLASS_WORDS = {"rival": "rivals", "contiguous": "neighbours", "major": "with a major", "rest": "the rest", "all": "all"}
"""A class of directed pair in plain words."""

LEAST_WAR, LEAST_GROUND = 0.005, 0.01
"""Change of a chance of war over the run, and of the share of ground lost, from which it is spoken of."""

MOST_NAMED = 3
"""Allies named for one figure in one direction."""

_LEAST = 0.005
"""Expected loss in per cent of GDP from which a change in proportion is worth a sentence."""

LEAST_TOLD = 0.01
"""Share of what is lost to a state from which what is lost to fighters whom it sponsors is told apart."""


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
    return [*_losses(results, rows, names), *ordered(results, names)]


def _losses(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> list[str]:
    if "against" not in results.roles:
        return [*_levels(results, rows, names), *_too_few(rows)]
    posture, other = results.roles["posture"], results.roles["against"]
    visible, moved = [row for row in rows if _sizeable(row)], [row for row in rows if row.moved]
    lines = dangers(results, rows, names)
    if not visible:
        none = f"Between {posture} and {other} no ally's expected loss moves visibly: "
        bound = f"by {LEAST_CHANGE} % of GDP a year or more, and in its first two digits."
        return [*lines, none + bound, *_too_few(rows)]
    clear = [row for row in visible if row.direction]
    most = _most_of(rows)
    first = _settled(clear, names, most) if visible[0].direction else _unsettled(visible[0], names, most)
    said = f"Under {posture}, {first}. {_split(visible[0], other, names)}"
    if clear and not visible[0].direction:
        said += f" Where the direction is clear, {_settled(clear, names, most)}."
    lines.append(said)
    if few := _too_few(rows):
        return [*lines, *few]
    if len(rows) == 1:
        return lines
    up, down = (sum(row.direction == sign for row in moved) for sign in (1, -1))
    lines.append(
        f"The loss moves by {LEAST_CHANGE} % of GDP a year or more for {len(moved)} of {len(rows)} allies: in nine "
        f"futures of ten or more it rises for {up} and falls for {down}; the direction is open for "
        f"{len(moved) - up - down}{_doubtful(moved, names)}."
    )
    return lines


def dangers(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> list[str]:
    """What happens to the chance of war and to the ground that is lost, a sentence each; none where neither moves.

    rows  headlines, paired
    """
    posture, last = results.roles["posture"], results.years[-1]
    war = _most(rows, names, lambda row: row.war, LEAST_WAR)
    ground = _most(rows, names, lambda row: row.ground, LEAST_GROUND)
    return [
        *([f"Under {posture}, the chance of at least one war by {last} {war}."] if war else []),
        *([f"Ground lost by {last}, of what is at issue, {ground}."] if ground else []),
    ]


def _most(rows: Sequence[Headline], names: Mapping[str, str], figure: Callable[[Headline], float], least: float) -> str:
    """`rises most for Japan (4.6 to 15 %) and Latvia (1.4 to 2.7 %), and falls most for …`; empty where none moves."""
    gaps = [(figure(row) - figure(row.against), row) for row in rows if row.against is not None]
    moved = [(gap, row) for gap, row in gaps if abs(gap) >= least]
    said = []
    for verb, sign in (("rises", 1.0), ("falls", -1.0)):
        top = sorted((pair for pair in moved if pair[0] * sign > 0.0), key=lambda pair: -abs(pair[0]))[:MOST_NAMED]
        if top:
            told = listed_in_text([f"{country(names[row.ally])} ({_from_to(row, figure)})" for _, row in top])
            said.append(f"{verb}{_most_of(rows)} for {told}")
    return ", and ".join(said)


def _most_of(rows: Sequence[Headline]) -> str:
    """` most` where several allies are told of; empty for one alone."""
    return " most" if len(rows) > 1 else ""


def _from_to(row: Headline, figure: Callable[[Headline], float]) -> str:
    assert row.against is not None
    return f"{rare(figure(row.against))} to {rare(figure(row))} %"


def _too_few(rows: Sequence[Headline]) -> list[str]:
    """What too few futures cannot tell; nothing where there are enough."""
    count = rows[0].loss.futures if rows else LEAST_FUTURES
    if count >= LEAST_FUTURES:
        return []
    had = "one future" if count == 1 else f"{count} futures"
    return [f"Ranges and directions need {LEAST_FUTURES} futures or more; this run has {had}."]


def told(rows: Sequence[Headline], most: int = 10) -> list[Headline]:
    """The allies whose answer the sentences explain: those that move by enough to speak of, most first."""
    return [row for row in rows if _sizeable(row)][:most] or [row for row in rows if not row.safe][:most]


def listed(rows: Sequence[Headline], most: int | None = None) -> tuple[list[Headline], list[Headline]]:
    """Allies to list, and challenged allies left out: those whose change is too small to speak of.

    Where nothing is compared, or nothing moves, the largest losses are listed.
    """
    loud = [row for row in rows if not row.safe]
    moved = [row for row in loud if row.moved] or loud
    shown = moved[:most]
    return shown, [row for row in loud if row not in shown]


def left_out(hidden: Sequence[Headline]) -> str:
    """`29 more allies change less, 16 of them by less than 0.001 % of GDP.`; empty where none is left out."""
    if not hidden:
        return ""
    many = f"{len(hidden)} more {'ally' if len(hidden) == 1 else 'allies'}"
    verb = "changes" if len(hidden) == 1 else "change"
    if hidden[0].difference is None:
        return f"{many} {'loses' if len(hidden) == 1 else 'lose'} less."
    still, bound = sum(not row.moved for row in hidden), f"by less than {LEAST_CHANGE} % of GDP"
    if still == len(hidden):
        return f"{many} {verb} {bound}."
    return f"{many} {verb} less" + (f", {still} of them {bound}." if still else ".")


def apart(results: Results) -> str:
    """What sets the two sides, or runs, apart besides their postures, in a sentence; empty where nothing else does."""
    if not results.differences:
        return ""
    two = "sides" if results.other is None else "runs"
    return f"The two {two} differ in more than the posture: {'; '.join(results.differences)}."


def precision(rows: Sequence[Headline]) -> str:
    """Monte Carlo error of the rows' means: the median standard error; empty where it cannot be told."""
    losses, changes = (
        sorted(r.error / abs(r.mean) for r in ranges if r is not None and r.told and abs(r.mean) > 0.0)
        for ranges in ([row.loss for row in rows], [row.difference for row in rows])
    )
    if not losses:
        return ""
    beside = f", {100.0 * changes[len(changes) // 2]:.0f} % of a change" if changes else ""
    return (
        f"With {rows[0].loss.futures:,} futures the Monte Carlo standard error is about "
        f"{100.0 * losses[len(losses) // 2]:.0f} % of a mean{beside} (median ally listed)."
    )


def lopsided(rows: Sequence[Headline]) -> str:
    """A word on means that lie beyond nine futures in ten; empty where none does."""
    ranges = [gap for row in rows for gap in (row.difference, row.loss) if gap is not None and gap.told]
    beyond = any(not gap.low90 <= gap.mean <= gap.high90 for gap in ranges if not math.isnan(gap.mean))
    return "A mean outside its band comes from a few extreme futures." if beyond else ""


def _sizeable(row: Headline) -> bool:
    """Whether the change of the expected loss is large enough for a sentence: in size, and in the digits shown."""
    return (
        row.against is not None
        and row.difference is not None
        and abs(row.difference.mean) >= LEAST_CHANGE
        and significant(row.against.loss.mean) != significant(row.loss.mean)
    )


def _unsettled(row: Headline, names: Mapping[str, str], most: str) -> str:
    """`Ukraine's expected loss moves most, from 3.2 to 5.1 % of GDP a year, but falls in 22 futures of 100`."""
    assert row.against is not None
    assert row.difference is not None
    assert row.chance_worse is not None
    up = row.difference.mean > 0.0
    way, others = ("falls", 1.0 - row.chance_worse) if up else ("rises", row.chance_worse)
    doubt = f", but {way} in {100.0 * others:.0f} futures of 100" if row.difference.told else ""
    owner = possessive(country(names[row.ally]))
    return (
        f"{owner} expected loss moves{most}, from {significant(row.against.loss.mean)} to "
        f"{significant(row.loss.mean)} % of GDP a year{doubt}"
    )


def _split(row: Headline, other: str, names: Mapping[str, str]) -> str:
    """`Of that loss 71 % is from concessions (68 % under steady), the rest from fighting.`."""
    before = row.against.conceded_share if row.against else None
    own = row.conceded_share
    if own is None:
        return f"{country(names[row.ally])} loses nothing."
    beside = f" ({percent(before)} % under {other})" if before is not None else ""
    return f"Of that loss {percent(own)} % is from concessions{beside}, the rest from fighting{_to_whom(row, names)}."


def _to_whom(row: Headline, names: Mapping[str, str]) -> str:
    """`; 97 % is lost to Russia`; empty where it is not known to whom."""
    if row.source is None:
        return ""
    fighters = row.source.sponsored / row.source.loss if row.source.loss > 0.0 else 0.0
    by = f", of which {percent(fighters)} % to fighters whom it sponsors" if fighters >= LEAST_TOLD else ""
    return f"; {percent(row.source.share)} % is lost to {country(names[row.source.challenger])}{by}"


def _settled(clear: Sequence[Headline], names: Mapping[str, str], most: str) -> str:
    """What rises or falls most, in level and in proportion; `clear` have a direction, most changed first."""
    return _verb(clear[0], names, most) + _steepest(clear, clear[0], names)


def _levels(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> list[str]:
    posture, last = results.roles["posture"], results.years[-1]
    likely = [row for row in sorted(rows, key=lambda row: -row.war) if row.war >= LEAST_WAR][:MOST_NAMED]
    named = ", ".join(f"{country(names[r.ally])} {significant(r.loss.mean)}" for r in rows[:MOST_NAMED])
    lines = [f"Under {posture}, expected losses are largest for {named} % of GDP a year (means over futures)."]
    if likely:
        wars = listed_in_text([f"{country(names[row.ally])} ({rare(row.war)} %)" for row in likely])
        lines.insert(0, f"Under {posture}, the chance of at least one war by {last} is largest for {wars}.")
    return lines


def _verb(row: Headline, names: Mapping[str, str], most: str) -> str:
    """`Japan's expected loss rises most: from 0.06 to 0.10 % of GDP a year`."""
    assert row.against is not None
    assert row.difference is not None
    way = "rises" if row.direction > 0 else "falls"
    owner = possessive(country(names[row.ally]))
    return (
        f"{owner} expected loss {way}{most}, from {significant(row.against.loss.mean)} to "
        f"{significant(row.loss.mean)} % of GDP a year ({signed(row.difference.mean)}; "
        f"{signed(row.difference.low90)} to {signed(row.difference.high90)} in nine futures of ten, same random draws)"
    )


def _steepest(told: Sequence[Headline], biggest: Headline, names: Mapping[str, str]) -> str:
    """`; in proportion Latvia's changes most (0.012 to 0.024)`."""
    others = [
        row
        for row in told
        if row is not biggest and row.against and max(row.loss.mean, row.against.loss.mean) >= _LEAST
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
        f"({significant(most.against.loss.mean)} to {significant(most.loss.mean)})"
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


def missed(rates: Sequence[Rate]) -> str:
    """Which base rates by class of pair lie beyond a factor of two of the record; empty where none does."""
    judged = [rate for rate in rates if rate.pair_class != "all" and rate.within_two is not None]
    bad = [rate for rate in judged if not rate.within_two]
    if not bad:
        return ""
    told = "; ".join(
        f"{CLASS_WORDS[r.pair_class]}, {ALONE.get(r.measure, RATE_WORDS[r.measure])}: {significant(100.0 * r.run)} % "
        f"against {significant(100.0 * (r.history or 0.0))}"
        for r in bad
    )
    return f"By class of pair, {len(bad)} of {len(judged)} lie beyond a factor of two of the record: {told}."


def spread(found: SpreadShares | None, *, paired: bool) -> str:
    """How much of the spread between futures is chance, posterior and prior; empty where it cannot be told."""
    if found is None:
        return ""
    of = "the differences" if paired else "losses"
    whose = f"mean of {found.answers} allies; " if found.answers > 1 else ""
    said = f"Of the spread of {of} between futures {_told(found.luck)} is chance"
    if not found.split:
        return f"{said}; the rest is uncertainty about parameters ({whose}95 % interval in brackets)."
    return (
        f"{said}, {_told(found.posterior)} is what the record leaves open about parameters it speaks of, and "
        f"{_told(found.prior)} is assumptions that no record has tested ({whose}95 % intervals in brackets)."
    )


def _told(share: Share) -> str:
    """`47 % (43-52)`."""
    return f"{100 * share.value:.0f} % ({100 * share.low:.0f}-{100 * share.high:.0f})"


def hangs_on(found: Sequence[Driver], ledger: Ledger, most: int = 3) -> str:
    """Which assumptions drive the answer, with grades."""
    clear = [driver for driver in found if driver.clear][:most]
    if not clear:
        return "With so few futures no single assumption stands out."
    listed = "; ".join(f"{_lower(ledger[d.name].label)} (grade {ledger[d.name].grade})" for d in clear)
    return f"What moves it most: {listed}."


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
