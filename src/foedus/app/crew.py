"""The worker processes of a page: jobs wait, the first answers go first, a killed worker is replaced."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from typing import Any

from foedus.app.worker import DONE, FAILED, REFUSED, Job, serve
from foedus.errors import FoedusError

MOST_WAITING = 200
"""Jobs of all clients that wait at most."""


MOST_REMEMBERED = 500
"""Clients whose baseline a worker is taken to hold."""


class Overrun(FoedusError):
    """More is asked than the workers can take."""


class Refused(FoedusError):
    """The question breaks a rule; the message says which."""


class Killed(FoedusError):
    """The worker that computed an answer is gone."""


class Cancelled(FoedusError):
    """The question was replaced by a newer one."""


KILLED = "A worker process was ended from outside, perhaps for want of memory. Ask again: another has taken its place."

STOPPING = "The workbench is stopping."


@dataclass(eq=False)
class Waiting:
    """A job with what tells its end; `urgency` is low for what is wanted first."""

    job: Job
    client: str
    urgency: int
    ended: asyncio.Future[Any]
    begun: Callable[[], None] | None = None


@dataclass(eq=False)
class Seat:
    """One worker: its process, our end of the pipe, the number of a job to drop, and the job it is on."""

    process: Any
    end: Any
    cancelled: Any
    now: Waiting | None = None
    clients: set[str] = field(default_factory=set)


class Crew:
    """Workers and the jobs that wait for them. All methods run on one event loop."""

    def __init__(self, count: int | None = None, *, warm: bool = True) -> None:
        """Make a crew of `count` workers, as many as there are cores and at most four without it; none runs yet."""
        self.count = count or min(os.cpu_count() or 1, 4)
        self.ready = 0
        self._warm = warm
        self._numbers = itertools.count(1)
        self._waiting: list[Waiting] = []
        self._changed = asyncio.Condition()
        self._places: list[Seat] = []
        self._tenders: list[asyncio.Task[None]] = []
        self._threads = ThreadPoolExecutor(self.count + 1, "crew")
        self._starting = threading.Lock()

    async def start(self) -> None:
        """Start the workers; they prepare themselves while the page is already there."""
        self._tenders = [asyncio.create_task(self._tend()) for _ in range(self.count)]

    async def stop(self) -> None:
        """End every worker, and tell whoever waits."""
        for tender in self._tenders:
            tender.cancel()
        for waiting in (*self._waiting, *(place.now for place in self._places if place.now)):
            if not waiting.ended.done():
                waiting.ended.set_exception(Killed(STOPPING))
        for place in self._places:
            place.process.terminate()
        for place in self._places:
            await asyncio.to_thread(place.process.join, 2.0)
        self._threads.shutdown(wait=False, cancel_futures=True)

    @property
    def pids(self) -> list[int]:
        """Process ids of the workers that live."""
        return [place.process.pid for place in self._places if place.process.is_alive()]

    @property
    def waiting(self) -> int:
        """Jobs that no worker has begun."""
        return len(self._waiting)

    def ahead_of(self, urgency: int) -> int:
        """How many jobs would be begun before one of this urgency."""
        return sum(waiting.urgency <= urgency for waiting in self._waiting)

    async def do(
        self, task: str, client: str, urgency: int, begun: Callable[[], None] | None = None, **arguments: Any
    ) -> Any:
        """What a task returns. Cancelling the wait drops the job, or stops it within a year of the model.

        client   who asks: jobs of one client go to the worker that has its baseline, where that one is idle
        urgency  low first; equals in their order
        begun    called when a worker begins

        Raises Overrun, Refused, Killed, or FoedusError where the task failed.
        """
        if len(self._waiting) >= MOST_WAITING:
            msg = "The workbench is answering as many questions as it can. Try again in a moment."
            raise Overrun(msg)
        ended = asyncio.get_running_loop().create_future()
        waiting = Waiting(Job(next(self._numbers), task, arguments), client, urgency, ended, begun)
        async with self._changed:
            self._waiting.append(waiting)
            self._changed.notify_all()
        try:
            return await ended
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            for place in self._places:
                if (place.now is waiting and not ended.done()) or (place.now is waiting and ended.cancelled()):
                    place.cancelled.value = waiting.job.number

    async def _tend(self) -> None:
        """Keep one worker at work for as long as the crew lasts."""
        while True:
            place = await asyncio.get_running_loop().run_in_executor(self._threads, self._hired)
            self._places.append(place)
            try:
                if self._warm:
                    await self._one(place, self._own("warm"))
                self.ready += 1
                while True:
                    await self._one(place, await self._next(place))
            except Killed:
                pass
            finally:
                self._places.remove(place)
                place.end.close()
                self.ready = max(self.ready - 1, 0)

    def _own(self, task: str) -> Waiting:
        return Waiting(Job(next(self._numbers), task, {}), "", 0, asyncio.get_running_loop().create_future())

    async def _next(self, place: Seat) -> Waiting:
        """The next job for a worker: the most urgent, of equals the one that has waited longest."""
        async with self._changed:
            while not (mine := [w for w in self._waiting if not w.ended.done() and self._takes(place, w)]):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), 0.5)
            chosen = min(mine, key=lambda w: (w.urgency, w.job.number))
            self._waiting.remove(chosen)
        if len(place.clients) > MOST_REMEMBERED:
            place.clients.clear()
        place.clients.add(chosen.client)
        return chosen

    def _takes(self, place: Seat, waiting: Waiting) -> bool:
        """Whether a worker takes a job: not where another idle one has served the same client and this has not."""
        if waiting.client in place.clients:
            return True
        return not any(
            other.now is None and waiting.client in other.clients for other in self._places if other is not place
        )

    async def _one(self, place: Seat, waiting: Waiting) -> None:
        """Have a worker do a job; raise Killed when it is gone."""
        place.now = waiting
        if waiting.begun:
            waiting.begun()
        try:
            ended, made = await asyncio.get_running_loop().run_in_executor(self._threads, _exchange, place, waiting.job)
        except (EOFError, OSError):
            if not waiting.ended.done():
                waiting.ended.set_exception(Killed(KILLED))
                waiting.ended.exception()
            raise Killed(KILLED) from None
        finally:
            place.now = None
        if waiting.ended.done():
            return
        if ended == DONE:
            waiting.ended.set_result(made)
        else:
            kinds: dict[str, type[FoedusError]] = {REFUSED: Refused, FAILED: FoedusError}
            waiting.ended.set_exception(kinds.get(ended, Cancelled)(made or "The question was replaced."))

    def _hired(self) -> Seat:
        """A new worker process."""
        with self._starting:
            context = _context()
            ours, theirs = context.Pipe()
            cancelled = context.Value("q", 0, lock=False)
            process = context.Process(target=serve, args=(theirs, cancelled), daemon=True)  # type: ignore[attr-defined]
            process.start()
            theirs.close()
            return Seat(process, ours, cancelled)


def _exchange(place: Seat, job: Job) -> tuple[str, Any]:
    """Send a job and wait for its end: how it ended, and what came of it."""
    place.end.send(job)
    _, ended, made = place.end.recv()
    return ended, made


def _context() -> BaseContext:
    """Processes that fork from a clean one, where that is possible: the page's own has threads."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["foedus.app.tasks"])
        return context
    return multiprocessing.get_context("spawn")
