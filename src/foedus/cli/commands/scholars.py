"""Commands on research files: hindcasts, panels, estimates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from foedus.cli.commands.options import Json, TableOut, whole


def validate(
    *names: str,
    data: Annotated[Path | None, Parameter(help="Folder of research files; default: FOEDUS_DATA.")] = None,
    list_: Annotated[bool, Parameter(name="--list", negative="", help="List the hindcasts; run nothing.")] = False,
    quick: Annotated[bool, Parameter(negative="", help="Run the quick ones only: under a minute.")] = False,
    stored: Annotated[bool, Parameter(negative="", help="Show the results stored with Foedus; run nothing.")] = False,
    draws: Annotated[int | None, Parameter(converter=whole, help="Bootstrap draws of dyads; default: 200.")] = None,
    out: Annotated[Path | None, Parameter(help="Results file to write, JSON.")] = None,
    forecasts: Annotated[
        Path | None, Parameter(help="Score frozen forecasts instead, by the newer research files in this folder.")
    ] = None,
    frozen: Annotated[
        Path | None, Parameter(help="Folder of the frozen forecasts; default: forecasts/2026-12.")
    ] = None,
    json: Json = False,
) -> None:
    """Score the model on history, out of sample where it can be. NAMES: hindcasts or themes; default: all."""
    from foedus.cli.applies import not_with, once
    from foedus.cli.validate import run_validate

    if forecasts is not None:
        from foedus.cli.forecasts import score_frozen

        not_with("--forecasts", names=names, data=data, list=list_, quick=quick, stored=stored, draws=draws, out=out)
        score_frozen(forecasts, frozen, as_json=json)
        return
    not_with("hindcasts (give --forecasts DATA)", frozen=frozen)
    once(names)
    run_validate(names, data, listed=list_, quick=quick, stored=stored, draws=draws, out=out, as_json=json)


def panel(
    kind: str = "dyad-year",
    *,
    years: Annotated[str, Parameter(help="First and last year, like 1946:2010.")] = "",
    add: Annotated[
        list[str] | None, Parameter(consume_multiple=True, negative="", help="Variables to add, by name; see --list.")
    ] = None,
    system: Annotated[str, Parameter(help="State system: cow or gw.")] = "cow",
    undirected: Annotated[
        bool | None, Parameter(negative="--directed", help="Each dyad once, the lower code first; or directed dyads.")
    ] = None,
    relevant: Annotated[bool, Parameter(negative="", help="Add prd: politically relevant dyad.")] = False,
    only_relevant: Annotated[bool, Parameter(negative="", help="Keep politically relevant dyads only.")] = False,
    data: Annotated[Path | None, Parameter(help="Folder of research files; default: FOEDUS_DATA.")] = None,
    out: TableOut = None,
    list_: Annotated[
        bool, Parameter(name="--list", negative="", help="List what can be added; build nothing.")
    ] = False,
    files: Annotated[
        bool, Parameter(negative="", help="List the research files, and which of them the folder holds.")
    ] = False,
    json: Json = False,
) -> None:
    """Build a panel from your data files: state-year, dyad-year or dispute-dyad-year."""
    from foedus.cli.applies import not_with
    from foedus.cli.panel import list_files, list_variables, run_panel

    if list_ or files:
        what = "--list" if list_ else "--files"
        not_with(what, years=years, add=add, relevant=relevant, only_relevant=only_relevant, out=out)
        not_with(what, undirected=undirected, directed=undirected is False)
    if list_:
        not_with("--list", data=data, files=files)
        list_variables(as_json=json)
    elif files:
        list_files(data, as_json=json)
    else:
        run_panel(
            kind,
            years,
            add or [],
            data,
            out,
            system=system,
            undirected=undirected,
            relevant=relevant,
            only_relevant=only_relevant,
            as_json=json,
        )


def estimate(
    *names: str,
    data: Annotated[Path | None, Parameter(help="Folder of research files; default: FOEDUS_DATA.")] = None,
    out: Annotated[
        Path | None,
        Parameter(
            help="Also write a .json, .csv, .csv.gz, .parquet or .dta table; - prints CSV alone.",
            allow_leading_hyphen=True,
        ),
    ] = None,
    posterior: Annotated[
        bool, Parameter(negative=(), help="Draw the posterior of the crisis tree instead; --out takes a .json file.")
    ] = False,
    until: Annotated[int | None, Parameter(help="Last year of disputes used by --posterior.")] = None,
    all_: Annotated[
        bool,
        Parameter(
            name="--all",
            negative=(),
            help="With --posterior: the whole chain, every ensemble that ships, into the folder --out.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Re-estimate every computed figure from your data, with intervals; exit 1 if one drifted from the ledger.

    NAMES are parameters or estimates; all without one, in about a minute. With --posterior: the posterior of the
    crisis tree given disputes since 1950, in about five minutes; with --all every ensemble, in about half an hour.
    """
    import sys

    from foedus.cli.applies import not_with, once

    once(names)
    if all_:
        from foedus.cli.posterior import run_chain

        not_with("--all", until=until, json=json)
        run_chain(data, names, out, posterior=posterior)
        return

    if posterior or until is not None:
        from foedus.cli.posterior import run_posterior

        run_posterior(data, names, until, out, posterior=posterior, as_json=json)
        return

    from foedus.cli.estimate import run_estimates

    if status := run_estimates(data, names, out, as_json=json):
        sys.exit(status)


COMMANDS = (
    validate,
    panel,
    estimate,
)
