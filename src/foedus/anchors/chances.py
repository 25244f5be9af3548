"""What the model gives for an event over a window, from the chances of pairs by year and the allies' nuclear status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.anchors.anchor import Anchor
from foedus.results import Results
from foedus.terms import NuclearStatus

LEAST_WARS = 20
"""Wars of a pair that were drawn, below which the share that the challenger wins is not told."""

COLUMNS = {
    "challenge": ("challenge",),
    "clash": ("force", "war"),
    "war": ("war",),
    "war won": ("war",),
    "drawn in": ("war",),
    "blockade": ("blockade",),
    "ceasefire": ("ceasefire",),
}
"""Yearly chances of pairs that make a measure; those that a run does not keep are left out of a sum."""


@dataclass(frozen=True)
class Unkept:
    """Why a run cannot say what an anchor says."""

    why: str


def model_chance(results: Results, anchor: Anchor, role: str = "posture") -> float | Unkept:
    """The model's chance of an anchor's nearest event over the part of its window that the run covers, 0-1.

    Chances of pairs are means over futures by year. They are put together over years, and over the pairs that the
    event names, as if independent of each other given these means; a year that the window covers in part counts in
    part. A rate is a mean a year over the run.

    Returns what is missing, in words, where the run keeps nothing of the kind.
    """
    if anchor.measure == "armed":
        return _armed(results, anchor, role)
    frame = _pairs_of(results, anchor, role)
    if anchor.measure not in ("help", *COLUMNS):
        return Unkept("the model has no such event")
    if anchor.measure == "drawn in":
        frame = pl.concat([frame, _for_allies(results, anchor, role)])
    if frame.is_empty():
        return Unkept("no pair of the run is meant")
    if anchor.measure == "help":
        return _mean_help(frame, anchor)
    kept = [name for name in COLUMNS[anchor.measure] if name in frame.columns]
    if not kept:
        return Unkept(f"a run keeps no chance of a {anchor.measure}")
    if anchor.measure == "ceasefire" and not frame["fighting"].sum() > 0.0:
        return Unkept("no such war is on in the run")
    yearly = frame.select("challenger", "target", "year", pl.sum_horizontal(kept).clip(0.0, 1.0).alias("chance"))
    if anchor.measure == "war won":
        won = _share_won(results, anchor, role)
        if won is None:
            return Unkept(f"fewer than {LEAST_WARS} wars drawn, too few for how they end")
        yearly = yearly.with_columns(pl.col("chance") * won)
    by_pair = [rows.sort("year")["chance"].to_numpy() for _, rows in yearly.group_by("challenger", "target")]
    if anchor.figure == "rate":
        return float(1.0 - np.prod([1.0 - chances for chances in by_pair], axis=0).mean())
    return _over(by_pair, covered(results.years, anchor))


def covered(years: Sequence[int], anchor: Anchor) -> NDArray[np.float64]:
    """Part of each year of a run that a window covers, 0-1, [Y]."""
    starts = np.asarray(years, dtype=np.float64)
    return np.asarray(np.clip(np.minimum(starts + 1.0, anchor.last) - np.maximum(starts, anchor.first), 0.0, 1.0))


def _over(by_pair: Sequence[NDArray[np.float64]], part: NDArray[np.float64]) -> float:
    none = [np.prod((1.0 - chances) ** part) for chances in by_pair]
    return float(1.0 - np.prod(none))


def _pairs_of(results: Results, anchor: Anchor, role: str) -> pl.DataFrame:
    """Yearly chances of the directed pairs that an anchor names; of war, that one breaks out."""
    return _breaking_out(results, role).filter(_named(anchor))


def _breaking_out(results: Results, role: str) -> pl.DataFrame:
    """Chances of pairs by year, with that of war without wars that go on: each would count in every year it lasts."""
    return results.pair_years(role).with_columns((pl.col("war") - pl.col("fighting")).clip(lower_bound=0.0))


def _named(anchor: Anchor) -> pl.Expr:
    one, other = list(anchor.challengers), list(anchor.targets)
    named = pl.col("challenger").is_in(one) & pl.col("target").is_in(other)
    if anchor.either_way:
        named |= pl.col("challenger").is_in(other) & pl.col("target").is_in(one)
    return named


def _for_allies(results: Results, anchor: Anchor, role: str) -> pl.DataFrame:
    """Wars of the challengers on allies of the targets, by the mean chance that the guarantor fights."""
    allies = [ally for ally, patron in results.patrons.items() if patron in anchor.targets]
    held = _breaking_out(results, role).filter(
        pl.col("challenger").is_in(list(anchor.challengers)) & pl.col("target").is_in(allies)
    )
    return held.with_columns(pl.col("war") * pl.col("help"))


def _mean_help(frame: pl.DataFrame, anchor: Anchor) -> float | Unkept:
    """Mean over the pairs and the years that the window covers; of targets that have a guarantor against them."""
    years = frame["year"].unique().sort().to_list()
    asked = [year for year, part in zip(years, covered(years, anchor), strict=True) if part > 0.0]
    held = frame.filter(pl.col("year").is_in(asked) & (pl.col("help") > 0.0))
    if held.is_empty():
        return Unkept("no guarantee covers the pair")
    return float(np.mean(held["help"].to_numpy()))


def _share_won(results: Results, anchor: Anchor, role: str) -> float | None:
    counts = results.pairs(role).filter(_named(anchor))
    wars = float(counts["wars"].sum())
    return float(counts["won"].sum()) / wars if wars >= LEAST_WARS else None


def _armed(results: Results, anchor: Anchor, role: str) -> float | Unkept:
    """Chance that an ally without nuclear weapons at the start has them by the end of the window."""
    part = covered(results.years, anchor)
    held = results.ally("nuclear", role)
    unarmed = held[0].max(axis=1) < NuclearStatus.ARMED
    rows = [i for i, iso in enumerate(results.allies) if iso in anchor.targets and unarmed[i]]
    if not rows:
        return Unkept("a run keeps the nuclear status of allies, and none of them is meant")
    last = int(np.flatnonzero(part > 0.0)[-1])
    return float((held[last][rows] >= NuclearStatus.ARMED).any(axis=0).mean())
