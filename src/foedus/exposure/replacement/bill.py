"""A bill with a date, bottom up: quantities times unit costs times life cycle; industry, people and money as limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from foedus.exposure.figure import Figure, combine, total
from foedus.exposure.replacement import schedule
from foedus.exposure.replacement.line import BY, YEAR, Line, People, line_of, people_of, quantity_of, start
from foedus.exposure.replacement.money import BILLION
from foedus.exposure.replacement.tables import Preset, index, items


class Limit(Enum):
    """What can hold a bill's closing date."""

    MONEY = "money"
    PEOPLE = "people"
    INDUSTRY = "industry"


@dataclass(frozen=True)
class Bottleneck:
    """What holds a bill's closing date; `line` is the one that industry delivers last, None for another limit."""

    limit: Limit
    line: Line | None

    def __str__(self) -> str:
        """In words: "money", or "industry: aircraft carriers"."""
        return self.limit.value if self.line is None else f"{self.limit.value}: {self.line.item.name}"


@dataclass(frozen=True)
class Bill:
    """A preset bought: its lines, totals and dates.

    buy, running, cost   billion euros of 2025: purchase; upkeep, renewal and people; both
    yearly               cost over the horizon, a year
    full                 cost if everything served the whole horizon: what to compare when one force comes later than
                         another, since within a horizon counted from the decision a force that is late costs less
    by_2030              paid by the end of 2030
    industry, people_ready, money   date by which each limit alone would let it close
    closes               the latest of the three
    """

    preset: Preset
    lines: tuple[Line, ...]
    people: People | None
    buy: Figure
    running: Figure
    cost: Figure
    yearly: Figure
    full: Figure
    by_2030: Figure
    industry: Figure
    people_ready: Figure | None
    money: Figure
    closes: Figure

    @property
    def slowest(self) -> Line:
        """The line that industry delivers last."""
        return max(self.lines, key=lambda line: line.ready.value)

    @property
    def bottleneck(self) -> Bottleneck:
        """What holds the closing date."""
        dates = {Limit.MONEY: self.money.value}
        if self.people_ready is not None:
            dates[Limit.PEOPLE] = self.people_ready.value
        dates[Limit.INDUSTRY] = self.industry.value
        latest = max(dates, key=lambda limit: dates[limit])
        return Bottleneck(latest, self.slowest if latest is Limit.INDUSTRY else None)

    @property
    def named(self) -> Mapping[str, Figure]:
        """Every figure by name."""
        found = {
            "cost": self.cost,
            "buy": self.buy,
            "running": self.running,
            "yearly": self.yearly,
            "full": self.full,
            "by-2030": self.by_2030,
            "closes": self.closes,
            "industry": self.industry,
            "money": self.money,
        }
        if self.people is not None:
            found |= {"people": self.people.cost, "people-ready": self.people.ready, "soldiers": self.people.number}
        for line in self.lines:
            key = line.item.key.replace("_", "-")
            found |= {
                key: line.buy,
                f"{key}-price": line.unit,
                f"{key}-quantity": line.quantity,
                f"{key}-upkeep": line.upkeep,
                f"{key}-ready": line.ready,
            }
        return found


def bill_of(
    preset: Preset,
    force: Figure,
    effort: Figure,
    scale: Mapping[str, Figure] | None = None,
    kept: Figure | None = None,
) -> Bill:
    """Return the bill of a preset.

    force   active personnel of the payers, persons
    effort  what the payers can add for purchases, billion euros of BASE a year
    scale   by domain, size of what must be replaced over what the preset's list was drawn up for; 1 when None
    kept    share of their power that the buyers keep when they fight together; 1 when None
    """
    lines: list[Line] = []
    for item in items().values():
        if ((preset.key, item.key), "quantity") in index("lists.csv"):
            lines.append(line_of(preset, item, quantity_of(preset, item, scale, kept), tuple(lines)))
    people = people_of(preset, force, scale, kept)
    buy = total("buy", "purchase", tuple(line.buy for line in lines), BILLION)
    running_parts = [part for line in lines for part in (line.upkeep, line.renewal)]
    by_parts = [line.by_2030 for line in lines]
    if people is not None:
        running_parts.append(people.cost)
        by_parts.append(people.by_2030)
    full_parts = [line.full for line in lines] + ([] if people is None else [people.full])
    running = total("running", "upkeep, renewal and people", tuple(running_parts), BILLION)
    cost = total("cost", f"purchase and running over {preset.horizon} years", (buy, running), BILLION)
    industry = combine(
        "industry",
        "date by which industry has delivered and crews are trained",
        YEAR,
        tuple(line.ready for line in lines),
        _latest,
        "latest line",
    )
    paid = combine(
        "money",
        "date by which the extra effort has paid the purchase",
        YEAR,
        (start(), buy, effort),
        lambda start, bill, yearly: start + schedule.years_to_pay(bill, yearly),
        "start plus purchase over yearly effort",
    )
    dates = (industry, paid) if people is None else (industry, paid, people.ready)
    return Bill(
        preset=preset,
        lines=tuple(lines),
        people=people,
        buy=buy,
        running=running,
        cost=cost,
        yearly=(cost / float(preset.horizon)).called("yearly", f"cost a year, over {preset.horizon} years"),
        full=total("full", f"cost if everything served all {preset.horizon} years", tuple(full_parts), BILLION),
        by_2030=total("by-2030", f"paid by the end of {BY}", tuple(by_parts), BILLION),
        industry=industry,
        people_ready=None if people is None else people.ready,
        money=paid,
        closes=combine("closes", "date by which all is in place", YEAR, dates, _latest, "latest of the limits"),
    )


def _latest(*dates: Any) -> Any:
    held = np.broadcast_arrays(*dates)
    return np.max(np.stack(held), axis=0)
