"""Time the compiled engine on the whole world, 25 years, all mechanisms on, against eager and against Mesa agents.

python benchmarks/engine.py [--json] [--futures N] [--threads T] [--repeats N]

Every run is of N futures in a process of its own, engines in turn; world, parameter points and program are prepared
before the clock starts. Rates are medians of the repeats, ratios medians of those of one turn.

futures_per_second     of a run by the engine `compiled` into a folder, every measure of every future written
compiled_ratio         the same over that of `eager`
compiled_ratio_memory  the same where each chunk is computed and nothing written: `compiled` over `eager`
peak_mb_compiled, _eager  most memory held at once by a run into a folder and its workers together, pages they share
                       counted once; start_mb of that was there before the run: Python, libraries, world, program
mesa_ratio             futures_per_second over that of mesa_model.py: the whole model as agents that call the published
                       functions with floats, one future at a time on one core
mesa_math_ratio        the same with Python's `math` put under those functions, the fastest that plain agents can be
limit_ratio            compiled and nothing written, over what this machine could do at best with the operations and the
                       bytes of the traced graph: `limit.py` says how both are counted and measured
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

YEARS = 25
ENGINES = "compiled", "eager"
CHILD = """
import json, os, resource, sys, tempfile, threading, time
from pathlib import Path
from foedus.posture import Scenario, preset
from foedus.study import prepare, run
from foedus.study.running import each_chunk
from foedus.world import World

futures, threads = map(int, sys.argv[1:3])
steady = preset("steady", World.load().states.iso3)
study = prepare(Scenario.of(steady, None, name="benchmark", futures=futures), engine=sys.argv[3]).prepared()
if sys.argv[3] != "eager":  # the program is in the cache, or made, before the clock starts
    prepare(Scenario.of(steady, None, futures=16), engine=sys.argv[3]).record(0, "posture")


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


def whole():
    if sys.argv[4] == "memory":
        for _ in each_chunk(study, [("posture", chunk) for chunk in range(study.chunks())], threads, lambda *_: None):
            pass
        return
    with tempfile.TemporaryDirectory() as folder:
        run(study, Path(folder) / "run", threads=threads)


before = held() if sys.platform == "linux" else 0.0
seen, over = [before], threading.Event()
if sys.platform == "linux":
    threading.Thread(target=watch, daemon=True).start()
start = time.perf_counter()
whole()
seconds = time.perf_counter() - start
over.set()
alone = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(json.dumps({"rate": futures / seconds, "peak_mb": max(seen) or alone, "start_mb": before}))
"""

Found = dict[str, float]


def engine(futures: int, threads: int, by: str, into: str) -> Found:
    """Rate and peak memory of a run in a process of its own; `into` "folder" or "memory"."""
    command = [sys.executable, "-c", CHILD, str(futures), str(threads), by, into]
    found: Found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def in_turn(futures: int, threads: int, repeats: int) -> dict[tuple[str, str], list[Found]]:
    """Every engine, into a folder and into nothing, so many times."""
    engine(16, 1, "compiled", "memory")  # the program is in the cache, or made
    found: dict[tuple[str, str], list[Found]] = {(by, into): [] for into in ("folder", "memory") for by in ENGINES}
    for _ in range(repeats):
        for (by, into), runs in found.items():
            runs.append(engine(futures, threads, by, into))
    return found


def ratio(runs: dict[tuple[str, str], list[Found]], into: str) -> float:
    """Median rate of compiled over eager."""
    pairs = zip(runs["compiled", into], runs["eager", into], strict=True)
    return statistics.median(fast["rate"] / slow["rate"] for fast, slow in pairs)


def processor() -> str:
    """The processor's name, as the system calls it, and what LLVM takes it for."""
    import platform

    from foedus.compile.native import Processor

    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or platform.machine()} ({Processor.here().name})"


def one_future() -> Any:
    """A study of one future of the steady posture."""
    from foedus.posture import Scenario, preset
    from foedus.study import prepare
    from foedus.world import World

    steady = preset("steady", World.load().states.iso3)
    return prepare(Scenario("benchmark", "benchmark", "", 2026, 2025 + YEARS, 1, 1, steady, None))


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--futures", type=int, default=10_240)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=2)
    wanted = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    from limit import limit

    runs = in_turn(wanted.futures, wanted.threads, wanted.repeats)
    rates = {key: statistics.median(run["rate"] for run in some) for key, some in runs.items()}
    peaks = {by: max(run["peak_mb"] for run in runs[by, "folder"]) for by in ENGINES}
    study = one_future()
    best = limit(study, wanted.threads)
    setting = study.setting(0, "posture")
    mesa = mesa_rate(setting, 3)
    with_plain_math()
    mesa_math = mesa_rate(setting, 3)
    rate = rates["compiled", "folder"]
    found = {
        "futures_per_second": round(rate, 1),
        "compiled_ratio": round(ratio(runs, "folder"), 2),
        "compiled_ratio_memory": round(ratio(runs, "memory"), 2),
        "peak_mb_compiled": round(peaks["compiled"], 1),
        "peak_mb_eager": round(peaks["eager"], 1),
        "start_mb": round(runs["compiled", "folder"][0]["start_mb"], 1),
        "mesa_ratio": round(rate / mesa, 1),
        "mesa_math_ratio": round(rate / mesa_math, 1),
        "limit_ratio": round(rates["compiled", "memory"] / best["futures_per_second"], 3),
        "futures_per_second_memory": round(rates["compiled", "memory"], 1),
        "futures_per_second_eager": round(rates["eager", "folder"], 1),
        "futures_per_second_eager_memory": round(rates["eager", "memory"], 1),
        "mesa_futures_per_second": round(mesa, 3),
        "mesa_math_futures_per_second": round(mesa_math, 3),
        "limit": best | {"futures_per_second": round(best["futures_per_second"], 1)},
        "futures": wanted.futures,
        "threads": wanted.threads,
        "processor": processor(),
    }
    if wanted.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:32} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
