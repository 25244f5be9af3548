"""What a notebook does: run a scenario, open a run, name a posture, write a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import overload

from foedus.compile.named import AUTO
from foedus.engine.models import InterventionModel
from foedus.engine.situation import Block
from foedus.engine.year import BLOCKS
from foedus.files import place
from foedus.posture import Posture, Scenario
from foedus.posture import preset as read_preset
from foedus.results import Results
from foedus.results.plural import ModelRuns
from foedus.study import Progress, Study, prepare
from foedus.study import run as run_study
from foedus.study.several import studies_of
from foedus.world import World


@overload
def run(
    scenario: Scenario,
    world: World | None = None,
    out: Path | str | None = None,
    threads: int = 2,
    bar: bool = True,
    progress: Progress | None = None,
    blocks: Sequence[Block] = BLOCKS,
    engine: str = AUTO,
    *,
    model: InterventionModel | str | None = None,
    models: None = None,
) -> Results: ...


@overload
def run(
    scenario: Scenario,
    world: World | None = None,
    out: Path | str | None = None,
    threads: int = 2,
    bar: bool = True,
    progress: Progress | None = None,
    blocks: Sequence[Block] = BLOCKS,
    engine: str = AUTO,
    *,
    models: Sequence[InterventionModel | str],
) -> ModelRuns: ...


def run(
    scenario: Scenario,
    world: World | None = None,
    out: Path | str | None = None,
    threads: int = 2,
    bar: bool = True,
    progress: Progress | None = None,
    blocks: Sequence[Block] = BLOCKS,
    engine: str = AUTO,
    *,
    model: InterventionModel | str | None = None,
    models: Sequence[InterventionModel | str] | None = None,
) -> Results | ModelRuns:
    """Run every future of a scenario and open the results.

    scenario  what is run, from `Scenario.read` or `Scenario.of`
    world     the world it runs on; the scenario's own without it
    out       run folder; without it `foedus-NAME-DIGEST` here, so that the same scenario continues or reads back
    threads   how many chunks are computed side by side, 1 or more; the results do not depend on it
    bar       show progress where there is a terminal
    progress  called instead with a role, "posture" or "against", and the number of its futures just done; the first
              call of a role tells what an earlier run left
    blocks    what a year consists of, in order; `foedus.BLOCKS`, the model's own, unless told
    engine    what runs the year: `auto`, `eager`, `numpy` or `compiled` (docs/compiled.md)
    model     of who fights, in the place of eq. (14): a name of `foedus.models.model_names()`, or one of your own
    models    several, each run on the same luck into a folder of its own under `out`; "foedus" is the model's own

    Returns the results; with `models`, those of each under its name.
    Raises RunFolderError when the folder cannot be used or another process writes there, InputError for a block that is
    none or a model named twice, UnknownName for a model nobody declared, Stopped on Ctrl-C; what was finished stays.
    Warns of damaged parts, which it makes again.
    """
    if models is not None:
        studies = studies_of(prepare(scenario, world, blocks, engine), models)
        root = place(f"foedus-{scenario.name}-models" if out is None else out)
        return ModelRuns.of([_run(study, root / name, threads, progress, bar) for name, study in studies.items()])
    study = prepare(scenario, world, blocks, engine, model)
    folder = place(f"foedus-{scenario.name}-{study.digest}" if out is None else out)
    return _run(study, folder, threads, progress, bar)


def _run(study: Study, folder: Path, threads: int, progress: Progress | None, bar: bool) -> Results:
    from foedus.study.progress import Bars

    with Bars(study, shown=bar and progress is None) as bars:
        run_study(study, folder, threads, progress or bars.done)
    return Results.open(folder)


def compute(
    scenario: Scenario,
    world: World | None = None,
    threads: int = 1,
    progress: Progress | None = None,
    blocks: Sequence[Block] = BLOCKS,
    engine: str = AUTO,
    model: InterventionModel | str | None = None,
) -> Results:
    """Run every future of a scenario in memory, without a run folder, and return the results: those of `run`.

    scenario  what is run
    world     the world it runs on; the scenario's own without it
    threads   how many chunks are computed side by side; in any thread but a program's first, in this process
    progress  called with a role and the number of its futures just done, as by `run`
    blocks    what a year consists of, in order; `foedus.BLOCKS`, the model's own, unless told
    engine    what runs the year: `auto`, `eager`, `numpy` or `compiled` (docs/compiled.md)
    model     of who fights, as in `run`

    Every measure of every future is kept in memory: about 0.3 MB a future and posture where all states and 25 years are
    run. Raises InputError for a block that is none, Stopped on Ctrl-C.
    """
    from foedus.study import compute as compute_study

    return Results.of(compute_study(prepare(scenario, world, blocks, engine, model), threads, progress))


def open_run(folder: Path | str) -> Results:
    """Open the results of a run folder; raise RunFolderError when it is none or holds no finished part."""
    return Results.open(folder)


def preset(name: str, world: World | None = None) -> Posture:
    """A posture that ships with Foedus.

    name   one of `preset_names()`
    world  whose states the posture may name; that of 2026 without it

    Raises UnknownName with the nearest spelling.
    """
    return read_preset(name, (world or World.load()).states.iso3)


def write_report(results: Results, path: Path | str, world: World | None = None) -> Path:
    """Write the report of a run as one HTML file and return its path.

    results  one run, or two compared (`Results.compare`)
    path     the file to write; what is there is replaced
    world    whose names and map the report shows; that of 2026 without it

    Raises InputError when the file cannot be written.
    """
    from foedus.report import write

    return write(results, world or World.load(), path)
