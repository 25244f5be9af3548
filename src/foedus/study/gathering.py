"""Parts of one run that were computed in several places, brought into one folder."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from foedus.engine.keeping import EVERYTHING
from foedus.errors import InputError, RunFolderError
from foedus.files import Busy, cannot_write, locked, write_text
from foedus.study.belonging import MANIFEST, manifest_text
from foedus.study.folder import RunFolder, damage
from foedus.study.span import spans_of


def gather(folders: Sequence[Path], out: Path) -> tuple[RunFolder, int]:
    """Copy the parts of run folders of one run into one; return it, and how many parts were copied.

    folders  run folders of the same run, whatever shares of it they hold; they stay as they are
    out      run folder, made when absent; what it holds of the run stays

    Parts that it does not call for, or that are damaged, are not copied. Called again, it copies what is new.

    Raises RunFolderError for folders of other runs, damaged parts, and a place that cannot be written.
    """
    manifests = [RunFolder(folder).manifest() for folder in folders]
    if (out / MANIFEST).exists():
        manifests.insert(0, RunFolder(out).manifest())
        folders = [out, *folders]
    first = manifests[0]
    for folder, manifest in zip(folders, manifests, strict=True):
        for name, what in (("digest", "run"), ("futures", "number of futures"), ("kept", "choice of measures")):
            missing = EVERYTHING.told() if name == "kept" else None
            if manifest.get(name, missing) != first.get(name, missing):
                msg = f"{folder}: is of another {what} than {folders[0]}, so that their parts do not go together."
                raise RunFolderError(msg)
    with ExitStack() as stack:
        try:
            out.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(out))
            if not (out / MANIFEST).exists():
                write_text(out / MANIFEST, manifest_text(first))
        except Busy as error:
            raise RunFolderError(str(error)) from None
        except (OSError, InputError) as error:
            raise RunFolderError(str(cannot_write(out, error))) from error
        called_for = [span.name for span in spans_of(int(first["futures"]), int(first["chunk"]))]
        copied = 0
        for folder in folders:
            for role in first["roles"]:
                for name in called_for:
                    copied += _copied(folder / "parts" / role / name, out / "parts" / role / name)
    return RunFolder(out), copied


def _copied(part: Path, final: Path) -> bool:
    """Copy a part, whole or not at all; False where there is none, or it is there already."""
    if not part.is_dir() or final.is_dir():
        return False
    if why := damage(part):
        msg = f"{part}: {why}. Run its share again, then gather again."
        raise RunFolderError(msg)
    temporary = final.with_name(f".{final.name}-{uuid.uuid4().hex[:8]}")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(part, temporary)
        temporary.replace(final)
    except OSError as error:
        raise RunFolderError(str(cannot_write(final, error, "Called again, it goes on."))) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return True
