"""Allies called on: every dispute between two states, and each state that owed the target defence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.pairs.defenders import REACH_BY_LAND, REACH_BY_SEA, read_defenders
from foedus.calibration.pairs.endings import WAR
from foedus.equations import contest
from foedus.ledger import Parameter, load_ledger
from foedus.ledger.ensemble import known_before, named_ensemble
from foedus.panels import DataFolder
from foedus.panels.disputes import read_disputes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FIRST, LAST = 1946, 2010
LEAST_POWER = 1e-6


@dataclass(frozen=True)
class Calls:
    """Cases of a dispute and a defender of its target, [n]; what was known the year before.

    dispute, year, challenger, target, defender    numbers and COW codes
    joined       1 when the defender later joined the target's side
    war          1 when the dispute became a war
    armed        1 when the challenger has nuclear arms
    help_effect  fall in the challenger's chance of winning if the defender fights (eq. 7)
    major        1 when the defender is a major power
    log_km       log of the distance from defender to target, km
    log_ratio    log of the challenger's power over the target's
    """

    dispute: Integers
    year: Integers
    challenger: Integers
    target: Integers
    defender: Integers
    joined: Floats
    war: Floats
    armed: Floats
    help_effect: Floats
    major: Floats
    log_km: Floats
    log_ratio: Floats

    def only(self, kept: NDArray[np.bool_]) -> Calls:
        """Return the cases where `kept` holds."""
        return Calls(**{name: getattr(self, name)[kept] for name in self.__dataclass_fields__})


CONTEST = ("balance_reliability", "decisiveness", "defender_edge")


@cache
def read_calls(folder: DataFolder, before: int | None = None) -> Calls:
    """Read every case of 1946-2010.

    before   what help changes is reckoned with what the record to the year before said of the contest; with the
             ledger's own values, which know the whole record, without it

    A dispute counts when one state on side A opposed one on side B at its start. A defender owed the target
    defence the year before (ATOP) and owed the challenger none. Raises DataError as a panel does.
    """
    opened = _disputes(folder)
    owed = folder.read("atop_dyad_year").filter(pl.col("atop_defense") == 1)
    owed = owed.select("ccode1", "ccode2", pl.col("year") + 1)
    called = opened.join(owed.rename({"ccode1": "defender", "ccode2": "target"}), on=["target", "year"])
    called = called.join(
        owed.rename({"ccode1": "defender", "ccode2": "challenger"}), on=["defender", "challenger", "year"], how="anti"
    ).filter(pl.col("defender") != pl.col("challenger"))
    joiners = folder.read("gml_mid_participants").filter(pl.col("orig") == 0, pl.col("sidea") == 0)
    joiners = joiners.select("dispnum", pl.col("ccode").alias("defender"), joined=pl.lit(1.0)).unique()
    called = called.join(joiners, on=["dispnum", "defender"], how="left").sort("dispnum", "defender")
    return _measured(folder, called.with_columns(pl.col("joined").fill_null(0.0)), before)


def contest_values(before: int | None) -> tuple[float, ...]:
    """Values of `CONTEST`: means of the longest record that ended before a year, means of the priors where none did."""
    ledger = load_ledger()
    if before is None:
        return tuple(ledger[name].default for name in CONTEST)
    ensemble = named_ensemble(known_before(before))
    learnt = {} if ensemble is None else {one.name: one.mean for one in ensemble.learnt}
    return tuple(learnt.get(name, _unread(ledger[name])) for name in CONTEST)


def _unread(parameter: Parameter) -> float:
    """Value of a parameter before any record was read: its prior's mean, the default of one without a prior."""
    return parameter.default if parameter.prior is None else parameter.prior.mean


def _disputes(folder: DataFolder) -> pl.DataFrame:
    codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
    began = read_disputes(folder, "gml", codes).filter(
        pl.col("onset") == 1, pl.col("orig1") == 1, pl.col("orig2") == 1, pl.col("sidea1") == 1
    )
    alone = began.group_by("dispnum").len().filter(pl.col("len") == 1)
    return (
        began.join(alone, on="dispnum")
        .filter(pl.col("year").is_between(FIRST, LAST))
        .select(
            "dispnum", "year", challenger="ccode1", target="ccode2", war=(pl.col("hostlev") == WAR).cast(pl.Float64)
        )
    )


def _measured(folder: DataFolder, called: pl.DataFrame, before: int | None) -> Calls:
    known = read_defenders(folder, FIRST - 1, LAST)
    year, challenger, target, defender = (
        called[c].to_numpy().astype(np.int64) for c in ("year", "challenger", "target", "defender")
    )
    a, b, g = known.number(challenger), known.number(target), known.number(defender)
    row = year - known.first
    lag = np.where(known.alive[row - 1, a, b] & known.alive[row - 1, g, b], row - 1, row)
    power = [np.maximum(known.power[lag, s], LEAST_POWER).astype(float) for s in (a, b)]
    km = known.distance[lag, a, b].astype(float)
    near = km < REACH_BY_LAND
    came = np.log(power[0]) - np.where(near, km / 2 / REACH_BY_LAND, km / REACH_BY_SEA)
    reach = known.distance[lag, g, b].astype(float)
    brought = known.power[lag, g] * contest.delivered_share(reach, REACH_BY_SEA)
    told, sharp, edge = contest_values(before)
    own = np.log(power[1])
    _, effect = contest.contest_with_help(came, own, np.log(power[1] + brought), came - own, told, sharp, np.log(edge))
    return Calls(
        dispute=called["dispnum"].to_numpy().astype(np.int64),
        year=year,
        challenger=challenger,
        target=target,
        defender=defender,
        joined=called["joined"].to_numpy(),
        war=called["war"].to_numpy(),
        armed=known.armed[lag, a].astype(float),
        help_effect=np.asarray(effect, dtype=float),
        major=known.major[lag, g].astype(float),
        log_km=np.log(reach + 1.0),
        log_ratio=np.log(power[0]) - np.log(power[1]),
    )
