"""Second guarantors: what others than a state's principal guarantor give it (R35)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus import terms
from foedus.errors import FactError
from foedus.world.columns import provided
from foedus.world.facttable import Fact
from foedus.world.model import Links
from foedus.world.tables import Tables

TABLE = "second_links.csv"

NEEDED = ("channel_pledge", "stakes")
"""What every second guarantor's link has; a channel without a row is 0, and so are troops."""


def second_links(tables: Tables, order: Mapping[str, int]) -> Links:
    """Links of second guarantors, by guarantor and ally; access and dependence are 0, distances are not filled in.

    An ally has one principal link and any number of these. Raises FactError, naming file and line, for a link that
    links.csv has too, of a state to itself, or without a pledge or stakes.
    """
    found = tables.latest(TABLE)
    first = {key for key, _ in tables.latest("links.csv")}
    lines: dict[tuple[str, ...], Fact] = {}
    for (key, _), fact in found.items():
        lines.setdefault(key, fact)
    for key, fact in lines.items():
        if wrong := _wrong(key, {name for other, name in found if other == key}, first):
            msg = f"{fact.where}  {', '.join(key)} {wrong}"
            raise FactError(msg)
    keys = sorted(lines)
    return Links(
        **provided(found, keys, order, 0.0),
        distance=np.zeros(len(keys)),
        access=np.zeros(len(keys)),
        dependence=np.zeros((len(keys), len(terms.DOMAINS))),
    )


def _wrong(key: tuple[str, ...], held: set[str], first: set[tuple[str, ...]]) -> str:
    """What is wrong with a second link; empty when nothing is."""
    if key[0] == key[1]:
        return "is a link of a state to itself. Take it out."
    if key in first:
        return f"is in links.csv too. Keep it there or in {TABLE}."
    if lacking := [name for name in NEEDED if name not in held]:
        return f"lacks {', '.join(lacking)}. Give each a row in {TABLE}."
    return ""
