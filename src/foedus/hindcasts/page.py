"""The scoreboard as a page: docs/validation.md, made from stored results."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from foedus.hindcasts.beside import beside
from foedus.hindcasts.failures import FAILURES
from foedus.hindcasts.registry import KINDS, THEMES, Criterion, FoundMeasure, Kind
from foedus.hindcasts.results import ScoreLine
from foedus.hindcasts.standing import counted_standings, standings
from foedus.hindcasts.unidentified import NOT_ATTEMPTED, UNIDENTIFIED
from foedus.hindcasts.verdict import HindcastOutcome
from foedus.ledger import load_ledger
from foedus.tables import grid

SHOWN = {"pass": "pass", "fail": "**fail**", "not identified": "not identified", "not run": "not run"}

OPENING = (
    "A *hindcast* runs the model, or a part of it, on past years and judges it by what happened. A verdict follows "
    "from criteria alone, and failures stay on this page."
)

HEADER = (
    "Generated from the stored results of `foedus validate` by `python tools/document.py`. Each hindcast "
    "(`foedus.hindcasts`) fixed its years and baseline before it ran, and its criteria too, {after_a_look} "
    "Intervals are the middle 90 % of draws of whole dyads (or states) with "
    "replacement; where the engine ran, on [worlds of past years](past-worlds.md), of futures. The form of the onset "
    "forecaster was chosen by fits on 1950-1979 scored on 1980-1989, so of the rolling windows only those from 1990 "
    "are untouched. That of equation (14) was chosen by folds of 1946-1974, after it had failed on 1975-2010. Nothing "
    "was fitted to the natural experiments."
)

MARKS = (
    "*Not identified* means that the data cannot judge: a figure they do not give, or an interval wider than the "
    "criterion allows. A verdict marked ~ would change within an interval"
)
OUTSIDE = (
    " One marked † was fitted to values outside the ledger's range: it judges the form of the equations, not the "
    "parameters shipped."
)
STANDING_RULE = (
    "One rule for every score set beside another forecaster's on the same cases: *better* or *worse* where the whole "
    "90 % interval of the difference, on the same draws, lies on one side of none; else the two are not told apart. "
    "Of differences of equals one in ten would lie outside by luck. Verdicts do not use the rule: they go by the "
    "figure, so that a tie may pass or fail."
)


def counted(lines: Sequence[ScoreLine]) -> str:
    """Return the verdicts counted in words: "24 hindcasts: 15 pass, 5 fail, 4 not identified"."""
    verdicts = [line.verdict for line in lines]
    counts = [f"{verdicts.count(verdict)} {verdict}" for verdict in SHOWN if verdict in verdicts]
    return f"{len(lines)} hindcasts: {', '.join(counts)}"


def counted_by_kind(lines: Sequence[ScoreLine]) -> dict[Kind, dict[str, int]]:
    """Return how many of each kind came to each verdict, kinds in their order and verdicts that none has left out."""
    found: dict[Kind, dict[str, int]] = {}
    for kind in KINDS:
        verdicts = [line.verdict for line in lines if line.test.kind == kind]
        if verdicts:
            found[kind] = {verdict: verdicts.count(verdict) for verdict in SHOWN if verdict in verdicts}
    return found


def outside(line: ScoreLine) -> str:
    """Return which fitted values are outside the ledger's range, in words; nothing when none does."""
    return ", ".join(f"{name} {number(value)} ({low:g} to {high:g})" for name, value, low, high in line.outside)


def number(value: float | None) -> str:
    """Return a figure in four significant digits, a dash when there is none."""
    if value is None:
        return "–"
    if float(value).is_integer() and abs(value) < 1e6:
        return f"{int(value):,}"
    return f"{value:.3g}"


def span(figure: FoundMeasure) -> str:
    """Return a figure's interval, or nothing."""
    return "" if figure.low is None else f"{number(figure.low)} to {number(figure.high)}"


def page(lines: Sequence[ScoreLine]) -> str:
    """Return the page."""
    days = sorted({line.ran for line in lines if line.ran})
    ran = f"Run on {days[0] if len(days) == 1 else f'{days[0]} to {days[-1]}'}. " if days else ""
    text = [
        "# How the model scores on history",
        "",
        *wrap(OPENING, 115),
        "",
        f"{ran}**{counted(lines)}.**{_moved(lines)}",
        "",
        *grid(("Kind", "What a verdict can say", "Verdicts"), _kinds(lines)).markdown(),
        "",
        *wrap(MARKS + _unsure(lines) + "." + (OUTSIDE if any(line.outside for line in lines) else ""), 115),
        "",
        *wrap(HEADER.format(after_a_look=_after_a_look(lines)), 115, break_on_hyphens=False),
        "",
        *_failures(lines),
        *_standings(lines),
        "## Every verdict",
        "",
        *grid(("Verdict", "Hindcast", "Kind", "Judged by", *FOUND), _rows(lines)).markdown(),
        "",
        "## What the data cannot identify",
        "",
        *grid(("What", "Why"), UNIDENTIFIED).markdown(),
        "",
        "## Not attempted",
        "",
        *(f"- {what}" for what in NOT_ATTEMPTED),
    ]
    for theme in THEMES:
        held = [line for line in lines if line.test.theme == theme]
        if held:
            text += ["", f"## {theme[0].upper()}{theme[1:]}"]
            text += [row for line in held for row in _section(line)]
    return "\n".join(text) + "\n"


def _failures(lines: Sequence[ScoreLine]) -> list[str]:
    """What fails and why, before anything that passes."""
    failed = [line.test.name for line in lines if line.verdict == "fail"]
    if not failed:
        return []
    said = [f"- [{name}](#{name}): {FAILURES.get(name, 'not explained yet')}." for name in failed]
    wrapped = [wrap(one, 118, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False) for one in said]
    return ["## What fails, and why", "", *(line for lines in wrapped for line in lines), ""]


def _standings(lines: Sequence[ScoreLine]) -> list[str]:
    """Every score beside another forecaster's, losses first."""
    found = standings(lines)
    if not found:
        return []
    rows = [
        (one.standing, f"[{one.hindcast}](#{one.hindcast})", one.rival, one.figure.measure, *_found(one.figure)[:2])
        for one in found
    ]
    head = ("Ours is", "Hindcast", "Beside", "Score", "Difference", "90 %")
    said = wrap(f"{STANDING_RULE} **{counted_standings(found)}.**", 115, break_on_hyphens=False)
    return ["## Beside other forecasters", "", *said, "", *grid(head, rows).markdown(), ""]


def _moved(lines: Sequence[ScoreLine]) -> str:
    since = sum(line.moved for line in lines)
    return f" The ledger has changed since {since} of them ran." if since else ""


def _unsure(lines: Sequence[ScoreLine]) -> str:
    """How many passes and fails would change, in brackets."""
    held = [line.verdict for line in lines if line.outcome is not None and not line.outcome.clear]
    counts = [f"{held.count(verdict)} {verdict}" for verdict in SHOWN if verdict in held]
    return f" ({', '.join(counts)})" if counts else ""


def _after_a_look(lines: Sequence[ScoreLine]) -> str:
    """Which criteria were not fixed beforehand."""
    held = [(line.test.name, sum(c.seen for c in line.test.criteria)) for line in lines]
    late = [f"`{name}` ({count})" for name, count in held if count]
    every = sum(len(line.test.criteria) for line in lines)
    if not late:
        return "all of them."
    count = sum(count for _, count in held)
    return f"save {count} of {every} that were set or added after a result was seen: {', '.join(late)}."


FOUND = ("Ours", "90 %", "Baseline", "Known")
"""Columns that `_found` fills."""


def _found(figure: FoundMeasure) -> tuple[str, ...]:
    return (number(figure.ours), span(figure), number(figure.baseline), number(figure.published))


def _kinds(lines: Sequence[ScoreLine]) -> list[tuple[str, ...]]:
    return [
        (kind, KINDS[kind], ", ".join(f"{n} {verdict}" for verdict, n in verdicts.items()))
        for kind, verdicts in counted_by_kind(lines).items()
    ]


def _rows(lines: Sequence[ScoreLine]) -> list[tuple[str, ...]]:
    """One row for each figure judged; the hindcast is named in its first."""
    rows: list[tuple[str, ...]] = []
    for line in lines:
        name = f"[{line.test.name}](#{line.test.name})"
        if line.outcome is None:
            rows.append((SHOWN["not run"], name, line.test.kind, *[""] * (1 + len(FOUND))))
            continue
        mark = SHOWN[line.verdict] + ("" if line.outcome.clear else " ~") + (" †" if line.outside else "")
        heads = [(mark, name, line.test.kind), *[("", "", "")] * len(line.outcome.figures)]
        judged = judged_figures(line.outcome)
        rows += [(*head, f.measure, *_found(f)) for head, f in zip(heads, judged, strict=False)]
    return rows


def judged_figures(outcome: HindcastOutcome, most: int = 4) -> list[FoundMeasure]:
    """Return the figures that criteria judge: those missed or not judged first, then the rest, each once."""
    ordered = sorted(outcome.judgements, key=lambda j: (j.met is True, j.met is None))
    by_name = {f.measure: f for f in outcome.figures}
    return [by_name[name] for name in dict.fromkeys(j.criterion.measure for j in ordered)][:most]


def _section(line: ScoreLine) -> list[str]:
    test, outcome = line.test, line.outcome
    fitted = "nothing fitted" if test.train is None else f"fitted on {test.train[0]}-{test.train[1]}"
    text = [
        "",
        f"### {test.name}",
        "",
        f"{test.question} {test.vintage}; {fitted}, tested on {test.test[0]}-{test.test[1]}.",
        f"Kind: {test.kind}.",
    ]
    if test.baseline:
        text.append(f"Baseline: {test.baseline}.")
    if test.published:
        text.append(f"Known: {test.published}.")
    text.append("Must hold: " + "; ".join(_criterion(c) for c in test.criteria) + ".")
    if outcome is None:
        return [*text, "", "Not run."]
    cases = "" if outcome.found.rows is None else f" {outcome.found.rows:,} cases"
    cases += "" if outcome.found.events is None else f", {outcome.found.events:,} events"
    stale = " Criteria have changed since it ran." if line.stale else ""
    text += ["", f"{SHOWN[outcome.verdict].capitalize()}:{cases}. {outcome.why}.{stale}".replace("..", "."), ""]
    text += grid(("Figure", *FOUND), [(f.measure, *_found(f)) for f in outcome.figures]).markdown()
    text += [f"\n{f.measure}: {f.note}." for f in outcome.figures if f.note]
    if outcome.found.beside:
        text += ["", "Everyone on the same cases:", "", *beside(outcome.found).markdown()]
    return text + _curves(outcome) + _fitted(line)


def _criterion(criterion: Criterion) -> str:
    said = [*([criterion.why] if criterion.why else []), *(["after a look"] if criterion.seen else [])]
    return f"{criterion} ({'; '.join(said)})" if said else str(criterion)


def _curves(outcome: HindcastOutcome) -> list[str]:
    text: list[str] = []
    for curve in outcome.found.curves:
        text += ["", f"Reliability ({curve.name}), bins of about {curve.count[0]:,} cases:", ""]
        bins = [str(i + 1) for i in range(len(curve.count))]
        rows = [
            (name, *map(number, found)) for name, found in (("forecast", curve.forecast), ("observed", curve.observed))
        ]
        text += grid(("", *bins), rows).markdown()
    return text


def _fitted(line: ScoreLine) -> list[str]:
    if line.outcome is None or not line.outcome.found.fitted:
        return []
    ledger = load_ledger().parameters
    cells = [
        f"`{name}` {number(value)}"
        + (
            f" (ledger {ledger[name].default:g}, {ledger[name].low:g} to {ledger[name].high:g})"
            if name in ledger
            else ""
        )
        for name, value in line.outcome.found.fitted
    ]
    text = ["", "Fitted: " + ", ".join(cells) + "."]
    return [*text, f"Outside the ledger's range: {outside(line)}."] if line.outside else text
