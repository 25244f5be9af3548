"""Why advice to an ally is what it is: its challenger, its place, its pool, its bomb, and what the search showed."""

from __future__ import annotations

import numpy as np

from foedus.advise.contents import Advice
from foedus.advise.levers import PLAIN, RULE, STATUS_LEVER, WEIGHT
from foedus.errors import InputError
from foedus.exposure import account
from foedus.exposure.statement import Account
from foedus.names import country
from foedus.words import listed, of_the_time, percent, sentence, significant
from foedus.world import World

HOPELESS, EVEN = 0.8, 0.35
"""Chance of losing alone above which own forces alone do not stop the challenger, and below which they do."""

TELLS = 0.15
"""Standardised effect of a lever from which it is named."""

LITTLE = 0.01
"""Loss that a further per cent of product spent must take off, per cent of product, to be more than a premium."""

LEVER_WORDS = {
    PLAIN[0]: "spending in the next years",
    PLAIN[1]: "spending later on",
    PLAIN[2]: "making arms at home",
    STATUS_LEVER: "a nuclear programme",
    f"{WEIGHT}land": "money for land arms",
    f"{WEIGHT}air": "money for air power",
    f"{WEIGHT}maritime": "money for ships",
    f"{WEIGHT}c4isr": "money for C4ISR",
    f"{WEIGHT}missile_defence": "money for missile defence",
    f"{WEIGHT}enablers": "money for enablers",
    f"{WEIGHT}unmanned_cyber": "money for unmanned and cyber forces",
    f"{WEIGHT}pool": "money for the pool",
    f"{WEIGHT}loyalty": "money for favour with the guarantor",
    f"{WEIGHT}reserve": "a reserve",
    f"{WEIGHT}nuclear": "money for a nuclear programme",
}
"""Levers in words; those of the trigger are told together by its portfolios."""


def reasons(advice: Advice, world: World) -> tuple[str, ...]:
    """Sentences that say why, for one ally; for a group, what levers do and what money buys."""
    told: list[str] = []
    if len(advice.members) == 1:
        try:
            held = account(world, advice.members[0])
        except InputError:
            held = None
        told += [] if held is None else [_place(held, advice), _help(held), *_bomb(held, advice)]
    return (*told, *_levers(advice), _money(advice))


def _place(held: Account, advice: Advice) -> str:
    """Its worst challenger, where, and what follows from the balance."""
    challenger, front = held.need.challenger, held.need.front
    pairs = held.world.pairs
    pair = np.flatnonzero((pairs.challenger == challenger) & (pairs.target == front))[0]
    water = pairs.theatre[pair] == "maritime"
    way = "by land" if pairs.land[pair] > 0.0 else "across water" if water else "over a distance"
    alone = advice.beside["alone"]
    at = f" at {held.front_name}" if held.borrowed else ""
    lost = f"would lose to it without {held.guarantor_name} {of_the_time(alone)}"
    told = f"It faces {held.challenger_name}{at} {way}, and in {advice.scenario.last} {lost}"
    if alone >= HOPELESS:
        return sentence(
            f"{told}: its own forces do not stop that challenger, so what counts is who else would come, and how dear "
            "a challenge is made"
        )
    if alone > EVEN:
        return sentence(f"{told}: the balance is open, so its own forces, and its pool's, decide much")
    return sentence(
        f"{told}: what it and its neighbours have mostly holds, and the guarantor insures against the worst"
    )


def _help(held: Account) -> str:
    """Who else helps."""
    share = percent(held.today_overall.value)
    rests = f"{share} % of what would fight for it today would go with {held.guarantor_name}"
    place = held.muster.pool_of.get(held.row)
    if place is None:
        return sentence(f"{rests}, and it is in no pool: nobody else is bound to come")
    return sentence(f"{rests}; its pool, {held.world.pools.name[place]}, is the other source of help")


def _bomb(held: Account, advice: Advice) -> list[str]:
    """What a bomb of its own would have to begin from, where portfolios may begin with a programme."""
    states, row = held.world.states, held.row
    if states.warheads[row] > 0.0:
        return ["It has nuclear weapons of its own."]
    armed = "has" if states.warheads[held.need.challenger] > 0.0 else "has not"
    begun = "" if STATUS_LEVER in advice.moves.levers else ", and the search leaves a programme out"
    latency = significant(float(states.latency[row]))
    return [sentence(f"Its nuclear latency is {latency} of 1, and its challenger {armed} the bomb{begun}")]


def _levers(advice: Advice) -> list[str]:
    """What lowers and what raises expected loss over all portfolios tried."""
    effects = {name: x for name, x in advice.moves.levers.items() if name not in RULE and abs(x) >= TELLS}
    lower = [LEVER_WORDS[name] for name, x in sorted(effects.items(), key=lambda pair: pair[1]) if x < 0.0]
    higher = [LEVER_WORDS[name] for name, x in sorted(effects.items(), key=lambda pair: -pair[1]) if x > 0.0]
    told = []
    if lower:
        told.append(sentence(f"Over the portfolios tried, loss is lowered most by {listed(lower[:3])}"))
    if higher:
        told.append(sentence(f"It is raised by {listed(higher[:3])}: money that goes there is missing elsewhere"))
    return told


def _money(advice: Advice) -> str:
    """What a further per cent of product buys."""
    worth = advice.moves.worth
    if worth < LITTLE:
        return (
            f"A further per cent of product spent takes {significant(max(worth, 0.0))} % of product off the expected "
            "loss: in expectation it does not pay for itself, and is a premium against the worst futures."
        )
    return f"A further per cent of product spent takes {significant(worth)} % of product off the expected loss" + (
        ", more than it costs." if worth > 1.0 else ", less than it costs: the rest is a premium against the worst."
    )


def name_of(members: tuple[str, ...], world: World, asked: str) -> str:
    """How the ally, or the group that was asked for, is called in running text."""
    if len(members) > 1:
        return asked
    return country(world.states.name[world.index(members[0])])
