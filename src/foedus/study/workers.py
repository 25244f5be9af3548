"""Chunks computed side by side: by forked copies of this process on Linux, by threads elsewhere.

A year is thousands of short array operations, and each returns to the interpreter. Threads of one process queue for
its lock between them: two did 1.0 to 1.4 times the work of one, two processes do 1.8 times. A fork keeps what the
caller has loaded or replaced, an equation for one, and starts in milliseconds. Workers compute and nothing else: they
hand their arrays back through shared memory, and the parent writes.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import multiprocessing
import pickle
import queue
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from foedus.engine import record
from foedus.engine.chunk import run_chunk
from foedus.errors import RunFolderError
from foedus.study.study import Study

Compute = Callable[[str, int], record.Record]
"""What computes one chunk of a role; safe to call from several threads."""


@contextmanager
def workers(study: Study, count: int) -> Iterator[Compute]:
    """Give what computes a chunk, for `count` callers at once; stop the workers at the end."""
    _keep_freed_memory()
    if count < 2 or sys.platform != "linux":
        yield lambda role, chunk: run_chunk(study.setting(chunk, role))
        return
    study.prepared()
    crew: list[Worker] = []
    idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    try:
        for _ in range(count):
            crew.append(Worker(study, crew))
            idle.put(crew[-1])

        def compute(role: str, chunk: int) -> record.Record:
            worker = idle.get()
            try:
                return worker.compute(role, chunk)
            finally:
                idle.put(worker)

        yield compute
    finally:
        for worker in crew:
            worker.stop()


class Worker:
    """A forked process that computes chunks of one study."""

    def __init__(self, study: Study, others: list[Worker]) -> None:
        """Start it. It closes its copies of the ends by which the parent speaks to `others`, to see the parent die."""
        context = multiprocessing.get_context("fork")
        self.end, theirs = context.Pipe()
        self.shared = mmap.mmap(-1, record.size(study.setting(0, "posture")))
        ends = [self.end, *(other.end for other in others)]
        self.process: BaseProcess = context.Process(target=_serve, args=(study, theirs, self.shared, ends), daemon=True)
        with warnings.catch_warnings():
            # Python warns of forking beside threads, whose locks a child could wait for; ours only does arithmetic.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        theirs.close()

    def compute(self, role: str, chunk: int) -> record.Record:
        """Have it compute a chunk."""
        try:
            self.end.send((role, chunk))
            found, sizes = self.end.recv()
        except (EOFError, ConnectionError):
            msg = "a worker process was killed, perhaps for want of memory. The same command continues the run."
            raise RunFolderError(msg) from None
        if isinstance(found, Exception):
            raise found
        start, buffers, held = 0, [], memoryview(self.shared)
        for size in sizes:
            buffers.append(bytearray(held[start : start + size]))
            start += size
        kept: record.Record = pickle.loads(found, buffers=buffers)  # noqa: S301 - our own process wrote it
        return kept

    def stop(self) -> None:
        """End it, whatever it is doing: nothing it holds is worth keeping."""
        self.process.terminate()
        self.process.join()
        self.end.close()


def _serve(study: Study, end: Connection, shared: mmap.mmap, parents: list[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    _keep_freed_memory()
    for other in parents:
        other.close()
    while True:
        try:
            role, chunk = end.recv()
        except (EOFError, ConnectionError):
            return
        try:
            buffers: list[pickle.PickleBuffer] = []
            kept = run_chunk(study.setting(chunk, role))
            found: bytes | Exception = pickle.dumps(kept, protocol=5, buffer_callback=buffers.append)
        except Exception as error:  # noqa: BLE001 - handed to the parent, which raises it
            buffers, found = [], error
        sizes, start = [], 0
        for buffer in buffers:
            raw = buffer.raw()
            shared[start : start + raw.nbytes] = raw
            sizes.append(raw.nbytes)
            start += raw.nbytes
        end.send((found, sizes))


def _keep_freed_memory() -> None:
    """Ask the C library to reuse freed memory rather than return it: a year makes and frees thousands of arrays.

    Otherwise a sixth of a run goes into fetching the same pages again. Only glibc has the call; elsewhere, nothing.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "mallopt"):
            trim_threshold, mmap_threshold = -1, -3
            library.mallopt(trim_threshold, 1 << 28)
            library.mallopt(mmap_threshold, 1 << 26)
