"""What a scenario orders, and what states have announced, as arrays over a world's links, states and pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.engine.layout import Floats, Layout
from foedus.engine.policy import DatedWars, Planned, Policy, Rule, SecondLevels
from foedus.equations.hedging import OPTIONS
from foedus.posture import Doctrine, Event, Posture
from foedus.posture.event import added_hostility
from foedus.posture.scope import covers
from foedus.posture.war_order import WarOrder, dated_wars
from foedus.world import Plan

FIRM = ("law", "budget")
"""Standing of plans for which money is voted; the others are promised."""


def policy_of(
    posture: Posture,
    doctrines: Sequence[Doctrine],
    layout: Layout,
    years: Sequence[int],
    events: Sequence[Event] = (),
    planned: Planned | None = None,
    wars: Sequence[WarOrder] = (),
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
    shares = np.full((len(OPTIONS), len(states.iso3)), np.nan, dtype=np.float32)
    spending = np.full((len(years), len(states.iso3)), np.nan, dtype=np.float32)
    rules: list[Rule] = []
    for doctrine in doctrines:
        mine, ordered = _covered(doctrine, layout), _ordered(doctrine, years)
        fixed = _by_option(doctrine.shares) if doctrine.shares else None
        held = _held(doctrine, years)
        if doctrine.conditions or doctrine.more or held is not None:
            more = _by_option(doctrine.more) if doctrine.more else None
            covers_it = np.isin(np.arange(len(states.iso3)), mine)
            rules.append(Rule(covers_it, doctrine.conditions, fixed, ordered, more, held))
            continue
        if fixed is not None:
            shares[:, list(mine)] = fixed[:, None]
        if ordered is not None:
            before = spending[:, list(mine)]
            spending[:, list(mine)] = np.where(np.isnan(ordered)[:, None], before, ordered[:, None])
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
        planned=planned,
        second=_second(posture, layout, years),
        wars=None if (found := dated_wars(wars, [pair[:2] for pair in pairs], years)) is None else DatedWars(*found),
    )


def _second(posture: Posture, layout: Layout, years: Sequence[int]) -> SecondLevels | None:
    """What second guarantors give, where the posture says anything of it."""
    links, states = layout.backing.links, layout.states
    ends = [
        (states.iso3[guarantor], states.iso3[ally], states.region[ally])
        for guarantor, ally in zip(links.guarantor, links.ally, strict=True)
    ]
    found = posture.second(ends, years)
    return None if found is None else SecondLevels(*found)


def ordered_states(doctrines: Sequence[Doctrine], layout: Layout) -> list[str]:
    """Codes (iso3) of allies whose spending a doctrine orders, at least where its conditions hold."""
    found = {place for doctrine in doctrines if doctrine.path is not None for place in _covered(doctrine, layout)}
    return [layout.states.iso3[place] for place in sorted(found)]


def _covered(doctrine: Doctrine, layout: Layout) -> tuple[int, ...]:
    """Allies in a doctrine's scope, by index."""
    states = layout.states
    allied = sorted(set(layout.links.ally.tolist()))
    return tuple(i for i in allied if covers(doctrine.scope, states.iso3[i], states.region[i]))


def _ordered(doctrine: Doctrine, years: Sequence[int]) -> Floats | None:
    """Spending that a doctrine orders, [Y], NaN before its first date; None where it orders none."""
    return None if doctrine.path is None else doctrine.path.at(years, np.nan).astype(np.float32)


def _held(doctrine: Doctrine, years: Sequence[int]) -> tuple[int, int] | None:
    """First and last year in which a doctrine decides, as places in `years`; None where nothing bounds it."""
    if doctrine.since is None and doctrine.until is None:
        return None
    first, last = doctrine.since, doctrine.until
    return (0 if first is None else first - years[0], len(years) - 1 if last is None else last - years[0])


def _by_option(values: tuple[tuple[str, float], ...]) -> Floats:
    return np.array([dict(values).get(name, 0.0) for name in OPTIONS], dtype=np.float32)


def planned_of(plans: Sequence[Plan], layout: Layout, start: int, years: Sequence[int]) -> Planned | None:
    """What states have announced as arrays over years; None where no state of a layout has announced any.

    start  year of the world's facts; what is announced for it or before counts from it on
    years  the years that are run, none before `start`

    A path goes straight from the share of the start through its points, and stays at the last.
    """
    names, shares = layout.states.iso3, layout.states.defence_share
    rise = np.zeros((2, len(years), len(names)), dtype=np.float32)
    ends = np.full(len(names), -1)
    last = {name: (start, float(share)) for name, share in zip(names, shares, strict=True)}
    for plan in sorted(plans, key=lambda plan: plan.year):
        if plan.ally not in last:
            continue
        place, (since, before) = names.index(plan.ally), last[plan.ally]
        until = max(plan.year, start)
        done = np.ones(len(years)) if until == since else np.interp(years, (since, until), (0.0, 1.0))
        rise[0 if plan.status in FIRM else 1, :, place] += done * (plan.share - before)
        ends[place], last[plan.ally] = until, (until, plan.share)
    found = ends >= 0
    if not found.any():
        return None
    return Planned(rise, np.asarray(years)[:, None] <= ends, found)
