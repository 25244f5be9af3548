"""Commands that run futures, or reload them: demo, run, compare, report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import warn

from foedus.cli.applies import not_with
from foedus.cli.asked import Asked
from foedus.cli.console import opening, said
from foedus.cli.naming import allies_named
from foedus.cli.progress import run_with_progress
from foedus.cli.sharing import run_share
from foedus.compile.named import AUTO
from foedus.errors import FoedusWarning, NotKept, RunFolderError, ScenarioError, UnknownName, nearest
from foedus.files import cannot_write, check_place, place
from foedus.given import code_of, repeated, wrong_whole, years_of
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import PRIOR, SHIPPED, ensemble_names
from foedus.posture import Scenario, preset_names, wrong_years
from foedus.posture.bounds import MOST_FUTURES, MOST_SEED
from foedus.posture.naming import is_file, named_posture, told_apart
from foedus.posture.shipped import shipped_files
from foedus.study import Study, prepare
from foedus.study.belonging import MANIFEST
from foedus.study.clearing import replace_run
from foedus.study.shard import Shard
from foedus.study.stores import url_of
from foedus.world import World

if TYPE_CHECKING:
    from foedus.cli.until import Until
    from foedus.results import Results

SAME_SIDES = (
    "both sides are the same in everything, so every difference between them is 0. Say in [against] what differs on "
    "the side compared with, or compare with nothing: against = 'none' (docs/scenarios.md)"
)
"""Said before a run that compares a side with itself."""

MOST_THREADS = 1024
"""Chunks computed side by side at most: more than any machine has cores."""


def run_demo(futures: int, threads: int, out: Path, asked: Asked) -> None:
    """Compare limited support with steady support."""
    _positive("futures", futures)
    scenario = Scenario.of(
        "limited-support",
        name="demo",
        title="Limited support against steady support",
        question="What if the guarantor shifts from presence to targeted help?",
        futures=futures,
        command=("foedus", "demo", "--futures", str(futures), *_by(asked), *_given(out, Path("foedus-demo"))),
    )
    _go(prepare(scenario), out, threads, asked)


def run_scenario(
    name: str,
    out: Path | None,
    futures: int | None,
    years: str | None,
    seed: int | None,
    threads: int,
    without: Sequence[str],
    asked: Asked,
    *,
    plans: bool,
    ensemble: str = "",
    keep: str = "",
    until: Until | None = None,
    shard: str = "",
    scheduler: str = "",
    models: Sequence[str] = (),
) -> None:
    """Run a scenario file or one that ships, or a preset posture beside steady support; until precise, if asked.

    models  of who fights, by name; several are run side by side
    """
    without = rows_named(without)
    scenario = scenario_named(name)
    load_ledger().switched_off(without)
    if futures is not None:
        _positive("futures", futures)
        scenario = scenario if until else scenario.but(futures=futures)
    if years is not None:
        first, last = years_named(years)
        scenario = scenario.but(first=first, last=last)
    if seed is not None:
        scenario = scenario.but(seed=_seed(seed))
    if without:
        scenario = scenario.switching_off(without)
    if not plans:
        scenario = scenario.but(plans=False, other=replace(scenario.other, plans=None))
    if ensemble:
        scenario = scenario.but(ensemble=_ensemble(ensemble))
    if keep:
        scenario = scenario.but(keep=_words(keep))
    span = scenario.first, scenario.last
    options = _options(scenario.futures, scenario.seed, span, without, plans=plans, ensemble=ensemble, keep=keep)
    options += _by(asked) + [word for model in models for word in ("--model", model)]
    scenario = scenario.but(command=("foedus", "run", name, *options, *_given(out)))
    folder = out or Path(f"foedus-{scenario.name}")
    if len(models) > 1:
        from foedus.cli.plural import run_models

        not_with("several models, each run into a folder of its own", until=until, shard=shard, scheduler=scheduler)
        run_models(prepare(scenario, engine=asked.engine), models, place(folder), threads, asked)
        return
    study = prepare(scenario, engine=asked.engine, model=models[0] if models else None)
    if shard:
        not_with("a share of a run", force=asked.force, ally=asked.allies, json=asked.as_json, until=until)
        not_with("a share of a run", scheduler=scheduler)
        _positive("threads", threads)
        run_share(study, place(folder), threads, Shard.read(shard))
    else:
        _go(study, folder, threads, asked, until, scheduler)


def changed_scenario(name: str, years: str | None, seed: int | None, ensemble: str) -> Scenario:
    """The scenario of a name with years, seed and ensemble changed where they are given."""
    scenario = scenario_named(name)
    if years is not None:
        first, last = years_named(years)
        scenario = scenario.but(first=first, last=last)
    if seed is not None:
        scenario = scenario.but(seed=_seed(seed))
    return scenario.but(ensemble=_ensemble(ensemble)) if ensemble else scenario


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


def rows_named(rows: Sequence[str]) -> tuple[str, ...]:
    """Rows of mechanisms as the ledger writes them: r17 is R17. Raises ScenarioError for one named twice."""
    found = tuple(row.upper() for row in rows)
    if twice := repeated(found):
        msg = f"{twice} is named twice. Name it once"
        raise ScenarioError(msg)
    return found


def folders_named(this: str, against: str | None) -> tuple[Path, Path | None] | None:
    """The run folders that two words name, or None where they name postures; raise RunFolderError for one of each."""
    if not _is_folder(this) and (against is None or not _is_folder(against)):
        return None
    for name in (this, against):
        if name is not None and not _is_folder(name):
            msg = f"{this} and {against}: name two run folders, or two postures; {name} is no run folder"
            raise RunFolderError(msg)
    return Path(this), None if against is None else Path(against)


def run_comparison(
    this: str,
    against: str | None,
    futures: int,
    years: str,
    seed: int,
    threads: int,
    without: Sequence[str],
    out: Path | None,
    asked: Asked,
    *,
    plans: bool,
    ensemble: str = "",
    keep: str = "",
) -> None:
    """Compare two postures by name or file."""
    against = against or "steady"
    _positive("futures", futures)
    states = World.load().states.iso3
    without = rows_named(without)
    load_ledger().switched_off(without)
    first, last = years_named(years)
    postures = named_posture(this, states), named_posture(against, states)
    places = [Path(word).with_suffix("") if is_file(word) else None for word in (this, against)]
    names = told_apart(postures[0].name, postures[1].name, *places)
    options = _options(futures, seed, (first, last), without, plans=plans, ensemble=ensemble, keep=keep)
    options += _by(asked)
    scenario = Scenario(
        name="-against-".join(name.replace("/", "-").replace(" ", "-") for name in names),
        title=" against ".join(names),
        question="",
        first=first,
        last=last,
        futures=futures,
        seed=_seed(seed),
        posture=replace(postures[0], name=names[0]),
        against=replace(postures[1], name=names[1]),
        without=tuple(without),
        plans=plans,
        ensemble=_ensemble(ensemble),
        keep=_words(keep),
        command=("foedus", "compare", this, against, *options, *_given(out)),
    )
    _go(prepare(scenario), out or Path(f"foedus-{scenario.name}"), threads, asked)


def scenario_of(
    posture: str,
    futures: int,
    years: str,
    seed: int,
    without: Sequence[str],
    *,
    plans: bool = True,
    by: str = "pairs",
    ensemble: str = "",
) -> Scenario:
    """A scenario of one posture by name or file, compared with nothing; raise ScenarioError for what it cannot be.

    by  the command that runs it
    """
    _positive("futures", futures)
    load_ledger().switched_off(without)
    first, last = years_named(years)
    named = named_posture(posture, World.load().states.iso3)
    scenario = Scenario.of("steady", None, years=(first, last), futures=futures, seed=_seed(seed))
    return scenario.but(
        name=named.name,
        title=named.title,
        posture=named,
        without=tuple(without),
        plans=plans,
        ensemble=_ensemble(ensemble),
        command=(
            "foedus",
            by,
            "--posture",
            posture,
            *_options(futures, seed, (first, last), without, plans=plans, ensemble=ensemble),
        ),
    )


def _ensemble(name: str) -> str:
    """The ensemble of that name, the one of every scenario where none is given; raise UnknownName for none."""
    if not name:
        return SHIPPED
    if (found := code_of(name, (*ensemble_names(), PRIOR))) is None:
        raise UnknownName("ensemble", name, (*ensemble_names(), PRIOR))
    return found


def _options(
    futures: int,
    seed: int,
    years: tuple[int, int],
    without: Sequence[str],
    *,
    plans: bool,
    ensemble: str = "",
    keep: str = "",
) -> list[str]:
    """Options that make a run again, whatever a scenario file or a default says later."""
    first, last = years
    asked = ["--futures", str(futures), "--seed", str(seed), "--years", f"{first}:{last}"]
    rows = (word for row in without for word in ("--without", row))
    drawn = ["--ensemble", ensemble] if ensemble else []
    kept = ["--keep", keep] if keep else []
    return [*asked, *rows, *([] if plans else ["--without-plans"]), *drawn, *kept]


def _by(asked: Asked) -> list[str]:
    """The option that names an engine other than the usual one."""
    return [] if asked.engine == AUTO else ["--engine", asked.engine]


def _words(text: str) -> tuple[str, ...]:
    """Words between commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


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
    from foedus.cli.tables import as_json, shown

    allies = allies_named(world, asked.allies, results.allies)
    if asked.as_json:
        as_json(results, world, allies)
    else:
        shown(results, world, None if asked.allies else most, allies)


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


def _go(study: Study, out: Path, threads: int, asked: Asked, until: Until | None = None, scheduler: str = "") -> None:
    """Run, here or on a Dask cluster, print the table, write the report."""
    study, out = study.by(asked.engine), place(out)
    _positive("threads", threads)
    allies_named(study.world, asked.allies, [study.world.states.iso3[i] for i in study.layout.allies])
    if study.scenario.same_sides:
        warn(SAME_SIDES, FoedusWarning, stacklevel=2)
    if url := url_of(out):
        not_with("a run at a URL", force=asked.force)
    if asked.force:
        replace_run(out)
    if not asked.as_json:
        opening(study)
    if until is None:
        run_with_progress(study, out, threads, scheduler=scheduler)
    else:
        not_with("--until", scheduler=scheduler)
        from foedus.cli.until import run_until

        run_until(study.scenario, out, threads, until, asked.engine, study.model)
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


def _positive(name: str, value: int) -> None:
    most = {"futures": MOST_FUTURES}.get(name, MOST_THREADS)
    if wrong := wrong_whole(value, 1, most):
        msg = f"--{name} {wrong}"
        raise ScenarioError(msg)


def _seed(seed: int) -> int:
    if wrong := wrong_whole(seed, 0, MOST_SEED):
        msg = f"--seed {wrong}"
        raise ScenarioError(msg)
    return seed


def years_named(text: str) -> tuple[int, int]:
    """First and last year of a span; raise ScenarioError for text that is none."""
    if (found := years_of(text)) is None:
        msg = f"--years {text}: is not like 2026:2050"
        raise ScenarioError(msg)
    if wrong := wrong_years(*found):
        msg = f"--years {text}: {wrong}"
        raise ScenarioError(msg)
    return found
