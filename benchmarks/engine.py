"""Time the engine on the whole world, 25 years, all mechanisms on, against the same equations as Mesa agents.

python benchmarks/engine.py [--json] [--futures N] [--threads T] [--many N]

futures_per_second        median of three runs, world prepared, parts written to disk
peak_mb, peak_mb_many     greatest resident size of a process that runs N, and `--many`, futures
mesa_futures_per_second   one future at a time, in the same run
ratio                     of the two rates
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

YEARS = 25
CHILD = """
import json, resource, sys, tempfile, time
from pathlib import Path
from foedus.posture import Scenario, preset
from foedus.study import prepare, run
from foedus.world import World
futures, threads = map(int, sys.argv[1:])
steady = preset("steady", World.load().states.iso3)
study = prepare(Scenario("benchmark", "benchmark", "", 2026, 2050, futures, 1, steady, None))
study.layout
with tempfile.TemporaryDirectory() as folder:
    start = time.perf_counter()
    run(study, Path(folder) / "run", threads=threads)
    seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(json.dumps({"rate": futures / seconds, "peak_mb": peak}))
"""


def engine(futures: int, threads: int) -> dict[str, float]:
    """Rate and peak memory of a run in a process of its own."""
    command = [sys.executable, "-c", CHILD, str(futures), str(threads)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def mesa_rate(futures: int) -> float:
    """Futures a second of the Mesa model."""
    sys.path.insert(0, str(Path(__file__).parent))
    from foedus.engine.layout import lay_out
    from foedus.ledger import load_ledger
    from foedus.world import World
    from mesa_model import Alliance

    world, ledger = World.load(), load_ledger()
    layout = lay_out(world.states, world.pairs, world.links, world.pools)
    p = {name: parameter.default for name, parameter in ledger.parameters.items()}
    start = time.perf_counter()
    for future in range(futures):
        model = Alliance(layout, p, seed=future)
        for _ in range(YEARS):
            model.step()
    return futures / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--futures", type=int, default=2048)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--many", type=int, default=10_000)
    wanted = parser.parse_args()
    runs = [engine(wanted.futures, wanted.threads) for _ in range(3)]
    many = engine(wanted.many, wanted.threads)
    rate, mesa = statistics.median(run["rate"] for run in runs), mesa_rate(2)
    found = {
        "futures_per_second": round(rate, 1),
        "peak_mb": round(max(run["peak_mb"] for run in runs), 1),
        f"futures_per_second_{wanted.many}": round(many["rate"], 1),
        f"peak_mb_{wanted.many}": round(many["peak_mb"], 1),
        "mesa_futures_per_second": round(mesa, 3),
        "ratio": round(rate / mesa, 1),
        "threads": wanted.threads,
    }
    if wanted.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:28} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
