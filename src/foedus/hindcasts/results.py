"""Results of hindcasts kept in the package, so that the scoreboard can be shown without the research data.

The file holds figures, never verdicts: those are computed again from the registered criteria when it is read.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from foedus.errors import InputError
from foedus.files import write_text
from foedus.hindcasts.registry import (
    Curve,
    ForecasterScores,
    Found,
    FoundMeasure,
    HindcastSetting,
    Registered,
    registered,
)
from foedus.hindcasts.verdict import HindcastOutcome, judge
from foedus.ledger import load_ledger

HERE = Path(__file__).with_name("results.json")
DIGITS = 6
"""significant digits kept"""


@dataclass(frozen=True)
class Result:
    """What a hindcast found, and when.

    ran      day of the run, ISO 8601
    digest   of the registration then: other than today's when years or criteria have changed since
    ledger   digest of the ledger then
    """

    name: str
    ran: str
    digest: str
    found: Found
    ledger: str = ""


@dataclass(frozen=True)
class ScoreLine:
    """One line of the scoreboard: a registered hindcast, with its outcome when it has one.

    stale   its criteria or years have changed since it ran
    moved   the ledger has changed since it ran, so its figures may have too
    """

    test: Registered
    outcome: HindcastOutcome | None
    ran: str = ""
    stale: bool = False
    moved: bool = False

    @property
    def outside(self) -> tuple[tuple[str, float, float, float], ...]:
        """Parameters whose fitted value is outside the ledger's range: name, value, low, high."""
        if self.outcome is None:
            return ()
        ledger = load_ledger().parameters
        held = [(ledger[name], value) for name, value in self.outcome.found.fitted if name in ledger]
        return tuple((p.name, value, p.low, p.high) for p, value in held if not p.low <= value <= p.high)

    @property
    def verdict(self) -> str:
        """The outcome's verdict, or "not run"."""
        return self.outcome.verdict if self.outcome else "not run"


def run(
    tests: Iterable[Registered], setting: HindcastSetting, tell: Callable[[str], None] = lambda _: None
) -> list[ScoreLine]:
    """Run hindcasts and judge them.

    tell   called with each name before it runs
    Raises DataError when research data that a hindcast needs is missing.
    """
    lines, today = [], date.today().isoformat()  # noqa: DTZ011
    for test in tests:
        tell(test.name)
        start = time.perf_counter()
        found = rounded(test.run(setting))
        lines.append(ScoreLine(test, judge(test, found, time.perf_counter() - start), today))
    return lines


def lines_of(results: Mapping[str, Result], tests: Sequence[Registered] | None = None) -> list[ScoreLine]:
    """Judge stored results by today's criteria, one line a registered hindcast."""
    lines, ledger = [], load_ledger().digest
    for test in tests if tests is not None else registered():
        result = results.get(test.name)
        if result is None:
            lines.append(ScoreLine(test, None))
            continue
        try:
            outcome = judge(test, result.found)
            lines.append(ScoreLine(test, outcome, result.ran, result.digest != test.digest, result.ledger != ledger))
        except InputError:
            lines.append(ScoreLine(test, None, result.ran, stale=True))
    return lines


def read_results(path: Path = HERE) -> dict[str, Result]:
    """Read a results file; empty when there is none. Raises InputError when it is malformed."""
    if not path.is_file():
        return {}
    try:
        records = json.loads(path.read_text(encoding="utf-8"))["results"]
        return {
            r["name"]: Result(r["name"], r["ran"], r["digest"], _found(r["found"]), r.get("ledger", ""))
            for r in records
        }
    except (json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        msg = f"{path.name}: not a results file ({error}). Write one with: foedus validate --out {path.name}"
        raise InputError(msg) from error


def write_results(lines: Iterable[ScoreLine], path: Path, keep: Mapping[str, Result] | None = None) -> None:
    """Write outcomes to a results file, over those to keep; whole or not at all.

    keep   results of hindcasts that were not run now; those no longer registered are dropped
    Raises InputError when it cannot be written.
    """
    held, ledger = dict(keep or {}), load_ledger().digest
    for line in lines:
        if line.outcome is not None:
            held[line.test.name] = Result(line.test.name, line.ran, line.outcome.digest, line.outcome.found, ledger)
    ordered = [asdict(held[t.name]) for t in registered() if t.name in held]
    body = {"about": "figures of foedus validate; verdicts are computed from them", "results": ordered}
    text = json.dumps(body, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_text(path, text)


def rounded(found: Found) -> Found:
    """Return what was found with figures to DIGITS significant digits, so that files compare."""

    def figure(held: FoundMeasure) -> FoundMeasure:
        return replace(
            held,
            ours=_short(held.ours),
            low=_short(held.low),
            high=_short(held.high),
            baseline=_short(held.baseline),
            published=_short(held.published),
        )

    return replace(
        found,
        figures=tuple(figure(f) for f in found.figures),
        beside=tuple(replace(one, figures=tuple(figure(f) for f in one.figures)) for one in found.beside),
    )


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{DIGITS}g}")


def _found(record: Mapping[str, Any]) -> Found:
    return Found(
        figures=tuple(FoundMeasure(**f) for f in record["figures"]),
        rows=record["rows"],
        events=record["events"],
        why=record["why"],
        curves=tuple(
            Curve(c["name"], tuple(c["forecast"]), tuple(c["observed"]), tuple(c["count"])) for c in record["curves"]
        ),
        fitted=tuple((n, v) for n, v in record["fitted"]),
        beside=tuple(
            ForecasterScores(one["name"], tuple(FoundMeasure(**f) for f in one["figures"]))
            for one in record.get("beside", ())
        ),
    )
