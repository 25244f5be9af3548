"""Runs a brief reads: kept in the user's cache under what they depend on, so that the same question is run once."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from warnings import warn

from foedus.errors import FoedusWarning, RunFolderError
from foedus.files import Busy, locked
from foedus.results import Results
from foedus.study import RunFolder, Study
from foedus.study.belonging import MANIFEST
from foedus.study.folder import damage
from foedus.study.memory import Rooms
from foedus.study.workers import Compute, Worker, computed_here, forks
from foedus.version import __version__

MOST_KEPT = 1 << 30
"""Bytes of runs kept in the cache; at the default number of futures one takes about 8 MB."""

LEFT_AFTER = 3600.0
"""Seconds after which a folder that no process holds counts as left by one that was killed."""


@dataclass(frozen=True)
class Ran:
    """A study that was run, with its results."""

    name: str
    study: Study
    results: Results

    @property
    def digest(self) -> str:
        """Hash of everything its futures depend on."""
        return self.study.digest

    @property
    def path(self) -> Path:
        """Its run folder."""
        return self.results.folder.path


def cache_folder() -> Path:
    """Where runs are kept: `briefs` in the user's cache directory for Foedus."""
    from platformdirs import user_cache_path

    return user_cache_path("foedus", appauthor=False) / "briefs"


def ran(studies: Mapping[str, Study], threads: int = 2, done: Callable[[str], None] | None = None) -> dict[str, Ran]:
    """Return studies with their results, running those that are not kept, side by side.

    studies  by name
    done     called with each name when its results are there

    Raises RunFolderError when the cache cannot be written.
    """
    missing = {name: study for name, study in studies.items() if not kept(study) or _was_damaged(study)}

    def one(name: str) -> Ran:
        study = studies[name]
        if name in missing:
            _run_into_cache(study, computes[name])
        found = Ran(name, study, Results.open(_folder(study)))
        os.utime(found.path)
        if done:
            done(name)
        return found

    with _crew(missing, threads) as computes, ThreadPoolExecutor(max(threads, 1)) as pool:
        found = dict(zip(studies, pool.map(one, studies), strict=True))
    if missing:
        _forget_oldest({ran.path for ran in found.values()})
    return found


def cached() -> list[tuple[Path, int]]:
    """Runs in the cache with their sizes in bytes, that read last first."""
    return [(path, _size(path)) for path in sorted(_runs(), key=lambda path: -path.stat().st_mtime)]


def clear_cache() -> int:
    """Remove every run from the cache that no process is writing now; return how many bytes that frees."""
    freed = sum(_forget(path) for path, _ in cached())
    return freed + _sweep(0.0)


def _forget_oldest(used: set[Path]) -> None:
    """Remove the runs that were read longest ago, beyond MOST_KEPT; those `used` now stay."""
    total = 0
    for path, size in cached():
        total += size
        if total > MOST_KEPT and path not in used:
            _forget(path)
    _sweep(LEFT_AFTER)


def _runs() -> Iterator[Path]:
    """Folders of whole runs."""
    folder = cache_folder()
    found = folder.iterdir() if folder.is_dir() else ()
    return (path for path in found if not path.name.startswith(".") and (path / MANIFEST).is_file())


def _sweep(age: float) -> int:
    """Remove what killed processes left half done, if it is older than `age` seconds; return the bytes."""
    freed, folder = 0, cache_folder()
    for path in folder.glob(".*/") if folder.is_dir() else ():
        with suppress(OSError, Busy):
            if time.time() - path.stat().st_mtime >= age:
                with locked(path):
                    pass
                freed += _forget(path)
    return freed


def _forget(path: Path) -> int:
    """Remove a folder under another name first, so that none is ever half there; return its size in bytes."""
    size = _size(path)
    with suppress(OSError):
        gone = path.rename(path.with_name(f".gone-{uuid.uuid4().hex[:12]}"))
        shutil.rmtree(gone, ignore_errors=True)
    return size


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _was_damaged(study: Study) -> bool:
    """Whether a kept run has damaged parts; it is then removed, with a warning, since it is run again."""
    folder = RunFolder(_folder(study))
    for chunk in range(study.chunks()):
        part = folder.part("posture", study.span(chunk))
        if why := damage(part):
            warn(f"{part}: {why}; it is recomputed.", FoedusWarning, stacklevel=3)
            _forget(folder.path)
            return True
    return False


def kept(study: Study) -> bool:
    """Whether the results of a study are in the cache."""
    return _folder(study).is_dir()


@contextmanager
def _crew(studies: Mapping[str, Study], threads: int) -> Iterator[dict[str, Compute]]:
    """Give what computes chunks of each study: a process of its own where `forks` says so, else this one.

    All are forked before any thread starts, and only as many compute at once as there are threads to ask them.
    """
    count, crew = min(threads, len(studies)), list[Worker]()
    computes: dict[str, Compute] = {}
    try:
        for name, study in studies.items():
            if forks(study, count):
                crew.append(Worker(study, Rooms(study.prepared(), 1, shared=True), crew))
                computes[name] = crew[-1].compute
            else:
                computes[name] = computed_here(study)
        yield computes
    finally:
        for worker in crew:
            worker.stop()


def _run_into_cache(study: Study, compute: Compute) -> None:
    """Run into a folder of its own and rename it when whole: two processes may do so at once, and one stays."""
    final = _folder(study)
    own = final.with_name(f".{final.name}-{uuid.uuid4().hex[:8]}")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        folder = RunFolder(own)
        with folder.writing(study, __version__):
            for chunk in range(study.chunks()):
                with compute("posture", chunk) as record:
                    folder.write("posture", chunk, record, study)
        if not final.is_dir():
            own.rename(final)
    except (OSError, RunFolderError) as error:
        if not final.is_dir():
            msg = f"{final.parent}: runs cannot be kept here ({error}). Set XDG_CACHE_HOME to another folder."
            raise RunFolderError(msg) from error
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _folder(study: Study) -> Path:
    """Folder of a study: its digest and the number of futures."""
    return cache_folder() / f"{study.digest}-{study.scenario.futures}"
