"""The readers that tools/fuzz.py drives, each with valid inputs to begin from."""

from __future__ import annotations

import io
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

import polars as pl

from foedus.bibliography import source_keys
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import read_ensemble
from foedus.panels import DataFolder
from foedus.panels.manifest import MANIFEST
from foedus.panels.route.shapes import read_any
from foedus.posture.posture import read_posture
from foedus.posture.scenario import read_scenario
from foedus.results import Results
from foedus.world import World
from foedus.world.facttable import read_facts
from foedus.world.tables import FACTS
from foedus.world.variables import TABLES

ROOT = Path(__file__).parents[1]


class Reader(ABC):
    """Something that reads a file of a folder.

    work  the folder, made here
    file  the file's name in it
    """

    file = ""

    def __init__(self, work: Path) -> None:
        self.work = work
        work.mkdir()
        self.prepare()
        (self.work / self.file).write_bytes(self.seeds()[0])
        self.there = self._names()

    def prepare(self) -> None:  # noqa: B027 most need nothing
        """Put beside the file what it needs."""

    @abstractmethod
    def seeds(self) -> list[bytes]:
        """Valid inputs."""

    @abstractmethod
    def open(self, path: Path) -> object:
        """Read the file."""

    def read(self, data: bytes) -> None:
        """Read one input."""
        path = self.work / self.file
        path.write_bytes(data)
        self.open(path)

    def left(self) -> str:
        """A file that reading left behind, or empty."""
        extra = self._names() - self.there
        for name in extra:
            shutil.rmtree(self.work / name) if (self.work / name).is_dir() else (self.work / name).unlink()
        return min(extra) if extra else ""

    def _names(self) -> set[str]:
        return {path.name for path in self.work.iterdir()}


class _Scenario(Reader):
    file = "scenario.toml"

    def prepare(self) -> None:
        self.states, self.ledger = World.load().states.iso3, load_ledger()

    def seeds(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((ROOT / "scenarios").glob("*.toml"))]

    def open(self, path: Path) -> object:
        return read_scenario(path, self.states, self.ledger)


class _Posture(Reader):
    file = "posture.toml"

    def prepare(self) -> None:
        self.states = World.load().states.iso3

    def seeds(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((ROOT / "src/foedus/posture/presets").glob("*.toml"))]

    def open(self, path: Path) -> object:
        return read_posture(path, self.states)


class _Manifest(Reader):
    file = MANIFEST

    def seeds(self) -> list[bytes]:
        one = b"""[[dataset]]\nname = "cow_contiguity"\nyears = "1816-2010"\nlicence = "CC0"\nsha256 = "ab"\n"""
        return [one, one + b'\n[[dataset]]\nname = "cow_nmc"\nyears = "1816-2016"\nfile = "cow_contiguity.csv"\n']

    def open(self, path: Path) -> object:
        return DataFolder.open(path.parent).manifest


class _Csv(Reader):
    file = "cow_contiguity.csv"
    table = "cow_contiguity"

    def seeds(self) -> list[bytes]:
        head = "ccode1,ccode2,conttype,stdate,enddate"
        rows = ["2,20,1,1920-01-10,2016-12-31", "2,70,1,1831-01-01,2016-12-31", "200,220,4,1816-01-01,1942-11-10"]
        return ["\n".join([head, *rows, ""]).encode(), (head + "\n").encode()]

    def open(self, path: Path) -> object:
        return DataFolder(path.parent).load(self.table, frozenset({2, 20, 70, 200, 220}))


class _Parquet(Reader):
    file = "table.parquet"

    def seeds(self) -> list[bytes]:
        frame = pl.DataFrame({"ccode1": [2, 20], "year": [1990, 1991], "name": ["a", None], "x": [1.5, None]})
        made = []
        for compression in ("zstd", "uncompressed", "snappy"):
            held = io.BytesIO()
            frame.write_parquet(held, compression=compression)
            made.append(held.getvalue())
        return made

    def open(self, path: Path) -> object:
        return read_any(path)


class _Run(Reader):
    """A run folder whose manifest is mutated."""

    file = "manifest.json"

    def prepare(self) -> None:
        from foedus import verbs
        from foedus.posture import Scenario

        made = verbs.run(
            Scenario.of(verbs.preset("retrench"), futures=4, years=(2026, 2027)),
            out=self.work / "run",
            threads=1,
            bar=False,
        )
        self.manifest = (made.folder.path / self.file).read_bytes()
        shutil.copytree(made.folder.path / "parts", self.work / "parts")
        shutil.rmtree(self.work / "run")

    def seeds(self) -> list[bytes]:
        return [self.manifest]

    def open(self, path: Path) -> object:
        results = Results.open(path.parent)
        return results.headline()


class _Overlay(Reader):
    file = "state_facts.csv"

    def prepare(self) -> None:
        self.file = next(iter(TABLES))
        self.keys = source_keys(FACTS / "sources.bib")

    def seeds(self) -> list[bytes]:
        lines = (FACTS / self.file).read_bytes().splitlines(keepends=True)
        return [b"".join(lines[:1] + lines[start : start + 5]) for start in (1, 50, 100)]

    def open(self, path: Path) -> object:
        columns, variables = TABLES[self.file]
        return read_facts(path, columns, variables, self.keys)


class _Ensemble(Reader):
    file = "ensemble.json"

    def seeds(self) -> list[bytes]:
        import json

        told = json.loads((ROOT / "src/foedus/ledger/ensembles/record-1968.json").read_text(encoding="utf-8"))
        for key, value in told.items():
            if isinstance(value, list) and len(value) > 30:
                told[key] = value[:3]
        return [json.dumps(told).encode()]

    def open(self, path: Path) -> object:
        return read_ensemble(path)


READERS: dict[str, Callable[[Path], Reader]] = {
    "scenario": _Scenario,
    "posture": _Posture,
    "manifest": _Manifest,
    "csv": _Csv,
    "parquet": _Parquet,
    "run": _Run,
    "overlay": _Overlay,
    "ensemble": _Ensemble,
}
