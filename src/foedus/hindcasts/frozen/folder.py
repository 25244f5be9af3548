"""A folder of frozen forecasts: tables, what they were made from, definitions, and a hash of each file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from foedus.errors import InputError
from foedus.files import write_text
from foedus.frames import read_csv

ABOUT, README = "about.json", "README.md"
NAMES = ("pairs", "classes", "spending", "nuclear", "ties")
DIGITS = 4
"""Significant digits frozen: chances are not known to more."""

DEFINITIONS: Mapping[str, str] = {
    "dispute": "a militarised interstate dispute (COW MID or GML) begins between the two in the year, both opposed in "
    "it; in MIC, a confrontation. A pair-year in which an older dispute between them goes on is not scored.",
    "force": "such a dispute in which either uses force: hostility level 4 or 5, over the whole dispute.",
    "war": "such a dispute at hostility level 5. By UCDP: an interstate conflict (type 2) of the two that passes 1,000 "
    "battle-related deaths (best estimate) in the year and did not in the year before.",
    "spending": "military spending over GDP as SIPRI prints it (sipri_milex_excerpt).",
    "nuclear": "status of 1 (explores), 2 (pursues) or 3 (armed) or more in the year (nuclear_proliferation_status).",
    "ties": "the guarantor owes the ally defence in the year (ATOP). The engine ends no pacts: these are the record's "
    "yearly rate of endings, as a base line.",
}
"""What each forecast is of, word for word as frozen."""


@dataclass(frozen=True)
class FrozenForecast:
    """A folder of frozen forecasts whose files are as they were written.

    path   the folder
    about  when, from what run, ledger, facts and code, definitions, hash of each table
    """

    path: Path
    about: Mapping[str, Any]

    @staticmethod
    def open(path: Path) -> FrozenForecast:
        """Open a folder. Raises InputError where it is none, or a file is not as it was frozen."""
        try:
            about = json.loads((path / ABOUT).read_text(encoding="utf-8"))
            hashes = dict(about["files"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            msg = f"{path}: is no folder of frozen forecasts ({error})"
            raise InputError(msg) from error
        for name, known in hashes.items():
            held = path / f"{name}.csv"
            if not held.is_file() or digest_of(held.read_text(encoding="utf-8")) != known:
                msg = f"{held}: is not as it was frozen; take the folder from the release again"
                raise InputError(msg)
        return FrozenForecast(path, about)

    def table(self, name: str) -> pl.DataFrame:
        """One of `NAMES`."""
        return read_csv(self.path / f"{name}.csv")

    @cached_property
    def years(self) -> tuple[int, int]:
        """First and last year forecast."""
        first, last = self.about["years"]
        return int(first), int(last)


def write_folder(path: Path, tables: Mapping[str, pl.DataFrame], about: Mapping[str, Any]) -> FrozenForecast:
    """Write tables, what they were made from and a page that says it; refuse a folder that holds a forecast already.

    path    the folder, made when absent
    tables  by name, as `freezing.tables` makes them
    about   made (ISO date), years, posture, futures, ensemble, seed, digests

    Raises InputError where a forecast is frozen there, since it may not be changed.
    """
    if (path / ABOUT).exists():
        msg = f"{path}: holds a frozen forecast, which may not be changed. Name another folder."
        raise InputError(msg)
    path.mkdir(parents=True, exist_ok=True)
    texts = {name: _csv(tables[name]) for name in NAMES}
    hashes = {name: digest_of(text) for name, text in texts.items()}
    for name, text in texts.items():
        write_text(path / f"{name}.csv", text)
    body = {**about, "definitions": dict(DEFINITIONS), "files": hashes}
    body["digest"] = digest_of(json.dumps(body, sort_keys=True))
    write_text(path / README, _page(body, tables))
    write_text(path / ABOUT, json.dumps(body, indent=1, ensure_ascii=False) + "\n")
    return FrozenForecast.open(path)


def digest_of(text: str) -> str:
    """Hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _csv(table: pl.DataFrame) -> str:
    rounded = pl.col(pl.Float64, pl.Float32).round_sig_figs(DIGITS)
    return table.with_columns(rounded).write_csv()


def _page(about: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> str:
    first, last = about["years"]
    lines = [
        f"# Forecasts of {about['made']} for {first}-{last}",
        "",
        f"What {about['futures']:,} futures under the posture `{about['posture']}` said, frozen.",
        f"Foedus {about['foedus']}, parameters from `{about['ensemble']}`, seed {about['seed']}.",
        f"Digests of run, ledger, facts and code are in `{ABOUT}`.",
        "`foedus validate --forecasts DATA` scores them by the files in the folder DATA.",
        f"Digest: `{about['digest']}`.",
        "",
        "| File | Rows |",
        "|---|---:|",
        *(f"| `{name}.csv` | {tables[name].height:,} |" for name in NAMES),
        "",
        "## What counts as what",
        "",
        *(f"- *{name}*: {what}" for name, what in DEFINITIONS.items()),
        "",
        "Bands of `classes.csv` are those that luck alone gives around the chances; what is not known of the chances",
        "comes on top: disputes of all pairs over four years have lain about a quarter off what was expected",
        "(`onset-structure-rolling`). Columns `base_…` of `pairs.csv` are the rates of the pair's class in 1950-2010,",
        "the forecast to beat.",
    ]
    return "\n".join(lines) + "\n"
