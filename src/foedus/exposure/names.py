"""Names in running text: states, domains, and the mark of possession."""

from __future__ import annotations

DOMAIN_WORDS = {
    "land": "land forces",
    "air": "air and missile forces",
    "maritime": "sea forces",
    "c4isr": "intelligence and command",
}
"""Domains in words."""

ARTICLED = (
    "United States",
    "United States of America",
    "United Kingdom",
    "Netherlands",
    "Philippines",
    "United Arab Emirates",
    "German Federal Republic",
    "German Democratic Republic",
    "Soviet Union",
)
"""States whose name takes the article in running text."""


def country(name: str) -> str:
    """Name of a state in running text."""
    return f"the {name}" if name in ARTICLED else name


def possessive(name: str) -> str:
    """Name with the mark of possession: "Poland's", "the United States'"."""
    return name + ("'" if name.endswith("s") else "'s")
