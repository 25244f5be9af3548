"""What can be added to a panel: name on the command line, method, columns, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.panels.disputes import columns as dispute_columns
from foedus.panels.tables import TABLES

NMC = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
ATOP = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
RIVALRY = ("ongoingrivalry", "tssr_id", "positional", "spatial", "ideological", "interventionary")
DEMOCRACY = ("v2x_polyarchy", "polity2", "euds", "aeuds")
THREAT = ("lterrthreat", "lterrthreat_sd", "lterrthreat_lwr", "lterrthreat_upr")
CLAIMS = ("n_claims", "n_claims_by1", "n_claims_by2", "n_end_unknown", "icowsal_max")
TRADE = ("flow1", "flow2", "smoothflow1", "smoothflow2")
MIC = ("miconset", "micongoing", "n_mic", "n_miconset", "onset_orig", "mic_hostlev", "mic_fatalmin", "mic_fatalmax")
WARS = {
    "cowinteronset": "cowinteronset",
    "cowinterongoing": "cowinterongoing",
    "warnum": "warnum",
    "sidea1": "war_sidea1",
    "sidea2": "war_sidea2",
    "initiator1": "war_initiator1",
    "initiator2": "war_initiator2",
    "outcome1": "war_outcome1",
    "outcome2": "war_outcome2",
    "batdeath1": "war_batdeath1",
    "batdeath2": "war_batdeath2",
    "resume": "war_resume",
}
UCDP = ("ucdponset", "ucdpongoing", "ucdp_conflicts", "ucdp_maxintensity")
GDP = {
    "fariss": ("pwtrgdp", "mrgdppc"),
    "anders": ("wbgdp2011est", "wbgdppc2011est", "sdpest"),
    "world_bank": ("gdp_current_usd",),
}
POPULATION = {"fariss": ("pwtpop",), "anders": ("wbpopest",), "world_bank": ("population",)}
ECONOMY_FILES = {"fariss": "fariss_gdp_pop", "anders": "anders_sdp", "world_bank": "world_bank_gdp_pop"}


@dataclass(frozen=True)
class Variable:
    """Something a panel can carry.

    name      as the command line says it
    method    method of Panel that adds it
    meaning   what it is
    columns   what it adds to a dyad-year panel; state variables drop the final 1 or 2 in a state-year panel
    tables    files it reads
    pairs     it needs pairs: not for state-years
    sums      of a variable of pairs, what it adds to a state-year panel: sums, counts or extremes over partners
    """

    name: str
    method: str
    meaning: str
    columns: tuple[str, ...]
    tables: tuple[str, ...]
    pairs: bool = False
    sums: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, int] | None:
        """Years every one of its files is declared to cover; None when it is made from the panel itself."""
        used = [TABLES[t] for t in self.tables]
        return (max(t.first for t in used), min(t.last for t in used)) if used else None

    @property
    def cites(self) -> tuple[str, ...]:
        """Keys of the works to cite."""
        return tuple(dict.fromkeys(key for t in self.tables for key in TABLES[t].cites))

    @property
    def licence(self) -> str:
        """Terms of its files."""
        return "; ".join(dict.fromkeys(TABLES[t].licence for t in self.tables))


def both(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return state columns with 1 and 2 behind, as a dyad-year panel has them."""
    return tuple(f"{c}{side}" for c in columns for side in ("1", "2"))


_ALL = (
    Variable(
        "contiguity",
        "contiguity",
        "COW direct contiguity: 1 land, 2-5 by breadth of water, 0 none",
        ("conttype",),
        ("cow_contiguity",),
        sums=("land", "sea"),
    ),
    Variable("majors", "majors", "COW major powers", both(("cowmaj",)), ("cow_major_powers",)),
    Variable("nmc", "nmc", "national material capabilities and CINC", both(NMC), ("cow_nmc",)),
    Variable(
        "gml-mids",
        "gml_mids",
        "GML militarised disputes",
        dispute_columns("gml"),
        ("gml_mid_directed_dyad_dispute_year",),
        sums=("gmlmidonset", "gmlmidongoing", "gmlmidonset_init", "gmlmidongoing_init"),
    ),
    Variable(
        "cow-mids",
        "cow_mids",
        "COW militarised disputes",
        dispute_columns("cow"),
        ("cow_mid_directed_dyad_dispute_year", "cow_mid_disputes"),
        sums=("cowmidonset", "cowmidongoing", "cowmidonset_init", "cowmidongoing_init"),
    ),
    Variable(
        "mics",
        "mics",
        "MIC militarised confrontations",
        MIC,
        ("mic_directed_dyad_year",),
        sums=("miconset", "micongoing", "mic_hostlev"),
    ),
    Variable(
        "wars",
        "wars",
        "COW inter-state wars",
        tuple(WARS.values()),
        ("cow_interstate_war_directed_dyad_year",),
        sums=("cowinteronset", "cowinterongoing", "war_initiator"),
    ),
    Variable("ucdp", "ucdp", "armed conflicts of each state (UCDP/PRIO)", both(UCDP), ("ucdp_prio_acd",)),
    Variable(
        "capital-distance",
        "capital_distance",
        "great-circle distance between capitals, km",
        ("capdist",),
        ("cow_capitals",),
        sums=("mincapdist",),
    ),
    Variable(
        "minimum-distance",
        "minimum_distance",
        "least distance between territories, km",
        ("mindist",),
        ("cow_min_distance",),
        sums=("minmindist",),
    ),
    Variable(
        "rivalries",
        "rivalries",
        "strategic rivalries",
        RIVALRY,
        ("thompson_strategic_rivalries",),
        sums=("n_rivalries", "n_positional", "n_spatial", "n_ideological", "n_interventionary"),
    ),
    Variable(
        "claims",
        "claims",
        "territorial claims (ICOW)",
        CLAIMS,
        ("icow_territorial_claim_dyad_year",),
        sums=("n_claims", "icowsal_max"),
    ),
    Variable("atop", "atop", "treaty obligations of ccode1 to ccode2", ATOP, ("atop_dyad_year",), sums=ATOP),
    Variable("gdp", "gdp", "GDP", both(GDP["fariss"]), ("fariss_gdp_pop",)),
    Variable("population", "population", "population", both(POPULATION["fariss"]), ("fariss_gdp_pop",)),
    Variable(
        "democracy",
        "democracy",
        "V-Dem polyarchy, Polity, extended UDS",
        both(DEMOCRACY),
        ("regime_democracy",),
    ),
    Variable(
        "trade",
        "trade",
        "imports of each from the other, million current US dollars",
        TRADE,
        ("cow_trade_dyad_year",),
        sums=("imports", "exports"),
    ),
    Variable(
        "igos",
        "igos",
        "joint memberships of intergovernmental organisations",
        ("dyadigos",),
        ("cow_igo_dyad_year",),
        sums=("sum_dyadigos",),
    ),
    Variable(
        "territorial-threat",
        "territorial_threat",
        "latent territorial threat",
        both(THREAT),
        ("latent_territorial_threat",),
    ),
    Variable("names", "names", "names and abbreviations of states", both(("name", "abb")), ("cow_state_system",)),
    Variable("codes", "codes", "the other system's code", both(("gwcode",)), ("cow_gw_state_year",)),
    Variable(
        "us-troops",
        "us_troops",
        "US active-duty personnel hosted",
        both(("troops_ad_best",)),
        ("us_troops_country_year",),
    ),
    Variable(
        "ideal-points",
        "ideal_points",
        "UN General Assembly ideal points",
        both(("idealpointfp", "idealpointall")),
        ("un_ideal_points",),
    ),
    Variable(
        "nuclear",
        "nuclear",
        "nuclear-weapons status and warheads",
        both(("nuclear_weapons_status", "warheads")),
        ("nuclear_proliferation_status", "nuclear_warheads"),
    ),
    Variable(
        "relevant",
        "relevant",
        "politically relevant: contiguous, or one a major power",
        ("prd",),
        ("cow_contiguity", "cow_major_powers"),
        pairs=True,
    ),
    Variable(
        "peace-years",
        "peace_years",
        "years since the last dispute",
        ("gmlmidspell", "cowmidspell", "micspell", "cowinterspell", "ucdpspell"),
        (),
    ),
)

VARIABLES: Mapping[str, Variable] = {v.name: v for v in _ALL}
"""Every addable variable by its name on the command line, in the order they are added."""
