"""Research files that estimates and hindcasts read and no panel variable needs."""

from __future__ import annotations

from foedus.panels.table import Table, columns

CASES = (
    Table(
        "gml_mid_disputes",
        "GML disputes: when, how grave, how they ended",
        columns("", "dispnum styear stmon outcome settle fatality mindur maxdur hiact hostlev recip"),
        ("dispnum",),
        1816,
        2010,
        "free for research with citation",
        ("gibler_miller_little_2016",),
    ),
    Table(
        "gml_mid_participants",
        "GML disputes: who took part, on which side, from the start or later",
        columns("ccode", "dispnum spell styear stmon sidea orig hiact"),
        ("dispnum", "ccode", "spell"),
        1816,
        2010,
        "free for research with citation",
        ("gibler_miller_little_2016",),
    ),
    Table(
        "sipri_milex_excerpt",
        "military expenditure of 48 states; any wider extract with these columns serves too",
        columns("ccode", "year", "milex_current_usd_m milex_pct_gdp"),
        ("ccode", "year"),
        2000,
        2025,
        "SIPRI: non-commercial use with credit, under 10 per cent of the data set",
        ("sipri_milex_2026",),
    ),
    Table(
        "nato_membership",
        "accession to the North Atlantic Treaty",
        columns("ccode", dates="accession_date"),
        ("ccode",),
        1949,
        2024,
        "facts",
        ("nato_members",),
    ),
    Table(
        "ukraine_support_monthly",
        "aid allocated to Ukraine by donor and month, billion euros",
        columns("ccode", "year month", "total financial humanitarian military", "country"),
        ("country", "year", "month"),
        2022,
        2026,
        "none stated with the data; Kiel asks for citation",
        ("kiel_tracker_2026",),
    ),
    Table(
        "nu_clear_nuclear_proficiency",
        "latent nuclear proficiency",
        columns("ccode", "year", "nu_means"),
        ("ccode", "year"),
        1938,
        2001,
        "author's public download; source package GPL-3",
        ("smith_spaniel_2020",),
    ),
)
