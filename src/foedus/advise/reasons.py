"""Why advice to an ally is what it is: its challenger, place, pool and bomb, and what each lever alone does."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.advise.contents import Advice
from foedus.advise.portfolio import OPTION_WORDS
from foedus.advise.singly import STATUS_WORDS, Effect
from foedus.errors import InputError
from foedus.exposure import account
from foedus.exposure.statement import Account
from foedus.names import country
from foedus.words import listed, of_the_time, percent, sentence, significant
from foedus.world import World

HOPELESS, EVEN = 0.7, 0.35
"""Chance of losing without the guarantor above which own forces do not stop the challenger, and below which they do."""

MORE = "more spending"

LEAST_PART = 0.02
"""Part of the expected loss from which a change is told."""


def reasons(advice: Advice, world: World) -> tuple[str, ...]:
    """Sentences that say why: for one ally its place and its help, for all what levers do and what money buys."""
    told: list[str] = []
    if len(advice.members) == 1:
        try:
            held = account(world, advice.members[0])
        except InputError:  # nobody challenges it
            held = None
        told += [] if held is None else [_place(held, advice), _help(held), *_bomb(held)]
    return (*told, *_bought(advice), *_status(advice), *_money(advice))


def _place(held: Account, advice: Advice) -> str:
    """Its worst challenger, where, and what follows from the balance."""
    challenger, front = held.need.challenger, held.need.front
    pairs, where = held.world.pairs, held.world.pairs.theatre
    pair = int(np.flatnonzero((pairs.challenger == challenger) & (pairs.target == front))[0])
    way = "by land" if pairs.land[pair] > 0.0 else "across water" if where[pair] == "maritime" else "over a distance"
    alone = advice.beside["alone"]
    at = f" at {held.front_name}" if held.borrowed else ""
    lost = f"would lose to its worst challenger without {held.guarantor_name} {of_the_time(alone)}"
    told = f"It faces {held.challenger_name}{at} {way}, and in {advice.scenario.last} {lost}"
    if alone >= HOPELESS:
        return sentence(
            f"{told}: its own forces do not stop that challenger, so what counts is who else would come, and how dear "
            "a challenge is made"
        )
    if alone > EVEN:
        return sentence(f"{told}: the balance is open, so what it can field decides much")
    return sentence(
        f"{told}: what it and its neighbours have mostly holds, and the guarantor insures against the worst"
    )


def _help(held: Account) -> str:
    """Who else helps."""
    share = percent(held.today_overall.value)
    rests = f"{share} % of what would fight for it today would go with {held.guarantor_name}"
    place = held.muster.pool_of.get(held.row)
    if place is None:
        return sentence(f"{rests}, and it is in no pool of neighbours")
    return sentence(f"{rests}; its pool, {held.world.pools.name[place]}, is the other source of help")


def _bomb(held: Account) -> list[str]:
    """What a bomb of its own would have to begin from."""
    states, row = held.world.states, held.row
    if states.warheads[row] > 0.0:
        return ["It has nuclear weapons of its own."]
    armed = "has" if states.warheads[held.need.challenger] > 0.0 else "does not have"
    latency = significant(float(states.latency[row]))
    return [sentence(f"Its nuclear latency is {latency} of 1, and its challenger {armed} the bomb")]


def _bought(advice: Advice) -> list[str]:
    """What all the money that can move would do in one thing alone."""
    bought = {OPTION_WORDS[name]: effect for name, effect in advice.effects.items() if name in OPTION_WORDS}
    counts = {name: one for name, one in bought.items() if _counts(one, advice)}
    lower = _ranked({name: one for name, one in counts.items() if one.loss.mean < 0.0})
    higher = _ranked({name: one for name, one in counts.items() if one.loss.mean > 0.0})[::-1]
    if not counts:
        return ["Whatever one thing the money that can move buys, expected loss changes by less than a fiftieth."]
    told = []
    if lower:
        told.append(f"lowers expected loss if it buys nothing but {_listed(lower, 'or')}")
    if higher:
        what = "it" if lower else "expected loss"
        told.append(f"raises {what} if it buys nothing but {_listed(higher, 'or')}, since all else then goes without")
    return [sentence(f"The money that can move {listed(told)}")]


def _status(advice: Advice) -> list[str]:
    """What a nuclear programme alone would do, without money moved to it."""
    found = {name: advice.effects[name] for name in STATUS_WORDS.values() if name in advice.effects}
    told = [f"{name} {_changes(one, advice)}" for name, one in found.items() if _counts(one, advice)]
    if told:
        return [sentence(f"By itself {listed(told)}")]
    return ["A programme alone, with no money moved to it, does not change expected loss by as much."] if found else []


def _money(advice: Advice) -> list[str]:
    """What a further per cent of product buys."""
    if (one := advice.effects.get(MORE)) is None or one.cost.mean <= 0.0:
        return []
    told = f"A further {significant(one.cost.mean)} % of product spent {_changes(one, advice)}"
    if one.loss.sign < 0 and -one.loss.mean > one.cost.mean:
        return [sentence(f"{told}, more than it costs")]
    return [sentence(f"{told}: less than it costs, so in expectation it is a premium against the worst futures")]


def _counts(one: Effect, advice: Advice) -> bool:
    """Whether an effect is told from chance, and large enough to matter."""
    return one.loss.sign != 0 and abs(one.loss.mean) >= LEAST_PART * advice.own["loss"]


def _changes(one: Effect, advice: Advice) -> str:
    if not _counts(one, advice):
        return "changes expected loss by less than a fiftieth, as far as these futures tell"
    part = (
        f"{percent(abs(one.loss.mean) / advice.own['loss'])} % (±{percent(2.0 * one.loss.error / advice.own['loss'])})"
    )
    size = f"{significant(abs(one.loss.mean))} % of product"
    return f"{'lowers' if one.loss.sign < 0 else 'raises'} expected loss by {part}, {size}"


def _ranked(found: Mapping[str, Effect]) -> list[tuple[str, Effect]]:
    return sorted(found.items(), key=lambda pair: pair[1].loss.mean)


def _listed(found: list[tuple[str, Effect]], word: str) -> str:
    return listed([f"{name} (by {significant(abs(one.loss.mean))})" for name, one in found[:3]], word)


def name_of(members: tuple[str, ...], world: World, asked: str) -> str:
    """How the ally, or the group that was asked for, is called in running text."""
    if len(members) > 1:
        return asked
    return country(world.states.name[world.index(members[0])])
