"""Tables read by Polars from the file of exactly one name: no pattern, no address, whatever the locale."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from foedus.errors import InputError

if TYPE_CHECKING:
    import polars as pl

_forked_late: list[bool] = []


def literal(path: Path) -> str:
    """A path that Polars takes for nothing else: it reads `file:x` as x and `s3:x` as an address, and names as UTF-8.

    Raises InputError for a name whose bytes are not UTF-8.
    """
    try:
        return os.fsencode(path.absolute()).decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"{path}: the name of the file, or of a folder above it, is not UTF-8 text. Name another"
        raise InputError(msg) from error


def _sources(paths: Iterable[Path]) -> list[str] | list[IO[bytes]]:
    """What Polars reads for paths: the paths, or the bytes of files where the name of one is not UTF-8."""
    held = list(paths)
    try:
        return [literal(path) for path in held]
    except InputError:
        opened: list[IO[bytes]] = [BytesIO(path.read_bytes()) for path in held]
        return opened


def read_parquet(path: Path, columns: list[str] | None = None) -> pl.DataFrame:
    """Read the Parquet file of exactly this name."""
    import polars as pl

    check_threads()
    return pl.read_parquet(_sources([path]), columns=columns, glob=False)


def scan_parquet(paths: Iterable[Path]) -> pl.LazyFrame:
    """Read Parquet files of exactly these names, one after another, when and as far as they are needed."""
    import polars as pl

    check_threads()
    return pl.scan_parquet(_sources(paths), glob=False)


def read_csv(path: Path, **options: Any) -> pl.DataFrame:
    """Read the CSV file of exactly this name; `options` are Polars' own."""
    import polars as pl

    return pl.read_csv(_sources([path])[0], glob=False, **options)


def check_threads() -> None:
    """Raise InputError in a process that was forked from one whose Polars had begun to work: it would wait for ever.

    A fork leaves threads behind. Called before Polars is first used for a run, so that a pool that cannot work says so.
    """
    if _forked_late:
        msg = (
            "this process was forked from one in which Polars had threads, and a fork leaves those behind. Begin the "
            'pool before the first run or table, or with multiprocessing.get_context("spawn")'
        )
        raise InputError(msg)


def _note_threads() -> None:
    """Before a fork: note whether Polars has threads, which the child will lack; Linux alone can tell."""
    with suppress(OSError):
        names = (x.read_text(encoding="utf-8", errors="replace") for x in Path("/proc/self/task").glob("*/comm"))
        _forked_late[:] = [True] if any(re.match(r"polars-\d", name) for name in names) else []


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_note_threads, after_in_parent=_forked_late.clear)
