"""Files of pairs: contiguity, distance, treaties, rivalry, trade, organisations."""

from __future__ import annotations

from foedus.panels.codes import CONTIGUITY, UNKNOWN
from foedus.panels.table import CODE, COW_LICENCE, DATE, YEAR, YES_NO, Table, columns, listed, number, whole

_DYAD_YEAR = ("ccode1", "ccode2", "year")
_CODES = ("ccode1 ccode2", CODE)
_KILOMETRES = number(0, 20_040)
"""Up to half the Earth's circumference."""

PAIRS = (
    Table(
        "cow_contiguity",
        "contiguity of two states, by spell; both orders of a pair or one",
        columns(codes=_CODES, conttype=listed(CONTIGUITY), dates=("stdate enddate", DATE)),
        ("ccode1", "ccode2", "stdate"),
        1816,
        2016,
        COW_LICENCE,
        ("stinnett_et_al_2002",),
        span=("stdate", "enddate"),
    ),
    Table(
        "cow_min_distance",
        "least distance between territories on 1 January (COW)",
        columns(codes=_CODES, year=YEAR, mindist=_KILOMETRES),
        _DYAD_YEAR,
        1886,
        2019,
        "believed CC BY-NC-SA 4.0",
        ("schvitz_et_al_2022",),
        orders="undirected",
    ),
    Table(
        "gw_min_distance",
        "least distance between territories on 1 January (Gleditsch-Ward)",
        columns(codes=("gwcode1 gwcode2", CODE), year=YEAR, mindist=_KILOMETRES),
        ("gwcode1", "gwcode2", "year"),
        1886,
        2019,
        "believed CC BY-NC-SA 4.0",
        ("schvitz_et_al_2022",),
        orders="undirected",
    ),
    Table(
        "atop_dyad_year",
        "what ccode1 owes ccode2 by treaty; no row means nothing",
        columns(
            codes=_CODES,
            year=YEAR,
            owed=("atop_defense atop_offense atop_neutral atop_nonagg atop_consul", YES_NO),
        ),
        _DYAD_YEAR,
        1815,
        2018,
        "free for research with citation",
        ("leeds_et_al_2002",),
        orders="directed",
        unbroken=True,
    ),
    Table(
        "thompson_strategic_rivalries",
        "strategic rivalries, by spell",
        columns(
            codes=_CODES,
            tssr_id=whole(1),
            years=("start end", YEAR),
            kinds=("positional spatial ideological interventionary", YES_NO),
        ),
        ("tssr_id",),
        1494,
        2020,
        "facts keyed in from the book; GPL-2",
        ("thompson_et_al_2021",),
        span=("start", "end"),
        beyond=(324,),
    ),
    Table(
        "cow_trade_dyad_year",
        "trade between two states, million current US dollars",
        columns(
            codes=_CODES,
            year=YEAR,
            flows=("flow1 flow2 smoothflow1 smoothflow2", number(0, missing=(UNKNOWN,))),
        ),
        _DYAD_YEAR,
        1870,
        2014,
        COW_LICENCE,
        ("barbieri_keshk_pollins_2009",),
        orders="undirected",
    ),
    Table(
        "cow_igo_dyad_year",
        "joint memberships of intergovernmental organisations",
        columns(codes=_CODES, year=YEAR, dyadigos=whole(0, 1000, missing=(UNKNOWN,))),
        _DYAD_YEAR,
        1816,
        2014,
        COW_LICENCE,
        ("pevehouse_et_al_2020",),
        orders="undirected",
    ),
    Table(
        "icow_territorial_claim_dyad_year",
        "territorial claims between two states; no row means none",
        columns(
            codes=_CODES,
            year=YEAR,
            counts=("n_claims n_claims_by1 n_claims_by2 n_end_unknown", whole(0, 50)),
            icowsal_max=whole(0, 12),
        ),
        _DYAD_YEAR,
        1816,
        2017,
        "free for research with citation; years after 2001 are an extension by others",
        ("frederick_et_al_2017",),
        orders="directed",
    ),
)
"""Files of pairs by year or by spell."""
