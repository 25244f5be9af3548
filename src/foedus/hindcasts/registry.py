"""The registry: what a hindcast asks, of which years, beside what, and what it must show to pass.

A module of this package registers hindcasts by a tuple named `TESTS`. A hindcast declares its years, its
baseline and its criteria before it runs; its `run` returns figures, and the verdict is computed from the two
(`judge`). Nothing here reads data or imports a heavy library.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import isfinite
from pathlib import Path
from typing import Literal

from foedus.errors import InputError, UnknownName
from foedus.panels.files import DataFolder

Verdict = Literal["pass", "fail", "not identified"]
Against = Literal["", "baseline", "published"]
Needs = Literal["panels", "engine"]
Kind = Literal["out of sample", "in sample", "data check"]
Years = tuple[int, int]

VERDICTS: tuple[Verdict, ...] = ("pass", "fail", "not identified")
"""What a hindcast can come to. Not identified: no criterion was missed, but one could not be judged."""

KINDS: Mapping[Kind, str] = {
    "out of sample": "the model as it would have shipped then scores what it was not fitted to: the members of the "
    "longest record that ended before, what no record speaks of from the ledger's ranges; where nothing of the kind "
    "ships, its equations fitted on earlier years (or other folds) alone",
    "in sample": "the ledger takes from the same record a figure that is judged, so a pass is no evidence",
    "data check": "the model takes no part: baselines, counts and contrasts of the record made again",
}
"""What a verdict can say about the model, strongest first; a hindcast with figures of two kinds has the weaker."""

THEMES = (
    "onset",
    "escalation",
    "intervention",
    "outcomes",
    "alliances",
    "spending",
    "nuclear",
    "natural experiments",
    "indirect inference",
)
"""What hindcasts are about, in the order they are shown."""


@dataclass(frozen=True)
class Criterion:
    """What a measure must do, declared before the run.

    measure   the figure judged, by its name
    low       least value that passes; None for no floor
    high      greatest value that passes; None for no ceiling
    against   "": the value itself. "baseline", "published": the value less that of the figure's baseline or
              published value; so low=-.01 against "baseline" reads "not more than .01 below the baseline"
    widest    an interval wider than this cannot judge: the criterion is then not identified
    events    with fewer events than this in the test years, no forecast can be judged: likewise not identified
    why       where the bound comes from
    rival     the measure is a difference of scores from this other forecaster's on the same cases, so that none is even
    seen      added or set once a result had been seen, so it is a description more than a test
    """

    measure: str
    low: float | None = None
    high: float | None = None
    against: Against = ""
    widest: float | None = None
    events: int = 0
    why: str = ""
    seen: bool = False
    rival: str = ""

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            msg = f"{self.measure}: a criterion needs low, high or both; without a bound it cannot fail"
            raise InputError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"{self.measure}: low {self.low} is above high {self.high}; nothing could pass"
            raise InputError(msg)
        if self.rival and (self.against or (self.low is None) == (self.high is None)):
            msg = f"{self.measure}: beside a rival one bound, low or high, must say which way is better"
            raise InputError(msg)

    def __str__(self) -> str:
        """Return the criterion in words."""
        what = f"{self.measure} less {self.against}" if self.against else self.measure
        if self.low is None:
            return f"{what} ≤ {self.high:g}"
        if self.high is None:
            return f"{what} ≥ {self.low:g}"
        return f"{what} in [{self.low:g}, {self.high:g}]"


@dataclass(frozen=True)
class FoundMeasure:
    """One measure as a hindcast found it.

    measure          what is measured: "AUC", "war ratio, no ally to ally"
    ours             the model's value; None when the data cannot give one
    low, high        interval of `ours` (90 per cent), when there is one
    baseline         the same measure for the baseline named in the registration
    published        the figure published or computed beforehand, when there is one
    unit             "" for a pure number
    note             how it was made, when that is not plain
    """

    measure: str
    ours: float | None
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    published: float | None = None
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("ours", "low", "high", "baseline", "published"):
            value = getattr(self, name)
            if value is not None and not isfinite(value):
                msg = f"{self.measure}: {name} is {value}; it must be a finite number, or None when there is none"
                raise InputError(msg)
        if (self.low is None) != (self.high is None):
            msg = f"{self.measure}: an interval needs both low and high"
            raise InputError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"{self.measure}: low {self.low} is above high {self.high}"
            raise InputError(msg)


@dataclass(frozen=True)
class Curve:
    """A reliability curve: forecasts against what came, by bins; tuples of equal length."""

    name: str
    forecast: tuple[float, ...]
    observed: tuple[float, ...]
    count: tuple[int, ...]


@dataclass(frozen=True)
class ForecasterScores:
    """One of several forecasters scored on the same cases: its name, and its figures in the order of the others'."""

    name: str
    figures: tuple[FoundMeasure, ...]


@dataclass(frozen=True)
class Found:
    """What a run found, before it is judged.

    figures  the measures, each named once
    rows     cases scored; events among them, where the hindcast is about events
    why      why the figures are as they are, in a sentence or two; printed with the verdict
    curves   reliability curves
    fitted   parameters fitted on the training years, by name
    beside   forecasters compared on the same cases, all with the same measures; empty where there is one baseline
    """

    figures: tuple[FoundMeasure, ...]
    rows: int | None = None
    events: int | None = None
    why: str = ""
    curves: tuple[Curve, ...] = ()
    fitted: tuple[tuple[str, float], ...] = ()
    beside: tuple[ForecasterScores, ...] = ()

    def __post_init__(self) -> None:
        names = [f.measure for f in self.figures]
        if twice := sorted({n for n in names if names.count(n) > 1}):
            msg = f"figures given twice: {', '.join(twice)}"
            raise InputError(msg)


@dataclass(frozen=True)
class HindcastSetting:
    """What a run is given.

    data     folder of research files; None where there is none
    draws    bootstrap draws
    seed     of the bootstrap and of engine runs
    futures  futures of an engine run
    threads  threads an engine run may use
    """

    data: DataFolder | None = None
    draws: int = 200
    seed: int = 1
    futures: int = 256
    threads: int = 2

    @property
    def folder(self) -> DataFolder:
        """The data folder. Raises DataError when none was given and FOEDUS_DATA names none."""
        return self.data if self.data is not None else DataFolder.open()


@dataclass(frozen=True)
class Registered:
    """A hindcast, fixed before it runs.

    name       as the command line says it, lower case with hyphens, unique
    theme      one of THEMES
    kind       one of KINDS: what a verdict can say about the model
    question   what it asks, a sentence
    vintage    data sets and versions
    train      years fitted on; None when nothing is fitted
    test       years scored; after every training year
    baseline   what `Figure.baseline` is
    published  where `Figure.published` comes from
    criteria   what it must show; the verdict is computed from them
    run        makes the figures
    needs      "panels" (research data) or "engine" (the model run on a world of the past)
    quick      part of the quick set, a few seconds each
    """

    name: str
    theme: str
    kind: Kind
    question: str
    vintage: str
    train: Years | None
    test: Years
    baseline: str
    published: str
    criteria: tuple[Criterion, ...]
    run: Callable[[HindcastSetting], Found]
    needs: Needs = "panels"
    quick: bool = True

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise UnknownName("theme", self.theme, THEMES, f"{self.name}: theme")
        if self.kind not in KINDS:
            raise UnknownName("kind", self.kind, KINDS, f"{self.name}: kind")
        if self.train is not None and self.kind == "in sample":
            msg = f'{self.name}: fitted on training years, so its kind is not "in sample"'
            raise InputError(msg)
        if not self.criteria:
            msg = f"{self.name}: registers no criterion, so it could not fail"
            raise InputError(msg)
        if self.train is not None and self.train[1] >= self.test[0]:
            msg = (
                f"{self.name}: training years end in {self.train[1]}, test years begin in {self.test[0]}: they overlap"
            )
            raise InputError(msg)

    @cached_property
    def digest(self) -> str:
        """Hash of what was fixed beforehand: name, years and criteria. A stored verdict with another one is stale."""
        bounds = [
            (c.measure, c.low, c.high, c.against, c.widest, *([c.events] if c.events else [])) for c in self.criteria
        ]
        return hashlib.sha256(repr((self.name, self.train, self.test, bounds)).encode()).hexdigest()[:12]


@cache
def registered() -> tuple[Registered, ...]:
    """Return every hindcast registered in this package, by theme and name.

    Raises InputError when two have one name.
    """
    found: list[Registered] = []
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        held = importlib.import_module(f"foedus.hindcasts.{module.name}")
        found += getattr(held, "TESTS", ())
    return in_order(found)


def in_order(found: Iterable[Registered]) -> tuple[Registered, ...]:
    """Return hindcasts by theme and name; InputError when two have one name."""
    ordered = sorted(found, key=lambda r: (THEMES.index(r.theme), r.name))
    names = [r.name for r in ordered]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        msg = f"hindcasts registered twice: {', '.join(twice)}"
        raise InputError(msg)
    return tuple(ordered)


def find(names: Sequence[str]) -> tuple[Registered, ...]:
    """Return the hindcasts of these names or themes, in the registry's order; all of them when none is named.

    Raises UnknownName for a name that is neither.
    """
    every = registered()
    legal = [*(r.name for r in every), *THEMES]
    for name in names:
        if name not in legal:
            raise UnknownName("hindcast", name, legal)
    return tuple(r for r in every if not names or r.name in names or r.theme in names)
