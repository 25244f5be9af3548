"""What README.md takes from stored results: scoreboard by kind, base rates missed, three allies. See document.py."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap

from foedus.hindcasts.page import counted_by_kind
from foedus.hindcasts.registry import Kind
from foedus.hindcasts.results import Line, lines_of, read_results
from marks import put

ROOT = Path(__file__).parents[1]
SAID: Mapping[Kind, str] = {
    "out of sample": "of {all} tests of the model's equations on years they were not fitted to, **{pass} pass**",
    "as shipped": "of {all} of the ledger as it is, nothing fitted to what is judged, **{pass} pass**",
    "in sample": "of {all} on figures that the ledger took from the same record, {pass} pass: no evidence",
    "data check": "of {all} of baselines and counts, in which the model takes no part, {pass} pass",
}
WIDTH = 120


def scoreboard(lines: list[Line]) -> str:
    """How many hindcasts pass, by what a pass can say."""
    found = []
    for kind, verdicts in counted_by_kind(lines).items():
        text = SAID[kind].format(**{"all": sum(verdicts.values()), "pass": verdicts.get("pass", 0)})
        unsure = verdicts.get("not identified", 0)
        text += f", {unsure} cannot be judged" if unsure else ""
        moved = sum(bool(line.outside) for line in lines if line.test.kind == kind and line.verdict == "pass")
        text += f"; {moved} of the passes hang on values outside the ledger's range" if moved else ""
        found += wrap(f"- *{kind[0].upper()}{kind[1:]}*: {text}.", WIDTH, subsequent_indent="  ")
    return "\n".join(found)


def missed(page: str) -> str:
    """Base rates of docs/results.md that are not within a factor of two of the record, each with both figures.

    page   text of docs/results.md
    Raises ValueError when it holds no table of base rates.
    """
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.count("|") == 7]
    judged = [row for row in rows if row[5] in ("yes", "**no**")]
    if not judged:
        msg = "docs/results.md: no table of base rates. Run: python tools/results.py"
        raise ValueError(msg)
    bad = [f"{row[1]}, {row[0]} pairs ({row[2]} against {row[3]})" for row in judged if row[5] != "yes"]
    never = [
        f"{row[1]}, {row[0]} pairs ({row[2]})" for row in rows if row[5] == "" and row[3].strip("0.") == "" != row[3]
    ]
    text = f"Under steady support {len(judged) - len(bad)} of {len(judged)} lie within a factor of two of 1950-2010."
    text += f" These do not: {'; '.join(bad)}." if bad else ""
    text += f" The record has no case to set beside {'; '.join(never)}." if never else ""
    return "\n".join(wrap(text, WIDTH))


THREE = ("Philippines", "Estonia", "South Korea")


def three_allies(page: str) -> str:
    """The table of three allies, row by row as docs/results.md has them.

    page   text of docs/results.md
    Raises ValueError when it has no table of allies, or not these.
    """
    lines = page.splitlines()
    heads = [i for i, line in enumerate(lines) if line.startswith("| Ally |")]
    rows = {line.split("|")[1].strip(): line for line in lines if line.startswith("| ")}
    if not heads or any(name not in rows for name in THREE):
        msg = f"docs/results.md: no table of allies with {', '.join(THREE)}. Run: python tools/results.py"
        raise ValueError(msg)
    return "\n".join([*lines[heads[0] : heads[0] + 2], *(rows[name] for name in THREE)])


def filled(readme: str) -> str:
    """README.md with its marked parts made anew. Raises ValueError when a mark is gone."""
    results = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
    readme = put(readme, "scoreboard", scoreboard(lines_of(read_results())), "README.md")
    readme = put(readme, "base rates", missed(results), "README.md")
    return put(readme, "three allies", three_allies(results), "README.md")
