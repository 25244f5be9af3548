"""Time of whole processes, from the start of Python to its end: what someone waits for who runs one script.

Python keeps the compiled form of every module it loads, so that all but the first start after an installation are warm.
These times are of warm starts: a folder of compiled modules is made first, whatever the environment says.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def warm() -> Iterator[dict[str, str]]:
    """Environment in which Python keeps compiled modules in a folder of its own, while the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield kept | {"PYTHONPYCACHEPREFIX": folder}


def whole(command: Sequence[str], repeats: int) -> dict[str, float]:
    """Return wall and processor seconds of `python` with these arguments: medians, and the best of each."""
    wall, busy = [], []
    with warm() as environment:
        for _ in range(repeats + 1):
            before, start = os.times(), time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, capture_output=True, env=environment)
            after = os.times()
            wall.append(time.perf_counter() - start)
            busy.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return {
        "process_seconds": round(statistics.median(wall[1:]), 3),
        "process_seconds_best": round(min(wall[1:]), 3),
        "process_cpu_seconds": round(statistics.median(busy[1:]), 3),
        "process_cpu_seconds_best": round(min(busy[1:]), 3),
    }
