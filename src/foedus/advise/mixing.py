"""Postures of the guarantor between those that ship: scaled toward today, and mixed in equal parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foedus.errors import InputError
from foedus.posture import Change, Posture, Schedule
from foedus.posture.posture import SWITCH_OFF
from foedus.posture.scope import EVERYWHERE
from foedus.terms import Channel
from foedus.world import World


def scaled(posture: Posture, part: float) -> Posture:
    """A posture that goes a part of the way from today: half of every cut, remedy and condition at 0.5.

    part  0 to 1; the whole posture at 1

    Raises InputError where it says what second guarantors give.
    """
    _refuse_second(posture)
    if part == 1.0:
        return posture

    def toward(changes: Sequence[Change], today: float) -> tuple[Change, ...]:
        return tuple(
            replace(change, schedule=replace(change.schedule, levels=_toward(change.schedule.levels, today, part)))
            for change in changes
        )

    return replace(
        posture,
        name=f"{posture.name}-at-{100 * part:.0f}",
        changes=toward(posture.changes, 1.0),
        switch_off=toward(posture.switch_off, 0.0),
        remedies=tuple((name, part * level) for name, level in posture.remedies),
        conditional=part * posture.conditional,
        politics_variance=1.0 + part * (posture.politics_variance - 1.0),
        homeland_defence=part * posture.homeland_defence,
    )


def _refuse_second(posture: Posture) -> None:
    """Raise InputError for a posture that says what second guarantors give, which has no middle."""
    if posture.beside:
        msg = f"{posture.name}: says what second guarantors give, and cannot be scaled or mixed"
        raise InputError(msg)


def _toward(levels: Sequence[float], today: float, part: float) -> tuple[float, ...]:
    return tuple(today + part * (level - today) for level in levels)


def mixed(first: Posture, second: Posture, guarantor: str, world: World, years: Sequence[int]) -> Posture:
    """Two postures in equal parts: the mean of their levels for every ally, channel and year.

    guarantor  iso3 of the state whose postures they are
    world      whose links they are about
    years      of the runs, in order

    Raises InputError where one says what second guarantors give.
    """
    for one in (first, second):
        _refuse_second(one)
    links, states = world.links, world.states
    mine = np.flatnonzero(links.guarantor == world.index(guarantor))
    allies = [states.iso3[i] for i in links.ally[mine]]
    regions = [states.region[i] for i in links.ally[mine]]
    whose = [guarantor] * len(mine)
    both = [replace(one, guarantor=guarantor) for one in (first, second)]
    levels = np.mean([one.levels(allies, regions, whose, years) for one in both], axis=0)
    denied = np.mean([one.switched_off(allies, regions, whose, years) for one in both], axis=0)
    remedies = {name: 0.0 for one in both for name, _ in one.remedies}
    for one in both:
        for name, level in one.remedies:
            remedies[name] += 0.5 * level
    changes = [c for channel in Channel for c in _changes(channel.key, levels[:, :, channel], 1.0, allies, years)]
    return Posture(
        f"{first.name}-and-{second.name}",
        f"Half {first.name}, half {second.name}",
        "",
        tuple(changes),
        tuple(_changes(SWITCH_OFF, denied, 0.0, allies, years)),
        tuple(remedies.items()),
        0.5 * (first.conditional + second.conditional),
        0.5 * (first.politics_variance + second.politics_variance),
        0.5 * (first.homeland_defence + second.homeland_defence),
        guarantor,
    )


def _changes(
    channel: str, levels: np.ndarray, today: float, allies: Sequence[str], years: Sequence[int]
) -> list[Change]:
    """Changes that give levels [Y, A]: one for all allies where they are alike, none where all is as today."""
    if (levels == levels[:, :1]).all():
        allies, levels = [EVERYWHERE], levels[:, :1]
    return [
        Change(ally, channel, _schedule(column, years))
        for ally, column in zip(allies, levels.T, strict=True)
        if (column != today).any()
    ]


def _schedule(levels: np.ndarray, years: Sequence[int]) -> Schedule:
    """The shortest schedule through levels of every year, [Y]."""
    steps = np.diff(levels)
    kept = [0, *(np.flatnonzero(~np.isclose(steps[1:], steps[:-1], atol=1e-6)) + 1), len(years) - 1]
    places = list(dict.fromkeys(int(place) for place in kept))
    if np.ptp(levels) == 0.0:
        places = [0]
    return Schedule(tuple(years[i] for i in places), tuple(round(float(levels[i]), 6) for i in places))
