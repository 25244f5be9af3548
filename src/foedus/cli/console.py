"""Where results are printed: within 80 columns; fewer where the terminal is narrow. It loads nothing of the model."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.version import __version__

if TYPE_CHECKING:
    from foedus.study.study import Study

NARROW = 80
"""Columns where nothing says how wide the terminal is; COLUMNS=0 does not."""

WIDEST = 100
"""Columns beyond which text is not stretched."""


def console() -> Console:
    """Console for results: as wide as the terminal, or as COLUMNS says, but at most 100 columns; else 80 in a pipe."""
    said = os.environ.get("COLUMNS", "")
    asked = sys.stdout.isatty() or (said.isdecimal() and int(said) > 0)
    width = shutil.get_terminal_size((NARROW, 24)).columns if asked else NARROW
    return Console(width=min(width, WIDEST), highlight=False)


def said(text: str) -> None:
    """Print lines of plain text as they are."""
    console().print(text, markup=False, soft_wrap=True)


def opening(study: Study) -> None:
    """First line: version, world, ledger."""
    world, ledger = study.world, study.ledger
    grades = Counter(p.grade for p in ledger)
    evidence = grades["V"] + grades["C"]
    console().print(
        f"Foedus {__version__}  world {study.scenario.first}: {len(world.states.iso3)} states, "
        f"{len(world.pairs.challenger)} directed pairs, {len(study.patrons)} allies\n"
        f"{len(ledger)} parameters: {evidence} from evidence, {len(ledger) - evidence} assumed; "
        f"{len(ledger.uncertain)} swept over ranges\n",
        markup=False,
    )
