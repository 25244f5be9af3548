"""Trials side by side: in forked workers on Linux, one after the other elsewhere. Each keeps what it finished."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from time import sleep
from typing import Any, Protocol, TypeVar

from foedus.advise.progress import Done
from foedus.advise.tally import Tally
from foedus.errors import RunFolderError
from foedus.study import Stopped
from foedus.study.memory import can_fork, tune_heap
from foedus.study.pools import forked_pool

T = TypeVar("T", bound=Hashable)
TrialOf = TypeVar("TrialOf", bound=Hashable, contravariant=True)

Crew = Callable[[Sequence[T], Done], list[Tally]]
"""Runs trials and gives their tallies in the same order; raises `Stopped` on Ctrl-C."""


class Tries(Protocol[TrialOf]):
    """What runs a trial, and knows which it has kept."""

    def run(self, trial: TrialOf) -> Tally:
        """Outcomes of a trial, read where they were kept, else run and kept."""

    def kept(self, trial: TrialOf) -> Tally | None:
        """What was kept of a trial; None where nothing was."""


MOMENT = 0.2
"""Seconds in which a signal that ended the workers reaches this process too, which then was stopped."""

_bench: list[Any] = []


@contextmanager
def crew(bench: Tries[T], threads: int) -> Iterator[Crew[T]]:
    """Give what runs trials, `threads` at once; stop the workers at the end."""
    if threads < 2 or not can_fork():
        tune_heap()
        yield lambda trials, done: _one_by_one(bench, trials, done)
        return
    with forked_pool(threads, _begin, bench) as pool:
        with warnings.catch_warnings():
            # As in `study.workers`: what is forked here only does arithmetic, and is forked before anything is drawn.
            warnings.simplefilter("ignore", DeprecationWarning)
            pool.submit(int).result()
        yield lambda trials, done: _side_by_side(pool, bench, trials, done)


def _one_by_one(bench: Tries[T], trials: Sequence[T], done: Done) -> list[Tally]:
    found = []
    try:
        for trial in trials:
            found.append(bench.run(trial))
            done(1)
    except KeyboardInterrupt:
        raise Stopped from None
    return found


def _side_by_side(pool: ProcessPoolExecutor, bench: Tries[T], trials: Sequence[T], done: Done) -> list[Tally]:
    found = {trial: kept for trial in dict.fromkeys(trials) if (kept := bench.kept(trial)) is not None}
    done(sum(trial in found for trial in trials))
    asked = {pool.submit(_run, trial): trial for trial in dict.fromkeys(trials) if trial not in found}
    running: set[Future[Tally]] = set(asked)
    try:
        try:
            while running:
                finished, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in finished:
                    found[asked[future]] = future.result()
                    done(sum(trial == asked[future] for trial in trials))
        except BrokenProcessPool:
            sleep(MOMENT)
            msg = "a worker process was killed, perhaps for want of memory. The same command continues."
            raise RunFolderError(msg) from None
    except KeyboardInterrupt:
        raise Stopped from None
    return [found[trial] for trial in trials]


def _begin(bench: Any) -> None:
    tune_heap()
    _bench[:] = [bench]


def _run(trial: Any) -> Tally:
    found: Tally = _bench[0].run(trial)
    return found
