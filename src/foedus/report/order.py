"""The guarantor's account, the posture, and the order that results."""

from __future__ import annotations

import numpy as np

from foedus import charts, words
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.report.html import escape, figure, measure_head, section, table
from foedus.results import Results
from foedus.results.error import largest_error
from foedus.results.stamp import chances_note, errors_note
from foedus.terms import REGIONS
from foedus.world import World

ACCOUNT = ("cost", "worth", "involvement", "load", "reputation", "reliable")
"""Measures of the guarantor's account."""

ANNOUNCED = "Announced, and so the same in every future."


def posture(results: Results) -> str:
    """What is announced by channel and year, by region where regions differ, and what is delivered."""
    plans = results.manifest.get("schedule", {}).get("posture", {})
    drawn = []
    for plan in _distinct(plans):
        everywhere = len(plan) == len(plans)
        title = "Support as announced" + ("" if everywhere else f": {', '.join(plan)}")
        drawn.append(figure(charts.schedule(plans[plan[0]], results.years, title), "", ANNOUNCED))
    by_future = {role: results.ally("support", role).mean(axis=1) for role in results.roles}
    support = {role: values.mean(axis=1) for role, values in by_future.items()}
    exact = errors_note({"support delivered": max(largest_error(x, results.twins()) for x in by_future.values())})
    shown = sorted({0, len(results.years) // 4, len(results.years) // 2, len(results.years) - 1})
    cells = [(escape(name), *(f"{support[role][y]:.2f}" for y in shown)) for role, name in results.roles.items()]
    columns = (
        "Support delivered, mean of channels and allies, start = 1 (R16)",
        *(str(results.years[y]) for y in shown),
    )
    return section(
        "The posture",
        "<p>Each channel of the guarantee moves by itself (R01, R25); 1 is support at the start. What is delivered "
        f"differs from what is announced where the guarantor answers to what allies do. {escape(exact)}</p>",
        *drawn,
        table(columns, cells),
        anchor="posture",
    )


def _distinct(plans: dict[str, dict[str, list[float]]]) -> list[tuple[str, ...]]:
    """Regions grouped by equal plans, in their order; all in one group reads as one plan."""
    groups: list[tuple[str, ...]] = []
    for region, plan in plans.items():
        for i, group in enumerate(groups):
            if plans[group[0]] == plan:
                groups[i] = (*group, region)
                break
        else:
            groups.append((region,))
    return groups


def guarantor(results: Results, world: World) -> str:
    """The guarantor's account under each posture, first year to last."""
    names = world.states.names
    cells = []
    errors: dict[str, list[float]] = {measure: [] for measure in ACCOUNT}
    for g, iso in enumerate(results.guarantors):
        if iso != results.main_guarantor and "against" in results.roles:
            continue
        for role, name in results.roles.items():
            row = [f"{escape(names[iso])}, {escape(name)}"]
            for measure in ACCOUNT:
                by_future = results.guarantor(measure, role)[[0, -1], g]
                errors[measure].append(largest_error(by_future, results.twins()))
                values = by_future.mean(axis=1)
                row.append(f"{words.significant(float(values[0]))} → {words.significant(float(values[-1]))}")
            cells.append(row)
    labels = {name: MEASURES[Group.GUARANTOR][name].label for name in ACCOUNT}
    exact = errors_note({labels[name]: max(held, default=float("nan")) for name, held in errors.items()})
    columns = ("Guarantor", *(measure_head(MEASURES[Group.GUARANTOR][name]) for name in ACCOUNT))
    return section(
        "The guarantor's account",
        f"<p>Means over futures, {results.years[0]} → {results.years[-1]}. What it saves by giving less stands beside "
        f"what it loses in access, and the wars it is still drawn into. {escape(exact)}</p>",
        table(columns, cells),
        anchor="guarantor",
    )


def order(results: Results, world: World) -> str:
    """Regional order under each posture (R24), and promise by region beside who reaches the homeland (R17, R18)."""
    cells = []
    errors: dict[str, list[float]] = {measure: [] for measure in MEASURES[Group.REGION]}
    for r, region in enumerate(REGIONS):
        if not results.region("powers")[0, r].any():
            continue
        row = [region]
        for measure in MEASURES[Group.REGION]:
            first, *last = (
                results.region(measure, role)[year, r]
                for role, year in (("posture", 0), *((role, -1) for role in reversed(results.roles)))
            )
            errors[measure].append(largest_error(np.stack([first, *last]), results.twins()))
            start, ends = float(first.mean()), [float(values.mean()) for values in last]
            row.append(f"{start:.2f} → " + " / ".join(f"{x:.2f}" for x in ends))
        cells.append(row)
    labels = {name: measure.label for name, measure in MEASURES[Group.REGION].items()}
    exact = errors_note({labels[name]: max(held, default=float("nan")) for name, held in errors.items()})
    both = " / ".join(escape(name) for name in reversed(results.roles.values()))
    columns = ("Region", *(measure.label for measure in MEASURES[Group.REGION].values()))
    return section(
        "The order that results",
        f"<p>Capability delivered in each region (R24), {results.years[0]} → {results.years[-1]} under {both}. "
        f"Means over futures. {escape(exact)}</p>",
        table(columns, cells),
        "<p>Chance that the guarantor fights the worst challenger, lowest and highest ally of each region, "
        "beside the challengers whose warheads reach a distant guarantor (R17, R18). "
        f"{escape(chances_note(results.points))}</p>",
        table(("Region", "chance of help, %", "challengers that reach it"), _theatres(results, world), text=3),
        anchor="order",
    )


def _theatres(results: Results, world: World) -> list[tuple[str, str, str]]:
    states = world.states
    promise = results.ally("promise_true").mean(axis=(0, 2))
    rows = []
    for region in REGIONS:
        mine = [i for i, iso in enumerate(results.allies) if states.region[states.iso3.index(iso)] == region]
        kept = [promise[i] for i in mine if promise[i] > 0.0]
        if not kept:
            continue
        allies = {states.iso3.index(results.allies[i]) for i in mine}
        against = {int(c) for c, t in zip(world.pairs.challenger, world.pairs.target, strict=True) if int(t) in allies}
        armed = sorted((c for c in against if states.homeland_reach[c] > 0.0), key=lambda c: -states.homeland_reach[c])
        named = escape(", ".join(states.name[c] for c in armed) or "none")
        rows.append((region, f"{words.percent(min(kept))} to {words.percent(max(kept))}", named))
    return rows
