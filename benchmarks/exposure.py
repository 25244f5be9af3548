"""Time the account as its users meet it: the whole process, from the shell. One JSON object with --json.

    python benchmarks/exposure.py --json

Bytecode must have been compiled once (any first run does it unless PYTHONDONTWRITEBYTECODE is set).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

ASKED = {
    "ally": ["POL"],
    "region": ["Europe"],
    "bill": ["POL", "--replace", "contribution"],
    "bill_alone": ["POL", "--replace", "contribution", "--pool", "alone"],
    "explain": ["POL", "--explain", "air-defence"],
}


def seconds(arguments: list[str], repeats: int) -> float:
    """Best wall-clock seconds of one command."""
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "exposure", *arguments]
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    found = {f"seconds_{name}": round(seconds(arguments, options.repeats), 3) for name, arguments in ASKED.items()}
    if options.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name.removeprefix('seconds_'):12}{value:.2f} s")


if __name__ == "__main__":
    main()
