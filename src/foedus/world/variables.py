"""What each fact table may say: every variable with its one unit, its legal range and what it means."""

from __future__ import annotations

from foedus import terms
from foedus.world.facttable import FactVariable


def _table(*variables: FactVariable) -> dict[str, FactVariable]:
    return {variable.name: variable for variable in variables}


ECONOMY = _table(
    FactVariable("gdp", "billion USD", "gross domestic product at market rates", 0.01, 1e5),
    FactVariable("population", "million", "people", 0.01, 3000),
    FactVariable("debt", "share of GDP", "general government gross debt", 0, 4),
    FactVariable("growth", "share a year", "expected real growth", -0.1, 0.2),
    FactVariable("price_level", "ratio to market rate", "what a market dollar buys for defence", 0.5, 10),
    FactVariable("abroad_war", "share of GDP", "what others lose in the first year of a war on its soil", 0, 0.5),
    FactVariable("abroad_blockade", "share of GDP", "what others lose in a year of a blockade of it", 0, 0.5),
)
FORCES = _table(
    FactVariable("spending", "billion USD", "military spending, latest", 0, 3000),
    FactVariable("burden", "share of GDP", "military spending over product, latest", 0, 1),
    FactVariable("personnel", "thousand", "active military personnel", 0, 20000),
    FactVariable("brigades", "brigades", "manoeuvre brigades, in equivalents of a heavy one", 0, 500),
    FactVariable("combat_aircraft", "aircraft", "fighters and bombers of the fourth generation on", 0, 10000),
    FactVariable("missiles", "missiles", "ballistic and cruise missiles that reach beyond 300 km", 0, 50000),
    FactVariable("air_defence", "batteries", "surface-to-air batteries of long and medium range", 0, 1000),
    FactVariable("warships", "thousand tons", "displacement of warships and submarines", 0, 10000),
    FactVariable("usable_share", "ratio", "usable force over what past spending paid for", 0, 2),
)
HISTORY = _table(FactVariable("material_spending", "billion current USD", "military spending of a year", 0, 3000))
NUCLEAR = _table(
    FactVariable("warheads", "warheads", "military stockpile", 0, 50000),
    FactVariable("homeland_reach", "warheads", "deliverable at intercontinental range", 0, 50000),
    FactVariable("latency", "0-1", "nuclear latency", 0, 1),
    FactVariable("nuclear_pursuit", "status 0-3", "0 none, 1 explores, 2 pursues, 3 armed", 0, 3, whole=True),
    FactVariable("bomb_opinion", "share of adults", "adults who want nuclear weapons of their own state", 0, 1),
    FactVariable("missile_defence", "share of a salvo", "what a homeland missile defence stops", 0, 1),
)
POLITICS = _table(
    FactVariable("democracy", "0-1", "electoral democracy", 0, 1),
    FactVariable("ideal_point", "ideal point", "position in UN General Assembly votes", -5, 5),
)
GEOGRAPHY = _table(
    FactVariable("latitude", "degree", "of the capital", -90, 90),
    FactVariable("longitude", "degree", "of the capital", -180, 180),
)
LINKS = _table(
    *(FactVariable(f"channel_{c}", "level 0-1", terms.CHANNEL_MEANING[c], 0, 1) for c in terms.CHANNELS),
    FactVariable("troops", "person", "stationed, rotating and deployed", 0, 1000000),
    FactVariable("access", "0-1", "bases and access granted to the guarantor", 0, 1),
    FactVariable("stakes", "0-1", "what the ally is worth to the guarantor", 0, 1),
    *(
        FactVariable(f"dependence_{d}", "share of stock", "needs the guarantor's sustainment", 0, 1)
        for d in terms.DOMAINS
    ),
)
STANDING = _table(
    FactVariable("capability_share", "share of world", "material capabilities, share of the world's (CINC)", 0, 1),
    FactVariable("major", "flag", "1 when a major power of its day (Correlates of War)", 0, 1, whole=True),
    FactVariable(
        "member", "flag", "1 from the year it entered the system of states, 0 from the first year out", 0, 1, whole=True
    ),
)
SECOND = (*(f"channel_{channel}" for channel in terms.CHANNELS), "troops", "stakes")
"""What is said of a second guarantor's link."""

PAIRS = _table(
    FactVariable("distance", "km", "that force must travel", 0, 21000),
    FactVariable("class", "index of class", "of terms.PAIR_CLASSES", 0, 3, whole=True),
    FactVariable("maritime", "flag", "1 when fought mainly at sea and in the air", 0, 1, whole=True),
    FactVariable("nearest", "km", "between nearest points, 0 where they touch", 0, 21000),
    FactVariable(
        "contiguity", "kind 0-5", "1 by land, 2-5 by at most 12, 24, 150, 400 miles of water, 0 none", 0, 5, whole=True
    ),
    FactVariable("owes", "flag", "1 when the challenger owes the target defence", 0, 1, whole=True),
    FactVariable("claim", "flag", "1 when either claims territory of the other", 0, 1, whole=True),
    FactVariable("rival", "flag", "1 when strategic rivals", 0, 1, whole=True),
    FactVariable("value", "stake", "what the target would lose if the issue were lost", 0, 30),
    FactVariable("overlay", "0-1", "judgement added to the hostility computed from disputes", -1, 1),
)
WARS = _table(
    FactVariable("at_war", "flag", "1 when the challenger wages war on the target's soil", 0, 1, whole=True),
    FactVariable("since", "year", "in which that war began", 1816, 2100, whole=True),
    FactVariable("front", "share", "of the issue that the challenger holds in it by force", 0, 1),
)
DISPUTES = _table(
    FactVariable("level", "dispute 1, war 2", "what went on between the two in the year; 0 nothing", 0, 2, whole=True),
    FactVariable(
        "began", "first 1, second 2, both 3", "who began what went on in the year; both without it", 1, 3, whole=True
    ),
    FactVariable("rival", "flag", "1 from the first year of a strategic rivalry, 0 from its end", 0, 1, whole=True),
)
BASES = _table(
    FactVariable("latitude", "degree", "of a main base area, in use since the year of the row", -90, 90),
    FactVariable("longitude", "degree", "of a main base area, in use since the year of the row", -180, 180),
)
POOLS = _table(
    FactVariable("interoperability", "0-1", "how well members fit together", 0, 1),
    FactVariable("resolve", "chance", "that a member comes to another's help", 0, 1),
)
POOL_MEMBERS = _table(
    FactVariable(
        "member", "flag", "1 when the state plans to fight with the pool, 0 when it does not", 0, 1, whole=True
    ),
)
SPONSORED = _table(
    FactVariable("campaign", "flag", "1 when the group waged a campaign on the target in the year", 0, 1, whole=True),
    FactVariable("loss", "share of GDP", "of the target, lost in a year of campaign at full strength", 0, 1),
    FactVariable("host_loss", "share of GDP", "of the state on whose soil the group stands", 0, 1),
    FactVariable("tied", "share", "of the target's forces that the campaign ties down", 0, 0.9),
)
PLANS = _table(FactVariable("spending_target", "share of GDP", "announced military spending of a year", 0, 1))
RATES = _table(
    FactVariable("challenge", "chance a year", "disputes started per directed pair-year", 0, 1),
    *(
        FactVariable(name, "share of disputes", meaning, 0, 1)
        for name, meaning in (
            ("conceded", "in which the target yielded"),
            ("force", "in which force was used"),
            ("war", "that reached war"),
            ("war_with_major_ally", "that reached war when a major power was bound to defend the target"),
            ("war_without_major_ally", "that reached war when none was"),
        )
    ),
)

TABLES = {
    "economy.csv": (("iso3",), ECONOMY),
    "forces.csv": (("iso3",), FORCES),
    "spending_history.csv": (("iso3",), HISTORY),
    "nuclear.csv": (("iso3",), NUCLEAR),
    "politics.csv": (("iso3",), POLITICS),
    "geography.csv": (("iso3",), GEOGRAPHY),
    "links.csv": (("guarantor", "ally"), LINKS),
    "standing.csv": (("iso3",), STANDING),
    "bases.csv": (("guarantor", "base", "host"), BASES),
    "pairs.csv": (("challenger", "target"), PAIRS),
    "wars.csv": (("challenger", "target"), WARS),
    "disputes.csv": (("first", "second"), DISPUTES),
    "pools.csv": (("pool",), POOLS),
    "pool_members.csv": (("pool", "iso3"), POOL_MEMBERS),
    "second_links.csv": (("guarantor", "ally"), {name: v for name, v in LINKS.items() if name in SECOND}),
    "plans.csv": (("ally", "status", "since"), PLANS),
    "sponsored.csv": (("group", "sponsor", "soil", "target"), SPONSORED),
    "base_rates.csv": (("pair_class",), RATES),
}
"""Every long-form table: its key columns and its variables."""

STATE_COLUMNS = ("iso3", "guarantor", "ally", "challenger", "target", "first", "second", "host", "sponsor")
"""Key columns that hold a state of states.csv."""
