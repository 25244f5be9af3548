"""Every research file a panel may read, declared once: columns, key, years, licence, citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

COW_LICENCE = "free for research with citation; check the project's terms before publishing a copy"
MID_COLUMNS = (
    "dispnum",
    "ccode1",
    "ccode2",
    "year",
    "sidea1",
    "sidea2",
    "fatality1",
    "fatality2",
    "fatalpre1",
    "fatalpre2",
    "hiact1",
    "hiact2",
    "hostlev1",
    "hostlev2",
    "orig1",
    "orig2",
)


@dataclass(frozen=True)
class Recode:
    """Rows of one code, within some years, that belong to another code of the system."""

    got: int
    used: int
    first: int
    last: int


@dataclass(frozen=True)
class Table:
    """One file: `NAME.parquet` or `NAME.csv` in the data folder.

    columns   legal name to kind: "code", "int", "float", "text" or "date" (ISO 8601)
    key       columns that together name a row once
    first     first year covered; before it a value is missing
    last      last year covered
    cites     keys of the bibliography
    beyond    codes of polities outside the state system that the publisher also lists; their rows are left
              out
    recodes   rows moved to the code that was the system's in those years
    optional  a code may be empty (territories without one); such rows are left out
    """

    name: str
    meaning: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    first: int
    last: int
    licence: str
    cites: tuple[str, ...]
    beyond: tuple[int, ...] = ()
    recodes: tuple[Recode, ...] = ()
    optional: bool = False


def _columns(codes: str = "", ints: str = "", floats: str = "", texts: str = "", dates: str = "") -> dict[str, str]:
    kinds = (("code", codes), ("int", ints), ("float", floats), ("text", texts), ("date", dates))
    return {name: kind for kind, names in kinds for name in names.split()}


_DYAD_YEAR = ("ccode1", "ccode2", "year")
_STATE_YEAR = ("ccode", "year")

_ALL = (
    Table(
        "cow_state_system",
        "membership of the COW system, by day",
        _columns("ccode", "styear stmonth stday endyear endmonth endday"),
        ("ccode", "styear", "stmonth", "stday"),
        1816,
        2016,
        COW_LICENCE,
        ("cow_states",),
    ),
    Table(
        "gw_state_system",
        "membership of the Gleditsch-Ward system, by day",
        _columns("gwcode", "microstate", dates="start end"),
        ("gwcode", "start"),
        1816,
        2020,
        "none stated with the data",
        ("gleditsch_ward_1999",),
    ),
    Table(
        "cow_gw_state_year",
        "which COW code is which Gleditsch-Ward code, by year",
        _columns("ccode gwcode", "year"),
        ("ccode", "year", "gwcode"),
        1816,
        2025,
        "GPL-2",
        ("miller_2022",),
        optional=True,
    ),
    Table(
        "cow_major_powers",
        "major powers, by day",
        _columns("ccode", "styear stmonth stday endyear endmonth endday"),
        ("ccode", "styear"),
        1816,
        2016,
        COW_LICENCE,
        ("cow_states",),
    ),
    Table(
        "cow_nmc",
        "national material capabilities",
        _columns("ccode", "year", "milex milper irst pec tpop upop cinc"),
        _STATE_YEAR,
        1816,
        2022,
        COW_LICENCE,
        ("singer_1987",),
    ),
    Table(
        "cow_contiguity",
        "contiguity of ccode1 to ccode2, by spell",
        _columns("ccode1 ccode2", "conttype", dates="stdate enddate"),
        ("ccode1", "ccode2", "stdate"),
        1816,
        2016,
        COW_LICENCE,
        ("stinnett_et_al_2002",),
    ),
    Table(
        "cow_capitals",
        "capitals and where they lie (COW)",
        _columns("ccode", "", "lat lng", dates="stdate enddate"),
        ("ccode", "stdate"),
        1816,
        2024,
        "GPL-2",
        ("miller_2022",),
    ),
    Table(
        "gw_capitals",
        "capitals and where they lie (Gleditsch-Ward)",
        _columns("gwcode", "", "lat lng", dates="stdate enddate"),
        ("gwcode", "stdate"),
        1816,
        2024,
        "GPL-2",
        ("miller_2022",),
        beyond=(679,),
    ),
    Table(
        "cow_min_distance",
        "least distance between territories on 1 January (COW)",
        _columns("ccode1 ccode2", "year", "mindist"),
        _DYAD_YEAR,
        1886,
        2019,
        "believed CC BY-NC-SA 4.0",
        ("schvitz_et_al_2022",),
    ),
    Table(
        "gw_min_distance",
        "least distance between territories on 1 January (Gleditsch-Ward)",
        _columns("gwcode1 gwcode2", "year", "mindist"),
        ("gwcode1", "gwcode2", "year"),
        1886,
        2019,
        "believed CC BY-NC-SA 4.0",
        ("schvitz_et_al_2022",),
    ),
    Table(
        "atop_dyad_year",
        "what ccode1 owes ccode2 by treaty; no row means nothing",
        _columns("ccode1 ccode2", "year atop_defense atop_offense atop_neutral atop_nonagg atop_consul"),
        _DYAD_YEAR,
        1815,
        2018,
        "free for research with citation",
        ("leeds_et_al_2002",),
    ),
    Table(
        "gml_mid_directed_dyad_dispute_year",
        "GML disputes by opposed pair and year; no row means none",
        _columns(
            "ccode1 ccode2",
            " ".join((*MID_COLUMNS, "midonset midongoing fatality hostlev mindur maxdur recip stmon")),
        ),
        ("dispnum", *_DYAD_YEAR),
        1816,
        2010,
        "free for research with citation",
        ("gibler_miller_little_2016",),
    ),
    Table(
        "cow_mid_directed_dyad_dispute_year",
        "COW disputes by opposed pair and year; no row means none",
        _columns("ccode1 ccode2", " ".join((*MID_COLUMNS, "disponset dispongoing"))),
        ("dispnum", *_DYAD_YEAR),
        1816,
        2014,
        COW_LICENCE,
        ("palmer_et_al_2022",),
    ),
    Table(
        "cow_mid_disputes",
        "COW disputes",
        _columns("", "dispnum fatality hostlev mindur maxdur recip stmon"),
        ("dispnum",),
        1816,
        2014,
        COW_LICENCE,
        ("palmer_et_al_2022",),
    ),
    Table(
        "thompson_strategic_rivalries",
        "strategic rivalries, by spell",
        _columns("ccode1 ccode2", "tssr_id start end positional spatial ideological interventionary"),
        ("tssr_id",),
        1494,
        2020,
        "facts keyed in from the book; GPL-2",
        ("thompson_et_al_2021",),
        beyond=(324,),
    ),
    Table(
        "fariss_gdp_pop",
        "GDP and population estimates",
        _columns("ccode", "year", "mrgdppc pwtrgdp pwtpop"),
        _STATE_YEAR,
        1816,
        2019,
        "see the article's deposit",
        ("fariss_et_al_2022",),
    ),
    Table(
        "anders_sdp",
        "GDP, population and surplus domestic product, natural logs",
        _columns("ccode", "year", "wbgdp2011est wbpopest sdpest wbgdppc2011est"),
        _STATE_YEAR,
        1816,
        2015,
        "see the article's deposit",
        ("anders_et_al_2020",),
        beyond=(89, 99, 340, 396, 397, 563, 564, 708, 709, 711, 815, 971, 972, 973),
        recodes=(Recode(260, 255, 1991, 2016), Recode(678, 679, 1991, 2016)),
    ),
    Table(
        "world_bank_gdp_pop",
        "GDP at current prices and population",
        _columns("ccode", "year population", "gdp_current_usd"),
        _STATE_YEAR,
        1960,
        2024,
        "CC BY 4.0",
        ("world_bank",),
        optional=True,
    ),
    Table(
        "regime_democracy",
        "democracy: V-Dem, Polity5, extended Unified Democracy Scores",
        _columns("ccode", "year polity2", "v2x_polyarchy euds aeuds"),
        _STATE_YEAR,
        1816,
        2025,
        "V-Dem CC BY-SA 4.0; Polity5 non-commercial with attribution",
        ("vdem", "polity5", "marquez_2016"),
    ),
    Table(
        "cow_trade_dyad_year",
        "trade between two states, million current US dollars",
        _columns("ccode1 ccode2", "year", "flow1 flow2 smoothflow1 smoothflow2"),
        _DYAD_YEAR,
        1870,
        2014,
        COW_LICENCE,
        ("barbieri_keshk_pollins_2009",),
    ),
    Table(
        "cow_igo_dyad_year",
        "joint memberships of intergovernmental organisations",
        _columns("ccode1 ccode2", "year dyadigos"),
        _DYAD_YEAR,
        1816,
        2014,
        COW_LICENCE,
        ("pevehouse_et_al_2020",),
    ),
    Table(
        "us_troops_country_year",
        "US active-duty personnel by host, as the Pentagon reports them",
        _columns("ccode", "year troops_ad_best"),
        _STATE_YEAR,
        1950,
        2025,
        "US government data; GPL-3 compilation",
        ("allen_flynn_machain_2022",),
        optional=True,
    ),
    Table(
        "un_ideal_points",
        "ideal points from votes of the UN General Assembly",
        _columns("ccode", "year", "idealpointfp idealpointall"),
        _STATE_YEAR,
        1946,
        2024,
        "believed CC0 1.0",
        ("bailey_strezhnev_voeten_2017",),
    ),
    Table(
        "nuclear_proliferation_status",
        "nuclear weapons: 0 none, 1 considers, 2 pursues, 3 possesses",
        _columns("ccode", "year nuclear_weapons_status"),
        _STATE_YEAR,
        1938,
        2022,
        "CC BY 4.0",
        ("owid_nuclear",),
        recodes=(Recode(260, 255, 1938, 1945),),
    ),
    Table(
        "nuclear_warheads",
        "warheads in the military stockpile, by vintage of the estimate",
        _columns("ccode", "year warheads", texts="vintage"),
        (*_STATE_YEAR, "vintage"),
        1945,
        2026,
        "CC BY 4.0",
        ("owid_nuclear",),
    ),
)

TABLES: Mapping[str, Table] = {table.name: table for table in _ALL}
"""Every declared file by name."""
