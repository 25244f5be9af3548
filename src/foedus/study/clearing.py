"""Taking away a run folder so that another run can have its place: only what is a run of Foedus, and whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from foedus.errors import RunFolderError
from foedus.files import LITTER, LOCK, TEMPORARY, Busy, cannot_write, locked
from foedus.study.belonging import MANIFEST

OURS = (MANIFEST, "parts", "report.html", LOCK)
"""What a run folder holds; with temporary files, all that a run and its report leave there."""

MARKS = ("format", "foedus", "digest", "scenario", "roles")
"""Keys of every manifest, of this and earlier formats."""


def replace_run(folder: Path) -> None:
    """Empty a run folder, of whatever run and format, so that another run can be written there.

    A folder that is not there, or is empty, is left as it is. Nothing is removed unless everything there is a run's.

    Raises RunFolderError for a place that is no run folder, one that holds other files as well, and one where another
    process is running.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        msg = f"{folder}: is a file, not a run folder, and is not replaced. Name another place with --out."
        raise RunFolderError(msg)
    held = sorted(path.name for path in folder.iterdir())
    if all(name in LITTER for name in held):
        return
    if not _is_run(folder):
        msg = f"{folder}: is no run folder of Foedus, so --force does not replace it. Name another with --out."
        raise RunFolderError(msg)
    if others := [name for name in held if name not in (*OURS, *LITTER) and not name.startswith((TEMPORARY, LOCK))]:
        msg = f"{folder}: holds {', '.join(others[:4])} as well, which no run wrote, so --force does not replace it. "
        raise RunFolderError(msg + "Move that away, or name another folder with --out.")
    try:
        with locked(folder):
            (folder / MANIFEST).unlink()
            for name in held:
                _remove(folder / name)
    except Busy as error:
        raise RunFolderError(str(error)) from None
    except OSError as error:
        raise RunFolderError(str(cannot_write(folder, error, "Name another folder with --out."))) from error


def _is_run(folder: Path) -> bool:
    """Whether a folder has a manifest with the keys of every run."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and all(key in manifest for key in MARKS)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.name != LOCK:
        path.unlink(missing_ok=True)
