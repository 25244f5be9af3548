"""A run folder: what was run, and one part for each chunk, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import warn

import numpy as np
from numpy.typing import NDArray

from foedus.engine.measure import Group
from foedus.engine.record import Record
from foedus.errors import FoedusWarning, InputError, RunFolderError
from foedus.files import (
    LITTER,
    LOCK,
    TEMPORARY,
    Busy,
    cannot_write,
    locked,
    of_the_disk,
    write_text,
)
from foedus.frames import check_threads, read_parquet, scan_parquet
from foedus.study.belonging import MANIFEST, check_belongs, manifest_text, no_run, read_manifest
from foedus.study.manifest import describe
from foedus.study.shard import Shard
from foedus.study.span import Span
from foedus.study.study import Study

if TYPE_CHECKING:
    import polars as pl

SUMS = "sums.json"
"""File of a part that holds a hash of each of its tables, written last."""


@dataclass(frozen=True)
class RunFolder:
    """Where a run keeps its manifest and parts.

    A part bears the futures it holds in its name, so that a chunk cut short by the end of a run is never taken for
    the whole one when the run grows; what the manifest's number of futures does not call for is not read.
    """

    path: Path

    @property
    def name(self) -> str:
        """Its path, as messages call the run."""
        return str(self.path)

    def part(self, role: str, span: Span) -> Path:
        """Folder of one chunk."""
        return self.path / "parts" / role / span.name

    def done(self, role: str, span: Span) -> bool:
        """Whether a chunk was written."""
        return self.part(role, span).is_dir()

    def table(self, role: str, span: Span, table: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One table of a part; raise RunFolderError when it is damaged."""
        part = self.part(role, span)
        try:
            return read_parquet(part / f"{table}.parquet", columns)
        except Exception as error:
            if not of_the_disk(error):
                raise
            raise _damaged(part, f"{table}.parquet cannot be read") from error

    def scan(self, role: str, spans: Sequence[Span], table: str) -> pl.LazyFrame:
        """One table of several parts, one after another, read when and as far as it is needed."""
        return scan_parquet(self.part(role, span) / f"{table}.parquet" for span in spans)

    def values(self, role: str, span: Span, group: Group, measure: str, shape: tuple[int, ...]) -> NDArray[np.floating]:
        """One measure of a part, [Y, rows, F]; raise RunFolderError when it is damaged, or of another shape."""
        frame = self.table(role, span, group.value, [measure])
        if frame.height != np.prod(shape):
            raise _damaged(self.part(role, span), "holds other futures than its name says")
        return frame[measure].to_numpy().reshape(shape)

    @contextmanager
    def writing(self, study: Study, version: str, shard: Shard | None = None) -> Iterator[None]:
        """Create the folder, or check that it belongs to this study and let it grow to the futures asked for.

        shard  the only share of the chunks that is written; other processes may write other shares at the same time

        While the block lasts no other process writes the same. Parts that are damaged, left half done or not called
        for are removed at its start; a damaged one with a warning, since it is recomputed.

        Raises RunFolderError when it cannot be written, another process writes here, or it holds another scenario or
        more futures.
        """
        check_threads()
        manifest = self.path / MANIFEST
        if not manifest.exists() and self.path.is_dir() and not all(map(_ours, self.path.iterdir())):
            msg = f"{self.path}: is not empty and is no run folder. Name another with --out."
            raise RunFolderError(msg)
        with ExitStack() as stack:
            try:
                self.path.mkdir(parents=True, exist_ok=True)
                stack.enter_context(locked(self.path, shared=shard is not None))
                if shard is not None:
                    stack.enter_context(locked(self.path, f"{LOCK}-{shard.number}-of-{shard.of}"))
            except OSError as error:
                raise _cannot_write(self.path, error) from error
            except Busy as error:
                raise RunFolderError(str(error)) from None
            described = describe(study, version)
            if manifest.exists():
                check_belongs(self.name, self.manifest(), described, study.untold)
            if not manifest.exists() or shard is None:
                try:
                    write_text(manifest, manifest_text(described))
                except InputError as error:
                    raise RunFolderError(str(error)) from error
            elif self.manifest()["futures"] != described["futures"]:
                msg = f"{self.path}: its shares are of {self.manifest()['futures']:,} futures. Ask for as many in each."
                raise RunFolderError(msg)
            self._clean(study, shard)
            yield

    def _clean(self, study: Study, shard: Shard | None) -> None:
        """Remove damaged parts; and, where nobody else writes, those not called for and what was left half done."""
        if shard is not None:
            for role in study.roles:
                for chunk in shard.chunks(study.chunks()):
                    _check_part(self.part(role, study.span(chunk)))
            return
        for left in self.path.glob(f"{TEMPORARY}*"):
            left.unlink(missing_ok=True)
        called_for = {study.span(chunk).name for chunk in range(study.chunks())}
        for part in self.path.glob("parts/*/*"):
            if part.name in called_for:
                _check_part(part)
            else:
                shutil.rmtree(part, ignore_errors=True)

    def manifest(self) -> dict[str, Any]:
        """Read the manifest; raise RunFolderError when there is none, or one of another format."""
        try:
            text = (self.path / MANIFEST).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise no_run(self.name) from error
        return read_manifest(self.name, text)

    def tidy(self) -> None:
        """Remove what workers that were lost left half done; nobody else writes here."""
        for left in self.path.glob("parts/*/.*"):
            shutil.rmtree(left, ignore_errors=True)

    def write(self, role: str, chunk: int, record: Record, study: Study) -> None:
        """Write one chunk: into a hidden folder of its own first, renamed when whole."""
        from foedus.study.tables import write_tables

        final = self.part(role, study.span(chunk))
        if final.is_dir():  # another process was asked for it too
            return
        temporary = final.with_name(f".{final.name}-{uuid.uuid4().hex[:8]}")
        try:
            temporary.mkdir(parents=True)
            # what Polars writes is large: a buffer would only copy it
            sums = write_tables(role, chunk, record, study, lambda name: (temporary / name).open("wb", buffering=0))
            (temporary / SUMS).write_text(json.dumps(sums, indent=1, sort_keys=True), encoding="utf-8")
            _rename(temporary, final)
        except Exception as error:
            if not of_the_disk(error):
                raise
            raise _cannot_write(self.path, error) from error
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _ours(path: Path) -> bool:
    """Whether a file is one that a desktop, or a run killed before its manifest was there, may leave."""
    return path.name in LITTER or path.name.startswith((TEMPORARY, LOCK))


def damage(part: Path) -> str:
    """What is wrong with a part on disk; empty when every table is as it was written."""
    try:
        kept = json.loads((part / SUMS).read_text(encoding="utf-8"))
        found = _sums(part)
    except (OSError, ValueError):
        return "cannot be read whole"
    changed = sorted(name for name in {*kept, *found} if kept.get(name) != found.get(name))
    return f"{', '.join(changed)} {'is' if len(changed) == 1 else 'are'} damaged" if changed else ""


def _sums(part: Path) -> dict[str, str]:
    """Hash of each table of a part: reading costs a hundredth of computing."""
    found = {}
    for path in sorted(part.glob("*.parquet")):
        with path.open("rb") as handle:
            found[path.name] = hashlib.file_digest(handle, "sha256").hexdigest()
    return found


def _check_part(part: Path) -> None:
    """Remove a part that is damaged, with a warning."""
    if part.is_dir() and (why := damage(part)):
        warn(f"{part}: {why}; it is recomputed.", FoedusWarning, stacklevel=2)
        _remove(part)


def _remove(part: Path) -> None:
    """Remove a part whole or not at all, so that a stop half way leaves none that looks finished."""
    try:
        shutil.rmtree(part.rename(part.with_name(f".{part.name}-{uuid.uuid4().hex[:8]}")), ignore_errors=True)
    except OSError as error:
        raise _cannot_write(part, error) from error


def _rename(temporary: Path, final: Path) -> None:
    """Give a part its name; where another process was faster its bytes are the same, and stay."""
    try:
        temporary.replace(final)
    except OSError:
        if not final.is_dir():
            raise


def _damaged(part: Path, why: str) -> RunFolderError:
    return RunFolderError(f"{part}: {why}. Rerun the original command to recompute it.")


def _cannot_write(path: Path, error: Exception) -> RunFolderError:
    cure = "Finished parts stay, and the same command continues; or name another folder with --out."
    return RunFolderError(str(cannot_write(path, error, cure)))
