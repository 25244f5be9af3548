"""Freeze what the model says of the next years, to be scored by data that do not exist yet.

Usage: python tools/freeze_forecasts.py [FOLDER] [--futures N] [--years 2027-2030] [--posture steady] [--seed 1]
           [--again]

Runs one posture and writes pairs, classes, spending, nuclear status and treaties into FOLDER (forecasts/2026-12 without
one), with definitions and a hash of each file. A folder that holds a forecast is refused; with --again it is made anew,
until the month that it is named for begins, and never after. Some minutes.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from datetime import date
from pathlib import Path

import foedus as fd
from foedus.given import years_of
from foedus.hindcasts.frozen.folder import FrozenForecast, write_folder
from foedus.hindcasts.frozen.freezing import tables

ROOT = Path(__file__).parents[1]
FIRST = 2026
"""first year of the run: the world of the facts"""
TOLD = ("foedus", "ledger", "world", "code", "futures", "seed")
"""what the folder keeps of the run's manifest"""


def freeze(path: Path, posture: str, years: tuple[int, int], futures: int, seed: int) -> FrozenForecast:
    """Run a posture and freeze the years asked for; errors as `write_folder` and a run have them."""
    world = fd.World.load()
    scenario = fd.Scenario.of(posture, None, years=(FIRST, years[1]), futures=futures, seed=seed)
    with tempfile.TemporaryDirectory(prefix="foedus-freeze-") as scratch:
        results = fd.run(scenario, world, Path(scratch) / "run")
        made = tables(results, world, range(years[0], years[1] + 1))
        told = {name: results.manifest[name] for name in TOLD}
        told |= {"run": results.manifest["digest"], "ensemble": scenario.ensemble}
    about = {"made": date.today().isoformat(), "years": list(years), "posture": posture, **told}  # noqa: DTZ011
    return write_folder(path, made, about)


def still_open(path: Path, today: date) -> None:
    """Raise ValueError once the month that a folder is named for has begun: what is frozen then stays."""
    try:
        begins = date.fromisoformat(f"{path.name}-01")
    except ValueError:
        msg = f"{path}: a forecast made again lies in a folder named for its month, like forecasts/2026-12"
        raise ValueError(msg) from None
    if today >= begins:
        msg = f"{path}: frozen since {begins.isoformat()}; freeze what is said now in a folder of its own month"
        raise ValueError(msg)


def freeze_again(path: Path, posture: str, years: tuple[int, int], futures: int, seed: int) -> FrozenForecast:
    """Freeze into the place of a folder whose month has not begun; the old one stays until the new one is whole."""
    still_open(path, date.today())  # noqa: DTZ011
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        freeze(Path(scratch) / path.name, posture, years, futures, seed)
        shutil.rmtree(path)
        shutil.move(Path(scratch) / path.name, path)
    return FrozenForecast.open(path)


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "forecasts" / "2026-12")
    parser.add_argument("--futures", type=int, default=4096)
    parser.add_argument("--years", default="2027-2030")
    parser.add_argument("--posture", default="steady")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    years = years_of(asked.years)
    if years is None:
        parser.error(f"--years {asked.years}: a span like 2027-2030")
    make = freeze_again if asked.again else freeze
    frozen = make(asked.folder, asked.posture, years, asked.futures, asked.seed)
    print(f"{frozen.path}: {frozen.about['digest']}")


if __name__ == "__main__":
    main()
