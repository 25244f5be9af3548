"""What markets, crowds and experts say of the ally itself, beside the run: the latest that can be compared."""

from __future__ import annotations

from foedus.anchors import anchors, compared
from foedus.anchors.compare import Verdict
from foedus.anchors.words import model, outside, window
from foedus.brief.contents import Brief

FEW = 3
"""States up to which a figure is about the ally, and not about an alliance."""


def line(brief: Brief) -> str:
    """The latest such figure in a sentence; empty where nobody says anything that can be compared."""
    about = [anchor for anchor in anchors() if brief.subject in anchor.targets and len(anchor.targets) <= FEW]
    found = compared(brief.runs["posture"].results, table=about)
    told = max(
        (one for one in found if one.verdict is not Verdict.NONE), key=lambda one: one.anchor.asked, default=None
    )
    if told is None:
        return ""
    held = told.anchor
    figure = outside(held).partition(" (")[0]  # its own range is in the report, which has the room
    return f"{held.event}, {window(held)}: {held.kind} {figure} %, model {model(told)} %."
