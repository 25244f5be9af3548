"""Shapes of the engine's arrays, in the letters of `layout.py`: which axes a field has, and in which order.

Beside those letters and those of `backing.py` and `sponsors.py`: K options, Q stages of a pipeline, W patrons, M pools,
E crises of a year. R stands for rows that are pairs in one place and states in another; whoever holds such a value says
which (`Annotated[Standoff, "R=P"]`).
`#F` is F, or 1 where all futures agree. A type checker sees an array; `tests/engine/test_shapes.py` runs a study and
holds every field to its axes.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from foedus.engine.layout import Floats, Indices

StateFuture: TypeAlias = Annotated[Floats, "S F"]
StateDomainFuture: TypeAlias = Annotated[Floats, "S D F"]
StageStateDomainFuture: TypeAlias = Annotated[Floats, "Q S D F"]
TheatreStateFuture: TypeAlias = Annotated[Floats, "T S F"]
OptionStateFuture: TypeAlias = Annotated[Floats, "K S F"]
PairFuture: TypeAlias = Annotated[Floats, "P F"]
LinkFuture: TypeAlias = Annotated[Floats, "L F"]
LinkChannelFuture: TypeAlias = Annotated[Floats, "L C F"]
PatronLinkFuture: TypeAlias = Annotated[Floats, "W L F"]
GuarantorFuture: TypeAlias = Annotated[Floats, "G F"]
PoolFuture: TypeAlias = Annotated[Floats, "M F"]
RowFuture: TypeAlias = Annotated[Floats, "R F"]
RowOnce: TypeAlias = Annotated[Floats, "R #F"]
StateOnce: TypeAlias = Annotated[Floats, "S #F"]
OptionStateOnce: TypeAlias = Annotated[Floats, "K S #F"]
Happened: TypeAlias = Annotated[Floats, "E"]
HelperChannelFuture: TypeAlias = Annotated[Floats, "H C F"]
HelperFuture: TypeAlias = Annotated[Floats, "H F"]
CaseFuture: TypeAlias = Annotated[Floats, "N F"]
GroupFuture: TypeAlias = Annotated[Floats, "U F"]
Answered: TypeAlias = Annotated[Floats, "E V"]
StateFutureIndex: TypeAlias = Annotated[Indices, "S F"]
StateIndex: TypeAlias = Annotated[Indices, "S"]
HappenedIndex: TypeAlias = Annotated[Indices, "E"]
