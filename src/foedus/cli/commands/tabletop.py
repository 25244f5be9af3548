"""Commands of a table-top exercise: its folder is the table, and each command one thing that is done at it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from foedus.cli.commands.options import Json, Whole, whole

tabletop_app = App(
    name="tabletop",
    help="A table-top exercise: teams order, a year happens, the model answers. FOLDER holds the exercise.",
)
Seat = Annotated[str, Parameter(name="--as", help="A team, or facilitator.")]


@tabletop_app.command(name="new")
def tabletop_new(
    folder: Path,
    scenario: str = "steady",
    *,
    years: Annotated[str, Parameter(help="First and last year, like 2026:2032; default: seven from the first.")] = "",
    seed: Annotated[int | None, Parameter(converter=whole, help="Seed of what happens.")] = None,
    analysts: Whole = 64,
    team: Annotated[
        list[str] | None,
        Parameter(
            help="NAME=ROLE or NAME=ROLE:WHOM; repeat. Default: guarantor, allies, treasury, adversary.", negative=""
        ),
    ] = None,
) -> None:
    """Begin an exercise on a scenario: a preset, a file, or one that ships. Nobody has moved yet."""
    from foedus.cli.tabletop import new

    new(folder, scenario, years, seed, analysts, team or [])


@tabletop_app.command(name="show")
def tabletop_show(folder: Path, *, as_: Seat = "facilitator", json: Json = False) -> None:
    """Show the table as a seat sees it: what happened, what is expected, who must move."""
    from foedus.cli.tabletop import show

    show(folder, as_, as_json=json)


@tabletop_app.command(name="move")
def tabletop_move(
    folder: Path,
    team: str,
    *lines: str,
    why: Annotated[str, Parameter(help="The team's reason, for the account.")] = "",
) -> None:
    """Seal a team's move for the open year: lines of a scenario file, or none to pass. A later move replaces it.

    Such as 'posture.Europe.troops = 0.5', 'doctrine.POL.spending = 0.045', 'events.RUS.Baltics = 0.1'; false in place
    of the value takes back what was ordered before.
    """
    from foedus.cli.tabletop import move

    move(folder, team, lines, why)


@tabletop_app.command(name="inject")
def tabletop_inject(
    folder: Path,
    name: str,
    *given: str,
    words: Annotated[str, Parameter(help="What is read out, for an inject of your own.")] = "",
    lasts: Annotated[int | None, Parameter(converter=whole, help="Years after which your own inject ends.")] = None,
) -> None:
    """Put an inject into the open year: one of `foedus tabletop injects` with its blanks, or `own` with lines.

    Such as: inject FOLDER seizure challenger=RUS whom=EST
    """
    from foedus.cli.tabletop import put_in

    put_in(folder, name, given, words, lasts)


@tabletop_app.command(name="say")
def tabletop_say(
    folder: Path, seat: str, text: str, *, to: Annotated[str, Parameter(help="A team; default: everybody.")] = ""
) -> None:
    """Write a message from a team, or the facilitator, into the record."""
    from foedus.cli.tabletop import say

    say(folder, seat, text, to)


@tabletop_app.command(name="close")
def tabletop_close(
    folder: Path,
    *,
    at_once: Annotated[bool, Parameter(help="Teams that have not moved pass.", negative="")] = False,
    json: Json = False,
) -> None:
    """Close the open year: it happens, and the model answers."""
    from foedus.cli.tabletop import close

    close(folder, at_once=at_once, as_json=json)


@tabletop_app.command(name="injects")
def tabletop_injects(*, json: Json = False) -> None:
    """List the injects, with their blanks, what each orders and what to look at."""
    from foedus.cli.tabletop import show_injects

    show_injects(as_json=json)


@tabletop_app.command(name="export")
def tabletop_export(
    folder: Path, *, out: Annotated[Path | None, Parameter(help="Folder; default: FOLDER.")] = None
) -> None:
    """Write the after-action account (HTML, Markdown), the log (CSV) and the orders as a scenario (TOML)."""
    from foedus.cli.tabletop import write_out

    write_out(folder, out)


@tabletop_app.command(name="replay")
def tabletop_replay(record: Path, *, json: Json = False) -> None:
    """Let everything in a record happen again, and say whether the same happened."""
    from foedus.cli.tabletop import run_again

    run_again(record, as_json=json)
