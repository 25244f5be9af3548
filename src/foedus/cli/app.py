"""Every command, its arguments and its help. Each hands over to a module of the same theme."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter, Token

from foedus.terms import FUTURES, SEED, YEARS
from foedus.version import __version__

YEARS_ASKED = f"{YEARS[0]}:{YEARS[1]}"

app = App(
    name="foedus",
    version=__version__,
    help_format="plaintext",
    help="A security order whose guarantor is no longer certain. "
    "It compares policies under stated uncertainty; it does not predict. Add --debug to any command for tracebacks.",
)


def _whole(_: type, tokens: Sequence[Token]) -> int:
    """Read a whole number; Cyclopts would round 1.5."""
    try:
        return int(tokens[0].value)
    except ValueError:
        msg = f"{tokens[0].value} is not a whole number."
        raise ValueError(msg) from None


Whole = Annotated[int, Parameter(converter=_whole)]
Json = Annotated[bool, Parameter(name="--json", help="Print JSON instead of tables.")]
Ally = Annotated[
    list[str] | None,
    Parameter(help="Show only these: a state, a region or a group; repeat for more.", negative=""),
]
Ensemble = Annotated[
    str, Parameter(help="Members of the record that futures draw from, or prior; default: the scenario's own.")
]
Force = Annotated[bool, Parameter(help="Replace the run folder that is there.", negative="")]
Out = Annotated[Path | None, Parameter(help="Run folder.")]
TableOut = Annotated[
    Path | None,
    Parameter(help="File: .csv, .csv.gz, .parquet or .dta; - is standard output.", allow_leading_hyphen=True),
]


@app.command
def demo(
    *,
    futures: Whole = FUTURES,
    threads: Whole = 2,
    out: Path = Path("foedus-demo"),
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Compare limited support with steady support on today's world, and write a report."""
    from foedus.cli.asked import Asked
    from foedus.cli.running import run_demo

    run_demo(futures, threads, out, Asked(json, tuple(ally or ()), force))


@app.command
def run(
    scenario: str,
    *,
    out: Out = None,
    futures: Annotated[int | None, Parameter(converter=_whole, help="Ensemble size; default: the file's own.")] = None,
    years: Annotated[
        str | None, Parameter(help=f"First and last year, like {YEARS_ASKED}; default: the file's own.")
    ] = None,
    seed: Annotated[
        int | None, Parameter(converter=_whole, help="Seed of the random draws; default: the file's own.")
    ] = None,
    threads: Whole = 2,
    without: Annotated[list[str] | None, Parameter(help="Switch mechanisms off, R01 to R34.", negative="")] = None,
    without_plans: Annotated[bool, Parameter(help="Leave announced spending out.", negative="")] = False,
    ensemble: Ensemble = "",
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Run a scenario file into a run folder, and write its report. The same command continues a stopped run.

    SCENARIO is a file (docs/scenarios.md), one that ships (foedus scenarios), or a preset posture, which runs beside
    steady support.
    """
    from foedus.cli.asked import Asked
    from foedus.cli.running import run_scenario

    asked, plans = Asked(json, tuple(ally or ()), force), not without_plans
    run_scenario(scenario, out, futures, years, seed, threads, without or [], asked, plans=plans, ensemble=ensemble)


@app.command
def compare(
    this: str,
    against: Annotated[str | None, Parameter(help="A posture (default: steady) or a second run folder.")] = None,
    *,
    futures: Annotated[int | None, Parameter(converter=_whole, help="Ensemble size; default: 512.")] = None,
    years: Annotated[str | None, Parameter(help=f"First and last year; default: {YEARS_ASKED}.")] = None,
    seed: Annotated[int | None, Parameter(converter=_whole, help=f"Seed of the random draws; default: {SEED}.")] = None,
    threads: Annotated[int | None, Parameter(converter=_whole, help="Processes side by side; default: 2.")] = None,
    without: Annotated[list[str] | None, Parameter(help="Switch mechanisms off.", negative="")] = None,
    without_plans: Annotated[bool, Parameter(help="Leave announced spending out.", negative="")] = False,
    out: Out = None,
    ensemble: Ensemble = "",
    ally: Ally = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Compare two postures, presets or files, or two run folders, on common random numbers.

    Both meet the same random draws, so that each future is paired with itself. THIS is a posture or a run folder; a
    run folder alone shows all its allies.
    """
    from foedus.cli.applies import not_with
    from foedus.cli.asked import Asked
    from foedus.cli.running import folders_named, run_comparison, show_folders

    told = Asked(json, tuple(ally or ()), force)
    if folders := folders_named(this, against):
        read = "run folders, which are reloaded as they were run"
        given = True if without_plans else None
        not_with(read, futures=futures, years=years, seed=seed, threads=threads, without=without, without_plans=given)
        not_with(read, force=force, ensemble=ensemble)
        show_folders(*folders, told, out=out)
        return
    asked = 512 if futures is None else futures, years or YEARS_ASKED, SEED if seed is None else seed
    cores, plans = 2 if threads is None else threads, not without_plans
    run_comparison(this, against, *asked, cores, without or [], out, told, plans=plans, ensemble=ensemble)


@app.command
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
    from foedus.cli.asked import Asked
    from foedus.cli.pairs import run_pairs

    asked, plans = Asked(json, tuple(ally or ()), force), not without_plans
    run_pairs(states, posture, futures, years, seed, threads, without or [], out, asked, plans=plans, ensemble=ensemble)


@app.command
def anchors(
    run: Annotated[Path | None, Parameter(help="A run folder; without it, one posture is run.")] = None,
    *,
    posture: Annotated[str, Parameter(help="A preset or a posture file; default: steady.")] = "",
    futures: Annotated[int | None, Parameter(converter=_whole, help="Ensemble size; default: 512.")] = None,
    years: Annotated[str | None, Parameter(help=f"First and last year; default: {YEARS_ASKED}.")] = None,
    seed: Annotated[int | None, Parameter(converter=_whole, help=f"Seed of the random draws; default: {SEED}.")] = None,
    threads: Annotated[int | None, Parameter(converter=_whole, help="Processes side by side; default: 2.")] = None,
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

    if run is not None:
        what = "a run folder, which is read as it was run"
        not_with(what, posture=posture, futures=futures, years=years, seed=seed, threads=threads, without=without)
        not_with(what, out=out, ensemble=ensemble)
    asked = 512 if futures is None else futures, years or YEARS_ASKED, SEED if seed is None else seed
    cores = 2 if threads is None else threads
    show_anchors(
        run,
        posture or "steady",
        *asked,
        cores,
        without or [],
        out,
        kinds=kind or [],
        allies=ally or [],
        ensemble=ensemble,
        as_json=json,
    )


@app.command
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


@app.command
def report(run: Path, *, out: Path | None = None) -> None:
    """Write the report of a run folder as one HTML file."""
    from foedus.cli.running import write_report

    write_report(run, out)


@app.command
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
        list_measures(of, as_json=json)
        return
    if of != "ally":
        not_with(f"measures of each {of}", ally=ally)
    write_table(run, out, measures or [], of, Asked(json, tuple(ally or ())), every_future=every_future)


@app.command
def exposure(
    ally: str = "",
    *,
    channel: Annotated[str, Parameter(help="Show one of the eleven channels only.")] = "",
    against: Annotated[str, Parameter(help="Challenger to measure against; default: the worst.")] = "",
    replace: Annotated[
        str, Parameter(help="Cost and date of replacing a preset: enablers, contribution or mass.")
    ] = "",
    share: Annotated[
        str,
        Parameter(
            help="Who pays: gdp (default), threat, capability, equal, or POL=0.3,DEU=0.5 with others sharing the rest."
        ),
    ] = "",
    pool: Annotated[
        str, Parameter(help="Who buys together: region (default), alone, a pool, a group, or codes with commas.")
    ] = "",
    explain: Annotated[str, Parameter(help="Trace a figure down to its sources.")] = "",
    given: Annotated[
        list[str] | None, Parameter(name="--set", help="Set a parameter, such as output_growth=0.3.", negative="")
    ] = None,
    json: Json = False,
) -> None:
    """Show how much of an ally's defence depends on the guarantor. ALLY: code, name, region or group; all without."""
    from foedus.cli.applies import not_with
    from foedus.cli.exposure import parameters_given

    if explain:
        not_with("--explain", channel=channel)
    with parameters_given(given or []):
        if replace:
            from foedus.cli.replacing import show_replacement

            not_with("--replace", channel=channel)
            show_replacement(ally, replace, share or "gdp", pool, against=against, explain=explain, as_json=json)
        else:
            from foedus.cli.exposure import show_exposure

            not_with("the account alone; it is of --replace", share=share, pool=pool)
            show_exposure(ally, channel=channel, against=against, explain=explain, as_json=json)


@app.command
def brief(
    ally: str,
    *,
    posture: Annotated[str, Parameter(help="A preset or a posture file.")] = "limited-support",
    against: Annotated[str, Parameter(help="Challenger to measure against; default: the worst.")] = "",
    html: Annotated[Path | None, Parameter(help="Write the page as one HTML file that prints on one A4 page.")] = None,
    explain: Annotated[str, Parameter(help="Trace a figure down to its sources or its run.")] = "",
    futures: Whole = 192,
    seed: Whole = 1,
    threads: Whole = 2,
    json: Json = False,
) -> None:
    """Write one page on one ally: what depends on the guarantor, the risk, what would help, what it costs."""
    from foedus.cli.brief import show_brief

    show_brief(ally, posture, futures, seed, threads, against=against, html=html, explain=explain, as_json=json)


@app.command
def cache(
    *, clear: Annotated[bool, Parameter(negative="", help="Remove the kept runs.")] = False, json: Json = False
) -> None:
    """Say where runs of briefs are kept and how much they take; --clear removes them."""
    from foedus.cli.cache import show_cache

    show_cache(clear=clear, as_json=json)


@app.command
def world(place: str = "", *, json: Json = False) -> None:
    """List the states of the model: code, name, region, guarantor, pool, challengers. PLACE: a region or a group."""
    from foedus.cli.lists import list_states

    list_states(place, as_json=json)


@app.command
def groups(*, json: Json = False) -> None:
    """List the groups of states, such as NATO or Baltics, that go wherever an ally can be named."""
    from foedus.cli.lists import list_groups

    list_groups(as_json=json)


@app.command
def ledger(
    *,
    grep: str = "",
    grade: str = "",
    record: Annotated[
        str, Parameter(help="Prior and posterior from a stored record of disputes, such as record-2010.")
    ] = "",
    json: Json = False,
) -> None:
    """List the model's parameters: default, range, grade, source; with --record, prior and posterior."""
    if record:
        from foedus.cli.posterior import list_learnt

        list_learnt(record, grep, as_json=json)
        return
    from foedus.cli.lists import list_ledger

    list_ledger(grep, grade, as_json=json)


@app.command
def sources(
    state: str = "", *, missing: bool = False, assumed: bool = False, grade: str = "", json: Json = False
) -> None:
    """List the facts of a state with source and grade; or those missing, or assumed instead."""
    from foedus.cli.applies import not_with
    from foedus.cli.lists import list_sources

    if missing:
        not_with("--missing", assumed=assumed, grade=grade)
    if assumed:
        not_with("--assumed, whose defaults all bear grade A", grade=grade)
    list_sources(state, missing=missing, assumed=assumed, grade=grade, as_json=json)


@app.command
def postures(*, json: Json = False) -> None:
    """List the postures that ship with Foedus and the question each asks."""
    from foedus.cli.lists import list_postures

    list_postures(as_json=json)


@app.command
def scenarios(*, json: Json = False) -> None:
    """List the scenarios that ship with Foedus: question, years, and what the two sides differ in."""
    from foedus.cli.lists import list_scenarios

    list_scenarios(as_json=json)


@app.command
def mechanisms(*, json: Json = False) -> None:
    """List the mechanisms and how each is switched off."""
    from foedus.cli.lists import list_mechanisms

    list_mechanisms(as_json=json)


@app.command
def validate(
    *names: str,
    data: Annotated[Path | None, Parameter(help="Folder of research files; default: FOEDUS_DATA.")] = None,
    list_: Annotated[bool, Parameter(name="--list", negative="", help="List the hindcasts; run nothing.")] = False,
    quick: Annotated[bool, Parameter(negative="", help="Run the quick ones only: under a minute.")] = False,
    stored: Annotated[bool, Parameter(negative="", help="Show the results stored with Foedus; run nothing.")] = False,
    draws: Annotated[int | None, Parameter(converter=_whole, help="Bootstrap draws of dyads; default: 200.")] = None,
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
    from foedus.cli.applies import not_with
    from foedus.cli.validate import run_validate

    if forecasts is not None:
        from foedus.cli.forecasts import score_frozen

        not_with("--forecasts", names=names, data=data, list=list_, quick=quick, stored=stored, draws=draws, out=out)
        score_frozen(forecasts, frozen, as_json=json)
        return
    not_with("hindcasts (give --forecasts DATA)", frozen=frozen)
    run_validate(names, data, listed=list_, quick=quick, stored=stored, draws=draws, out=out, as_json=json)


@app.command
def panel(
    kind: str = "dyad-year",
    *,
    years: Annotated[str, Parameter(help="First and last year, like 1946:2010.")] = "",
    add: Annotated[
        list[str] | None, Parameter(consume_multiple=True, negative="", help="Variables to add, by name; see --list.")
    ] = None,
    system: Annotated[str, Parameter(help="State system: cow or gw.")] = "cow",
    undirected: Annotated[
        bool, Parameter(negative="--directed", help="Each dyad once, the lower code first; or directed dyads.")
    ] = False,
    relevant: Annotated[bool, Parameter(negative="", help="Add prd: politically relevant dyad.")] = False,
    only_relevant: Annotated[bool, Parameter(negative="", help="Keep politically relevant dyads only.")] = False,
    data: Annotated[Path | None, Parameter(help="Folder of research files; default: FOEDUS_DATA.")] = None,
    out: TableOut = None,
    list_: Annotated[
        bool, Parameter(name="--list", negative="", help="List what can be added; build nothing.")
    ] = False,
    files: Annotated[bool, Parameter(negative="", help="List the files the folder holds and lacks.")] = False,
    json: Json = False,
) -> None:
    """Build a panel from your data files: state-year, dyad-year or dispute-dyad-year."""
    from foedus.cli.applies import not_with
    from foedus.cli.panel import list_files, list_variables, run_panel

    if list_ or files:
        what = "--list" if list_ else "--files"
        not_with(what, years=years, add=add, undirected=undirected, relevant=relevant, only_relevant=only_relevant)
        not_with(what, out=out)
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


data_app = App(name="data", help="Get research files from public mirrors, or add files you have, to the data folder.")
app.command(data_app)
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
    from foedus.cli.data import get_data

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


@app.command
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
    json: Json = False,
) -> None:
    """Re-estimate every computed figure from your data, with intervals; exit 1 if one drifted from the ledger.

    NAMES are parameters or estimates; all without one, in about a minute. With --posterior: the posterior of the
    crisis tree given disputes since 1950, in about five minutes.
    """
    import sys

    if posterior or until is not None:
        from foedus.cli.posterior import run_posterior

        run_posterior(data, names, until, out, posterior=posterior, as_json=json)
        return

    from foedus.cli.estimate import run_estimates

    if status := run_estimates(data, names, out, as_json=json):
        sys.exit(status)
