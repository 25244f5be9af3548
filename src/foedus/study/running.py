"""Running a study: chunks side by side, each written when done, so that any stop can be continued."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from importlib import import_module
from pathlib import Path
from typing import Protocol

from foedus.engine.record import Record
from foedus.study.shard import Shard
from foedus.study.stores import Store, store_at
from foedus.study.study import Study
from foedus.study.workers import forks, workers
from foedus.version import __version__


class Progress(Protocol):
    """What a run tells of its progress, from one thread: a bar, a log, a widget of a notebook."""

    def __call__(self, role: str, count: int, /) -> None:
        """Hear that `count` more futures of a role are done; the first call of a role tells what was there before."""


Take = Callable[[str, int, Record], None]
"""Takes the record of a chunk of a role."""


class Stopped(KeyboardInterrupt):
    """The run was interrupted; what was written stays. Like Ctrl-C itself, no `except Exception` swallows it."""


def run(
    study: Study,
    out: Path | str,
    threads: int = 2,
    progress: Progress | None = None,
    order: Iterable[int] | None = None,
    shard: Shard | None = None,
) -> Store:
    """Run every future of a study into a folder, skipping chunks already there.

    A folder that holds fewer futures of the same study is continued to the number asked for.

    out       run folder, made when absent; or a URL that fsspec reaches, such as s3://bucket/run (extra `cluster`)
    threads   how many chunks are computed side by side
    progress  called with the role and the number of futures done after each chunk
    order     order of chunks; the result does not depend on it
    shard     the only share of the chunks that is computed, where other processes compute the others

    Raises RunFolderError when the folder cannot be used or another process writes there, Stopped on Ctrl-C.
    """
    folder = store_at(out)
    own = range(study.chunks()) if shard is None else shard.chunks(study.chunks())
    with folder.writing(study, __version__, shard):
        _fill(folder, study, threads, progress, [c for c in order if c in own] if order is not None else own)
    return folder


def _fill(folder: Store, study: Study, threads: int, progress: Progress | None, chunks: Sequence[int]) -> None:
    """Compute and write the chunks that are not there yet."""
    jobs = [(role, chunk) for chunk in chunks for role in study.roles]
    waiting = [(role, chunk) for role, chunk in jobs if not folder.done(role, study.span(chunk))]
    if progress:
        for role in study.roles:
            progress(role, sum(study.size(chunk) for chunk in chunks if folder.done(role, study.span(chunk))))

    def write(role: str, chunk: int, record: Record) -> None:
        folder.write(role, chunk, record, study)

    try:
        for role, chunk in each_chunk(study, waiting, threads, write):
            if progress:
                progress(role, study.size(chunk))
    except KeyboardInterrupt:
        raise Stopped from None


def each_chunk(
    study: Study,
    jobs: Sequence[tuple[str, int]],
    threads: int,
    take: Take,
    halt: threading.Event | None = None,
    *,
    lasting: bool = False,
) -> Iterator[tuple[str, int]]:
    """Compute chunks side by side and hand each record to `take`; yield role and chunk once it is taken.

    jobs     role and chunk of each
    take     called by several threads at once; the record lasts as long as the call
    halt     once it is set, no further chunk begins, and Stopped is raised
    lasting  whether records outlast the call, in memory of their own

    Leaving the loop ends the computation once the chunks that are running are done.
    """
    left = threading.Event()

    def ended() -> bool:
        return left.is_set() or (halt is not None and halt.is_set())

    def work(role: str, chunk: int) -> tuple[str, int]:
        if not ended():
            with compute(role, chunk) as record:
                take(role, chunk, record)
        return role, chunk

    count = min(max(threads, 1), max(len(jobs), 1))
    hands = 2 * count if forks(study, count) else count  # a thread that waits for a worker computes nothing
    with workers(study, count, lasting=lasting) as compute, ThreadPoolExecutor(hands) as pool:
        running: set[Future[tuple[str, int]]] = {pool.submit(work, role, chunk) for role, chunk in jobs}
        import_module("foedus.study.tables")  # loads Polars while workers compute, and after they were forked
        try:
            while running:
                done, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                if ended():
                    raise Stopped
                for future in done:
                    yield future.result()
        finally:
            left.set()
