"""Links: what a guarantor gives each ally, what it has there, and what the ally is worth to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from figures import Row, around, figure, latest, read
from foedus.world import rules
from register import Guarantee, entries, guarantees, recalled


def link_rows(isos: Sequence[str]) -> list[Row]:
    """Rows of links.csv: what follows from the tier of a guarantee and from files, where the register gives no row."""
    troops = _troops(isos)
    bases = dict(read("us_bases.csv").group_by("iso3").len().iter_rows())
    worth, origin = _worth(isos), _origin_of_arms()
    made: list[Row] = []
    for held in guarantees():
        key = (held.guarantor, held.ally)
        access = rules.access(bases.get(held.ally, 0), troops[held.ally])
        made += [(*key, *row) for row in _channels(held)]
        made.append((*key, *figure("troops", 2025, troops[held.ally], "person", "troopdata2025", "V")))
        made.append((*key, *_access(access)))
        made.append((*key, *_stakes(rules.worth(worth["trade"].get(held.ally, 0.3), access, *_ties(worth, held)))))
        if held.ally in origin:
            made += [(*key, *row) for row in _dependence(origin[held.ally])]
    given = {(*entry.fact.key, entry.fact.variable) for entry in entries("links.csv")}
    return [*(row for row in made if row[:3] not in given), *(entry.row for entry in entries("links.csv"))]


def _channels(held: Guarantee) -> list[Row]:
    """Levels of every channel by the tier of the guarantee; a treaty is read, the rest is judged."""
    rows = []
    for channel, level in rules.TIER_CHANNELS[held.tier].items():
        read_in_treaty = channel == "pledge" and held.tier == "treaty"
        source, grade = ("atop5", "V") if read_in_treaty else ("foedus_judgement", "A")
        note = held.basis if channel == "pledge" else ""
        rows.append(figure(f"channel_{channel}", 2025, level, "level 0-1", source, grade, note=note))
    return rows


def _troops(isos: Sequence[str]) -> dict[str, float]:
    """American personnel: the register of assignments, and what the register gives where assignments miss some."""
    assigned = latest(read("us_troops_country_year.parquet"), "troops_ad_best", isos)
    judged = recalled("links.csv", "troops")
    return {
        iso: judged["USA", iso].fact.value if ("USA", iso) in judged else assigned.get(iso, (2025, 0.0))[1]
        for iso in isos
    }


def _access(access: float) -> Row:
    note = "1-exp(-(bases/4+troops/10000))"
    return figure("access", 2025, access, "0-1", "vine_bases2015;troopdata2025", "C", note=note)


def _stakes(stake: float) -> Row:
    note, source = (
        "0.35 trade + 0.25 access + 0.2 votes + 0.2 democracy",
        "cow_trade;vine_bases2015;voeten_ideal;vdem2024",
    )
    return figure("stakes", 2025, stake, "0-1", source, "C", *around(stake, 0.2), note)


def _worth(isos: Sequence[str]) -> dict[str, dict[str, float]]:
    """What makes an ally worth something to the United States: trade, votes, democracy, by iso3."""
    ideal = latest(read("un_ideal_points.parquet"), "idealpointfp", isos)
    regime = latest(read("vdem_indices.parquet").rename({"country_text_id": "iso3"}), "v2x_polyarchy", isos)
    return {
        "trade": _trade(isos),
        "votes": {iso: value for iso, (_, value) in ideal.items()},
        "democracy": {iso: value for iso, (_, value) in regime.items()},
    }


def _ties(worth: Mapping[str, Mapping[str, float]], held: Guarantee) -> tuple[float, float]:
    """Distance of an ally's votes from its guarantor's, and its democracy."""
    votes = worth["votes"]
    return votes.get(held.ally, 1.0) - votes[held.guarantor], worth["democracy"].get(held.ally, 0.5)


def _trade(isos: Sequence[str]) -> dict[str, float]:
    """Trade with the United States on a log scale from 1 billion (0) to 600 billion (1), latest year."""
    codes = dict(read("country_codes.csv").filter(pl.col("iso3").is_in(isos)).select("ccode", "iso3").iter_rows())
    flows = read("cow_trade_dyad_year.parquet").filter((pl.col("ccode1") == 2) & (pl.col("year") == 2014))
    return {
        codes[r["ccode2"]]: rules.trade_weight((r["smoothflow1"] or 0.0) + (r["smoothflow2"] or 0.0))
        for r in flows.iter_rows(named=True)
        if r["ccode2"] in codes
    }


def _origin_of_arms() -> dict[str, float]:
    """Share of arms imports since 2010 that came from the United States, by iso3."""
    arms = (
        read("arms_import_origin_excerpt.csv")
        .filter(pl.col("year") >= 2010)
        .group_by("iso3")
        .agg(pl.col("tiv_imports_total").sum(), pl.col("tiv_imports_from_usa").sum())
    )
    return {
        r["iso3"]: r["tiv_imports_from_usa"] / max(r["tiv_imports_total"], 1e-9) for r in arms.iter_rows(named=True)
    }


def _dependence(origin: float) -> list[Row]:
    note = "share of imports 2010-24 by value, times a factor by domain"
    return [
        figure(f"dependence_{domain}", 2024, share, "share of stock", "sipri_arms", "C", *around(share, 0.2), note)
        for domain, share in rules.arms_dependence(origin).items()
    ]
