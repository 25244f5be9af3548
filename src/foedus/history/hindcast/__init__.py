"""Hindcasts: tests of the model on history, registered before they run, judged by what they declared."""

from foedus.history.hindcast.judge import Judgement, Outcome, judge
from foedus.history.hindcast.registry import (
    THEMES,
    VERDICTS,
    Criterion,
    Curve,
    Figure,
    Found,
    Registered,
    Setting,
    Verdict,
    find,
    registered,
)

__all__ = [
    "THEMES",
    "VERDICTS",
    "Criterion",
    "Curve",
    "Figure",
    "Found",
    "Judgement",
    "Outcome",
    "Registered",
    "Setting",
    "Verdict",
    "find",
    "judge",
    "registered",
]
