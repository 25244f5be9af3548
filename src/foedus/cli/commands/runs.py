"""Commands that run the model, and show what came out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.commands.options import (
    YEARS_ASKED,
    Ally,
    Control,
    Engine,
    Ensemble,
    Force,
    Json,
    Keep,
    Models,
    Out,
    Scheduler,
    Shard,
    Whole,
    whole,
)
from foedus.compile.named import AUTO
from foedus.terms import FUTURES, SEED

if TYPE_CHECKING:
    from foedus.cli.changes import Changes


def demo(
    *,
    futures: Whole = FUTURES,
    threads: Whole = 2,
    out: Path = Path("foedus-demo"),
    engine: Engine = AUTO,
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Compare limited support with steady support on today's world, and write a report."""
    from foedus.cli.asked import Asked, Way
    from foedus.cli.running import run_demo

    run_demo(futures, Way(out, threads), Asked(json, tuple(ally or ()), force, engine))


def run(
    scenario: str,
    *,
    out: Out = None,
    futures: Annotated[int | None, Parameter(converter=whole, help="Ensemble size; default: the file's own.")] = None,
    years: Annotated[
        str | None, Parameter(help=f"First and last year, like {YEARS_ASKED}; default: the file's own.")
    ] = None,
    seed: Annotated[
        int | None, Parameter(converter=whole, help="Seed of the random draws; default: the file's own.")
    ] = None,
    threads: Whole = 2,
    without: Annotated[list[str] | None, Parameter(help="Switch mechanisms off, R01 to R36.", negative="")] = None,
    without_plans: Annotated[bool, Parameter(help="Leave announced spending out.", negative="")] = False,
    ensemble: Ensemble = "",
    keep: Keep = "",
    until: Annotated[
        str, Parameter(help="Run until errors are at most this, such as 5%; --futures is then the most that are run.")
    ] = "",
    figure: Annotated[
        list[str] | None, Parameter(help="With --until: loss (default), war or ground; repeat for more.", negative="")
    ] = None,
    shard: Shard = "",
    scheduler: Scheduler = "",
    engine: Engine = AUTO,
    model: Models = None,
    control: Control = None,
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Run a scenario file into a run folder, and write its report. The same command continues a stopped run.

    SCENARIO is a file (foedus manual scenarios), one that ships (foedus scenarios), or a preset posture, which runs
    beside steady support.
    """
    from foedus.cli.asked import Asked, Way
    from foedus.cli.changes import Changes
    from foedus.cli.running import run_scenario

    asked, precise = Asked(json, tuple(ally or ()), force, engine, tuple(model or ()), control), None
    if until or figure:
        from foedus.cli.until import until_asked

        precise = until_asked(until, figure or (), asked.allies, futures)
    changes = Changes(None if precise else futures, years, seed, without or (), not without_plans, ensemble, keep)
    run_scenario(scenario, changes, Way(out, threads, precise, shard, scheduler), asked)


def design(
    scenario: str,
    *,
    method: Annotated[str, Parameter(help="sobol, morris or lhs.")] = "sobol",
    of: Annotated[
        list[str] | None, Parameter(help="Assumptions moved each by itself (foedus ledger); repeat.", negative="")
    ] = None,
    rows: Annotated[int, Parameter(converter=whole, help="Base rows, trajectories or futures.")] = 64,
    weights: Annotated[Path | None, Parameter(help="File of weights of members: columns member, weight.")] = None,
    measure: Annotated[str, Parameter(help="Outcome, as foedus explore takes it.")] = "",
    years: Annotated[
        str | None, Parameter(help=f"First and last year, like {YEARS_ASKED}; default: the file's own.")
    ] = None,
    seed: Annotated[
        int | None, Parameter(converter=whole, help="Seed of the random draws; default: the file's own.")
    ] = None,
    threads: Whole = 2,
    ensemble: Ensemble = "",
    out: Out = None,
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Choose the futures of a scenario row by row (member, assumptions, luck), run them, and say what each one does.

    Needs the extra explore: pip install "foedus[explore]".
    """
    from foedus.cli.asked import Asked
    from foedus.cli.changes import Changes
    from foedus.cli.design import run_design
    from foedus.cli.running import scenario_named

    read = Changes(years=years, seed=seed, ensemble=ensemble).to(scenario_named(scenario))
    run_design(read, method, of or (), rows, weights, measure, out, threads, Asked(json, tuple(ally or ()), force))


def compare(
    this: str,
    against: Annotated[str | None, Parameter(help="A posture (default: steady) or a second run folder.")] = None,
    *,
    futures: Annotated[int | None, Parameter(converter=whole, help="Ensemble size; default: 512.")] = None,
    years: Annotated[str | None, Parameter(help=f"First and last year; default: {YEARS_ASKED}.")] = None,
    seed: Annotated[int | None, Parameter(converter=whole, help=f"Seed of the random draws; default: {SEED}.")] = None,
    threads: Annotated[int | None, Parameter(converter=whole, help="Processes side by side; default: 2.")] = None,
    without: Annotated[list[str] | None, Parameter(help="Switch mechanisms off.", negative="")] = None,
    without_plans: Annotated[bool, Parameter(help="Leave announced spending out.", negative="")] = False,
    out: Out = None,
    ensemble: Ensemble = "",
    keep: Keep = "",
    engine: Engine = AUTO,
    control: Control = None,
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Compare two postures, presets or files, or two run folders, on common random numbers.

    Both meet the same random draws, so that each future is paired with itself. THIS is a posture or a run folder; a
    run folder alone shows all its allies.
    """
    from foedus.cli.applies import not_with
    from foedus.cli.asked import Asked, Way
    from foedus.cli.running import folders_named, run_comparison, show_folders

    told = Asked(json, tuple(ally or ()), force, engine, control=control)
    if folders := folders_named(this, against):
        read = "run folders, which are reloaded as they were run"
        given = True if without_plans else None
        not_with(read, futures=futures, years=years, seed=seed, threads=threads, without=without, without_plans=given)
        not_with(read, force=force, ensemble=ensemble, keep=keep, engine=None if engine == AUTO else engine)
        show_folders(*folders, told, out=out)
        return
    changes = _changes(futures, years, seed, without, plans=not without_plans, ensemble=ensemble, keep=keep)
    run_comparison(this, against, changes, Way(out, 2 if threads is None else threads), told)


def pairs(
    *states: str,
    posture: Annotated[str, Parameter(help="A preset or a posture file.")] = "steady",
    futures: Whole = 512,
    years: Annotated[str, Parameter(help="First and last.")] = YEARS_ASKED,
    seed: Whole = SEED,
    threads: Whole = 2,
    without: Annotated[list[str] | None, Parameter(help="Switch mechanisms off.", negative="")] = None,
    without_plans: Annotated[bool, Parameter(help="Leave announced spending out.", negative="")] = False,
    out: Out = None,
    ensemble: Ensemble = "",
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Show who might fight whom: yearly chances of challenge, force, war and help, and of a war by a year.

    STATES: none shows the pairs likeliest to see a war; one, all pairs it is in; two, those between them. A region or a
    group, such as Baltics, stands for its states.
    """
    from foedus.cli.asked import Asked, Way
    from foedus.cli.pairs import run_pairs

    changes = _changes(futures, years, seed, without, plans=not without_plans, ensemble=ensemble)
    run_pairs(states, posture, changes, Way(out, threads), Asked(json, tuple(ally or ()), force))


def anchors(
    run: Annotated[Path | None, Parameter(help="A run folder; without it, one posture is run.")] = None,
    *,
    posture: Annotated[str, Parameter(help="A preset or a posture file; default: steady.")] = "",
    futures: Annotated[int | None, Parameter(converter=whole, help="Ensemble size; default: 512.")] = None,
    years: Annotated[str | None, Parameter(help=f"First and last year; default: {YEARS_ASKED}.")] = None,
    seed: Annotated[int | None, Parameter(converter=whole, help=f"Seed of the random draws; default: {SEED}.")] = None,
    threads: Annotated[int | None, Parameter(converter=whole, help="Processes side by side; default: 2.")] = None,
    without: Annotated[list[str] | None, Parameter(help="Switch mechanisms off.", negative="")] = None,
    kind: Annotated[
        list[str] | None, Parameter(help="market, crowd, experts, public, model or record; default: all.", negative="")
    ] = None,
    ensemble: Ensemble = "",
    ally: Ally = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Show what markets, crowds and experts say beside the model's chance of the same event over the same window."""
    from foedus.cli.anchors import show_anchors
    from foedus.cli.applies import not_with
    from foedus.cli.asked import Way

    if run is not None:
        what = "a run folder, which is read as it was run"
        not_with(what, posture=posture, futures=futures, years=years, seed=seed, threads=threads, without=without)
        not_with(what, out=out, ensemble=ensemble)
    show_anchors(
        run,
        posture or "steady",
        _changes(futures, years, seed, without, ensemble=ensemble),
        Way(out, 2 if threads is None else threads),
        kinds=kind or [],
        allies=ally or [],
        as_json=json,
    )


def ablate(
    scenario: str,
    *,
    futures: Whole = 256,
    threads: Whole = 2,
    rows: Annotated[list[str] | None, Parameter(negative="")] = None,
    json: Json = False,
) -> None:
    """Switch off each mechanism in turn, paired with the full model, and rank what each contributes.

    SCENARIO is a file or a preset posture.
    """
    from foedus.cli.ablation import run_ablation

    run_ablation(scenario, futures, threads, rows, as_json=json)


def _changes(
    futures: int | None,
    years: str | None,
    seed: int | None,
    without: list[str] | None,
    *,
    plans: bool = True,
    ensemble: str = "",
    keep: str = "",
) -> Changes:
    """What a command without a scenario file asks for: everything that is not given has a value here."""
    from foedus.cli.changes import Changes

    first = 512 if futures is None else futures, years or YEARS_ASKED, SEED if seed is None else seed
    return Changes(*first, without or (), plans, ensemble, keep)


COMMANDS = (
    demo,
    run,
    design,
    compare,
    pairs,
    anchors,
    ablate,
)
