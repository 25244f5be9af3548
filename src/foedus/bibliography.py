"""The project's bibliography: BibTeX files that live beside what they support, read into one mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import FactError


@dataclass(frozen=True)
class Source:
    """One work that a fact or a parameter rests on."""

    key: str
    author: str
    title: str
    year: str
    publisher: str
    url: str
    note: str

    @property
    def short(self) -> str:
        """Author and year, as a table cites them."""
        return f"{self.author} {self.year}".strip() if self.author else self.title


def read_bibliography(paths: Iterable[Path]) -> Mapping[str, Source]:
    """Read BibTeX files into one mapping of key to Source.

    Raises FactError when a file cannot be parsed or a key stands twice.
    """
    from pybtex.database import BibliographyData, parse_file
    from pybtex.exceptions import PybtexError

    found: dict[str, Source] = {}
    for path in paths:
        try:
            entries: BibliographyData = parse_file(str(path), bib_format="bibtex")
        except (PybtexError, OSError) as error:
            msg = f"{path.name}: not a readable BibTeX file ({error})"
            raise FactError(msg) from error
        for key, entry in entries.entries.items():
            if key in found:
                msg = f"{path.name}: the source key {key} stands twice. Keep one."
                raise FactError(msg)
            found[key] = _source(key, entry)
    return found


def _source(key: str, entry: object) -> Source:
    fields = {name.lower(): str(text).replace("{", "").replace("}", "") for name, text in entry.fields.items()}  # type: ignore[attr-defined]
    people = entry.persons.get("author", [])  # type: ignore[attr-defined]
    names = [" ".join(p.last_names).replace("{", "").replace("}", "") for p in people]
    author = (
        names[0] + (" et al." if len(names) > 2 else f" and {names[1]}" if len(names) == 2 else "") if names else ""
    )
    publisher = (
        fields.get("publisher")
        or fields.get("journal")
        or fields.get("institution")
        or fields.get("howpublished")
        or ""
    )
    return Source(
        key=key,
        author=author,
        title=fields.get("title", ""),
        year=fields.get("year", ""),
        publisher=publisher,
        url=fields.get("url", ""),
        note=fields.get("note", ""),
    )
