"""What fact tables must agree on among themselves: states that exist, pools with members, whole links."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from foedus.errors import FactError, UnknownName
from foedus.world.facttable import EARLIEST, Fact, latest_of
from foedus.world.variables import LINKS, PAIRS, POOLS, STANDING, STATE_COLUMNS, TABLES, WARS

Facts = Mapping[str, tuple[Fact, ...]]

WHOLE = {
    "links.csv": tuple(name for name in LINKS if not name.startswith("dependence_")),
    "pairs.csv": tuple(name for name in PAIRS if name != "overlay"),
    "wars.csv": tuple(WARS),
    "standing.csv": tuple(STANDING),
    "pools.csv": tuple(POOLS),
}
"""Variables that every key of a table has, since nothing stands in for them. What an ally depends on its guarantor for
is not among them: where it is missing, the median of the other allies stands in and is listed as assumed. Nor is the
judgement laid over a pair's hostility: most pairs have none."""

SYMMETRIC = ("nearest", "contiguity", "claim", "rival")
"""Variables of a directed pair that say the same of both orders."""


def check_whole(facts: Facts) -> None:
    """Raise FactError for a link, pair or pool that lacks a variable, naming it and what it lacks."""
    for table, variables in WHOLE.items():
        given: dict[tuple[str, ...], dict[str, str]] = {}
        for fact in facts[table]:
            given.setdefault(fact.key, {})[fact.variable] = fact.where
        for key, where in given.items():
            lacking = [name for name in variables if name not in where]
            if lacking:
                msg = (
                    f"{next(iter(where.values()))}  {', '.join(key)} lacks {', '.join(lacking)}. "
                    f"Give each a row in {table}, or take out every row of {', '.join(key)}."
                )
                raise FactError(msg)


def check_names(facts: Facts, states: Collection[str]) -> None:
    """Raise UnknownName for a row about a state that states.csv does not have."""
    for name, (columns, _) in TABLES.items():
        places = [place for place, column in enumerate(columns) if column in STATE_COLUMNS]
        for fact in facts[name]:
            for iso in (fact.key[place] for place in places):
                if iso not in states:
                    raise UnknownName("state", iso, sorted(states), f"{fact.where}  {iso}")


def check_pairs(facts: Facts, years: tuple[int, int]) -> None:
    """Raise FactError for what pairs and their disputes cannot be.

    A state paired with itself; a judgement on hostility without grade A, range and reason; two orders of a pair that
    differ in what has no direction; a dispute of a pair out of order, or of a year outside `years`, first and last.
    """
    for fact in facts["pairs.csv"] + facts["disputes.csv"]:
        if fact.key[0] == fact.key[1]:
            msg = f"{fact.where}  {fact.key[0]} is paired with itself."
            raise FactError(msg)
    for fact in facts["pairs.csv"]:
        if fact.variable == "overlay" and (fact.grade != "A" or None in (fact.low, fact.high) or not fact.note.strip()):
            msg = f"{fact.where}  overlay is judgement: give it grade A, low and high, and its reason as note."
            raise FactError(msg)
    held = latest_of(facts["pairs.csv"])
    for (key, variable), fact in held.items():
        other = held.get((key[::-1], variable))
        if variable in SYMMETRIC and other is not None and other.value != fact.value:
            msg = (
                f"{fact.where}  {variable} of {', '.join(key)} is {fact.value:g}, but {other.value:g} the other way "
                f"round ({other.where}). It has no direction: give both the same."
            )
            raise FactError(msg)
    for fact in facts["disputes.csv"]:
        if fact.key[0] > fact.key[1]:
            msg = f"{fact.where}  {', '.join(fact.key)}: a dispute has no direction. Put {fact.key[1]} first."
            raise FactError(msg)
        _check_year(fact, *years)
    for fact in facts["standing.csv"] + facts["bases.csv"]:
        _check_year(fact, EARLIEST, years[1])


def _check_year(fact: Fact, first: int, last: int) -> None:
    if not first <= fact.year <= last:
        of = ", ".join(fact.key)
        msg = f"{fact.where}  {fact.variable} of {of} is of {fact.year}; legal years are {first} to {last}"
        raise FactError(msg)


def check_wars(facts: Facts, last: int) -> None:
    """Raise FactError for a war that began after the year `last`, or that two states wage on one another twice."""
    held = latest_of(facts["wars.csv"])
    for (key, variable), fact in held.items():
        if variable == "since" and fact.value > last:
            msg = f"{fact.where}  since of {', '.join(key)} is {fact.value:g}; a war that is on began by {last}"
            raise FactError(msg)
        back = held.get((key[::-1], "at_war"))
        if variable == "at_war" and fact.value and back is not None and back.value:
            msg = (
                f"{fact.where}  {', '.join(key)} are at war already, {', '.join(key[::-1])} ({back.where}). "
                "One row says who attacked: keep one."
            )
            raise FactError(msg)


def check_pools(facts: Facts, states: Collection[str]) -> None:
    """Raise FactError or UnknownName unless every pool has members and every member one pool, which there is."""
    pools = {fact.key[0]: fact for fact in facts["pools.csv"]}
    members = _members(facts, pools)
    for pool, fact in pools.items():
        if pool not in members:
            msg = f"{fact.where}  {pool} has no members. Give each a row in pool_members.csv."
            raise FactError(msg)
        if len(members[pool]) == 1:
            (alone,) = members[pool]
            msg = f"{fact.where}  {pool} has one member, {alone}; a pool has two or more, or none when it is dissolved."
            raise FactError(msg)
    for fact in facts["pools.csv"]:
        words = fact.note.split()
        if len(words) > 1 and all(word in states for word in words):
            msg = f"{fact.where}  a note lists members of {fact.key[0]}. Give each a row in pool_members.csv."
            raise FactError(msg)


def _members(facts: Facts, pools: Mapping[str, Fact]) -> dict[str, list[str]]:
    """Members by pool; a pool whose members have all left is there and empty."""
    found: dict[str, list[str]] = {}
    pool_of: dict[str, str] = {}
    for fact in latest_of(facts["pool_members.csv"]).values():
        pool, iso = fact.key
        if pool not in pools:
            raise UnknownName("pool", pool, pools, f"{fact.where}  {pool}")
        held = found.setdefault(pool, [])
        if fact.value > 0.0:
            held.append(iso)
            if pool_of.setdefault(iso, pool) != pool:
                msg = f"{fact.where}  {iso} is a member of {pool_of[iso]} and of {pool}. Set one of the two to 0."
                raise FactError(msg)
    return found
