"""Inputs of a graph: what is read while tracing becomes one, when it is first read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foedus.compile.graph import Graph
from foedus.compile.sources import InputSource
from foedus.compile.traced import Array


@dataclass
class GraphInputs:
    """Inputs of a graph, made when first read."""

    graph: Graph
    futures: int
    parameters: list[str] = field(default_factory=list)
    keys: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    """key of luck by name: what it decides, and the year, None for the year that is run"""

    def uniform(self, source: InputSource, shape: tuple[int, ...], kind: str) -> Array:
        """Figures that are the same in all futures."""
        count = int(np.prod(shape))
        rows = self.graph.add("uniform", [], count, kind, (source,)).reshape(shape)
        return Array.of(self.graph, rows, kind, self.futures, wide=False)

    def parameter(self, name: str) -> Array:
        """A parameter in each future."""
        if name not in self.parameters:
            self.parameters.append(name)
        rows = self.graph.add("parameter", [], 1, "f", (name,)).reshape(())
        return Array.of(self.graph, rows, "f", self.futures, wide=True)


@dataclass(frozen=True)
class TracedParameters(Mapping[str, Any]):
    """The parameters; each that is read becomes an input."""

    inputs: GraphInputs
    names: tuple[str, ...]

    def __getitem__(self, name: str) -> Array:
        if name not in self.names:
            raise KeyError(name)
        return self.inputs.parameter(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
