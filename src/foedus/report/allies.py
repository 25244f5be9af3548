"""Allies: exposure in full, the years, what each does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus import charts, words
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.report.first import LEAD, change_cell, kept
from foedus.report.html import escape, factor, figure, measure_head, range_cell, section, table
from foedus.results import Headline, Results, answer, stake_gdp, wording
from foedus.results.error import largest_error
from foedus.results.frame import bar
from foedus.results.headline import LEAST_CHANGE
from foedus.results.stamp import chances_note, errors_note

DRAWN = 6
"""Allies shown year by year."""

STANDINGS = (
    "spending", "beyond", "completeness", "dependence", "home_share", "loyalty", "pool_resolve", "nuclear", "conceded",
    "lean_rival", "tension", "hostility", "own_force", "cohesion",
)  # fmt: skip
"""Measures of the table of standings."""


def exposure(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    """Every ally: loss with bands and split, change, chance of help, window of vulnerability, chance."""
    paired = "against" in results.roles
    listed, still = answer.listed(rows)
    cells = []
    for r in listed:
        luck = r.luck_share if r.difference_luck is None else r.difference_luck
        cells.append(
            (
                escape(names[r.ally]),
                *(said(r).replace("→", " → ") for said in (wording.war, wording.ground, wording.total)),
                *((change_cell(r),) if paired else ()),
                range_cell(r.loss),
                wording.lost_to(r),
                words.significant(r.conceded.mean),
                words.significant(r.fought.mean),
                wording.conceded(r).replace("→", " → "),
                *(kept(r, which) for which in ("promise_true", "promise_ally", "promise_adversary")),
                f"{wording.exposed(r).replace('→', ' → ')} <small>peak {r.peak_year}</small>",
                "" if np.isnan(luck) else f"{100 * luck:.0f}",
            )
        )
    safe = sorted(names[r.ally] for r in rows if r.safe)
    columns = (
        "Ally",
        f"war by {results.years[-1]}, %",
        "ground lost, %",
        f"loss by {results.years[-1]}",
        *(("change [90 % band]",) if paired else ()),
        f"loss under {escape(results.roles['posture'])}, % of GDP a year",
        "lost to, %",
        "from concessions",
        "from fighting",
        "of which conceded, %",
        "chance of help, %",
        "as ally sees it, %",
        "as challenger sees it, %",
        "years exposed",
        "chance in spread, %",
    )
    arrows = f" Arrows: under {results.roles['against']} → under {results.roles['posture']}." if paired else ""
    quiet = f"{answer.left_out(still)[:-1]}: {', '.join(sorted(names[r.ally] for r in still))}." if still else ""
    quiet += f" No challenger in the data: {', '.join(safe)}." if safe else ""
    return section(
        "Allies, by what changes most" if paired else "Allies, worst first",
        f"<p>Means over futures of means over the years. {LEAD} Loss: mean, then the range of half of the futures "
        "and, in brackets, of nine in ten; it is the sum of concessions and fighting (R10), in wars that are on (R32) "
        "and in new ones, and in wars and strikes that it begins itself (R33). Chance of help: that the "
        "guarantor, not a second one, fights the most dangerous challenger (R02), true and as the ally and the "
        "challenger estimate it; – where the guarantee does not cover that one, such as a fellow ally. Years exposed: "
        f"the window of vulnerability (R11), of {len(results.years)} years those in which the expected loss stands a "
        "tenth or more above the first year's. It counts what gets worse, whatever the cause: most of it may be there "
        "under either posture, and it is 0 for a state whose loss is worst at the start, as for one at war already. "
        "Chance in spread: share of the spread that is stochastic; the rest is uncertainty about parameters."
        f"{escape(arrows)} {escape(chances_note(results.points))}</p>",
        table(columns, cells, style="dense"),
        f"<p class='quiet'>{escape(quiet.strip())}</p>" if quiet else "",
        anchor="allies",
    )


def over_the_years(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    """Loss, promise and spending of the allies that change most, whether the direction is clear or not."""
    chosen = answer.listed(rows, DRAWN)[0]
    if not chosen:
        return ""
    scale = stake_gdp(results)
    drawn = []
    for measure, title, unit in (
        ("loss", "Expected loss (each step of the axis is the same factor)", "% of GDP a year"),
        ("promise_ally", "Chance of help, as the ally estimates it", "chance"),
        ("spending", "Military spending (each panel on its own scale)", "% of GDP"),
    ):
        paths: dict[str, dict[str, charts.Values]] = {names[row.ally]: {} for row in chosen}
        for role, posture in results.roles.items():
            values = results.loss(role) * scale if measure == "loss" else results.ally(measure, role)
            for row in chosen:
                path = values[:, results.allies.index(row.ally)]
                paths[names[row.ally]][posture] = path * 100.0 if measure == "spending" else path
        log, alike = measure == "loss", measure != "spending"
        held = [path for by_posture in paths.values() for path in by_posture.values()]
        known = results.known(errors_note({unit: max(largest_error(path, results.twins()) for path in held)}))
        drawn.append(figure(charts.fans(paths, results.years, title, unit, log=log, mean=True, alike=alike), "", known))
    most = "change" if "against" in results.roles else "lose"
    return section(
        "Over the years",
        f"<p>The allies that {most} most, whether or not the direction is clear. Line: mean over futures. Dark band: "
        "half of the futures. Light band: nine in ten. Panels of one measure share their scale, but for spending.</p>",
        *drawn,
    )


def comparison(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    """Every ally whose loss changes, paired."""
    shown = [r for r in rows if r.difference and r.moved and not r.safe][:24]
    bars = [bar(names[r.ally], r.difference, r.direction) for r in shown if r.difference]
    if not bars:
        return ""
    posture, against = results.roles["posture"], results.roles["against"]
    drawn = charts.differences(bars, "Change in expected loss, future by future", "% of GDP a year", width=640)
    caption = f"Dot: mean; thick: half of the futures; thin: nine in ten. Changes of {LEAST_CHANGE} % or more."
    known = results.known(errors_note({"change in loss": max(r.difference.error for r in shown if r.difference)}))
    return section(f"The difference: {posture} against {against}", figure(drawn, caption, known))


def conduct(results: Results, rows: Sequence[Headline], names: Mapping[str, str]) -> str:
    """What allies do: what money buys, and where each stands at the end."""
    chosen = [row.ally for row in answer.listed(rows, 12)[0]]
    if not chosen:
        return ""
    options = results.options()
    shares = [
        (names[record["ally"]], name, float(record[name]))
        for ally in chosen
        for record in options.filter(options["ally"] == ally).iter_rows(named=True)
        for name in options.columns[1:]
    ]
    roles = list(results.roles)
    shown = [MEASURES[Group.ALLY][name] for name in STANDINGS]
    places = [results.allies.index(ally) for ally in chosen]
    by_future = {
        (role, measure.name): results.ally(measure.name, role)[-1] * factor(measure)
        for role in roles
        for measure in shown
    }
    last = {key: values.mean(axis=1) for key, values in by_future.items()}
    exact = errors_note(
        {
            measure.label: max(largest_error(by_future[role, measure.name][places], results.twins()) for role in roles)
            for measure in shown
        }
    )
    cells = []
    for ally in chosen:
        a = results.allies.index(ally)
        row = [escape(names[ally])]
        for name in STANDINGS:
            values = [_short(float(last[role, name][a])) for role in reversed(roles)]
            row.append(values[0] if len(set(values)) == 1 else " → ".join(values))
        cells.append(row)
    columns = ("Ally", *(measure_head(measure) for measure in shown))
    arrow = " One figure where both postures give the same." if len(roles) > 1 else ""
    both = f"under {results.roles['against']} → under {results.roles['posture']}" if len(roles) > 1 else "mean"
    return section(
        "What allies do",
        figure(
            charts.shares(shares, f"What flexible money buys under {results.roles['posture']}"),
            "Mean over years and futures (R04, R07, R08, R09, R12, R29, R30). A plain domain is bought from the "
            "guarantor; home is made at home or in the region.",
            results.known(chances_note(results.points)),
        ),
        f"<p>In {results.years[-1]}, means over futures, {escape(both)}.{arrow} {escape(exact)}</p>",
        table(columns, cells, style="dense"),
        anchor="conduct",
    )


def _short(value: float) -> str:
    """Two digits, to two decimals at most."""
    return f"{value:.{words.decimals(value, most=2)}f}"
