"""Militarised disputes: which one speaks for a pair-year that has several, who initiated, who only joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import polars as pl

from foedus.errors import DataError, InputError, UnknownName
from foedus.panels.declared.disputes import MID_COLUMNS
from foedus.panels.files import DataFolder, Loaded

Project = Literal["gml", "cow"]
Initiators = Literal["sidea-all-joiners", "sidea-with-joiners", "sidea-orig"]
Parties = Literal["all", "originators"]

FILES: dict[str, tuple[str, ...]] = {
    "gml": ("gml_mid_directed_dyad_dispute_year",),
    "cow": ("cow_mid_directed_dyad_dispute_year", "cow_mid_disputes"),
}
_DISPUTE = ("fatality", "hostlev", "mindur", "maxdur", "recip", "stmon")
ORDER = ("onset", "fatality", "hostlev", "mindur", "maxdur", "recip", "stmon")
"""What decides which dispute speaks for a pair-year with several, the first before the others."""
_LOWEST_FIRST = ("stmon", "dispnum")
_DEATHS = pl.when(pl.col("fatality") == -9).then(0.5).otherwise(pl.col("fatality").cast(pl.Float64))


def columns(project: Project) -> tuple[str, ...]:
    """Return the columns a project's disputes add to a dyad-year panel, in order."""
    return (
        f"{project}midonset",
        f"{project}midongoing",
        "init1",
        "init2",
        "dispnum",
        *MID_COLUMNS[4:],
        *_DISPUTE,
    )


def read_disputes(folder: DataFolder, project: Project, codes: frozenset[int]) -> pl.DataFrame:
    """Read a project's disputes: the frame of `load_disputes`."""
    return load_disputes(folder, project, codes).frame


def load_disputes(folder: DataFolder, project: Project, codes: frozenset[int]) -> Loaded:
    """Read a project's disputes: one row a dispute, directed opposed pair and year.

    Columns are the published ones, with `onset` and `ongoing` for the two indicators. Raises DataError as
    `DataFolder.load` does, and where a file that describes disputes lacks one that the other has.
    """
    main, *rest = FILES[project]
    loaded = folder.load(main, codes)
    frame = loaded.frame
    before = "mid" if project == "gml" else "disp"
    frame = frame.rename({f"{before}onset": "onset", f"{before}ongoing": "ongoing"})
    notes = loaded.notes
    for name in rest:
        more = folder.load(name)
        lost = frame.join(more.frame, on="dispnum", how="anti")["dispnum"].unique().sort()
        if len(lost):
            msg = f"{name}: lacks dispute {lost[0]}, of {len(lost):,} that {main} has. Take both from one version."
            raise DataError(msg)
        frame = frame.join(more.frame, on="dispnum", how="left")
        notes += more.notes
    return replace(loaded, frame=frame, notes=notes)


def between_two(disputes: pl.DataFrame) -> pl.DataFrame:
    """Keep disputes that began between one state and one other: the row of their first year with side A as ccode1."""
    began = disputes.filter(pl.col("onset") == 1, pl.col("orig1") == 1, pl.col("orig2") == 1, pl.col("sidea1") == 1)
    return began.filter(pl.len().over("dispnum") == 1)


def one_per_pair_year(
    frame: pl.DataFrame, parties: Parties, initiators: Initiators, order: Sequence[str] = ORDER
) -> pl.DataFrame:
    """Keep one dispute a directed pair and year, and say who initiated.

    Rules, in order: an onset before an ongoing dispute; then the highest fatality (deaths of unknown number
    rank between none and 1-25), hostility level, least and greatest duration; a reciprocated one; the
    earliest start month; the lowest dispute number. They give back the directed
    dyad-year file that GML publish, row for row (Miller 2022).

    order        another order of these rules, or some of them, by column; the lowest number is always the last
    parties      "all" opposed pairs, or only pairs of two "originators"
    initiators   "sidea-orig": originators on side A. "sidea-with-joiners": anyone on side A.
                 "sidea-all-joiners": anyone on side A, and whoever joined either side.

    Raises InputError for an unknown rule.
    """
    if parties not in ("all", "originators"):
        msg = f'parties is "{parties}"; it must be "all" or "originators"'
        raise InputError(msg)
    if parties == "originators":
        frame = frame.filter(pl.col("orig1") == 1, pl.col("orig2") == 1)
    rules = (order,) if isinstance(order, str) else tuple(order)
    for name in rules:
        if name not in ORDER:
            raise UnknownName("rule for disputes", name, ORDER)
    rules = (*rules, "dispnum")
    ordered = frame.sort(
        [_DEATHS if c == "fatality" else pl.col(c) for c in rules],
        descending=[c not in _LOWEST_FIRST for c in rules],
    )
    kept = ordered.unique(["ccode1", "ccode2", "year"], keep="first", maintain_order=True)
    return kept.with_columns(initiated(initiators, "1"), initiated(initiators, "2"))


def initiated(rule: Initiators, side: str) -> pl.Expr:
    """Return the expression for `init1` or `init2` under a rule; InputError for an undeclared rule."""
    first, original = pl.col(f"sidea{side}") == 1, pl.col(f"orig{side}") == 1
    rules = {
        "sidea-orig": first & original,
        "sidea-with-joiners": first,
        "sidea-all-joiners": first | ~original,
    }
    if rule not in rules:
        msg = f'initiators is "{rule}"; it must be one of {", ".join(rules)}'
        raise InputError(msg)
    return rules[rule].cast(pl.Int32).alias(f"init{side}")
