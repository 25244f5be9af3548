"""What replacing the guarantor's contribution would cost an ally, alone and in its pool, and when it could be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus import words
from foedus.brief import ranges
from foedus.exposure import Account
from foedus.exposure.replacement.replace import Replacement
from foedus.words import significant

if TYPE_CHECKING:
    from foedus.brief.gather import Brief

PRESET, RULE = "contribution", "gdp"

FAR = 2100
"""Dates beyond this are said to be out of reach."""

HEAVY = 0.1
"""Share of GDP a year beyond which a bill is out of reach."""


@dataclass(frozen=True)
class Bills:
    """The same bill drawn up for the ally alone and for its pool, when it has one."""

    alone: Replacement
    pool: Replacement | None


def bills(account: Account) -> Bills:
    """Draw up an ally's bills."""
    alone = account.replace(PRESET, RULE, "alone")
    pooled = account.replace(PRESET, RULE, None)
    return Bills(alone, None if pooled.pool == "alone" else pooled)


def named(held: Bills, ally: str) -> dict[str, tuple[Replacement, str]]:
    """By the name `--explain` takes: a bill, and the name of its figure."""
    found: dict[str, tuple[Replacement, str]] = {}
    for prefix, plan in (("alone", held.alone), ("pool", held.pool)):
        if plan is not None:
            found |= {f"cost-{prefix}": (plan, f"{ally.lower()}-of-gdp"), f"closes-{prefix}": (plan, "closes")}
    return found


def sentences(brief: Brief) -> list[str]:
    """Cost as per cent of GDP a year, date, and what holds it."""
    held = brief.bills
    if held.alone.bill.cost.value <= 0.0 and not (brief.account.borrowed and held.pool is not None):
        first = f"Nothing of its own to replace against {brief.account.challenger_name}"
        high = held.alone.payer(brief.ally).of_gdp.high
        if high > 5e-5:
            first += f"; at most {ranges.percent_of_gdp(100 * high)} of GDP a year if figures lie at the far end"
        return [words.sentence(first)]
    found = []
    if held.pool is not None:
        found.append(
            f"in the pool {held.pool.pool}, by GDP among {len(held.pool.members)}: " + _bill(held.pool, brief.ally)
        )
    if held.alone.bill.cost.value <= 0.0:
        found.append("alone: nothing, since nobody whom the guarantor would fight challenges it")
    else:
        found.append("alone: " + _bill(held.alone, brief.ally))
    horizon = held.alone.bill.preset.horizon
    lead = f"Replacing what the guarantor brings, bought and kept {horizon} years, "
    found[0] = lead + found[0]
    return [words.sentence(part) for part in found]


def _bill(plan: Replacement, ally: str) -> str:
    share, closes = plan.payer(ally).of_gdp, plan.bill.closes
    burden = f"{ranges.figure_band(share)} of GDP a year"
    if share.value > HEAVY:
        return f"{significant(100 * share.value)} % of GDP a year, out of reach"
    if closes.value >= FAR:
        return f"{burden}, not paid for in this century at the pace assumed"
    return f"{burden}, complete by {closes.value:.0f} ({closes.low:.0f}-{closes.high:.0f}{_held(plan)})"


def _held(plan: Replacement) -> str:
    """What holds the date; and by when all but one slow line would be there."""
    bill = plan.bill
    kind, _, item = bill.bottleneck.partition(": ")
    if kind != "industry":
        return f", held back by {kind}"
    others = [line.ready.value for line in bill.lines if line.quantity.value > 0.0 and line is not bill.slowest]
    before = max(others, default=bill.closes.value)
    return f"; all but {item} by {before:.0f}" if round(before) < round(bill.closes.value) else f"; {item} last"
