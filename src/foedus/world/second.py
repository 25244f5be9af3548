"""Second guarantors: what others than a state's principal guarantor give it (R35)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus import terms
from foedus.errors import FactError
from foedus.world.facttable import Fact
from foedus.world.model import Floats, Links
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

    def column(variable: str, bound: str = "value") -> Floats:
        facts = [found.get((key, variable)) for key in keys]
        return np.array([0.0 if f is None else f.value if (b := getattr(f, bound)) is None else b for f in facts])

    def channels(bound: str) -> Floats:
        return np.stack([column(f"channel_{name}", bound) for name in terms.CHANNELS], axis=1)

    count = len(keys)
    return Links(
        guarantor=np.array([order[guarantor] for guarantor, _ in keys], dtype=np.intp),
        ally=np.array([order[ally] for _, ally in keys], dtype=np.intp),
        channels=channels("value"),
        channels_low=channels("low"),
        channels_high=channels("high"),
        troops=column("troops"),
        troops_low=column("troops", "low"),
        troops_high=column("troops", "high"),
        distance=np.zeros(count),
        stakes=column("stakes"),
        stakes_low=column("stakes", "low"),
        stakes_high=column("stakes", "high"),
        access=np.zeros(count),
        dependence=np.zeros((count, len(terms.DOMAINS))),
        basis=tuple(found[key, "channel_pledge"].note for key in keys),
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
