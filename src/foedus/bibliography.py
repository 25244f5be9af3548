"""The project's bibliography: BibTeX files that live beside what they support, read into one mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
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


def source_keys(path: Path) -> frozenset[str]:
    """Keys of a BibTeX file, by a scan of its entry lines; the full parse waits until someone reads a source."""
    keys = set()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path.name}: not UTF-8 text. Save it as UTF-8."
        raise FactError(msg) from error
    for line in text.splitlines():
        if line.startswith("@") and "{" in line:
            keys.add(line.split("{", 1)[1].split(",", 1)[0].strip())
    return frozenset(keys)


@dataclass(frozen=True)
class Bibliography(Mapping[str, Source]):
    """The sources of a BibTeX file by key: its keys are read at once, its entries when one is first asked for."""

    path: Path

    @cached_property
    def _keys(self) -> frozenset[str]:
        return source_keys(self.path)

    @cached_property
    def _entries(self) -> Mapping[str, Source]:
        return read_bibliography([self.path])

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __getitem__(self, key: str) -> Source:
        """The source of that key. Raises KeyError for none, FactError where the file cannot be parsed."""
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


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
