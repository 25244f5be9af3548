"""Compiled code kept in the user's cache: found again by a hash of all that it was made from, checked before use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from foedus.compile.interface import Interface
from foedus.compile.loops import planned
from foedus.compile.native import SPEED, WIDTH, Code, Processor, compiler, machine_code
from foedus.compile.schedule import NodeSchedule
from foedus.errors import InputError
from foedus.files import LOCK, whole

MOST_KEPT = 64
"""Files of compiled code that are kept, the latest used; each is about 2 MB."""


def shelved(stamp: str, traced: Callable[[], NodeSchedule]) -> Code:
    """Compiled code of a program, from the cache where it has been compiled before.

    stamp   tells what the program is made from; empty for a program that is compiled anew each time
    traced  makes the program
    """
    processor = Processor.here()
    place = _place(stamp, processor) if stamp else None
    if place is None:
        return Code.loaded(*machine_code(planned(traced()), processor))
    if (held := _read(place)) is None:
        with _alone(place):
            if (held := _read(place)) is None:
                held = machine_code(planned(traced()), processor)
                _write(place, *held)
    return Code.loaded(*held)


def on_shelf(stamp: str) -> bool:
    """Whether the cache has compiled code of a program."""
    return bool(stamp) and _place(stamp, Processor.here()).is_file()


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Have one process at a time make a file, so that the others read it; where nothing can be locked, all make it."""
    try:
        import fcntl

        place.parent.mkdir(parents=True, exist_ok=True)
        lock = (place.parent / LOCK).open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    except (ImportError, OSError):
        yield
        return
    with lock:  # closing it lets the next one in
        yield


def folder() -> Path:
    """Where compiled code is kept."""
    from platformdirs import user_cache_path

    return user_cache_path("foedus", appauthor=False) / "compiled"


def _place(stamp: str, processor: Processor) -> Path:
    """The file of a program, for this processor and compiler."""
    import llvmlite

    made = (stamp, processor, compiler().llvm_version_info, llvmlite.__version__, WIDTH, SPEED)
    return folder() / f"{hashlib.sha256(repr(made).encode()).hexdigest()[:32]}.code"


def _read(place: Path) -> tuple[Interface, bytes] | None:
    """What a file holds; None where there is none, or it is damaged."""
    try:
        digest, text, code = place.read_bytes().split(b"\n", 2)
    except (OSError, ValueError):
        return None
    if hashlib.sha256(text + code).hexdigest().encode() != digest:
        return None
    place.touch()
    return Interface.of(text.decode()), code


def _write(place: Path, interface: Interface, code: bytes) -> None:
    """Keep code, and no more than MOST_KEPT files; where the cache cannot be written, nothing."""
    text = interface.text().encode()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole(place) as file:
            file.write_bytes(hashlib.sha256(text + code).hexdigest().encode() + b"\n" + text + b"\n" + code)
        for old in sorted(place.parent.glob("*.code"), key=lambda path: path.stat().st_mtime)[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, InputError):
        return
