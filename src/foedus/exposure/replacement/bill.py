"""A bill with a date, bottom up: quantities times unit costs times life cycle; industry, people and money as limits."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.exposure.figure import Figure, Leaf, combine, total
from foedus.exposure.ledger import declared
from foedus.exposure.replacement import price, schedule
from foedus.exposure.replacement.money import BILLION
from foedus.exposure.replacement.tables import Item, Preset, index, items, leaf
from foedus.exposure.units import Unit
from foedus.world.world import START

PIECE, PERSON, YEAR = Unit.parse("piece"), Unit.parse("person"), Unit.parse("year")
YEARLY = f"{BILLION}/year"
BY = 2030
"""The end of this year closes the near-term sum."""


@dataclass(frozen=True)
class Line:
    """One item of a bill.

    quantity  pieces bought
    unit      mean price of a piece
    buy, upkeep, renewal   over the preset's horizon; renewal buys again what wears out within it
    full      purchase, upkeep and renewal if every piece served the whole horizon
    by_2030   paid by the end of 2030
    first, last, ready     dates of first and last delivery and of an exercised force
    """

    item: Item
    quantity: Figure
    unit: Figure
    buy: Figure
    upkeep: Figure
    renewal: Figure
    full: Figure
    by_2030: Figure
    first: Figure
    last: Figure
    ready: Figure


@dataclass(frozen=True)
class People:
    """The soldiers of a bill: how many, what they cost within the horizon and over all of it, when they are there."""

    number: Figure
    cost: Figure
    full: Figure
    by_2030: Figure
    ready: Figure


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
    def bottleneck(self) -> str:
        """What holds the closing date: "industry: …", "people" or "money"."""
        dates = {"money": self.money.value}
        if self.people_ready is not None:
            dates["people"] = self.people_ready.value
        dates[f"industry: {self.slowest.item.name}"] = self.industry.value
        return max(dates, key=lambda name: dates[name])

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
            lines.append(_line(preset, item, _quantity(preset, item, scale, kept), tuple(lines)))
    people = _people(preset, force, scale, kept)
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
        (_start(), buy, effort),
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


def _start() -> Leaf:
    return Leaf("start", "year of decision", YEAR, float(START), kind="count", grade="V")


def _quantity(preset: Preset, item: Item, scale: Mapping[str, Figure] | None, kept: Figure | None) -> Figure:
    listed = leaf("lists.csv", (preset.key, item.key), "quantity", f"{item.name} on the list {preset.key}")
    if scale is None and kept is None:
        return listed
    one = Leaf("one", "one", Unit(), 1.0, kind="count", grade="V")
    size = one if scale is None else scale[item.domain]
    least = item.minimum

    def work(listed: Any, size: Any, kept: Any) -> Any:
        return np.where(size > 0.0, np.maximum(np.ceil(listed * size / kept - 1e-9), least), 0.0)

    return combine(
        f"{item.key} quantity",
        f"{item.name} bought",
        PIECE,
        (listed, size, kept or one),
        work,
        "list times scale over the share of power kept, whole pieces"
        + (f", at least {least:g} for one working set" if least else ""),
    )


def _line(preset: Preset, item: Item, quantity: Figure, before: tuple[Line, ...]) -> Line:
    first, last, ready = _dates(item, quantity)
    middle = combine(
        f"{item.key} middle", f"middle delivery of {item.name}", YEAR, (first, last), lambda a, b: (a + b) / 2.0, "mean"
    )
    unit = price.future_price(item, quantity, middle)
    counted = tuple(line.buy for line in before if line.item.key in item.less)
    buy = combine(
        f"{item.key} buy",
        f"purchase of {item.name}",
        BILLION,
        (quantity, unit, *counted),
        lambda q, p, *inside: np.maximum(q * p / 1e3 - sum(inside), 0.0),
        "quantity times mean price" + (", less what other lines already count" if counted else ""),
    )
    served, whole = _served(preset, item, middle), _horizon(preset)
    life = price.service_life(item)
    yearly = _yearly(item, quantity, unit, buy)
    upkeep = combine(
        f"{item.key} upkeep total",
        f"upkeep of {item.name}",
        BILLION,
        (yearly, served),
        operator.mul,
        "yearly upkeep times years in service",
    )
    renewal = combine(
        f"{item.key} renewal",
        f"renewal of {item.name}",
        BILLION,
        (buy, served, life),
        lambda buy, years, life: buy * np.maximum(years / life - 1.0, 0.0),
        "purchase again for what wears out within the horizon",
    )
    full = combine(
        f"{item.key} full",
        f"{item.name}: purchase, upkeep and renewal if all served the whole horizon",
        BILLION,
        (buy, yearly, whole, life),
        lambda buy, yearly, years, life: buy + yearly * years + buy * np.maximum(years / life - 1.0, 0.0),
        "purchase, yearly upkeep times horizon, and what wears out within it",
    )
    by = combine(
        f"{item.key} by 2030",
        f"paid for {item.name} by the end of {BY}",
        BILLION,
        (_start(), declared("contracting_years"), buy, last, middle, upkeep, served),
        _paid_by,
        "purchase in equal parts from order to last delivery, and upkeep from the middle delivery",
    )
    return Line(item, quantity, unit, buy, upkeep, renewal, full, by, first, last, ready)


def _yearly(item: Item, quantity: Figure, unit: Figure, buy: Figure) -> Figure:
    """Upkeep of all pieces of a line for a year."""
    if item.less:
        return combine(
            f"{item.key} upkeep a year",
            f"upkeep of {item.name} a year",
            YEARLY,
            (buy, declared("upkeep_multiple"), price.service_life(item)),
            lambda buy, multiple, life: buy * multiple / life,
            "purchase times upkeep over purchase, over the service life",
        )
    return combine(
        f"{item.key} upkeep a year",
        f"upkeep of {item.name} a year",
        YEARLY,
        (quantity, price.yearly_upkeep(item, unit)),
        lambda quantity, each: quantity * each / 1e3,
        "quantity times upkeep of a piece",
    )


def _horizon(preset: Preset) -> Leaf:
    return Leaf(f"horizon {preset.key}", "years counted", YEAR, float(preset.horizon), kind="count", grade="V")


def _paid_by(start: Any, contracting: Any, buy: Any, last: Any, middle: Any, upkeep: Any, served: Any) -> Any:
    bought = buy * schedule.share_paid(start + contracting, last, BY + 1.0)
    kept = upkeep * np.clip((BY + 1.0 - middle) / np.maximum(served, 1e-9), 0.0, 1.0)
    return bought + kept


def _served(preset: Preset, item: Item, middle: Figure) -> Figure:
    horizon = _horizon(preset)
    if preset.counts_from == "delivery":
        return horizon
    return combine(
        f"{item.key} served",
        f"years that {item.name} serve within the horizon",
        YEAR,
        (_start(), horizon, middle),
        lambda start, years, middle: np.clip(start + years - middle, 0.0, years),
        "start plus horizon less the middle delivery",
    )


def _dates(item: Item, quantity: Figure) -> tuple[Figure, Figure, Figure]:
    lead = leaf("items.csv", (item.key,), "first_delivery", f"years from order to the first of the {item.name}")
    first = combine(
        f"{item.key} first",
        f"first delivery of {item.name}",
        YEAR,
        (_start(), declared("contracting_years"), lead),
        lambda start, contract, lead: start + contract + lead,
        "decision plus contracting plus lead time",
    )
    output = leaf("items.csv", (item.key,), "output", f"{item.name} made a year")
    rates = (output, declared("output_open"), declared("output_growth"), declared("output_ceiling"))
    last = combine(
        f"{item.key} last",
        f"last delivery of {item.name}",
        YEAR,
        (first, quantity, *rates),
        lambda first, quantity, *industry: np.where(
            quantity > 0.0, first + schedule.years_to_build(quantity, *industry), START
        ),
        "first delivery plus the years in which open, growing output makes the quantity",
    )
    if not item.crew:
        return first, last, last.called(f"{item.key} ready", f"date by which the {item.name} are ready")
    ready = combine(
        f"{item.key} ready",
        f"date by which the {item.name} are ready",
        YEAR,
        (last, quantity, declared("training_years")),
        lambda last, quantity, training: np.where(quantity > 0.0, last + training, START),
        "last delivery plus training",
    )
    return first, last, ready


def _people(preset: Preset, force: Figure, scale: Mapping[str, Figure] | None, kept: Figure | None) -> People | None:
    if ((preset.key, "people"), "people") not in index("lists.csv"):
        return None
    listed = leaf("lists.csv", (preset.key, "people"), "people", f"soldiers on the list {preset.key}")
    one = Leaf("one", "one", Unit(), 1.0, kind="count", grade="V")
    number = combine(
        "soldiers",
        "soldiers added",
        PERSON,
        (listed, one if scale is None else scale["land"], kept or one),
        lambda listed, size, kept: listed * size / kept,
        "list times scale over the share of power kept",
    )
    years = combine(
        "years to man",
        "years to man",
        YEAR,
        (number, force, declared("force_growth")),
        schedule.years_to_man,
        "log(1 + soldiers / force) over log(1 + growth of forces)",
    )
    horizon = _horizon(preset)
    full = preset.counts_from == "delivery"
    cost = combine(
        "people",
        "pay of the soldiers added",
        BILLION,
        (number, price.pay(), horizon, years),
        lambda n, pay, horizon, years: n * pay / 1e9 * (horizon if full else schedule.years_served(horizon, years)),
        "soldiers times pay times years" + ("" if full else ", as they fill up within the horizon"),
    )
    ready = combine(
        "people-ready",
        "date by which the soldiers are there and exercised",
        YEAR,
        (_start(), years, declared("training_years")),
        lambda start, years, training: np.where(years > 0.0, start + years + training, start),
        "start plus years to man plus training",
    )
    by = combine(
        "people by 2030",
        f"paid for people by the end of {BY}",
        BILLION,
        (_start(), number, price.pay(), years),
        lambda start, n, pay, years: n * pay / 1e9 * schedule.years_served(BY + 1.0 - start, years),
        "pay of those there, rising from none at the start",
    )
    whole = combine(
        "people full",
        "pay of the soldiers added, if all served the whole horizon",
        BILLION,
        (number, price.pay(), horizon),
        lambda n, pay, years: n * pay / 1e9 * years,
        "soldiers times pay times horizon",
    )
    return People(number, cost, whole, by, ready)
