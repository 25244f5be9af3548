"""Where anything is written or found on disk: paths as they stand, files whole or not at all, one writer a folder."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from foedus.errors import InputError

TEMPORARY = ".foedus-"
"""How the name of a file begins that is not whole yet. It lies beside the file it will be."""

LOCK = ".lock"
"""File of a folder that the process which writes there holds locked; it stays, and means nothing by itself."""


LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that a desktop leaves in any folder it shows: they mean nothing, and a folder with no other is empty."""


class Busy(InputError):
    """Another process writes in this folder now."""


def place(path: Path | str) -> Path:
    """The path a user means: `~` is the home folder, and brackets, stars and question marks are plain letters.

    In a locale without UTF-8 a name keeps its bytes, UTF-8, as the system shows them in other locales.
    """
    found = os.path.expanduser(path)  # noqa: PTH111 - unlike Path.expanduser, leaves "~draft.csv" as it is
    try:
        os.fsencode(found)
    except UnicodeEncodeError:
        found = os.fsdecode(found.encode("utf-8", "surrogateescape"))
    return Path(found)


def readable(text: str) -> str:
    """A text as a reader sees it: bytes of a file's name that the locale could not read are read as UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextmanager
def whole(path: Path | str) -> Iterator[Path]:
    """Give a name of its own beside `path` to write under; once the block ends, that file takes the place of `path`.

    What stood there stays until then, and stays if the block fails, so that readers and other writers never meet half
    a file: of two who write one name at once, one stays. A symbolic link is followed, and permissions are those of a
    plain write. What is no file (`/dev/null`, a pipe) is written directly. Nothing is forced to the disk: a file lost
    in a crash of the machine is recognised when it is read, and costs less to make again than each write would.

    Raises InputError, with what the system says, when there is no such folder or it cannot be written.
    """
    target = place(path)
    try:
        final, mode = _target(target)
        if mode is not None and not stat.S_ISREG(mode):
            yield final
            return
        own = final.with_name(f"{TEMPORARY}{uuid.uuid4().hex[:12]}{final.suffix}")
        try:
            yield own
            if mode is not None:
                own.chmod(stat.S_IMODE(mode))
            own.replace(final)
        finally:
            own.unlink(missing_ok=True)
    except Exception as error:
        if of_the_disk(error):
            raise cannot_write(target, error) from error
        raise


def write_text(path: Path | str, text: str) -> Path:
    """Write text as UTF-8, whole or not at all, and return the path; raise InputError as `whole` does."""
    with whole(path) as own:
        own.write_text(readable(text), encoding="utf-8")
    return place(path)


def write_bytes(path: Path | str, body: bytes) -> Path:
    """Write bytes, whole or not at all, and return the path; raise InputError as `whole` does."""
    with whole(path) as own:
        own.write_bytes(body)
    return place(path)


PAGE = (".html", ".htm")
"""How the name of a page ends."""


def check_place(path: Path | str, endings: Sequence[str] = ()) -> Path:
    """Raise InputError, as `whole` would, where a file cannot be written; asked before long work, so none is lost.

    endings  with which the name may end, in either case, or with none: of what is written whatever the name says
    """
    target = place(path)
    if endings and target.suffix and target.suffix.lower() not in endings:
        msg = f'{target}: the ending is "{target.suffix}"; what is written is {endings[0]}'
        raise InputError(msg)
    try:
        final, mode = _target(target)
        if mode is None or stat.S_ISREG(mode):
            own = final.with_name(f"{TEMPORARY}{uuid.uuid4().hex[:12]}")
            own.touch()
            own.unlink()
    except OSError as error:
        raise cannot_write(target, error) from error
    return target


def _target(path: Path) -> tuple[Path, int | None]:
    """What a path stands for once links are followed, and its mode if it exists; raise OSError where none may write."""
    final = Path(os.path.realpath(path))  # Path.resolve raises RuntimeError for a link to itself, before Python 3.13
    try:
        mode = final.stat().st_mode
    except FileNotFoundError:
        if not final.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, f"there is no folder {path.parent}") from None
        return final, None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "a folder of that name is there")
    if not os.access(final, os.W_OK):
        raise PermissionError(errno.EACCES, "the file there may not be changed")
    return final, mode


def of_the_disk(error: BaseException) -> bool:
    """Whether an error is of writing: the system's own, or Polars' word for one."""
    from polars.exceptions import PolarsError

    return isinstance(error, (OSError, PolarsError))


def cannot_write(path: Path, error: Exception, cure: str = "") -> InputError:
    """The one sentence for a place that cannot be written; `cure` is what to do, where that is not plain."""
    why = getattr(error, "strerror", None) or " ".join(str(error).split())
    if not isinstance(error, OSError) and "No space left" not in why and _no_room(path):
        why = os.strerror(errno.ENOSPC)
    full = getattr(error, "errno", None) == errno.ENOSPC or "No space left" in why
    cure = " ".join(x for x in ("Free some space." if full else "", cure) if x)
    return InputError(f"{path}: cannot be written: {why}{'. ' + cure if cure else ''}")


ROOM = 65_536
"""Bytes free on a disk below which a write that failed without saying why is put down to that."""


def _no_room(path: Path) -> bool:
    """Whether the disk of a place is full: Polars' word for it depends on which part of a file no longer fitted."""
    held = next((place for place in (path, *path.parents) if place.exists()), path)
    try:
        return shutil.disk_usage(held).free < ROOM
    except OSError:
        return False


_held: set[int] = set()


@contextmanager
def locked(folder: Path, name: str = LOCK, *, shared: bool = False) -> Iterator[None]:
    """Be the only process that writes in a folder while the block lasts.

    name    of the file that is locked, so that parts of a folder can have locks of their own
    shared  beside others who ask for it shared, and nobody who does not

    The lock is the system's: it ends with the process, so a dead one never blocks. It is not handed to forked
    children. Where a file system knows no locks, nothing is checked.

    Raises Busy when another process, or another thread of this one, holds it; OSError when it cannot be written.
    """
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        _held.add(handle)
        if not _lock(handle, shared=shared):
            msg = f"{folder}: another process is running here. Wait until it ends, or name another folder."
            raise Busy(msg)
        yield
    finally:
        if handle in _held:
            _held.discard(handle)
            os.close(handle)


def _lock(handle: int, *, shared: bool) -> bool:
    """Lock an open file without waiting; False when another holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            if shared:
                return True  # there are no shared locks of this kind
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        if error.errno in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL):
            return True
        raise
    return True


def _let_go() -> None:
    """In a forked child: close what the parent holds, or the lock would outlive the parent."""
    for handle in _held:
        with suppress(OSError):
            os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
