"""Commands that bring research files into the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from foedus.cli.commands.options import Json

data_app = App(name="data", help="Get research files from public mirrors, or add files you have, to the data folder.")
DataFolderOption = Annotated[
    Path | None, Parameter(name="--data", help="Data folder, made if there is none; default: FOEDUS_DATA.")
]


@data_app.command(name="get")
def data_get(
    *names: str,
    data: DataFolderOption = None,
    mirror: Annotated[str, Parameter(help="Another address under which the files lie.")] = "",
    yes: Annotated[bool, Parameter(negative="", help="Agree to the terms that are shown.")] = False,
    replace: Annotated[bool, Parameter(negative="", help="Put files in the place of those there.")] = False,
    json: Json = False,
) -> None:
    """Fetch research files by name, or all that are missing and can be fetched, after showing terms and citation."""
    from foedus.cli.applies import once
    from foedus.cli.data import get_data

    once(names)
    get_data(names, data, mirror=mirror, yes=yes, replace=replace, as_json=json)


@data_app.command(name="add")
def data_add(
    file: Path,
    *,
    data: DataFolderOption = None,
    as_: Annotated[
        str | None, Parameter(name="--as", help="Which research file it is, where its columns do not say.")
    ] = None,
    replace: Annotated[bool, Parameter(negative="", help="Put it in the place of the one there.")] = False,
    json: Json = False,
) -> None:
    """Add a file as its publisher or R gives it (.csv, .dta, .rda, .rds, .parquet), checked and recorded."""
    from foedus.cli.data import add_data

    add_data(file, data, name=as_, replace=replace, as_json=json)
