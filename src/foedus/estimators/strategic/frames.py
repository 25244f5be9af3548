"""A scholar's table, from Polars, pandas or a mapping of columns, with rows that can be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError, UnknownName

if TYPE_CHECKING:
    import pandas as pd

Frame: TypeAlias = "pl.DataFrame | pd.DataFrame | Mapping[str, Any]"
MissingRule = Literal["drop", "error"]
MISSING_RULES = ("drop", "error")


@dataclass(frozen=True)
class Columns:
    """Columns of equal length, each numbers or an object array of text (None where missing)."""

    values: Mapping[str, NDArray[Any]]
    levels: Mapping[str, tuple[str, ...]]
    rows: int

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column. Raises UnknownName with the nearest spelling."""
        self.require([name])
        return self.values[name]

    def require(self, names: Iterable[str], where: str = "") -> None:
        """Raise UnknownName for the first name that is no column."""
        for name in names:
            if name not in self.values:
                raise UnknownName("column", name, self.values, f'{where}"{name}"' if where else "")

    def missing(self, names: Iterable[str]) -> dict[str, NDArray[np.bool_]]:
        """Return where each column is missing."""
        return {name: _is_missing(self[name]) for name in names}

    def kept(self, keep: NDArray[np.bool_]) -> Columns:
        """Return the rows that are true in `keep`."""
        values = {name: column[keep] for name, column in self.values.items()}
        return Columns(values, self.levels, int(keep.sum()))

    def pandas(self, names: Iterable[str]) -> pd.DataFrame:
        """Return some columns as a pandas frame, for formulaic."""
        import pandas as pd

        chosen = {}
        for name in names:
            column = self[name]
            if name in self.levels:
                chosen[name] = pd.Series(pd.Categorical(column, categories=list(self.levels[name])))
            else:
                chosen[name] = pd.Series(column)
        return pd.DataFrame(chosen, index=range(self.rows))


def read_columns(data: Frame) -> Columns:
    """Return the columns of a Polars or pandas frame or of a mapping of arrays. Raises InputError."""
    if isinstance(data, pl.DataFrame):
        return _from_polars(data)
    if isinstance(data, Mapping):
        try:
            return _from_polars(pl.DataFrame({str(name): np.asarray(column) for name, column in data.items()}))
        except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
            msg = f"data cannot be read as columns of equal length: {error}"
            raise InputError(msg) from None
    if hasattr(data, "columns") and hasattr(data, "loc"):
        return _from_pandas(data)
    msg = f"data is a {type(data).__name__}; it must be a Polars or pandas frame or a mapping of columns"
    raise InputError(msg)


def _from_polars(frame: pl.DataFrame) -> Columns:
    values: dict[str, NDArray[Any]] = {}
    levels: dict[str, tuple[str, ...]] = {}
    for series in frame:
        if series.dtype == pl.Boolean or series.dtype.is_numeric():
            values[series.name] = series.cast(pl.Float64).to_numpy()
        else:
            if isinstance(series.dtype, pl.Enum):
                levels[series.name] = tuple(series.dtype.categories.to_list())
            values[series.name] = np.array(series.cast(pl.String).to_list(), dtype=object)
    return Columns(values, levels, frame.height)


def _from_pandas(frame: pd.DataFrame) -> Columns:
    import pandas as pd

    values: dict[str, NDArray[Any]] = {}
    levels: dict[str, tuple[str, ...]] = {}
    for label in frame.columns:
        series, name = frame[label], str(label)
        if isinstance(series.dtype, pd.CategoricalDtype):
            if series.cat.ordered:
                levels[name] = tuple(str(level) for level in series.cat.categories)
            series = series.astype(object)
        if pd.api.types.is_numeric_dtype(series.dtype):
            values[name] = series.to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            values[name] = np.array([None if pd.isna(v) else str(v) for v in series], dtype=object)
    return Columns(values, levels, len(frame))


def _is_missing(column: NDArray[Any]) -> NDArray[np.bool_]:
    if column.dtype == object:
        return np.array([value is None for value in column], dtype=bool)
    gaps: NDArray[np.bool_] = np.isnan(column)
    return gaps
