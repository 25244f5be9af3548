"""Code lists of the research files, as their codebooks give them, and codes of states that ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UNKNOWN = -9
"""How the Correlates of War projects write a value that nobody knows."""

CONTIGUITY: Mapping[int, str] = {
    0: "none",
    1: "land or river",
    2: "up to 12 miles of water",
    3: "up to 24",
    4: "up to 150",
    5: "up to 400",
}
FATALITY: Mapping[int, str] = {
    UNKNOWN: "unknown",
    0: "none",
    1: "1-25 deaths",
    2: "26-100",
    3: "101-250",
    4: "251-500",
    5: "501-999",
    6: "more",
}
HOSTILITY: Mapping[int, str] = {1: "no action", 2: "threat", 3: "display", 4: "use of force", 5: "war"}
OUTCOME: Mapping[int, str] = {
    UNKNOWN: "unknown",
    1: "side A wins",
    2: "side B wins",
    3: "side A yields",
    4: "side B yields",
    5: "stalemate",
    6: "compromise",
    7: "released",
    8: "unclear",
    9: "joins a war",
}
SETTLEMENT: Mapping[int, str] = {UNKNOWN: "unknown", 1: "negotiated", 2: "imposed", 3: "none", 4: "unclear"}
NUCLEAR: Mapping[int, str] = {0: "none", 1: "considers", 2: "pursues", 3: "possesses"}
FLAG: Mapping[int, str] = {0: "no", 1: "yes"}

POLITY = (-66, -77, -88)
"""Foreign interruption, collapse and transition: scores of no regime."""


@dataclass(frozen=True)
class Recode:
    """Rows of one code, within some years, that belong to another code of the system."""

    got: int
    used: int
    first: int
    last: int


ENDED = (
    Recode(260, 255, 0, 1945),
    Recode(260, 255, 1991, 9999),
    Recode(678, 679, 1991, 9999),
    Recode(300, 305, 1919, 9999),
)
"""COW codes that some files carry beyond the state's own years: the Federal Republic, the Yemen Arab Republic and
Austria-Hungary."""
