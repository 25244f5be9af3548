"""Time the engine on the whole world, 25 years, all mechanisms on, against the same equations as Mesa agents.

python benchmarks/engine.py [--json] [--futures N] [--threads T] [--many N]

futures_per_second   median of three runs of N futures: world and parameter points are prepared before, parts are
                     written within
compiled_ratio       the same by `--engine compiled` over that by `eager`, in turn on the same machine
peak_mb              most memory held at once by the run and its workers together, pages they share counted once;
                     the same at `--many` futures as peak_mb_many
mesa_ratio           futures_per_second over that of mesa_model.py: the whole model as agents that call the published
                     functions with floats, one future at a time on one core
mesa_math_ratio      the same with Python's `math` put under those functions, the fastest that plain agents can be
limit_ratio          futures_per_second over the practical limit of this machine: the same number of cores doing only
                     what every crisis tree of the model needs at least, in cache and single precision: its five
                     hyperbolic tangents and three exponentials by NumPy, each of its 31 inputs read and 13 results
                     written once. Below one by what arithmetic, temporaries, gathers, the other blocks, luck and
                     writing cost.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

YEARS = 25
TANGENTS, EXPONENTIALS, INPUTS, RESULTS = 5, 3, 31, 13
CHILD = """
import json, os, resource, sys, tempfile, threading, time
from pathlib import Path
from foedus.posture import Scenario, preset
from foedus.study import prepare, run
from foedus.world import World

futures, threads, watched = map(int, sys.argv[1:4])
steady = preset("steady", World.load().states.iso3)
study = prepare(Scenario.of(steady, None, name="benchmark", futures=futures), engine=sys.argv[4]).prepared()
if study.runs_by == "compiled":  # the program is in the cache, or made, before the clock starts
    study.record(0, "posture")


def held():
    me = os.getpid()
    family = [me, *map(int, Path(f"/proc/{me}/task/{me}/children").read_text().split())]
    rolls = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in family]
    return sum(int(roll.split("Pss:")[1].split()[0]) for roll in rolls) / 1024


def watch():
    while not over.wait(0.2):
        try:
            seen.append(held())
        except OSError:
            pass


seen, over = [0.0], threading.Event()
if watched and sys.platform == "linux":
    threading.Thread(target=watch, daemon=True).start()
with tempfile.TemporaryDirectory() as folder:
    start = time.perf_counter()
    run(study, Path(folder) / "run", threads=threads)
    seconds = time.perf_counter() - start
over.set()
alone = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(json.dumps({"rate": futures / seconds, "peak_mb": max(seen) or alone}))
"""


def engine(futures: int, threads: int, *, watched: bool, by: str = "eager") -> dict[str, float]:
    """Rate, and peak memory when watched, of a run in a process of its own."""
    command = [sys.executable, "-c", CHILD, str(futures), str(threads), str(int(watched)), by]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def one_future() -> Any:
    """A setting of one future of the steady posture."""
    from foedus.posture import Scenario, preset
    from foedus.study import prepare
    from foedus.world import World

    steady = preset("steady", World.load().states.iso3)
    study = prepare(Scenario("benchmark", "benchmark", "", 2026, 2025 + YEARS, 1, 1, steady, None))
    return study.setting(0, "posture")


def mesa_rate(setting: Any, futures: int) -> float:
    """Futures a second of the Mesa model."""
    from mesa_model import Alliance

    start = time.perf_counter()
    for future in range(futures):
        model = Alliance(setting, seed=future)
        for _ in range(YEARS):
            model.step()
    return futures / (time.perf_counter() - start)


def alone(plain: Any, wide: Any) -> Any:
    """`plain` for single numbers, `wide` where any argument is an array."""
    return lambda *values: (wide if any(isinstance(x, np.ndarray) for x in values) else plain)(*values)


class PlainMath:
    """NumPy with Python's own functions for single numbers."""

    exp, tanh = staticmethod(alone(math.exp, np.exp)), staticmethod(alone(math.tanh, np.tanh))
    log, log1p = staticmethod(alone(math.log, np.log)), staticmethod(alone(math.log1p, np.log1p))
    maximum, minimum = staticmethod(alone(max, np.maximum)), staticmethod(alone(min, np.minimum))
    clip = staticmethod(alone(lambda x, low, high: min(max(x, low), high), np.clip))

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)


def with_plain_math() -> None:
    """Put Python's `math` under the equations of this process."""
    import foedus.engine.threat
    from foedus import equations

    rooms = [x for name, x in sys.modules.items() if name.startswith(f"{equations.__name__}.")]
    for room in [foedus.engine.threat, *rooms]:
        if isinstance(getattr(room, "np", None), ModuleType):
            vars(room)["np"] = PlainMath()


def limit_rate(setting: Any, cores: int) -> float:
    """Futures a second if every crisis tree cost its unavoidable work and nothing else did anything."""
    from foedus.engine.setting import REVIEW_YEARS
    from foedus.equations.hedging import Option

    states, pairs = setting.layout.counts.states, setting.layout.counts.pairs
    trees = YEARS * (pairs + 3 * states) + len(range(0, YEARS, REVIEW_YEARS)) * states * (len(Option) - 1)
    values = np.linspace(-3.0, 3.0, 8192, dtype=np.float32)
    room = np.empty_like(values)

    def nanoseconds(work: Callable[[NDArray[np.float32], NDArray[np.float32]], object]) -> float:
        trials: list[float] = []
        for _ in range(200):
            start = time.perf_counter_ns()
            work(values, room)
            trials.append((time.perf_counter_ns() - start) / len(values))
        return min(trials)

    copied = nanoseconds(lambda x, out: np.copyto(out, x))
    tree = TANGENTS * nanoseconds(np.tanh) + EXPONENTIALS * nanoseconds(np.exp) + (INPUTS + RESULTS) / 2 * copied
    return float(cores * 1e9 / (trees * tree))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--futures", type=int, default=2048)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--many", type=int, default=10_000)
    wanted = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    rates = [engine(wanted.futures, wanted.threads, watched=False)["rate"] for _ in range(3)]
    fast = [engine(wanted.futures, wanted.threads, watched=False, by="compiled")["rate"] for _ in range(3)]
    few, many = (engine(futures, wanted.threads, watched=True) for futures in (wanted.futures, wanted.many))
    rate, setting = statistics.median(rates), one_future()
    mesa, limit = mesa_rate(setting, 3), limit_rate(setting, wanted.threads)
    with_plain_math()
    mesa_math = mesa_rate(setting, 3)
    found = {
        "futures_per_second": round(rate, 1),
        "compiled_ratio": round(statistics.median(fast) / rate, 2),
        "peak_mb": round(few["peak_mb"], 1),
        "mesa_ratio": round(rate / mesa, 1),
        "mesa_math_ratio": round(rate / mesa_math, 1),
        "limit_ratio": round(rate / limit, 3),
        f"futures_per_second_{wanted.many}": round(many["rate"], 1),
        f"peak_mb_{wanted.many}": round(many["peak_mb"], 1),
        "mesa_futures_per_second": round(mesa, 3),
        "mesa_math_futures_per_second": round(mesa_math, 3),
        "limit_futures_per_second": round(limit, 1),
        "threads": wanted.threads,
    }
    if wanted.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:30} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
