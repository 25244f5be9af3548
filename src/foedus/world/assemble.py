"""From fact tables to arrays: fills each field of the World, and lists every default used instead of a fact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus import terms
from foedus.errors import FactError
from foedus.geo import great_circle
from foedus.world import rules
from foedus.world.bases import bases_of, nearest_base
from foedus.world.checks import check_whole
from foedus.world.columns import provided, read_column
from foedus.world.inventory import COUNTED, counted, domain_shares, perpetual_inventory
from foedus.world.model import Assumed, Floats, Links, Pairs, Pools, States, same_length
from foedus.world.pairing import read_pairs, with_states
from foedus.world.tables import Tables

WHEN_NOBODY_KNOWS = {"debt": 0.45, "latency": 0.1, "democracy": 0.5, "ideal_point": 0.0, "growth": 0.02}
"""Figures that stand in where a world has one for no state at all, as in the past for debt."""


def assemble(tables: Tables) -> tuple[States, Pairs, Links, Pools, tuple[Assumed, ...]]:
    """Build the arrays of a World and the list of what was assumed.

    Raises FactError for a link, pair or pool that lacks a figure for which nothing stands in.
    """
    check_whole(tables.facts)
    assumed: list[Assumed] = []
    order = {state.iso3: i for i, state in enumerate(tables.states)}
    pairs = read_pairs(tables, order)
    links = _links(tables, order, assumed)
    states = _states(tables, links, assumed)
    links = with_distance(links, states, tables)
    pairs = with_states(pairs, states)
    pools = _pools(tables, order)
    for part in (states, pairs, links):
        same_length(part)
    return states, pairs, links, pools, tuple(assumed)


class _Column:
    """Reads one variable for every state, fills gaps by a rule and notes each."""

    def __init__(self, tables: Tables, assumed: list[Assumed]) -> None:
        self.names = [state.iso3 for state in tables.states]
        self.regions = np.array([state.region for state in tables.states])
        self.tables = tables
        self.assumed = assumed

    def read(self, table: str, variable: str, default: float | str, bound: str = "value") -> Floats:
        """Values [S]; a default of "region" is the median of the region, of all states when the region has none."""
        found = self.tables.latest(table)
        values = np.full(len(self.names), np.nan)
        for i, iso in enumerate(self.names):
            fact = found.get(((iso,), variable))
            if fact is not None:
                values[i] = fact.at(bound)
        known = values.copy()
        for i in map(int, np.flatnonzero(np.isnan(known))):
            if default == "region":
                value, rule = self._of_peers(known, self.regions[i], variable)
            else:
                value, rule = float(default), "fixed default"
            if bound == "value" and rule != "fixed default":
                self.assumed.append(Assumed((self.names[i],), variable, value, rule))
            values[i] = value
        return values

    def _of_peers(self, known: Floats, region: str, variable: str) -> tuple[float, str]:
        peers = known[(self.regions == region) & ~np.isnan(known)]
        if len(peers):
            return float(np.median(peers)), f"median of {region}"
        if not np.isnan(known).all():
            return float(np.nanmedian(known)), "median of all states"
        return WHEN_NOBODY_KNOWS[variable], "no figure for anybody"


def _states(tables: Tables, links: Links, assumed: list[Assumed]) -> States:
    read = _Column(tables, assumed).read
    names = [state.iso3 for state in tables.states]
    gdp = read("economy.csv", "gdp", "region")
    spending = read("forces.csv", "spending", float("nan"))
    for i in np.flatnonzero(np.isnan(spending)):
        spending[i] = 0.005 * gdp[i]
        assumed.append(Assumed((names[i],), "spending", float(spending[i]), "half a per cent of GDP"))
    price = read("economy.csv", "price_level", "region")
    history: dict[str, dict[int, float]] = {}
    for fact in tables.facts["spending_history.csv"]:
        history.setdefault(fact.key[0], {})[fact.year] = fact.value
    stock = np.array(
        [
            perpetual_inventory(history.get(iso, {}), s, until=tables.year)
            for iso, s in zip(names, spending, strict=True)
        ]
    )
    by_sea = [iso in rules.ISLANDS for iso in names]
    guards, guarded = set(links.guarantor.tolist()), set(links.ally.tolist())
    role = ["guarantor" if i in guards else "ally" if i in guarded else "other" for i in range(len(names))]
    counts = np.stack([read("forces.csv", name, float("nan")) for name in COUNTED], axis=1)
    shares = domain_shares(by_sea, role, counts)
    assumed += [
        Assumed((iso,), "domain shares", float(shares[i, terms.Domain.LAND]), "by geography and role")
        for i, iso in enumerate(names)
        if not counted(counts[i])
    ]
    share, usable = _burden(tables, spending / gdp), read("forces.csv", "usable_share", 1.0)
    last = max((year for series in history.values() for year in series), default=tables.year)
    return States(
        iso3=tuple(names),
        name=tuple(state.name for state in tables.states),
        region=tuple(state.region for state in tables.states),
        population=read("economy.csv", "population", "region"),
        gdp=gdp,
        growth=read("economy.csv", "growth", "region"),
        debt=read("economy.csv", "debt", "region"),
        defence_share=share,
        habit=np.array([_habit(history.get(iso, {}), s, last) for iso, s in zip(names, share, strict=True)]),
        price_level=price,
        price_level_low=read("economy.csv", "price_level", "region", "low"),
        price_level_high=read("economy.csv", "price_level", "region", "high"),
        personnel=read("forces.csv", "personnel", "region"),
        warheads=read("nuclear.csv", "warheads", 0.0),
        warheads_low=read("nuclear.csv", "warheads", 0.0, "low"),
        warheads_high=read("nuclear.csv", "warheads", 0.0, "high"),
        homeland_reach=read("nuclear.csv", "homeland_reach", 0.0),
        reach_low=read("nuclear.csv", "homeland_reach", 0.0, "low"),
        reach_high=read("nuclear.csv", "homeland_reach", 0.0, "high"),
        latency=read("nuclear.csv", "latency", "region"),
        nuclear_pursuit=read("nuclear.csv", "nuclear_pursuit", 0.0),
        bomb_opinion=read("nuclear.csv", "bomb_opinion", float("nan")),
        democracy=read("politics.csv", "democracy", "region"),
        ideal_point=read("politics.csv", "ideal_point", "region"),
        latitude=read("geography.csv", "latitude", "region"),
        longitude=read("geography.csv", "longitude", "region"),
        missile_defence=read("nuclear.csv", "missile_defence", 0.0),
        stocks=(stock * price * usable)[:, None] * shares,
        usable_low=read("forces.csv", "usable_share", 1.0, "low") / usable,
        usable_high=read("forces.csv", "usable_share", 1.0, "high") / usable,
        abroad_war=read("economy.csv", "abroad_war", 0.0),
        abroad_blockade=read("economy.csv", "abroad_blockade", 0.0),
    )


def _burden(tables: Tables, computed: Floats) -> Floats:
    """Spending over product as its publisher gives it, else computed from the two."""
    found = tables.latest("forces.csv")
    given = [found.get(((state.iso3,), "burden")) for state in tables.states]
    return np.array([fact.value if fact else value for fact, value in zip(given, computed, strict=True)])


def _habit(history: dict[int, float], share: float, last: int) -> float:
    """The share a state is used to: today's, scaled by its mean spending of ten years over that of the last."""
    recent = [value for year, value in history.items() if last - 9 <= year <= last]
    if not recent or history.get(last, 0.0) <= 0.0:
        return share
    return float(share * np.clip(np.mean(recent) / history[last], 0.4, 1.2))


def _links(tables: Tables, order: dict[str, int], assumed: list[Assumed]) -> Links:
    found = tables.latest("links.csv")
    keys = sorted({key for key, _ in found})
    levels = [read_column(found, keys, f"dependence_{domain}", np.nan) for domain in terms.DOMAINS]
    dependence = np.stack(levels, axis=1)
    for i, key in enumerate(keys):
        if np.isnan(dependence[i]).any():
            peers = dependence[~np.isnan(dependence).any(axis=1)]
            if not len(peers):
                msg = f"links.csv: {', '.join(key)} lacks dependence_ rows, and no other ally has all to stand in."
                raise FactError(msg)
            dependence[i] = np.median(peers, axis=0)
            assumed.append(Assumed(key, "dependence", float(dependence[i].mean()), "median of the other allies"))
    return Links(
        **provided(found, keys, order, np.nan),
        distance=np.zeros(len(keys)),
        access=read_column(found, keys, "access", np.nan),
        dependence=dependence,
    )


def with_distance(links: Links, states: States, tables: Tables) -> Links:
    """Km that reinforcement travels to the ally's capital: a part of it from the guarantor's nearest main base area.

    The rest starts at the guarantor's capital (`rules.FORWARD_SHARE`).
    """
    a, b = links.guarantor, links.ally
    lat, lon = states.latitude, states.longitude
    km = np.asarray(great_circle(lat[a], lon[a], lat[b], lon[b]), dtype=float)
    bases = bases_of(tables.facts["bases.csv"])
    for link, (holder, ally) in enumerate(zip(a, b, strict=True)):
        place = (float(lat[ally]), float(lon[ally]))
        base = nearest_base(bases, states.iso3[holder], place)
        if base is not None:
            forward = min(km[link], base.km_to(*place))
            km[link] += rules.FORWARD_SHARE * (forward - km[link])
    return replace(links, distance=km)


def _pools(tables: Tables, order: dict[str, int]) -> Pools:
    """Pools that have members, in the order of their names; members in the order of the table."""
    found = tables.latest("pools.csv")
    members: dict[str, list[int]] = {}
    for (pool, iso), _ in (key for key, fact in tables.latest("pool_members.csv").items() if fact.value > 0.0):
        members.setdefault(pool, []).append(order[iso])
    names = sorted(members)
    return Pools(
        name=tuple(names),
        members=tuple(np.array(members[name], dtype=np.intp) for name in names),
        interoperability=np.array([found[((name,), "interoperability")].value for name in names]),
        resolve=np.array([found[((name,), "resolve")].value for name in names]),
    )
