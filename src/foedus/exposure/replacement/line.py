"""One line of a bill: quantity, price, upkeep, renewal and dates of an item; and the line of people."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.exposure.figure import Figure, Leaf, combine, defined
from foedus.exposure.ledger import declared
from foedus.exposure.replacement import price, schedule
from foedus.exposure.replacement.money import BILLION
from foedus.exposure.replacement.tables import Item, Preset, index, leaf
from foedus.exposure.units import Unit
from foedus.world import START

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


def start() -> Leaf:
    """Year in which the purchase is decided: the first of the world."""
    return defined("start", "year of decision", YEAR, float(START))


def quantity_of(preset: Preset, item: Item, scale: Mapping[str, Figure] | None, kept: Figure | None) -> Figure:
    """Return the pieces bought: the list's, scaled to the task and raised for lost power, in whole working sets."""
    listed = leaf("lists.csv", (preset.key, item.key), "quantity", f"{item.name} on the list {preset.key}")
    if scale is None and kept is None:
        return listed
    one = defined("one", "one", Unit(), 1.0)
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


def line_of(preset: Preset, item: Item, quantity: Figure, before: tuple[Line, ...]) -> Line:
    """Return the line of an item; `before` holds lines that it must not count again."""
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
        (start(), declared("contracting_years"), buy, last, middle, upkeep, served),
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
    return defined(f"horizon {preset.key}", "years counted", YEAR, float(preset.horizon))


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
        (start(), horizon, middle),
        lambda start, years, middle: np.clip(start + years - middle, 0.0, years),
        "start plus horizon less the middle delivery",
    )


def _dates(item: Item, quantity: Figure) -> tuple[Figure, Figure, Figure]:
    lead = leaf("items.csv", (item.key,), "first_delivery", f"years from order to the first of the {item.name}")
    first = combine(
        f"{item.key} first",
        f"first delivery of {item.name}",
        YEAR,
        (start(), declared("contracting_years"), lead),
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


def people_of(preset: Preset, force: Figure, scale: Mapping[str, Figure] | None, kept: Figure | None) -> People | None:
    """Return the people of a preset, None when its list has none."""
    if ((preset.key, "people"), "people") not in index("lists.csv"):
        return None
    listed = leaf("lists.csv", (preset.key, "people"), "people", f"soldiers on the list {preset.key}")
    one = defined("one", "one", Unit(), 1.0)
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
        (start(), years, declared("training_years")),
        lambda start, years, training: np.where(years > 0.0, start + years + training, start),
        "start plus years to man plus training",
    )
    by = combine(
        "people by 2030",
        f"paid for people by the end of {BY}",
        BILLION,
        (start(), number, price.pay(), years),
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
