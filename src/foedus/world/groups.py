"""Groups of states by name, such as NATO or the Baltics: facts, usable wherever an ally or a scope is named.

One rule settles what a name means: a state's code or name first, then a region, then a group. No group may bear the
name of a state or a region, so that the rule never has to choose. A pool of the world may share its name with a group;
where a pool is asked for, the pool is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from foedus import terms
from foedus.bibliography import source_keys
from foedus.errors import FactError, UnknownName
from foedus.names import folded, state_named
from foedus.world.facttable import Fact, FactVariable, read_facts
from foedus.world.tables import FACTS, GROUPS, register_of_states

KEYS = ("group", "iso3")
MEMBER = FactVariable("member", "flag", "1 for a member that the model covers", 1, 1, whole=True)
VARIABLES: Mapping[str, FactVariable] = {MEMBER.name: MEMBER}


@cache
def group_facts() -> tuple[Fact, ...]:
    """A fact for each member of each group. Raises FactError or UnknownName for a row that breaks a rule."""
    facts = tuple(read_facts(FACTS / GROUPS, KEYS, VARIABLES, source_keys(FACTS / "sources.bib")))
    states = register_of_states()
    check_groups(facts, [state.iso3 for state in states], [state.name for state in states])
    return facts


def check_groups(facts: Iterable[Fact], codes: Sequence[str], names: Sequence[str]) -> None:
    """Raise UnknownName for a member that is no state, FactError for a group named like a state, a region or a part
    of a posture or scenario that stands where a scope does.
    """
    regions = {folded(region) for region in (*terms.REGIONS, "all")}
    for fact in facts:
        group, iso = fact.key
        if iso not in codes:
            raise UnknownName("state", iso, codes, f"{fact.where}  {iso}")
        if state_named(group, codes, names) or folded(group) in regions:
            msg = f"{fact.where}  a group cannot be called {group}: a state or a region is. Name it otherwise."
            raise FactError(msg)


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """Members (iso3) by name of group, both in order."""
    found: dict[str, list[str]] = {}
    for fact in group_facts():
        found.setdefault(fact.key[0], []).append(fact.key[1])
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def group_named(word: str) -> str | None:
    """The group that a word means, in any case, with or without article and hyphens; None when there is none."""
    return {_plain(name): name for name in groups()}.get(_plain(word))


def expanded(words: Iterable[str], codes: Collection[str]) -> tuple[str, ...]:
    """The words with members in place of groups, each state once; members that are not in `codes` are left out.

    A word that names no group stays as it is.
    """
    found: dict[str, None] = {}
    for word in words:
        group = None if word in codes else group_named(word)
        for iso in (word,) if group is None else (iso for iso in groups()[group] if iso in codes):
            found[iso] = None
    return tuple(found)


def _plain(word: str) -> str:
    return folded(word.replace("-", " ").replace("_", " "))
