"""Frozen forecasts against data that came later: disputes, wars, spending, nuclear status, treaties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from foedus.errors import DataError, InputError
from foedus.estimators import scores
from foedus.hindcasts.frozen.folder import FrozenForecast
from foedus.hindcasts.measures import AUC, BRIER, EXPECTED, LOSS, POINTS, Floats
from foedus.hindcasts.registry import ForecasterScores, FoundMeasure
from foedus.panels import DataFolder
from foedus.panels.disputes import read_disputes
from foedus.world.tables import register_of_states

WAR_DEATHS = 1000
LEVELS: Mapping[str, int] = {"dispute": 1, "force": 4, "war": 5}
"""least hostility level of each event"""
CODED: Mapping[str, str] = {
    "gml": "gml_mid_directed_dyad_dispute_year",
    "cow": "cow_mid_directed_dyad_dispute_year",
    "mic": "mic_directed_dyad_year",
}
KEYS = ["one", "two", "year"]


def score(frozen: FrozenForecast, folder: DataFolder) -> tuple[ForecasterScores, ...]:
    """Score every forecast of years that a file of the folder covers, a line each with what the data were.

    Raises InputError when no file reaches a year forecast, DataError when one cannot be read.
    """
    lines: list[ForecasterScores] = []
    for coding in CODED:
        lines += _disputes(frozen, folder, coding)
    for of in (_wars, _spending, _nuclear, _ties):
        lines += of(frozen, folder)
    if not lines:
        msg = f"{folder.path}: no file there reaches {frozen.years[0]}, the first year forecast"
        raise InputError(msg)
    return tuple(lines)


def _covered(frozen: FrozenForecast, folder: DataFolder, name: str) -> range:
    """Years forecast that a file covers; none where it is not there."""
    try:
        last = folder.coverage(name)[1]
    except DataError:
        return range(0)
    return range(frozen.years[0], min(frozen.years[1], last) + 1)


def _iso() -> dict[int, str]:
    return {state.ccode: state.iso3 for state in register_of_states()}


def _disputes(frozen: FrozenForecast, folder: DataFolder, coding: str) -> list[ForecasterScores]:
    years = _covered(frozen, folder, CODED[coding])
    if not years:
        return []
    if coding == "mic":
        held = folder.read(CODED[coding]).with_columns(
            onset=pl.col("miconset"), older=pl.col("n_mic") > pl.col("n_miconset"), level=pl.col("mic_hostlev")
        )
    else:
        codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
        held = read_disputes(folder, coding, codes).with_columns(  # type: ignore[arg-type]
            older=pl.col("onset") == 0, level=pl.col("hostlev")
        )
    seen = _by_iso(held.select("ccode1", "ccode2", "year", "onset", "older", "level"))
    seen = seen.group_by(KEYS).agg(
        pl.col("older").any(), pl.col("level").filter(pl.col("onset") == 1).max().fill_null(0)
    )
    pairs = frozen.table("pairs").filter(pl.col("year").is_in(list(years)))
    rows = pairs.join(seen, on=KEYS, how="left", maintain_order="left")
    rows = rows.filter(~pl.col("older").fill_null(value=False)).with_columns(pl.col("level").fill_null(0))
    found = []
    for event, least in LEVELS.items():
        happened = (rows["level"] >= least).to_numpy().astype(np.float64)
        name = f"{event}, {coding.upper()}, {_span(years)}"
        found += _lines(name, happened, rows, event)
    return found


def _by_iso(held: pl.DataFrame) -> pl.DataFrame:
    names = _iso()
    sides = [pl.col(c).replace_strict(names, default=None, return_dtype=pl.String) for c in ("ccode1", "ccode2")]
    ordered = held.with_columns(one=pl.min_horizontal(sides), two=pl.max_horizontal(sides), known=~sides[0].is_null())
    year = pl.col("year").cast(pl.Int64)
    return ordered.filter(pl.col("known") & (pl.col("one") != pl.col("two"))).with_columns(year)


def _wars(frozen: FrozenForecast, folder: DataFolder) -> list[ForecasterScores]:
    years = _covered(frozen, folder, "ucdp_interstate_battle_deaths")
    if not years:
        return []
    held = folder.read("ucdp_interstate_battle_deaths").filter(
        pl.col("type_of_conflict") == 2, pl.col("bd_best") >= WAR_DEATHS
    )
    sides = [
        pl.col(f"ccode_{side}").cast(pl.String).str.split(" ").list.eval(pl.element().cast(pl.Int64)).alias(f"ccode{n}")
        for n, side in ((1, "a"), (2, "b"))
    ]
    deadly = _by_iso(held.select(*sides, "year").explode("ccode1").explode("ccode2")).select(KEYS).unique()
    before = deadly.with_columns(pl.col("year") + 1, went_on=pl.lit(value=True))
    began = deadly.join(before, on=KEYS, how="left").filter(pl.col("went_on").is_null())
    pairs = frozen.table("pairs").filter(pl.col("year").is_in(list(years)))
    rows = pairs.join(before, on=KEYS, how="anti").sort(KEYS)
    rows = rows.join(began.select(*KEYS, happened=pl.lit(1.0)), on=KEYS, how="left", maintain_order="left")
    happened = rows["happened"].fill_null(0.0).to_numpy()
    return _lines(f"war, UCDP, {_span(years)}", happened, rows, "war")


def _lines(name: str, happened: Floats, rows: pl.DataFrame, event: str) -> list[ForecasterScores]:
    """Ours and the class rates on the same rows."""
    return [
        ForecasterScores(f"{name}{of}", _figures(happened, rows[column].to_numpy()))
        for of, column in (("", event), (": class base rate", f"base_{event}"))
    ]


def _figures(happened: Floats, chance: Floats) -> tuple[FoundMeasure, ...]:
    mixed = 0 < happened.sum() < len(happened)
    return (
        *(FoundMeasure(name, POINTS[name](happened, chance)) for name in (LOSS, BRIER)),
        FoundMeasure(AUC, scores.auc(happened, chance) if mixed else None),
        FoundMeasure("events", float(happened.sum())),
        FoundMeasure("expected", float(chance.sum())),
        FoundMeasure(EXPECTED, float(chance.sum() / happened.sum()) if happened.any() else None),
    )


def _spending(frozen: FrozenForecast, folder: DataFolder) -> list[ForecasterScores]:
    found = []
    for name, read in SPENDING.items():
        years = _covered(frozen, folder, name)
        if not years:
            continue
        known = read(folder.read(name)).filter(pl.col("year").is_in(list(years)))
        rows = frozen.table("spending").join(known, on=["ally", "year"])
        if rows.height:
            found.append(ForecasterScores(f"spending, {name}, {_span(years)}", _inside(rows)))
    return found


def _inside(rows: pl.DataFrame) -> tuple[FoundMeasure, ...]:
    inside = rows.select(pl.col("seen").is_between("low", "high").mean()).item()
    error = rows.select((pl.col("seen") - pl.col("median")).abs().mean()).item()
    return (
        FoundMeasure("ally-years", float(rows.height)),
        FoundMeasure("share inside the 90 % band", float(inside)),
        FoundMeasure("mean absolute error of the median, share of GDP", float(error)),
    )


def _milex(frame: pl.DataFrame) -> pl.DataFrame:
    ally = pl.col("ccode").replace_strict(_iso(), default=None, return_dtype=pl.String)
    return frame.select(ally=ally, year=pl.col("year").cast(pl.Int64), seen=pl.col("milex_pct_gdp") / 100).drop_nulls()


SPENDING: Mapping[str, Callable[[pl.DataFrame], pl.DataFrame]] = {"sipri_milex_excerpt": _milex}
"""Files of spending over GDP, and how each is read."""


def _nuclear(frozen: FrozenForecast, folder: DataFolder) -> list[ForecasterScores]:
    years = _covered(frozen, folder, "nuclear_proliferation_status")
    if not years:
        return []
    held = folder.read("nuclear_proliferation_status")
    status = held.select(
        ally=pl.col("ccode").replace_strict(_iso(), default=None, return_dtype=pl.String),
        year=pl.col("year").cast(pl.Int64),
        status=pl.col("nuclear_weapons_status"),
    )
    rows = frozen.table("nuclear").join(status, on=["ally", "year"]).drop_nulls("status")
    found = []
    for least, step in enumerate(("explores", "pursues", "armed"), start=1):
        below = rows.filter(pl.col("start") < least)
        if below.height:
            happened = (below["status"] >= least).to_numpy().astype(np.float64)
            name = f"nuclear: {step}, {_span(years)}"
            found.append(ForecasterScores(name, _figures(happened, below[step].to_numpy())))
    return found


def _ties(frozen: FrozenForecast, folder: DataFolder) -> list[ForecasterScores]:
    years = _covered(frozen, folder, "atop_dyad_year")
    if not years:
        return []
    owed = folder.read("atop_dyad_year").filter(pl.col("atop_defense") == 1)
    sides = {
        name: pl.col(code).replace_strict(_iso(), default=None, return_dtype=pl.String)
        for name, code in (("guarantor", "ccode1"), ("ally", "ccode2"))
    }
    held = owed.select(**sides, year=pl.col("year").cast(pl.Int64), happened=pl.lit(1.0)).unique()
    rows = frozen.table("ties").filter(pl.col("year").is_in(list(years)))
    rows = rows.join(held, on=["guarantor", "ally", "year"], how="left", maintain_order="left")
    happened = rows["happened"].fill_null(0.0).to_numpy()
    return [ForecasterScores(f"ties in force, {_span(years)}", _figures(happened, rows["in_force"].to_numpy()))]


def _span(years: range) -> str:
    return f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
