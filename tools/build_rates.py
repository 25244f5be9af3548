"""Historical base rates by class of directed pair, 1950-2010, with the class rule of build_pairs year by year.

Usage: FOEDUS_DATA=DIR python tools/build_rates.py

Run by itself it writes data/rates_by_window.csv: the counts behind them, and the same over 2001-10, the years whose
level of force members of `record-2010` carry (docs/posterior.md).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from figures import read as read_file

Read = Callable[[str], pl.DataFrame]
Row = tuple[object, ...]
FIRST, LAST = 1950, 2010
WINDOWS = ((FIRST, LAST), (2001, LAST))
RATES_BY_WINDOW = Path(__file__).parents[1] / "data" / "rates_by_window.csv"
MEMORY_YEARS = 14


def rate_rows(read: Read) -> list[Row]:
    """Rows of base_rates.csv, by class and for all politically relevant pairs.

    challenge     disputes started against the target by an originator, per directed pair-year (GML onsets)
    conceded      share of them in which the challenger got its way short of war (GML outcome 4, a yield by side B,
                  or 1, a victory for side A); compromises count for neither
    force         share that saw force used or worse (hostility level 4-5 by either side)
    war           share that reached war (level 5)
    """
    return [_row(*one) for one in counts(read, (FIRST, LAST))]


def counts(read: Read, years: tuple[int, int]) -> Iterator[tuple[str, str, float, float]]:
    """Class, rate, how often it came, and out of how many cases, over some years; rates as `rate_rows`."""
    keys = ["ccode1", "ccode2", "year"]
    joined = classed_pairs(read).join(_disputes(read), on=keys, how="left")
    joined = joined.filter(pl.col("year").is_between(*years)).with_columns(
        pl.col("onset", "force", "war", "yield").fill_null(0)
    )
    for name in ("rival", "contiguous", "major", "all"):
        part = joined if name == "all" else joined.filter(pl.col("class") == name)
        onsets = float(part["onset"].sum())
        for variable, number, out_of in (
            ("challenge", onsets, float(part.height)),
            ("conceded", float(part["yield"].sum()), onsets),
            ("force", float(part["force"].sum()), onsets),
            ("war", float(part["war"].sum()), onsets),
        ):
            yield name, variable, number, out_of
        for label, keep in (
            ("war_with_major_ally", pl.col("major_ally") == 1),
            ("war_without_major_ally", pl.col("major_ally") == 0),
        ):
            sub = part.filter(keep & (pl.col("onset") == 1))
            yield name, label, float(sub["war"].sum()), float(sub.height)


def _row(name: str, variable: str, number: float, out_of: float) -> Row:
    share = number / max(out_of, 1.0)
    spread = 1.96 * (max(share, 1 / max(out_of, 1.0)) * (1 - share) / max(out_of, 1.0)) ** 0.5
    unit = "chance a year" if variable == "challenge" else "share of disputes"
    low, high = max(share - spread, 0.0), min(share + spread, 1.0)
    sources = "gml_mid;thompson_rivalries;cow_contiguity;atop5"
    note = f"{number:.0f} of {out_of:.0f}, {FIRST}-{LAST}"
    return (name, variable, LAST, f"{share:.4g}", f"{low:.4g}", f"{high:.4g}", unit, sources, "C", note)


def classed_pairs(read: Read) -> pl.DataFrame:
    """Directed politically relevant pair-years with their class and whether the target has a major-power defender."""
    members = (
        read("cow_gw_state_year.parquet")
        .filter(pl.col("year").is_between(FIRST, LAST))
        .select("ccode", "year")
        .drop_nulls()
        .unique()
    )
    years = pl.DataFrame({"year": range(FIRST, LAST + 1)}, schema={"year": pl.Int64})
    members = members.with_columns(pl.col("ccode").cast(pl.Int64), pl.col("year").cast(pl.Int64))
    majors = _spans(
        read("cow_major_powers.csv").select("ccode", pl.col("styear").alias("start"), pl.col("endyear").alias("end")),
        years,
        ["ccode"],
    )
    majors = majors.with_columns(major=pl.lit(1))
    touch = (
        read("cow_contiguity.csv")
        .filter(pl.col("conttype").is_between(1, 4))
        .with_columns(
            start=pl.col("stdate").cast(pl.String).str.slice(0, 4).cast(pl.Int64),
            end=pl.col("enddate").cast(pl.String).str.slice(0, 4).cast(pl.Int64),
        )
    )
    touch = _spans(touch.select("ccode1", "ccode2", "start", "end"), years, ["ccode1", "ccode2"]).with_columns(
        touch=pl.lit(1)
    )
    rival = read("thompson_strategic_rivalries.csv").select("ccode1", "ccode2", "start", "end").drop_nulls()
    rival = pl.concat(
        [rival, rival.select(pl.col("ccode2").alias("ccode1"), pl.col("ccode1").alias("ccode2"), "start", "end")]
    )
    rival = _spans(rival, years, ["ccode1", "ccode2"]).with_columns(rival=pl.lit(1))
    pairs = (
        members.rename({"ccode": "ccode1"})
        .join(members.rename({"ccode": "ccode2"}), on="year")
        .filter(pl.col("ccode1") != pl.col("ccode2"))
    )
    pairs = (
        pairs.join(touch, on=["ccode1", "ccode2", "year"], how="left")
        .join(rival, on=["ccode1", "ccode2", "year"], how="left")
        .join(majors.rename({"ccode": "ccode1", "major": "major1"}), on=["ccode1", "year"], how="left")
        .join(majors.rename({"ccode": "ccode2", "major": "major2"}), on=["ccode2", "year"], how="left")
        .filter(pl.any_horizontal(pl.col("touch", "rival", "major1", "major2").is_not_null()))
    )
    pact = (
        read("atop_dyad_year.parquet")
        .filter(pl.col("atop_defense") == 1)
        .select(
            pl.col("ccode1").cast(pl.Int64).alias("ccode"),
            pl.col("ccode2").cast(pl.Int64).alias("ccode2"),
            pl.col("year").cast(pl.Int64),
        )
    )
    defended = (
        pact.join(majors, on=["ccode", "year"]).select("ccode2", "year").unique().with_columns(major_ally=pl.lit(1))
    )
    pairs = pairs.join(defended, on=["ccode2", "year"], how="left").with_columns(pl.col("major_ally").fill_null(0))
    kind = (
        pl.when(pl.col("rival") == 1)
        .then(pl.lit("rival"))
        .when(pl.col("touch") == 1)
        .then(pl.lit("contiguous"))
        .otherwise(pl.lit("major"))
    )
    recent = _disputes(read).select("ccode1", "ccode2", pl.col("year").alias("met")).unique()
    recent = pl.concat(
        [recent, recent.select(pl.col("ccode2").alias("ccode1"), pl.col("ccode1").alias("ccode2"), "met")]
    )
    recent = (
        recent.join(years, how="cross")
        .filter(pl.col("year").is_between(pl.col("met") + 1, pl.col("met") + MEMORY_YEARS))
        .select("ccode1", "ccode2", "year")
        .unique()
        .with_columns(recent=pl.lit(1))
    )
    pairs = pairs.join(recent, on=["ccode1", "ccode2", "year"], how="left").filter(
        (pl.col("rival") == 1) | (pl.col("touch") == 1) | (pl.col("recent") == 1)
    )
    return pairs.with_columns(kind.alias("class")).select("ccode1", "ccode2", "year", "class", "major_ally")


def _spans(frame: pl.DataFrame, years: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    return (
        frame.with_columns(pl.col("start", "end").cast(pl.Int64))
        .join(years, how="cross")
        .filter(pl.col("year").is_between(pl.col("start"), pl.col("end")))
        .select(*[pl.col(k).cast(pl.Int64) for k in keys], "year")
        .unique()
    )


def _disputes(read: Read) -> pl.DataFrame:
    """Onsets by directed pair-year: challenger on side A, both originators; the gravest when several."""
    outcome = read("gml_mid_disputes.csv").select(pl.col("dispnum").cast(pl.Int64), "outcome")
    frame = read("gml_mid_directed_dyad_year.parquet").filter(
        (pl.col("gmlmidonset") == 1) & (pl.col("sidea1") == 1) & (pl.col("orig1") == 1) & (pl.col("orig2") == 1)
    )
    return (
        frame.with_columns(pl.col("dispnum", "ccode1", "ccode2", "year").cast(pl.Int64))
        .join(outcome, on="dispnum", how="left")
        .with_columns(
            onset=pl.lit(1),
            force=(pl.max_horizontal("hostlev1", "hostlev2") >= 4).cast(pl.Int64),
            war=(pl.min_horizontal("hostlev1", "hostlev2") >= 5).cast(pl.Int64),
        )
        .with_columns(**{"yield": (pl.col("outcome").is_in([1, 4]) & (pl.col("war") == 0)).cast(pl.Int64)})
        .group_by("ccode1", "ccode2", "year")
        .agg(pl.col("onset", "force", "war", "yield").max())
    )


def main() -> None:
    """Write the counts of every window."""
    with RATES_BY_WINDOW.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("first", "last", "pair_class", "measure", "events", "cases"))
        for window in WINDOWS:
            held = counts(read_file, window)
            rows.writerows((*window, name, what, int(events), int(cases)) for name, what, events, cases in held)


if __name__ == "__main__":
    main()
