"""Hindcasts: tests of the model on history, registered before they run, judged by what they declared."""

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
from foedus.hindcasts.verdict import Judgement, Outcome, judge

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
