"""Every work that a figure of an account may rest on: those of the world, of the ledger and of the account itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from foedus.bibliography import Source, read_bibliography
from foedus.exposure.holdings import FACTS
from foedus.exposure.ledger import LEDGER
from foedus.world.tables import FACTS as WORLD_FACTS


@cache
def known() -> Mapping[str, Source]:
    """Sources by key; a key that stands in several bibliographies is read where it stands first."""
    found: dict[str, Source] = {}
    for folder in (WORLD_FACTS, LEDGER, FACTS):
        found = {**read_bibliography([folder / "sources.bib"]), **found}
    return found
