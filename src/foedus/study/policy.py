"""What a scenario orders, as arrays over a world's links, states and pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.engine.layout import Layout
from foedus.engine.setting import Policy, Rule
from foedus.equations.hedging import OPTIONS
from foedus.posture import Doctrine, Event, Posture
from foedus.posture.event import added_hostility
from foedus.posture.scope import covers


def policy_of(
    posture: Posture,
    doctrines: Sequence[Doctrine],
    layout: Layout,
    years: Sequence[int],
    events: Sequence[Event] = (),
) -> Policy:
    """Posture, doctrines and events as arrays over a world's links, states and pairs."""
    states, links = layout.states, layout.links
    pairs = [
        (states.iso3[a], states.iso3[b], states.region[b])
        for a, b in zip(layout.challenger, layout.target, strict=True)
    ]
    allies = [states.iso3[i] for i in links.ally]
    regions = [states.region[i] for i in links.ally]
    guarantors = [states.iso3[i] for i in links.guarantor]
    count = len(states.iso3)
    shares = np.full((len(OPTIONS), count), np.nan, dtype=np.float32)
    spending = np.full(count, np.nan, dtype=np.float32)
    rules: list[Rule] = []
    allied = set(links.ally.tolist())
    for doctrine in doctrines:
        mine = tuple(
            i for i in range(count) if i in allied and covers(doctrine.scope, states.iso3[i], states.region[i])
        )
        fixed = np.array([dict(doctrine.shares).get(name, 0.0) for name in OPTIONS], dtype=np.float32)
        if doctrine.conditions or doctrine.more:
            more = np.array([dict(doctrine.more).get(name, 0.0) for name in OPTIONS], dtype=np.float32)
            rules.append(
                Rule(
                    mine,
                    doctrine.conditions,
                    fixed if doctrine.shares else None,
                    doctrine.spending,
                    more if doctrine.more else None,
                )
            )
            continue
        if doctrine.shares:
            shares[:, list(mine)] = fixed[:, None]
        if doctrine.spending is not None:
            spending[list(mine)] = doctrine.spending
    return Policy(
        name=posture.name,
        levels=posture.levels(allies, regions, guarantors, years),
        switched_off=posture.switched_off(allies, regions, guarantors, years),
        conditional=posture.conditional,
        politics_spread=posture.politics_variance,
        homeland_defence=posture.homeland_defence,
        remedies=dict(posture.remedies),
        option_shares=shares,
        spending=spending,
        rules=tuple(rules),
        hostility=added_hostility(events, pairs, years),
    )
