"""The files of the page, read once: no request reaches the file system."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from fastapi.responses import Response

from foedus.app import stored
from foedus.app.catalogue import start_page
from foedus.charts import NIGHT, outlines

PAGE = Path(__file__).with_name("page")

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

SNIPPET = "globalThis.vegaEmbed = vegaEmbed;"
"""What the bundle of Vega's scripts does: hand the one function that the page calls to its modules."""


def _vega() -> str:
    """The Vega scripts that vl-convert ships, as one module."""
    import altair as alt
    import vl_convert

    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    return str(vl_convert.javascript_bundle(SNIPPET, version))


def _outlines() -> str:
    """Outlines of states by iso3, for maps."""
    return json.dumps({shape["id"]: shape for shape in outlines()})


def _night() -> str:
    """Colours of charts on a dark ground, as a module."""
    return f"export const NIGHT = {json.dumps(NIGHT)};\n"


MADE: dict[str, tuple[Callable[[], str], str]] = {
    "vega.js": (_vega, "text/javascript"),
    "night.js": (_night, "text/javascript"),
    "outlines.json": (_outlines, "application/json"),
    "stored.json": (stored.text, "application/json"),
}
"""Files that are made and not kept: what makes each, and its type."""

LASTING = ("vega.js", "outlines.json")
"""Files that a browser may keep for a day."""


@cache
def names() -> frozenset[str]:
    """Every file that can be asked for."""
    return frozenset({path.name for path in PAGE.iterdir() if path.suffix in TYPES} | set(MADE))


@cache
def _held(name: str) -> tuple[bytes, str]:
    """Bytes and type of a file."""
    if name in MADE:
        make, kind = MADE[name]
        return make().encode(), kind
    return (PAGE / name).read_bytes(), TYPES[Path(name).suffix]


def served(name: str) -> Response:
    """A file by one of `names`."""
    body, kind = _held(name)
    keep = "max-age=86400" if name in LASTING else "no-cache"
    return Response(body, media_type=f"{kind}; charset=utf-8", headers={"cache-control": keep})


def prepare() -> None:
    """Read or make every file, and what the page asks for first, so that it waits for none."""
    start_page()
    for name in sorted(names()):
        _held(name)
