"""Running until headline figures are known well enough: more futures, in whole chunks, until the errors are small."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from warnings import warn

from foedus.cli.changes import positive
from foedus.cli.naming import allies_named
from foedus.cli.progress import run_with_progress
from foedus.compile.named import AUTO
from foedus.engine.models import InterventionModel
from foedus.errors import FoedusWarning, InputError, UnknownName
from foedus.explore.enough import FIGURES, precisions
from foedus.posture import Scenario
from foedus.posture.bounds import MOST_FUTURES
from foedus.results import Results, answer, headlines
from foedus.results.error import needed
from foedus.results.tidy import LOSS
from foedus.study import prepare
from foedus.study.belonging import MANIFEST
from foedus.study.folder import RunFolder
from foedus.study.span import CHUNK
from foedus.world import World

MOST = 20_480
"""Futures at which a run that is to be precise stops, unless more are allowed."""

LEAST_FUTURES = 1024
"""Futures before the first judgement: an error of fewer is itself known badly, and stopping early would be luck."""

GROWTH = 2
"""How many times as many futures one step asks for at most."""


def share_asked(option: str, text: str) -> float:
    """A share given as `5%`, `5 %` or `0.05`; raise InputError for what lies outside 0.1 to 50 per cent."""
    word = text.strip()
    try:
        value = float(word.removesuffix("%"))
    except ValueError:
        msg = f"{option} {text}: is no share. Write 5% or 0.05"
        raise InputError(msg) from None
    if word.endswith("%"):
        value /= 100.0
    if not 0.001 <= value <= 0.5:
        msg = f"{option} {text}: lies outside 0.1% to 50%"
        raise InputError(msg)
    return value


@dataclass(frozen=True)
class Until:
    """When a run has futures enough.

    target   Monte Carlo error of each figure, as a share of it
    figures  headline figures judged, of `foedus.explore.enough.FIGURES`
    allies   words of `--ally`; those that the sentences tell of when empty
    most     futures at which it stops in any case
    """

    target: float
    figures: tuple[str, ...] = (LOSS,)
    allies: tuple[str, ...] = ()
    most: int = MOST


def until_asked(text: str, figures: Sequence[str], allies: Sequence[str], futures: int | None) -> Until | None:
    """What `--until`, `--figure`, `--ally` and `--futures` ask for together; None without `--until`.

    Raises InputError for what is no share and ScenarioError for what is no number of futures, UnknownName for a figure
    that headlines do not have.
    """
    if not text:
        if figures:
            msg = f"--figure {figures[0]}: goes with --until, which says how small its error is to be"
            raise InputError(msg)
        return None
    for figure in figures:
        if figure not in FIGURES:
            raise UnknownName("figure", figure, FIGURES)
    most = MOST if futures is None else positive("futures", futures, MOST_FUTURES)
    return Until(share_asked("--until", text), tuple(figures) or (LOSS,), tuple(allies), most)


def run_until(
    scenario: Scenario,
    out: Path,
    threads: int,
    until: Until,
    engine: str = AUTO,
    model: InterventionModel | None = None,
) -> None:
    """Run into `out`, whole chunks at a time, until every figure's error is small enough, and say how it went.

    engine, model  as `prepare` takes them

    What is there counts, so that a stopped run continues; each step asks for what the errors so far say is needed, at
    most twice as many. The folder is that of a run of as many futures, to the byte.
    """
    count = min(_rounded(max(_there(out), LEAST_FUTURES)), max(until.most, _there(out)))
    while True:
        made = scenario.but(futures=count, command=_asking(scenario.command, count))
        run_with_progress(prepare(made, engine=engine, model=model), out, threads)
        worst, figures = _worst(Results.open(out), until)
        told = f"{count:,} futures: the largest error is {100 * worst:.1f} % ({figures})"
        if worst <= until.target:
            sys.stderr.write(f"{told}; {100 * until.target:g} % was asked for.\n")
            return
        if count >= until.most:
            msg = f"{told}, above {100 * until.target:g} %, and no more than {until.most:,} futures were allowed"
            warn(f"{msg}. Allow more: --futures.", FoedusWarning, stacklevel=2)
            return
        wanted = min(max(needed(count, worst, until.target), count + CHUNK), GROWTH * count)
        count = min(_rounded(wanted), until.most)
        sys.stderr.write(f"{told}; continuing to {count:,}.\n")


def _asking(command: tuple[str, ...], futures: int) -> tuple[str, ...]:
    """The command that makes the run again, with the number of futures that it came to."""
    words = list(command)
    if "--futures" in words:
        words[words.index("--futures") + 1] = str(futures)
    return tuple(words)


def _worst(results: Results, until: Until) -> tuple[float, str]:
    """The largest relative error among the figures judged, and whose it is."""
    rows = answer.told(headlines(results))
    allies = allies_named(World.load(), until.allies, results.allies) if until.allies else [row.ally for row in rows]
    worst = max(precisions(results, list(allies), until.figures), key=lambda one: one.relative)
    return worst.relative, f"{worst.figure} of {worst.ally}"


def _there(out: Path) -> int:
    """Futures that the folder already asks for; 0 where there is none."""
    folder = RunFolder(out)
    return int(folder.manifest()["futures"]) if (out / MANIFEST).exists() else 0


def _rounded(futures: int) -> int:
    """So many futures in whole chunks."""
    return -(-futures // CHUNK) * CHUNK
