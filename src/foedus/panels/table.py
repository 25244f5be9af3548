"""What a declaration of a research file says: columns, key, years, licence, citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

COW_LICENCE = "free for research with citation; check the project's terms before publishing a copy"


@dataclass(frozen=True)
class Recode:
    """Rows of one code, within some years, that belong to another code of the system."""

    got: int
    used: int
    first: int
    last: int


@dataclass(frozen=True)
class Table:
    """One file: `NAME.parquet` or `NAME.csv` in the data folder.

    columns   legal name to kind: "code", "int", "float", "text" or "date" (ISO 8601)
    key       columns that together name a row once
    first     first year covered; before it a value is missing
    last      last year covered
    cites     keys of the bibliography
    beyond    codes of polities outside the state system that the publisher also lists; their rows are left
              out
    recodes   rows moved to the code that was the system's in those years
    optional  a code may be empty (territories without one); such rows are left out
    """

    name: str
    meaning: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    first: int
    last: int
    licence: str
    cites: tuple[str, ...]
    beyond: tuple[int, ...] = ()
    recodes: tuple[Recode, ...] = ()
    optional: bool = False


def columns(codes: str = "", ints: str = "", floats: str = "", texts: str = "", dates: str = "") -> dict[str, str]:
    """Name columns by kind, blanks between: the shape of `Table.columns`."""
    kinds = (("code", codes), ("int", ints), ("float", floats), ("text", texts), ("date", dates))
    return {name: kind for kind, names in kinds for name in names.split()}
