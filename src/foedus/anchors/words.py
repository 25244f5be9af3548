"""An anchor and the model's side of it in words: figures, window, verdict, and what each side counts as the event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from foedus.anchors.anchor import MEASURES, WIDTH, Anchor
from foedus.anchors.compare import Comparison, Verdict
from foedus.words import NONE, counted, listed, rare

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

MOST_CODES = 4
"""States of one side that are named; more are counted."""

RULE = (
    f"Inside: within a factor of {WIDTH:g} of the odds of the outside figure, or within its own range where that is "
    "wider. The model's side: mean chances of the pairs named, put together over pairs and years as if independent, "
    "over the part of the window that the run covers. Nothing in the model is fitted to these figures."
)
"""What the verdicts mean, said wherever they are shown."""


def outside(anchor: Anchor) -> str:
    """Its figure in per cent with its own range: `13.5 (13-14)`; a dash where there is none."""
    if anchor.value is None:
        return NONE
    own = [bound for bound in (anchor.low, anchor.high) if bound is not None]
    ends = sorted({rare(bound) for bound in (anchor.value, *own)}, key=float)
    return rare(anchor.value) + (f" ({ends[0]}-{ends[-1]})" if len(ends) > 1 else "")


def model(found: Comparison) -> str:
    """The model's chance in per cent; a dash where a run keeps none."""
    return NONE if found.chance is None else rare(found.chance)


def window(anchor: Anchor) -> str:
    """The window: `Feb-Dec 2026`, `May 2026-Jun 2027`."""
    (first, since), (last, until) = _month(anchor.first), _month(anchor.last - 1.0 / 12.0)
    if first == last:
        return f"{since}-{until} {last}" if since != until else f"{since} {last}"
    return f"{since} {first}-{until} {last}"


def verdict(found: Comparison) -> str:
    """`below`, or `cannot be compared: a share of people, not a chance`."""
    return found.verdict.value + (f": {found.why}" if found.why else "")


def event_of_model(anchor: Anchor) -> str:
    """What the model counts as the nearest event, and between whom; a dash where it has none."""
    if not anchor.measure:
        return NONE
    who = _states(anchor.targets)
    if anchor.challengers:
        who = f"{_states(anchor.challengers)} {'and' if anchor.either_way else 'on'} {who}"
    return f"{MEASURES[anchor.measure]} ({who})"


def tally(found: Sequence[Comparison]) -> str:
    """How many lie inside, above and below, and how many cannot be compared, in a sentence."""
    counts = Counter(comparison.verdict for comparison in found)
    said = [f"{counts[kind]} {kind.value}" for kind in (Verdict.INSIDE, Verdict.ABOVE, Verdict.BELOW)]
    total = counted(len(found), "outside figure", "outside figures")
    return f"Of {total}, the model lies {listed(said)}; {counts[Verdict.NONE]} cannot be compared."


def _states(codes: Sequence[str]) -> str:
    return ", ".join(codes) if len(codes) <= MOST_CODES else f"{len(codes)} states"


def _month(when: float) -> tuple[int, str]:
    year = int(when + 1e-6)
    return year, MONTHS[round((when - year) * 12.0)]
