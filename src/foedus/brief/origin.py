"""Where a simulated number comes from: measure, reduction, run, posture, parameter points, digest."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.brief.contents import Brief
from foedus.brief.reading import Simulated
from foedus.brief.runs import Ran
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES

EVENTS = {
    "wars": "wars in which the ally was attacked",
    "limited": "uses of force short of war against the ally",
    "conceded": "crises in which the ally conceded",
    "challenges": "challenges to the ally",
    "joined": "wars in which the guarantor fought beside the ally",
}
"""Counts over all futures and years, from the table of pairs."""


def names(brief: Brief) -> list[str]:
    """Every simulated number's name."""
    what_ifs = [what.removed.name for what in brief.levers]
    return [*brief.simulated, *what_ifs, *EVENTS, "buys", "hangs-on"]


def origin(brief: Brief, name: str) -> dict[str, str]:
    """Say what a number is and where it comes from, as titles and texts in the order to print."""
    if name in EVENTS:
        return _events(brief, name)
    if name == "buys":
        shares = ", ".join(f"{option} {100 * share:.1f}" for option, share in brief.buys.items())
        how = "mean share of flexible procurement money by option, over years and futures, per cent"
        return {"what": how, "value": shares, "measures": "options.parquet", **_runs(brief, ("posture",))}
    if name == "hangs-on":
        ranks = "; ".join(
            f"{d.parameter.name} {d.rank:+.2f} ({d.parameter.grade}, {', '.join(d.parameter.sources)})"
            + (f", drawn nearly alike: {', '.join(p.name for p in d.alike)}" if d.alike else "")
            for d in brief.drivers
        )
        how = (
            "rank correlation of each sampled parameter with the ally's mean loss, given those before it, while clear "
            "of chance"
        )
        return {"what": how, "value": ranks or "none", **_runs(brief, ("posture",))}
    number = next((what.removed for what in brief.levers if what.removed.name == name), None)
    if number is not None:
        lever = next(what.lever for what in brief.levers if what.removed is number)
        return {**_of(brief, number), **_number(number), "change": lever.detail, **_runs(brief, number.runs)}
    number = brief.simulated[name]
    return {**_of(brief, number), **_number(number), **_runs(brief, number.runs)}


def _of(brief: Brief, number: Simulated) -> dict[str, str]:
    """Whose number it is, when that is not the ally."""
    if brief.subject == brief.ally or not any(map(_of_risk, number.measures)):
        return {}
    return {"state": f"{brief.subject_name}: nobody challenges {brief.name} itself, and its pool would fight there"}


def _of_risk(name: str) -> bool:
    """Whether a measure tells of wars, losses or the guarantor's promise (R02): not of what the ally does."""
    if name in MEASURES[Group.PAIR_YEAR]:
        return True
    measure = MEASURES[Group.ALLY].get(name)
    return measure is not None and (measure.unit == "stakes" or "R02" in measure.rows)


def _number(number: Simulated) -> dict[str, str]:
    spread = "" if number.low == number.high else f" ({number.low:.4g} to {number.high:.4g})"
    measures = "; ".join(f"{name}: {_meaning(name)}" for name in number.measures)
    return {
        "what": number.label,
        "value": f"{number.value:.4g}{spread} {number.unit}",
        "worked out as": number.how,
        "measures": measures,
    }


def _meaning(name: str) -> str:
    """What a measure of an ally, or of its pairs by year, is, with its unit; other names are parameters'."""
    measure = MEASURES[Group.ALLY].get(name) or MEASURES[Group.PAIR_YEAR].get(name)
    return "a sampled parameter" if measure is None else f"{measure.meaning}, {measure.unit}"


def _runs(brief: Brief, wanted: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in wanted:
        run = brief.runs[name]
        found[f"run {name}"] = _run(run)
        found["folder" if len(wanted) == 1 else f"folder of {name}"] = str(run.path)
    base = brief.runs[wanted[0]].study
    found["parameter points"] = (
        f"{len(base.ledger.uncertain)} parameters sampled from their ledger ranges, Sobol points of seed "
        f"{base.scenario.seed}; a quarter of the futures are twins (replicates), which "
        "repeat the points of others with other random draws"
    )
    found["ledger digest"] = base.ledger.digest
    return found


def _run(run: Ran) -> str:
    scenario = run.study.scenario
    extra = []
    if scenario.doctrines:
        extra.append("doctrine " + "; ".join(f"{d.scope} {dict(d.shares) or d.spending}" for d in scenario.doctrines))
    if scenario.posture.remedies:
        extra.append("remedies " + ", ".join(f"{name} {level:g}" for name, level in scenario.posture.remedies))
    if run.study.world.changed:
        extra.append("world with " + "; ".join(f"{a} {b} = {c:.4g}" for a, b, c in run.study.world.changed))
    return (
        f"posture {scenario.posture.name}, {scenario.first}-{scenario.last}, {run.results.futures} futures, "
        f"seed {scenario.seed}, digest {run.digest}" + (f"; {'; '.join(extra)}" if extra else "")
    )


def _events(brief: Brief, name: str) -> dict[str, str]:
    counts = {run: getattr(events, name) for run, events in brief.events.items()}
    return {
        "what": f"{EVENTS[name]}, counted over all futures and years",
        "value": ", ".join(f"{count:.0f} ({run})" for run, count in counts.items()),
        "measures": f"pairs.parquet, rows whose target is {brief.subject_name}",
        **_runs(brief, tuple(counts)),
    }
