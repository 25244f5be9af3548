"""Chunks computed side by side: by forked copies of this process on Linux, by threads elsewhere or when asked.

A year is thousands of short array operations, and each returns to the interpreter. Threads of one process queue for
its lock between them: two did 1.0 to 1.4 times the work of one, two processes do 1.8 times. A fork keeps what the
caller has loaded or replaced, an equation for one, and starts in milliseconds. Workers compute and nothing else: they
record in memory they share with the parent, which writes.
"""

from __future__ import annotations

import gc
import multiprocessing
import queue
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from foedus.engine import record
from foedus.errors import FoedusError, RunFolderError
from foedus.study.memory import Rooms, can_fork, tune_heap
from foedus.study.pools import leave_signals_to_parent
from foedus.study.study import Study

Compute = Callable[[str, int], AbstractContextManager[record.Record]]
"""Computes one chunk of a role; safe to enter from several threads. The record lasts as long as the context."""

CALLS = 3
"""Innermost calls that a note on an error names."""


def forks(study: Study, count: int) -> bool:
    """Whether `workers` forks: not for a traced engine, whose code lets other threads run."""
    return count > 1 and study.runs_by == "eager" and can_fork()


@contextmanager
def workers(study: Study, count: int, *, lasting: bool = False) -> Iterator[Compute]:
    """Give what computes a chunk, for any number of callers at once; stop the workers at the end.

    lasting  whether records are in memory of their own, so that they outlast their context
    """
    if not forks(study, count):
        if study.runs_by == "eager":
            tune_heap()
        yield computed_here(study, count, lasting=lasting)
        return
    rooms = Rooms(study.prepared(), count + 1, shared=True)  # one is written while the others fill
    crew: list[Worker] = []
    idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()

    @contextmanager
    def compute(role: str, chunk: int) -> Iterator[record.Record]:
        with ExitStack() as stack:
            worker = idle.get()
            try:
                kept = stack.enter_context(worker.compute(role, chunk))
            finally:
                idle.put(worker)
            yield kept.copy() if lasting else kept

    try:
        for _ in range(count):
            crew.append(Worker(study, rooms, crew))
            idle.put(crew[-1])
        yield compute
    finally:
        for worker in crew:
            worker.stop()


def computed_here(study: Study, count: int = 1, *, lasting: bool = False) -> Compute:
    """What computes chunks of a study in this process, `count` at once, until their records are done with.

    lasting  as of `workers`
    """
    rooms = Rooms(study.prepared(), 0 if lasting else count)
    places = threading.BoundedSemaphore(count)

    @contextmanager
    def compute(role: str, chunk: int) -> Iterator[record.Record]:
        with places, nullcontext(None) if lasting else rooms.one() as room:
            yield study.record(chunk, role, None if room is None else rooms.memory[room])

    return compute


class Worker:
    """A forked process that computes chunks of one study into rooms."""

    def __init__(self, study: Study, rooms: Rooms, others: list[Worker]) -> None:
        """Start it. It closes its copies of the ends by which the parent speaks to `others`, to see the parent die."""
        context = multiprocessing.get_context("fork")
        self.study, self.rooms = study, rooms
        self.end, theirs = context.Pipe()
        ends = [self.end, *(other.end for other in others)]
        self.process: BaseProcess = context.Process(
            target=_serve, args=(study, theirs, rooms.memory, ends), daemon=True
        )
        with warnings.catch_warnings():
            # Python warns of forking beside threads, whose locks a child could wait for; ours only does arithmetic.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        theirs.close()

    @contextmanager
    def compute(self, role: str, chunk: int) -> Iterator[record.Record]:
        """Have it compute a chunk, for one caller at a time; the record's room is used again once the context ends."""
        with self.rooms.one() as room:
            try:
                self.end.send((role, chunk, room))
                error = self.end.recv()
            except (EOFError, ConnectionError) as lost:
                lost.__traceback__ = None  # its frames hold buffers, of which Python 3.13 complains as it ends
                msg = "a worker process was killed, perhaps for want of memory. The same command continues the run."
                raise RunFolderError(msg) from None
            if error is not None:
                raise error
            yield record.held_in(self.rooms.memory[room], self.study.shape(chunk))

    def stop(self) -> None:
        """End it, whatever it is doing: nothing it holds is worth keeping."""
        self.process.terminate()
        self.process.join()
        self.end.close()


def _serve(study: Study, end: Connection, rooms: list[memoryview], parents: list[Connection]) -> None:
    leave_signals_to_parent()
    gc.freeze()
    tune_heap()
    for other in parents:
        other.close()
    while True:
        try:
            role, chunk, room = end.recv()
        except (EOFError, ConnectionError):
            return
        error: Exception | None = None
        try:
            study.record(chunk, role, rooms[room])
        except Exception as found:  # noqa: BLE001 - handed to the parent, which raises it
            error = found if isinstance(found, FoedusError) else _placed(found)
        end.send(error)


def _placed(error: Exception) -> Exception:
    """The error with a note of where it arose, which pickling would lose: the line is often a user's own function."""
    last = traceback.extract_tb(error.__traceback__)[-CALLS:]
    error.add_note("In the process that ran the years:\n" + "".join(traceback.format_list(last)).rstrip())
    return error
