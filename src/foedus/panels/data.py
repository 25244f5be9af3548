"""What the data folder holds and lacks, on which terms, and where to get the rest; it downloads nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import DataError
from foedus.panels.files import DataFolder, bibliography
from foedus.panels.manifest import ManifestEntry
from foedus.panels.registry import VARIABLES
from foedus.panels.table import Table
from foedus.panels.tables import TABLES


@dataclass(frozen=True)
class TableStatus:
    """One research file: whether it is there and usable.

    state     "ready", "missing", "changed" (differs from the manifest's digest) or "unusable"
    years     first and last year the file covers; the publisher's, when it is missing, unusable or not checked
    feeds     panel variables that read it
    citation  the works to cite
    url       where its publisher offers it
    problem   what is wrong, when it is unusable
    notes     what was emptied, recoded or left out on reading
    """

    name: str
    meaning: str
    state: str
    file: str
    rows: int | None
    years: tuple[int, int]
    feeds: tuple[str, ...]
    licence: str
    citation: str
    url: str
    problem: str = ""
    notes: tuple[str, ...] = ()


def status(data: DataFolder | Path | str | None = None, *, check: bool = True) -> tuple[TableStatus, ...]:
    """Return the status of every file a panel may read, in the order of declaration.

    data    folder; without it the one FOEDUS_DATA names, and where that names none, every file is missing
    check   read each file and check it, rather than only look whether it is there

    Raises DataError when there is no such folder or its manifest cannot be read.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.named(data)
    return tuple(_status(folder, table, check=check) for table in TABLES.values())


def _status(folder: DataFolder | None, table: Table, *, check: bool) -> TableStatus:
    record = folder.manifest.get(table.name) if folder else None
    state, rows, problem = "missing", None, ""
    notes: tuple[str, ...] = ()
    years, path = (table.first, table.last), None
    try:
        path = folder.find(table.name) if folder else None
        if path is not None:
            state = "changed" if check and _changed(record, path) else "ready"
        if folder and path is not None and check:
            loaded = folder.load(table.name)
            rows, years, notes = loaded.frame.height, (loaded.first, loaded.last), loaded.notes
    except DataError as error:
        state, problem = "unusable", str(error)
    works = bibliography()
    sources = [works[key] for key in table.cites]
    return TableStatus(
        name=table.name,
        meaning=table.meaning,
        state=state,
        file=path.name if path else "",
        rows=rows,
        years=years,
        feeds=tuple(name for name, variable in VARIABLES.items() if table.name in variable.tables),
        licence=(record.licence if record else None) or table.licence,
        citation="; ".join(f"{s.author} ({s.year}). {s.title}" for s in sources),
        url=sources[0].url,
        problem=problem,
        notes=notes,
    )


def _changed(record: ManifestEntry | None, path: Path) -> bool:
    expected = record.sha256 if record else None
    return expected is not None and hashlib.sha256(path.read_bytes()).hexdigest() != expected
