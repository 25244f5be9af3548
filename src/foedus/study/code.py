"""The model's own code, as a hash: what was computed by other equations is never read back as if by these."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
ROOMS = ("compile", "engine", "equations", "ledger", "models", "normal.py", "posture", "study", "terms.py", "world")
"""Code that a future depends on."""


def _read_of(room: str) -> tuple[str, ...]:
    """Kinds of file that count: of models, their weights and facts too, which no ledger or fact table holds."""
    return (".py", ".toml", ".csv") if room == "models" else (".py",)


@cache
def model_code() -> str:
    """Hash of every file a future depends on: a change of any makes every run made before it another run."""
    found = hashlib.sha256()
    for room in ROOMS:
        place = PACKAGE / room
        for path in [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in _read_of(room)):
            found.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:8]
