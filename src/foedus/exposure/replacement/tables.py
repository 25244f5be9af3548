"""Fact tables of replacement: every variable with its one unit, and the items and presets they speak of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foedus.bibliography import source_keys
from foedus.errors import FactError, UnknownName
from foedus.exposure.figure import Leaf
from foedus.exposure.holdings import FACTS
from foedus.exposure.units import Unit
from foedus.world.facttable import Fact, FactVariable, read_facts

CURRENCIES = ("eur", "usd", "gbp")


PACKAGES = tuple(f"package_{currency}" for currency in CURRENCIES)
"""Variables of prices.csv that a price is made of."""

PUBLISHED_IN = {"total_usd": "USD", "total_eur": "EUR", "yearly_eur": "EUR"}
"""Currency of each variable of published.csv."""


def _table(*variables: FactVariable) -> dict[str, FactVariable]:
    return {variable.name: variable for variable in variables}


def _money(name: str, per: str, meaning: str, scale: str = "million ") -> tuple[FactVariable, ...]:
    return tuple(
        FactVariable(f"{name}_{currency}", f"{scale}{currency.upper()}/{per}", meaning, 0, 1e6)
        for currency in CURRENCIES
    )


TABLES: dict[str, tuple[tuple[str, ...], dict[str, FactVariable]]] = {
    "prices.csv": (
        ("item", "case"),
        _table(
            *_money("package", "piece", "paid for a working unit, in prices of the contract"),
            *_money("bare", "piece", "paid for the piece alone; shown, not used"),
        ),
    ),
    "items.csv": (
        ("item",),
        _table(
            FactVariable("service_life", "year", "years in service", 1, 80),
            FactVariable("first_delivery", "year", "years from order to first delivery", 0, 30),
            FactVariable("output", "piece/year", "made a year by the makers who would supply", 0.01, 1e8),
            FactVariable("built", "piece", "made so far", 0.5, 1e9),
            *_money("upkeep", "piece/year", "yearly upkeep where known by itself"),
        ),
    ),
    "lists.csv": (
        ("preset", "item"),
        _table(
            FactVariable("quantity", "piece", "pieces that the preset buys", 0, 1e9),
            FactVariable("people", "person", "soldiers that the preset adds", 0, 5e6),
        ),
    ),
    "rates.csv": (
        ("currency",),
        _table(
            FactVariable("price_level", "index", "general price level", 1, 1000),
            FactVariable("per_euro", "unit/EUR", "units of the currency for a euro", 0.01, 10000),
        ),
    ),
    "people.csv": (("case",), _table(*_money("pay", "person/year", "pay and pension of a soldier for a year", ""))),
    "published.csv": (
        ("preset", "line"),
        _table(
            FactVariable("total_usd", "billion USD", "published total", 0, 1e5),
            FactVariable("total_eur", "billion EUR", "published total", 0, 1e5),
            FactVariable("yearly_eur", "billion EUR/year", "published yearly sum", 0, 1e5),
        ),
    ),
}


@dataclass(frozen=True)
class Item:
    """Something that can be bought. `less` names items already counted inside it; `minimum` makes one working set."""

    key: str
    name: str
    domain: str
    learning: str
    crew: bool = False
    minimum: float = 0.0
    less: tuple[str, ...] = ()

    @property
    def munition(self) -> bool:
        """Whether it is used up, so that it needs no upkeep."""
        return self.learning == "munition"


@dataclass(frozen=True)
class Preset:
    """A product: its question, its horizon in years, and from when they are counted."""

    key: str
    title: str
    question: str
    horizon: int
    counts_from: str
    currency: str


@cache
def facts(table: str) -> tuple[Fact, ...]:
    """Read a table; raises FactError or UnknownName naming file and line, a wrong unit among them."""
    keys, variables = TABLES[table]
    return tuple(read_facts(FACTS / table, keys, variables, source_keys(FACTS / "sources.bib")))


@cache
def index(table: str) -> Mapping[tuple[tuple[str, ...], str], Fact]:
    """Latest fact by key and variable."""
    return {(fact.key, fact.variable): fact for fact in sorted(facts(table), key=lambda fact: fact.year)}


@cache
def items() -> Mapping[str, Item]:
    """Items by key; raises FactError when a table names one that is not declared."""
    declared: dict[str, dict[str, Any]] = tomllib.loads((FACTS / "items.toml").read_text(encoding="utf-8"))
    found = {key: Item(key, **{**body, "less": tuple(body.get("less", ()))}) for key, body in declared.items()}
    for table in ("prices.csv", "items.csv"):
        for fact in facts(table):
            if fact.key[0] not in found:
                raise UnknownName("item", fact.key[0], found, f"{fact.where}  {fact.key[0]}")
    return found


@cache
def presets() -> Mapping[str, Preset]:
    """Presets by key."""
    declared = tomllib.loads((FACTS / "presets.toml").read_text(encoding="utf-8"))
    return {key: Preset(key, **body) for key, body in declared.items()}


def preset(name: str) -> Preset:
    """Return a preset; raise UnknownName with the nearest spelling."""
    if name not in presets():
        raise UnknownName("preset", name, presets())
    return presets()[name]


def leaf(table: str, key: tuple[str, ...], variable: str, label: str) -> Leaf:
    """Return a fact as a leaf; raises FactError when no row gives it."""
    fact = index(table).get((key, variable))
    if fact is None:
        msg = f"{table}: no {variable} of {' '.join(key)}"
        raise FactError(msg)
    return leaf_of(fact, table, label)


def leaf_of(fact: Fact, table: str, label: str) -> Leaf:
    """Return one fact as a leaf, its unit read from its table and its base year from its row."""
    unit = TABLES[table][1][fact.variable].unit
    return Leaf(
        f"{table} {' '.join(fact.key)} {fact.variable} {fact.year}",
        label,
        Unit.parse(unit, fact.year),
        fact.value,
        fact.low,
        fact.high,
        source=fact.source,
        grade=fact.grade,
        note=fact.note,
    )
