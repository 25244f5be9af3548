"""Nuclear proliferation: counts since 1945 and the hazard of pursuit, by running the worlds of past years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.estimators import scores
from foedus.estimators.resample import GroupDraws, interval
from foedus.hindcasts.experiments import runner, spread
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered
from foedus.panels.files import DataFolder
from foedus.past import Archive, Past, world_of
from foedus.terms import NuclearStatus

BEGIN, END = 1955, 2015
DECADES = (1955, 1965, 1975, 1985, 1995, 2005)
WINDOW = 10
STATUS = "nuclear_proliferation_status"
STEPS = {"explore": 1, "pursue": 2, "acquire": 3}
TALLY = {"explore": (31.0, 8.0), "pursue": (17.0, 5.0), "acquire": (10.0, 3.0)}
"""States that ever explored, pursued, acquired 1945-2015 in Bleek's coding, and the width a model must meet."""

VINTAGE = "worlds of NMC 7.0, ATOP 5.1, TSS, GML 2.2.1, nu-CLEAR; status by Bleek (2023)"


def statuses(folder: DataFolder, year: int) -> dict[str, int]:
    """Status of every state on record in a year, by ISO code."""
    found = Archive(folder, year).by_state(STATUS, "nuclear_weapons_status", 1)
    return {iso: int(value) for iso, (_, value) in found.items()}


def highest(folder: DataFolder, first: int, last: int) -> dict[str, int]:
    """Highest status of every state over years, both included, by ISO code."""
    frame = Archive(folder, last).years(STATUS, last - first + 1)
    rows = frame.group_by("iso3").max().select("iso3", "nuclear_weapons_status").drop_nulls().iter_rows()
    return {iso: int(status) for iso, status in rows}


def counts(setting: HindcastSetting) -> Found:
    """Run the world of 1955 to 2015 and count states that ever took each step, those of before 1955 included."""
    folder = setting.folder
    world = world_of(BEGIN, folder)
    past = runner(world, END, setting)()
    before, since = highest(folder, 1945, BEGIN), highest(folder, BEGIN, END)
    reached = past.nuclear.max(axis=0)
    names = world.states.iso3
    earlier = np.array([before.get(iso, 0) for iso in names])[:, None]
    inside = {iso for iso, status in since.items() if iso in names and status > NuclearStatus.NONE}
    figures = []
    for step, level in STEPS.items():
        total = (np.maximum(reached, earlier) > level - 0.5).sum(axis=0).astype(float)
        record = sum(max(before.get(iso, 0), since.get(iso, 0)) >= level for iso in names)
        already = int((earlier >= level).sum())
        note = f"{already} had by {BEGIN}; the record is of the states of {BEGIN}"
        figures.append(spread(f"states that ever {step}", total, published=float(record), note=note))
    everybody = {iso for iso, status in since.items() if status > NuclearStatus.NONE}
    outside = sorted(everybody - inside)
    late = ", ".join(outside) or "none of them counts"
    why = (
        "The hazards' baselines in the ledger come from these very counts, so a pass would show only that the "
        f"mechanisms around them do not spoil it. States born later are in no future of the world of {BEGIN}: {late}"
    )
    return Found(tuple(figures), rows=len(names), why=why)


@dataclass(frozen=True)
class Hazard:
    """One row a state and decade, for states not yet pursuing when it begins; arrays are [n]."""

    chance: NDArray[np.float64]
    event: NDArray[np.float64]
    size: NDArray[np.float64]
    latency: NDArray[np.float64]
    status: NDArray[np.float64]
    state: NDArray[np.str_]
    decade: NDArray[np.int64]


def pursuit(setting: HindcastSetting) -> Found:
    """From the worlds of six decades, the chance that each state begins to pursue within ten years."""
    rows = _hazards(setting)
    area = scores.auc(rows.event, rows.chance)
    states = np.unique(rows.state, return_inverse=True)[1].astype(np.int64)
    low, high = interval(GroupDraws(states, setting.draws).auc(rows.event, rows.chance))
    rate = _rate_before(rows)
    skill = 1.0 - scores.brier(rows.event, rows.chance) / scores.brier(rows.event, rate)
    figures = (
        FoundMeasure("AUC of pursuit", area, low, high, baseline=0.5, note="baseline: the intercept alone"),
        FoundMeasure("AUC of product alone", scores.auc(rows.event, _ranked(rows.size))),
        FoundMeasure("AUC of latency alone", scores.auc(rows.event, _ranked(rows.latency))),
        FoundMeasure(
            "AUC of exploring already, alone", scores.auc(rows.event, rows.status / 3.0), note="no model needed"
        ),
        FoundMeasure("Brier skill over the rate so far", skill),
        FoundMeasure("expected starts", float(rows.chance.sum()), published=float(rows.event.sum())),
    )
    why = (
        "Latency is of one fit over 1938-2001, made with hindsight, and who explores already is known at the start of "
        "each decade: compare with ranking by that alone"
    )
    return Found(figures, rows=len(rows.event), events=int(rows.event.sum()), why=why)


def _hazards(setting: HindcastSetting) -> Hazard:
    folder = setting.folder
    rows: list[tuple[tuple[float, ...], str, int]] = []
    for year in DECADES:
        world = world_of(year, folder)
        past = runner(world, year + WINDOW, setting)()
        later = highest(folder, year + 1, year + WINDOW)
        chance = _chance_of_pursuit(past)
        status = statuses(folder, year)
        for i, iso in enumerate(world.states.iso3):
            if status.get(iso, 0) < STEPS["pursue"] and iso in later:
                begins = float(later[iso] >= STEPS["pursue"])
                size, latent = float(world.states.gdp[i]), float(world.states.latency[i])
                figures = (float(chance[i]), begins, size, latent, float(status.get(iso, 0)))
                rows.append((figures, iso, year))
    chances, event, gdp, latency, before = np.array([figures for figures, _, _ in rows]).T
    states, decades = np.array([iso for _, iso, _ in rows]), np.array([year for _, _, year in rows])
    return Hazard(chances, event, gdp, latency, before, states, decades)


def _chance_of_pursuit(past: Past) -> NDArray[np.float64]:
    """Share of futures in which each state ever pursues, [S]."""
    return np.asarray((past.nuclear.max(axis=0) > STEPS["pursue"] - 0.5).mean(axis=1), dtype=float)


def _rate_before(rows: Hazard) -> NDArray[np.float64]:
    """The intercept alone: the rate of starts in decades already over; the first decade is given its own."""
    rate = np.zeros(len(rows.event))
    for year in np.unique(rows.decade):
        known = rows.decade < year if year > DECADES[0] else rows.decade == year
        rate[rows.decade == year] = rows.event[known].mean()
    return rate


def _ranked(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks scaled to 0-1, for a score that asks only about order."""
    from scipy.stats import rankdata

    return np.asarray(rankdata(values) / (len(values) + 1.0))


TESTS = (
    Registered(
        name="nuclear-counts",
        theme="nuclear",
        kind="in sample",
        question="From the world of 1955, how many states explore, pursue and acquire the bomb by 2015?",
        vintage=VINTAGE,
        train=None,
        test=(BEGIN, END),
        baseline="",
        published="Bleek's coding, states of the world of 1955",
        criteria=tuple(
            Criterion(f"states that ever {step}", middle - width, middle + width, why=f"{middle:.0f} ± {width:.0f}")
            for step, (middle, width) in TALLY.items()
        ),
        run=counts,
        needs="engine",
        quick=False,
    ),
    Registered(
        name="nuclear-pursuit-by-decade",
        theme="nuclear",
        kind="in sample",
        question="Does the model know, decade by decade, who will pursue the bomb?",
        vintage=VINTAGE,
        train=None,
        test=(DECADES[0], DECADES[-1] + WINDOW),
        baseline="the intercept alone",
        published="starts counted in Bleek's coding",
        criteria=(
            Criterion("AUC of pursuit", low=0.1, against="baseline", why="better than knowing nobody"),
            Criterion("Brier skill over the rate so far", low=0.0, why="Bell: few models beat the trivial one"),
        ),
        run=pursuit,
        needs="engine",
        quick=False,
    ),
)
