"""Replacing the guarantor for an ally: alone or in a pool, by a rule of sharing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus import terms
from foedus.errors import InputError, UnknownName
from foedus.exposure.explain import find, tree
from foedus.exposure.figure import Figure, Leaf, combine, total
from foedus.exposure.leaves import fact_of_link, place
from foedus.exposure.ledger import declared
from foedus.exposure.muster import Muster, possessive
from foedus.exposure.need import has_challenger, need_of
from foedus.exposure.replacement.bill import Bill, bill_of
from foedus.exposure.replacement.burden import shares
from foedus.exposure.replacement.money import BILLION, in_euros
from foedus.exposure.replacement.tables import preset as preset_named
from foedus.exposure.shares import resting_of
from foedus.exposure.steps import FRICTION, PPP
from foedus.exposure.units import Unit
from foedus.world import World

if TYPE_CHECKING:
    from foedus.exposure.account import Account

REFERENCE = "Europe"
"""Pool for which the presets' lists were drawn up."""


@dataclass(frozen=True)
class Payer:
    """One member's part of a bill.

    share    of the bill, 0-1
    cost     billion euros of 2025 over the horizon
    yearly   the same a year
    of_gdp   yearly over product, a share
    """

    iso3: str
    name: str
    share: float
    cost: Figure
    yearly: Figure
    of_gdp: Figure


@dataclass(frozen=True)
class Replacement:
    """A bill with who pays it.

    pool   its title: a pool of the world, "alone", or the members' codes
    rule   how it is shared
    scale  by domain, what must be replaced over what the list was drawn up for
    kept   share of their power that the members keep when they fight together
    force, effort   active personnel of the payers, and what they add a year for the purchase
    """

    bill: Bill
    pool: str
    members: tuple[str, ...]
    rule: str
    scale: Mapping[str, Figure]
    kept: Figure
    payers: tuple[Payer, ...]
    force: Figure
    effort: Figure

    def payer(self, iso3: str) -> Payer:
        """Return a member's part; raise InputError for a state that is not a member."""
        for payer in self.payers:
            if payer.iso3 == iso3:
                return payer
        msg = f"{iso3} pays nothing: the members are {', '.join(self.members)}"
        raise InputError(msg)

    @property
    def named(self) -> Mapping[str, Figure]:
        """Every figure by name."""
        found = dict(self.bill.named) | {f"scale-{domain}": figure for domain, figure in self.scale.items()}
        found["kept"] = self.kept
        for payer in self.payers:
            found |= {
                f"{payer.iso3.lower()}-cost": payer.cost,
                f"{payer.iso3.lower()}-yearly": payer.yearly,
                f"{payer.iso3.lower()}-of-gdp": payer.of_gdp,
            }
        return found

    def figure(self, name: str) -> Figure:
        """Return a figure by name; raise UnknownName with the nearest spelling."""
        asked = name.strip().lower().replace("_", "-").replace(" ", "-")
        if asked in self.named:
            return self.named[asked]
        deep = find(tuple(self.named.values()), name)
        if deep is None:
            raise UnknownName("figure", name, self.named)
        return deep

    def explain(self, name: str, width: int = 80) -> str:
        """Return the chain behind a figure, down to sources."""
        return tree(self.figure(name), width)


def replace(
    account: Account,
    preset: str = "contribution",
    share_rule: str = "gdp",
    pool: str | Sequence[str] | None = None,
    interoperability: float | None = None,
) -> Replacement:
    """Return what it takes to replace the guarantor for `account`'s ally.

    preset            enablers, contribution or mass
    share_rule        gdp, threat, capability, equal, or custom shares as text
    pool              None or "region": the ally's standing pool, itself when it has none; "alone"; a pool's name;
                      or codes of members, as a sequence or with commas
    interoperability  0-1, instead of the pool's own

    Raises UnknownName or InputError, naming what is wrong.
    """
    world, muster = account.world, account.muster
    title, members = members_of(world, muster, account.ally, pool)
    kept = _kept(world, muster, title, members, interoperability)
    scale = _scales(world, muster, members)
    force, effort = _force(world, members), _effort(world, members)
    bill = bill_of(preset_named(preset), force, effort, scale, kept)
    held = shares(world, members, share_rule, muster)
    payers = tuple(_payer(world, muster, bill, member, held[member]) for member in members)
    return Replacement(
        bill,
        title,
        tuple(world.states.iso3[i] for i in members),
        share_rule,
        scale,
        kept,
        tuple(sorted(payers, key=lambda payer: -payer.share)),
        force,
        effort,
    )


def members_of(
    world: World, muster: Muster, ally: str, pool: str | Sequence[str] | None
) -> tuple[str, tuple[int, ...]]:
    """Return a pool's title and the rows of its members. Raises UnknownName or InputError."""
    row = world.index(ally)
    if pool == "alone":
        return "alone", (row,)
    if pool is None or pool == "region":
        standing = muster.pool_of.get(row)
        if standing is None:
            return "alone", (row,)
        return world.pools.name[standing], tuple(int(i) for i in world.pools.members[standing])
    if isinstance(pool, str):
        by_name = {name.lower(): i for i, name in enumerate(world.pools.name)}
        if pool.lower() in by_name:
            found = by_name[pool.lower()]
            codes = [world.states.iso3[int(i)] for i in world.pools.members[found]]
            title = world.pools.name[found]
        else:
            codes = [code.strip().upper() for code in pool.split(",")]
            title = ", ".join(codes)
    else:
        codes = [code.upper() for code in pool]
        title = ", ".join(codes)
    members = tuple(dict.fromkeys(world.index(code) for code in codes))
    if row not in members:
        msg = f"{ally} is no member of the pool {title}; add it"
        raise InputError(msg)
    return title, members


def _kept(world: World, muster: Muster, title: str, members: tuple[int, ...], given: float | None) -> Figure:
    count = Leaf(
        f"members of {title}", f"members of {title}", Unit.parse("state"), len(members), kind="count", grade="V"
    )
    fit: Figure
    if given is not None:
        if not 0.0 <= given <= 1.0:
            msg = f"interoperability is {given:g}; it must be 0 to 1"
            raise InputError(msg)
        fit = Leaf("interoperability given", "interoperability, as given", Unit(), given, grade="A", kind="posture")
    elif title in world.pools.name:
        value = float(world.pools.interoperability[world.pools.name.index(title)])
        fit = fact_of_link(world, "pools.csv", (title,), "interoperability", value)
    else:
        standing = {muster.pool_of.get(i) for i in members}
        if len(standing) == 1 and (one := standing.pop()) is not None:
            name = world.pools.name[one]
            fit = fact_of_link(
                world, "pools.csv", (name,), "interoperability", float(world.pools.interoperability[one])
            )
        else:
            fit = declared("stranger_interoperability")
    return FRICTION(
        f"{title} kept",
        "share of summed power that the members keep together",
        interoperability=fit,
        members=count,
        friction=declared("friction"),
    )


def _scales(world: World, muster: Muster, members: tuple[int, ...]) -> dict[str, Figure]:
    """By domain: what must be replaced for the most exposed member over the same for the most exposed in Europe."""
    reference = (
        tuple(int(i) for i in world.pools.members[world.pools.name.index(REFERENCE)])
        if REFERENCE in world.pools.name
        else members
    )
    if set(members) == set(reference):
        one = Leaf(
            "whole list", "the whole list: it was drawn up for these members", Unit(), 1.0, kind="count", grade="V"
        )
        return dict.fromkeys(terms.DOMAINS, one)
    return {
        domain: combine(
            f"scale {domain}",
            f"{domain} to be replaced, over the same for the most exposed state of Europe",
            Unit(),
            (_front(muster, members, row, "members"), _front(muster, reference, row, REFERENCE)),
            lambda own, whole: np.minimum(own / np.maximum(whole, 1e-9), _MOST),
            "quotient",
        )
        for row, domain in enumerate(terms.DOMAINS)
    }


_MOST = 10.0
"""Most times the list that a scale can reach."""


FOREMOST = 3
"""Members among whom the most exposed is looked for on every draw: those most exposed at the central values."""


def _front(muster: Muster, members: tuple[int, ...], domain: int, title: str) -> Figure:
    """Most that rests on the guarantor at any member, in billions at purchasing power."""
    parts = [_resting(muster, i, domain) for i in members if _has_account(muster, i)]
    parts.sort(key=lambda part: -part.value)
    if not parts:
        return Leaf(f"nothing {title}", "nothing rests on the guarantor", Unit.parse(PPP), 0.0, kind="count", grade="V")
    return combine(
        f"front {title} {terms.DOMAINS[domain]}",
        f"most {terms.DOMAINS[domain]} capability needed that rests on the guarantor at any one of {title}",
        PPP,
        tuple(parts[:FOREMOST]),
        lambda *values: np.max(np.stack(np.broadcast_arrays(*values)), axis=0),
        f"largest of the {FOREMOST} largest",
    )


def _has_account(muster: Muster, state: int) -> bool:
    link = muster.link_of.get(state)
    mine = link is not None and int(muster.world.links.guarantor[link]) == muster.guarantor
    return mine and has_challenger(muster, state)


def _resting(muster: Muster, state: int, domain: int) -> Figure:
    return resting_of(muster, state, domain, need_of(muster, state))


def _force(world: World, members: tuple[int, ...]) -> Figure:
    people = tuple(place(world, i, "personnel", "forces.csv", "thousand person") for i in members)
    return total("force", "active personnel of the payers", people, "person")


def _gdp(world: World, state: int) -> Figure:
    held = place(world, state, "gdp", "economy.csv", "billion USD 2024")
    return (in_euros(held) * Leaf("a year", "a year", Unit.parse("1/year"), 1.0, kind="count", grade="V")).called(
        f"{world.states.iso3[state]} product", f"product of {world.states.iso3[state]} a year"
    )


def _effort(world: World, members: tuple[int, ...]) -> Figure:
    product = total("product", "product of the payers", tuple(_gdp(world, i) for i in members), f"{BILLION}/year")
    return combine(
        "effort",
        "extra effort of the payers a year",
        f"{BILLION}/year",
        (product, declared("extra_effort")),
        lambda product, effort: product * effort,
        "product times extra effort",
    )


def _payer(world: World, muster: Muster, bill: Bill, member: int, share: float) -> Payer:
    code, name = muster.code(member), muster.name(member)
    part = Leaf(f"share of {code}", f"share that {name} pays", Unit(), share, kind="posture", grade="V")
    cost = (bill.cost * part).called(f"{code} cost", f"{possessive(name)} part over {bill.preset.horizon} years")
    yearly = (bill.yearly * part).called(f"{code} yearly", f"{possessive(name)} part a year")
    of_gdp = combine(
        f"{code} of product",
        f"{possessive(name)} part a year over its product",
        Unit(),
        (yearly, _gdp(world, member)),
        lambda part, product: part / product,
        "quotient",
    )
    return Payer(code, name, share, cost, yearly, of_gdp)
