"""Which of two states begins a dispute: forms of memory and of the cost of a challenge, one at a time, out of sample.

Usage: FOEDUS_DATA=DIR python tools/tried_on_who_begins.py [1990|2011 gml|cow|mic]

Every form is fitted at the mode on the years before a span and scored on the span, by the log loss of onsets and by
that of directed onsets, where who began is known: two originators, one of them on side A. Differences are from one
memory for both sides; below none is better; in brackets the middle 90 % of draws of whole pairs. 1950-69 and the 1970s,
1950-79 and the 1980s chose; with a first year and a coding the form chosen is scored on 1990-2010 or 2011-14.
docs/posterior.md holds the outcome. Each fit takes ten to forty seconds of a processor.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.pairs.dyads import FIRST, DyadYears, read_pairs
from foedus.calibration.pairs.likelihood import LogPosterior, mode
from foedus.calibration.pairs.structure import (
    WITH_HOSTILITY,
    Free,
    chance_of_onset,
    hostilities,
    ledger_values,
    standoff,
)
from foedus.engine.threat import foresee
from foedus.equations import crisis
from foedus.estimators.resample import GroupDraws
from foedus.hindcasts.registry import Years
from foedus.panels import DataFolder
from foedus.panels.disputes import one_per_pair_year, read_disputes
from foedus.panels.samples import CODINGS, Coding

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TIMES: tuple[tuple[Years, Years], ...] = (((FIRST, 1969), (1970, 1979)), ((FIRST, 1979), (1980, 1989)))
"""training years and those scored, to choose a form"""
LATER: Mapping[str, tuple[Years, Years]] = {
    "1990": ((FIRST, 1989), (1990, 2010)),
    "2011": ((FIRST, 2010), (2011, 2014)),
}
FADES = 10.0
"""years in which what counts of who began a dispute falls to a third"""
EXTRA = Free("extra", 0.0, 0.15, -1.0, 1.0, "what one unit of the column takes off the cost of a challenge")
COMMON = tuple(f for f in WITH_HOSTILITY if f.name != "hostility_from_target")
ONE_MEMORY = "one memory for both sides"
CHOSEN = "who began remembers in full"


@dataclass(frozen=True)
class Form:
    """A form of the equations: what is free, and the column [2, n] that makes a challenge cheaper, if any."""

    free: tuple[Free, ...]
    column: Callable[[DyadYears, DataFolder], Floats] | None = None


def faded_share(pairs: DyadYears, _: DataFolder) -> Floats:
    """Disputes that the challenger began less those that the target did, over all and one, fading; [2, n]."""
    began, held = pairs.history.began, np.zeros(pairs.history.began.shape)
    for year in range(1, len(began)):
        held[year] = np.exp(-1.0 / FADES) * (held[year - 1] + began[year - 1])
    mine = held[pairs.history.column, :, pairs.history.pair].T
    return np.asarray((mine - mine[::-1]) / (mine.sum(axis=0) + 1.0))


def last_began(pairs: DyadYears, _: DataFolder) -> Floats:
    """1 for the side that began the last dispute, -1 for the other, 0 where there was none; [2, n]."""
    began, held = pairs.history.began, np.zeros(pairs.history.began.shape)
    for year in range(1, len(began)):
        last = began[year - 1] - began[year - 1][::-1]
        held[year] = np.where(began[year - 1].any(axis=0), last, held[year - 1])
    return np.asarray(held[pairs.history.column, :, pairs.history.pair].T)


def edge_of_power(pairs: DyadYears, _: DataFolder) -> Floats:
    """Log power of the challenger over the target's, [2, n]."""
    return np.asarray(pairs.log_power - pairs.log_power[::-1])


def major_challenger(pairs: DyadYears, _: DataFolder) -> Floats:
    """Of a major power and another: 1 where the stronger challenges, -1 where it is the target, else 0; [2, n]."""
    return np.asarray(pairs.one_major * np.sign(pairs.log_power - pairs.log_power[::-1]))


def claims(pairs: DyadYears, folder: DataFolder) -> Floats:
    """1 where the challenger alone claimed territory of the target the year before, -1 where the target did; [2, n]."""
    keys = [pl.col(name).cast(pl.Int32) for name in ("ccode1", "ccode2", "year")]
    held = folder.read("icow_territorial_claim_dyad_year").with_columns(pl.col("year") + 1)
    held = held.select(*keys, (pl.col("n_claims_by1") > 0).alias("one"), (pl.col("n_claims_by2") > 0).alias("two"))
    on = ["ccode1", "ccode2", "year"]
    joined = pairs.frame.select(keys).join(held, on=on, how="left", maintain_order="left").fill_null(value=False)
    one, two = (joined[name].to_numpy().astype(np.float64) for name in ("one", "two"))
    return np.stack([one - two, two - one])


FORMS: Mapping[str, Form] = {
    ONE_MEMORY: Form(COMMON),
    CHOSEN: Form(WITH_HOSTILITY),
    "who began of late, in the cost": Form((*COMMON, EXTRA), faded_share),
    "who began last, in the cost": Form((*COMMON, EXTRA), last_began),
    "who claims territory, in the cost": Form((*COMMON, EXTRA), claims),
    "power, in the cost": Form((*COMMON, EXTRA), edge_of_power),
    "major power challenges, in the cost": Form((*COMMON, EXTRA), major_challenger),
}


class Tried(LogPosterior):
    """The posterior of a form on some rows."""

    def __init__(self, pairs: DyadYears, rows: Integers, form: Form, column: Floats | None) -> None:
        super().__init__(pairs, rows, form.free, ledger_values() | {"hostility_from_target": 1.0})
        self.column = None if column is None else column[:, rows]

    def solved(self, p: Mapping[str, float], hostile: Floats | float) -> crisis.Crisis[Floats]:
        """Solve the tree with what the column takes off the cost of a challenge."""
        if self.column is None:
            return super().solved(p, hostile)
        described = standoff(self.facing, p, hostile)
        cost: Any = described.challenge_cost - p["extra"] * self.column
        wide: Any = p
        solved: crisis.Crisis[Any] = foresee(replace(described, challenge_cost=cost), wide)
        return solved


def who_began(pairs: DyadYears, folder: DataFolder, coding: Coding) -> Integers:
    """Which side began the dispute of each row, 0 or 1; -1 without onset or where it is not known, [n]."""
    if coding == "mic":
        found = folder.read("mic_directed_dyad_year").filter(pl.col("miconset") == 1, pl.col("onset_orig") == 1)
        found = found.rename({"sidea1": "init1", "sidea2": "init2"})
    else:
        codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
        found = one_per_pair_year(read_disputes(folder, coding, codes), "all", "sidea-orig")
        found = found.filter(pl.col("onset") == 1, pl.col("orig1") == 1, pl.col("orig2") == 1)
    keys = ["ccode1", "ccode2", "year"]
    known = found.select(*(pl.col(name).cast(pl.Int32) for name in keys), "init1", "init2")
    own = pairs.frame.select(pl.col(name).cast(pl.Int32) for name in keys)
    joined = own.join(known, on=keys, how="left", maintain_order="left").fill_null(0)
    one, two = (joined[name].to_numpy() for name in ("init1", "init2"))
    return np.where((pairs.onset == 1) & (one + two == 1), np.where(one == 1, 0, 1), -1).astype(np.int64)


def losses(solved: crisis.Crisis[Floats], onset: Floats, began: Integers) -> tuple[Floats, Floats, float]:
    """Log loss of onset and of directed onset of each row, [m] each; share of onsets by the side held likelier."""
    chance = np.clip(chance_of_onset(solved), 1e-12, 1.0 - 1e-9)
    plain = -np.where(onset == 1, np.log(chance), np.log1p(-chance))
    known = np.flatnonzero(began >= 0)
    opens = np.clip(solved.challenge[:, known], 1e-12, 1.0 - 1e-9)
    place, side = np.arange(len(known)), began[known]
    directed = plain.copy()
    directed[known] = -np.log(opens[side, place]) - np.log1p(-opens[1 - side, place])
    return plain, directed, float((opens[side, place] > opens[1 - side, place]).mean())


def score(names: tuple[str, ...], coding: Coding, train: Years, test: Years) -> None:
    """Fit forms on training years and print their losses on others, beside the first."""
    folder = DataFolder.open(None)
    pairs = read_pairs(folder, coding=coding)
    began, past, rows = who_began(pairs, folder, coding), pairs.within(train), pairs.within(test)
    group = np.unique(pairs.dyad[rows], return_inverse=True)[1].astype(np.int64)
    draws, first = GroupDraws(group, 400), None
    print(f"{coding} {train[0]}-{train[1]}, scored on {test[0]}-{test[1]}, {(began[rows] >= 0).sum()} directed onsets")
    for name in names:
        form = FORMS[name]
        column = form.column(pairs, folder) if form.column else None
        found = mode(Tried(pairs, past, form, column))
        later = Tried(pairs, rows, form, column)
        solved = later.solved(found.values, hostilities(pairs.history, found.values)[:, rows])
        *lost, likelier = losses(solved, pairs.onset[rows], began[rows])
        first = first or lost
        told = [f"  {name}: log-likelihood {found.log_likelihood:.1f}, likelier side {likelier:.3f}"]
        for what, mine, other in zip(("onset", "directed"), lost, first, strict=True):
            low, high = np.quantile(draws.mean(mine - other), [0.05, 0.95]) * len(rows)
            told.append(f"{what} {mine.sum():.1f} {(mine - other).sum():+.1f} ({low:+.1f} to {high:+.1f})")
        told += [f"{n} {found.values[n]:.3f} ± {found.errors[n]:.3f}" for n in found.names if n in ADDED]
        print(", ".join(told), flush=True)


ADDED = ("hostility_from_target", "extra")


def main() -> None:
    """Score every form on the years that chose, or with a span and a coding the one chosen on later years."""
    if len(sys.argv) > 1:
        coding: Coding = next(one for one in CODINGS if one == sys.argv[2])
        score((ONE_MEMORY, CHOSEN), coding, *LATER[sys.argv[1]])
    else:
        for train, test in TIMES:
            score(tuple(FORMS), "gml", train, test)


if __name__ == "__main__":
    main()
