"""Guarantees of a past year: who owed whom defence, with what forces, and what the ally was worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from foedus.past import assumed
from foedus.past.archive import VIETNAM_WAR, Archive
from foedus.past.figures import Facts
from foedus.past.states import region_of
from foedus.world import rules
from foedus.world.inventory import US_DEFLATOR
from foedus.world.tables import Register

GUARANTORS = {"USA": 2, "RUS": 365, "CHN": 710, "GBR": 200, "FRA": 220}
"""Who can guarantee, first come first: an ally owed defence by several is linked to the first alone."""

IN_EUROPE = ("GBR", "FRA")
"""Guarantors outside their own continent only: in Europe they are allies among allies (NATO, the Union's clause)."""

TRADE_PRICES = 2014
"""Year of the dollars in which trade is weighed."""

ARMS_DATA_BEGIN = 2000


@dataclass(frozen=True)
class Guarantee:
    """One link before its figures."""

    guarantor: str
    ally: str
    tier: str
    basis: str


def guarantees(archive: Archive) -> tuple[Guarantee, ...]:
    """Defence obligations of the major powers in ATOP, and the partners of the United States, one an ally."""
    own = dict(archive.members.select("iso3", "ccode").iter_rows())
    owed = archive.years("atop_dyad_year", 1).filter(pl.col("atop_defense") == 1)
    names: dict[str, Guarantee] = {}
    for guarantor, code in GUARANTORS.items():
        if own.get(guarantor) != code:
            continue
        for other in sorted(owed.filter(pl.col("ccode1") == code)["ccode2"].to_list()):
            ally = archive.iso.get(int(other))
            if ally is None or ally in names or ally == "USA" or _suspended(ally, archive.year):
                continue
            if guarantor in IN_EUROPE and region_of(ally, int(other)) == "Europe":
                continue
            tier = "hemisphere" if guarantor == "USA" and 40 <= int(other) < 200 else "treaty"
            names[ally] = Guarantee(guarantor, ally, tier, f"owed defence in {archive.year} (ATOP)")
        if guarantor == "USA":
            for ally, (first, last, basis) in assumed.PARTNERS.items():
                if ally in own and ally not in names and first <= archive.year <= last:
                    names[ally] = Guarantee("USA", ally, "partner", basis)
    return tuple(sorted(names.values(), key=lambda g: (g.guarantor, g.ally)))


def _suspended(ally: str, year: int) -> bool:
    """ATOP keeps the ANZUS obligation to New Zealand, which the United States suspended in 1986."""
    return ally == "NZL" and assumed.PARTNERS["NZL"][0] <= year


def add_links(archive: Archive, states: tuple[Register, ...], found: tuple[Guarantee, ...], facts: Facts) -> None:
    """Write channels, troops, access, stakes and dependence of every guarantee."""
    present = {state.iso3: state.ccode for state in states}
    troops = us_troops(archive)
    imports = _import_shares(archive)
    flows = archive.years("cow_trade_dyad_year", 3).sort("year")
    votes, regime = _figures(facts, "ideal_point"), _figures(facts, "democracy")
    for link in found:
        if link.guarantor not in present or link.ally not in present:
            continue
        key = (link.guarantor, link.ally)
        for channel, level in _levels(link, archive.year).items():
            read = channel == "pledge" and link.tier != "partner"
            source, grade = ("atop5", "V") if read else ("foedus_judgement", "A")
            note = link.basis if channel == "pledge" else ""
            facts.add("links.csv", key, f"channel_{channel}", level, source=source, grade=grade, note=note)
        count, source, grade = _stationed(link, troops, archive.year)
        facts.add("links.csv", key, "troops", count, source=source, grade=grade)
        granted = rules.access(0, count)
        facts.add("links.csv", key, "access", granted, source=source, grade="C", note="from troops; bases are undated")
        trade = _trade(flows, present[link.guarantor], present[link.ally])
        apart = votes.get(link.ally, 0.0) - votes.get(link.guarantor, 0.0)
        value = rules.worth(rules.trade_weight(trade), granted, apart, regime.get(link.ally, 0.3))
        facts.add(
            "links.csv", key, "stakes", value, source="cow_trade;troopdata2025;voeten_ideal;vdem2024", grade="C",
            low=max(value - 0.2, 0.0), high=min(value + 0.2, 1.0),
        )  # fmt: skip
        _add_dependence(link, imports.get(link.ally), facts)


def us_troops(archive: Archive) -> dict[str, float]:
    """US troops by host, from the reports that do not count twice; a host not on record has none."""
    found = {iso: value for iso, (_, value) in archive.by_state("us_troops_country_year", "troops_ad_best", 1).items()}
    north, south, last = VIETNAM_WAR
    if archive.year < last and south in archive.iso:
        found[archive.iso[south]] = found.pop(archive.iso.get(north, ""), 0.0)
    return found


def _levels(link: Guarantee, year: int) -> dict[str, float]:
    levels = dict(assumed.HEMISPHERE if link.tier == "hemisphere" else rules.TIER_CHANNELS[link.tier])
    if year < assumed.NO_MISSILE_DEFENCE_BEFORE:
        levels["missile_defence"] = 0.0
    if link.guarantor in ("GBR", "FRA"):
        levels["nuclear"] = 0.0
    return levels


def _stationed(link: Guarantee, troops: Mapping[str, float], year: int) -> tuple[float, str, str]:
    if link.guarantor == "USA":
        return troops.get(link.ally, 0.0), "troopdata2025", "V"
    dated = assumed.SOVIET_TROOPS.get(link.ally, ()) if link.guarantor == "RUS" and year <= 1990 else ()
    begun = [count for first, count in dated if first <= year]
    return (float(begun[-1]), "military_balance2025", "R") if begun else (0.0, "foedus_judgement", "A")


def _import_shares(archive: Archive) -> dict[str, float]:
    """United States' share of arms imports by ally over the years on record."""
    if archive.year < ARMS_DATA_BEGIN:
        return {}
    arms = (
        archive.years("arms_import_origin_excerpt")
        .group_by("iso3")
        .agg(pl.col("tiv_imports_total").sum(), pl.col("tiv_imports_from_usa").sum())
    )
    return {iso: usa / total for iso, total, usa in arms.iter_rows() if total > 0}


def _add_dependence(link: Guarantee, share: float | None, facts: Facts) -> None:
    key = (link.guarantor, link.ally)
    if link.guarantor == "USA" and share is not None:
        for domain, level in rules.arms_dependence(share).items():
            low, high = max(level - 0.2, 0.0), min(level + 0.2, 1.0)
            facts.add(
                "links.csv", key, f"dependence_{domain}", level, source="sipri_arms", grade="C", low=low, high=high
            )
        return
    shares = assumed.ARMS_SHARES[link.tier] if link.guarantor == "USA" else assumed.OTHER_ARMS_SHARES[link.guarantor]
    mid, low_share, high_share = (rules.arms_dependence(x) for x in shares)
    for domain, level in mid.items():
        facts.add(
            "links.csv", key, f"dependence_{domain}", level, source="foedus_judgement", grade="A",
            low=low_share[domain], high=high_share[domain], note="no record of arms imports of the time",
        )  # fmt: skip


def _trade(flows: pl.DataFrame, guarantor: int, ally: int) -> float:
    """Trade between the two in the latest year on record, million dollars of 2014."""
    one, two = sorted((guarantor, ally))
    frame = flows.filter(pl.col("ccode1") == one, pl.col("ccode2") == two)
    if not frame.height:
        return 0.0
    last = frame.row(-1, named=True)
    total = max(last["smoothflow1"] or 0.0, 0.0) + max(last["smoothflow2"] or 0.0, 0.0)
    return float(total / US_DEFLATOR[last["year"]] * US_DEFLATOR[TRADE_PRICES])


def _figures(facts: Facts, variable: str) -> dict[str, float]:
    return {fact.key[0]: fact.value for fact in facts.rows["politics.csv"] if fact.variable == variable}
