"""Names of states and of domains in running text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

ARTICLED = (
    "Bahamas",
    "German Democratic Republic",
    "German Federal Republic",
    "Maldives",
    "Marshall Islands",
    "Netherlands",
    "Philippines",
    "Solomon Islands",
    "Soviet Union",
)
"""States whose name takes the article, besides those that begin with United."""

DOMAIN_WORDS = {
    "land": "land forces",
    "air": "air and missile forces",
    "maritime": "sea forces",
    "c4isr": "intelligence and command",
}
"""Domains of forces (`terms.DOMAINS`) in words."""


ALIASES = {
    "bosnia": "Bosnia and Herzegovina",
    "britain": "United Kingdom",
    "burma": "Myanmar",
    "cote d'ivoire": "Ivory Coast",
    "czech republic": "Czechia",
    "democratic people's republic of korea": "North Korea",
    "dprk": "North Korea",
    "great britain": "United Kingdom",
    "holland": "Netherlands",
    "iran, islamic republic of": "Iran",
    "korea": "South Korea",
    "korea, republic of": "South Korea",
    "ksa": "Saudi Arabia",
    "macedonia": "North Macedonia",
    "people's republic of china": "China",
    "prc": "China",
    "republic of china": "Taiwan",
    "republic of korea": "South Korea",
    "rok": "South Korea",
    "russian federation": "Russia",
    "slovak republic": "Slovakia",
    "syrian arab republic": "Syria",
    "turkiye": "Turkey",
    "uae": "United Arab Emirates",
    "uk": "United Kingdom",
    "us": "United States",
    "united states of america": "United States",
    "viet nam": "Vietnam",
}
"""Other names of states, folded, and the name that the register has."""


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without capitals, accents, articles and spare spaces, so that Türkiye and Turkiye are one."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ı", "i").casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split()).removeprefix("the ")


def state_named(word: str, codes: Sequence[str], names: Sequence[str]) -> str | None:
    """The code of the state that a word means: its code, its name or another name of it, in any case; else None.

    codes, names  of every state, in the same order
    """
    by_name, asked = _by_name(tuple(codes), tuple(names)), folded(word)
    return by_name.get(asked) or by_name.get(folded(ALIASES.get(asked, asked)))


@lru_cache(maxsize=16)
def _by_name(codes: tuple[str, ...], names: tuple[str, ...]) -> Mapping[str, str]:
    return dict(zip(map(folded, names), codes, strict=True)) | {code.casefold(): code for code in codes}


def country(name: str) -> str:
    """A state's name with its article, where it takes one: "the Philippines", "Poland"."""
    return f"the {name}" if name in ARTICLED or name.startswith("United ") else name


def possessive(name: str) -> str:
    """A name with the mark of possession: "Poland's", "the United States'"."""
    return name + ("'" if name.endswith("s") else "'s")
