"""A run as a Polars frame and as an Altair chart, for notebooks."""

from __future__ import annotations

from typing import Any

import polars as pl

from foedus import charts
from foedus.results.answer import ally_names, listed
from foedus.results.headline import Headline, Range, headlines
from foedus.results.results import Results
from foedus.results.stamp import errors_note
from foedus.world import World


def headline_frame(results: Results) -> pl.DataFrame:
    """A row for each ally, most changed first."""
    names = _names(results)
    frame = pl.DataFrame([_record(row, names[row.ally]) for row in headlines(results)], infer_schema_length=None)
    return frame.with_columns(**{name: pl.lit(value) for name, value in results.stamps.items()})


def chart(results: Results, most: int = 15) -> Any:
    """The paired difference by ally, most changed first; the levels, worst first, where nothing is compared."""
    names, rows = _names(results), listed(headlines(results), most)[0]
    shown = [r.difference or r.loss for r in rows]
    known = results.known(errors_note({"": max((r.error for r in shown), default=float("nan"))}))
    if "against" not in results.roles:
        title, unit = f"Expected loss under {results.roles['posture']}", "% of GDP a year"
        return charts.noted(charts.levels([bar(names[row.ally], row.loss) for row in rows], title, unit), known)
    title = f"{results.roles['posture']} against {results.roles['against']}"
    bars = [bar(names[row.ally], row.difference, row.direction) for row in rows if row.difference]
    return charts.noted(charts.differences(bars, title, "change in expected loss, % of GDP a year"), known)


def bar(name: str, value: Range, direction: int = 0) -> charts.Bar:
    """A range as a row of a chart: without bands where there are too few futures for them."""
    if not value.told:
        return charts.Bar(name, value.mean, value.mean, value.mean, value.mean, value.mean, direction)
    return charts.Bar(name, value.low90, value.low50, value.mean, value.high50, value.high90, direction)


def _names(results: Results) -> dict[str, str]:
    states = World.load().states
    return ally_names(results, states.names)


def _record(row: Headline, name: str) -> dict[str, object]:
    found: dict[str, object] = {"ally": row.ally, "name": name}
    for label, value in (("loss", row.loss), ("difference", row.difference)):
        if value is not None:
            found |= {label: value.mean, f"{label}_error": value.error, f"{label}_median": value.median}
            found |= {
                f"{label}_{end}": at if value.told else None
                for end, at in (("low", value.low90), ("high", value.high90))
            }
    if row.against is not None:
        found |= {
            "loss_against": row.against.loss.mean,
            "times": row.times,
            "chance_worse": row.chance_worse,
            "direction": row.direction,
            "conceded_share_against": row.against.conceded_share,
            "years_exposed_against": row.against.years_exposed,
        }
        found |= {"war_against": row.against.war, "ground_against": row.against.ground}
    return found | {
        "war": row.war,
        "ground": row.ground,
        "total": row.total,
        "war_error": row.war_error,
        "ground_error": row.ground_error,
        "total_error": row.total_error,
        "lost_to": None if row.source is None else row.source.challenger,
        "lost_to_share": None if row.source is None else row.source.share,
        "conceded": row.conceded.mean,
        "fought": row.fought.mean,
        "conceded_share": row.conceded_share,
        "promise_true": row.promise_true.mean,
        "promise_ally": row.promise_ally.mean,
        "promise_adversary": row.promise_adversary.mean,
        "years_exposed": row.years_exposed,
        "peak_year": row.peak_year,
    }
