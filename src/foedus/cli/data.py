"""The data command: what research files can be had and how, fetching them, and adding one's own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from foedus.cli.console import said
from foedus.cli.output import print_json
from foedus.errors import FoedusError, InputError
from foedus.files import place
from foedus.panels.files import ENVIRONMENT
from foedus.panels.route.adding import Added, add_file
from foedus.panels.route.getting import get_file, recorded, wanted
from foedus.panels.route.sources import FileSource


def get_data(names: Sequence[str], data: Path | None, *, mirror: str, yes: bool, replace: bool, as_json: bool) -> None:
    """Show what would be fetched, from where and on which terms; after consent, fetch it and add it to the folder."""
    from platformdirs import user_cache_path

    folder = _folder(data)
    chosen = wanted(names, folder)
    if not chosen:
        said(f"{folder}: holds every file that can be fetched; foedus panel --files lists it")
        return
    if not as_json or not yes:
        for origin in chosen:
            _show(origin, folder, mirror)
    if not yes and not _agreed(len(chosen)):
        return
    done, failed = [], []
    for origin in chosen:
        try:
            added = get_file(origin, folder, cache=user_cache_path("foedus") / "data", mirror=mirror, replace=replace)
        except FoedusError as error:
            failed.append(f"{error}")
            continue
        done.append(added)
        if not as_json:
            _tell(added)
    if as_json:
        print_json({"folder": str(folder), "added": [_plain(a) for a in done], "failed": failed})
    if failed:
        msg = f"{len(failed)} of {len(chosen)} files were not added. " + " ".join(failed)
        raise InputError(msg)


def add_data(file: Path, data: Path | None, *, name: str | None, replace: bool, as_json: bool) -> None:
    """Add a publisher's file to the folder, and say what it became."""
    added = add_file(file, _folder(data), name=name, replace=replace)
    if as_json:
        print_json(_plain(added))
    else:
        _tell(added)


def _folder(data: Path | None) -> Path:
    import os

    named = data or os.environ.get(ENVIRONMENT)
    if not named:
        msg = f"no data folder: give --data DIR, which is made if there is none, or set {ENVIRONMENT}"
        raise InputError(msg)
    return place(named)


def _show(origin: FileSource, folder: Path, mirror: str) -> None:
    if not origin.url:
        sys.stderr.write(f"{origin.name}: no mirror has it. {origin.by_hand} From {origin.page}\n")
        return
    digest = recorded(folder, origin)
    kept = f"sha256 {digest}" if digest else "no digest is known: the first fetch records one"
    url = f"{mirror.rstrip('/')}/{origin.file}" if mirror else origin.url
    lines = (origin.name, f"  from {url}", f"  terms: {origin.licence}", f"  cite: {origin.citation}", f"  {kept}")
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def _agreed(count: int) -> bool:
    """Ask; where nobody can answer, refuse."""
    if not sys.stdin.isatty():
        msg = "nothing was fetched: give --yes to agree to the terms above"
        raise InputError(msg)
    sys.stderr.write(f"Fetch {count} files on these terms? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _tell(added: Added) -> None:
    said(f"{added.path}: {added.rows:,} rows, {added.years[0]}-{added.years[1]}")
    for note in added.notes:
        sys.stderr.write(f"{note}\n")


def _plain(added: Added) -> dict[str, object]:
    return asdict(added) | {"path": str(added.path)}
