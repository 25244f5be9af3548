"""Which hindcasts run the engine on an ally's own past, and their stored results: limits of a brief."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.hindcasts import europe, experiments
from foedus.hindcasts.registry import Criterion, Registered
from foedus.hindcasts.results import ScoreLine, lines_of, read_results

EUROPE = "Europe"
WORDS = {"fail": "fails", "not identified": "cannot tell", "pass": "passes", "not run": "has not run"}
"""Verdicts in the order reported."""


def concerning(iso3: str, region: str) -> list[ScoreLine]:
    """Stored lines of the hindcasts in which a state was exposed to a shock: failures first, then the most particular.

    iso3, region  of an ally of the United States. Those on Europe concern every such ally there.
    """
    tests = sorted((test for test in experiments.TESTS if iso3 in _exposed(test)), key=lambda test: len(_exposed(test)))
    if region == EUROPE:
        tests += europe.TESTS
    lines = lines_of(read_results(), tests)
    return sorted(lines, key=lambda line: list(WORDS).index(line.verdict))


def _exposed(test: Registered) -> Sequence[str]:
    return test.run.exposed if isinstance(test.run, experiments.Experiment) else ()


def in_words(lines: Sequence[ScoreLine]) -> str:
    """Their results: the first that failed with what it missed, then names by verdict; empty without lines."""
    parts = []
    for verdict, words in WORDS.items():
        names = [line.test.name for line in lines if line.verdict == verdict]
        if names and verdict == "fail":
            first = next(line for line in lines if line.verdict == verdict)
            names[0] += f" ({_missed(first)})"
        if names:
            parts.append(f"{words} {' and '.join(names)}")
    return "; ".join(parts)


def on_history(iso3: str, region: str, guarantor: str) -> str:
    """The result of running the model on an ally's own past, as a sentence; empty where no hindcast is about it."""
    said = in_words(concerning(iso3, region)) if guarantor == "USA" else ""
    return f"Run on its own past, the model {said}." if said else ""


def _missed(line: ScoreLine) -> str:
    assert line.outcome is not None
    first = next(j for j in line.outcome.judgements if j.met is False)
    assert first.value is not None
    return f"{first.criterion.measure}: {_told(first.value, first.criterion)}, must be {_bound(first.criterion)}"


def _told(value: float, criterion: Criterion) -> str:
    """A value that misses its bounds, with as many digits as tell it from them, two at least."""
    bounds = [bound for bound in (criterion.low, criterion.high) if bound is not None]
    digits = next((n for n in range(2, 7) if float(f"{value:.{n}g}") not in bounds), 7)
    return f"{value:.{digits}g}"


def _bound(criterion: Criterion) -> str:
    if criterion.low is None:
        return f"at most {criterion.high:g}"
    if criterion.high is None:
        return f"at least {criterion.low:g}"
    return f"{criterion.low:g} to {criterion.high:g}"
