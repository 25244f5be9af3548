"""Rebuild the fact tables in src/foedus/world/facts from the research data.

Usage: FOEDUS_DATA=DIR python tools/build_facts.py [OUT]

Every choice is stated here or in docs/facts.md. Tables hold single figures with unit, range, source and grade.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import polars as pl

from build_pairs import pair_rows
from build_rates import rate_rows
from foedus import terms
from foedus.world import rules
from foedus.world.facttable import FIGURE_COLUMNS
from places import data_folder
from register import (
    AT_WAR,
    CHANNEL_SPECIAL,
    DEBT,
    GDP_RATIO,
    GROWTH,
    HOMELAND_REACH,
    LINKS,
    NAMES,
    OTHER_LINKS,
    PERSONNEL,
    POOLS,
    RECALLED_ECONOMY,
    SPENDING,
    STATES,
    TROOPS,
)

DATA = data_folder()
Row = tuple[object, ...]

US_PRICES_2022_TO_2024 = 1.074
"""United States GDP deflator, 2024 over 2022 (recalled from the Bureau of Economic Analysis)."""


def read(name: str) -> pl.DataFrame:
    path = DATA / name
    return pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)


def latest(frame: pl.DataFrame, column: str, isos: list[str], before: int = 2027) -> dict[str, tuple[int, float]]:
    """Latest year and value of a column by iso3."""
    kept = frame.filter(pl.col(column).is_not_null() & pl.col("iso3").is_in(isos) & (pl.col("year") < before))
    kept = kept.sort("year").group_by("iso3", maintain_order=True).last()
    return {r["iso3"]: (int(r["year"]), float(r[column])) for r in kept.iter_rows(named=True)}


def figure(
    iso: str,
    variable: str,
    year: int,
    value: float,
    unit: str,
    source: str,
    grade: str,
    low: object = "",
    high: object = "",
    note: str = "",
) -> Row:
    return (iso, variable, year, f"{value:.5g}", _short(low), _short(high), unit, source, grade, note)


def _short(value: object) -> object:
    return f"{value:.5g}" if isinstance(value, float) else value


def economy(isos: list[str]) -> list[Row]:
    bank = read("world_bank_gdp_pop.parquet")
    rows: list[Row] = []
    gdp, people = latest(bank, "gdp_current_usd", isos), latest(bank, "population", isos)
    for iso in isos:
        recalled = RECALLED_ECONOMY.get(iso, {})
        if iso in gdp and gdp[iso][0] >= 2022:
            year, value = gdp[iso]
            rows.append(figure(iso, "gdp", year, value / 1e9, "billion USD", "world_bank2025", "V"))
        elif "gdp" in recalled:
            rows.append(
                figure(
                    iso,
                    "gdp",
                    2024,
                    recalled["gdp"],
                    "billion USD",
                    "imf_weo2025",
                    "R",
                    recalled["gdp"] * 0.85,
                    recalled["gdp"] * 1.15,
                )
            )
        if iso in people:
            rows.append(
                figure(iso, "population", people[iso][0], people[iso][1] / 1e6, "million", "world_bank2025", "V")
            )
        elif "population" in recalled:
            rows.append(figure(iso, "population", 2024, recalled["population"], "million", "imf_weo2025", "R"))
        if iso in DEBT:
            rows.append(
                figure(
                    iso,
                    "debt",
                    2025,
                    DEBT[iso] / 100,
                    "share of GDP",
                    "imf_weo2025",
                    "R",
                    DEBT[iso] * 0.0095,
                    DEBT[iso] * 0.0105,
                )
            )
        if iso in GROWTH:
            rows.append(
                figure(
                    iso,
                    "growth",
                    2025,
                    GROWTH[iso] / 100,
                    "share a year",
                    "imf_weo2025",
                    "R",
                    GROWTH[iso] / 100 - 0.005,
                    GROWTH[iso] / 100 + 0.005,
                )
            )
        if iso in GDP_RATIO:
            low, mid, high = (GDP_RATIO[iso] ** e for e in rules.PRICE_EXPONENT)
            low, high = min(low, high), max(low, high)
            rows.append(
                figure(
                    iso,
                    "price_level",
                    2024,
                    mid,
                    "ratio to market rate",
                    "robertson2025;imf_weo2025",
                    "R",
                    low,
                    high,
                    "GDP ratio to the power 0.86; bounds 0.5 and 1",
                )
            )
        elif iso == "PRK":
            rows.append(
                figure(
                    iso,
                    "price_level",
                    2024,
                    4.0,
                    "ratio to market rate",
                    "foedus_judgement",
                    "A",
                    2.0,
                    8.0,
                    "no sound source",
                )
            )
    return rows


def forces(isos: list[str]) -> tuple[list[Row], list[Row]]:
    """Forces table and spending history."""
    sipri, nmc = read("sipri_milex_excerpt.csv"), read("cow_nmc.parquet")
    spent = latest(sipri, "milex_current_usd_m", isos)
    material = latest(nmc, "milex", isos, 2023)
    troops = latest(nmc, "milper", isos, 2023)
    burden = latest(sipri.filter(pl.col("milex_pct_gdp") > 0), "milex_pct_gdp", isos)
    rows: list[Row] = []
    history: list[Row] = []
    for iso in isos:
        if iso in SPENDING:
            value, low, high = SPENDING[iso]
            rows.append(figure(iso, "spending", 2024, value, "billion USD", "foedus_judgement", "A", low, high))
        elif iso in spent:
            value = spent[iso][1] / 1000
            if iso in burden:
                rows.append(
                    figure(iso, "burden", burden[iso][0], burden[iso][1] / 100, "share of GDP", "sipri_milex2026", "V")
                )
            rows.append(figure(iso, "spending", spent[iso][0], value, "billion USD", "sipri_milex2026", "V"))
        elif iso in material and material[iso][1] > 0:
            value = material[iso][1] / 1e6 * US_PRICES_2022_TO_2024
            rows.append(
                figure(
                    iso,
                    "spending",
                    material[iso][0],
                    value,
                    "billion USD",
                    "cow_nmc",
                    "C",
                    value * 0.7,
                    value * 1.3,
                    "NMC, raised to 2024 prices",
                )
            )
        if iso in PERSONNEL:
            rows.append(
                figure(
                    iso,
                    "personnel",
                    2025,
                    PERSONNEL[iso],
                    "thousand",
                    "military_balance2025",
                    "R",
                    PERSONNEL[iso] * 0.95,
                    PERSONNEL[iso] * 1.05,
                )
            )
        elif iso in troops:
            rows.append(figure(iso, "personnel", troops[iso][0], troops[iso][1], "thousand", "cow_nmc", "V"))
        past = nmc.filter((pl.col("iso3") == iso) & pl.col("year").is_between(1995, 2022) & (pl.col("milex") > 0)).sort(
            "year"
        )
        history += [
            figure(iso, "material_spending", r["year"], r["milex"] / 1e6, "billion current USD", "cow_nmc", "V")
            for r in past.iter_rows(named=True)
        ]
    rows.extend(figure(iso, "at_war", 2026, 1, "flag", "ucdp2025", "V") for iso in sorted(AT_WAR))
    return rows, history


def nuclear(isos: list[str]) -> list[Row]:
    heads = latest(read("nuclear_warheads.csv"), "warheads", isos)
    status = latest(read("nuclear_proliferation_status.parquet"), "nuclear_weapons_status", isos)
    skill = latest(read("nu_clear_nuclear_proficiency.parquet"), "nu_means", isos)
    highest = max(v for _, v in skill.values())
    rows: list[Row] = []
    for iso in isos:
        if iso in heads:
            rows.append(figure(iso, "warheads", heads[iso][0], heads[iso][1], "warheads", "fas_warheads2026", "V"))
        if iso in status:
            rows.append(
                figure(iso, "nuclear_pursuit", status[iso][0], status[iso][1], "status 0-3", "owid_nuclear2023", "V")
            )
        if iso in skill:
            value = rules.latency(skill[iso][1], highest)
            rows.append(
                figure(
                    iso,
                    "latency",
                    skill[iso][0],
                    value,
                    "0-1",
                    "smith_spaniel2020",
                    "C",
                    max(value - 0.15, 0.0),
                    min(value + 0.15, 1.0),
                    "latent proficiency, rescaled between lowest and highest",
                )
            )
        if iso in HOMELAND_REACH:
            value, low, high = HOMELAND_REACH[iso]
            rows.append(figure(iso, "homeland_reach", 2025, value, "warheads", "fas_notebook2025", "R", low, high))
    rows.append(
        figure(
            "USA",
            "missile_defence",
            2025,
            0.02,
            "share of a salvo",
            "foedus_judgement",
            "A",
            0.0,
            0.1,
            "44 interceptors against intercontinental salvos",
        )
    )
    return rows


def politics(isos: list[str]) -> list[Row]:
    regime = read("vdem_indices.parquet").rename({"country_text_id": "iso3"})
    ideal = read("un_ideal_points.parquet")
    rows = [
        figure(i, "democracy", y, v, "0-1", "vdem2024", "V")
        for i, (y, v) in sorted(latest(regime, "v2x_polyarchy", isos).items())
    ]
    return rows + [
        figure(i, "ideal_point", y, v, "ideal point", "voeten_ideal", "V")
        for i, (y, v) in sorted(latest(ideal, "idealpointfp", isos).items())
    ]


def geography(isos: list[str]) -> tuple[list[Row], dict[str, tuple[str, int, str]]]:
    capitals = (
        read("cow_capitals.csv")
        .filter(pl.col("iso3").is_in(isos))
        .sort("enddate")
        .group_by("iso3", maintain_order=True)
        .last()
    )
    rows: list[Row] = []
    names = {}
    for r in capitals.sort("iso3").iter_rows(named=True):
        rows.append(figure(r["iso3"], "latitude", 2024, r["lat"], "degree", "cow_capitals", "V"))
        rows.append(figure(r["iso3"], "longitude", 2024, r["lng"], "degree", "cow_capitals", "V"))
        names[r["iso3"]] = (NAMES.get(r["iso3"], r["statenme"]), r["ccode"], r["capital"])
    return rows, names


def links(isos: list[str]) -> list[Row]:
    register = latest(read("us_troops_country_year.parquet"), "troops_ad_best", isos)
    bases = dict(read("us_bases.csv").group_by("iso3").len().iter_rows())
    ideal = {i: v for i, (_, v) in latest(read("un_ideal_points.parquet"), "idealpointfp", isos).items()}
    regime = {
        i: v
        for i, (_, v) in latest(
            read("vdem_indices.parquet").rename({"country_text_id": "iso3"}), "v2x_polyarchy", isos
        ).items()
    }
    arms = (
        read("arms_import_origin_excerpt.csv")
        .filter(pl.col("year") >= 2010)
        .group_by("iso3")
        .agg(pl.col("tiv_imports_total").sum(), pl.col("tiv_imports_from_usa").sum())
    )
    origin = {
        r["iso3"]: r["tiv_imports_from_usa"] / max(r["tiv_imports_total"], 1e-9) for r in arms.iter_rows(named=True)
    }
    trade = _trade(isos)
    rows: list[Row] = []
    for tier, members in LINKS.items():
        for iso, basis in members.items():
            levels = dict(zip(terms.CHANNELS, rules.TIER_CHANNELS[tier], strict=True)) | CHANNEL_SPECIAL.get(iso, {})
            troops, low, high = TROOPS.get(iso, (register.get(iso, (2025, 0.0))[1], "", ""))
            source = "foedus_judgement" if iso in TROOPS else "troopdata2025"
            key = ("USA", iso)
            for channel, level in levels.items():
                grade, origin_key = (
                    ("V", "atop5") if channel == "pledge" and tier == "treaty" else ("A", "foedus_judgement")
                )
                rows.append(
                    (
                        *key,
                        *figure(
                            "",
                            f"channel_{channel}",
                            2025,
                            level,
                            "level 0-1",
                            origin_key,
                            grade,
                            note=basis if channel == "pledge" else "",
                        )[1:],
                    )
                )
            rows.append(
                (
                    *key,
                    *figure(
                        "",
                        "troops",
                        2025,
                        troops,
                        "person",
                        source,
                        "A" if iso in TROOPS else "V",
                        float(low) if low else "",
                        float(high) if high else "",
                    )[1:],
                )
            )
            access = rules.access(bases.get(iso, 0), troops)
            rows.append(
                (
                    *key,
                    *figure(
                        "",
                        "access",
                        2025,
                        access,
                        "0-1",
                        "vine_bases2015;troopdata2025",
                        "C",
                        note="1-exp(-(bases/4+troops/10000))",
                    )[1:],
                )
            )
            stake = rules.worth(trade.get(iso, 0.3), access, ideal.get(iso, 1.0) - ideal["USA"], regime.get(iso, 0.5))
            rows.append(
                (
                    *key,
                    *figure(
                        "",
                        "stakes",
                        2025,
                        stake,
                        "0-1",
                        "cow_trade;vine_bases2015;voeten_ideal;vdem2024",
                        "C",
                        max(stake - 0.2, 0.0),
                        min(stake + 0.2, 1.0),
                        "0.35 trade + 0.25 access + 0.2 votes + 0.2 democracy",
                    )[1:],
                )
            )
            if iso in origin:
                for domain, share in rules.arms_dependence(origin[iso]).items():
                    rows.append(
                        (
                            *key,
                            *figure(
                                "",
                                f"dependence_{domain}",
                                2024,
                                share,
                                "share of stock",
                                "sipri_arms",
                                "C",
                                max(share - 0.2, 0.0),
                                min(share + 0.2, 1.0),
                                "share of imports 2010-24 by value, times a factor by domain",
                            )[1:],
                        )
                    )
    for (guarantor, ally), (basis, levels) in OTHER_LINKS.items():
        key = (guarantor, ally)
        for channel, level in zip(terms.CHANNELS, levels, strict=True):
            rows.append(
                (
                    *key,
                    *figure(
                        "",
                        f"channel_{channel}",
                        2025,
                        level,
                        "level 0-1",
                        "foedus_judgement",
                        "A",
                        note=basis if channel == "pledge" else "",
                    )[1:],
                )
            )
        for name, value, unit in (
            ("troops", 2000 if ally == "BLR" else 0, "person"),
            ("access", 0.6 if ally == "BLR" else 0.1, "0-1"),
            ("stakes", 0.7, "0-1"),
        ):
            rows.append((*key, *figure("", name, 2025, value, unit, "foedus_judgement", "A")[1:]))
    return rows


def _trade(isos: list[str]) -> dict[str, float]:
    """Trade with the United States on a log scale from 1 billion (0) to 600 billion (1), latest year."""
    codes = dict(read("country_codes.csv").filter(pl.col("iso3").is_in(isos)).select("ccode", "iso3").iter_rows())
    flows = read("cow_trade_dyad_year.parquet").filter((pl.col("ccode1") == 2) & (pl.col("year") == 2014))
    result = {}
    for r in flows.iter_rows(named=True):
        if r["ccode2"] in codes:
            total = (r["smoothflow1"] or 0.0) + (r["smoothflow2"] or 0.0)
            result[codes[r["ccode2"]]] = rules.trade_weight(total)
    return result


def write(out: Path, name: str, keys: tuple[str, ...], rows: list[Row]) -> None:
    with (out / name).open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(keys + FIGURE_COLUMNS)
        writer.writerows(sorted(rows, key=lambda r: tuple(str(x) for x in r[: len(keys) + 2])))


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "src/foedus/world/facts"
    out.mkdir(parents=True, exist_ok=True)
    regions = {iso: region for region, codes in STATES.items() for iso in codes.split()}
    isos = sorted(regions)
    place, names = geography(isos)
    with (out / "states.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("iso3", "name", "region", "ccode", "capital"))
        writer.writerows((iso, names[iso][0], regions[iso], names[iso][1], names[iso][2]) for iso in isos)
    strength, history = forces(isos)
    for name, rows in (
        ("economy.csv", economy(isos)),
        ("forces.csv", strength),
        ("spending_history.csv", history),
        ("nuclear.csv", nuclear(isos)),
        ("politics.csv", politics(isos)),
        ("geography.csv", place),
    ):
        write(out, name, ("iso3",), rows)
    write(out, "links.csv", ("guarantor", "ally"), links(isos))
    write(out, "pairs.csv", ("challenger", "target"), pair_rows(read, {iso: names[iso][1] for iso in isos}, regions))
    write(out, "pools.csv", ("pool",), [
        (name, *figure("", variable, 2025, value, unit, "foedus_judgement", "A", note=note)[1:])
        for name, (members, fit, resolve) in POOLS.items()
        for variable, value, unit, note in (
            ("interoperability", fit, "0-1", " ".join(members)),
            ("resolve", resolve, "chance", ""),
        )
    ])  # fmt: skip
    write(out, "base_rates.csv", ("pair_class",), rate_rows(read))


if __name__ == "__main__":
    main()
