"""Rebuild the fact tables in src/foedus/world/facts from the research data and the register (data/register/world).

Usage: FOEDUS_DATA=DIR python tools/build_facts.py [OUT]

Every choice is stated here or in docs/facts.md. Tables hold single figures with unit, range, source and grade.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from build_disputes import dispute_rows, standing_rows
from build_links import link_rows
from build_pairs import pair_rows
from build_rates import rate_rows
from build_spending import product, spent
from figures import Row, around, figure, latest, read, write, write_rows
from foedus.errors import FactError
from foedus.world import rules
from foedus.world.groups import KEYS
from foedus.world.tables import GROUPS
from register import entries, members, recalled, states


def economy(isos: Sequence[str]) -> list[Row]:
    """Product, people, debt, growth and prices; what the register gives goes before what files do."""
    people = latest(read("world_bank_gdp_pop.parquet"), "population", isos)
    rows: list[Row] = []
    for entry in entries("economy.csv"):
        ratio = entry.fact.variable == "gdp_ratio"
        rows.append((*entry.fact.key, *_price_level(entry.fact.value)) if ratio else entry.row)
    given = {(row[0], row[1]) for row in rows}
    rows += [(iso, *row) for iso, row in product(isos).items() if (iso, "gdp") not in given]
    for iso, (year, value) in people.items():
        if (iso, "population") not in given:
            rows.append((iso, *figure("population", year, value / 1e6, "million", "world_bank2025", "V")))
    return rows


def _price_level(ratio: float) -> Row:
    low, middle, high = (ratio**exponent for exponent in rules.PRICE_EXPONENT)
    note = "GDP ratio to the power 0.86; bounds 0.5 and 1"
    unit, source = "ratio to market rate", "robertson2025;imf_weo2025"
    return figure("price_level", 2024, middle, unit, source, "R", min(low, high), max(low, high), note)


def forces(isos: Sequence[str]) -> list[Row]:
    """Spending, burden and people under arms, latest; what the register gives goes before what files give."""
    troops = latest(read("cow_nmc.parquet"), "milper", isos, 2023)
    rows: list[Row] = [entry.row for entry in entries("forces.csv")]
    counted = recalled("forces.csv", "personnel")
    rows += spent(isos)
    for iso in isos:
        if (iso,) not in counted and iso in troops:
            rows.append((iso, *figure("personnel", *troops[iso], "thousand", "cow_nmc", "V")))
    return rows


def history(isos: Sequence[str]) -> list[Row]:
    """Military spending of each year from 1995 to 2022, current dollars."""
    nmc = read("cow_nmc.parquet").filter(pl.col("iso3").is_in(isos) & pl.col("year").is_between(1995, 2022))
    return [
        (r["iso3"], *figure("material_spending", r["year"], r["milex"] / 1e6, "billion current USD", "cow_nmc", "V"))
        for r in nmc.filter(pl.col("milex") > 0).sort("iso3", "year").iter_rows(named=True)
    ]


def nuclear(isos: Sequence[str]) -> list[Row]:
    """Warheads, programmes, latency, where the register does not give them; the rest from the register."""
    heads = latest(read("nuclear_warheads.csv"), "warheads", isos)
    status = latest(read("nuclear_proliferation_status.parquet"), "nuclear_weapons_status", isos)
    skill = latest(read("nu_clear_nuclear_proficiency.parquet"), "nu_means", isos)
    highest = max(value for _, value in skill.values())
    made: list[Row] = []
    made += [(iso, *figure("warheads", *held, "warheads", "fas_warheads2026", "V")) for iso, held in heads.items()]
    made += [
        (iso, *figure("nuclear_pursuit", *held, "status 0-3", "owid_nuclear2023", "V")) for iso, held in status.items()
    ]
    note = "latent proficiency, rescaled between lowest and highest"
    for iso, (year, value) in skill.items():
        share = rules.latency(value, highest)
        made.append((iso, *figure("latency", year, share, "0-1", "smith_spaniel2020", "C", *around(share, 0.15), note)))
    given = {(*entry.fact.key, entry.fact.variable) for entry in entries("nuclear.csv")}
    return [*(row for row in made if row[:2] not in given), *(entry.row for entry in entries("nuclear.csv"))]


def politics(isos: Sequence[str]) -> list[Row]:
    """Democracy and votes in the United Nations."""
    regime = latest(read("vdem_indices.parquet").rename({"country_text_id": "iso3"}), "v2x_polyarchy", isos)
    ideal = latest(read("un_ideal_points.parquet"), "idealpointfp", isos)
    rows: list[Row] = [(iso, *figure("democracy", *held, "0-1", "vdem2024", "V")) for iso, held in regime.items()]
    rows += [(iso, *figure("ideal_point", *held, "ideal point", "voeten_ideal", "V")) for iso, held in ideal.items()]
    return rows


def geography(isos: Sequence[str]) -> tuple[list[Row], list[Row], dict[str, int]]:
    """Places of capitals; rows of states.csv; Correlates of War codes by iso3."""
    capitals = read("cow_capitals.csv").filter(pl.col("iso3").is_in(isos)).sort("enddate")
    places: list[Row] = []
    names: list[Row] = []
    codes: dict[str, int] = {}
    for r in capitals.group_by("iso3", maintain_order=True).last().sort("iso3").iter_rows(named=True):
        state, codes[r["iso3"]] = states()[r["iso3"]], r["ccode"]
        places.append((state.iso3, *figure("latitude", 2024, r["lat"], "degree", "cow_capitals", "V")))
        places.append((state.iso3, *figure("longitude", 2024, r["lng"], "degree", "cow_capitals", "V")))
        names.append((state.iso3, state.name or r["statenme"], state.region, r["ccode"], r["capital"]))
    return places, names, codes


def group_rows() -> list[Row]:
    """Members of groups: NATO's are those of the register of states, the others have rows of their own.

    Raises FactError where the two disagree on who is in the European Union outside NATO.
    """
    rows: list[Row] = [entry.row for entry in entries(GROUPS)]
    union = {entry.fact.key[1] for entry in entries(GROUPS) if entry.fact.key[0] == "EU"}
    if wrong := sorted(members("EU") ^ (union - members("NATO"))):
        msg = f"{GROUPS}: {', '.join(wrong)} is in the EU by {GROUPS} or by states.csv and not by both. Correct one."
        raise FactError(msg)
    held = figure("member", 2026, 1, "flag", "nato_members", "R", note="from states.csv of the register")
    europe = figure("member", 2026, 1, "flag", "nato_members", "R", note="NATO without the United States and Canada")
    rows += [("NATO", iso, *held) for iso in members("NATO")]
    return rows + [("NATO Europe", iso, *europe) for iso in members("NATO") if iso not in ("USA", "CAN")]


def main() -> None:
    """Write every table."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "src/foedus/world/facts"
    out.mkdir(parents=True, exist_ok=True)
    isos = sorted(states())
    places, names, codes = geography(isos)
    write_rows(out / "states.csv", ("iso3", "name", "region", "ccode", "capital"), names)
    for name, rows in (
        ("economy.csv", economy(isos)),
        ("forces.csv", forces(isos)),
        ("spending_history.csv", history(isos)),
        ("nuclear.csv", nuclear(isos)),
        ("politics.csv", politics(isos)),
        ("geography.csv", places),
        ("standing.csv", standing_rows(codes)),
    ):
        write(out / name, ("iso3",), rows)
    write(out / "links.csv", ("guarantor", "ally"), link_rows(isos))
    write(out / "pairs.csv", ("challenger", "target"), pair_rows(codes))
    write(out / "bases.csv", ("guarantor", "base", "host"), [entry.row for entry in entries("bases.csv")])
    write(out / "disputes.csv", ("first", "second"), dispute_rows(codes))
    write(out / "pools.csv", ("pool",), [entry.row for entry in entries("pools.csv")])
    write(out / "pool_members.csv", ("pool", "iso3"), [entry.row for entry in entries("pool_members.csv")])
    write(out / "second_links.csv", ("guarantor", "ally"), [entry.row for entry in entries("second_links.csv")])
    keys = ("group", "sponsor", "soil", "target")
    write(out / "sponsored.csv", keys, [entry.row for entry in entries("sponsored.csv")])
    write(out / "wars.csv", ("challenger", "target"), [entry.row for entry in entries("wars.csv")])
    write(out / "plans.csv", ("ally", "status", "since"), [entry.row for entry in entries("plans.csv")])
    write(out / GROUPS, KEYS, group_rows())
    write(out / "base_rates.csv", ("pair_class",), rate_rows(read))


if __name__ == "__main__":
    main()
