"""Leaves read from the World: the arrays that the engine starts from, each joined with the fact behind it."""

from __future__ import annotations

import numpy as np

from foedus import terms
from foedus.exposure.figure import Figure, Kind, Leaf, combine
from foedus.exposure.ledger import declared
from foedus.exposure.units import Unit
from foedus.world import World
from foedus.world.facttable import Fact

MARKET = "billion USD 2024"


def fact_leaf(label: str, unit: str | Unit, value: float, fact: Fact | None, note: str = "") -> Leaf:
    """Return a leaf from a fact; without one it is an assumption of the world, graded A.

    `value` is the World's own; the fact lends range, source and grade as long as it still says the same.
    """
    held = Unit.parse(unit, 2025) if isinstance(unit, str) else unit
    if fact is None or not np.isclose(fact.value, value, rtol=1e-6):
        return Leaf(label, label, held, value, source="foedus_judgement", grade="A", note=note, kind=Kind.ASSUMPTION)
    name = f"{fact.where.split(':')[0]} {' '.join(fact.key)} {fact.variable}"
    return Leaf(
        name, label, held, value, fact.low, fact.high, source=fact.source, grade=fact.grade, note=note or fact.note
    )


def latest(world: World, table: str, key: tuple[str, ...], variable: str) -> Fact | None:
    """Return the latest fact of a table, if any."""
    return world.tables.latest(table).get((key, variable))


def place(world: World, state: int, field: str, table: str, unit: str) -> Leaf:
    """Return a state's figure."""
    code, value = world.states.iso3[state], float(getattr(world.states, field)[state])
    fact = latest(world, table, (code,), field)
    return fact_leaf(f"{code} {field.replace('_', ' ')}", unit, value, fact)


def level(world: World, link: int, channel: str) -> Leaf:
    """What a channel provides at the start, 0-1."""
    key = link_key(world, link)
    value = float(world.links.channels[link, terms.Channel.of(channel)])
    fact = latest(world, "links.csv", key, f"channel_{channel}")
    return fact_leaf(f"{channel.replace('_', ' ')} from {key[0]} to {key[1]}, level", Unit(), value, fact)


def troops(world: World, link: int) -> Leaf:
    """Return the guarantor's troops on the ally's soil."""
    key = link_key(world, link)
    fact = latest(world, "links.csv", key, "troops")
    return fact_leaf(f"{key[0]} troops in {key[1]}", "person", float(world.links.troops[link]), fact)


def dependence(world: World, link: int, domain: int) -> Leaf:
    """Share of the ally's stock that needs the guarantor."""
    key, name = link_key(world, link), terms.DOMAINS[domain]
    fact = latest(world, "links.csv", key, f"dependence_{name}")
    return fact_leaf(
        f"share of {key[1]}'s {name} stock that needs {key[0]}",
        Unit(),
        float(world.links.dependence[link, domain]),
        fact,
    )


def fact_of_link(world: World, table: str, key: tuple[str, ...], variable: str, value: float) -> Leaf:
    """Return a figure of a table by its key."""
    fact = latest(world, table, key, variable)
    return fact_leaf(f"{' '.join(key)} {variable.replace('_', ' ')}", Unit(), value, fact, note=" ")


def link_key(world: World, link: int) -> tuple[str, str]:
    """Codes of guarantor and ally."""
    names = world.states.iso3
    return names[world.links.guarantor[link]], names[world.links.ally[link]]


def domain_stock(world: World, state: int, domain: int) -> Figure:
    """Return a state's stock in a domain: what it spent, at its price level, split over domains."""
    code, states = world.states.iso3[state], world.states
    name = terms.DOMAINS[domain]
    whole, price = float(states.stocks[state].sum()), float(states.price_level[state])
    history = [fact for fact in world.tables.facts["spending_history.csv"] if fact.key == (code,)]
    spending = latest(world, "forces.csv", (code,), "spending")
    years = f"{min(f.year for f in history)}-{max(f.year for f in history)}" if history else "latest year"
    spent = Leaf(
        f"{code} stock at market prices",
        f"{code}: what was bought and is not worn out, from spending of {years}",
        Unit.parse(MARKET),
        whole / price,
        source=";".join(dict.fromkeys([*(f.source for f in history[:1]), *([spending.source] if spending else [])])),
        grade="C" if history or spending else "A",
        note="perpetual inventory: 35 % of spending invested, 7 % a year worn out",
    )
    held = latest(world, "economy.csv", (code,), "price_level")
    level_of = Leaf(
        f"{code} price level",
        f"{code}: what a market dollar buys for defence",
        Unit.parse("USDppp 2024/USD 2024"),
        price,
        float(states.price_level_low[state]),
        float(states.price_level_high[state]),
        source=held.source if held else "foedus_judgement",
        grade=held.grade if held else "A",
    )
    share, doubt = float(states.stocks[state, domain] / whole), declared("domain_share_error").value
    split = Leaf(
        f"{code} {name} share",
        f"{code}: share of the stock that is {name}, by geography and role",
        Unit(),
        share,
        share * (1.0 - doubt),
        min(share * (1.0 + doubt), 1.0),
        source="foedus_judgement",
        grade="A",
        kind=Kind.ASSUMPTION,
    )
    return combine(
        f"{code} {name} stock",
        f"{code}: {name} stock at defence purchasing power",
        "billion USDppp 2024",
        (spent, level_of, split),
        lambda spent, price, share: spent * price * share,
        "market value times price level times the domain's share",
    )
