"""What is held in kind: the guarantor's forces at an ally and in its theatre, and the ally's own, from fact tables.

Open sources give few counts of equipment by country; where none is at hand the figure is missing, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.exposure.figure import Figure
from foedus.exposure.leaves import fact_leaf, place
from foedus.exposure.units import Unit
from foedus.world import World
from foedus.world.facttable import Fact, FactVariable, read_facts

FACTS = Path(__file__).parent / "facts"

KINDS = {
    "brigades": (
        "troops",
        "land",
        FactVariable("brigades", "brigade", "combat brigades and regiments of that size", 0, 200),
    ),
    "combat_aircraft": (
        "troops",
        "air",
        FactVariable("combat_aircraft", "aircraft", "fighters and attack aircraft", 0, 5000),
    ),
    "major_ships": (
        "troops",
        "maritime",
        FactVariable("major_ships", "ship", "destroyers, cruisers, carriers, frigates", 0, 500),
    ),
    "submarines": ("troops", "maritime", FactVariable("submarines", "boat", "attack submarines", 0, 100)),
    "air_defence_batteries": (
        "missile_defence",
        "air",
        FactVariable("air_defence_batteries", "battery", "long-range air and missile defence batteries", 0, 500),
    ),
    "tankers": ("reinforcement", "c4isr", FactVariable("tankers", "aircraft", "aerial refuelling aircraft", 0, 1000)),
    "airlifters": (
        "reinforcement",
        "c4isr",
        FactVariable("airlifters", "aircraft", "heavy and medium transport aircraft", 0, 2000),
    ),
    "satellites": (
        "intelligence",
        "c4isr",
        FactVariable("satellites", "satellite", "military and intelligence satellites", 0, 1000),
    ),
    "radar_aircraft": (
        "intelligence",
        "c4isr",
        FactVariable("radar_aircraft", "aircraft", "early warning and control aircraft", 0, 200),
    ),
    "shells": ("arms", "land", FactVariable("shells", "thousand round/year", "155 mm shells made", 0, 20000)),
    "interceptors": (
        "arms",
        "air",
        FactVariable("interceptors", "round/year", "long-range interceptors made", 0, 20000),
    ),
    "import_share": (
        "arms",
        "",
        FactVariable("import_share", "share", "of major arms imported that it supplies", 0, 1),
    ),
    "warheads_hosted": (
        "nuclear",
        "",
        FactVariable("warheads_hosted", "warhead", "nuclear bombs kept in the theatre", 0, 1000),
    ),
    "aid": ("money", "", FactVariable("aid", "million USD/year", "military aid", 0, 50000)),
}
"""By variable: the channel it belongs to, the domain, and what a table may say of it."""


@dataclass(frozen=True)
class Holding:
    """Something held in kind.

    where   the ally, or the theatre that shares it
    figure  None when no source gives it
    """

    variable: str
    meaning: str
    channel: str
    domain: str
    where: str
    figure: Figure | None


WORLD = "world"
"""Where the guarantor holds or makes what it holds anywhere."""


def provided_by(guarantor: str, ally: str, region: str) -> tuple[Holding, ...]:
    """Return what a guarantor has at the ally, in its region and anywhere; forces no row names there are missing."""
    found = _facts("provided.csv", ("guarantor", "where"))
    rows = []
    for where in (ally, region, WORLD):
        for variable, (channel, domain, spec) in KINDS.items():
            fact = found.get(((guarantor, where), variable))
            if fact is None and (where != ally or variable not in _FORCES):
                continue
            rows.append(Holding(variable, spec.meaning, channel, domain, where, _leaf(fact, spec)))
    return tuple(rows)


def own_holdings(world: World, ally: str, region: str) -> tuple[Holding, ...]:
    """Return what an ally holds, then what the states of its region hold together where a source gives it."""
    row = world.index(ally)
    found = _facts("holdings.csv", ("where",))
    held = [
        Holding(
            "personnel",
            "active personnel",
            "",
            "",
            ally,
            place(world, row, "personnel", "forces.csv", "thousand person"),
        ),
        Holding("warheads", "nuclear warheads", "", "", ally, place(world, row, "warheads", "nuclear.csv", "warhead")),
    ]
    for variable, (_, domain, spec) in KINDS.items():
        fact = found.get(((ally,), variable))
        if fact is not None or variable in _FORCES:
            held.append(Holding(variable, spec.meaning, "", domain, ally, _leaf(fact, spec)))
        if (together := found.get(((region,), variable))) is not None:
            held.append(Holding(variable, spec.meaning, "", domain, region, _leaf(together, spec)))
    return tuple(held)


_FORCES = ("brigades", "combat_aircraft", "major_ships", "submarines", "air_defence_batteries")


def _leaf(fact: Fact | None, spec: FactVariable) -> Figure | None:
    if fact is None:
        return None
    return fact_leaf(f"{' '.join(fact.key)} {spec.meaning}", Unit.parse(spec.unit, fact.year), fact.value, fact)


@cache
def _facts(table: str, keys: tuple[str, ...]) -> dict[tuple[tuple[str, ...], str], Fact]:
    from foedus.bibliography import source_keys

    variables = {name: spec for name, (_, _, spec) in KINDS.items()}
    rows = read_facts(FACTS / table, keys, variables, source_keys(FACTS / "sources.bib"))
    return {(fact.key, fact.variable): fact for fact in sorted(rows, key=lambda fact: fact.year)}
