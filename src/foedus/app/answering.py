"""What a worker does for the page: each task is a function of the process's memory and plain values, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from math import isnan
from typing import Any

from foedus import words
from foedus.app.changes import base_of, changes
from foedus.app.document import asked
from foedus.app.held import Memory
from foedus.app.pictures import Ask, Sight, draw, most_changed, riskiest
from foedus.app.small import strip
from foedus.results import Headline, Results, as_mapping, headlines, wording
from foedus.results.answer import LEAST_WAR, LIMITS, precision, summary, told
from foedus.study import Study, prepare
from foedus.world import World

Stop = Callable[[], bool]
Task = Callable[..., Any]


def results_of(memory: Memory, stop: Stop, document: Mapping[str, Any], futures: int) -> tuple[Study, Results]:
    """A document at so many futures, and its results."""
    study = prepare(asked(document).but(futures=futures))
    return study, memory.results(study, stop)


def answer(
    memory: Memory,
    stop: Stop,
    document: Mapping[str, Any],
    futures: int,
    pictures: Sequence[Mapping[str, Any]] = (),
    *,
    small: bool = True,
) -> dict[str, Any]:
    """The answer to a question at so many futures: sentences, a row for each ally, and the pictures asked for."""
    study, results = results_of(memory, stop, document, futures)
    world, rows = study.world, headlines(results)
    seen = Sight.of(results, rows, world)
    asks = [Ask(str(p["kind"]), str(p.get("ally", "")), tuple(p.get("allies", ()))) for p in pictures]
    return {
        "futures": results.futures,
        "asked": asked(document).futures,
        "years": [results.years[0], results.years[-1]],
        "seed": study.scenario.seed,
        "ensemble": study.scenario.ensemble,
        "digest": study.digest,
        "roles": results.roles,
        "changes": changes(study.scenario, base_of(document)),
        "sentences": summary(results, rows, world.states.names),
        "notes": [note for note in (precision(told(rows)), LIMITS) if note],
        "allies": [_row(row, seen) for row in rows if not row.safe],
        "order": {"risk": riskiest(rows), "changed": most_changed(rows)},
        "pictures": [draw(seen, ask).as_mapping() for ask in asks],
        "small": strip(seen) if small else [],
    }


def _row(row: Headline, seen: Sight) -> dict[str, Any]:
    """One ally for the table of outcomes."""
    side = row.against or row
    return {
        "ally": row.ally,
        "name": seen.names[row.ally],
        "war": [side.war, row.war],
        "loss": [side.loss.mean, row.loss.mean],
        "ground": [side.ground, row.ground],
        "total": [side.total, row.total],
        "promise": [side.promise_ally.mean, row.promise_ally.mean],
        "change": row.difference.mean if row.difference else None,
        "band": [row.difference.low90, row.difference.high90] if row.difference and row.difference.told else None,
        "errors": _errors(row),
        "direction": row.direction,
        "moved": bool(row.moved) or abs(row.war - side.war) >= LEAST_WAR,
        "said": {
            "war": wording.war(row, error=False).replace("→", " → "),
            "loss": wording.loss(row, error=False).replace("→", " → "),
            "ground": wording.ground(row, error=False).replace("→", " → "),
            "change": words.signed(row.difference.mean) if row.difference else "",
            "band": wording.band(row.difference) if row.difference else "",
            "promise": wording.both(row, lambda r: words.percent(r.promise_ally.mean), " → "),
            "lost_to": wording.lost_to(row),
        },
    }


def _errors(row: Headline) -> dict[str, float | None]:
    """Monte Carlo standard errors of one ally's figures under the posture; None where they cannot be told."""
    change = row.difference.error if row.difference else float("nan")
    found = {
        "war": row.war_error,
        "loss": row.loss.error,
        "change": change,
        "ground": row.ground_error,
        "promise": row.promise_ally.error,
    }
    return {name: None if isnan(error) else error for name, error in found.items()}


def figures(memory: Memory, stop: Stop, document: Mapping[str, Any], futures: int) -> list[Mapping[str, object]]:
    """The headline of every ally as plain values, as `foedus run --json` prints it."""
    return [as_mapping(row) for row in headlines(results_of(memory, stop, document, futures)[1])]


def warm(memory: Memory, _stop: Stop) -> str:
    """Load what every answer needs, and answer steady support once."""
    import_module("altair")
    import_module("scipy.stats")
    document = {"posture": "steady", "against": "none", "futures": 16}
    answer(memory, lambda: False, document, 16, [{"kind": "risks"}])
    return World.load().digest


TASKS: dict[str, Task] = {"answer": answer, "figures": figures, "warm": warm}
"""Every task by name; what another room adds to the page adds its tasks here."""
