"""The validate command: the historical scoreboard."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap

from foedus.cli.applies import not_with
from foedus.cli.console import console, said
from foedus.cli.output import print_json
from foedus.errors import DataError, InputError
from foedus.files import check_place
from foedus.hindcasts import KINDS, HindcastSetting, Registered, find
from foedus.hindcasts.beside import beside
from foedus.hindcasts.page import counted, counted_by_kind, judged_figures, number, outside, span
from foedus.hindcasts.results import ScoreLine, lines_of, read_results, run, write_results
from foedus.hindcasts.standing import counted_standings, standings
from foedus.hindcasts.unidentified import UNIDENTIFIED
from foedus.panels.files import DataFolder
from foedus.tables import grid

NEEDED = {"statsmodels": "statsmodels", "sklearn": "scikit-learn"}
"""Modules that hindcasts import when they run, and the packages that hold them."""
VERDICT = {"pass": "pass", "fail": "FAIL", "not identified": "n.i.", "not run": "-"}
NAME, KIND = 26, 13
INDENT = 6 + NAME + 1 + KIND + 1
"""columns taken by the verdict, the name and the kind"""
KEY = (
    "Out of sample: the model as it would have shipped before the years scored.\n"
    "In sample: the ledger took what is judged from the record. Data check: the\n"
    "model takes no part. n.i.: not identified, the data cannot judge. ~: another\n"
    "verdict lies within a figure's 90 % interval. Beside other forecasters: better\n"
    "or worse where the whole interval of the difference is. Known: published, or\n"
    "computed before this program.\n"
    "One in full: foedus validate NAME. All figures: foedus manual validation"
)


def run_validate(
    names: Sequence[str],
    data: Path | None,
    *,
    listed: bool,
    quick: bool,
    stored: bool,
    draws: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Run hindcasts, or show stored results, and print the scoreboard."""
    if draws is not None and draws < 20:
        msg = f"--draws {draws}: an interval needs 20 or more"
        raise InputError(msg)
    if listed:
        not_with("--list", data=data, stored=stored, draws=draws, out=out)
    if stored:
        not_with("--stored", data=data, draws=draws)
    tests = [t for t in find(names) if t.quick or not quick]
    if listed:
        _list(tests, as_json=as_json)
        return
    if out is not None:
        out = check_place(out, (".json",))
    kept = read_results()
    folder = None if stored else _folder(data)
    if folder is None:
        lines = lines_of(kept, tests)
        if not stored:
            said("No research data (--data DIR or FOEDUS_DATA): showing the results stored with Foedus.\n")
    else:
        if missing := [name for module, name in NEEDED.items() if find_spec(module) is None]:
            msg = f'hindcasts need {" and ".join(missing)}: pip install "foedus[history]". Stored results: --stored'
            raise InputError(msg)
        lines = run(tests, HindcastSetting(folder, draws=200 if draws is None else draws), _tell)
        print("\r" + " " * 70 + "\r", end="", file=sys.stderr)
    try:
        _printed(lines, as_json=as_json)
    finally:
        if out is not None:
            write_results(lines, out, read_results(out) if out.is_file() else kept)


def _printed(lines: Sequence[ScoreLine], *, as_json: bool) -> None:
    if as_json:
        _json(lines)
    elif len(lines) == 1:
        _one(lines[0])
    else:
        _scoreboard(lines)


def _folder(data: Path | None) -> DataFolder | None:
    try:
        return DataFolder.open(data)
    except DataError:
        if data is not None:
            raise
        return None


def _tell(name: str) -> None:
    print(f"\r{name:70}", end="", file=sys.stderr, flush=True)


def _list(tests: Sequence[Registered], *, as_json: bool) -> None:
    if as_json:
        body = [
            {
                "name": t.name,
                "theme": t.theme,
                "kind": t.kind,
                "question": t.question,
                "vintage": t.vintage,
                "train": t.train,
                "test": t.test,
                "baseline": t.baseline,
                "published": t.published,
                "criteria": [str(c) for c in t.criteria],
                "criteria_after_a_look": [str(c) for c in t.criteria if c.seen],
                "needs": t.needs,
                "quick": t.quick,
            }
            for t in tests
        ]
        print_json(body)
        return
    names = ("hindcast", "test years", "question")
    rows = [(test.name, f"{test.test[0]}-{test.test[1]}", test.question) for test in tests]
    console().print(grid(names, rows, whole=names[:2], title=f"{len(tests)} registered hindcasts").terminal())


def _counts(lines: Sequence[ScoreLine]) -> list[str]:
    """Verdicts by kind, and how the model stands beside other forecasters."""
    found = []
    for kind, verdicts in counted_by_kind(lines).items():
        said = ", ".join(f"{n} {verdict}" for verdict, n in verdicts.items())
        found.append(f"{sum(verdicts.values()):3} {kind:{KIND}} {said}")
    beside_others = standings(lines)
    return [*found, f"Beside other forecasters, {counted_standings(beside_others)}"] if beside_others else found


def _scoreboard(lines: Sequence[ScoreLine]) -> None:
    view = console()
    view.print(counted(lines), style="bold")
    for text in _counts(lines):
        view.print(text, markup=False)
    theme = ""
    for line in lines:
        if line.test.theme != theme:
            theme = line.test.theme
            view.print(f"\n{theme}", style="dim", markup=False)
        mark = VERDICT[line.verdict] + ("~" if line.outcome and not line.outcome.clear else "")
        mark += "†" if line.outside else ""
        rest = _headline(line)
        for i, part in enumerate(wrap(rest, 80 - INDENT) or [""]):
            start = f"{mark:6}{line.test.name:{NAME}} {line.test.kind:{KIND}} " if i == 0 else " " * INDENT
            view.print(f"{start}{part}", markup=False, soft_wrap=True)
    view.print()
    for line in lines:
        if line.outside and line.verdict == "pass":
            view.print(f"pass† {line.test.name}: fitted outside the ledger's range: {outside(line)}.", markup=False)
        if line.outcome is not None and line.verdict != "pass":
            view.print(f"{VERDICT[line.verdict]} {line.test.name}: {line.outcome.why}.", markup=False)
        if line.stale:
            view.print(f"{line.test.name}: its criteria have changed since it ran on {line.ran}.", markup=False)
    if since := sum(line.moved for line in lines):
        view.print(
            f"The ledger has changed since {since} of these ran: give --data DIR to run them again.", markup=False
        )
    view.print("\nWhat the data cannot identify:", style="dim")
    for what, _ in UNIDENTIFIED:
        view.print(f"- {what}", style="dim", markup=False)
    view.print(f"\n{KEY}", style="dim", markup=False)


def _headline(line: ScoreLine) -> str:
    """The figure that decided, its interval, the baseline and what was known."""
    if line.outcome is None:
        return "not run"
    first = judged_figures(line.outcome)[0]
    text = f"{first.measure} {number(first.ours)}"
    if first.low is not None:
        text += f" [{number(first.low)}, {number(first.high)}]"
    if first.baseline is not None:
        text += f"; baseline {number(first.baseline)}"
    if first.published is not None:
        text += f"; known {number(first.published)}"
    return text


def _one(line: ScoreLine) -> None:
    test, outcome, view = line.test, line.outcome, console()
    fitted = "nothing is fitted" if test.train is None else f"fitted on {test.train[0]}-{test.train[1]}"
    view.print(f"{test.name}: {test.question}", markup=False)
    view.print(f"{test.vintage}; {fitted}, tested on {test.test[0]}-{test.test[1]}.", markup=False)
    view.print(f"Kind: {test.kind} ({KINDS[test.kind]}).", markup=False)
    if test.baseline:
        view.print(f"Baseline: {test.baseline}.", markup=False)
    if outcome is None:
        view.print("Not run: it has no stored result. Give --data DIR.", markup=False)
        return
    view.print(f"\n{outcome.verdict.upper()}: {outcome.why}.", markup=False)
    cases = "" if outcome.found.rows is None else f"{outcome.found.rows:,} cases"
    events = "" if outcome.found.events is None else f", {outcome.found.events:,} events"
    numbers = ("ours", "90 %", "baseline", "known")
    rows = [(f.measure, number(f.ours), span(f), number(f.baseline), number(f.published)) for f in outcome.figures]
    view.print(grid(("figure", *numbers), rows, right=numbers, whole=numbers[:2], title=cases + events).terminal())
    for f in outcome.figures:
        if f.note:
            view.print(f"{f.measure}: {f.note}.", markup=False)
    if outcome.found.beside:
        view.print(beside(outcome.found, intervals=False).terminal())
    if line.outside:
        view.print(f"Fitted outside the ledger's range: {outside(line)}.", markup=False)
    for curve in outcome.found.curves:
        bins = zip(curve.count, curve.forecast, curve.observed, strict=True)
        heads = ("cases", "forecast", "observed")
        cells = [(f"{n:,}", number(p), number(y)) for n, p, y in bins]
        view.print(grid(heads, cells, right=heads, title=f"reliability: {curve.name}").terminal())


def _json(lines: Sequence[ScoreLine]) -> None:
    body = {
        "hindcasts": [
            {
                "name": line.test.name,
                "theme": line.test.theme,
                "kind": line.test.kind,
                "question": line.test.question,
                "train": line.test.train,
                "test": line.test.test,
                "verdict": line.verdict,
                "clear": line.outcome.clear if line.outcome else None,
                "why": line.outcome.why if line.outcome else "",
                "ran": line.ran,
                "stale": line.stale,
                "ledger_changed": line.moved,
                "outside_ledger": [
                    {"parameter": name, "fitted": value, "low": low, "high": high}
                    for name, value, low, high in line.outside
                ],
                "found": asdict(line.outcome.found) if line.outcome else None,
            }
            for line in lines
        ],
        "kinds": [
            {"kind": kind, "meaning": KINDS[kind], "verdicts": verdicts}
            for kind, verdicts in counted_by_kind(lines).items()
        ],
        "unidentified": [{"what": what, "why": why} for what, why in UNIDENTIFIED],
    }
    print_json(body)
