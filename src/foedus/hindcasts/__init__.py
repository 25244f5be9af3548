"""Hindcasts: tests of the model on history, registered before they run, judged by what they declared."""

from foedus.hindcasts.judge import Judgement, Outcome, judge
from foedus.hindcasts.registry import (
    KINDS,
    THEMES,
    VERDICTS,
    Criterion,
    Curve,
    Figure,
    Found,
    Kind,
    Registered,
    Setting,
    Verdict,
    find,
    registered,
)

__all__ = [
    "KINDS",
    "THEMES",
    "VERDICTS",
    "Criterion",
    "Curve",
    "Figure",
    "Found",
    "Judgement",
    "Kind",
    "Outcome",
    "Registered",
    "Setting",
    "Verdict",
    "find",
    "judge",
    "registered",
]
