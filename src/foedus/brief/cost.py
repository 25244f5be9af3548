"""What replacing the guarantor's contribution would cost an ally, alone and in its pool, and when it could be done."""

from __future__ import annotations

from foedus import words
from foedus.brief import ranges
from foedus.brief.contents import Brief
from foedus.exposure.replacement.plan import Replacement
from foedus.words import significant

FAR = 2100
"""Dates beyond this are said to be out of reach."""

HEAVY = 0.1
"""Share of GDP a year beyond which a bill is out of reach."""


def sentences(brief: Brief) -> list[str]:
    """Cost as per cent of GDP a year, date, and what holds it."""
    bills = brief.bills
    if bills.alone.bill.cost.value <= 0.0 and not (brief.account.borrowed and bills.pool is not None):
        first = f"It has nothing of its own to replace against {brief.account.challenger_name}"
        high = bills.alone.payer(brief.ally).of_gdp.high
        if high > 5e-5:
            first += f"; at most {ranges.percent_of_gdp(100 * high)} of GDP a year at the far end of the ranges"
        return [words.sentence(first)]
    found = []
    if bills.pool is not None:
        found.append(
            f"in the pool {bills.pool.pool}, by GDP among {len(bills.pool.members)}: " + _bill(bills.pool, brief.ally)
        )
    if bills.alone.bill.cost.value <= 0.0:
        found.append("alone: nothing, since nobody whom the guarantor would fight challenges it")
    else:
        found.append("alone: " + _bill(bills.alone, brief.ally))
    horizon = bills.alone.bill.preset.horizon
    lead = f"Replacing the guarantor's contribution, purchase and upkeep over {horizon} years, "
    found[0] = lead + found[0]
    return [words.sentence(part) for part in found]


def _bill(plan: Replacement, ally: str) -> str:
    share, closes = plan.payer(ally).of_gdp, plan.bill.closes
    burden = f"{ranges.figure_band(share)} of GDP a year"
    if share.value > HEAVY:
        return f"{significant(100 * share.value)} % of GDP a year, out of reach"
    if closes.value >= FAR:
        return f"{burden}, not affordable within this century at the pace assumed"
    return f"{burden}, complete by {closes.value:.0f} ({closes.low:.0f}-{closes.high:.0f}{_bottleneck(plan)})"


def _bottleneck(plan: Replacement) -> str:
    """What holds the date; and by when all but one slow line would be there."""
    bill = plan.bill
    late = bill.bottleneck.line
    if late is None:
        return f", held back by {bill.bottleneck}"
    others = [line.ready.value for line in bill.lines if line.quantity.value > 0.0 and line is not late]
    before, name = max(others, default=bill.closes.value), late.item.name
    return f"; all but {name} by {before:.0f}" if round(before) < round(bill.closes.value) else f"; {name} last"
