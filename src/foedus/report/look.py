"""How pages that are files look: one style, light or dark as the reader's machine has it, always light in print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from foedus.charts import night_rules

STYLE = Path(__file__).with_name("style.css")

DARK = "@media screen and (prefers-color-scheme: dark)"


@cache
def style(*further: Path) -> str:
    """The style of every such page, then those of one, then the colours of charts on a dark ground."""
    text = "".join(path.read_text(encoding="utf-8") for path in (STYLE, *further))
    return f"{text}\n{DARK} {{\n{night_rules()}}}\n"
