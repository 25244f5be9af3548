"""Advice as one self-contained HTML file: no script, no outside call."""

from __future__ import annotations

from html import escape
from pathlib import Path

from foedus import charts
from foedus.advise import joint_words, wording
from foedus.advise.contents import Advice
from foedus.advise.objectives import BY_NAME
from foedus.charts.tradeoffs import Track, tradeoffs
from foedus.files import write_text
from foedus.report.look import style
from foedus.results.stamp import errors_note
from foedus.tables import Grid, Heading


def write(advice: Advice, name: str, reasons: tuple[str, ...], path: Path | str) -> Path:
    """Write the page and return its path; raise InputError when it cannot be written."""
    return write_text(path, page(advice, name, reasons))


def page(advice: Advice, name: str, reasons: tuple[str, ...]) -> str:
    """Advice as HTML text."""
    title = f"What holds up for {name}"
    archetypes = "".join(
        f"<h3>{letter} {escape(one.name)}</h3>{_paragraphs(*wording.archetype(advice, one))}"
        for letter, one in zip(wording.LETTERS, advice.archetypes, strict=False)
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - Foedus</title><style>{style()}</style></head><body>"
        f'<header><p class="brand">Foedus</p><h1>{escape(title)}</h1>'
        f'<p class="quiet">{escape(wording.subtitle(advice))}</p></header>'
        f"<main><section>{_paragraphs(' '.join(reasons))}</section>"
        f"<section><h2>What each portfolio achieves</h2>{charts.svg(chart(advice), known(advice))}"
        f"{_html(wording.table(advice))}{_paragraphs(wording.still(advice))}</section>"
        f"<section><h2>Robustness</h2>{_html(wording.criteria(advice))}{_paragraphs(wording.disagreement(advice))}"
        f"</section><section><h2>Archetypes</h2>{archetypes}</section>{_joint(advice)}"
        f"<section><h2>Limits</h2>{_paragraphs(wording.held(advice), wording.LIMITS)}</section></main></body></html>"
    )


def chart(advice: Advice) -> object:
    """The trade-off chart: archetypes among all finalists, over the objectives that portfolios move."""
    units = {BY_NAME[name].label: BY_NAME[name].unit for name in advice.moved}
    places = {BY_NAME[name].label: list(BY_NAME).index(name) for name in advice.moved}
    letters = zip(wording.LETTERS, advice.archetypes, strict=False)
    chosen = {one.number: f"{letter} {one.name}" for letter, one in letters}
    tracks = [
        Track(chosen.get(number, ""), {label: float(row[i]) for label, i in places.items()}, number in chosen)
        for number, row in enumerate(advice.scores)
    ]
    tracks.sort(key=lambda track: track.name)
    drawn = tradeoffs(tracks, units, "What each portfolio achieves: less is better")
    return charts.noted(drawn, known(advice))


def known(advice: Advice) -> str:
    """Of which futures the chart is, and how exact."""
    errors = {BY_NAME[name].label: advice.errors[name] for name in advice.moved}
    return f"{wording.origin(advice)}. {errors_note(errors)}"


def _joint(advice: Advice) -> str:
    if not advice.coalitions:
        return ""
    parts = "".join(
        f"<h3>{letter} {escape(one.name)}</h3>{_paragraphs(joint_words.joint(one))}{_html(joint_words.members(one))}"
        for letter, one in zip(wording.LETTERS, advice.coalitions, strict=False)
    )
    note = _paragraphs(joint_words.members_note(*advice.coalitions))
    return f"<section><h2>As joint portfolios</h2>{parts}{note}</section>"


def _paragraphs(*lines: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _html(table: Grid) -> str:
    """A table of plain text as HTML."""
    headings = tuple(Heading(escape(one.name), one.right, one.whole) for one in table.headings)
    return Grid(headings, tuple(tuple(escape(cell) for cell in row) for row in table.rows)).html()
