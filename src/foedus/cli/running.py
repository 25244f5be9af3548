"""Commands that run futures: demo, run, compare, report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from foedus.cli.tables import as_json as print_json
from foedus.cli.tables import headline_table, rates_line, said
from foedus.errors import ScenarioError
from foedus.ledger import load_ledger
from foedus.posture import Posture, Scenario, preset, preset_names, read_posture, read_scenario
from foedus.results import Results
from foedus.study import Stopped, Study, prepare, run
from foedus.world import World


def run_demo(futures: int, threads: int, out: Path, *, as_json: bool) -> None:
    """Compare limited support with steady support."""
    _positive(futures)
    states = World.load().states.iso3
    scenario = Scenario(
        name="demo",
        title="Limited support against steady support",
        question="What if the guarantor shifts from presence to targeted help?",
        first=2026,
        last=2050,
        futures=futures,
        seed=1,
        posture=preset("limited-support", states),
        against=preset("steady", states),
    )
    _go(prepare(scenario), out, threads, as_json=as_json)


def run_scenario(
    path: Path, out: Path | None, futures: int | None, threads: int, without: Sequence[str], *, as_json: bool
) -> None:
    """Run a scenario file."""
    ledger = load_ledger()
    scenario = read_scenario(path, World.load().states.iso3, list(ledger.parameters), list(ledger.mechanisms))
    ledger.switched_off(without)
    if futures is not None:
        _positive(futures)
        scenario = scenario.but(futures=futures)
    if without:
        scenario = scenario.but(without=(*scenario.without, *without))
    _go(prepare(scenario), out or Path(f"foedus-{scenario.name}"), threads, as_json=as_json)


def run_comparison(
    posture: str,
    against: str,
    futures: int,
    years: str,
    seed: int,
    threads: int,
    without: Sequence[str],
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Compare two postures by name or file."""
    _positive(futures)
    states = World.load().states.iso3
    load_ledger().switched_off(without)
    first, last = _years(years)
    scenario = Scenario(
        name=f"{Path(posture).stem}-against-{Path(against).stem}",
        title=f"{Path(posture).stem} against {Path(against).stem}",
        question="",
        first=first,
        last=last,
        futures=futures,
        seed=seed,
        posture=named_posture(posture, states),
        against=named_posture(against, states),
        without=tuple(without),
    )
    _go(prepare(scenario), out or Path(f"foedus-{scenario.name}"), threads, as_json=as_json)


def write_report(folder: Path, out: Path | None) -> None:
    """Write the report of a run folder."""
    from foedus.report import write

    path = write(Results.open(folder), World.load(), out or folder / "report.html")
    said(f"report: {path}")


def named_posture(name: str, states: Sequence[str]) -> Posture:
    """A preset by name, or a posture file by path; raise with the nearest spelling."""
    if name in preset_names() or not name.endswith(".toml"):
        return preset(name, states)
    return read_posture(Path(name), states)


def _go(study: Study, out: Path, threads: int, *, as_json: bool) -> None:
    """Run, print the table, write the report."""
    from foedus.report import write

    if threads < 1:
        msg = f"--threads {threads}: must be one or more"
        raise ScenarioError(msg)
    run_with_progress(study, out, threads)
    results = Results.open(out)
    path = write(results, study.world, out / "report.html")
    if as_json:
        print_json(results, study.world)
        return
    headline_table(results)
    rates_line(results, study.world)
    said(f"\nreport: {path}\nagain:  the same command reads {out}; remove the folder to start over")


def run_with_progress(study: Study, out: Path, threads: int) -> None:
    """Run a study showing futures done, rate and time left; say how to continue on Ctrl-C."""
    total = study.scenario.futures * len(study.roles)
    columns = (
        TextColumn("futures"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("futures", total=total, rate="")

        def advance(count: int) -> None:
            bar.advance(task, count)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{speed:.0f}/s" if speed else "")

        try:
            run(study, out, threads, advance)
        except Stopped:
            bar.stop()
            sys.stderr.write(f"\nstopped; finished parts are in {out}. The same command continues from there.\n")
            sys.exit(130)


def _positive(futures: int) -> None:
    if futures <= 0:
        msg = f"--futures {futures}: must be above zero"
        raise ScenarioError(msg)


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit()):
        msg = f'--years {text}: is not like "2026-2050"'
        raise ScenarioError(msg)
    if int(last) < int(first):
        msg = f"--years {text}: years are reversed. Write {last}-{first}."
        raise ScenarioError(msg)
    return int(first), int(last)
