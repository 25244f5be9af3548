"""Sections of the report that are tables or text."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np

from foedus.charts import charts
from foedus.ledger import Ledger
from foedus.posture import preset, preset_names
from foedus.results import Headline, Range, Rate, Results
from foedus.terms import CHANNELS, GRADES, REGIONS
from foedus.world import World

LIMITS = (
    "The model compares policies under stated uncertainty. It is not a forecast.",
    "Alliance effects in the record are laden with selection: states ally where danger is, and guarantors choose whom.",
    "War is rare: of 558 disputes in 1990-2010 about one in seventy became a war, so rates of war rest on few cases.",
    "What a kill switch, a C4ISR gap or a lost reputation does has no likelihood in open data: assumed ranges.",
    "Dispute data end in 2010 and 2014, rivalries in 2020; hostility since then is our own coding, marked A.",
    "Much of the literature predicts little out of sample (Bell on nuclear pursuit, Becker and others on shaming).",
    "War costs grow only partly with the stake, an assumption; challenges include probes as well as crises.",
)
"""Printed in every report."""


def share_words(part: float, whole: float) -> str:
    """A share in words a person uses."""
    ratio = part / whole if whole > 0 else 0.0
    for limit, words in (
        (0.1, "little"),
        (0.3, "about a fifth"),
        (0.45, "about two fifths"),
        (0.55, "about half"),
        (0.7, "about three fifths"),
        (0.9, "most"),
    ):
        if ratio < limit:
            return words
    return "nearly all"


def band(value: Range, digits: int = 2) -> str:
    """Median; 50 and 90 per cent bands in small type."""
    return (
        f"<b>{value.median:.{digits}f}</b> <small>{value.low50:.{digits}f}-{value.high50:.{digits}f} "
        f"<i>({value.low90:.{digits}f}-{value.high90:.{digits}f})</i></small>"
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, text: int = 1) -> str:
    """HTML table; the first `text` columns are text, the rest numbers. Cells are HTML."""
    head = "".join(f"<th{'' if i < text else ' class=n'}>{c}</th>" for i, c in enumerate(columns))
    body = "".join(
        "<tr>" + "".join(f"<td{'' if i < text else ' class=n'}>{c}</td>" for i, c in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<div class='scroll'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def ally_names(results: Results, world: World) -> dict[str, str]:
    """Names of states by iso3; allies of another than the main guarantor say whose they are."""
    names = dict(zip(world.states.iso3, world.states.name, strict=True))
    others = {ally: patron for ally, patron in results.patrons.items() if patron != results.main_guarantor}
    return names | {ally: f"{names[ally]} (guarantor {names[patron]})" for ally, patron in others.items()}


def headline_section(results: Results, rows: Sequence[Headline], world: World) -> str:
    """Every ally: loss with bands and split, promise true and believed, window of vulnerability, luck."""
    names = ally_names(results, world)
    safe = sorted(names[r.ally] for r in rows if r.loss.high90 <= 0.0)
    cells = [
        (
            html.escape(names[r.ally]),
            band(r.loss),
            f"{r.conceded.median:.2f}",
            f"{r.fought.median:.2f}",
            *(
                "-" if r.uncovered else f"{100 * chance.median:.0f}%"
                for chance in (r.promise_true, r.promise_ally, r.promise_adversary)
            ),
            f"{r.window_years} y, peak {r.peak_year}",
            "" if np.isnan(r.luck_share) else f"{100 * r.luck_share:.0f}%",
        )
        for r in rows
        if r.loss.high90 > 0.0
    ]
    without = f"<p class='quiet'>No challenger in the data: {html.escape(', '.join(safe))}.</p>" if safe else ""
    columns = (
        "Ally",
        "Expected loss, % of GDP a year",
        "by giving ground",
        "by fighting",
        "kept",
        "ally believes",
        "adversary believes",
        "window of vulnerability",
        "luck",
    )
    return (
        "<section><h2>Exposure by ally</h2><p>Means over the years of the run. Bold: median; then the range of half "
        "of the futures, and of nine in ten. Kept: chance that the guarantor fights, against the most dangerous "
        "challenger; a dash where its guarantee does not cover that one, such as a fellow ally. Window: years in which "
        "the median loss stands a tenth or more above the first year's. Luck: share of the spread between futures that "
        "is chance; the rest is not knowing the parameters.</p>"
        f"{table(columns, cells)}{without}</section>"
    )


def schedule_section(results: Results, world: World) -> str:
    """The posture as a heat map of channels by year, mean over allies, as delivered for presets."""
    name = results.roles["posture"]
    if name not in preset_names():
        support = results.ally("support").mean(axis=(1, 2))
        return (
            "<section><h2>The posture</h2>"
            + table(
                ("year", "support delivered, mean of channels and allies, today = 1"),
                [(str(y), f"{s:.2f}") for y, s in zip(results.years, support, strict=True) if y % 5 == 0],
            )
            + "</section>"
        )
    posture = preset(name, world.states.iso3)
    links = world.links
    levels = posture.levels(
        [world.states.iso3[i] for i in links.ally],
        [world.states.region[i] for i in links.ally],
        [world.states.iso3[i] for i in links.guarantor],
        results.years,
    ).mean(axis=1)
    picture = charts.schedule(
        {c: levels[:, k].tolist() for k, c in enumerate(CHANNELS)},
        results.years,
        "Support as announced, mean over allies",
    )
    title = html.escape(posture.title)
    return f"<section><h2>The posture</h2><p>{title}.</p><figure class='wide'>{picture}</figure></section>"


def states_table(results: Results, allies: Sequence[str]) -> str:
    """Where each ally stands in the last year, by mechanism."""
    measures = (
        ("completeness", "C4ISR (R05, R07, R12)", 2), ("dependence", "dependence (R06, R08)", 2),
        ("home_share", "home-made (R08, R11)", 2), ("spending", "spending, GDP (R03, R13)", 3),
        ("conceded", "ground given (R10)", 2), ("nuclear", "nuclear 0-3 (R09, R22)", 2),
        ("loyalty", "loyalty bought (R04)", 2), ("tension", "tension (R27)", 2),
        ("lean_rival", "leans to rivals (R28)", 2), ("pool_resolve", "pool resolve (R29)", 2),
        ("hostility", "hostility faced (R19)", 2), ("own_force", "own force a year (R19, R21)", 3),
        ("cohesion", "neighbours with it (R20)", 2),
    )  # fmt: skip
    last = {name: results.ally(name)[-1].mean(axis=1) for name, _, _ in measures}
    rows = [
        (ally, *(f"{last[name][results.allies.index(ally)]:.{digits}f}" for name, _, digits in measures))
        for ally in allies
    ]
    return f"<p>In {results.years[-1]}, mean over futures:</p>" + table(
        ("Ally", *(label for _, label, _ in measures)), rows
    )


def guarantor_table(results: Results) -> str:
    """The guarantor's account: cost, worth, involvement, load, reputation (R02, R14-R16, R23, R26)."""
    rows = []
    for role, posture in results.roles.items():
        for g, name in enumerate(results.manifest["guarantors"]):
            cells = [f"{name}, {html.escape(posture)}"]
            for measure, digits in (
                ("cost", 0),
                ("worth", 1),
                ("involvement", 3),
                ("load", 2),
                ("reputation", 2),
                ("reliable", 2),
            ):
                values = results.guarantor(measure, role)[:, g]
                cells.append(f"{values[0].mean():.{digits}f} → {values[-1].mean():.{digits}f}")
            rows.append(cells)
    columns = (
        "Guarantor",
        "cost, bn USD (R14)",
        "worth, index (R15)",
        "wars drawn into a year (R23)",
        "load (R23, R26)",
        "reputation (R02)",
        "reliable type",
    )
    return table(columns, rows)


def order_table(results: Results) -> str:
    """Regional order in the first and last year (R24)."""
    rows = []
    for r, region in enumerate(REGIONS):
        if not results.region("powers")[:, r].any():
            continue
        cells = [region]
        for measure in ("powers", "concentration", "lead"):
            values = results.region(measure)[:, r]
            cells.append(f"{np.median(values[0]):.2f} → {np.median(values[-1]):.2f}")
        rows.append(cells)
    return table(("Region (R24)", "effective number of powers", "concentration", "first over second"), rows)


def theatre_section(results: Results, world: World) -> str:
    """Chance the promise is kept by region, and how far its challengers reach the guarantor (R17, R18)."""
    states = world.states
    reach = np.maximum(states.homeland_reach, 0.0)
    promise = results.ally("promise_true").mean(axis=(0, 2))
    covered = promise > 0.0
    rows = []
    for region in REGIONS:
        mine = [i for i, iso in enumerate(results.allies) if states.region[states.iso3.index(iso)] == region]
        kept = [promise[i] for i in mine if covered[i]]
        if not kept:
            continue
        allies = {states.iso3.index(results.allies[i]) for i in mine}
        against = {int(c) for c, t in zip(world.pairs.challenger, world.pairs.target, strict=True) if int(t) in allies}
        armed = sorted(
            (states.iso3[c] for c in against if reach[c] > 0.0), key=lambda iso: -reach[states.iso3.index(iso)]
        )
        rows.append((region, f"{100 * min(kept):.0f}-{100 * max(kept):.0f}%", html.escape(", ".join(armed) or "none")))
    return (
        "<section><h2>Promise and homeland</h2><p>Chance that the promise is kept against the worst challenger, lowest "
        "and highest ally of each region, beside the challengers whose warheads reach a distant guarantor "
        "(R17, R18).</p>"
        + table(("Region", "promise kept", "challengers that reach the homeland"), rows)
        + "</section>"
    )


def index_section(ledger: Ledger, without: Sequence[str]) -> str:
    """Every mechanism, whether it was on, and where it shows."""
    rows = [
        (row, html.escape(mechanism.sentence), html.escape(mechanism.measure), "off" if row in without else "on")
        for row, mechanism in ledger.mechanisms.items()
    ]
    return (
        "<section><h2>The thirty mechanisms</h2><p>What each claims and where it shows. Switch one off with "
        "<code>--without R07</code>.</p>"
        + table(("", "Mechanism", "Shown", "In this run"), rows, text=4)
        + "</section>"
    )


def assumptions_section(found: Sequence[tuple[str, float]], ledger: Ledger) -> str:
    """The assumptions that move the answer most, with range, grade and source."""
    rows = [
        (
            html.escape(ledger[name].label),
            html.escape(ledger[name].meaning),
            html.escape("; ".join(ledger.sources[key].short for key in ledger[name].sources)),
            f"{rho:+.2f}",
            f"{ledger[name].default:g}",
            f"{ledger[name].low:g} to {ledger[name].high:g}",
            ledger[name].grade,
        )
        for name, rho in found
    ]
    grades = "; ".join(f"{g}: {m}" for g, m in GRADES.items())
    return (
        "<section><h2>The assumptions that matter</h2><p>Rank correlation of each uncertain parameter with the mean "
        f"expected loss, over futures. {grades}.</p>"
        + table(("Parameter", "Meaning", "Source", "correlation", "default", "range", "grade"), rows, text=3)
        + "</section>"
    )


def rates_section(rates: Sequence[Rate]) -> str:
    """Base rates beside history."""
    rows = []
    for r in rates:
        history = "" if r.history is None else f"{r.history:.4f}"
        span = "" if r.low is None else f"{r.low:.4f}-{r.high:.4f}"
        verdict = {True: "yes", False: "<b>no</b>", None: "-"}[r.within_two]
        rows.append((r.pair_class, r.measure.replace("_", " "), f"{r.run:.4f}", history, span, verdict))
    return (
        "<section><h2>Does it look like the past?</h2><p>Rates produced by the run under the compared posture beside "
        "those of 1950-2010 (Gibler, Miller and Little), by class of directed pair. The overall rates were used to "
        "calibrate; the classes were calibrated on challenges only.</p>"
        + table(("Pairs", "Rate", "run", "history", "95 %", "within a factor of two"), rows, text=2)
        + "</section>"
    )


def limits_section() -> str:
    """What the model cannot say."""
    return (
        "<section><h2>Limits</h2><ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in LIMITS) + "</ul></section>"
    )


def again_section(results: Results) -> str:
    """How to get the same numbers again."""
    held = results.manifest
    return (
        "<section><h2>To reproduce</h2><p>Same version, scenario and seed give the same bytes, on any number of "
        f"threads.</p><pre>foedus {held['foedus']}   run {held['digest']}   ledger {held['ledger']}   "
        f"world {held['world']}   seed {held['seed']}</pre>"
        "<p>Facts: <code>foedus sources STATE</code>. Parameters: <code>foedus ledger</code>.</p></section>"
    )
