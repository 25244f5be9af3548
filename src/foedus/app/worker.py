"""A worker process: the world prepared once, then one task after another until the page has no more."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from foedus.errors import FoedusError
from foedus.study.pools import leave_signals_to_parent

DONE, REFUSED, SUPERSEDED, FAILED = "done", "refused", "superseded", "failed"


@dataclass(frozen=True)
class Job:
    """A task for a worker: its number, its name in TASKS, and its arguments."""

    number: int
    task: str
    arguments: dict[str, Any]


def serve(end: Connection, cancelled: Synchronized[int]) -> None:
    """Take jobs from the parent until it is gone, and say of each how it ended and what came of it.

    cancelled  number of the job that the parent no longer wants
    """
    leave_signals_to_parent()
    from foedus.app.held import Memory, Superseded
    from foedus.app.tasks import TASKS
    from foedus.compile.named import usual_engine
    from foedus.study.memory import tune_heap

    if usual_engine() == "eager":
        tune_heap()
    memory = Memory()
    while True:
        try:
            job: Job = end.recv()
        except (EOFError, OSError):
            return
        try:
            made = TASKS[job.task](memory, lambda number=job.number: cancelled.value == number, **job.arguments)
            reply = (DONE, made)
        except Superseded:
            reply = (SUPERSEDED, None)
        except FoedusError as error:
            reply = (REFUSED, str(error))
        except Exception as error:  # noqa: BLE001 - told to the parent, which tells the page
            reply = (FAILED, f"{type(error).__name__}: {error}")
        try:
            end.send((job.number, *reply))
        except OSError:
            return
