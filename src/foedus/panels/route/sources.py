"""Where each research file can be had, as `sources.toml` declares it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.panels.files import bibliography
from foedus.panels.tables import TABLES


@dataclass(frozen=True)
class FileSource:
    """How one research file can be had.

    url       of the file on its mirror; empty when there is none
    by_hand   what to do where no mirror has it; empty where one does
    licence   its terms
    citation  the works to cite
    page      where its publisher offers it
    """

    name: str
    url: str
    by_hand: str
    licence: str
    citation: str
    page: str

    @property
    def file(self) -> str:
        """Name of the file on its mirror."""
        return self.url.rpartition("/")[2]


@cache
def _declared() -> Mapping[str, Mapping[str, object]]:
    text = Path(__file__).with_name("sources.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def origins() -> Mapping[str, FileSource]:
    """Return how to get each declared file, in the order of declaration."""
    declared = _declared()
    mirrors, files, by_hand = declared["mirrors"], declared["files"], declared["by_hand"]
    works = bibliography()
    found = {}
    for name, table in TABLES.items():
        held = files.get(name)
        url = f"{mirrors[held['mirror']]}{held['file']}" if isinstance(held, dict) else ""
        sources = [works[key] for key in table.cites]
        cited = "; ".join(f"{s.author} ({s.year}). {s.title}" for s in sources)
        found[name] = FileSource(name, url, str(by_hand.get(name, "")), table.licence, cited, sources[0].url)
    return found


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return the names that publishers give to a column, by the name it has here."""
    return {name: tuple(map(str, given)) for name, given in _declared()["aliases"].items() if isinstance(given, list)}
