"""Drawing up accounts: one ally's, all of a region's, and who has none of its own."""

from __future__ import annotations

from foedus import terms
from foedus.errors import InputError, UnknownName
from foedus.exposure.muster import Muster
from foedus.exposure.need import has_account, has_challenger, need_of
from foedus.exposure.shares import shares_of, weighted
from foedus.exposure.statement import Account
from foedus.names import country, state_named
from foedus.world import World


def account(
    world: World, ally: str, *, guarantor: str | None = None, against: str | None = None, muster: Muster | None = None
) -> Account:
    """Draw up the account of an ally.

    world      states, links and pairs that it rests on
    ally       iso3 code or name
    guarantor  iso3 of the guarantor; the one that pledges most when None
    against    iso3 of the challenger to measure against, the ally's or else its pool's; the worst when None
    muster     forces already worked out for this world and guarantor, to share between accounts

    Raises UnknownName for names nobody knows, InputError for a state without a guarantor or challenger.
    """
    row = world.index(code_of(world, ally))
    code = world.states.iso3[row]
    links = [i for i, a in enumerate(world.links.ally) if int(a) == row]
    if not links:
        msg = f"{code}: no power guarantees {country(world.states.name[row])}, so there is no account to draw up"
        raise InputError(msg)
    held = muster or Muster(
        world,
        world.index(guarantor)
        if guarantor
        else int(world.links.guarantor[max(links, key=lambda i: world.links.channels[i, terms.Channel.PLEDGE])]),
    )
    patron = held.guarantor
    if int(world.links.guarantor[held.link_of[row]]) != patron:
        known = [world.states.iso3[int(world.links.guarantor[held.link_of[row]])]]
        raise UnknownName("guarantor", world.states.iso3[patron], known, f"{code} guaranteed by")
    if against is None and not has_account(held, row):
        msg = (
            f"{code}: nobody whom its guarantor would fight challenges it or a member of its pool in this world, so "
            "there is nothing to measure it against"
        )
        raise InputError(msg)
    need = need_of(held, row, None if against is None else world.index(code_of(world, against)))
    parts = {name: shares_of(held, row, domain, need) for domain, name in enumerate(terms.DOMAINS)}
    overall = weighted(code, parts, need.weights, held.name(patron))
    return Account(world, code, world.states.iso3[patron], held, need, parts, overall)


def code_of(world: World, name: str) -> str:
    """Return the iso3 of a state by code or name; raise UnknownName with the nearest spelling."""
    if code := state_named(name, world.states.iso3, world.states.name):
        return code
    raise UnknownName("state", name, [*world.states.iso3, *world.states.name])


def accounts(world: World, of: str | None = None, *, guarantor: str | None = None) -> list[Account]:
    """Return the accounts of a guarantor's allies that somebody challenges, most exposed first, equals by code.

    Most exposed is who has least without the guarantor: what depends on it and what nobody meets, taken together.

    world      states, links and pairs that the accounts rest on
    of         a region or a group, as `World.named` reads it; everywhere when None
    guarantor  iso3; the power with most allies when None

    Raises UnknownName, with the nearest spelling, for a name that means neither.
    """
    among = world.states.iso3 if of is None else world.named(of)
    owners = [int(i) for i in world.links.guarantor]
    patron = world.index(guarantor) if guarantor else max(owners, key=owners.count)
    muster = Muster(world, patron)
    mine = [
        ally
        for ally, link in muster.link_of.items()
        if owners[link] == patron and world.states.iso3[ally] in among and has_challenger(muster, ally)
    ]
    found = [account(world, world.states.iso3[ally], muster=muster) for ally in mine]
    return sorted(found, key=lambda held: -(held.index.value + held.overall.unmet.value))


def unchallenged(world: World, of: str | None = None) -> list[str]:
    """Return the iso3 of the main guarantor's allies, `of` as in `accounts`, whom nobody it would fight challenges."""
    among = world.states.iso3 if of is None else world.named(of)
    owners = [int(i) for i in world.links.guarantor]
    patron = max(owners, key=owners.count)
    muster = Muster(world, patron)
    return sorted(
        world.states.iso3[ally]
        for ally, link in muster.link_of.items()
        if owners[link] == patron and world.states.iso3[ally] in among and not has_challenger(muster, ally)
    )
