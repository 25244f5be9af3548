"""Figures by name: what `--explain` asks for, among an account's or a plan's own figures and all that they rest on."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.errors import UnknownName
from foedus.exposure.figure import Figure


def looked_up(name: str, named: Mapping[str, Figure], synonyms: Mapping[str, str] | None = None) -> Figure:
    """Return a figure by its name or another word for it, whatever its case, spaces and hyphens.

    named     figures by the name they are shown under
    synonyms  other words for those names

    A name or label of any figure that these rest on will do too. Raises UnknownName with the nearest spelling.
    """
    other = synonyms or {}
    asked = name.strip().lower().replace("_", "-").replace(" ", "-")
    asked = other.get(asked, asked)
    if asked in named:
        return named[asked]
    deep = _below(tuple(named.values()), name)
    if deep is None:
        raise UnknownName("figure", name, [*named, *other])
    return deep


def _below(roots: tuple[Figure, ...], name: str) -> Figure | None:
    """The first figure under `roots` whose name or label is `name`."""
    asked = _plain(name)
    for root in roots:
        for figure in root.lineage:
            if asked in (_plain(figure.name), _plain(figure.label)):
                return figure
    return None


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())
