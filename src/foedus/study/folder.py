"""A run folder: what was run, and one part for each chunk, written whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from foedus.engine.layout import Floats
from foedus.engine.record import Record, allies_of
from foedus.equations.hedging import OPTIONS
from foedus.errors import RunFolderError
from foedus.posture import main_guarantor
from foedus.study.study import Study
from foedus.study.swap import swapped
from foedus.terms import CHANNELS, REGIONS

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class RunFolder:
    """Where a run keeps its manifest and parts."""

    path: Path

    def part(self, role: str, chunk: int) -> Path:
        """Folder of one chunk."""
        return self.path / "parts" / role / f"{chunk:05d}"

    def done(self, role: str, chunk: int) -> bool:
        """Whether a chunk was written."""
        return self.part(role, chunk).is_dir()

    def open(self, study: Study, version: str) -> None:
        """Create the folder, or check that it belongs to this study.

        Raises RunFolderError when it cannot be written or holds another scenario.
        """
        manifest = self.path / MANIFEST
        if manifest.exists():
            held = self.manifest()
            if held.get("digest") != study.digest:
                msg = (
                    f"{self.path}: holds another run ({held.get('scenario', {}).get('name', 'unknown')}). "
                    "Name another folder with --out, or remove this one."
                )
                raise RunFolderError(msg)
            for leftover in self.path.glob("parts/*/.*"):
                shutil.rmtree(leftover, ignore_errors=True)
        elif self.path.exists() and any(self.path.iterdir()):
            msg = f"{self.path}: is not empty and is no run folder. Name another with --out."
            raise RunFolderError(msg)
        try:
            (self.path / "parts").mkdir(parents=True, exist_ok=True)
            temporary = manifest.with_suffix(".tmp")
            temporary.write_text(json.dumps(_describe(study, version), indent=1, sort_keys=True), encoding="utf-8")
            temporary.replace(manifest)
        except OSError as error:
            raise _cannot_write(self.path, error) from error

    def manifest(self) -> dict[str, Any]:
        """Read the manifest; raise RunFolderError when there is none."""
        try:
            held: dict[str, Any] = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            msg = f"{self.path}: no readable run here. Make one with: foedus run SCENARIO --out {self.path}"
            raise RunFolderError(msg) from error
        return held

    def write(self, role: str, chunk: int, record: Record, study: Study, parameters: Mapping[str, Floats]) -> None:
        """Write one chunk: into a hidden folder first, renamed when whole."""
        final = self.part(role, chunk)
        temporary = final.with_name(f".{final.name}")
        try:
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir(parents=True)
            for name, frame in _frames(record, study, chunk, parameters, with_parameters=role == "posture").items():
                path = temporary / f"{name}.parquet"
                frame.write_parquet(path, compression="snappy", statistics=False, row_group_size=max(frame.height, 1))
            temporary.replace(final)
        except (OSError, pl.exceptions.PolarsError) as error:
            shutil.rmtree(temporary, ignore_errors=True)
            raise _cannot_write(self.path, error) from error


def _cannot_write(path: Path, error: Exception) -> RunFolderError:
    why = getattr(error, "strerror", None) or " ".join(str(error).split())
    return RunFolderError(
        f"{path}: cannot be written ({why}). "
        "Free some space or name another folder with --out; finished parts stay, and the same command continues."
    )


def _describe(study: Study, version: str) -> dict[str, Any]:
    scenario, world = study.scenario, study.world
    return {
        "format": FORMAT,
        "foedus": version,
        "digest": study.digest,
        "ledger": study.ledger.digest,
        "world": world.tables.digest,
        "futures": scenario.futures,
        "seed": scenario.seed,
        "years": [scenario.first, scenario.last],
        "roles": {role: posture.name for role, posture in study.roles.items()},
        "allies": [world.states.iso3[i] for i in allies_of(study.layout)],
        "guarantors": [world.states.iso3[i] for i in study.layout.guarantors],
        "patrons": study.patrons,
        "schedule": {role: _schedule(study, role) for role in study.roles},
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "question": scenario.question,
            "without": list(scenario.without),
            "swapped": list(swapped()),
            "fixed": dict(scenario.fixed),
        },
    }


def _schedule(study: Study, role: str) -> dict[str, dict[str, list[float]]]:
    """Support as announced by the main guarantor: mean level by region and channel, year by year."""
    states, links = study.world.states, study.layout.links
    regions = np.array([states.region[i] for i in links.ally])
    guarantors = [states.iso3[i] for i in links.guarantor]
    posture = study.roles[role]
    mine = np.array([name == (posture.guarantor or main_guarantor(guarantors)) for name in guarantors])
    levels = posture.levels([states.iso3[i] for i in links.ally], list(regions), guarantors, study.scenario.years)
    found = {}
    for region in [name for name in REGIONS if (mine & (regions == name)).any()]:
        mean = levels[:, mine & (regions == region)].mean(axis=1)
        found[region] = {channel: [round(float(x), 4) for x in mean[:, c]] for c, channel in enumerate(CHANNELS)}
    return found


def _frames(
    record: Record, study: Study, chunk: int, parameters: Mapping[str, Floats], *, with_parameters: bool
) -> dict[str, pl.DataFrame]:
    names, layout = study.world.states.iso3, study.layout
    years = np.array(study.scenario.years, dtype=np.int16)
    size = study.size(chunk)
    futures = np.arange(chunk_start(chunk), chunk_start(chunk) + size, dtype=np.uint32)

    def long(measures: Mapping[str, Floats], key: str, rows: list[str]) -> pl.DataFrame:
        count = len(rows)
        return pl.DataFrame(
            {
                "year": np.repeat(years, count * size),
                key: pl.Series(np.tile(np.repeat(np.arange(count, dtype=np.uint32), size), len(years)), dtype=pl.UInt32)
                .to_physical()
                .replace_strict(dict(enumerate(rows)), return_dtype=pl.Enum(rows)),
                "future": np.tile(futures, len(years) * count),
                **{name: values.reshape(-1) for name, values in measures.items()},
            }
        )

    pairs = pl.DataFrame(
        {
            "challenger": [names[i] for i in layout.challenger],
            "target": [names[i] for i in layout.target],
            "class": list(layout.pairs.pair_class),
            "treaty": layout.treaty,
            **record.pairs,
        }
    )
    allies = [names[i] for i in allies_of(layout)]
    options = pl.DataFrame({"ally": allies, **{name: record.options[k] for k, name in enumerate(OPTIONS)}})
    frames = {
        "allies": long(record.allies, "ally", allies),
        "guarantors": long(record.guarantors, "guarantor", [names[i] for i in layout.guarantors]),
        "regions": long(record.regions, "region", list(REGIONS)),
        "pairs": pairs,
        "options": options,
    }
    if with_parameters:
        sampled = {p.name: parameters[p.name] for p in study.ledger.uncertain}
        frames["parameters"] = pl.DataFrame({"future": futures, **sampled})
    return frames


def chunk_start(chunk: int) -> int:
    """Number of a chunk's first future."""
    from foedus.study.study import CHUNK

    return chunk * CHUNK
