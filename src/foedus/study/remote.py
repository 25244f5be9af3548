"""A run in an object store or any other place that fsspec reaches by a URL: `s3://bucket/run`, `memory://run`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import warn

import numpy as np
from numpy.typing import NDArray

from foedus.engine.measure import Group
from foedus.engine.record import Record
from foedus.errors import FoedusWarning, InputError, RunFolderError
from foedus.files import of_the_disk
from foedus.frames import check_threads
from foedus.study.belonging import MANIFEST, check_belongs, manifest_text, no_run, read_manifest
from foedus.study.folder import SUMS
from foedus.study.manifest import describe
from foedus.study.shard import Shard
from foedus.study.span import Span
from foedus.study.study import Study

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class RemoteFolder:
    """A run at a URL. A part is finished once its hashes are there, which are written last: stores cannot rename.

    Nothing keeps two processes from writing one run at the same time; what they write is the same.
    """

    url: str

    @property
    def path(self) -> Path | None:
        """None: it is on no disk of this machine."""
        return None

    @property
    def name(self) -> str:
        """Its URL, as messages call the run."""
        return self.url

    @cached_property
    def _at(self) -> tuple[Any, str]:
        """File system, and the folder's path in it."""
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            msg = f'{self.url}: a URL needs the package fsspec: pip install "foedus[cluster]"'
            raise InputError(msg) from None
        try:
            system, path = url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            msg = f"{self.url}: cannot be reached ({' '.join(str(error).split())})"
            raise InputError(msg) from error
        return system, str(path).rstrip("/")

    def _file(self, *names: str) -> str:
        return "/".join((self._at[1], *names))

    def _read(self, *names: str) -> bytes:
        found: bytes = self._at[0].cat_file(self._file(*names))
        return found

    def _put(self, data: bytes, *names: str) -> None:
        system, path = self._at[0], self._file(*names)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        system.pipe_file(path, data)

    def manifest(self) -> dict[str, Any]:
        """Read the manifest; raise RunFolderError when there is none, or one of another format."""
        try:
            text = self._read(MANIFEST).decode("utf-8")
        except (OSError, ValueError) as error:
            raise no_run(self.name) from error
        return read_manifest(self.name, text)

    @cached_property
    def _finished(self) -> set[str]:
        """Parts that are finished, as `role/span`: listed once, then kept in step with what is written here."""
        found = self._at[0].glob(self._file("parts", "*", "*", SUMS))
        return {"/".join(str(path).split("/")[-3:-1]) for path in found}

    def done(self, role: str, span: Span) -> bool:
        """Whether a chunk was written."""
        return f"{role}/{span.name}" in self._finished

    def table(self, role: str, span: Span, table: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One table of a part; raise RunFolderError when it is damaged."""
        import polars as pl

        check_threads()
        try:
            return pl.read_parquet(
                io.BytesIO(self._read("parts", role, span.name, f"{table}.parquet")), columns=columns
            )
        except Exception as error:
            if not of_the_disk(error):
                raise
            raise self._damaged(role, span, f"{table}.parquet cannot be read") from error

    def scan(self, role: str, spans: Sequence[Span], table: str) -> pl.LazyFrame:
        """One table of several parts, one after another; a part is fetched when the frame is collected."""
        from polars.io.plugins import register_io_source

        schema = self.table(role, spans[0], table).schema

        def parts(
            columns: list[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            for span in spans:
                frame = self.table(role, span, table)
                if predicate is not None:
                    frame = frame.filter(predicate)
                if most is not None:
                    frame, most = frame.head(most), max(most - frame.height, 0)
                yield frame if columns is None else frame.select(columns)

        return register_io_source(parts, schema=schema)

    def values(self, role: str, span: Span, group: Group, measure: str, shape: tuple[int, ...]) -> NDArray[np.floating]:
        """One measure of a part, [Y, rows, F]; raise RunFolderError when it is damaged, or of another shape."""
        frame = self.table(role, span, group.value, [measure])
        if frame.height != np.prod(shape):
            raise self._damaged(role, span, "holds other futures than its name says")
        return frame[measure].to_numpy().reshape(shape)

    @contextmanager
    def writing(self, study: Study, version: str, shard: Shard | None = None) -> Iterator[None]:
        """Write the manifest, or check that what is there belongs to this study; arguments and errors of a folder's.

        Damaged parts among those that this process is to write are found by their hashes, and computed again.
        """
        check_threads()
        described = describe(study, version)
        try:
            if self._at[0].exists(self._file(MANIFEST)):
                check_belongs(self.name, self.manifest(), described, study.untold)
            elif self._at[0].exists(self._at[1]) and self._at[0].ls(self._at[1]):
                msg = f"{self.url}: is not empty and is no run. Name another with --out."
                raise RunFolderError(msg)
            self._put(manifest_text(described).encode(), MANIFEST)
            own = range(study.chunks()) if shard is None else shard.chunks(study.chunks())
            for role in study.roles:
                for chunk in own:
                    self._check(role, study.span(chunk))
        except OSError as error:
            raise self._cannot_write(error) from error
        yield

    def _check(self, role: str, span: Span) -> None:
        """Forget a part that is damaged, with a warning."""
        if not self.done(role, span):
            return
        try:
            sums = json.loads(self._read("parts", role, span.name, SUMS))
            right = all(sha256(self._read("parts", role, span.name, name)).hexdigest() == sums[name] for name in sums)
        except (OSError, ValueError):
            right = False
        if not right:
            warn(f"{self._file('parts', role, span.name)}: is damaged; it is recomputed.", FoedusWarning, stacklevel=2)
            self._finished.discard(f"{role}/{span.name}")

    def write(self, role: str, chunk: int, record: Record, study: Study) -> None:
        """Write one chunk: its tables, and last the hashes by which it counts as finished."""
        from foedus.study.tables import write_tables

        span = study.span(chunk)

        @contextmanager
        def opened(name: str) -> Iterator[io.BytesIO]:
            file = io.BytesIO()
            yield file
            self._put(file.getvalue(), "parts", role, span.name, name)

        try:
            sums = write_tables(role, chunk, record, study, opened)
            self._put(json.dumps(sums, indent=1, sort_keys=True).encode(), "parts", role, span.name, SUMS)
        except OSError as error:
            raise self._cannot_write(error) from error
        if "_finished" in vars(self):
            self._finished.add(f"{role}/{span.name}")

    def tidy(self) -> None:
        """Nothing is left half done that would be read."""

    def _damaged(self, role: str, span: Span, why: str) -> RunFolderError:
        return RunFolderError(f"{self.url}: part {role}/{span.name} {why}. Rerun the original command to recompute it.")

    def _cannot_write(self, error: OSError) -> RunFolderError:
        why = getattr(error, "strerror", None) or " ".join(str(error).split())
        return RunFolderError(
            f"{self.url}: cannot be written: {why}. Finished parts stay, and the same command continues."
        )
