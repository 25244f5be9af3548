"""Names of states and of domains in running text."""

from __future__ import annotations

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


def country(name: str) -> str:
    """A state's name with its article, where it takes one: "the Philippines", "Poland"."""
    return f"the {name}" if name in ARTICLED or name.startswith("United ") else name


def possessive(name: str) -> str:
    """A name with the mark of possession: "Poland's", "the United States'"."""
    return name + ("'" if name.endswith("s") else "'s")
