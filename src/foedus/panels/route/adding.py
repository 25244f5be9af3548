"""A publisher's file into the data folder: brought into the declared form, checked, written whole, recorded."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from foedus.errors import DataError, FoedusError
from foedus.files import place, whole, write_text
from foedus.frames import literal
from foedus.panels.files import DataFolder
from foedus.panels.manifest import MANIFEST
from foedus.panels.route.shapes import read_any, shaped, table_of
from foedus.panels.route.sources import origins


@dataclass(frozen=True)
class Added:
    """A research file that is now in the folder.

    path    of it there
    rows    how many it has
    years   first and last that it covers
    notes   what was emptied, recoded or left out on reading
    """

    name: str
    path: Path
    rows: int
    years: tuple[int, int]
    notes: tuple[str, ...]


def add_file(
    file: Path | str, folder: Path | str, *, name: str | None = None, replace: bool = False, source: str = ""
) -> Added:
    """Read a publisher's file and put it into the data folder as NAME.parquet, with a record in the manifest.

    file      .csv, .csv.gz, .tsv, .txt, .dta, .parquet, .rda or .rds, under its publisher's names of columns
    folder    the data folder; made if there is none
    name      which declared file it is; found by its columns without
    replace   put it in the place of one that is there; a NAME.csv stays beside it, and the manifest says which counts
    source    where it came from, for the record; the file's own name without

    Raises DataError when it fits no declared file, its values are not legal, or one is there already; nothing is then
    left behind.
    """
    path = place(file)
    if not path.is_file():
        msg = f"{path}: no such file"
        raise DataError(msg)
    frame = read_any(path)
    table = table_of(frame, path, name)
    made = shaped(frame, table, path)
    data = place(folder)
    data.mkdir(parents=True, exist_ok=True)
    held = DataFolder.open(data)
    before = held.find(table.name)
    if before is not None and not replace:
        msg = f"{table.name}: {before.name} is in {data} already. Give --replace to put {path.name} in its place."
        raise DataError(msg)
    target = data / f"{table.name}.parquet"
    with TemporaryDirectory() as alone:
        # Read as a panel would, in a folder in which it stands alone, before anything is put into the user's.
        own = Path(alone) / target.name
        made.write_parquet(literal(own), compression="zstd")
        loaded = DataFolder(own.parent).load(table.name)
        with whole(target) as part:
            shutil.copyfile(own, part)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    _record(data, table.name, target.name, digest, source or path.name, path)
    return Added(table.name, target, loaded.frame.height, (loaded.first, loaded.last), loaded.notes)


def _record(data: Path, name: str, file: str, digest: str, source: str, origin: Path) -> None:
    """Put one record into the manifest, in place of an older one of that name; other records stay as they are."""
    path = data / MANIFEST
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    kept = _without(text, name)
    known = origins()[name]
    fields: Mapping[str, str] = {
        "name": name,
        "file": file,
        "licence": known.licence,
        "citation": known.citation,
        "page": known.page,
        "source": source,
        "source_sha256": hashlib.sha256(origin.read_bytes()).hexdigest(),
        "sha256": digest,
        "added": datetime.now(UTC).strftime("%Y-%m-%d"),
    }
    block = "\n".join(["[[dataset]]", *(f"{key} = {json.dumps(value)}" for key, value in fields.items())])
    write_text(path, f"{kept.rstrip()}\n\n{block}\n" if kept.strip() else f"{block}\n")


def _without(text: str, name: str) -> str:
    """Return a manifest's text without the record of one name."""
    head, *records = text.split("[[dataset]]")
    kept = [record for record in records if not _names(record, name)]
    return "[[dataset]]".join([head, *kept])


def _names(record: str, name: str) -> bool:
    with suppress(tomllib.TOMLDecodeError, FoedusError):
        return bool(tomllib.loads(f"[[dataset]]{record}")["dataset"][0].get("name") == name)
    return False
