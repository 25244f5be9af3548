"""Our bills beside the published totals and lines. Published figures are read here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from foedus.exposure.figure import Figure, Leaf
from foedus.exposure.ledger import settings
from foedus.exposure.muster import Muster
from foedus.exposure.replacement.bill import Bill, bill_of
from foedus.exposure.replacement.money import to_currency
from foedus.exposure.replacement.plan import replace
from foedus.exposure.replacement.tables import PUBLISHED_IN, facts, items, leaf_of, preset
from foedus.world import World


@dataclass(frozen=True)
class Compared:
    """One line of ours and theirs, in the currency they used, billions of 2025.

    verdict  "within", "above" or "below": where our central value lies against their range
    overlap  whether the two ranges meet
    """

    line: str
    ours: Figure
    theirs: Leaf
    verdict: str
    overlap: bool


def as_published(key: str) -> Bill:
    """A preset bought as its list stands: no friction, the forces and product of Europe's standing pool."""
    return _as_published(key, settings())


@cache
def _as_published(key: str, _: tuple[tuple[str, float], ...]) -> Bill:
    world = World.load()
    plan = replace(Muster(world, world.index("USA")), "DEU", key)
    return bill_of(preset(key), plan.force, plan.effort)


def beside(key: str) -> tuple[Compared, ...]:
    """Return every published line of a preset beside ours."""
    bill = as_published(key)
    ours = {"buy": bill.buy, "life cycle": bill.cost, "ten years": bill.cost, "to 2030": bill.by_2030}
    ours |= {"a year": bill.yearly} | {line.item.key: line.buy for line in bill.lines}
    found = []
    for fact in facts("published.csv"):
        if fact.key[0] != key:
            continue
        line, currency = fact.key[1], PUBLISHED_IN[fact.variable]
        mine, theirs = to_currency(ours[line], currency), leaf_of(fact, "published.csv", line)
        low, high = theirs.range_low, theirs.range_high
        verdict = "within" if low <= mine.value <= high else "above" if mine.value > high else "below"
        name = items()[line].name if line in items() else line
        found.append(Compared(name, mine, theirs, verdict, mine.low <= high and mine.high >= low))
    return tuple(found)
