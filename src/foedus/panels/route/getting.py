"""Research files fetched from a public mirror: shown first, kept in a cache, checked, put into the data folder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from foedus.errors import DataError, InputError, UnknownName
from foedus.files import place
from foedus.panels.manifest import MANIFEST
from foedus.panels.route.adding import Added, add_file
from foedus.panels.route.sources import FileSource, origins


def wanted(names: Iterable[str], folder: Path | str) -> tuple[FileSource, ...]:
    """Return how to get the files named; without a name, those of the folder's that are missing and can be fetched.

    Raises UnknownName for an undeclared name.
    """
    from foedus.panels.files import DataFolder

    known, data = origins(), place(folder)
    listed = list(dict.fromkeys(names))
    for name in listed:
        if name not in known:
            raise UnknownName("research file", name, known)
    if listed:
        return tuple(known[name] for name in listed)
    held = DataFolder(data) if data.is_dir() else None
    return tuple(o for o in known.values() if o.url and (held is None or held.find(o.name) is None))


def get_file(origin: FileSource, folder: Path | str, *, cache: Path, mirror: str = "", replace: bool = False) -> Added:
    """Fetch one file into the cache, or take it from there, and add it to the data folder.

    cache    where fetched files stay, so that a fetch that was stopped goes on with the next file
    mirror   another address under which the mirrors' files lie, in place of their own
    replace  put it in the place of one that is there

    A file whose digest the manifest holds must have that digest. Raises InputError where there is no mirror or it does
    not answer, DataError as `add_file` does.
    """
    if not origin.url:
        msg = f"{origin.name}: no mirror has it. {origin.by_hand} Its publisher: {origin.page}"
        raise InputError(msg)
    try:
        import pooch  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        msg = 'fetching needs pooch: pip install "foedus[data]"'
        raise InputError(msg) from error
    url = f"{mirror.rstrip('/')}/{origin.file}" if mirror else origin.url
    digest = recorded(place(folder), origin)
    pooch.get_logger().setLevel("ERROR")
    try:
        fetched = pooch.retrieve(
            url, known_hash=f"sha256:{digest}" if digest else None, fname=origin.file, path=cache / origin.name
        )
    except (OSError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        msg = f"{origin.name}: cannot be had from {url} ({why})"
        raise InputError(msg) from error
    return add_file(fetched, folder, name=origin.name, replace=replace, source=url)


def recorded(folder: Path, origin: FileSource) -> str:
    """Return the digest that the manifest holds of the file as it was fetched; empty where none was.

    That of a file which the user added does not count: a publisher's own form is another file.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return ""
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{MANIFEST}: not a readable manifest ({error})"
        raise DataError(msg) from error
    for record in body.get("dataset", []):
        source = str(record.get("source", ""))
        if record.get("name") == origin.name and source.startswith("http") and source.endswith(f"/{origin.file}"):
            return str(record.get("source_sha256", ""))
    return ""
