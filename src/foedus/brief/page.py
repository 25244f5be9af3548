"""The brief as one self-contained HTML file that prints on one A4 page: no script, no outside call."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from foedus import charts
from foedus.brief import ranges, text
from foedus.brief.contents import STEADY, Brief
from foedus.brief.reading import Reading
from foedus.files import PAGE, check_place, write_text
from foedus.posture import preset_names
from foedus.report.look import style
from foedus.results.error import largest_error
from foedus.results.stamp import errors_note

OWN_STYLE = Path(__file__).with_name("page.css")

MOST_CHANGED = 8
"""Changes that are said."""

BAR_WIDTH = 260
"""Pixels of a bar that removes the whole loss."""


def write(brief: Brief, path: Path | str) -> Path:
    """Write the page and return its path; raise InputError when it cannot be written."""
    return write_text(check_place(path, PAGE), page(brief))


def page(brief: Brief, changed: Sequence[str] = ()) -> str:
    """The brief as HTML text.

    changed  what was changed, a sentence each, where the posture is nobody's by name; the first MOST_CHANGED are shown
    """
    first, *rest = text.sections(brief)
    if changed:
        more = f" And {len(changed) - MOST_CHANGED} more." if len(changed) > MOST_CHANGED else ""
        rest.insert(0, text.Section("Changed", (" ".join(changed[:MOST_CHANGED]) + more,)))
    title = f"{brief.name[:1].upper()}{brief.name[1:]} under {text.title(brief).partition(' under ')[2]}"
    answer = "".join(f"<p>{html.escape(line)}</p>" for line in first.lines)
    body = "".join(f"<dt>{html.escape(part.title)}</dt><dd>{_body(brief, part)}</dd>" for part in rest)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)} - Foedus</title><style>{style(OWN_STYLE)}</style></head><body>"
        f'<header><p class="brand">Foedus</p><h1>{html.escape(title)}</h1>'
        f'<p class="quiet">{html.escape(text.subtitle(brief))}</p></header>'
        f'<main><section class="answer">{answer}</section>{_charts(brief)}<dl>{body}</dl>{_foot(brief)}</main>'
        "</body></html>"
    )


def _body(brief: Brief, section: text.Section) -> str:
    if section.title != text.HELP:
        return "<br>".join(html.escape(line) for line in section.lines)
    rows = "".join(
        f"<tr><td>{html.escape(what.lever.words)}</td>"
        f"<td>{what.lever.by}{', sign unclear' if text.doubt(what) else ''}</td>"
        f'<td class="n">{html.escape(ranges.changed(what.removed))}</td><td>{_bar(what.removed.value)}</td></tr>'
        for what in brief.levers
    )
    notes = "".join(f"<br>{html.escape(line)}" for line in text.help_notes(brief))
    lead = html.escape(section.lines[0].partition("; ?")[0].removesuffix(":"))
    return f"{lead}:<table>{rows}</table>{notes.removeprefix('<br>')}"


def _bar(removed: float) -> str:
    width = round(BAR_WIDTH * min(abs(removed), 1.0))
    return f'<span class="bar{" worse" if removed < 0.0 else ""}" style="width:{width}px"></span>'


def _charts(brief: Brief) -> str:
    readings = {name: Reading(brief.runs[name], brief.subject) for name in ("posture", STEADY)}
    labels = {"posture": brief.under, STEADY: "steady support"}
    if brief.steady:
        labels.pop("posture")
    drawn = (
        ("Expected loss", "% of GDP a year", {name: readings[name].loss for name in labels}),
        (
            "Chance of help, as the ally estimates it",
            "chance",
            {name: readings[name].measure("promise_ally") for name in labels},
        ),
    )
    figures = ""
    for title, unit, paths in drawn:
        panels = {brief.subject_name: {labels[name]: path for name, path in paths.items()}}
        chart = charts.fans(panels, brief.years, title, unit, log=unit.startswith("%"), columns=1)
        errors = {unit: max(largest_error(path, brief.results.twins()) for path in paths.values())}
        figures += f"<figure>{charts.svg(chart, brief.results.known(errors_note(errors)))}</figure>"
    return f'<div class="pair">{figures}</div>'


def _foot(brief: Brief) -> str:
    runs = ", ".join(f"{name} {run.digest}" for name, run in brief.runs.items() if name in ("posture", STEADY))
    return (
        '<p class="quiet foot">Lines: medians; bands: half of the futures and nine in ten. '
        "Losses in the text: means; how well the mean is known: Monte Carlo standard error. "
        f"{_origin(brief)}Runs: {html.escape(runs)}; seed {brief.runs['posture'].study.scenario.seed}.</p>"
    )


def _origin(brief: Brief) -> str:
    """How to see where a figure comes from, of a posture that a command can name."""
    if brief.posture.name not in preset_names():
        return ""
    command = f"foedus brief {brief.ally} --posture {html.escape(brief.posture.name)} --explain loss"
    return f"Where a figure comes from: <code>{command}</code>. "
