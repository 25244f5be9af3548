"""Whether the model's chance lies inside, above or below what somebody else says, or cannot be compared, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from foedus.anchors.anchor import Anchor, anchors
from foedus.anchors.chances import Unkept, covered, model_chance
from foedus.results import Results

SMALLEST_PART = 0.5
"""Share of a window that the run must cover: of a shorter part the two speak of different times."""

FACTS_END = 2026.5
"""End of June 2026, until which the facts of the world were read: what was asked about before is settled."""

WHY_NOT = {
    "share": "a share of people, not a chance",
    "class": "a word, not a figure",
    "loss": "a loss if it happens; a run keeps expected losses",
}


class Verdict(Enum):
    """How the model's chance stands to another's."""

    INSIDE = "inside"
    ABOVE = "above"
    BELOW = "below"
    NONE = "cannot be compared"


@dataclass(frozen=True)
class Comparison:
    """An anchor and the model's own side.

    chance   the model's over the same window, 0-1; None where a run keeps nothing of the kind
    verdict  the model's against the anchor's range
    why      why the two cannot be compared; empty where they can
    """

    anchor: Anchor
    chance: float | None
    verdict: Verdict
    why: str


def compared(results: Results, role: str = "posture", table: Sequence[Anchor] | None = None) -> tuple[Comparison, ...]:
    """Each anchor beside the model's side of a run, in the order of the table.

    results  a run; its first year is that of the facts
    role     "posture", or "against" where two are compared
    table    the anchors; all that ship with Foedus without it

    Raises UnknownName for a role that the run lacks.
    """
    return tuple(_compared(results, anchor, role) for anchor in (anchors() if table is None else table))


def _compared(results: Results, anchor: Anchor, role: str) -> Comparison:
    outside = _outside(results, anchor)
    found = Unkept(outside) if outside else model_chance(results, anchor, role)
    chance = None if isinstance(found, Unkept) else found
    why = WHY_NOT.get(anchor.figure) or (found.why if isinstance(found, Unkept) else "")
    if why or anchor.band is None or isinstance(found, Unkept):
        return Comparison(anchor, chance, Verdict.NONE, why or "no figure was found")
    low, high = anchor.band
    verdict = Verdict.BELOW if found < low else Verdict.ABOVE if found > high else Verdict.INSIDE
    return Comparison(anchor, chance, verdict, "")


def _outside(results: Results, anchor: Anchor) -> str:
    """Why a window is not the run's to speak of; empty where it is, and for a frequency, which has none."""
    if anchor.figure == "rate":
        return ""
    if anchor.last <= FACTS_END:
        return "settled before the world's facts end"
    part = float(covered(results.years, anchor).sum()) / (anchor.last - max(anchor.first, float(results.years[0])))
    return "" if part >= SMALLEST_PART else f"the run covers {100 * part:.0f} % of the window"
