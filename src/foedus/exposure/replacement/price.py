"""What a piece costs: the spread of known contracts, in euros of 2025, with learning and defence inflation."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from foedus.errors import FactError
from foedus.exposure.figure import Figure, Kind, Leaf, combine, defined
from foedus.exposure.ledger import declared
from foedus.exposure.replacement import schedule
from foedus.exposure.replacement.money import BASE, in_euros
from foedus.exposure.replacement.tables import CURRENCIES, PACKAGES, Item, facts, index, leaf, leaf_of
from foedus.exposure.units import Unit

EACH = f"million EUR {BASE}/piece"
EACH_YEAR = f"million EUR {BASE}/piece/year"
PAY = f"EUR {BASE}/person/year"


@cache
def contract_price(item: Item) -> Figure:
    """Price of a working unit now: the middle of the packages on record, its range from the cheapest to the dearest.

    Raises FactError when no package is on record.
    """
    cases = [
        in_euros(leaf_of(fact, "prices.csv", f"{item.name}: {fact.key[1]}, {fact.year}"))
        for fact in facts("prices.csv")
        if fact.key[0] == item.key and fact.variable in PACKAGES
    ]
    if not cases:
        msg = f"prices.csv: no package price of {item.key}"
        raise FactError(msg)
    return _among(f"{item.key} price", f"price of {item.name}", EACH, tuple(case.to(EACH) for case in cases))


@cache
def pay() -> Figure:
    """What a soldier costs a year: the middle of the armies on record."""
    cases = [in_euros(leaf_of(fact, "people.csv", f"a soldier's year: {fact.key[0]}")) for fact in facts("people.csv")]
    return _among("pay", "pay and pension of a soldier for a year", PAY, tuple(case.to(PAY) for case in cases))


def future_price(item: Item, quantity: Figure, middle: Figure) -> Figure:
    """Mean price of `quantity` pieces delivered around the date `middle`."""
    built = leaf("items.csv", (item.key,), "built", f"{item.name} made so far")
    slope, inflation = declared(f"learning_{item.learning}"), declared("defence_inflation")

    def work(price: Any, slope: Any, built: Any, quantity: Any, inflation: Any, middle: Any) -> Any:
        return price * schedule.learning_factor(slope, built, quantity) * (1.0 + inflation) ** (middle - BASE)

    return combine(
        f"{item.key} mean price",
        f"mean price of the {item.name} bought",
        EACH,
        (contract_price(item), slope, built, quantity, inflation, middle),
        work,
        "price now, less learning over the batch, plus defence inflation to its middle delivery",
    )


def yearly_upkeep(item: Item, price: Figure) -> Figure:
    """Upkeep of one piece for a year, crew excluded where it is not known by itself; munitions need none."""
    if item.munition:
        return defined(f"{item.key} upkeep", f"upkeep of {item.name}", Unit.parse(EACH_YEAR), 0.0)
    for currency in CURRENCIES:
        if ((item.key,), f"upkeep_{currency}") in index("items.csv") and not item.less:
            known = leaf("items.csv", (item.key,), f"upkeep_{currency}", f"upkeep of {item.name}, a piece and year")
            return (
                in_euros(known).to(EACH_YEAR).called(f"{item.key} upkeep", f"upkeep of {item.name}, a piece and year")
            )
    return combine(
        f"{item.key} upkeep",
        f"upkeep of {item.name}, a piece and year",
        EACH_YEAR,
        (price, declared("upkeep_multiple"), service_life(item)),
        lambda price, multiple, life: price * multiple / life,
        "price times upkeep over purchase, over the service life",
    )


def service_life(item: Item) -> Leaf:
    """Years in service."""
    return leaf("items.csv", (item.key,), "service_life", f"service life of {item.name}")


def _among(name: str, label: str, unit: str, cases: tuple[Figure, ...]) -> Figure:
    """The middle of several cases; on the draws, anywhere among them."""
    position = Leaf(
        f"position {name}",
        f"where among the known cases the {label} falls",
        Unit(),
        0.5,
        0.0,
        1.0,
        source="foedus_model",
        grade="A",
        kind=Kind.ASSUMPTION,
    )
    return combine(name, label, unit, (position, *cases), among, "middle of the cases; its range runs over all of them")


def among(position: Any, *cases: Any) -> Any:
    """Quantile `position` of the cases, in straight lines between them."""
    where, *held = np.broadcast_arrays(position, *cases)
    ordered = np.sort(np.stack(held), axis=0)
    place = where * (len(held) - 1)
    below = np.minimum(np.floor(place).astype(int), max(len(held) - 2, 0))
    above = np.minimum(below + 1, len(held) - 1)
    low = np.take_along_axis(ordered, below[None], 0)[0]
    high = np.take_along_axis(ordered, above[None], 0)[0]
    return low + (high - low) * (place - below)
