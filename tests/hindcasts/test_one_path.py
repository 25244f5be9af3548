"""One dyad-year through the engine's path and through the hindcasts': the same covariates, memory, tree and number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from foedus.calibration.pairs import structure
from foedus.calibration.pairs.dyads import DyadYears, read_pairs
from foedus.engine.chunk import run_chunk
from foedus.engine.situation import Situation
from foedus.engine.standoff import Standoff
from foedus.engine.state import State
from foedus.engine.threat import foresee
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import load_ensemble
from foedus.panels import DataFolder
from foedus.past import world_of
from foedus.posture import Scenario
from foedus.study import Study

pytestmark = pytest.mark.data

YEAR = 1995
MEMBER = 7
WHAT_ARMS_AND_PATRONS_BRING = (
    "log_challenger",
    "log_alone",
    "log_helped",
    "at_start",
    "inclination",
    "vulnerability",
    "aided",
    "belief_ally",
    "belief_adversary",
    "reliable",
    "target_nuclear_cost",
    "guarantor_nuclear_cost",
)
"""Read from stocks, bases and posture in a run, from capabilities and treaties in the record: given alike to both."""


def seen_by_the_engine(data: Path, values: dict[str, float]) -> tuple[Standoff, np.ndarray, np.ndarray]:
    """Standoffs of the first year of the world of `YEAR`, and the codes of challenger and target."""
    scenario = Scenario.of("steady", None, years=(2026, 2026), futures=1).but(
        first=YEAR, last=YEAR, fixed=tuple(values.items())
    )
    study, seen = Study(scenario, world_of(YEAR, data), load_ledger()), []

    def watch(situation: Situation, _: State) -> None:
        seen.append(situation.standoffs)

    run_chunk(study.setting(0, "posture"), watch)
    code = np.array([state.ccode for state in study.world.tables.states])
    return seen[0], code[study.layout.challenger], code[study.layout.target]


def fillers(data: Path) -> set[frozenset[int]]:
    """Pairs that the contiguity file lists as not touching, which the onset sample takes in and counts as near."""
    spells = DataFolder(data).read("cow_contiguity").filter(pl.col("conttype") == 0)
    return {frozenset(codes) for codes in spells.select("ccode1", "ccode2").iter_rows()}


def both(pairs: DyadYears, challenger: np.ndarray, target: np.ndarray) -> list[tuple[int, int, int]]:
    """Place in the engine, row of the record, and side that challenges, of every pair that both have."""
    place = {ends: i for i, ends in enumerate(zip(challenger.tolist(), target.tolist(), strict=True))}
    found = []
    for row in pairs.within((YEAR + 1, YEAR + 1)).tolist():
        one, two = int(pairs.frame["ccode1"][row]), int(pairs.frame["ccode2"][row])
        found += [(place[ends], row, side) for side, ends in ((0, (one, two)), (1, (two, one))) if ends in place]
    return found


def test_a_dyad_year_is_the_same_number_in_the_engine_and_in_the_hindcast(data: Path) -> None:
    member = load_ensemble("record-1989").values()[MEMBER]
    p = structure.held_values() | member
    pairs = read_pairs(DataFolder(data))
    engine, challenger, target = seen_by_the_engine(data, p)
    listed = fillers(data)
    ends = [frozenset(pair) for pair in zip(challenger.tolist(), target.tolist(), strict=True)]
    shared = [found for found in both(pairs, challenger, target) if ends[found[0]] not in listed]
    assert len(shared) > 400
    place, row, side = (np.array(x) for x in zip(*shared, strict=True))

    hostile = structure.hostilities(pairs.history, p)[:, row]
    record = structure.standoff(structure.face(pairs, row), p, hostile)

    def of_side(values: Any) -> np.ndarray:
        wide = np.broadcast_to(np.asarray(values, dtype=float), (2, len(row)))
        return np.asarray(wide[side, np.arange(len(row))])

    ours = {name: np.asarray(values)[place, 0] for name, values in vars(engine).items() if np.ndim(values) == 2}
    theirs = {name: of_side(values) for name, values in vars(record).items()}
    history, column = pairs.history, pairs.history.column[row]
    same = history.rival[column, history.pair[row]] == history.rival[column - 1, history.pair[row]]
    assert same.mean() > 0.95, "a rivalry that begins in the year itself is known to the record, and to nobody before"
    for name in ("stake", "hostility", "challenge_cost", "war_cost", "limited_cost", "recognition_gain"):
        wide = np.broadcast_to(ours[name], place.shape)
        np.testing.assert_allclose(wide[same], theirs[name][same], atol=2e-5, err_msg=name)

    alike = Standoff(**(ours | {name: theirs[name] for name in WHAT_ARMS_AND_PATRONS_BRING}))
    chance = np.asarray(foresee(alike, p).challenge)  # type: ignore[arg-type]
    solved = structure.solve(structure.face(pairs, row), p, hostile)
    np.testing.assert_allclose(chance[same], solved.challenge[side, np.arange(len(row))][same], rtol=2e-4)
