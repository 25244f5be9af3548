"""A data folder cut off at the end of a year, as it would have read then."""

from __future__ import annotations

from pathlib import Path

import polars as pl

SPELLS = {
    "cow_capitals": ("stdate", "enddate"),
    "cow_contiguity": ("stdate", "enddate"),
    "cow_major_powers": ("styear", "endyear"),
    "thompson_strategic_rivalries": ("start", "end"),
}

BY_YEAR = (
    "arms_import_origin_excerpt",
    "atop_dyad_year",
    "cow_interstate_war_directed_dyad_year",
    "cow_mid_directed_dyad_dispute_year",
    "cow_min_distance",
    "cow_nmc",
    "cow_trade_dyad_year",
    "fariss_gdp_pop",
    "gml_mid_directed_dyad_dispute_year",
    "gml_mid_directed_dyad_year",
    "icow_territorial_claim_dyad_year",
    "nu_clear_nuclear_proficiency",
    "nuclear_proliferation_status",
    "nuclear_warheads",
    "regime_democracy",
    "un_ideal_points",
    "us_troops_country_year",
    "world_bank_gdp_pop",
)


def truncated(data: Path, out: Path, year: int) -> Path:
    """Write every file a world reads into `out`, without what came after `year`."""
    out.mkdir(parents=True, exist_ok=True)
    for name in BY_YEAR:
        _write(out, name, _read(data, name).filter(pl.col("year") <= year))
    states = _read(data, "cow_state_system").filter(pl.col("styear") <= year)
    known = states["ccode"].unique().to_list()
    for name, (start, end) in SPELLS.items():
        frame = _read(data, name)
        if "ccode1" in frame.columns:  # a list made since may give a state's later code to years before it had it
            frame = frame.filter(pl.col("ccode1").is_in(known) | pl.col("ccode1").is_null())
            frame = frame.filter(pl.col("ccode2").is_in(known) | pl.col("ccode2").is_null())
        if frame[end].dtype == pl.String:
            frame = frame.filter(pl.col(start) <= f"{year}-12-31")
            frame = frame.with_columns(pl.min_horizontal(pl.col(end), pl.lit(f"{year}-12-31")).alias(end))
        else:
            frame = frame.filter(pl.col(start) <= year).with_columns(pl.col(end).clip(upper_bound=year))
        _write(out, name, frame)
    later = pl.col("endyear") > year
    _write(
        out,
        "cow_state_system",
        states.with_columns(
            pl.when(later).then(year).otherwise("endyear").alias("endyear"),
            pl.when(later).then(12).otherwise("endmonth").alias("endmonth"),
            pl.when(later).then(31).otherwise("endday").alias("endday"),
        ),
    )
    return out


def _read(data: Path, name: str) -> pl.DataFrame:
    path = data / f"{name}.parquet"
    return pl.read_parquet(path) if path.exists() else pl.read_csv(data / f"{name}.csv", infer_schema_length=None)


def _write(out: Path, name: str, frame: pl.DataFrame) -> None:
    frame.write_parquet(out / f"{name}.parquet")
