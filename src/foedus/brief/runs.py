"""Runs a brief reads: kept in the user's cache under what they depend on, so that the same question is run once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import RunFolderError
from foedus.results import Results
from foedus.study import RunFolder, Study
from foedus.study.folder import MANIFEST
from foedus.study.memory import Rooms, can_fork
from foedus.study.workers import Compute, Worker, computed_here
from foedus.version import __version__

MOST_KEPT = 100
"""Runs kept in the cache, about 8 MB each at the default number of futures."""


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
    missing = {name: study for name, study in studies.items() if not kept(study)}

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
        _forget_oldest()
    return found


def _forget_oldest() -> None:
    """Remove the runs that were read longest ago, beyond MOST_KEPT."""
    runs = [path for path in cache_folder().iterdir() if (path / MANIFEST).is_file() and not path.name.startswith(".")]
    for path in sorted(runs, key=lambda path: -path.stat().st_mtime)[MOST_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def kept(study: Study) -> bool:
    """Whether the results of a study are in the cache."""
    return _folder(study).is_dir()


@contextmanager
def _crew(studies: Mapping[str, Study], threads: int) -> Iterator[dict[str, Compute]]:
    """Give what computes chunks of each study: a forked process for each on Linux, this process elsewhere.

    All are forked before any thread starts, and only as many compute at once as there are threads to ask them.
    """
    if threads < 2 or len(studies) < 2 or not can_fork():
        yield {name: computed_here(study) for name, study in studies.items()}
        return
    crew: list[Worker] = []
    try:
        for study in studies.values():
            crew.append(Worker(study, Rooms(study.prepared(), 1), crew))
        yield dict(zip(studies, (worker.compute for worker in crew), strict=True))
    finally:
        for worker in crew:
            worker.stop()


def _run_into_cache(study: Study, compute: Compute) -> None:
    """Run into a folder of its own and rename it when whole: two processes may do so at once, and one stays."""
    final = _folder(study)
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        own = Path(tempfile.mkdtemp(prefix=f".{final.name}-", dir=final.parent))
    except OSError as error:
        msg = f"{final.parent}: runs cannot be kept here ({error.strerror}). Free some space or set XDG_CACHE_HOME."
        raise RunFolderError(msg) from error
    try:
        folder = RunFolder(own)
        folder.open(study, __version__)
        for chunk in range(study.chunks()):
            with compute("posture", chunk) as record:
                folder.write("posture", chunk, record, study, study.parameters(chunk))
        if not final.is_dir():
            own.replace(final)
    except OSError as error:
        if not final.is_dir():
            msg = f"{final}: cannot be written ({error.strerror})"
            raise RunFolderError(msg) from error
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _folder(study: Study) -> Path:
    """Folder of a study: its digest and the number of futures."""
    return cache_folder() / f"{study.digest}-{study.scenario.futures}"
