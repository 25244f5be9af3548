"""A run on a Dask cluster: its workers compute chunks and write them where every machine can, and may be lost."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.engine.year import BLOCKS
from foedus.errors import InputError, RunFolderError
from foedus.files import place
from foedus.study.code import model_code
from foedus.study.running import Progress, Stopped
from foedus.study.stores import Store, store_at, url_of
from foedus.study.study import Study
from foedus.study.swap import swapped
from foedus.version import __version__

if TYPE_CHECKING:
    from distributed import Client

AHEAD = 3
"""Chunks that are with the cluster at once, for each of its threads: none waits for work, and few are lost with it."""

RETRIES = 5
"""How often a chunk is tried again that failed on a worker."""

ANSWER, FIRST = 20, 120
"""Seconds that the scheduler has to answer, and the first worker to come."""


def run_on_cluster(study: Study, out: Path | str, scheduler: str, progress: Progress | None = None) -> Store:
    """Run every future of a study on a Dask cluster, skipping chunks already there; the bytes are those of `run`.

    study      of the model's own equations and blocks
    out        run folder on a disk, or URL of a store, that this machine and every worker reach by the same name
    scheduler  address of the cluster's scheduler, such as tcp://10.0.0.1:8786
    progress   called with the role and the number of futures done after each chunk

    Workers, which have the same version of Foedus, write their chunks themselves. Chunks of a worker that is lost are
    computed by the others.

    Raises InputError where the extra `cluster` is missing or equations or blocks are replaced; RunFolderError when no
    cluster answers, its workers have other code or do not reach the folder, or it cannot be used; Stopped on Ctrl-C.
    """
    if swapped() or study.blocks != BLOCKS:
        msg = "--scheduler: a cluster computes with the model's own equations and blocks. Run replaced ones here"
        raise InputError(msg)
    where = url_of(out) or str(place(out).absolute())
    folder = store_at(where)
    with _cluster(scheduler) as client, folder.writing(study, __version__):
        chunks = range(study.chunks())
        there = {(r, c) for r in study.roles for c in chunks if folder.done(r, study.span(c))}
        if progress:
            for role in study.roles:
                progress(role, sum(study.size(chunk) for own, chunk in there if own == role))
        waiting = [(role, chunk) for chunk in chunks for role in study.roles if (role, chunk) not in there]
        try:
            for role, chunk in _computed(client, study, where, waiting):
                if progress:
                    progress(role, study.size(chunk))
        except KeyboardInterrupt:
            raise Stopped from None
        folder.tidy()
    return folder


@contextmanager
def _cluster(scheduler: str) -> Iterator[Client]:
    """A connection to the cluster, once it has a worker."""
    try:
        from distributed import Client
    except ImportError:
        msg = '--scheduler needs the package distributed: pip install "foedus[cluster]"'
        raise InputError(msg) from None
    try:
        client = Client(scheduler, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        msg = f"--scheduler {scheduler}: no Dask scheduler answers there ({' '.join(str(error).split())[:120]})"
        raise RunFolderError(msg) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=FIRST)
        except TimeoutError as error:
            msg = f"--scheduler {scheduler}: the cluster has no worker. Start some: dask worker {scheduler}"
            raise RunFolderError(msg) from error
        yield client


def _computed(client: Client, study: Study, out: str, waiting: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Role and chunk of each, once a worker has written it."""
    from distributed import KilledWorker, as_completed

    if not waiting:
        return
    jobs = iter(waiting)
    # made by a task, so that a worker that joins late, or takes a lost one's place, gets it as any other result
    held = client.submit(_opened, pickle.dumps(study), model_code(), pure=False)

    def begin(count: int) -> list[Any]:
        return [client.submit(_chunk, held, out, *job, retries=RETRIES, pure=False) for job in islice(jobs, count)]

    running = as_completed(begin(AHEAD * max(sum(client.nthreads().values()), 1)), loop=client.loop)
    try:
        for done in running:
            role, chunk = done.result()
            yield role, chunk
            running.update(begin(1))
    except KilledWorker as error:
        msg = (
            "a chunk lost its worker several times, perhaps for want of memory. Give workers more, or fewer threads; "
            "the same command continues the run."
        )
        raise RunFolderError(msg) from error


def _opened(study: bytes, code: str) -> Study:
    """On a worker: the study; raise RunFolderError where the worker would compute something else."""
    if model_code() != code:
        msg = f"a worker has Foedus {__version__} with other code than this machine. Install the same everywhere."
        raise RunFolderError(msg)
    opened: Study = pickle.loads(study)  # noqa: S301 - from the client that this worker computes for
    return opened.prepared()


def _chunk(study: Study, out: str, role: str, chunk: int) -> tuple[str, int]:
    """On a worker: compute a chunk and write it."""
    folder = store_at(out)
    try:
        folder.manifest()
    except RunFolderError as error:
        msg = f"{out}: a worker does not reach this folder. Name one that every machine reaches by the same name."
        raise RunFolderError(msg) from error
    folder.write(role, chunk, study.record(chunk, role), study)
    return role, chunk
