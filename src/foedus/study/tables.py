"""What a chunk of futures recorded, as the tables of a part on disk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import polars as pl

from foedus.engine.layout import Floats
from foedus.engine.record import Record
from foedus.equations.hedging import OPTIONS
from foedus.study.study import Study
from foedus.terms import REGIONS


@lru_cache(maxsize=8)
def _keys(years: tuple[int, ...], rows: tuple[str, ...], size: int) -> tuple[pl.Series, pl.Series]:
    """Columns of years and of row names for arrays [year, row, future] laid flat: the same in every chunk."""
    row = np.tile(np.repeat(np.arange(len(rows), dtype=np.uint32), size), len(years))
    year = np.repeat(np.array(years, dtype=np.int16), len(rows) * size)
    return pl.Series(year), pl.Series(rows, dtype=pl.Enum(rows)).gather(row)


def frames(
    record: Record, study: Study, chunk: int, parameters: Mapping[str, Floats], *, with_parameters: bool
) -> dict[str, pl.DataFrame]:
    """Tables of one part by name, in long form; `parameters` [F] each are written with one posture only."""
    names, layout = study.world.states.iso3, study.layout
    years = study.scenario.years
    size = study.size(chunk)
    futures = study.span(chunk).futures.astype(np.uint32)

    def long(measures: Mapping[str, Floats], key: str, rows: list[str]) -> pl.DataFrame:
        count = len(rows)
        year, row = _keys(study.scenario.years, tuple(rows), size)
        return pl.DataFrame(
            {
                "year": year,
                key: row,
                "future": np.tile(futures, len(years) * count),
                **{name: values.reshape(-1) for name, values in measures.items()},
            }
        )

    pairs = pl.DataFrame(
        {
            "challenger": [names[i] for i in layout.challenger],
            "target": [names[i] for i in layout.target],
            "class": list(layout.pairs.pair_class),
            "treaty": layout.treaty,
            **record.pairs,
        }
    )
    directed = pairs.select("challenger", "target")
    pair_years = pl.concat([directed] * len(years)).with_columns(
        pl.Series("year", np.repeat(np.array(years, dtype=np.int16), directed.height)),
        *(pl.Series(name, values.reshape(-1)) for name, values in record.pair_years.items()),
    )
    allies = [names[i] for i in layout.allies]
    options = pl.DataFrame({"ally": allies, **{name: record.options[k] for k, name in enumerate(OPTIONS)}})
    found = {
        "allies": long(record.allies, "ally", allies),
        "guarantors": long(record.guarantors, "guarantor", [names[i] for i in layout.guarantors]),
        "regions": long(record.regions, "region", list(REGIONS)),
        "pairs": pairs,
        "pair_years": pair_years,
        "options": options,
    }
    if with_parameters:
        sampled = {p.name: parameters[p.name] for p in study.swept}
        found["parameters"] = pl.DataFrame({"future": futures, **sampled})
    return found
