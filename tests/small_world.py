"""A world small enough to reason about: one guarantor, one nuclear rival, three allies at different distances."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from foedus.engine.layout import Layout
from foedus.engine.models import HelperFacts, Helpers
from foedus.equations.intervention import GREAT_POWER
from foedus.terms import Channel
from foedus.world.model import Disputes, Links, Pairs, Pools, States
from foedus.world.sponsored import Fighters

NAMES = ("GUA", "RIV", "EAS", "COR", "FAR")


def states() -> States:
    """Guarantor, rival, and allies East (near, small), Core (big) and Far."""

    def col(*values: float) -> np.ndarray:
        return np.array(values, dtype=float)

    total = col(3000, 900, 60, 300, 100)
    shares = np.array([0.30, 0.30, 0.22, 0.18])
    return States(
        iso3=NAMES,
        name=("Guarantor", "Rival", "East", "Core", "Far"),
        region=("Americas", "Europe", "Europe", "Europe", "Indo-Pacific"),
        population=col(330, 140, 6, 80, 25),
        gdp=col(29000, 2200, 150, 4500, 1700),
        growth=col(0.02, 0.015, 0.025, 0.012, 0.02),
        debt=col(1.2, 0.2, 0.4, 0.6, 0.5),
        defence_share=col(0.033, 0.06, 0.03, 0.018, 0.02),
        habit=col(0.033, 0.045, 0.025, 0.015, 0.02),
        price_level=col(1.0, 2.2, 1.5, 1.1, 1.0),
        price_level_low=col(1.0, 1.8, 1.3, 1.0, 0.9),
        price_level_high=col(1.0, 2.7, 1.8, 1.2, 1.1),
        personnel=col(1300, 1100, 15, 180, 60),
        warheads=col(3700, 4300, 0, 0, 0),
        warheads_low=col(3700, 4300, 0, 0, 0),
        warheads_high=col(3700, 4300, 0, 0, 0),
        homeland_reach=col(1700, 1700, 0, 0, 0),
        reach_low=col(1700, 1700, 0, 0, 0),
        reach_high=col(1700, 1700, 0, 0, 0),
        latency=col(1, 1, 0.1, 0.8, 0.4),
        nuclear_pursuit=col(3, 3, 0, 0, 0),
        bomb_opinion=np.full(5, np.nan),
        democracy=col(0.8, 0.1, 0.9, 0.9, 0.9),
        ideal_point=col(2.0, -1.0, 1.2, 1.3, 1.6),
        latitude=col(38.9, 55.8, 57.0, 52.5, -35.3),
        longitude=col(-77.0, 37.6, 24.1, 13.4, 149.1),
        missile_defence=col(0.02, 0.0, 0.0, 0.0, 0.0),
        stocks=total[:, None] * shares,
        usable_low=np.ones(5),
        usable_high=np.ones(5),
        abroad_war=col(0, 0, 0.02, 0.05, 0.1),
        abroad_blockade=col(0, 0, 0, 0, 0.05),
    )


def quiet(pairs: int, years: int = 51) -> Disputes:
    """Fifty years in which nothing passed between the states of any pair, and none was a rival."""
    nothing = np.zeros((years, pairs))
    return Disputes(2027 - years, np.ones((years, pairs)), nothing, nothing, nothing, nothing)


def pairs() -> Pairs:
    """Rival against each ally and the guarantor, and back; East may also challenge its rival."""
    challenger = np.array([1, 1, 1, 1, 0, 2])
    target = np.array([2, 3, 4, 0, 1, 1])
    hostility = np.array([0.5, 0.6, 0.3, 0.7, 0.6, 0.6])
    stakes = np.array([1.2, 1.0, 0.8, 1.0, 1.0, 0.9])
    return Pairs(
        challenger=challenger,
        target=target,
        distance=np.array([300.0, 1600.0, 9000.0, 7800.0, 7800.0, 300.0]),
        hostility=hostility,
        capitals=np.array([600.0, 1600.0, 14500.0, 7800.0, 7800.0, 600.0]),
        nearest=np.array([0.0, 900.0, 9000.0, 80.0, 80.0, 0.0]),
        land=np.array([1.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
        water=np.array([0.0, 0.0, 0.0, 1.0, 1.0, 0.0]),
        one_major=np.array([1.0, 0.0, 1.0, 0.0, 0.0, 1.0]),
        two_majors=np.array([0.0, 1.0, 0.0, 1.0, 1.0, 0.0]),
        size=np.array([0.2, 2.1, 1.2, 3.2, 3.2, 0.2]),
        owes=np.zeros(6),
        democracy=np.full(6, 0.1),
        claim=np.array([1.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
        rival=np.array([1.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
        value=stakes,
        value_low=stakes,
        value_high=stakes,
        overlay=np.zeros(6),
        overlay_low=np.zeros(6),
        overlay_high=np.zeros(6),
        at_war=np.zeros(6),
        war_years=np.zeros(6),
        front=np.zeros(6),
        front_low=np.zeros(6),
        front_high=np.zeros(6),
        past=quiet(6),
        pair_class=("rival", "major", "major", "rival", "rival", "rival"),
        theatre=("land", "land", "maritime", "maritime", "maritime", "land"),
        reason=("rivalry",) * 6,
    )


def links() -> Links:
    """The guarantor's pledges to its three allies."""
    channels = np.full((3, len(Channel)), 0.8)
    channels[:, Channel.PLEDGE] = 1.0
    channels[:, Channel.MONEY] = 0.1
    return Links(
        guarantor=np.zeros(3, dtype=np.intp),
        ally=np.array([2, 3, 4]),
        channels=channels,
        channels_low=channels,
        channels_high=channels,
        troops=np.array([5000.0, 35000.0, 2000.0]),
        troops_low=np.array([5000.0, 35000.0, 2000.0]),
        troops_high=np.array([5000.0, 35000.0, 2000.0]),
        distance=np.array([6500.0, 6500.0, 9000.0]),
        stakes=np.array([0.4, 0.7, 0.6]),
        stakes_low=np.array([0.4, 0.7, 0.6]),
        stakes_high=np.array([0.4, 0.7, 0.6]),
        access=np.array([0.4, 0.9, 0.5]),
        dependence=np.full((3, 4), 0.6),
        basis=("treaty",) * 3,
    )


def helpers(found: Layout) -> Helpers:
    """Of the guarantor, a great power, and of Core, a middle one that touches East."""

    def facts(of: Links) -> HelperFacts:
        core = (of.guarantor == 3)[:, None].astype(np.float32)
        level = np.full_like(core, 0.8)
        return HelperFacts(np.float32(GREAT_POWER) - np.float32(0.1) * core, core, 1000.0 * core, level, level)

    return Helpers(facts(found.links), facts(found.backing.links))


def beside(troops: float = 1000.0, **channels: float) -> Links:
    """Core's pledge to East, beside the guarantor's: levels by channel, 0 where none is given."""
    levels = np.zeros((1, len(Channel)))
    for name, level in {"pledge": 0.8, "reinforcement": 0.6, **channels}.items():
        levels[0, Channel.of(name)] = level
    return Links(
        guarantor=np.array([3]),
        ally=np.array([2]),
        channels=levels,
        channels_low=levels,
        channels_high=levels,
        troops=np.array([troops]),
        troops_low=np.array([troops]),
        troops_high=np.array([troops]),
        distance=np.array([900.0]),
        stakes=np.array([0.6]),
        stakes_low=np.array([0.6]),
        stakes_high=np.array([0.6]),
        access=np.zeros(1),
        dependence=np.zeros((1, 4)),
        basis=("treaty",),
    )


def fighters(on: bool = False, **figures: float) -> Fighters:
    """A group on Far's soil that the rival sponsors against East; on campaign at the start where `on`."""
    held = {"loss": 0.01, "host_loss": 0.05, "tied": 0.2, **figures}
    campaign = np.zeros((51, 1))
    campaign[-1] = float(on)
    return Fighters(
        group=("group",),
        sponsor=np.array([1]),
        host=np.array([4]),
        target=np.array([2]),
        first=1976,
        campaign=campaign,
        **{f"{name}{end}": np.array([value]) for name, value in held.items() for end in ("", "_low", "_high")},
    )


def pools() -> Pools:
    """East and Core plan to fight together."""
    return Pools(
        name=("East and Core",),
        members=(np.array([2, 3]),),
        interoperability=np.array([0.6]),
        resolve=np.array([0.4]),
    )


def no_pools() -> Pools:
    """Nobody plans to fight together."""
    return Pools(name=(), members=(), interoperability=np.zeros(0), resolve=np.zeros(0))


def thin_picture() -> np.ndarray:
    """Stocks [S, D] in which the allies have little C4ISR of their own."""
    stocks = states().stocks.copy()
    stocks[2:] = stocks[2:].sum(axis=1, keepdims=True) * np.array([0.36, 0.34, 0.25, 0.05])
    return stocks


def with_regional_rival(states: States, pairs: Pairs) -> tuple[States, Pairs]:
    """A sixth state near Far, as strong as it and without nuclear arms, that alone challenges it."""
    copied = {}
    for field in fields(states):
        values = getattr(states, field.name)
        copied[field.name] = (
            (*values, values[4]) if isinstance(values, tuple) else np.append(values, values[4:5], axis=0)
        )
    copied |= {"iso3": (*states.iso3, "REG"), "name": (*states.name, "Regional rival")}
    challenger = np.where(pairs.target == 4, 5, pairs.challenger)
    distance = np.where(pairs.target == 4, 500.0, pairs.distance)
    return States(**copied), replace(pairs, challenger=challenger, distance=distance)
