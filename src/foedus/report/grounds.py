"""What the answer stands on: assumptions, base rates, scores on history, limits, mechanisms, how to reproduce."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from foedus import words
from foedus.engine.year import BLOCKS
from foedus.hindcasts.concerning import WORDS, concerning
from foedus.hindcasts.page import counted, judged_figures, number, span
from foedus.hindcasts.results import ScoreLine, lines_of, read_results
from foedus.ledger import Ledger
from foedus.report.html import escape, section, table
from foedus.results import Driver, Rate, Results, answer, wording
from foedus.results.answer import CLASS_WORDS, RATE_WORDS
from foedus.results.stamp import ranks_note
from foedus.study.blocks import block_name
from foedus.terms import GRADES
from foedus.world import World

LIMITS = (
    "The model compares policies under stated uncertainty. It is not a forecast.",
    "Alliance effects in the record are laden with selection: states ally where danger is, and guarantors choose whom.",
    "War is rare: of 558 disputes in 1990-2010 about one in seventy became a war, so rates of war rest on few cases.",
    "What a kill switch, a C4ISR gap or a lost reputation does has no likelihood in open data: assumed ranges.",
    "Dispute data end in 2010 and 2014, rivalries in 2020; hostility since then is our own coding, marked A.",
    "Much of the literature predicts little out of sample (Bell on nuclear pursuit, Becker and others on shaming).",
    "Sponsored fighters (R36) are scored on no history (past worlds have none); costs rest on few accounts.",
    "War costs grow only partly with the stake, an assumption; challenges include probes as well as crises.",
)
"""Printed in every report."""

PLACES = {
    "posture": ("R01", "R16", "R25"),
    "allies": ("R02", "R10", "R11", "R32", "R33"),
    "conduct": (
        "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R12", "R13", "R19", "R20", "R21", "R22", "R27", "R28", "R29",
        "R30", "R31",
    ),
    "pairs": ("R34", "R35", "R36"),
    "guarantor": ("R14", "R15", "R23", "R26"),
    "order": ("R17", "R18", "R24"),
}  # fmt: skip
"""Section in which each mechanism shows."""


def assumptions(found: Sequence[Driver], ledger: Ledger, points: int, *, paired: bool) -> str:
    """The assumptions that move the answer most, with range, grade and source; `points` are futures drawn apart."""
    clear = [driver for driver in found if driver.clear]
    rows = [
        (
            escape(ledger[d.name].label),
            escape(ledger[d.name].meaning),
            escape("; ".join(ledger.sources[key].short for key in ledger[d.name].sources)),
            f"{d.rho:+.2f}",
            f"{ledger[d.name].default:g}",
            f"{ledger[d.name].low:g} to {ledger[d.name].high:g}",
            ledger[d.name].grade,
        )
        for d in clear
    ]
    what = "the change in loss" if paired else "the loss"
    grades = "; ".join(f"{g}: {m}" for g, m in GRADES.items())
    if not rows:
        return section("What drives the answer", "<p>With so few futures no single assumption stands out.</p>")
    return section(
        "What drives the answer",
        f"<p>Rank correlation of each swept parameter with {what}, over futures, for the allies that change most, each "
        "counted alike; only those distinguishable from chance. Plus: a higher value makes it larger. "
        f"{grades}. {ranks_note(points)}</p>",
        table(("Parameter", "Meaning", "Source", "correlation", "default", "range", "grade"), rows, text=3),
        anchor="assumptions",
    )


def rates(found: Sequence[Rate], name: str) -> str:
    """Base rates beside history."""
    judged = [rate.within_two for rate in found if rate.within_two is not None]
    cells = [
        (
            CLASS_WORDS[r.pair_class],
            RATE_WORDS[r.measure],
            wording.rate(r),
            "" if r.history is None else f"{words.significant(100 * r.history)} %",
            ""
            if r.low is None or r.high is None
            else f"{words.significant(100 * r.low)}–{words.significant(100 * r.high)} %",
            {True: "yes", False: "<b>no</b>", None: "–"}[r.within_two],
        )
        for r in found
    ]
    return section(
        "Does it look like the past?",
        f"<p><b>{sum(judged)} of {len(judged)} rates lie within a factor of two of the record.</b> Rates produced by "
        f"the run under {escape(name)} beside those of 1950-2010 (Gibler, Miller and Little), by class of directed "
        "pair; ±: Monte Carlo standard error of the run. Nothing is fitted to these rates, but the parameters are "
        "estimated from the same record. The record's neighbours, rivals and majors are all states', not only those of "
        "this world.</p>",
        table(("Pairs", "Rate", "run", "history", "95 %", "within a factor of two"), cells, text=2),
        anchor="rates",
    )


def scoreboard() -> str:
    """How the equations score on history: every registered hindcast, failures as plainly as successes."""
    lines = lines_of(read_results())
    if not any(line.outcome for line in lines):
        return ""
    return section(
        "How the model scores on history",
        f"<p><b>{escape(counted(lines))}.</b> Each hindcast fixed its years, baseline and criteria before it ran, and "
        "its verdict is computed from them. The first criterion missed, or else the first judged, is shown. All of it: "
        "<code>foedus validate --stored</code>.</p>",
        table(
            ("Verdict", "Hindcast", "Judged by", "ours", "90 %", "baseline", "known"),
            [_line(line) for line in lines],
            text=3,
        ),
        anchor="history",
    )


def _line(line: ScoreLine) -> tuple[str, ...]:
    name = f"<span title='{escape(line.test.question, quote=True)}'>{escape(line.test.name)}</span>"
    figures = judged_figures(line.outcome, most=1) if line.outcome else []
    if not figures:
        return (line.verdict, name, "", "", "", "", "")
    f = figures[0]
    mark = f"<b>{line.verdict}</b>" if line.verdict == "fail" else line.verdict
    return (mark, name, escape(f.measure), number(f.ours), span(f), number(f.baseline), number(f.published))


def limits(allies: Sequence[str], world: World, found: Sequence[Rate]) -> str:
    """What the model cannot say: hindcasts of the allies listed and base rates missed first, then what always holds.

    allies  those that the report lists first and whose guarantor is the United States, by iso3
    found   base rates of the run
    """
    said = [*_hindcasts_of(allies, world), *filter(None, [answer.missed(found)]), *LIMITS]
    return section("Limits", "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in said) + "</ul>", anchor="limits")


def _hindcasts_of(allies: Sequence[str], world: World) -> list[str]:
    """Stored hindcasts in which these allies were exposed: a line each for those that failed, one for the rest."""
    states = world.states
    name, region = (dict(zip(states.iso3, held, strict=True)) for held in (states.name, states.region))
    found: dict[str, tuple[ScoreLine, list[str]]] = {}
    for ally in allies:
        for line in concerning(ally, region[ally]):
            found.setdefault(line.test.name, (line, []))[1].append(name[ally])
    said = [
        f"The hindcast {line.test.name}, which bears on {wording.listed(whom)}, fails: {_missed(line)}."
        for line, whom in found.values()
        if line.verdict == "fail"
    ]
    rest = [f"{line.test.name} ({WORDS[line.verdict]})" for line, _ in found.values() if line.verdict != "fail"]
    return [*said, f"Other hindcasts that bear on allies listed here: {', '.join(rest)}."] if rest else said


def _missed(line: ScoreLine) -> str:
    """Every criterion missed, with what was found and what is known."""
    assert line.outcome is not None
    known = {f.measure: f.published for f in line.outcome.figures}
    parts = []
    for judgement in line.outcome.judgements:
        if judgement.met is False:
            record = known[judgement.criterion.measure]
            parts.append(str(judgement) + ("" if record is None else f" (in the record: {number(record)})"))
    return "; ".join(parts)


def mechanisms(ledger: Ledger, without: Sequence[str]) -> str:
    """Every mechanism, whether it was on, and where it shows."""
    place = {row: anchor for anchor, rows in PLACES.items() for row in rows}
    cells = [
        (
            row,
            escape(m.sentence),
            f"<a href='#{place[row]}'>{escape(m.measure)}</a>",
            "<b>off</b>" if row in without else "on",
        )
        for row, m in ledger.mechanisms.items()
    ]
    return section(
        "The mechanisms",
        "<p>What each claims and where it shows. Switch one off with <code>--without R07</code>.</p>",
        table(("", "Mechanism", "Shown", "In this run"), cells, text=4),
    )


def again(results: Results) -> str:
    """How to get the same numbers again."""
    held = results.manifest
    swapped = held["scenario"].get("swapped", [])
    changed = f"<p><b>Equations replaced in this run: {escape(', '.join(swapped))}.</b></p>" if swapped else ""
    blocks = held.get("blocks", [])
    if blocks != [block_name(block) for block in BLOCKS]:
        changed += f"<p><b>Blocks of a year in this run, in order: {escape(', '.join(blocks))}.</b></p>"
    digests = f"foedus {held['foedus']}   run {held['digest']}   ledger {held['ledger']}   world {held['world']}"
    stopped = results.futures < int(held["futures"])
    return section(
        "To reproduce",
        "<p>Same version, scenario and seed give the same bytes, on any number of threads.</p>",
        f"<p><b>This run is unfinished: the figures here are of {results.extent}.</b> The command finishes "
        "it, and the figures will differ.</p>"
        if stopped
        else "",
        *_steps(results),
        f"<pre>{escape(digests)}   seed {held['seed']}</pre>",
        changed,
        "<p>Facts: <code>foedus sources STATE</code>. Parameters: <code>foedus ledger</code>.</p>",
    )


def _steps(results: Results) -> list[str]:
    """What to type to run it again, as the manifest holds it; what is on record of a run that no command made."""
    if results.other is not None:
        runs = (results, results.other)
        paired = "foedus compare " + " ".join(shlex.quote(run.parts.name) for run in runs)
        return [*(step for run in runs for step in _steps(Results(run.parts))), f"<pre>{escape(paired)}</pre>"]
    held = results.manifest
    if held.get("command"):
        return [f"<pre>{escape(shlex.join(held['command']))}</pre>"]
    first, last = held["years"]
    told = (
        f"<p>No command made this run ({escape(results.parts.name)}): it comes from a program that called "
        f"Foedus. Rerun that program. On record: scenario {escape(held['scenario']['name'])}, "
        f"{escape(' against '.join(results.roles.values()))}, {first}-{last}, {held['futures']:,} futures, seed "
        f"{held['seed']}, {len(held['allies'])} allies; the digest of the run tells whether it is the same.</p>"
    )
    return [told]
