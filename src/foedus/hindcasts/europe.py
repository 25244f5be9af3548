"""Europe as the Soviet threat went and the Russian one came: the drawdown of 1991 and the gradient of 2014."""

from __future__ import annotations

import numpy as np

from foedus.hindcasts.experiments import VINTAGE, path, recorded_troops, runner, shocked, spread
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered
from foedus.panels.files import DataFolder
from foedus.past import measured, world_of
from foedus.posture import Event, Posture
from foedus.world import World

NOT_SPENDING = ("USA", "CAN", "ISL")
"""Members of NATO left out: the guarantor, one across the ocean, one without forces."""

THAW = -0.3
"""What the end of the cold war takes from Soviet hostility to each state it was hostile to, by 1991 (A)."""

CRIMEA, INVASION = 0.2, 0.3
"""What Crimea (2014) and the invasion of Ukraine (2022) add to Russia's hostility, the same toward every state it
already faced, so that any gradient is the model's own (A)."""


def drawdown_setting(folder: DataFolder) -> tuple[World, tuple[str, ...], Posture, tuple[Event, ...]]:
    """The world of 1988, its allies in Europe, US troops as they left, and the thaw."""
    allies = tuple(iso for iso in measured.members_of_nato(folder, 1988) if iso not in NOT_SPENDING)
    leave = shocked("drawdown", [recorded_troops(folder, iso, range(1988, 1996)) for iso in allies])
    thaw = tuple(Event("RUS", scope, path((1988, 0.0), (1991, THAW))) for scope in ("Europe", "USA"))
    return world_of(1988, folder), allies, leave, thaw


def gradient_setting(folder: DataFolder) -> tuple[World, tuple[str, ...], Event]:
    """The world of 2013, its members of NATO, and Russia's turn on its neighbours."""
    members = tuple(iso for iso in measured.members_of_nato(folder, 2013) if iso not in NOT_SPENDING)
    turn = Event("RUS", "all", path((2013, 0.0), (2014, CRIMEA), (2021, CRIMEA), (2022, INVASION)))
    return world_of(2013, folder), members, turn


def drawdown(setting: HindcastSetting) -> Found:
    """The world of 1988, the year before the wall fell: US troops leave Europe as they did, Soviet hostility fades."""
    folder = setting.folder
    world, allies, leave, thaw = drawdown_setting(folder)
    run = runner(world, 1995, setting)
    both = run(posture=leave, events=thaw).rise(allies, 1988, 1995)
    troops = run(posture=leave).rise(allies, 1988, 1995)
    neither = run().rise(allies, 1988, 1995)
    record = measured.rise(folder, allies, 1988, 1995)
    middle = np.median(both, axis=0)
    seen = float(np.median(record))
    note = ", ".join(f"{iso} ×{np.exp(x):.2f}" for iso, x in zip(allies, record, strict=True))
    return Found(
        (
            spread("change of the median ally's burden, log points", middle, published=seen, note=note),
            spread("what leaving alone adds", np.median(troops - neither, axis=0)),
            spread("what the thaw takes", np.median(both - troops, axis=0)),
            FoundMeasure("share of futures below the record", float(np.mean(middle < seen))),
        ),
        rows=setting.futures,
    )


def gradient(setting: HindcastSetting) -> Found:
    """The world of 2013: Russia turns on its neighbours in 2014 and 2022."""
    folder = setting.folder
    world, members, turn = gradient_setting(folder)
    km = measured.km_from(folder, "RUS", members, 2013)
    run = runner(world, 2024, setting)
    before, after = (measured.defence_share(folder, members, year) for year in (2014, 2024))
    seen, in_log = 100.0 * (after - before), np.log(after / before)
    model = {}
    for name, events in (("turn", (turn,)), ("none", ())):
        past = run(events=events)
        rows = [past.state(iso) for iso in members]
        model[name] = 100.0 * (past.spending[-1, rows] - past.spending[1, rows])
        if events:
            logs, first = past.rise(members, 2014, 2024), past.spending[1, rows]
    facing = {world.states.iso3[b] for a, b in zip(world.pairs.challenger, world.pairs.target, strict=True)
              if world.states.iso3[a] == "RUS"}  # fmt: skip
    record = (_rank(km, seen), _slope(km, seen), float(seen.mean()))
    ranks = np.array([_rank(km, rise) for rise in model["turn"].T])
    slopes = np.array([_slope(km, rise) for rise in model["turn"].T])
    means = model["turn"].mean(axis=0)
    in_logs = np.array([_rank(km, rise) for rise in logs.T])
    by_share = np.array([_rank(start, rise) for start, rise in zip(first.T, model["turn"].T, strict=True)])
    quiet = np.array([_rank(km, rise) for rise in model["none"].T])
    figures = (
        spread("Spearman, rise against distance from Moscow", ranks, published=record[0]),
        spread("slope, points of GDP per ln km", slopes, published=record[1]),
        spread("mean rise, points of GDP", means, published=record[2]),
        spread("Spearman of the rise in logs", in_logs, published=_rank(km, in_log)),
        spread("Spearman, rise against the share of 2014", by_share, published=_rank(before, seen)),
        spread("Spearman without Russia's turn", quiet),
        FoundMeasure("share of futures with a steeper slope than the record", float(np.mean(slopes < record[1]))),
    )
    why = (
        f"Russia faces {len(facing & set(members))} of {len(members)} allies in the world of 2013. In the model shares "
        "move in proportion to themselves, so the rise follows what an ally spent before more than where it lies"
    )
    return Found(figures, rows=len(members), why=why)


def _rank(km: np.ndarray, rise: np.ndarray) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(km, rise).statistic)


def _slope(km: np.ndarray, rise: np.ndarray) -> float:
    return float(np.polyfit(np.log(km), rise, 1)[0])


TESTS = (
    Registered(
        name="drawdown-1991",
        theme="natural experiments",
        kind="out of sample",
        question="Do burdens in Europe fall when US troops leave and the threat with them?",
        vintage=VINTAGE,
        train=None,
        test=(1989, 1995),
        baseline="",
        published="computed from NMC spending and World Bank product",
        criteria=(
            Criterion("change of the median ally's burden, log points", high=0.0, why="burdens fall"),
            Criterion("what the thaw takes", high=0.0, why="threat dominates credibility"),
            Criterion("share of futures below the record", 0.05, 0.95, why="the record lies in the model's range"),
        ),
        run=drawdown,
        needs="engine",
        quick=False,
    ),
    Registered(
        name="nato-gradient-2014",
        theme="natural experiments",
        kind="out of sample",
        question="Does the rise in NATO allies' burdens from 2014 to 2024 follow the geography of the threat?",
        vintage="worlds of 2013 (NMC 7.0, COW-MID 5.0, TSS, ATOP 5.1); SIPRI shares 2014 and 2024",
        train=None,
        test=(2014, 2024),
        baseline="",
        published="computed from SIPRI shares and capitals, members of 2013",
        criteria=(
            Criterion("Spearman, rise against distance from Moscow", high=-0.5, why="the record shows -.83 or steeper"),
            Criterion("Spearman without Russia's turn", low=-0.4, why="no gradient without a cause"),
            Criterion(
                "share of futures with a steeper slope than the record", 0.05, 0.95, why="the size is in the range"
            ),
        ),
        run=gradient,
        needs="engine",
        quick=False,
    ),
)
