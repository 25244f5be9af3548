"""What markets, crowds and experts say, beside the run. Nothing is fitted to them."""

from __future__ import annotations

from foedus.anchors import compared
from foedus.anchors.compare import Verdict
from foedus.anchors.words import RULE, model, outside, tally, window
from foedus.report.html import escape, section, table
from foedus.results import Results
from foedus.results.stamp import chances_note

MARKS = {Verdict.INSIDE: "inside", Verdict.ABOVE: "▲ above", Verdict.BELOW: "▼ below"}


def others(results: Results) -> str:
    """The outside figures that can be compared, each with the model's own chance over the same window."""
    found = compared(results)
    cells = [
        (
            escape(one.anchor.event),
            escape(one.anchor.kind),
            escape(f"{one.anchor.source}, {one.anchor.asked} ({one.anchor.grade})"),
            escape(window(one.anchor)),
            outside(one.anchor),
            model(one),
            MARKS[one.verdict],
        )
        for one in found
        if one.verdict is not Verdict.NONE
    ]
    if not cells:
        return ""
    return section(
        "What others say",
        f"<p>{escape(tally(found))} The model is run under {escape(results.roles['posture'])}; nothing is fitted to "
        f"these figures. {escape(RULE)} {escape(chances_note(results.points))}</p>",
        table(("Event", "Who says it", "Source", "window", "outside, %", "model, %", "the model lies"), cells, text=4),
        anchor="others",
    )
