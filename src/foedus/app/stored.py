"""The stored answer: what the page shows at first paint, before a worker is warm; ignored when of another model."""

from __future__ import annotations

import gzip
import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from foedus.app.document import MOST_FUTURES, Document, asked, shipped_document
from foedus.errors import FoedusError
from foedus.files import write_bytes
from foedus.study import prepare

PLACE = Path(__file__).with_name("stored.json.gz")

OPENED = "limited-support"
"""Preset with which the page opens where nothing is named."""

FIRST_PICTURES = ("risks", "map")
"""The two large pictures with which the page opens."""

AGAIN = "python tools/first_answer.py"
"""What makes it again."""


def digest(document: Document) -> str:
    """Hash of all that an answer to a document depends on, the model's code included, whichever engine runs it."""
    return prepare(asked(document)).by("eager").digest


def make(futures: int = MOST_FUTURES) -> dict[str, Any]:
    """The answer to the scenario with which the page opens, computed now, and what it belongs to."""
    from foedus.app.answering import answer
    from foedus.app.held import Memory

    document = shipped_document(OPENED)
    made = answer(Memory(), lambda: False, document, futures, [{"kind": kind} for kind in FIRST_PICTURES])
    return {"digest": digest(document), "document": document, "answer": made}


def write(made: dict[str, Any], place: Path = PLACE) -> None:
    """Keep a stored answer."""
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    write_bytes(place, gzip.compress(text.encode(), mtime=0))


def read(place: Path = PLACE) -> dict[str, Any] | None:
    """The stored answer; None where there is none, or where it is of another ledger, facts, code or scenario."""
    try:
        held: dict[str, Any] = json.loads(gzip.decompress(place.read_bytes()))
        current = held["digest"] == digest(held["document"]) and held["document"] == shipped_document(OPENED)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, FoedusError):
        return None
    return held if current else None


@cache
def text() -> str:
    """The stored answer as the page fetches it: `null` where there is none."""
    return json.dumps(read(), ensure_ascii=False, separators=(",", ":"))
