"""Commands that run futures, or reload them: demo, run, compare, report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import warn

from foedus.cli.applies import not_with
from foedus.cli.asked import Asked, Way
from foedus.cli.changes import Changes, positive
from foedus.cli.console import opening, said
from foedus.cli.naming import allies_named
from foedus.cli.progress import run_with_progress
from foedus.cli.sharing import run_share
from foedus.compile.named import AUTO
from foedus.errors import FoedusWarning, NotKept, RunFolderError, ScenarioError, nearest
from foedus.files import cannot_write, check_place, place
from foedus.posture import Scenario, preset_names
from foedus.posture.bounds import MOST_FUTURES
from foedus.posture.naming import is_file, named_posture, told_apart
from foedus.posture.shipped import shipped_files
from foedus.study import Study, prepare
from foedus.study.belonging import MANIFEST
from foedus.study.clearing import replace_run
from foedus.study.shard import Shard
from foedus.study.stores import url_of
from foedus.world import World

if TYPE_CHECKING:
    from foedus.results import Results

SAME_SIDES = (
    "both sides are the same in everything, so every difference between them is 0. Say in [against] what differs on "
    "the side compared with, or compare with nothing: against = 'none' (foedus manual scenarios)"
)
"""Said before a run that compares a side with itself."""

MOST_THREADS = 1024
"""Chunks computed side by side at most: more than any machine has cores."""


def run_demo(futures: int, way: Way, asked: Asked) -> None:
    """Compare limited support with steady support."""
    positive("futures", futures, MOST_FUTURES)
    scenario = Scenario.of(
        "limited-support",
        name="demo",
        title="Limited support against steady support",
        question="What if the guarantor shifts from presence to targeted help?",
        futures=futures,
        command=("foedus", "demo", "--futures", str(futures), *_by(asked), *_given(way.out, Path("foedus-demo"))),
    )
    _go(prepare(scenario), way, asked)


def run_scenario(name: str, changes: Changes, way: Way, asked: Asked) -> None:
    """Run a scenario file or one that ships, or a preset posture beside steady support."""
    scenario = changes.to(scenario_named(name))
    options = (*changes.options(scenario), *_by(asked), *_given(way.out))
    scenario = scenario.but(command=("foedus", "run", name, *options))
    if len(asked.models) > 1:
        from foedus.cli.plural import run_models

        what = "several models, each run into a folder of its own"
        not_with(what, until=way.until, shard=way.shard, scheduler=way.scheduler)
        study = prepare(scenario, engine=asked.engine)
        run_models(study, asked.models, place(way.folder(scenario)), way.threads, asked)
        return
    study = prepare(scenario, engine=asked.engine, model=asked.models[0] if asked.models else None)
    if way.shard:
        not_with("a share of a run", force=asked.force, ally=asked.allies, json=asked.as_json, until=way.until)
        not_with("a share of a run", scheduler=way.scheduler)
        threads = positive("threads", way.threads, MOST_THREADS)
        run_share(study, place(way.folder(scenario)), threads, Shard.read(way.shard))
    else:
        _go(study, way, asked)


def scenario_named(name: str) -> Scenario:
    """The scenario of a preset by name, of a file, or of one that ships by name, in this order."""
    if name in preset_names():
        return Scenario.of(name, None if name == "steady" else "steady").but(name=name)
    if not is_file(name) and not Path(name).exists():
        if name in shipped_files():
            return Scenario.read(shipped_files()[name])
        if near := nearest(name, (*preset_names(), *shipped_files())):
            kind = "posture" if near in preset_names() else "scenario"
            msg = f'{name}: no such file. Did you mean the {kind} "{near}"? Run it: foedus run {near}'
            raise ScenarioError(msg)
    return Scenario.read(name)


def folders_named(this: str, against: str | None) -> tuple[Path, Path | None] | None:
    """The run folders that two words name, or None where they name postures; raise RunFolderError for one of each."""
    if not _is_folder(this) and (against is None or not _is_folder(against)):
        return None
    for name in (this, against):
        if name is not None and not _is_folder(name):
            msg = f"{this} and {against}: name two run folders, or two postures; {name} is no run folder"
            raise RunFolderError(msg)
    if against is not None and place(this).resolve() == place(against).resolve():
        msg = f"{this} and {against}: are one folder. Name two; one run folder alone shows the sides it holds"
        raise RunFolderError(msg)
    return Path(this), None if against is None else Path(against)


def run_comparison(this: str, against: str | None, changes: Changes, way: Way, asked: Asked) -> None:
    """Compare two postures by name or file."""
    against = against or "steady"
    states = World.load().states.iso3
    postures = named_posture(this, states), named_posture(against, states)
    places = [Path(word).with_suffix("") if is_file(word) else None for word in (this, against)]
    names = told_apart(postures[0].name, postures[1].name, *places)
    sides = [replace(posture, name=name) for posture, name in zip(postures, names, strict=True)]
    scenario = changes.to(Scenario.of(*sides)).but(
        name="-against-".join(name.replace("/", "-").replace(" ", "-") for name in names),
        title=" against ".join(names),
    )
    options = (*changes.options(scenario), *_by(asked), *_given(way.out))
    _go(prepare(scenario.but(command=("foedus", "compare", this, against, *options))), way, asked)


def scenario_of(posture: str, changes: Changes, by: str = "pairs") -> Scenario:
    """A scenario of one posture by name or file, compared with nothing; raise ScenarioError for what it cannot be.

    by  the command that runs it
    """
    named = named_posture(posture, World.load().states.iso3)
    scenario = changes.to(Scenario.of(named, None)).but(name=named.name, title=named.title)
    return scenario.but(command=("foedus", by, "--posture", posture, *changes.options(scenario)))


def _by(asked: Asked) -> list[str]:
    """Options that name an engine other than the usual one, and models."""
    engine = [] if asked.engine == AUTO else ["--engine", asked.engine]
    return engine + [word for model in asked.models for word in ("--model", model)]


def _given(out: Path | None, default: Path | None = None) -> list[str]:
    """The option that names a folder, where one was named."""
    return [] if out is None or out == default else ["--out", str(out)]


def write_report(folder: Path, out: Path | None) -> None:
    """Write the report of a run folder."""
    from foedus.report import write
    from foedus.results import Results

    results = Results.open(folder)
    path = write(results, World.load(), out or results.folder.path / "report.html")
    said(f"report: {path}")


def show_folders(this: Path, against: Path | None, asked: Asked, *, out: Path | None) -> None:
    """Pair two finished runs future by future; one run folder alone shows all its allies."""
    from foedus.results import Results

    results = Results.open(this)
    if against is not None:
        results = results.beside(Results.open(against))
    elif "against" not in results.roles:
        msg = f"{this}: holds one posture. Name a second run folder: foedus compare {this} OTHER"
        raise RunFolderError(msg)
    world = World.load()
    page = None if out is None else _page_in(place(out))
    if page is None:
        _printed(results, world, None, asked)
        return
    with _report_after(results, world, page, "\nReport  {page}", as_json=asked.as_json):
        _printed(results, world, None, asked)


def _page_in(folder: Path) -> Path:
    """The report's file in a folder, which is made; raise RunFolderError where none can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError(str(cannot_write(folder, error, "Name another folder with --out."))) from error
    return check_place(folder / "report.html")


def _printed(results: Results, world: World, most: int | None, asked: Asked) -> None:
    """Print a run: every ally where some are named or `most` is None, else the `most` that change most."""
    from foedus.cli.control import control_shown, losses_told
    from foedus.cli.tables import as_json, shown

    allies = allies_named(world, asked.allies, results.allies)
    by = None if asked.control is None else losses_told(results, asked.control)
    if asked.as_json:
        as_json(results, world, allies, by)
        return
    shown(results, world, None if asked.allies else most, allies)
    if by is not None:
        control_shown(results, world, None if asked.allies else most, allies, by)


@contextmanager
def _report_after(results: Results, world: World, page: Path, told: str, *, as_json: bool) -> Iterator[None]:
    """Write the report once the block has printed, and also where printing fails: neither loses the other.

    told   what is said then, `{page}` in it standing for the report's file
    """
    try:
        yield
        sys.stdout.flush()
    except Exception:
        _write(results, world, page)
        raise
    if _write(results, world, page) and not as_json:
        said(told.replace("{page}", str(page)))


def _write(results: Results, world: World, page: Path) -> bool:
    """Write the report, or say which measure it lacks; what draws it is loaded now, not before the table is printed."""
    from foedus.report import write

    try:
        write(results, world, page)
    except NotKept as missing:
        sys.stderr.write(f"no report: {missing}\n")
        return False
    return True


def _is_folder(name: str) -> bool:
    """Whether a word names a run folder rather than a posture."""
    path = place(name)
    if name in preset_names() or is_file(name):
        return (path / MANIFEST).exists()
    return path.is_dir() or "/" in name.rstrip("/")


def _go(study: Study, way: Way, asked: Asked) -> None:
    """Run, here or on a Dask cluster, until precise if asked; print the table, write the report."""
    study, out = study.by(asked.engine), place(way.folder(study.scenario))
    threads = positive("threads", way.threads, MOST_THREADS)
    allies_named(study.world, asked.allies, [study.world.states.iso3[i] for i in study.layout.allies])
    if study.scenario.same_sides:
        warn(SAME_SIDES, FoedusWarning, stacklevel=2)
    if url := url_of(out):
        not_with("a run at a URL", force=asked.force)
    if asked.force:
        replace_run(out)
    if not asked.as_json:
        opening(study)
    if way.until is None:
        run_with_progress(study, out, threads, scheduler=way.scheduler)
    else:
        not_with("--until", scheduler=way.scheduler)
        from foedus.cli.until import run_until

        run_until(study.scenario, out, threads, way.until, asked.engine, study.model)
    from foedus.results import Results  # after the run, whose workers compute while nothing else is loaded

    results = Results.open(out)
    if url:
        _printed(results, study.world, 12, asked)
        if not asked.as_json:
            said(f"\nReport  foedus report {url} --out FILE.html\nRerun   the same command reloads {url}")
        return
    told = f"\nReport  {{page}}\nNext    {_next(results, out)}\nRerun   the same command reloads {out}"
    with _report_after(results, study.world, out / "report.html", told, as_json=asked.as_json):
        _printed(results, study.world, 12, asked)


def _next(results: Results, out: Path) -> str:
    """What to type next."""
    if "against" in results.roles:
        return f"foedus compare {out}    (all {len(results.allies)} allies)"
    return f"foedus compare {out} OTHER_RUN    (paired: same random draws)"
