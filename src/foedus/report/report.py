"""One HTML file to open, print and send: no script, no outside call, every number with its parent."""

from __future__ import annotations

from html import escape
from pathlib import Path

from foedus.files import PAGE, check_place, write_text
from foedus.ledger import load_ledger
from foedus.report import allies, grounds, order, others, pairs
from foedus.report.first import SHOWN, first_screen
from foedus.report.look import style
from foedus.results import Results, answer, base_rates, drivers, headlines
from foedus.world import World


def write(results: Results, world: World, path: Path | str) -> Path:
    """Write the report of a run and return its path; raise InputError when it cannot be written."""
    return write_text(check_place(path, PAGE), page(results, world))


def page(results: Results, world: World) -> str:
    """The report as HTML text."""
    rows, ledger = headlines(results), load_ledger()
    scenario = results.manifest["scenario"]
    names = answer.ally_names(results, world.states.names)
    paired = "against" in results.roles
    found, past = drivers(results, answer.told(rows)), base_rates(results, world)
    of_america = [row.ally for row in answer.listed(rows, SHOWN)[0] if results.patrons[row.ally] == "USA"]
    sections = [
        first_screen(results, rows, found, world, ledger),
        allies.exposure(results, rows, names),
        pairs.pairs(results, world.states.names),
        allies.over_the_years(results, rows, names),
        order.posture(results),
        allies.comparison(results, rows, names),
        allies.conduct(results, rows, names),
        order.guarantor(results, world),
        order.order(results, world),
        grounds.assumptions(found, ledger, results.points, paired=paired),
        grounds.rates(past, results.roles["against" if paired else "posture"]),
        others.others(results),
        grounds.scoreboard(),
        grounds.limits(of_america, world, past),
        grounds.mechanisms(ledger, scenario.get("without", [])),
        grounds.again(results),
    ]
    title, question = str(scenario["title"]), str(scenario["question"])
    if results.other is not None:
        title, question = f"{results.roles['posture']} against {results.roles['against']}", ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - Foedus</title><style>{style()}</style></head><body>"
        f'<header><p class="brand">Foedus</p><h1>{escape(title)}</h1><p class="question">{escape(question)} '
        f'<span class="quiet">{results.origin} · '
        f"{len(results.allies)} allies</span></p></header>"
        f"<main>{''.join(section for section in sections if section)}</main></body></html>"
    )
