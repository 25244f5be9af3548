"""One HTML file to open, print and send: no script, no outside call, every number with its parent."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from foedus.charts import charts
from foedus.errors import RunFolderError
from foedus.ledger import load_ledger
from foedus.report import parts
from foedus.results import Headline, Results, base_rates, drivers, headlines, stake_gdp
from foedus.world import World

STYLE = Path(__file__).with_name("style.css")


def write(results: Results, world: World, path: Path) -> Path:
    """Write the report of a run and return its path; raise RunFolderError when it cannot be written."""
    body = page(results, world)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_text(body, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        msg = f"{path}: the report cannot be written ({error.strerror})"
        raise RunFolderError(msg) from error
    return path


def page(results: Results, world: World) -> str:
    """The report as HTML text."""
    rows = headlines(results)
    scenario = results.manifest["scenario"]
    title = str(scenario["title"])
    question = str(scenario["question"])
    sections = [
        _answer(results, rows, world),
        parts.headline_section(results, rows, world),
        _map_section(rows, world),
        _fans(results, rows, world),
        parts.schedule_section(results, world),
        _comparison(results, rows, world),
        _mechanism_section(results, rows),
        parts.theatre_section(results, world),
        parts.assumptions_section([(d.name, d.rho) for d in drivers(results, rows[:10])], load_ledger()),
        parts.rates_section(base_rates(results, world)),
        parts.limits_section(),
        parts.index_section(load_ledger(), results.manifest["scenario"].get("without", [])),
        parts.again_section(results),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)} - Foedus</title><style>{STYLE.read_text(encoding='utf-8')}</style></head><body>"
        f'<header><p class="brand">Foedus</p><h1>{html.escape(title)}</h1>'
        f'<p class="question">{html.escape(question)}</p>'
        f'<p class="quiet">{results.years[0]}-{results.years[-1]} · {results.futures} futures · '
        f"{len(results.allies)} allies · compares policies under stated uncertainty, does not predict</p></header>"
        f"<main>{''.join(section for section in sections if section)}</main></body></html>"
    )


def _answer(results: Results, rows: Sequence[Headline], world: World) -> str:
    """The answer in three sentences."""
    names = dict(zip(world.states.iso3, world.states.name, strict=True))
    top = rows[0]
    lines = [
        f"Most exposed is {names[top.ally]}: an expected loss of {top.loss.median:.2f} per cent of GDP a year "
        f"({top.loss.low90:.2f} to {top.loss.high90:.2f}), "
        + parts.share_words(top.conceded.median, top.loss.median)
        + " of it by giving ground."
    ]
    if top.difference is not None:
        moved = sorted(rows, key=lambda r: -abs(r.difference.median if r.difference else 0.0))[:3]
        said = "; ".join(
            f"{names[r.ally]} {r.difference.median:+.2f} points "
            f"({r.difference.low90:+.2f} to {r.difference.high90:+.2f})"
            for r in moved
            if r.difference
        )
        lines.append(f"Against {results.roles['against']} on the same luck, losses change most for {said}.")
    worse = [r for r in rows if r.chance_worse is not None and r.chance_worse > 0.9]
    if worse:
        lines.append(f"{len(worse)} of {len(rows)} allies lose more in at least nine futures out of ten.")
    return '<section class="answer">' + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</section>"


def _map_section(rows: Sequence[Headline], world: World) -> str:
    places = {
        iso: (float(lon), float(lat))
        for iso, lon, lat in zip(world.states.iso3, world.states.longitude, world.states.latitude, strict=True)
    }
    picture = charts.world_map(
        {row.ally: row.loss.median for row in rows}, places, "Expected yearly loss by ally", "% of GDP, median"
    )
    return f'<section><h2>Where</h2><figure class="wide">{picture}</figure></section>'


def _fans(results: Results, rows: Sequence[Headline], world: World) -> str:
    """Loss, promise and spending over the years for the worst-off and the most moved allies."""
    names = dict(zip(world.states.iso3, world.states.name, strict=True))
    covered = [
        row for row in rows if row.promise_true.median > 0.01 and results.patrons[row.ally] == results.main_guarantor
    ]
    chosen = [row.ally for row in covered[:4]]
    for row in sorted(covered, key=lambda r: -abs(r.difference.median if r.difference else 0.0)):
        if row.ally not in chosen and len(chosen) < 6:
            chosen.append(row.ally)
    scale = stake_gdp(results)
    figures = []
    for measure, title, unit in (
        ("loss", "expected loss", "% of GDP a year"),
        ("promise_ally", "chance of help, as the ally believes", "chance"),
        ("spending", "military spending", "% of GDP"),
    ):
        values = {
            name: (
                results.loss(role) * scale
                if measure == "loss"
                else results.ally(measure, role) * (100 if measure == "spending" else 1)
            )
            for role, name in results.roles.items()
        }
        for ally in chosen:
            a = results.allies.index(ally)
            paths = {name: value[:, a] for name, value in values.items()}
            figures.append(f"<figure>{charts.fan(paths, results.years, f'{names[ally]}: {title}', unit)}</figure>")
    return (
        "<section><h2>Over the years</h2><p>Line: median. Dark band: half of the futures. Light band: nine in ten.</p>"
        f'<div class="grid">{"".join(figures)}</div></section>'
    )


def _comparison(results: Results, rows: Sequence[Headline], world: World) -> str:
    if "against" not in results.roles:
        return ""
    changes = sorted(((r.ally, r.difference) for r in rows if r.difference), key=lambda change: -abs(change[1].median))
    names = parts.ally_names(results, world)
    data = [(names[ally], gap.low90, gap.median, gap.high90) for ally, gap in changes[:18]]
    chart = charts.bars(data, "Change in expected loss, paired on the same luck", "points of GDP a year; line: 5-95 %")
    return (
        f"<section><h2>The difference: {html.escape(results.roles['posture'])} against "
        f"{html.escape(results.roles['against'])}</h2>"
        f"<figure class='wide'>{chart}</figure></section>"
    )


def _mechanism_section(results: Results, rows: Sequence[Headline]) -> str:
    """What allies do about it, and what becomes of guarantor and order: one table or chart a mechanism."""
    options = results.options()
    chosen = [row.ally for row in rows[:12]]
    shares = [
        (record["ally"], name, float(record[name]))
        for ally in chosen
        for record in options.filter(options["ally"] == ally).iter_rows(named=True)
        for name in options.columns[1:]
    ]
    chart = charts.stacked(shares, "What flexible procurement money buys (mean over years and futures)")
    return (
        f"<section><h2>What allies do</h2><figure class='wide'>{chart}</figure>"
        + parts.states_table(results, chosen)
        + f"</section><section><h2>Guarantor and order</h2>{parts.guarantor_table(results)}"
        + f"{parts.order_table(results)}</section>"
    )
