"""Onset of militarised disputes: pairs by year, whether a dispute began, and what was known of the pair.

Undirected dyad-years. Disputes are those of one coding throughout: GML, COW (MID 5) or the confrontations of MIC. The
codings disagree on how many disputes there are, so that outcomes of one are never put after another's. A pair-year in
which an older dispute still goes on is left out, also when a new one begins. Politically relevant means contiguous
(any type) or one a COW major power.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import polars as pl

from foedus.errors import InputError
from foedus.panels.build import dyad_years
from foedus.panels.disputes import read_disputes
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder
from foedus.panels.panel import Panel
from foedus.panels.weakest import greater, lesser

Sample = Literal["relevant", "relevant-with-fillers", "all"]
"""Which pairs: see `onset_frame`."""
Coding = Literal["gml", "cow", "mic"]
"""Whose disputes: Gibler, Miller and Little; the Correlates of War; Gibler and Miller's confrontations."""
CODINGS: tuple[Coding, ...] = ("gml", "cow", "mic")
ONGOING: Mapping[Coding, str] = {"gml": "gmlmidongoing", "cow": "cowmidongoing", "mic": "micongoing"}
"""Column that says that a dispute is under way."""


def onset_frame(
    first: int = 1950,
    last: int = 2010,
    *,
    sample: Sample = "relevant",
    coding: Coding = "gml",
    data: Folder = None,
) -> pl.DataFrame:
    """Return the rows to explain: `ccode1, ccode2, year, onset` and what is known of the pair.

    sample   "relevant": politically relevant pairs.
             "relevant-with-fillers": also pairs that the contiguity file lists with type 0 (fillers that
             mean no contiguity); the rows of the reference table in docs/panels.md, 36,373 in 1990-2010.
             "all": every pair.
    coding   whose disputes are the outcome and end the peace-years

    Peace-years count from 1816 or the pair's first year. Raises DataError as `dyad_years` does.
    """
    if sample not in ("relevant", "relevant-with-fillers", "all"):
        msg = f'sample is "{sample}"; it must be "relevant", "relevant-with-fillers" or "all"'
        raise InputError(msg)
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    panel = with_disputes(dyad_years(1816, last, directed=False, data=folder).contiguity().majors(), coding)
    panel = panel.capital_distance().rivalries().nmc().atop().peace_years().relevant().filter(pl.col("year") >= first)
    frame = panel.collect().join(_continuing(folder, coding), on=["ccode1", "ccode2", "year"], how="anti")
    fillers = _fillers(folder).with_columns(filler=pl.lit(1, pl.Int8))
    frame = frame.join(fillers, on=["ccode1", "ccode2", "year"], how="left").with_columns(pl.col("filler").fill_null(0))
    if sample == "relevant":
        frame = frame.filter(pl.col("prd") == 1)
    elif sample == "relevant-with-fillers":
        frame = frame.filter((pl.col("prd") == 1) | (pl.col("filler") == 1))
    return frame.select(
        "ccode1",
        "ccode2",
        "year",
        pl.col(ONGOING[coding].replace("ongoing", "onset")).alias("onset"),
        *_predictors(sample, ONGOING[coding].replace("ongoing", "spell")),
    ).drop_nulls()


def with_disputes(panel: Panel, coding: Coding) -> Panel:
    """Add the disputes of a coding, with all opposed parties, to a panel of pairs; InputError for an unknown one."""
    verbs = {"gml": panel.gml_mids, "cow": panel.cow_mids, "mic": panel.mics}
    if coding not in verbs:
        msg = f'coding is "{coding}"; it must be one of {", ".join(CODINGS)}'
        raise InputError(msg)
    return verbs[coding]()


def _continuing(folder: DataFolder, coding: Coding) -> pl.DataFrame:
    """Pair-years in which an older dispute goes on, also where another begins."""
    if coding == "mic":
        disputes = folder.read("mic_directed_dyad_year").filter(pl.col("n_mic") > pl.col("n_miconset"))
    else:
        codes = frozenset(folder.read("cow_state_system")["ccode"].to_list())
        disputes = read_disputes(folder, coding, codes).filter(pl.col("onset") == 0)
    return disputes.select(pl.col("ccode1", "ccode2", "year").cast(pl.Int32)).unique()


def _fillers(folder: DataFolder) -> pl.DataFrame:
    spells = folder.read("cow_contiguity").filter(pl.col("conttype") == 0)
    years = pl.int_ranges(pl.col("stdate").dt.year(), pl.col("enddate").dt.year() + 1, dtype=pl.Int32)
    opened = spells.select(pl.col("ccode1", "ccode2").cast(pl.Int32), years.alias("year")).explode("year")
    return opened.unique()


def _predictors(sample: Sample, peace: str) -> list[pl.Expr]:
    total = pl.col("cinc1") + pl.col("cinc2")
    touching = (pl.col("conttype") > 0) | ((pl.col("filler") == 1) & pl.lit(sample == "relevant-with-fillers"))
    majors = pl.col("cowmaj1") + pl.col("cowmaj2")
    spell = pl.col(peace).cast(pl.Float64)
    return [
        (lesser("cinc1", "cinc2") / greater("cinc1", "cinc2")).log().alias("capability_ratio"),
        total.log().alias("capability_size"),
        touching.cast(pl.Float64).alias("contiguous"),
        (pl.col("conttype") == 1).cast(pl.Float64).alias("land_border"),
        (pl.col("capdist") + 1).log().alias("log_distance"),
        (majors == 1).cast(pl.Float64).alias("one_major"),
        (majors == 2).cast(pl.Float64).alias("two_majors"),
        pl.col("atop_defense").cast(pl.Float64).alias("defence_pact"),
        pl.col("ongoingrivalry").cast(pl.Float64).alias("rivalry"),
        spell.alias("peace_years"),
        (spell**2 / 100).alias("peace_years_2"),
        (spell**3 / 10_000).alias("peace_years_3"),
    ]
