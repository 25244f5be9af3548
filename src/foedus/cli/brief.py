"""The command `foedus brief`: one page on one ally, in the terminal, as HTML, as JSON, or one figure's chain."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from foedus.brief import Brief, brief
from foedus.brief import text as said
from foedus.brief.bills import named as bill_figures
from foedus.brief.origin import names, origin
from foedus.cli.applies import not_with
from foedus.cli.naming import one_state
from foedus.cli.plain import explained, paragraph, say, to_json
from foedus.errors import InputError, UnknownName
from foedus.files import PAGE, check_place
from foedus.results.stamp import chances_note
from foedus.world import World

LABEL = said.HEADING

WIDTH = 80


def show_brief(
    ally: str,
    posture: str,
    futures: int,
    seed: int,
    threads: int,
    *,
    against: str = "",
    html: Path | None,
    explain: str,
    as_json: bool,
) -> None:
    """Print the brief of `ally`, a state's code or name."""
    if threads < 1:
        msg = f"--threads {threads}: must be one or more"
        raise InputError(msg)
    if explain:
        not_with("--explain", html=html)
    if html is not None:
        html = check_place(html, PAGE)
    page = _made(one_state(World.load(), ally, "brief"), posture, futures, seed, threads, against)
    if explain:
        _explained(page, explain, as_json=as_json)
        return
    try:
        if as_json:
            to_json(as_mapping(page))
        else:
            print_brief(page)
    finally:
        if html is not None:
            from foedus.brief.page import write

            write(page, html)
    if html is not None and not as_json:
        say(f"Page: {html}")


def _made(ally: str, posture: str, futures: int, seed: int, threads: int, against: str) -> Brief:
    """Draw it up, naming on the terminal what is being run."""
    with Console(stderr=True).status("reading runs") as status:
        return brief(
            ally,
            posture,
            futures=futures,
            seed=seed,
            threads=threads,
            done=lambda name: status.update(f"runs of {futures} futures: {name} done"),
            against=against or None,
        )


def print_brief(page: Brief) -> None:
    """Print the page."""
    say(*textwrap.wrap(said.title(page), WIDTH), *textwrap.wrap(said.subtitle(page), WIDTH), "")
    for section in said.sections(page):
        first = section.title
        for line in section.lines:
            margin = line[: len(line) - len(line.lstrip())]
            for part in textwrap.wrap(line.lstrip(), WIDTH - LABEL - 1 - len(margin)):
                say(f"{first.ljust(LABEL)} {margin}{part}")
                first = ""
    say("")
    paragraph(_traced(page))


def _traced(page: Brief) -> str:
    posture = page.posture.name
    return f"Where a figure comes from: foedus brief {page.ally} --posture {posture} --explain loss"


def _explained(page: Brief, name: str, *, as_json: bool) -> None:
    asked = name.strip().lower().replace("_", "-").replace(" ", "-")
    if asked in names(page):
        found = origin(page, asked)
        if as_json:
            to_json(found)
        else:
            for key, value in found.items():
                say(*textwrap.wrap(f"{key}: {value}", WIDTH, subsequent_indent="  "))
        return
    figures = bill_figures(page.bills, page.ally)
    if asked in figures:
        explained(*figures[asked], as_json=as_json)
        return
    try:
        page.account.figure(name)
    except UnknownName:
        raise UnknownName("figure", name, [*names(page), *figures, *page.account.named]) from None
    explained(page.account, name, as_json=as_json)


def as_mapping(page: Brief) -> dict[str, Any]:
    """Everything a brief says, for JSON: its text, and every number behind it."""
    from foedus.cli.exposure_json import as_mapping as account_mapping
    from foedus.cli.replacing import as_mapping as bill_mapping

    return {
        "ally": page.ally,
        "name": page.name,
        "risk_of": page.subject,
        "posture": page.posture.name,
        "futures": page.futures,
        "years": [page.years[0], page.years[-1]],
        "ensemble": page.results.ensemble,
        "seed": page.results.seed,
        "monte_carlo": {"loss_error": page.loss_error, "chances": chances_note(page.results.points)},
        "text": {section.title: list(section.lines) for section in said.sections(page)},
        "simulated": {name: asdict(number) for name, number in page.simulated.items()},
        "events": {run: asdict(events) for run, events in page.events.items()},
        "buys": dict(page.buys),
        "what_ifs": [
            {
                "key": what.lever.key,
                "words": what.lever.words,
                "by": what.lever.by,
                "change": what.lever.detail,
                "removed": asdict(what.removed),
                "less_loss_in": what.better,
                "clear": what.clear,
                "spending": what.spending,
            }
            for what in page.levers
        ],
        "hangs_on": [
            {
                "parameter": d.parameter.name,
                "grade": d.parameter.grade,
                "rank_correlation": d.rank,
                "drawn_nearly_alike": [parameter.name for parameter in d.alike],
            }
            for d in page.drivers
        ],
        "bill_alone": bill_mapping(page.bills.alone),
        "bill_pool": None if page.bills.pool is None else bill_mapping(page.bills.pool),
        "account": account_mapping(page.account),
        "runs": {name: {"digest": run.digest, "folder": str(run.path)} for name, run in page.runs.items()},
    }
