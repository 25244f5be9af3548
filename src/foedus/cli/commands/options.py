"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, Token

from foedus.terms import YEARS

YEARS_ASKED = f"{YEARS[0]}:{YEARS[1]}"


def whole(_: type, tokens: Sequence[Token]) -> int:
    """Read a whole number; Cyclopts would round 1.5."""
    try:
        return int(tokens[0].value)
    except ValueError:
        msg = f"{tokens[0].value} is not a whole number."
        raise ValueError(msg) from None


Whole = Annotated[int, Parameter(converter=whole)]
Json = Annotated[bool, Parameter(name="--json", help="Print JSON instead of tables.")]
Ally = Annotated[
    list[str] | None,
    Parameter(help="Show only these: a state, a region or a group; repeat for more.", negative=""),
]
Ensemble = Annotated[
    str, Parameter(help="Members of the record that futures draw from, or prior; default: the scenario's own.")
]
Keep = Annotated[
    str,
    Parameter(
        help="Measures kept of each future, with commas, besides the headline's; default: all. See table --list."
    ),
]
Scheduler = Annotated[str, Parameter(help="Compute on the Dask cluster with this scheduler, such as tcp://host:8786.")]
Shard = Annotated[str, Parameter(help="Compute this share of the run only, such as 3/20; other jobs do the others.")]
Engine = Annotated[
    str,
    Parameter(
        help="What runs the year: auto, eager, numpy or compiled, several times faster (foedus manual compiled)."
    ),
]
Models = Annotated[
    list[str] | None,
    Parameter(
        name="--model",
        help="Model of who fights: foedus, joyce-braithwaite; repeat for both on the same luck (foedus manual models).",
        negative="",
    ),
]
Control = Annotated[
    Path | None,
    Parameter(
        help="A larger run of the baseline alone, on another seed: losses are told with its help (control variate)."
    ),
]
Force = Annotated[bool, Parameter(help="Replace the run folder that is there.", negative="")]
Out = Annotated[Path | None, Parameter(help="Run folder.")]
TableOut = Annotated[
    Path | None,
    Parameter(help="File: .csv, .csv.gz, .parquet or .dta; - is standard output.", allow_leading_hyphen=True),
]
