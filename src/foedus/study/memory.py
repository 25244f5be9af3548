"""Memory of a run: a heap that keeps what is freed, large pages, and memory that forked workers share. All can be off.

A year makes and frees thousands of arrays. Fetching the same pages again would take a sixth of a run, and looking up
where small ones lie a tenth. None of it changes a result: with FOEDUS_MEMORY=plain in the environment a run forks
nothing, leaves the C library as it is, and computes its chunks in threads; a test holds its bytes to be the same.
"""

from __future__ import annotations

import ctypes
import mmap
import multiprocessing
import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from foedus.engine.record import new_room
from foedus.errors import UnknownName
from foedus.study.study import Study

SWITCH = "FOEDUS_MEMORY"
TUNED, PLAIN = "tuned", "plain"

LARGEST = 1 << 26
"""Bytes from which an array gets memory of its own instead of a place on the heap."""

KEPT = 1 << 28
"""Bytes that may lie free at the end of the heap before the system gets them back."""

LARGE_PAGE = 1 << 21
"""Bytes of a large page."""

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""glibc's numbers of the settings for KEPT and LARGEST."""

HUGE_PAGE_ADVICE = 14
"""Linux's number of the advice to use large pages."""


def tuned() -> bool:
    """Whether memory may be arranged for speed; raise UnknownName when FOEDUS_MEMORY says neither tuned nor plain."""
    asked = os.environ.get(SWITCH) or TUNED
    if asked not in (TUNED, PLAIN):
        raise UnknownName("memory setting", asked, (TUNED, PLAIN), SWITCH)
    return asked == TUNED


def _arranged() -> bool:
    """Whether memory is arranged here: on Linux, unless FOEDUS_MEMORY=plain."""
    return sys.platform == "linux" and tuned()


def can_fork() -> bool:
    """Whether chunks are computed by forked workers that share memory: on Linux, unless FOEDUS_MEMORY=plain.

    Not in a process that is itself a worker of somebody's pool: it may have no children, and its siblings have the
    other processors. Nor from a thread beside the first, whose fork would copy locks that others hold.
    """
    first = multiprocessing.parent_process() is None and threading.current_thread() is threading.main_thread()
    return _arranged() and first


class Rooms:
    """Memory for the records of a study, one in a room, used again and again: new pages would have to be cleared."""

    def __init__(self, study: Study, count: int, *, shared: bool = False) -> None:
        """Make so many; `shared` with processes forked later."""
        size = study.shape(0).bytes
        self.memory = [memoryview(mmap.mmap(-1, size)) if shared else new_room(size) for _ in range(count)]
        self.free: queue.LifoQueue[int] = queue.LifoQueue()
        for room in range(count):
            self.free.put(room)

    @contextmanager
    def one(self) -> Iterator[int]:
        """Number of a room nobody else uses; waits for one."""
        room = self.free.get()
        try:
            yield room
        finally:
            self.free.put(room)


def tune_heap() -> None:
    """Ask the C library to reuse freed memory, and the system to back it with large pages.

    Only glibc has these calls; elsewhere, and with FOEDUS_MEMORY=plain, nothing.
    """
    if not _arranged():
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(TRIM_THRESHOLD, KEPT)
        library.mallopt(MMAP_THRESHOLD, LARGEST)
        _use_large_pages(library)


def _use_large_pages(library: ctypes.CDLL) -> None:
    """Grow the heap to what a chunk needs, and advise large pages for all of it; where they are refused, nothing."""
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    library.malloc.argtypes, library.madvise.argtypes = (
        [ctypes.c_size_t],
        [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int],
    )
    blocks = [library.malloc(LARGEST - 4096) for _ in range(2)]
    for block in blocks:
        library.free(block)
    try:
        places = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in places:
        if line.endswith("[heap]"):
            start, end = (int(address, 16) for address in line.split()[0].split("-"))
            start = -(-start // LARGE_PAGE) * LARGE_PAGE
            if end > start:
                library.madvise(start, end - start, HUGE_PAGE_ADVICE)
