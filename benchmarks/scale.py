"""Throughput of a run into a folder with one worker and with two, and what a chunk costs besides being computed.

python benchmarks/scale.py [--json] [--chunks N] [--years FIRST:LAST]

Every state, one posture, chunks of 512 futures, the engine `compiled`, its program in the cache.

futures_per_second_1, _2   of a whole run, headline measures kept, files written, by one worker and by two
speedup                    the second over the first, in the same process
chunk_cpu_seconds          processor time of computing one chunk, all measures
write_cpu_seconds          of writing it: tables, compression, hashes; and megabytes on disk
write_headline_cpu_seconds of writing only the headline's measures; and megabytes on disk
overhead_share             write_headline_cpu_seconds over chunk_cpu_seconds
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from foedus.posture import Scenario
from foedus.study import CHUNK, RunFolder, Study, prepare, run
from foedus.version import __version__


def study(chunks: int, years: tuple[int, int], keep: tuple[str, ...]) -> Study:
    return prepare(Scenario.of("steady", None, futures=CHUNK * chunks, years=years, keep=keep), engine="compiled")


def pace(asked: Study, threads: int) -> float:
    """Futures a second of a run into a new folder, preparation and start of workers included."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        run(asked, Path(folder) / "run", threads)
        return asked.scenario.futures / (time.perf_counter() - start)


def one_chunk(asked: Study, repeats: int) -> dict[str, float]:
    """Processor seconds of computing and of writing a chunk, and its megabytes: medians."""
    computed, written, size = [], [], 0
    asked.record(0, "posture")  # loads, or makes, the program
    for _ in range(repeats):
        start = time.process_time()
        record = asked.record(0, "posture")
        computed.append(time.process_time() - start)
        with tempfile.TemporaryDirectory() as folder:
            held = RunFolder(Path(folder) / "run")
            with held.writing(asked, __version__):
                start = time.process_time()
                held.write("posture", 0, record, asked)
                written.append(time.process_time() - start)
            size = sum(path.stat().st_size for path in held.path.glob("parts/**/*") if path.is_file())
    return {"cpu": statistics.median(computed), "write": statistics.median(written), "mb": size / 1e6}


def measure(chunks: int, years: tuple[int, int]) -> dict[str, float]:
    lean, whole = study(chunks, years, ("headline",)), study(1, years, ())
    pace(study(1, years, ("headline",)), 1)  # loads everything
    slow, fast = pace(lean, 1), pace(lean, 2)
    all_, headline = one_chunk(whole, 3), one_chunk(lean, 3)
    return {
        "futures_per_second_1": round(slow, 1),
        "futures_per_second_2": round(fast, 1),
        "speedup": round(fast / slow, 2),
        "chunk_cpu_seconds": round(all_["cpu"], 3),
        "write_cpu_seconds": round(all_["write"], 3),
        "write_mb": round(all_["mb"], 1),
        "write_headline_cpu_seconds": round(headline["write"], 3),
        "write_headline_mb": round(headline["mb"], 1),
        "overhead_share": round(headline["write"] / all_["cpu"], 3),
        "chunks": chunks,
        "cores": os.cpu_count() or 1,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--chunks", type=int, default=8)
    parser.add_argument("--years", default="2026:2050")
    asked = parser.parse_args()
    first, last = (int(year) for year in asked.years.split(":"))
    found = measure(asked.chunks, (first, last))
    print(json.dumps(found) if asked.json else "\n".join(f"{name:27} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
