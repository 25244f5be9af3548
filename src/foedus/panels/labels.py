"""What columns and coded values mean, in the words that a Stata file carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.panels.codes import CONTIGUITY, FATALITY, FLAG, HOSTILITY, NUCLEAR

_COLUMNS: Mapping[str, str] = {
    "ccode": "Correlates of War code",
    "gwcode": "Gleditsch-Ward code",
    "year": "year",
    "name": "name of the state",
    "abb": "abbreviation of the state",
    "microstate": "microstate (Gleditsch-Ward)",
    "conttype": "closest contiguity in the year",
    "land": "neighbours by land or river",
    "sea": "neighbours over up to 400 miles of water",
    "cowmaj": "COW major power",
    "prd": "politically relevant pair",
    "capdist": "km between capitals on 1 January",
    "mincapdist": "km to the nearest capital",
    "mindist": "least km between territories on 1 January",
    "minmindist": "least km to any other territory",
    "milex": "military expenditure, thousand current US dollars",
    "milper": "military personnel, thousands",
    "irst": "iron and steel, thousand tons",
    "pec": "primary energy, thousand coal-ton equivalents",
    "tpop": "population, thousands",
    "upop": "urban population, thousands",
    "cinc": "Composite Index of National Capability",
    "pwtrgdp": "real GDP, million 2017 international dollars",
    "mrgdppc": "real GDP per head, 2011 international dollars",
    "pwtpop": "population, millions",
    "gdp_current_usd": "GDP, current US dollars",
    "population": "population",
    "v2x_polyarchy": "V-Dem polyarchy, 0-1",
    "polity": "Polity5 polity2, -10 to 10",
    "polity2": "Polity5 polity2, -10 to 10",
    "euds": "extended Unified Democracy Score",
    "aeuds": "extended Unified Democracy Score, adjusted",
    "init": "initiated the dispute",
    "dispnum": "number of the dispute",
    "sidea": "on side A of the dispute",
    "fatality": "level of fatality",
    "fatalpre": "precise fatalities; -9 unknown",
    "hiact": "highest action in the dispute",
    "hostlev": "hostility level",
    "orig": "originator of the dispute",
    "mindur": "least duration, days",
    "maxdur": "greatest duration, days",
    "recip": "reciprocated dispute",
    "stmon": "month in which the dispute began",
    "ongoingrivalry": "strategic rivals",
    "tssr_id": "number of the rivalry",
    "atop_defense": "owes defence (ATOP)",
    "atop_offense": "owes offence (ATOP)",
    "atop_neutral": "owes neutrality (ATOP)",
    "atop_nonagg": "owes non-aggression (ATOP)",
    "atop_consul": "owes consultation (ATOP)",
    "flow": "imports from the other, million current US dollars",
    "smoothflow": "imports from the other, smoothed",
    "imports": "imports, million current US dollars",
    "exports": "exports, million current US dollars",
    "dyadigos": "joint memberships of organisations",
    "troops_ad_best": "US active-duty personnel hosted",
    "idealpointfp": "UN ideal point, final-passage votes",
    "idealpointall": "UN ideal point, all votes",
    "nuclear_weapons_status": "nuclear weapons",
    "warheads": "warheads in the stockpile",
    "lterrthreat": "latent territorial threat",
    "n_claims": "territorial claims",
    "n_mic": "confrontations (MIC) in the year",
    "n_miconset": "confrontations (MIC) that began",
    "onset_orig": "a confrontation began between two originators",
    "mic_hostlev": "hostility level (MIC)",
    "mic_fatalmin": "least deaths of the pair (MIC)",
    "mic_fatalmax": "most deaths of the pair (MIC)",
    "warnum": "number of the war",
    "war_sidea": "side in the war",
    "war_initiator": "initiated the war",
    "war_outcome": "outcome of the war for the state",
    "war_batdeath": "battle deaths of the state; -9 unknown",
    "war_resume": "the war was resumed",
    "ucdp_conflicts": "armed conflicts (UCDP/PRIO)",
    "ucdp_maxintensity": "highest intensity (UCDP/PRIO): 2 is war",
    "n_rivalries": "strategic rivalries",
    "sum_dyadigos": "joint memberships over all partners",
    "n_claims_by": "territorial claims made by the state",
    "n_end_unknown": "territorial claims whose end is unknown",
    "lterrthreat_sd": "latent territorial threat, standard deviation",
    "lterrthreat_lwr": "latent territorial threat, lower 95 % bound",
    "lterrthreat_upr": "latent territorial threat, upper 95 % bound",
    "positional": "positional rivalry",
    "spatial": "spatial rivalry",
    "ideological": "ideological rivalry",
    "interventionary": "interventionary rivalry",
    "n_positional": "positional rivalries",
    "n_spatial": "spatial rivalries",
    "n_ideological": "ideological rivalries",
    "n_interventionary": "interventionary rivalries",
    "wbgdp2011est": "log of GDP, 2011 dollars",
    "wbgdppc2011est": "log of GDP per head, 2011 dollars",
    "sdpest": "log of surplus domestic product",
    "wbpopest": "log of population",
    "icowsal_max": "greatest salience of a claim, 0-12",
}
_EVENTS = {
    "gmlmid": "GML dispute",
    "cowmid": "COW dispute",
    "mic": "confrontation (MIC)",
    "cowinter": "COW inter-state war",
    "ucdp": "armed conflict (UCDP/PRIO)",
}
_SENTENCES = {"onset": "a {} began", "ongoing": "a {} went on", "spell": "years since the last {}"}
_CODED: Mapping[str, Mapping[int, str]] = {
    "conttype": CONTIGUITY,
    "fatality": FATALITY,
    "hostlev": HOSTILITY,
    "nuclear_weapons_status": NUCLEAR,
    "mic_hostlev": {0: "none", **HOSTILITY},
    **dict.fromkeys(("cowmaj", "prd", "init", "sidea", "orig", "recip", "ongoingrivalry"), FLAG),
}


@dataclass(frozen=True)
class Labels:
    """What columns mean, and what the codes in them mean; columns without a label are not in it."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[int, str]]


def labels_of(columns: Iterable[str]) -> Labels:
    """Return the labels of a panel's columns; those with 1 or 2 behind say of which state they are."""
    texts, values = {}, {}
    for column in columns:
        plain, side = _split(column)
        if text := _COLUMNS.get(plain) or _event(plain):
            texts[column] = text + (f", state {side}" if side else "")
        if plain in _CODED:
            values[column] = _CODED[plain]
    return Labels(texts, values)


def _split(column: str) -> tuple[str, str]:
    if column in _COLUMNS or column[-1:] not in ("1", "2"):
        return column, ""
    return column[:-1], column[-1]


def _event(column: str) -> str:
    for start, what in _EVENTS.items():
        for ending, sentence in _SENTENCES.items():
            if column == f"{start}{ending}":
                return sentence.format(what)
            if column == f"{start}{ending}_init":
                return sentence.format(what) + ", which the state initiated"
    return ""
