"""Time from Enter to the table: `foedus run` of 100 futures of a preset, every state, 25 years, from nothing.

python benchmarks/start.py [--json] [--futures N] [--repeats N] [--engine NAME]

table_seconds      median wall time from the start of Python until the table's last line is there to be read
table_seconds_best the least of them, where other programs take turns on the machine
table_cpu_seconds  median processor time until then, workers included
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from whole import warm

RUN = "from foedus.cli import main; main()"


def once(futures: int, environment: dict[str, str], engine: str) -> tuple[float, float]:
    """Wall and processor seconds until the table is printed; the process is ended before it writes its report."""
    from foedus.results.answer import LIMITS

    told: list[str] = []
    end = LIMITS.split()
    with tempfile.TemporaryDirectory() as folder:
        command = ["run", "retrench", "--futures", str(futures), "--out", str(Path(folder) / "run"), "--engine", engine]
        start = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", RUN, *command], stdout=subprocess.PIPE, env=environment) as child:
            for line in child.stdout or ():
                told += line.decode().split()
                if told[-len(end) :] == end:
                    break
            wall = time.perf_counter() - start
            child.kill()
            _, _, used = os.wait4(child.pid, 0)
            child.returncode = 0
    return wall, used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--futures", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--engine", default="compiled", help="what runs the year, its program in the cache")
    asked = parser.parse_args()
    with warm() as environment:
        once(asked.futures, environment, asked.engine)
        runs = [once(asked.futures, environment, asked.engine) for _ in range(asked.repeats)]
    wall, busy = zip(*runs, strict=True)
    found = {
        "table_seconds": round(statistics.median(wall), 3),
        "table_seconds_best": round(min(wall), 3),
        "table_cpu_seconds": round(statistics.median(busy), 3),
        "engine": asked.engine,
        "futures": asked.futures,
        "cores": os.cpu_count() or 1,
        "repeats": asked.repeats,
    }
    print(json.dumps(found) if asked.json else "\n".join(f"{name:18} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
