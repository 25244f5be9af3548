"""How large the task is and how well the buyers fit: scales of a list for a pool, and the power it keeps together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus import terms
from foedus.errors import InputError
from foedus.exposure.figure import Figure, Kind, Leaf, combine, defined
from foedus.exposure.leaves import fact_of_link
from foedus.exposure.ledger import declared
from foedus.exposure.muster import Muster
from foedus.exposure.need import has_challenger, need_of
from foedus.exposure.shares import resting_of
from foedus.exposure.steps import FRICTION, PPP
from foedus.exposure.units import Unit
from foedus.given import repeated
from foedus.world import World
from foedus.world.groups import group_named

ALONE = "alone"
"""Title of the pool of a state that pays by itself."""

REFERENCE = "Europe"
"""Pool for which the presets' lists were drawn up."""


def members_of(
    world: World, muster: Muster, ally: str, pool: str | Sequence[str] | None
) -> tuple[str, tuple[int, ...]]:
    """Return a pool's title and the rows of its members: a pool of the world by name, else a group without the
    guarantor, else codes. Raises UnknownName or InputError.
    """
    row = world.index(ally)
    if pool == ALONE:
        return ALONE, (row,)
    if pool is None or pool == "region":
        standing = muster.pool_of.get(row)
        if standing is None:
            return ALONE, (row,)
        return world.pools.name[standing], tuple(int(i) for i in world.pools.members[standing])
    if isinstance(pool, str):
        by_name = {name.lower(): i for i, name in enumerate(world.pools.name)}
        if pool.lower() in by_name:
            found = by_name[pool.lower()]
            codes = [world.states.iso3[int(i)] for i in world.pools.members[found]]
            title = world.pools.name[found]
        elif group := group_named(pool):
            title, patron = group, world.states.iso3[muster.guarantor]
            codes = [code for code in world.named(group) if code != patron]
        else:
            codes = [code.strip().upper() for code in pool.split(",")]
            title = ", ".join(codes)
    else:
        codes = [code.upper() for code in pool]
        title = ", ".join(codes)
    if twice := repeated(codes):
        msg = f"pool {title}: names {twice} twice. Name it once"
        raise InputError(msg)
    members = tuple(dict.fromkeys(world.index(code) for code in codes))
    if row not in members:
        msg = f"{ally} is no member of the pool {title}; add it"
        raise InputError(msg)
    return title, members


def kept_together(world: World, muster: Muster, title: str, members: tuple[int, ...], given: float | None) -> Figure:
    """Return the share of their summed power that the members keep (eq. 5).

    given  interoperability 0-1 instead of the pool's; raises InputError outside that range
    """
    count = defined(f"members of {title}", f"members of {title}", Unit.parse("state"), len(members))
    fit: Figure
    if given is not None:
        if not 0.0 <= given <= 1.0:
            msg = f"interoperability is {given:g}; it must be 0 to 1"
            raise InputError(msg)
        fit = Leaf("interoperability given", "interoperability, as given", Unit(), given, grade="A", kind=Kind.GIVEN)
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


def scales_of(world: World, muster: Muster, members: tuple[int, ...]) -> dict[str, Figure]:
    """By domain: what must be replaced for the most exposed member over the same for the most exposed in Europe."""
    reference = (
        tuple(int(i) for i in world.pools.members[world.pools.name.index(REFERENCE)])
        if REFERENCE in world.pools.name
        else members
    )
    if set(members) == set(reference):
        one = defined("whole list", "the whole list: it was drawn up for these members", Unit(), 1.0)
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
        return defined(f"nothing {title}", "nothing rests on the guarantor", Unit.parse(PPP), 0.0)
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
