"""Where a run is kept, by what its place is called: a folder of this machine, or a URL."""

from __future__ import annotations

import re
from pathlib import Path

from foedus.files import place
from foedus.study.folder import RunFolder
from foedus.study.remote import RemoteFolder

Store = RunFolder | RemoteFolder

URL = re.compile(r"([a-z][a-z0-9+.-]+):/+(.+)")
"""Scheme and rest; a path made of a URL has lost a slash."""


def url_of(out: Path | str) -> str:
    """The URL that a place is, in full; empty for a path."""
    if (found := URL.fullmatch(str(out))) is None:
        return ""
    scheme, rest = found.groups()
    return f"{scheme}://{'/' if scheme in ('file', 'local') else ''}{rest}"


def store_at(out: Path | str) -> Store:
    """The run folder, or the run at a URL, that a place is."""
    url = url_of(out)
    return RemoteFolder(url) if url else RunFolder(place(out))
