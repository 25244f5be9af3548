"""Write the generated pages of docs/ and the marked parts of README.md.

Usage: python tools/document.py [--check] [--estimates] [--brief]

--brief      print the sample of docs/brief.md again too, which runs the model; a minute
--estimates  write docs/estimates.md too, from the data folder that FOEDUS_DATA names; half a minute
"""

from __future__ import annotations

import argparse
import ast
import sys
from pathlib import Path

import brief_page
from anchors_page import page as anchors
from constants import table
from exposure_page import exposure
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.hindcasts.beside import beside
from foedus.hindcasts.page import page
from foedus.hindcasts.results import lines_of, read_results
from foedus.ledger import Ledger, Mechanism, load_ledger
from foedus.ledger.ensemble import load_ensemble
from foedus.tables import grid
from gallery_page import gallery
from marks import put
from parameter_table import parameter_table
from readme import filled
from results_page import results

ROOT = Path(__file__).parents[1]


def tests_of(row: str) -> list[str]:
    """Tests whose name carries the row, as file::name."""
    found = []
    for path in sorted((ROOT / "tests" / "mechanisms").glob("test_*.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        names = [node.name for node in body if isinstance(node, ast.FunctionDef)]
        found += [f"{path.name}::{name}" for name in names if f"_{row.lower()}_" in name]
    return found


def mechanisms(ledger: Ledger) -> str:
    """The page of mechanisms."""
    lines = [
        "# The mechanisms",
        "",
        "What each claims, which equations carry it, its parameters with grade and sources, how to switch it off, its",
        "tests, and where the report shows it. Generated from the ledger by `python tools/document.py`; a test fails",
        "when it is not current. Grades: V read in the source, C computed from open data, R recalled from the",
        'literature, A an assumption with a range. Off: `--without R07`, or `without = ["R07"]` in a scenario.',
        "",
        *grid(("", "Mechanism", "Equations", "Off"), map(_mechanism, ledger.mechanisms.values())).markdown(),
    ]
    for row, mechanism in ledger.mechanisms.items():
        lines += ["", f"## {row}", "", mechanism.sentence, "", f"- In the report: {mechanism.measure}."]
        lines += [f"- Test: `{name}`." for name in tests_of(row)]
        names = {key: source.short for key, source in ledger.sources.items()}
        lines += ["", *parameter_table(ledger.of_row(row), names, "Default").markdown()]
    return "\n".join(lines) + "\n"


def _mechanism(held: Mechanism) -> tuple[str, ...]:
    equations = ", ".join(f"`{name}`" for name in held.equations)
    off = ", ".join(f"`{name} = {value:g}`" for name, value in held.off.items())
    return (f"[{held.row}](#{held.row.lower()})", held.sentence, equations, off)


def validation(_: Ledger) -> str:
    """The scoreboard, from stored results."""
    return page(lines_of(read_results()))


def readme(_: Ledger) -> str:
    """README.md with its counts regenerated."""
    return filled((ROOT / "README.md").read_text(encoding="utf-8"))


def model(_: Ledger) -> str:
    """docs/model.md with its table of constants regenerated."""
    return put((ROOT / "docs" / "model.md").read_text(encoding="utf-8"), "constants", table(), "docs/model.md")


def _targets() -> str:
    """Targets of the constrained ensemble: what was seen, what was expected, and what the other targets expect."""
    rows = [
        (
            f"{one.name}: {one.what}",
            one.role,
            f"{one.record:.3g} ± {one.tolerance:.2g}",
            f"{100 * one.explained:.0f} %",
            f"{one.before:.3g} ± {one.before_spread:.2g}",
            f"{one.others:.3g} ± {one.others_spread:.2g}",
            f"{one.gain:+.3f}",
        )
        for one in load_ensemble("record-2025").targets
    ]
    heads = ("Target", "Role", "Record", "Explained", "Expected", "By the other targets", "Log score gained")
    return "\n".join(["", *grid(heads, rows).markdown(), ""])


def posterior(_: Ledger) -> str:
    """docs/posterior.md with its tables of onset forecasters, from stored results."""
    text, stored = (ROOT / "docs" / "posterior.md").read_text(encoding="utf-8"), read_results()
    for name in ONSET_TABLES:
        body = "\n".join(["", *beside(stored[name].found).markdown(), ""])
        text = put(text, name, body, "docs/posterior.md")
    return put(text, "targets", _targets(), "docs/posterior.md")


ONSET_TABLES = (
    "onset-forecasters",
    "onset-forecasters-mic",
    "onset-forecasters-mic-late",
    "onset-forecasters-cow-late",
)


def measures(_: Ledger) -> str:
    """docs/measures.md: every measure as it is declared."""
    lines = [
        "# Measures",
        "",
        "What a run keeps of every year, as `src/foedus/engine/measures.py` declares it. Generated from there by",
        "`python tools/document.py`; a test fails when it is not current. The long table (`foedus table`,",
        "`results.tidy`) tells what is in stakes here in per cent of GDP, and adds `loss`, what is conceded and fought",
        "together. To add a measure, see [CONTRIBUTING](../CONTRIBUTING.md#add-a-measure).",
    ]
    for group, said in WHOSE.items():
        lines += ["", f"## {group.value.capitalize()}", "", said, ""]
        lines += ["| Measure | Meaning | Unit | Mechanisms |", "|---|---|---|---|"]
        lines += [f"| `{m.name}` | {m.meaning} | {m.unit} | {', '.join(m.rows)} |" for m in MEASURES[group].values()]
    return "\n".join(lines) + "\n"


WHOSE = {
    Group.ALLY: "`results.ally(name)`: an array by year, ally and future.",
    Group.GUARANTOR: "`results.guarantor(name)`: an array by year, guarantor and future.",
    Group.REGION: "`results.region(name)`: an array by year, region and future.",
    Group.PAIR: "`results.pairs()`: counts by directed pair, summed over years and futures.",
    Group.CLASS: "`results.classes()`: counts by class of directed pair and future, summed over years.",
    Group.PAIR_YEAR: "`results.pair_years()`: chances by directed pair and year, means over futures.",
}

PAGES = {
    "docs/anchors.md": anchors,
    "docs/results.md": results,
    "docs/measures.md": measures,
    "docs/mechanisms.md": mechanisms,
    "docs/exposure.md": exposure,
    "docs/validation.md": validation,
    "docs/gallery.md": gallery,
    "docs/model.md": model,
    "docs/posterior.md": posterior,
    "README.md": readme,
}


def main() -> None:
    """Write the pages, or with --check say which are not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--estimates", action="store_true")
    parser.add_argument("--brief", action="store_true")
    asked = parser.parse_args()
    check = asked.check
    ledger, stale = load_ledger(), []
    for name, make in PAGES.items():
        path, text = ROOT / name, make(ledger)
        if check:
            stale += [name] if not path.exists() or path.read_text(encoding="utf-8") != text else []
        else:
            path.write_text(text, encoding="utf-8")
    if asked.estimates:
        from foedus.calibration import estimate
        from foedus.calibration.page import page as page_of

        (ROOT / "docs" / "estimates.md").write_text(page_of(estimate()), encoding="utf-8")
    if asked.brief:
        brief_page.PAGE.write_text(brief_page.filled(brief_page.PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    if stale:
        sys.exit(f"not current: {', '.join(stale)}. Run: python tools/document.py")


if __name__ == "__main__":
    main()
