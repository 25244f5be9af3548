"""Files of militarised disputes."""

from __future__ import annotations

from foedus.panels.codes import FATALITY, HOSTILITY, OUTCOME, SETTLEMENT, UNKNOWN
from foedus.panels.table import CODE, COW_LICENCE, MONTH, TEXT, YEAR, YES_NO, Column, Table, columns, listed, whole

_GML = "free for research with citation"
_ACTION = whole(0, 21, missing=(UNKNOWN,))
"""Highest action, from 0 (none) by way of 16 (attack) to 21 (joins a war)."""
_DAYS = whole(0, missing=(UNKNOWN,))
_START = Column("int", 1, 13, missing=(UNKNOWN,))
"""Month; GML 2.2.1 has one dispute, 1272, in month 13."""
_DEATHS = whole(UNKNOWN)
"""Precise deaths; -9, unknown, stays as published."""

_SIDES = columns(
    dispnum=whole(1),
    codes=("ccode1 ccode2", CODE),
    year=YEAR,
    sides=("sidea1 sidea2", YES_NO),
    fatality=("fatality1 fatality2", listed(FATALITY)),
    deaths=("fatalpre1 fatalpre2", _DEATHS),
    actions=("hiact1 hiact2", _ACTION),
    hostility=("hostlev1 hostlev2", listed(HOSTILITY, missing=(UNKNOWN,))),
    originators=("orig1 orig2", YES_NO),
)
_WHOLE = columns(
    fatality=listed(FATALITY),
    hostlev=listed(HOSTILITY, missing=(UNKNOWN,)),
    durations=("mindur maxdur", _DAYS),
    recip=YES_NO,
    stmon=_START,
)
MID_COLUMNS = tuple(_SIDES)
"""What both projects publish of the two sides of a dispute-year."""

DISPUTES = (
    Table(
        "gml_mid_directed_dyad_dispute_year",
        "GML disputes by opposed pair and year; no row means none",
        {**_SIDES, **columns(midonset=YES_NO, midongoing=YES_NO), **_WHOLE},
        ("dispnum", "ccode1", "ccode2", "year"),
        1816,
        2010,
        _GML,
        ("gibler_miller_little_2016",),
        orders="mirrored",
    ),
    Table(
        "cow_mid_directed_dyad_dispute_year",
        "COW disputes by opposed pair and year; no row means none",
        {**_SIDES, **columns(disponset=YES_NO, dispongoing=YES_NO)},
        ("dispnum", "ccode1", "ccode2", "year"),
        1816,
        2014,
        COW_LICENCE,
        ("palmer_et_al_2022",),
        orders="mirrored",
    ),
    Table(
        "cow_mid_disputes",
        "COW disputes",
        {**columns(dispnum=whole(1)), **_WHOLE},
        ("dispnum",),
        1816,
        2014,
        COW_LICENCE,
        ("palmer_et_al_2022",),
        span=None,
    ),
    Table(
        "gml_mid_disputes",
        "GML disputes: when, how grave, how they ended",
        {
            **columns(dispnum=whole(1), styear=YEAR, outcome=listed(OUTCOME), settle=listed(SETTLEMENT), hiact=_ACTION),
            **_WHOLE,
        },
        ("dispnum",),
        1816,
        2010,
        _GML,
        ("gibler_miller_little_2016",),
        span=("styear", "styear"),
    ),
    Table(
        "gml_mid_participants",
        "GML disputes: who took part, on which side, from the start or later",
        columns(
            ccode=CODE,
            dispnum=whole(1),
            spell=whole(1),
            styear=YEAR,
            stmon=MONTH,
            flags=("sidea orig", YES_NO),
            hiact=_ACTION,
        ),
        ("dispnum", "ccode", "spell"),
        1816,
        2010,
        _GML,
        ("gibler_miller_little_2016",),
        span=("styear", "styear"),
    ),
    Table(
        "mic_directed_dyad_year",
        "MIC confrontations by pair and year, counted from their events; no row means none",
        columns(
            codes=("ccode1 ccode2", CODE),
            year=YEAR,
            states=("micongoing miconset sidea1 sidea2 onset_orig", YES_NO),
            counts=("n_mic n_miconset", whole(0)),
            mic_hostlev=listed({0: "none", **HOSTILITY}),
            fatal=("mic_fatalmin mic_fatalmax", whole(0)),
        ),
        ("ccode1", "ccode2", "year"),
        1816,
        2014,
        "check with the authors before publishing a copy",
        ("gibler_miller_2024",),
        orders="mirrored",
    ),
    Table(
        "cow_interstate_war_directed_dyad_year",
        "COW inter-state wars by opposed pair and year; no row means none",
        columns(
            warnum=whole(1),
            codes=("ccode1 ccode2", CODE),
            year=YEAR,
            flags=("cowinterongoing cowinteronset initiator1 initiator2 resume", YES_NO),
            sides=("sidea1 sidea2", listed({1: "side 1", 2: "side 2"})),
            outcomes=("outcome1 outcome2", whole(1, 8, missing=(UNKNOWN,))),
            deaths=("batdeath1 batdeath2", whole(UNKNOWN)),
        ),
        ("warnum", "ccode1", "ccode2", "year", "resume"),
        1823,
        2003,
        COW_LICENCE,
        ("sarkees_wayman_2010",),
        orders="mirrored",
    ),
    Table(
        "ucdp_prio_acd",
        "armed conflicts with 25 battle deaths a year or more, by conflict, year and pair of sides",
        columns(
            conflict_id=whole(1),
            year=YEAR,
            row=whole(1),
            codes=("gwno_a gwno_b", CODE),
            intensity_level=listed({1: "25-999 deaths", 2: "war"}),
            type_of_conflict=TEXT,
        ),
        ("conflict_id", "year", "row"),
        1946,
        2024,
        "CC BY 4.0",
        ("gleditsch_et_al_2002",),
        recodes=(),
    ),
)
"""Files of disputes, by dispute, participant or opposed pair and year."""
