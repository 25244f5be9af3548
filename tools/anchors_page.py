"""Run steady support beside the anchors, store what it gives in data/anchors.json, and write docs/anchors.md.

Usage: python tools/anchors_page.py [FUTURES]

It stores the wars of the same run too (tools/wars_beside.py). A minute; run it after the ledger, the facts, an
equation or the table of anchors changed. `python tools/document.py` writes the page again from what is stored. A test
fails when the digests stored are no longer those of the ledger and the facts, or when the table has an anchor that was
not stored.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.anchors import Anchor, Comparison, Verdict, anchors, compared
from foedus.anchors.anchor import FIGURES, KINDS
from foedus.anchors.words import RULE, event_of_model, model, outside, tally, verdict, window
from foedus.ledger import Ledger, load_ledger
from foedus.posture import Scenario
from foedus.results import Results
from foedus.results.answer import LIMITS
from foedus.study import prepare, run
from foedus.tables import grid
from foedus.terms import FUTURES, SEED, YEARS
from foedus.world import World
from wars_beside import measured, section

ROOT = Path(__file__).parents[1]
STORED, PAGE = ROOT / "data" / "anchors.json", ROOT / "docs" / "anchors.md"
ABOUT = (
    "What markets, crowds, experts and records say beside what the model gives for the same event over the same "
    "window. Nothing is fitted to them: no module that fits or runs can import them, and a test holds that. `foedus "
    "anchors` prints this from a run of your own."
)
GRADES_SAID = (
    "Grade V: read on the publisher's own page. R: read in a report of another, or recalled. C: computed. A market is "
    "thin where the note says so, and its price was read from a mirror."
)
COLUMNS = ("Event", "Counts outside", "Counts in the model", "Who, window", "Outside, %", "Model, %", "Verdict")


def page(_: Ledger) -> str:
    """docs/anchors.md, from what is stored."""
    held = json.loads(STORED.read_text(encoding="utf-8"))
    found = _read(held["anchors"])
    made = (
        f"By `python tools/anchors_page.py` from {held['futures']:,} futures of steady support, {YEARS[0]}-{YEARS[1]}, "
        f"seed {SEED}. Ledger `{held['ledger']}`, facts `{held['facts']}`."
    )
    lines = [
        "# Anchors",
        "",
        ABOUT,
        "",
        made,
        "",
        f"{tally(found)} {RULE}",
        "",
        f"Kinds: {_glossed(KINDS)}. Figures: {_glossed(FIGURES)}.",
        "",
        *grid(COLUMNS, [_row(one) for one in found]).markdown(),
        "",
        *section(held["wars"], held["futures"]),
        "## Where each figure is from",
        "",
        GRADES_SAID,
        "",
        *grid(("Row", "Event", "Source", "Asked", "Grade", "Note"), [_source(one.anchor) for one in found]).markdown(),
        "",
        LIMITS,
    ]
    return "\n".join(lines) + "\n"


def _glossed(words: Mapping[str, str]) -> str:
    return "; ".join(f"*{name}*, {meaning}" for name, meaning in words.items())


def _row(found: Comparison) -> tuple[str, ...]:
    anchor = found.anchor
    who = f"{anchor.kind}, {window(anchor)}"
    what = {"share": " of people", "rate": " a year", "loss": " of product"}.get(anchor.figure, "")
    return (
        anchor.event,
        anchor.definition,
        event_of_model(anchor),
        who,
        outside(anchor) + what,
        model(found),
        verdict(found),
    )


def _source(anchor: Anchor) -> tuple[str, ...]:
    source = f"[{anchor.source}]({anchor.url})" if anchor.url else anchor.source
    return (anchor.id, anchor.event, source, anchor.asked, anchor.grade, anchor.note)


def _read(stored: Sequence[dict[str, Any]]) -> list[Comparison]:
    by_id = {anchor.id: anchor for anchor in anchors()}
    return [
        Comparison(by_id[row["id"]], row["chance"], Verdict(row["verdict"]), row["why"])
        for row in stored
        if row["id"] in by_id
    ]


def store(futures: int) -> None:
    """Run steady support and store its side."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = Scenario.of("steady", None, name="anchors", futures=futures)
        results = Results.of(run(prepare(scenario), Path(folder) / "run"))
        found, wars = compared(results), measured(results, World.load())
    body = {
        "futures": futures,
        "ledger": load_ledger().digest,
        "facts": World.load().tables.digest,
        "anchors": [
            {
                "id": one.anchor.id,
                "chance": None if one.chance is None else float(f"{one.chance:.6g}"),
                "verdict": one.verdict.value,
                "why": one.why,
            }
            for one in found
        ],
        "wars": wars,
    }
    STORED.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    store(int(sys.argv[1]) if len(sys.argv) > 1 else FUTURES)
    PAGE.write_text(page(load_ledger()), encoding="utf-8")
