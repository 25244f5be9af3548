"""Lists of entries whose length is not known while a year is traced."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Rows


class Selection:
    """Entries of a list whose length is not known: rows of which, in each future, some are in the list.

    mask  [n] rows of truths: which are
    """

    def __init__(self, graph: Graph, mask: Rows) -> None:
        self.graph, self.mask = graph, mask
        self.parts: dict[Any, Selection] = {}

    def __len__(self) -> int:
        return len(self.mask)

    def within(self, condition: Rows) -> Selection:
        """Those for which a condition [n] holds too."""
        known = condition.tobytes()
        if known not in self.parts:
            self.parts[known] = Selection(self.graph, self.graph.apply("and", "b", "bb", [self.mask, condition]))
        return self.parts[known]

    def beside(self, other: Selection) -> Selection:
        """These, then others."""
        if id(other) not in self.parts:
            self.parts[id(other)] = Selection(self.graph, np.concatenate([self.mask, other.mask]))
            self.parts[id(other), "kept"] = other  # so that its id is not given to another
        return self.parts[id(other)]
