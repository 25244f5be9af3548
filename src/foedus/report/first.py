"""The first screen: one sentence, one map, one table, one chart. Whoever stops here has not been misled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus import charts, words
from foedus.ledger import Ledger
from foedus.report.html import escape, figure, table
from foedus.results import Driver, Headline, Results, answer, wording
from foedus.results.frame import bar
from foedus.world import World

SHOWN, DRAWN = 12, 8
"""Allies in the table and in the chart."""


def first_screen(
    results: Results, rows: Sequence[Headline], found: Sequence[Driver], world: World, ledger: Ledger
) -> str:
    """Sentence, table, map and chart, side by side."""
    names = world.states.names
    lines = answer.summary(results, rows, names)
    grounds = " ".join(x for x in (answer.luck(answer.told(rows)), answer.hangs_on(found, ledger)) if x)
    apart = answer.apart(results)
    said = (
        f"<p class='lead'>{escape(lines[0])}</p>{f'<p><strong>{escape(apart)}</strong></p>' if apart else ''}"
        f"<p>{escape(' '.join([*lines[1:], grounds]))}</p>"
        f"<p class='quiet'>{escape(answer.LIMITS)}</p>"
    )
    allies = answer.ally_names(results, names)
    shown, hidden = answer.listed(rows, SHOWN)
    loud = [row for row in rows if not row.safe]
    return (
        f"<section class='answer'>{said}</section><div class='first'>"
        f"<div>{short_table(results, shown, allies, hidden)}</div>"
        f"<div>{world_map(results, loud, world)}{_chart(results, shown[:DRAWN], allies)}</div></div>"
    )


def short_table(
    results: Results, rows: Sequence[Headline], names: Mapping[str, str], hidden: Sequence[Headline] = ()
) -> str:
    """The allies that change most; or lose most, where nothing is compared. `hidden` are counted under the table."""
    if "against" not in results.roles:
        plain = [
            (
                escape(names[r.ally]),
                words.significant(r.loss.mean),
                wording.span(r.loss),
                wording.conceded(r),
                kept(r, "promise_true"),
            )
            for r in rows
        ]
        heads = ("Largest losses, % of GDP a year", "mean", "90 % band", "of which conceded, %", "chance of help, %")
        return table(heads, plain, style="short") + _note(
            f"{MEANS} {answer.precision(rows)} {answer.lopsided(rows)} {answer.left_out(hidden)}"
        )
    against, posture = (escape(results.roles[role]) for role in ("against", "posture"))
    cells = [
        (
            escape(names[r.ally]),
            words.significant(r.against.loss.mean) if r.against else "",
            words.significant(r.loss.mean),
            words.times(r.times),
            change_cell(r),
            wording.conceded(r),
            kept(r, "promise_true"),
        )
        for r in rows
    ]
    columns = (
        "Expected loss, % of GDP a year",
        against,
        posture,
        "ratio",
        "change [90 % band]",
        "of which conceded, %",
        "chance of help, %",
    )
    return table(columns, cells, style="short") + _note(
        f"{MEANS} The change is paired: common random numbers, the same draws under both. ▲ worse, ▼ better in nine "
        "futures of ten or more; · unclear. Conceded: share of the loss from concessions; the rest is from fighting. "
        "Chance of help: that the guarantor fights the ally's worst challenger; – where its guarantee does not cover "
        "that one. "
        f"{answer.precision(rows)} {answer.lopsided(rows)} {answer.left_out(hidden)}"
    )


MEANS = "Means over futures of yearly means, with the range of nine futures in ten."


def _note(text: str) -> str:
    return f"<p class='quiet'>{text.strip()}</p>"


def change_cell(row: Headline) -> str:
    """The paired difference with its arrow and band."""
    if row.difference is None:
        return ""
    middle, band = wording.change(row.difference)
    style = {1: "worse", -1: "better", 0: "open"}[row.direction]
    return f"<b class='{style}'>{middle} {wording.arrow(row)}</b> <small>{band}</small>"


def kept(row: Headline, which: str) -> str:
    """A chance under the other posture and under this one."""
    if row.uncovered:
        return words.NONE
    return wording.both(row, lambda r: words.percent(getattr(r, which).mean), " → ")


def world_map(results: Results, rows: Sequence[Headline], world: World) -> str:
    """Where losses change, or where they are."""
    states = world.states
    places = {
        iso: (float(lon), float(lat))
        for iso, lon, lat in zip(states.iso3, states.longitude, states.latitude, strict=True)
    }
    posture, borders = results.roles["posture"], "Borders as the source, Natural Earth, draws them."
    moved = [row for row in rows if row.moved and row.times is not None]
    if not moved:
        levels = {row.ally: row.loss.mean for row in rows}
        return figure(
            charts.map_of_levels(levels, places, f"Expected yearly loss under {posture}", "% of GDP, mean"), borders
        )
    times = {row.ally: row.times for row in moved if row.times is not None}
    clear = {row.ally: bool(row.direction) for row in moved}
    title = f"Loss under {posture} against {results.roles['against']}"
    return figure(charts.map_of_change(times, clear, places, title), borders)


def _chart(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    if "against" not in results.roles:
        drawn = charts.levels([bar(names[r.ally], r.loss) for r in rows], "Expected loss", "% of GDP a year")
        return figure(drawn, "Dot: mean; thick: half of the futures; thin: nine in ten.")
    bars = [bar(names[r.ally], r.difference, r.direction) for r in rows if r.difference]
    drawn = charts.differences(bars, "Change in expected loss, on the same random draws", "% of GDP a year")
    return figure(drawn, "Dot: mean; thick: half of the futures; thin: nine in ten. The axis widens small changes.")
