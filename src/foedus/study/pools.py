"""Forked workers that end with their parent: signals of a terminal are the parent's, which then ends them at once."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any


def leave_signals_to_parent() -> None:
    """In a worker: ignore what the parent hears too, and end at SIGTERM, which the parent's handler would survive."""
    for ours in ("SIGINT", "SIGHUP"):
        if hasattr(signal, ours):
            signal.signal(getattr(signal, ours), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def forked_pool(count: int, begin: Callable[..., None] | None = None, *arguments: Any) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of `count` forked workers, each begun by `begin(*arguments)`.

    Ctrl-C ends them at once, whatever they are doing: a pool by itself would wait for tasks of minutes.
    """
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(begin, arguments)) as pool:
        try:
            yield pool
        except KeyboardInterrupt:
            for worker in list((pool._processes or {}).values()):  # noqa: SLF001 - a public way comes with Python 3.14
                worker.terminate()
            raise


def _begin(begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    leave_signals_to_parent()
    if begin is not None:
        begin(*arguments)
