"""What an exploration says, in sentences computed from it."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.explore.boxes import BoxLimit, Discovery, FailureBox
from foedus.explore.drive import DUMMIES, Influence
from foedus.explore.worth import Choice
from foedus.ledger import Ledger
from foedus.results.shares import SpreadShares
from foedus.words import counted, listed, significant

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

MOST_NAMED = 4
"""Assumptions named in one sentence."""


def hangs_on(found: Sequence[Influence], ledger: Ledger, points: int) -> str:
    """`The answer hangs on two assumptions that nobody has evidence for: …`; or that none stands out."""
    clear = [driver for driver in found if driver.clear]
    if not clear:
        return (
            f"No assumption stands out of noise with {points:,} parameter points: more futures may show which matter, "
            "and what luck decides no assumption explains."
        )
    bare = [driver for driver in clear if driver.evidence.none]
    if not bare:
        return (
            f"{_number(len(clear)).capitalize()} {_assumptions(len(clear))} {_stand(len(clear))} out, and each rests "
            f"on evidence: {_named(clear, ledger)}."
        )
    rest = [driver for driver in clear if not driver.evidence.none]
    said = (
        f"The answer hangs on {_number(len(bare))} {_assumptions(len(bare))} that nobody has evidence for: "
        f"{_named(bare, ledger)}; {'alone it explains' if len(bare) == 1 else 'alone they explain'} "
        f"{_explained(bare)} % of the spread."
    )
    if not rest:
        return f"{said} No other assumption stands out of noise."
    return f"{said} Also told from noise: {_named(rest, ledger)}, which {_rests(rest)} on evidence."


def noise(found: Sequence[Influence]) -> str:
    """How the noise was found."""
    return (
        f"Alone: share of the spread (of ranks) that it explains by itself, which is what knowing it would take away; "
        f"95 % interval. The best of {DUMMIES:,} meaningless parameters reached {100 * found[0].first.noise:.1f} %."
    )


def source(shares: SpreadShares | None) -> str:
    """The three sources of the spread, each with its interval; why not, where they cannot be told."""
    if shares is None:
        return "Chance cannot be told from assumptions: this run has too few twins (futures that share parameters)."
    parts = [("chance", shares.luck)]
    if shares.split:
        parts.append(("what the record leaves open", shares.posterior))
    parts.append(("assumptions without a record" if shares.split else "parameters", shares.prior))
    told = listed([f"{name} {100 * s.value:.0f} % ({100 * s.low:.0f}-{100 * s.high:.0f})" for name, s in parts])
    return f"Spread between futures: {told}."


def learning(found: Choice, ledger: Ledger, roles: dict[str, str], unit: str) -> str:
    """What knowing one assumption would gain for the choice between the two postures."""
    better, worse = roles[found.better], roles["against" if found.better == "posture" else "posture"]
    chosen = f"By loss alone {better} is the better of the two"
    if found.regret <= 0.0:
        return f"{chosen} in every future, so nothing that could be learnt would change the choice."
    regret = f"choosing it always costs {significant(found.regret)} {unit} beside the better one in each future"
    gains = sorted(((gain, name) for name, gain in found.gains.items() if gain > 0.0), reverse=True)
    if not gains:
        return f"{chosen}; {regret}, and knowing any one assumption would not turn the choice to {worse}."
    told = listed([f"{lower(ledger[name].label)} ({significant(gain)})" for gain, name in gains[:3]])
    return f"{chosen}; {regret}. Worth learning, by how much of that it would save: {told}."


def lower(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]


def _named(drivers: Sequence[Influence], ledger: Ledger) -> str:
    names = [lower(ledger[driver.name].label) for driver in drivers[:MOST_NAMED]]
    more = len(drivers) - len(names)
    return listed([*names, *([f"{more} more"] if more else [])])


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _assumptions(count: int) -> str:
    return counted(count, "assumption", "assumptions").split()[1]


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _rests(drivers: Sequence[Influence]) -> str:
    return "rests" if len(drivers) == 1 else "rest"


def _explained(drivers: Sequence[Influence]) -> str:
    return f"{100 * sum(max(driver.first.value, 0.0) for driver in drivers):.0f}"


def fails(found: Discovery, ledger: Ledger) -> str:
    """`It holds in 77 % of the futures in which A is over 1 and B under 2, four times as often as over all; …`."""
    box = found.box
    return (
        f"It holds in {100 * box.density:.0f} % of the futures in which {limits(box, ledger)}: "
        f"{box.density / found.base:.1f} times as often as over all. {100 * box.coverage:.0f} % of the futures in "
        f"which it holds lie there, in {100 * box.mass:.0f} % of all futures."
    )


def leaf(box: FailureBox, base: float, ledger: Ledger) -> str:
    """A leaf of the tree in words."""
    return (
        f"Tree (CART): {100 * box.density:.0f} % where {limits(box, ledger)} ({box.density / base:.1f} times; "
        f"{100 * box.coverage:.0f} % of all that fail)."
    )


def limits(box: FailureBox, ledger: Ledger) -> str:
    """The limits of a box in running text."""
    return listed([f"{lower(ledger[limit.name].label)} is {side(limit)}" for limit in box.limits])


def side(limit: BoxLimit) -> str:
    """`over 0.4`, `under 2`, `0.4 to 2`."""
    if limit.low is None:
        return f"under {_level(limit.high)}"
    if limit.high is None:
        return f"over {_level(limit.low)}"
    return f"{_level(limit.low)} to {_level(limit.high)}"


def quasi_p(value: float) -> str:
    """A quasi-p-value to one digit; `<.001` below that."""
    return "<.001" if value < 0.001 else f"{value:.2g}"


def _level(value: float | None) -> str:
    return "" if value is None else significant(value, 3)
