"""Whose capability meets the need: own, pool, guarantor by channel, nobody. The shares sum to one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus import terms
from foedus.exposure.counterfactual import Counterfactual
from foedus.exposure.figure import Figure, FigureEvaluation, Switching, combine
from foedus.exposure.muster import Muster
from foedus.exposure.need import Need
from foedus.exposure.steps import PPP
from foedus.exposure.units import Unit
from foedus.exposure.view import SWITCHED, switch_name
from foedus.names import DOMAIN_WORDS, possessive

SHARE = Unit()
COUNT = len(SWITCHED)
COALITIONS = tuple(itertools.product((0.0, 1.0), repeat=COUNT))
"""Every combination of channels withdrawn (0) and provided (1)."""


@dataclass(frozen=True)
class Shares:
    """Shares of what is needed in one domain, or over all of them. They sum to one.

    own      met by the ally itself, with every channel of the guarantor withdrawn from it and its pool: its own force,
             or what it would send where a fellow member is attacked
    pool     what its pool adds, likewise without the guarantor
    rests    what rests on the guarantor, by channel: each channel's mean effect over the orders in which the six
             could be withdrawn (Shapley 1953)
    unmet    met by nobody
    guarantor   all that rests on it, which is the sum of `rests`
    """

    own: Figure
    pool: Figure
    rests: Mapping[str, Figure]
    unmet: Figure
    guarantor: Figure


def shares_of(muster: Muster, ally: int, domain: int, need: Need) -> Shares:
    """Return the shares of one domain."""
    code, name = muster.code(ally), terms.DOMAINS[domain]
    needed, whole = need.needed[domain], muster.together(need.front, domain)
    mine = muster.effective(ally, domain) if need.front == ally else muster.sent(ally, need.front, domain)
    met = combine(
        f"{code} {name} met",
        f"share of the {DOMAIN_WORDS[name]} needed that is met today",
        SHARE,
        (whole, needed),
        lambda held, wanted: np.minimum(held / wanted, 1.0),
        "what would fight over what is needed, at most one",
    )
    own_met = combine(
        f"{code} {name} own over need",
        f"{possessive(muster.name(ally))} own {DOMAIN_WORDS[name]} over what is needed",
        SHARE,
        (mine, needed),
        lambda held, wanted: np.minimum(held / wanted, 1.0),
        "own over needed, at most one",
    )
    own = Counterfactual(
        f"{code} {name} own",
        f"share of {DOMAIN_WORDS[name]} needed that {muster.name(ally)} meets without the guarantor",
        SHARE,
        (own_met,),
        lambda evaluate: evaluate(own_met, OFF, muster.memos),
        "worked out with every channel withdrawn",
    )
    without = Counterfactual(
        f"{code} {name} without guarantor",
        f"share of {DOMAIN_WORDS[name]} needed that is met without the guarantor",
        SHARE,
        (met,),
        lambda evaluate: evaluate(met, OFF, muster.memos),
        "worked out with every channel withdrawn, from the ally and its pool alike",
    )
    pool = (without - own).called(f"{code} {name} pool", f"share of {DOMAIN_WORDS[name]} needed that the pool adds")
    rests = {
        channel: Counterfactual(
            f"{code} {name} {channel}",
            f"share of {DOMAIN_WORDS[name]} needed that rests on the guarantor's {channel.replace('_', ' ')}",
            SHARE,
            (met, muster.switches[channel]),
            _value_of(position, met, muster),
            "mean, over the orders in which six channels could go, of what this one takes away",
        )
        for position, channel in enumerate(SWITCHED)
    }
    guarantor = Counterfactual(
        f"{code} {name} exposure",
        f"share of {DOMAIN_WORDS[name]} needed that rests on {muster.name(muster.guarantor)}",
        SHARE,
        tuple(rests.values()),
        lambda evaluate: evaluate(met, ON, muster.memos) - evaluate(met, OFF, muster.memos),
        "what is met with every channel less what is met with none: the sum over channels",
    )
    unmet = combine(
        f"{code} {name} unmet",
        f"share of {DOMAIN_WORDS[name]} needed that nobody meets",
        SHARE,
        (met,),
        lambda held: 1.0 - held,
        "one less what is met",
    )
    return Shares(own, pool, rests, unmet, guarantor)


def resting_of(muster: Muster, ally: int, domain: int, need: Need) -> Figure:
    """Return the capability needed in a domain that rests on the guarantor, in billions at purchasing power."""
    name, needed, whole = terms.DOMAINS[domain], need.needed[domain], muster.together(need.front, domain)
    met = combine(
        f"{muster.code(ally)} {name} held",
        f"{DOMAIN_WORDS[name]} held today, up to what is needed",
        PPP,
        (whole, needed),
        np.minimum,
        "the lesser of what would fight and what is needed",
    )

    def lost(evaluate: FigureEvaluation) -> Any:
        return evaluate(met, ON, muster.memos) - evaluate(met, OFF, muster.memos)

    return Counterfactual(
        f"{muster.code(ally)} {name} resting",
        f"{DOMAIN_WORDS[name]} that {muster.name(ally)} needs and that rest on {muster.name(muster.guarantor)}",
        Unit.parse(PPP),
        (met,),
        lost,
        "what is held, less what remains of it with every channel withdrawn",
    )


def weighted(code: str, parts: Mapping[str, Shares], weights: tuple[float, ...], guarantor: str) -> Shares:
    """Return shares over all domains: each domain's, weighted as its theatre weighs it in the contest (eq. 6)."""
    held = tuple(parts.values())

    def mean(name: str, label: str, pick: Callable[[Shares], Figure]) -> Figure:
        return over_domains(f"{code} {name}", label, tuple(pick(part) for part in held), weights)

    rests = {
        channel: mean(
            channel,
            f"share of all capability needed that rests on {channel.replace('_', ' ')}",
            lambda part, channel=channel: part.rests[channel],  # type: ignore[misc]
        )
        for channel in SWITCHED
    }
    return Shares(
        own=mean("own", "share of all capability needed that the ally meets itself", lambda part: part.own),
        pool=mean("pool", "share of all capability needed that its pool adds", lambda part: part.pool),
        rests=rests,
        unmet=mean("unmet", "share of all capability needed that nobody meets", lambda part: part.unmet),
        guarantor=mean(
            "exposure", f"share of all capability needed that rests on {guarantor}", lambda part: part.guarantor
        ),
    )


def over_domains(name: str, label: str, parts: tuple[Figure, ...], weights: tuple[float, ...]) -> Figure:
    """Return the mean of shares by domain, weighted as a theatre weighs the domains."""
    return combine(
        name,
        label,
        SHARE,
        parts,
        lambda *values: sum(w * value for w, value in zip(weights, values, strict=True)),
        "domains weighted " + ", ".join(f"{d} {w:.2f}" for d, w in zip(terms.DOMAINS, weights, strict=True)),
    )


def _value_of(position: int, met: Figure, muster: Muster) -> Callable[[FigureEvaluation], Any]:
    """Return the comparison that gives one channel's Shapley value in what is met."""

    def compare(evaluate: FigureEvaluation) -> Any:
        worth = evaluate(met, _EVERY, muster.memos)
        value = np.tensordot(_WEIGHTS[position], np.broadcast_to(worth, (len(COALITIONS), *np.shape(worth)[1:])), 1)
        return np.where(np.abs(value) < TINY, 0.0, value)

    return compare


TINY = 1e-12
"""Below this a share is the rounding of zero."""

ON = Switching({})
"""Every channel as it is."""

OFF = Switching({switch_name(channel): 0.0 for channel in SWITCHED})
"""Every channel withdrawn."""

_EVERY = Switching(
    {switch_name(channel): np.array([[row[i]] for row in COALITIONS]) for i, channel in enumerate(SWITCHED)}
)
"""Every coalition of channels at once, along a leading axis."""


def _weights() -> np.ndarray:
    """[channel, coalition] weight of each coalition's worth in each channel's Shapley value."""
    table = np.zeros((COUNT, len(COALITIONS)))
    for column, coalition in enumerate(COALITIONS):
        size = int(sum(coalition))
        for i, present in enumerate(coalition):
            joined = size - 1 if present else size
            weight = math.factorial(joined) * math.factorial(COUNT - joined - 1) / math.factorial(COUNT)
            table[i, column] = weight if present else -weight
    return table


_WEIGHTS = _weights()
