"""Whom an ally loses to: its expected loss by challenger, by what is lost and not by how often something happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from foedus.results.results import Results


@dataclass(frozen=True)
class LossTo:
    """What a state loses to one challenger, mean over years and futures, per cent of GDP a year.

    loss       all of it
    limited    the part that is from force short of war
    share      of all that it loses to challengers, 0-1; what it loses in wars that it begins itself is no part
    sponsored  the part that is lost to fighters whom the challenger sponsors
    """

    challenger: str
    loss: float
    limited: float
    share: float
    sponsored: float = 0.0


def loss_sources(results: Results, role: str = "posture") -> Mapping[str, tuple[LossTo, ...]]:
    """What each target loses to each of its challengers, most first, by iso3; nothing for whom nobody takes from.

    Raises UnknownName for a role that the run lacks.
    """
    keys = ["target", "challenger"]
    parts = pl.col("loss", "loss_limited", "loss_sponsored").mean()
    frame = results.pair_years(role).group_by(keys, maintain_order=True).agg(parts)
    found: dict[str, list[tuple[str, float, float, float]]] = {}
    for target, challenger, *losses in frame.iter_rows():
        loss, limited, sponsored = (100.0 * value for value in losses)
        found.setdefault(target, []).append((challenger, loss, limited, sponsored))
    return {target: _ranked(rows) for target, rows in found.items()}


def _ranked(rows: list[tuple[str, float, float, float]]) -> tuple[LossTo, ...]:
    whole = sum(loss for _, loss, *_ in rows)
    if not whole > 0.0:
        return ()
    sources = [LossTo(challenger, loss, limited, loss / whole, by) for challenger, loss, limited, by in rows]
    return tuple(sorted(sources, key=lambda source: (-source.loss, source.challenger)))
