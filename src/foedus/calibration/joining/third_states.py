"""Third states asked to join: every dispute between two states, and every other state that owed its target or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.joining.enmity import MEMORY, hostility_between
from foedus.calibration.pairs.defenders import REACH_BY_LAND, REACH_BY_SEA, Defenders, read_defenders
from foedus.calibration.pairs.endings import WAR
from foedus.equations import contest
from foedus.ledger import Parameter, load_ledger
from foedus.ledger.ensemble import known_before, named_ensemble
from foedus.panels import DataFolder, dyad_years
from foedus.panels.disputes import between_two, read_disputes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FIRST, LAST = 1946, 2010
LEAST_POWER = 1e-6
NEAR = (1, 2, 3)
"""Kinds of contiguity that count: by land, or across at most 12 or 24 miles of water."""


@dataclass(frozen=True)
class ThirdStates:
    """Cases of a dispute and a third state, [n].

    dispute, year, challenger, target, defender    numbers and COW codes
    joined       1 when the third state later joined the target's side
    war          1 when the dispute became a war
    owed         1 when it owed the target defence
    """

    dispute: Integers
    year: Integers
    challenger: Integers
    target: Integers
    defender: Integers
    joined: Floats
    war: Floats
    owed: Floats


@dataclass(frozen=True)
class Calls(ThirdStates):
    """Such cases with what was known the year before, [n].

    armed        1 when the challenger has nuclear arms
    help_effect  fall in the challenger's chance of winning if the third state fights (eq. 7)
    major        1 when the third state is a major power
    capability   its share of the world's material capabilities (CINC), 0-1
    contiguous   1 when it and the target touch by land or across at most 24 miles of water
    hostility    of it upon the challenger as the year begins, 0-1 (eqs 31-31b)
    log_km       log of the distance from it to the target, km
    log_ratio    log of the challenger's power over the target's
    """

    armed: Floats
    help_effect: Floats
    major: Floats
    capability: Floats
    contiguous: Floats
    hostility: Floats
    log_km: Floats
    log_ratio: Floats

    def only(self, kept: NDArray[np.bool_]) -> Calls:
        """Return the cases where `kept` holds."""
        return Calls(**{name: getattr(self, name)[kept] for name in self.__dataclass_fields__})

    def within(self, years: tuple[int, int]) -> Calls:
        """Return the cases of disputes that began in some years, both included."""
        return self.only((self.year >= years[0]) & (self.year <= years[1]))

    def defenders(self) -> Calls:
        """Return the cases of states that owed the target defence."""
        return self.only(self.owed == 1.0)


CONTEST = ("balance_reliability", "decisiveness", "defender_edge")


def read_calls(folder: DataFolder, before: int | None = None) -> Calls:
    """Read every defender by treaty of the target of a dispute of 1946-2010; arguments as of `read_third_states`."""
    return read_third_states(folder, before).defenders()


@cache
def read_third_states(folder: DataFolder, before: int | None = None, *, rivals: bool = True) -> Calls:
    """Read every third state in every dispute of 1946-2010.

    before   what help changes and how hostility is kept are reckoned with what the record to the year before said of
             them; with the ledger's own values, which know the whole record, without it
    rivals   whether a strategic rivalry, coded in retrospect, keeps hostility up; without it disputes alone raise it

    A dispute counts when one state on side A opposed one on side B at its start. A third state existed the year before,
    and did not owe the challenger defence then (ATOP). Raises DataError as a panel does.
    """
    known = read_defenders(folder, FIRST - 1, LAST)
    asked = _third_states(folder, known)
    p = _values(MEMORY, before)
    own = hostility_between(
        folder, asked.defender, asked.challenger, asked.year, p | ({} if rivals else {"hostility_of_rivals": 0.0})
    )
    return _measured(folder, known, asked, own, _values(CONTEST, before))


def _values(names: tuple[str, ...], before: int | None) -> dict[str, float]:
    ledger = load_ledger()
    if before is None:
        return {name: ledger[name].default for name in names}
    ensemble = named_ensemble(known_before(before))
    learnt = {} if ensemble is None else {one.name: one.mean for one in ensemble.learnt}
    return {name: learnt.get(name, _unread(ledger[name])) for name in names}


def _unread(parameter: Parameter) -> float:
    """Value of a parameter before any record was read: its prior's mean, the default of one without a prior."""
    return parameter.default if parameter.prior is None else parameter.prior.mean


def _disputes(folder: DataFolder) -> pl.DataFrame:
    codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
    began = between_two(read_disputes(folder, "gml", codes)).filter(pl.col("year").is_between(FIRST, LAST))
    return began.sort("dispnum").select(
        "dispnum", "year", challenger="ccode1", target="ccode2", war=(pl.col("hostlev") == WAR).cast(pl.Float64)
    )


def _third_states(folder: DataFolder, known: Defenders) -> ThirdStates:
    opened = _disputes(folder)
    dispute, year, challenger, target = (
        opened[c].to_numpy().astype(np.int64) for c in ("dispnum", "year", "challenger", "target")
    )
    row, a, b = year - 1 - known.first, known.number(challenger), known.number(target)
    there = known.alive[row, :, b] & (known.owed[row, :, a] == 0.0)
    there[np.arange(len(a)), a] = False
    case, g = np.nonzero(there)
    defender = known.codes[g]
    joiners = folder.read("gml_mid_participants").filter(pl.col("orig") == 0, pl.col("sidea") == 0)
    joined = set(zip(joiners["dispnum"].to_list(), joiners["ccode"].to_list(), strict=True))
    came = [ends in joined for ends in zip(dispute[case].tolist(), defender.tolist(), strict=True)]
    return ThirdStates(
        dispute=dispute[case],
        year=year[case],
        challenger=challenger[case],
        target=target[case],
        defender=defender,
        joined=np.array(came, dtype=float),
        war=opened["war"].to_numpy()[case],
        owed=known.owed[row[case], g, b[case]].astype(float),
    )


def _measured(
    folder: DataFolder, known: Defenders, asked: ThirdStates, own: Floats, contesting: dict[str, float]
) -> Calls:
    a, b, g = (known.number(codes) for codes in (asked.challenger, asked.target, asked.defender))
    row = asked.year - known.first
    lag = np.where(known.alive[row - 1, a, b], row - 1, row)
    power = [np.maximum(known.power[lag, s], LEAST_POWER).astype(float) for s in (a, b)]
    km = known.distance[lag, a, b].astype(float)
    near = km < REACH_BY_LAND
    came = np.log(power[0]) - np.where(near, km / 2 / REACH_BY_LAND, km / REACH_BY_SEA)
    reach = known.distance[lag, g, b].astype(float)
    brought = known.power[lag, g] * contest.delivered_share(reach, REACH_BY_SEA)
    told, sharp, edge = contesting.values()
    alone = np.log(power[1])
    _, effect = contest.contest_with_help(
        came, alone, np.log(power[1] + brought), came - alone, told, sharp, np.log(edge)
    )
    return Calls(
        **vars(asked),
        armed=known.armed[lag, a].astype(float),
        help_effect=np.asarray(effect, dtype=float),
        major=known.major[lag, g].astype(float),
        capability=known.power[lag, g].astype(float),
        contiguous=_touching(folder, known)[lag, g, b].astype(float),
        hostility=own,
        log_km=np.log(reach + 1.0),
        log_ratio=np.log(power[0]) - np.log(power[1]),
    )


def _touching(folder: DataFolder, known: Defenders) -> NDArray[np.bool_]:
    """Whether two states touch, [years, s, s]."""
    pairs = dyad_years(known.first, LAST, data=folder).contiguity().collect().filter(pl.col("conttype").is_in(NEAR))
    one, two, year = (pairs[c].to_numpy().astype(np.int64) for c in ("ccode1", "ccode2", "year"))
    found = np.zeros(known.alive.shape, dtype=np.bool_)
    found[year - known.first, known.number(one), known.number(two)] = True
    return found
