"""The manifest of a data folder: what it says of each file, checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from foedus.errors import DataError
from foedus.panels.tables import TABLES

MANIFEST = "MANIFEST.toml"


@dataclass(frozen=True)
class ManifestEntry:
    """One `[[dataset]]` of a manifest.

    file    name of the file in the folder, when it is not NAME.parquet or NAME.csv
    years   first and last year it vouches for; None when it says nothing of them
    """

    name: str
    file: str | None = None
    years: tuple[int, int] | None = None
    licence: str | None = None
    sha256: str | None = None


def read_manifest(folder: Path) -> Mapping[str, ManifestEntry]:
    """Return the records of a folder's manifest by name; none when it has no manifest.

    Records of files that nothing here reads are kept and pass unchecked, apart from their names.
    Raises DataError, naming the line, for text that is not TOML, a value of the wrong type, years in another form,
    a name that is repeated or is a misspelt declared name, or a file that does not exist.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        body = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a ValueError is of TOML, of bytes that are not UTF-8, of digits
        msg = f"{MANIFEST}: not a readable manifest ({error}). Each [[dataset]] needs at least a name."
        raise DataError(msg) from error
    listed = body.get("dataset", [])
    if not isinstance(listed, list) or not all(isinstance(record, dict) for record in listed):
        msg = f"{MANIFEST}: not a readable manifest: dataset must be tables, each under [[dataset]]"
        raise DataError(msg)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*dataset\s*\]\]", line)]
    places = lines if len(lines) == len(listed) else [1] * len(listed)
    found: dict[str, ManifestEntry] = {}
    for place, record in zip(places, listed, strict=True):
        made = _record(record, f"{MANIFEST}:{place}", folder)
        if made.name in found:
            msg = f"{MANIFEST}:{place}  {made.name} is described twice. Keep one record."
            raise DataError(msg)
        found[made.name] = made
    for place, name in zip(places, found, strict=True):
        _check_name(name, found, f"{MANIFEST}:{place}")
    return found


def _record(record: Mapping[str, Any], where: str, folder: Path) -> ManifestEntry:
    for key in ("name", "file", "licence", "sha256"):
        if key in record and not isinstance(record[key], str):
            msg = f"{where}  {key} is {record[key]!r}; it must be text in quotes"
            raise DataError(msg)
    name = record.get("name")
    if not name:
        msg = f"{where}  not a readable manifest: this [[dataset]] has no name"
        raise DataError(msg)
    if name not in TABLES:
        return ManifestEntry(name, record.get("file"))
    file = record.get("file")
    if file is not None and not (folder / file).is_file():
        msg = f"{where}  {name}: the file {file} is not in {folder}"
        raise DataError(msg)
    return ManifestEntry(
        name, file, _years(record.get("years"), name, where), record.get("licence"), record.get("sha256")
    )


def _years(said: object, name: str, where: str) -> tuple[int, int] | None:
    if said is None:
        return None
    form = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", said) if isinstance(said, str) else None
    if form is None or int(form[2] or form[1]) < int(form[1]):
        msg = f'{where}  {name}: years is {said!r}; it must be like "1816-2016", or "2016", the earlier first'
        raise DataError(msg)
    return int(form[1]), int(form[2] or form[1])


def _check_name(name: str, found: Mapping[str, ManifestEntry], where: str) -> None:
    """Stop at a name that nothing reads where it seems meant for a file that is read."""
    if name in TABLES:
        return
    owed = [table for table in TABLES if table not in found]
    meant = next((t for t in owed if found[name].file in (f"{t}.csv", f"{t}.parquet")), None)
    near = [meant] if meant else get_close_matches(name.lower(), owed, n=1, cutoff=0.85)
    if near:
        msg = f'{where}  no such file is read: "{name}". Did you mean "{near[0]}"?'
        raise DataError(msg)
