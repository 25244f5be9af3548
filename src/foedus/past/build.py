"""A World of a past year: the research files of that year, through the same assembly as the world of 2026."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from foedus.errors import InputError
from foedus.panels.files import DataFolder
from foedus.past.archive import Archive
from foedus.past.dyads import add_disputes, add_standing, first_of_record
from foedus.past.economy import add_economy, add_forces
from foedus.past.figures import Facts
from foedus.past.links import Guarantee, add_links, guarantees
from foedus.past.nuclear import add_nuclear
from foedus.past.pairs import add_bases, add_pairs
from foedus.past.politics import add_politics
from foedus.past.states import register
from foedus.past.wars import add_wars
from foedus.world import World
from foedus.world.tables import Register, Tables

FIRST, LAST = 1950, 2014
"""Years a world can be built of: from the first full year of US troop counts to the last of disputes."""

GULF = ("ARE", "BHR", "KWT", "OMN", "QAT", "SAU")
GULF_SINCE = 1981
NOT_POOLED = ("TUR",)


def world_of(year: int, data: DataFolder | Path | str | None = None) -> World:
    """Build the world as it was on 31 December of a year; a study of it starts with that year.

    data   folder of research files; without it the one FOEDUS_DATA names

    Money is in billions of dollars of 2024. What is missing from the files is assumed by the rules of
    `foedus.world.assemble` and listed in `World.assumed`; `history.worlds.assumed` holds the rest.
    Raises InputError for a year outside the years covered, DataError for a file that is missing.
    """
    if not FIRST <= year <= LAST:
        msg = f"year is {year}; a world can be built of {FIRST} to {LAST}"
        raise InputError(msg)
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    return _built(folder.path.resolve(), year)


@lru_cache(maxsize=16)
def _built(path: Path, year: int) -> World:
    archive, facts = Archive(DataFolder(path), year), Facts(year)
    found = guarantees(archive)
    states = register(archive, {link.ally for link in found}, facts)
    isos = frozenset(state.iso3 for state in states)
    add_economy(archive, isos, facts)
    add_forces(archive, isos, facts)
    add_nuclear(archive, isos, facts)
    add_politics(archive, isos, facts)
    add_links(archive, states, found, facts)
    add_standing(archive, states, facts)
    add_disputes(archive, states, facts)
    add_bases(year, isos, facts)
    add_pairs(archive, states, facts)
    add_wars(archive, facts)
    _add_pools(year, states, found, facts)
    return World.of(Tables(states, facts.frozen, _digest(states, facts), year, first_of_record(archive)))


def _add_pools(year: int, states: tuple[Register, ...], found: tuple[Guarantee, ...], facts: Facts) -> None:
    """Europeans the United States owes defence, and the Gulf states since 1981; figures of the world of 2026 (A)."""
    region = {state.iso3: state.region for state in states}
    europe = [
        link.ally
        for link in found
        if link.guarantor == "USA" and link.tier == "treaty" and region.get(link.ally) == "Europe"
    ]
    pools = {"Europe": ([iso for iso in europe if iso not in NOT_POOLED], 0.60, 0.45)}
    if year >= GULF_SINCE:
        pools["Gulf"] = ([iso for iso in GULF if iso in region], 0.30, 0.25)
    for name, (members, fit, resolve) in pools.items():
        if len(members) > 1:
            for variable, value in (("interoperability", fit), ("resolve", resolve)):
                facts.add("pools.csv", (name,), variable, value, source="foedus_judgement", grade="A")
            for iso in members:
                facts.add("pool_members.csv", (name, iso), "member", 1.0, source="foedus_judgement", grade="A")


def _digest(states: tuple[Register, ...], facts: Facts) -> str:
    lines = [repr(state) for state in states]
    lines += [repr(fact) for rows in facts.rows.values() for fact in rows]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
