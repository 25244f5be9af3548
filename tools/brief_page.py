"""The sample of docs/brief.md: printed by the command it shows, and stamped with what its numbers rest on."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

from foedus.ledger import load_ledger
from foedus.world import World
from marks import held, put

PAGE = Path(__file__).parents[1] / "docs" / "brief.md"
ALLY, POSTURE = "EST", "retrench"
PART, FILE, OPTION = "sample", "docs/brief.md", "--brief"


def stamp() -> str:
    """Ledger and facts of today."""
    return f"ledger {load_ledger().digest}, facts {World.load().tables.digest}"


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
    return held(page, PART, FILE, option=OPTION).removeprefix("```\n").removesuffix("\n```")


def filled(page: str) -> str:
    """The page with its sample regenerated. Raises ValueError when a mark is gone."""
    return put(page, PART, f"```\n{sample()}\n```", FILE, option=OPTION, stamp=stamp())
