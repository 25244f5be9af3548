"""Time the full directed dyad-year panel, 1816-2016, written to Parquet, in a process of its own.

python benchmarks/panel.py [--json] [--data DIR] [--repeats N]

seconds, cpu_seconds   medians over the repeats, imports included
process_seconds        median of the same by `foedus panel`, from the start of Python to its end
peak_mb                the greatest resident size of any repeat
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tools")]

from places import data_folder
from whole import whole

ADD = (
    "contiguity majors nmc gml-mids capital-distance minimum-distance rivalries "
    "atop gdp democracy trade igos peace-years"
)
CHILD = """
import json, resource, sys, time
start = time.perf_counter()
from foedus.panels import build_panel
data, out, *add = sys.argv[1:]
years = (1816, 2016)
build_panel("dyad-year", directed=True, system="cow", years=years, add=add, relevant=True, data=data, out=out)
seconds = time.perf_counter() - start
use = resource.getrusage(resource.RUSAGE_SELF)
peak = use.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(json.dumps({"seconds": seconds, "cpu_seconds": use.ru_utime + use.ru_stime, "peak_mb": peak}))
"""


def measure(data: Path, repeats: int) -> dict[str, float]:
    import polars as pl

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "panel.parquet"
        command = [sys.executable, "-c", CHILD, str(data), str(out), *ADD.split()]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(repeats)
        ]
        rows, columns = (
            pl.scan_parquet(out).select(pl.len()).collect().item(),
            len(pl.read_parquet_schema(out)),
        )
        file_mb = out.stat().st_size / 1e6
        asked = f"panel --years 1816:2016 --relevant --data {data} --out {out} --add {ADD}"
        process = whole(["-c", "from foedus.cli import main; main()", *asked.split()], repeats)
    return {
        **process,
        "seconds": round(statistics.median(r["seconds"] for r in runs), 3),
        "seconds_best": round(min(r["seconds"] for r in runs), 3),
        "cpu_seconds": round(statistics.median(r["cpu_seconds"] for r in runs), 3),
        "peak_mb": round(max(r["peak_mb"] for r in runs), 1),
        "rows": rows,
        "columns": columns,
        "file_mb": round(file_mb, 1),
        "cores": os.cpu_count() or 1,
        "repeats": repeats,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--data", type=Path, default=data_folder())
    asked = parser.parse_args()
    found = measure(asked.data, asked.repeats)
    if asked.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:14} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
