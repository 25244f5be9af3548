"""Hindcasts: tests of the model on history, registered before they run, judged by what they declared."""

from foedus.hindcasts.registry import (
    KINDS,
    THEMES,
    VERDICTS,
    Criterion,
    Curve,
    Found,
    FoundMeasure,
    HindcastSetting,
    Kind,
    Registered,
    Verdict,
    find,
    registered,
)
from foedus.hindcasts.verdict import HindcastOutcome, Judgement, judge

__all__ = [
    "KINDS",
    "THEMES",
    "VERDICTS",
    "Criterion",
    "Curve",
    "Found",
    "FoundMeasure",
    "HindcastOutcome",
    "HindcastSetting",
    "Judgement",
    "Kind",
    "Registered",
    "Verdict",
    "find",
    "judge",
    "registered",
]
