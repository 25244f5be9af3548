"""A run folder: what was run, and one part for each chunk, written whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from foedus.engine.layout import Floats
from foedus.engine.record import Record
from foedus.equations.hedging import OPTIONS
from foedus.errors import RunFolderError
from foedus.posture import main_guarantor
from foedus.study.blocks import described, untold
from foedus.study.code import model_code
from foedus.study.span import Span
from foedus.study.study import Study
from foedus.study.swap import swapped, unrecognisable
from foedus.terms import CHANNELS, REGIONS

MANIFEST = "manifest.json"
ROW_GROUP = 1 << 17
"""Rows that are encoded at once: more would hold more memory, fewer take longer."""

FORMAT = 2

COMPARED = {
    "foedus": "the version of Foedus",
    "code": "the model's code",
    "ledger": "the ledger",
    "world": "the facts",
    "seed": "the seed",
    "years": "the years",
    "switched_off": "the mechanisms switched off",
    "replaced": "the equations replaced",
    "blocks": "the blocks of a year",
    "fixed": "the parameters fixed",
}
"""What may set two runs apart, by name in the manifest or its scenario; the rest is postures and assumptions."""


@dataclass(frozen=True)
class RunFolder:
    """Where a run keeps its manifest and parts.

    A part bears the futures it holds in its name, so that a chunk cut short by the end of a run is never taken for
    the whole one when the run grows; what the manifest's number of futures does not call for is not read.
    """

    path: Path

    def part(self, role: str, span: Span) -> Path:
        """Folder of one chunk."""
        return self.path / "parts" / role / span.name

    def done(self, role: str, span: Span) -> bool:
        """Whether a chunk was written."""
        return self.part(role, span).is_dir()

    def open(self, study: Study, version: str) -> None:
        """Create the folder, or check that it belongs to this study and let it grow to the futures asked for.

        Raises RunFolderError when it cannot be written, holds another scenario or more futures.
        """
        manifest = self.path / MANIFEST
        asked = _describe(study, version)
        if manifest.exists():
            self._check(self.manifest(), asked, untold(study.blocks))
        elif self.path.exists() and any(self.path.iterdir()):
            msg = f"{self.path}: is not empty and is no run folder. Name another with --out."
            raise RunFolderError(msg)
        try:
            (self.path / "parts").mkdir(parents=True, exist_ok=True)
            temporary = manifest.with_suffix(".tmp")
            temporary.write_text(json.dumps(asked, indent=1, sort_keys=True), encoding="utf-8")
            temporary.replace(manifest)
        except OSError as error:
            raise _cannot_write(self.path, error) from error
        called_for = {study.span(chunk).name for chunk in range(study.chunks())}
        for part in self.path.glob("parts/*/*"):
            if part.name not in called_for:
                shutil.rmtree(part, ignore_errors=True)

    def _check(self, held: Mapping[str, Any], asked: Mapping[str, Any], blocks: Mapping[str, str]) -> None:
        """Raise RunFolderError unless what the folder holds is the beginning of what is asked.

        blocks  those that cannot be told from others, and why
        """
        if blocks:
            told = "; ".join(f"{name}: {reason}" for name, reason in blocks.items())
            msg = f"{self.path}: a kept run cannot be read back with a block of its own ({told}). Use a new folder."
            raise RunFolderError(msg)
        if why := unrecognisable():
            told = "; ".join(f"{name}: {reason}" for name, reason in why.items())
            msg = (
                f"{self.path}: a kept run cannot be read back with an equation replaced by a function that its source "
                f"does not tell ({told}). Name its version, fd.swap(..., label=...), or use a new folder."
            )
            raise RunFolderError(msg)
        if held.get("digest") != asked["digest"]:
            name = held.get("scenario", {}).get("name", "unknown")
            msg = (
                f"{self.path}: holds another run ({name}); what differs: {_difference(held, asked)}. "
                "Name another folder with --out, or remove this one."
            )
            raise RunFolderError(msg)
        if held.get("futures", 0) > asked["futures"]:
            msg = (
                f"{self.path}: holds {held['futures']:,} futures of this run, and {asked['futures']:,} were asked for. "
                f"Ask for {held['futures']} or more, or name another folder with --out."
            )
            raise RunFolderError(msg)

    def manifest(self) -> dict[str, Any]:
        """Read the manifest; raise RunFolderError when there is none, or one of another form."""
        try:
            held: dict[str, Any] = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            form = held.get("format")
        except (OSError, ValueError, AttributeError) as error:
            msg = f"{self.path}: no readable run here. Make one with: foedus run SCENARIO --out {self.path}"
            raise RunFolderError(msg) from error
        if form != FORMAT:
            msg = f"{self.path}: was written in form {form}, and this is form {FORMAT}. Run it anew in another folder."
            raise RunFolderError(msg)
        return held

    def write(self, role: str, chunk: int, record: Record, study: Study, parameters: Mapping[str, Floats]) -> None:
        """Write one chunk: into a hidden folder first, renamed when whole."""
        final = self.part(role, study.span(chunk))
        temporary = final.with_name(f".{final.name}")
        try:
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir(parents=True)
            for name, frame in _frames(record, study, chunk, parameters, with_parameters=role == "posture").items():
                path = temporary / f"{name}.parquet"
                frame.write_parquet(path, compression="snappy", statistics=False, row_group_size=ROW_GROUP)
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


def _difference(held: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """What sets two runs apart, in words."""
    one, other = ({**manifest, **manifest.get("scenario", {})} for manifest in (held, json.loads(json.dumps(asked))))
    found = [label for name, label in COMPARED.items() if one.get(name) != other.get(name)]
    return ", ".join(found) or "the postures, states or assumptions"


def _describe(study: Study, version: str) -> dict[str, Any]:
    scenario, world = study.scenario, study.world
    return {
        "format": FORMAT,
        "foedus": version,
        "command": list(scenario.command),
        "digest": study.digest,
        "ledger": study.ledger.digest,
        "world": world.tables.digest,
        "code": model_code(),
        "replaced": swapped(),
        "blocks": described(study.blocks, study.once),
        "switched_off": study.ledger.switched_off(scenario.without),
        "futures": scenario.futures,
        "chunk": study.chunk_length,
        "seed": scenario.seed,
        "years": [scenario.first, scenario.last],
        "roles": {role: posture.name for role, posture in study.roles.items()},
        "allies": [world.states.iso3[i] for i in study.layout.allies],
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


@lru_cache(maxsize=8)
def _keys(years: tuple[int, ...], rows: tuple[str, ...], size: int) -> tuple[pl.Series, pl.Series]:
    """Columns of years and of row names for arrays [year, row, future] laid flat: the same in every chunk."""
    row = np.tile(np.repeat(np.arange(len(rows), dtype=np.uint32), size), len(years))
    year = np.repeat(np.array(years, dtype=np.int16), len(rows) * size)
    return pl.Series(year), pl.Series(rows, dtype=pl.Enum(rows)).gather(row)


def _frames(
    record: Record, study: Study, chunk: int, parameters: Mapping[str, Floats], *, with_parameters: bool
) -> dict[str, pl.DataFrame]:
    names, layout = study.world.states.iso3, study.layout
    years = study.scenario.years
    size = study.size(chunk)
    futures = study.span(chunk).futures.astype(np.uint32)

    def long(measures: Mapping[str, Floats], key: str, rows: list[str]) -> pl.DataFrame:
        count = len(rows)
        year, row = _keys(study.scenario.years, tuple(rows), size)
        return pl.DataFrame(
            {
                "year": year,
                key: row,
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
    allies = [names[i] for i in layout.allies]
    options = pl.DataFrame({"ally": allies, **{name: record.options[k] for k, name in enumerate(OPTIONS)}})
    frames = {
        "allies": long(record.allies, "ally", allies),
        "guarantors": long(record.guarantors, "guarantor", [names[i] for i in layout.guarantors]),
        "regions": long(record.regions, "region", list(REGIONS)),
        "pairs": pairs,
        "options": options,
    }
    if with_parameters:
        sampled = {p.name: parameters[p.name] for p in study.swept}
        frames["parameters"] = pl.DataFrame({"future": futures, **sampled})
    return frames
