"""Time of whole processes, from the start of Python to its end: what someone waits for who runs one script."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence


def whole(command: Sequence[str], repeats: int) -> dict[str, float]:
    """Return wall and processor seconds of `python` with these arguments: medians, and the best wall time."""
    wall, busy = [], []
    for _ in range(repeats):
        before, start = os.times(), time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        after = os.times()
        wall.append(time.perf_counter() - start)
        busy.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return {
        "process_seconds": round(statistics.median(wall), 3),
        "process_seconds_best": round(min(wall), 3),
        "process_cpu_seconds": round(statistics.median(busy), 3),
    }
