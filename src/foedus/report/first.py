"""The first screen: one sentence, one map, one table, one chart. Whoever stops here has not been misled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus import charts, words
from foedus.ledger import Ledger
from foedus.report.html import escape, figure, table
from foedus.results import Driver, Headline, Results, answer, wording
from foedus.results.frame import bar
from foedus.results.shares import spread_shares
from foedus.results.stamp import errors_note
from foedus.world import World

SHOWN, DRAWN = 12, 8
"""Allies in the table and in the chart."""


def first_screen(
    results: Results, rows: Sequence[Headline], found: Sequence[Driver], world: World, ledger: Ledger
) -> str:
    """Sentence, table, map and chart, side by side."""
    names = world.states.names
    lines = answer.summary(results, rows, names)
    grounds = " ".join(x for x in (_spread(results, rows), answer.hangs_on(found, ledger)) if x)
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


def _spread(results: Results, rows: Sequence[Headline]) -> str:
    return answer.spread(spread_shares(results, answer.told(rows)), paired="against" in results.roles)


def short_table(
    results: Results, rows: Sequence[Headline], names: Mapping[str, str], hidden: Sequence[Headline] = ()
) -> str:
    """The allies that change most; or lose most, where nothing is compared. `hidden` are counted under the table."""
    last = results.years[-1]
    lead = (f"war by {last}, %", "ground lost, %", f"loss by {last}")
    if "against" not in results.roles:
        plain = [
            (
                escape(names[r.ally]),
                *_lead(r),
                words.significant(r.loss.mean),
                wording.span(r.loss),
                wording.lost_to(r),
                wording.conceded(r),
                kept(r, "promise_true"),
            )
            for r in rows
        ]
        heads = (
            "Largest losses, % of GDP",
            *lead,
            "a year",
            "90 % band",
            "lost to, %",
            "of which conceded, %",
            "chance of help, %",
        )
        return table(heads, plain, style="short") + _note(
            f"{MEANS} {LEAD} {answer.precision(rows)} {answer.lopsided(rows)} {answer.left_out(hidden)}"
        )
    cells = [
        (
            escape(names[r.ally]),
            *_lead(r),
            wording.loss(r).replace("→", " → "),
            change_cell(r, banded=False),
            wording.lost_to(r),
            wording.conceded(r),
        )
        for r in rows
    ]
    columns = (
        "Loss, % of GDP",
        *lead,
        "a year",
        "change",
        "lost to, %",
        "of which conceded, %",
    )
    return table(columns, cells, style="short") + _note(
        f"{_arrows(results)} {MEANS} {LEAD} {PAIRED} "
        f"{answer.precision(rows)} {answer.lopsided(rows)} {answer.left_out(hidden)}"
    )


def _arrows(results: Results) -> str:
    return f"Arrows: from {escape(results.roles['against'])} to {escape(results.roles['posture'])}."


def _lead(row: Headline) -> tuple[str, str, str]:
    """War, ground and the whole loss by the end: cells that no state improves by losing early."""
    return tuple(said(row).replace("→", " → ") for said in (wording.war, wording.ground, wording.total))  # type: ignore[return-value]


PAIRED = (
    "The change is paired: common random numbers, the same draws under both. ▲ worse, ▼ better in nine futures of ten "
    "or more; · unclear. Conceded: share of the loss from concessions; the rest is from fighting."
)

LEAD = (
    "War: chance of at least one against the ally. Ground: of what is at issue with its worst challenger, at the end. "
    "Loss by the end: of all years together, in one year's GDP. Lost to: the challenger to whom most is lost, and its "
    "share."
)
MEANS = "Means over futures of yearly means; ±: Monte Carlo standard error; bands: nine futures in ten."


def _note(text: str) -> str:
    return f"<p class='quiet'>{text.strip()}</p>"


def change_cell(row: Headline, *, banded: bool = True) -> str:
    """The paired difference with its arrow, and its band where wanted."""
    if row.difference is None:
        return ""
    middle, band = wording.change(row.difference)
    style = {1: "worse", -1: "better", 0: "open"}[row.direction]
    told = f"<b class='{style}'>{middle} {wording.arrow(row)}</b>"
    return f"{told} <small>{band}</small>" if banded else told


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
    known = _known(results, rows)
    if not moved:
        levels = {row.ally: row.loss.mean for row in rows}
        drawn = charts.map_of_levels(levels, places, f"Expected yearly loss under {posture}", "% of GDP, mean")
        return figure(drawn, borders, known)
    clear = {row.ally: row.times for row in moved if row.times is not None and row.direction}
    unclear = [row.ally for row in moved if not row.direction]
    still = [row.ally for row in rows if row not in moved]
    title = f"Loss under {posture} against {results.roles['against']}"
    legend = "Grey: direction not clear. White: hardly changes. Other land: no ally that somebody challenges."
    return figure(charts.map_of_change(clear, unclear, still, places, title), f"{legend} {borders}", known)


def _known(results: Results, rows: Sequence[Headline]) -> str:
    """Of which futures the losses of some allies are, or their changes, and how exact."""
    paired = "against" in results.roles
    errors = [(row.difference or row.loss).error for row in rows]
    return results.known(errors_note({"change in loss" if paired else "loss": max(errors, default=float("nan"))}))


def _chart(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    if "against" not in results.roles:
        drawn = charts.levels([bar(names[r.ally], r.loss) for r in rows], "Expected loss", "% of GDP a year")
        return figure(drawn, "Dot: mean; thick: half of the futures; thin: nine in ten.", _known(results, rows))
    bars = [bar(names[r.ally], r.difference, r.direction) for r in rows if r.difference]
    drawn = charts.differences(bars, "Change in expected loss, on the same random draws", "% of GDP a year")
    caption = "Dot: mean; thick: half of the futures; thin: nine in ten. The axis widens small changes."
    return figure(drawn, caption, _known(results, rows))
