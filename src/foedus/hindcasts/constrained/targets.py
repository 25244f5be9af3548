"""Targets: what history showed that runs on past worlds answer to, each with the width by which the two may differ.

Only what no parameter was taken from may be a target: disputes are in the likelihood of the pairs, and the counts of
nuclear programmes and the speed of budgets gave the ledger its ranges. Each is a change over a few years under a shock
that the record gives as an input. Its tolerance is how much such changes differ between ordinary years, or the standard
error of the record's figure; the luck of a run comes on top of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from foedus.hindcasts import europe, experiments, hosts
from foedus.hindcasts.experiments import Experiment, Floats, path, shocked
from foedus.panels.files import DataFolder
from foedus.past import Past, measured, run_past, world_of
from foedus.posture import Change
from foedus.world import World

MEDIAN_ERROR = 1.2533
"""standard error of a median over that of a mean, of normal cases"""


@dataclass(frozen=True)
class Runs:
    """How past worlds are run for targets: every run draws the same parameters in the same futures."""

    folder: DataFolder
    ensemble: str
    futures: int
    seed: int
    threads: int

    def of(self, world: World, last: int) -> Callable[..., Past]:
        """What runs a world to a year, given a posture and events."""
        return partial(
            run_past, world, last, futures=self.futures, seed=self.seed, threads=self.threads, ensemble=self.ensemble
        )


@dataclass(frozen=True)
class Shown:
    """A target as runs and record show it.

    drawn      [F] in each future
    record     in the record
    tolerance  by which the record may differ from what was to be expected, luck of the run aside
    """

    drawn: Floats
    record: float
    tolerance: float


@dataclass(frozen=True)
class PastTarget:
    """Something history showed.

    name   of the hindcast that asks the same, and which of its figures
    what   is measured, in words
    until  last year of it
    show   makes runs and record comparable
    """

    name: str
    what: str
    until: int
    show: Callable[[Runs], Shown]


def _excess(test: Experiment, runs: Runs) -> Shown:
    folder = runs.folder
    past = runs.of(world_of(test.year, folder), test.last)(posture=test.shock(folder), events=test.events)
    ours, theirs = (past.rise(isos, test.since, test.until).mean(axis=0) for isos in (test.exposed, test.others))
    seen, beside = (measured.rise(folder, isos, test.since, test.until).mean() for isos in (test.exposed, test.others))
    usual = measured.usual_spread(folder, test.exposed, test.others, test.until - test.since, test.year)
    return Shown(ours - theirs, float(seen - beside), float(usual))


def _drawdown(runs: Runs) -> Shown:
    world, allies, leave, thaw = europe.drawdown_setting(runs.folder)
    drawn = np.median(runs.of(world, 1995)(posture=leave, events=thaw).rise(allies, 1988, 1995), axis=0)
    record = measured.rise(runs.folder, allies, 1988, 1995)
    return Shown(drawn, float(np.median(record)), float(MEDIAN_ERROR * record.std() / np.sqrt(len(record))))


def _nato_rise(runs: Runs) -> Shown:
    world, members, turn = europe.gradient_setting(runs.folder)
    past = runs.of(world, 2024)(events=(turn,))
    rows = [past.state(iso) for iso in members]
    drawn = 100.0 * (past.spending[-1, rows] - past.spending[1, rows]).mean(axis=0)
    before, after = (measured.defence_share(runs.folder, members, year) for year in (2014, 2024))
    rise = 100.0 * (after - before)
    return Shown(drawn, float(rise.mean()), float(rise.std() / np.sqrt(len(rise))))


def _hosts(kind: str, runs: Runs) -> Shown:
    found = []
    for year in hosts.YEARS:
        world = world_of(year, runs.folder)
        members, others = hosts.hosts_of(world, measured.members_of_nato(runs.folder, year))
        isos = members if kind == "in_nato" else others
        if isos:
            run, cut = runs.of(world, year + hosts.WINDOW), path((year, 1.0), (year + 1, hosts.HALF))
            halved = run(posture=shocked("halved", [Change(iso, "troops", cut) for iso in (*members, *others)]))
            span = (isos, year, year + hosts.WINDOW)
            found.append((halved.rise(*span) - run().rise(*span)).mean(axis=0) / np.log(hosts.HALF))
    seen = hosts.record(runs.folder)[kind]
    return Shown(np.mean(found, axis=0), seen.value, seen.error)


def _experiments() -> tuple[PastTarget, ...]:
    return tuple(
        PastTarget(test.name, experiments.EXCESS, test.run.until, partial(_excess, test.run))
        for test in experiments.TESTS
        if isinstance(test.run, Experiment)
    )


def targets() -> tuple[PastTarget, ...]:
    """Every target, by its last year."""
    found = (
        *_experiments(),
        PastTarget("drawdown-1991", "change of the median ally's burden, log points", 1995, _drawdown),
        PastTarget("nato-gradient-2014, mean", "mean rise of allies' burdens, points of GDP", 2024, _nato_rise),
        PastTarget("hosts-of-troops, NATO", hosts.IN_NATO, hosts.LAST, partial(_hosts, "in_nato")),
        PastTarget("hosts-of-troops, no pact", hosts.WITHOUT_PACT, hosts.LAST, partial(_hosts, "without_pact")),
    )
    return tuple(sorted(found, key=lambda target: target.until))
