"""Verdicts: computed from the criteria a hindcast declared and the figures it found, never written."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.errors import InputError
from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, Registered, Verdict

ROUNDING = 1e-9
"""How far a difference of floats may miss a bound that it would meet on paper."""


@dataclass(frozen=True)
class Judgement:
    """One criterion, judged.

    criterion  what was declared
    value      what was compared with the bounds; None when there was nothing to compare
    met        whether it holds; None when it cannot be judged
    clear      whether the whole interval is on the same side of the bounds; None without an interval
    """

    criterion: Criterion
    value: float | None
    met: bool | None
    clear: bool | None

    def __str__(self) -> str:
        """Return the criterion and its result in words."""
        said = {True: "met", False: "missed", None: "cannot be judged"}[self.met]
        value = "" if self.value is None else f": {self.value:.4g}"
        doubt = ", but its interval reaches across the bound" if self.clear is False else ""
        return f"{self.criterion}{value}, {said}{doubt}"


@dataclass(frozen=True)
class HindcastOutcome:
    """A hindcast and its result.

    name, digest  of the registration judged
    found         the figures
    judgements    one a criterion, in the order declared
    seconds       what the run took
    """

    name: str
    digest: str
    found: Found
    judgements: tuple[Judgement, ...]
    seconds: float = 0.0

    @property
    def figures(self) -> tuple[FoundMeasure, ...]:
        """What was measured."""
        return self.found.figures

    @property
    def verdict(self) -> Verdict:
        """Fail when a criterion is missed; else not identified when one cannot be judged; else pass."""
        met = [j.met for j in self.judgements]
        return "fail" if False in met else "not identified" if None in met else "pass"

    @property
    def clear(self) -> bool:
        """Whether the verdict is the same wherever in its interval a figure lies.

        One criterion that is missed throughout its interval is enough for a fail; a pass needs every one to hold.
        """
        if self.verdict == "fail":
            return any(j.met is False and j.clear is not False for j in self.judgements)
        return all(j.clear is not False for j in self.judgements)

    @property
    def why(self) -> str:
        """What decided the verdict, then what the run says of it."""
        decisive = [str(j) for j in self.judgements if j.met is not True] or [str(j) for j in self.judgements]
        return "; ".join(decisive) + (f". {self.found.why}" if self.found.why else "")


def judge(test: Registered, found: Found, seconds: float = 0.0) -> HindcastOutcome:
    """Judge what a run found by the criteria its registration declared.

    test     the registration
    found    the figures of the run
    seconds  what the run took

    Raises InputError when a criterion names a measure that the run did not return.
    """
    by_name = {f.measure: f for f in found.figures}
    for criterion in test.criteria:
        if criterion.measure not in by_name:
            msg = f"{test.name}: no figure named {criterion.measure}; the run gave {', '.join(by_name)}"
            raise InputError(msg)
    few = found.events or 0
    judgements = tuple(
        Judgement(c, by_name[c.measure].ours, None, None) if few < c.events else judged(c, by_name[c.measure])
        for c in test.criteria
    )
    return HindcastOutcome(test.name, test.digest, found, judgements, seconds)


def judged(criterion: Criterion, figure: FoundMeasure) -> Judgement:
    """Judge one figure by one criterion."""
    anchor = {"": 0.0, "baseline": figure.baseline, "published": figure.published}[criterion.against]
    if figure.ours is None or anchor is None:
        return Judgement(criterion, None, None, None)
    value = figure.ours - anchor
    if figure.low is None or figure.high is None:
        met = None if criterion.widest is not None else _holds(criterion, value)
        return Judgement(criterion, value, met, None)
    if criterion.widest is not None and figure.high - figure.low > criterion.widest:
        return Judgement(criterion, value, None, None)
    low, high = figure.low - anchor, figure.high - anchor
    if met := _holds(criterion, value):
        clear = _holds(criterion, low) and _holds(criterion, high)
    else:
        below = criterion.low is not None and high < criterion.low - ROUNDING
        above = criterion.high is not None and low > criterion.high + ROUNDING
        clear = below or above
    return Judgement(criterion, value, met, clear)


def _holds(criterion: Criterion, value: float) -> bool:
    above = criterion.low is None or value >= criterion.low - ROUNDING
    return above and (criterion.high is None or value <= criterion.high + ROUNDING)
