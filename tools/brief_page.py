"""The sample of docs/brief.md: printed by the command it shows, and stamped with what its numbers rest on."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

from foedus.ledger import load_ledger
from foedus.world import World

PAGE = Path(__file__).parents[1] / "docs" / "brief.md"
ALLY, POSTURE = "EST", "retrench"
BEGIN, END = "<!-- sample: made by tools/document.py --brief, ", "<!-- end of sample -->"


def stamp() -> str:
    """Ledger and facts of today."""
    return f"ledger {load_ledger().digest}, facts {World.load().tables.digest} -->"


def sample() -> str:
    """What `foedus brief EST --posture retrench` prints. Runs the model unless its runs are kept; a minute."""
    from foedus.brief import brief
    from foedus.cli.brief import print_brief

    said = io.StringIO()
    with redirect_stdout(said):
        print_brief(brief(ALLY, POSTURE))
    return said.getvalue().strip()


def shown(page: str) -> str:
    """The sample that a page holds."""
    return page.partition(BEGIN)[2].partition("```\n")[2].partition("\n```")[0]


def filled(page: str) -> str:
    """The page with its sample made anew. Raises ValueError when a mark is gone."""
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        msg = "docs/brief.md: the marks around its sample are gone"
        raise ValueError(msg)
    return page[: page.index(BEGIN)] + f"{BEGIN}{stamp()}\n```\n{sample()}\n```\n" + page[page.index(END) :]
