"""Commands that read runs that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from foedus.cli.commands.options import Ally, Json, Out, TableOut


def report(run: Path, *, out: Path | None = None) -> None:
    """Write the report of a run folder as one HTML file."""
    from foedus.cli.running import write_report

    write_report(run, out)


def table(
    run: Path | None = None,
    *,
    out: TableOut = None,
    measures: Annotated[
        list[str] | None, Parameter(consume_multiple=True, negative="", help="Measures to write; default: all.")
    ] = None,
    of: Annotated[str, Parameter(help="Whose measures: ally, guarantor or region.")] = "ally",
    every_future: Annotated[
        bool, Parameter(negative="", help="One row per future (ensemble member), not mean and quantiles.")
    ] = False,
    ally: Ally = None,
    listed: Annotated[bool, Parameter(name="--list", negative="", help="List the measures; needs no RUN.")] = False,
    json: Json = False,
) -> None:
    """Write a run folder as one long table, year by ally by measure; without --out, list its measures."""
    from foedus.cli.applies import not_with
    from foedus.cli.asked import Asked
    from foedus.cli.table import list_measures, write_table

    if listed or run is None or out is None:
        what = "the list of measures; it needs RUN and --out FILE"
        not_with(what, out=out, measures=measures, every_future=every_future, ally=ally)
        list_measures(of, run, as_json=json)
        return
    if of != "ally":
        not_with(f"measures of each {of}", ally=ally)
    write_table(run, out, measures or [], of, Asked(json, tuple(ally or ())), every_future=every_future)


def explore(
    run: Path,
    *,
    measure: Annotated[
        str,
        Parameter(
            help="Outcome: a measure (foedus table --list), war or ground; 'change in loss'; 'loss of POL in 2040'. "
            "Default: the change in loss, or the loss."
        ),
    ] = "",
    ally: Ally = None,
    fails: Annotated[
        str, Parameter(help="Search the assumptions under which this holds, such as 'war of POL by 2040 > 5 %'.")
    ] = "",
    density: Annotated[float | None, Parameter(help="With --fails: share of the box that must fail, 0-1.")] = None,
    enough: Annotated[str, Parameter(help="Say how many futures bring errors down to this, such as 5%.")] = "",
    out: TableOut = None,
    json: Json = False,
) -> None:
    """Show what drives a run's answer, and what rests on no evidence; --fails: when a policy fails; --enough: errors.

    Needs the extra explore: pip install "foedus[explore]".
    """
    from foedus.cli.applies import not_with
    from foedus.cli.asked import Asked
    from foedus.cli.explore import explore_drivers, explore_enough, explore_failures
    from foedus.cli.until import share_asked

    asked = Asked(json, tuple(ally or ()))
    if fails:
        not_with("--fails, which names its own outcomes", measure=measure, ally=ally, enough=enough, out=out)
        explore_failures(run, fails, density, asked)
        return
    not_with("what drives an answer; it is of --fails", density=density)
    if enough:
        not_with("--enough, which judges the headline figures", measure=measure, out=out)
        explore_enough(run, share_asked("--enough", enough), asked)
        return
    explore_drivers(run, measure, asked, out)


def gather(*runs: Path, out: Out = None) -> None:
    """Bring shares of one run (foedus run --shard) that lie in several run folders, RUNS, into one, with --out."""
    from foedus.cli.sharing import gather_runs

    gather_runs(runs, out)


def cache(
    *, clear: Annotated[bool, Parameter(negative="", help="Remove the kept runs.")] = False, json: Json = False
) -> None:
    """Say where runs of briefs are kept and how much they take; --clear removes them."""
    from foedus.cli.cache import show_cache

    show_cache(clear=clear, as_json=json)


COMMANDS = (
    report,
    table,
    explore,
    gather,
    cache,
)
