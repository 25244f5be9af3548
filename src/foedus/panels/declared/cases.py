"""Research files that estimates and hindcasts read and no panel variable needs."""

from __future__ import annotations

from foedus.panels.table import CODE, DATE, MONTH, TEXT, YEAR, Table, columns, number, whole

CASES = (
    Table(
        "sipri_milex_excerpt",
        "military expenditure of 48 states; any wider extract with these columns serves too",
        columns(ccode=CODE, year=YEAR, amounts=("milex_current_usd_m milex_pct_gdp", number(0))),
        ("ccode", "year"),
        2000,
        2025,
        "SIPRI: non-commercial use with credit, under 10 per cent of the data set",
        ("sipri_milex_2026",),
    ),
    Table(
        "nato_membership",
        "accession to the North Atlantic Treaty",
        columns(ccode=CODE, accession_date=DATE),
        ("ccode",),
        1949,
        2024,
        "facts",
        ("nato_members",),
        span=None,
    ),
    Table(
        "ukraine_support_monthly",
        "aid allocated to Ukraine by donor and month, billion euros",
        columns(
            ccode=CODE, year=YEAR, month=MONTH, aid=("total financial humanitarian military", number()), country=TEXT
        ),
        ("country", "year", "month"),
        2022,
        2026,
        "none stated with the data; Kiel asks for citation",
        ("kiel_tracker_2026",),
    ),
    Table(
        "ucdp_interstate_battle_deaths",
        "battle-related deaths between states by UCDP dyad and year; a side with several states names all their codes",
        columns(
            dyad_id=whole(1),
            year=YEAR,
            type_of_conflict=whole(1, 4),
            sides=("ccode_a ccode_b", TEXT),
            deaths=("bd_best bd_low bd_high", whole(0)),
        ),
        ("dyad_id", "year"),
        1989,
        2025,
        "CC BY 4.0",
        ("ucdp_deaths",),
    ),
    Table(
        "icb_crisis_dyad_year",
        "international crises by pair of actors and year, and the year in which the pair's crisis began",
        columns(crdynum=whole(1), year=YEAR, codes=("ccodea ccodeb", CODE), trgyrdy=YEAR),
        ("crdynum", "year"),
        1918,
        2020,
        "free for research with citation",
        ("icb_2023",),
    ),
    Table(
        "nu_clear_nuclear_proficiency",
        "latent nuclear proficiency",
        columns(ccode=CODE, year=YEAR, nu_means=number(-10, 10)),
        ("ccode", "year"),
        1938,
        2001,
        "author's public download; source package GPL-3",
        ("smith_spaniel_2020",),
    ),
)
"""Files of cases: spending, accession, aid, deaths, crises, skill."""
