"""Advice in one call: whom for, under which postures, in which folder; and what is written there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from foedus import charts
from foedus.advise import page
from foedus.advise.advising import advise
from foedus.advise.bench import Bench
from foedus.advise.contents import Advice, Archetype
from foedus.advise.objectives import BY_NAME
from foedus.advise.patron import AIMS, Counsel, Court, candidates, counsel
from foedus.advise.portfolio import plan_doctrines, plan_figures
from foedus.advise.progress import Told, quiet
from foedus.advise.reasons import name_of, reasons
from foedus.advise.wording import LETTERS
from foedus.errors import InputError, RunFolderError, UnknownName
from foedus.facade import needs
from foedus.files import cannot_write, locked, place, write_text
from foedus.given import code_of, repeated, wrong_number, wrong_whole
from foedus.names import country
from foedus.posture import Posture, Scenario, preset_names
from foedus.posture.bounds import MOST_FUTURES
from foedus.posture.naming import named_posture
from foedus.posture.posture import main_guarantor
from foedus.posture.writing import scenario_text
from foedus.terms import SEED
from foedus.words import listed
from foedus.world import World

POSTURES = ("steady", "limited-support", "retrench")
"""Postures of the guarantor under which advice is weighed unless told: as today, targeted help, forces leave."""

PORTFOLIOS, FUTURES, YEARS = 200, 500, (2026, 2045)
"""Portfolios that a search tries, futures on which it tries each, and years of a run, unless told."""

MOST_PORTFOLIOS = 100_000

TRIALS = "trials"
"""Folder, within the one that was named, that keeps what was tried."""


@dataclass(frozen=True)
class Answer:
    """Advice with its reasons, and whom it is for in running text."""

    name: str
    advice: Advice
    reasons: tuple[str, ...]


def ask(
    *words: str,
    postures: Sequence[str | Posture] = POSTURES,
    portfolios: int = PORTFOLIOS,
    futures: int = FUTURES,
    years: tuple[int, int] = YEARS,
    seed: int = SEED,
    threads: int = 2,
    limits: Mapping[str, float] | None = None,
    out: Path | str | None = None,
    nuclear: bool = True,
    told: Told = quiet,
) -> Answer:
    """Search for portfolios of an ally or a group that hold up.

    words       codes or names of states, regions or groups; several are one group
    postures    of the guarantor, by name or file, all given the same weight
    portfolios  how many the search tries
    futures     on which it tries each, dealt over the postures; the best are tried again on as many fresh ones each
    limits      most of some objectives that is accepted, by name
    out         folder that keeps trials, so that the same call continues, and the files of the answer; or None
    nuclear     whether portfolios of a single ally may begin with a nuclear programme
    told        hears of progress: stage, trials done, trials in all

    Raises InputError for what cannot be asked, or a missing extra; Stopped on Ctrl-C.
    """
    needs("pymoo", "platypus", "ema_workbench", "pandas")
    check(portfolios, futures, threads, limits or {})
    bench = bench_for(words, postures, years, futures, seed, None if out is None else place(out))
    world = World.load()
    with nullcontext() if bench.folder is None else locked(bench.folder):
        found = advise(bench, portfolios, futures, threads, limits, told, nuclear=nuclear)
        said = (*reasons(found, world), *filter(None, [left_out(world, words, found.members)]))
        answer = Answer(name_of(found.members, world, " and ".join(words)), found, said)
        if bench.folder is not None:
            write_files(answer, bench.folder.parent)
    return answer


def ask_guarantor(
    word: str,
    aim: str,
    *,
    futures: int = FUTURES,
    years: tuple[int, int] = YEARS,
    seed: int = SEED,
    threads: int = 2,
    out: Path | str | None = None,
    told: Told = quiet,
) -> Counsel:
    """Which posture of a guarantor serves an aim best, and what it costs.

    word     the guarantor, by code or name
    aim      one of `foedus.advise.patron.AIMS`
    futures  of the second trial; the search takes a third of them
    out      folder that keeps trials, and the best posture as a scenario file; nothing is kept without it

    Raises UnknownName for no such state or aim, InputError for a state that guarantees nobody, Stopped on Ctrl-C.
    """
    needs("platypus")
    check(1, futures, threads, {})
    world = World.load()
    iso = world.states.iso3[world.index(word)]
    if not world.allies_of(iso):
        owners = sorted({world.states.iso3[i] for i in world.links.guarantor})
        msg = f"--aim: {iso} guarantees nobody. Guarantors: {', '.join(owners)}"
        raise InputError(msg)
    if (wanted := code_of(aim, AIMS)) is None:
        raise UnknownName("aim", aim, AIMS)
    scenario = Scenario.of("steady", None, years=years, futures=futures, seed=seed)
    court = Court(scenario, iso, None if out is None else _folder(place(out)))
    postures = candidates(preset_names(), court, world)
    with nullcontext() if court.folder is None else locked(court.folder):
        found = counsel(court, AIMS[wanted], postures, futures, threads, told)
        if court.folder is not None:
            name = found.best.posture.name
            best = scenario.but(name=name, title=found.best.posture.title, posture=found.best.posture)
            write_text(court.folder.parent / "best.toml", scenario_text(best))
    return found


def check(portfolios: int, futures: int, threads: int, limits: Mapping[str, float]) -> None:
    """Raise InputError or UnknownName for numbers that cannot be, and for a limit of no objective."""
    for name, value, most in (
        ("portfolios", portfolios, MOST_PORTFOLIOS),
        ("futures", futures, MOST_FUTURES),
        ("threads", threads, 1024),
    ):
        if wrong := wrong_whole(value, 1, most):
            msg = f"--{name} {wrong}"
            raise InputError(msg)
    for name, most_accepted in limits.items():
        if name not in BY_NAME or name == "worst":
            raise UnknownName("objective", name, [one for one in BY_NAME if one != "worst"])
        if wrong := wrong_number(most_accepted, 0.0):
            msg = f"--at-most {name}: {wrong}"
            raise InputError(msg)


def bench_for(
    words: Sequence[str],
    postures: Sequence[str | Posture],
    years: tuple[int, int],
    futures: int,
    seed: int,
    out: Path | None,
) -> Bench:
    """The bench of an ally or a group.

    Raises UnknownName for a word that means nobody, InputError for a guarantor, for states that nobody guarantees, and
    for postures named twice.
    """
    world = World.load()
    held = tuple(
        one if isinstance(one, Posture) else named_posture(one, world.states.iso3) for one in (postures or POSTURES)
    )
    if twice := repeated([posture.name for posture in held]):
        msg = f"--posture {twice}: is named twice. Name it once"
        raise InputError(msg)
    scenario = Scenario.of(held[0], None, years=years, futures=futures, seed=seed)
    allies = members(world, words)
    return Bench(scenario, held, allies, None if out is None else _folder(out))


def members(world: World, words: Sequence[str]) -> tuple[str, ...]:
    """Codes of the allies that words mean together.

    Of a group, guarantors are left out, and allies of another guarantor than most of the group have: no coalition has
    North Korea in it with South Korea and Japan.
    """
    linked = {world.states.iso3[i] for i in world.links.ally}
    patron = main_guarantor([world.states.iso3[i] for i in world.links.guarantor])
    wanted = dict.fromkeys(iso for word in words for iso in world.named(word))
    if list(wanted) == [patron]:
        msg = f"{patron}: is the guarantor. Say what it wants: foedus advise {patron} --aim loss"
        raise InputError(msg)
    found = tuple(iso for iso in wanted if iso in linked and iso != patron)
    own = patrons(world)
    first = main_guarantor([own[iso] for iso in found]) if found else ""
    found = tuple(iso for iso in found if own[iso] == first)
    if not found:
        msg = f"{' '.join(words) or 'nobody'}: no ally of a guarantor. Allies: {', '.join(sorted(linked))}"
        raise InputError(msg)
    return found


def patrons(world: World) -> dict[str, str]:
    """Guarantor of each ally by its link, by iso3."""
    names = world.states.iso3
    return {names[b]: names[a] for a, b in zip(world.links.guarantor, world.links.ally, strict=True)}


def left_out(world: World, words: Sequence[str], kept: Sequence[str]) -> str:
    """Who of those asked for is ally of another guarantor, and so no part of the group; empty where nobody is."""
    asked = dict.fromkeys(iso for word in words for iso in world.named(word))
    others = [country(world.states.names[iso]) for iso in asked if iso in patrons(world) and iso not in kept]
    return f"Left out, as allies of another guarantor: {listed(others)}." if others else ""


def _folder(out: Path) -> Path:
    """The folder of trials, made where it is not there; raise RunFolderError where it cannot be."""
    folder = out / TRIALS
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError(str(cannot_write(out, error, "Name another folder with --out."))) from error
    return folder


def scenario_of(advice: Advice, one: Archetype) -> Scenario:
    """An archetype as a scenario under the first of the postures."""
    return advice.scenario.but(
        name=f"archetype-{LETTERS[advice.archetypes.index(one)].lower()}",
        title=one.name,
        question=f"What does this portfolio do for {', '.join(advice.members)}?",
        doctrines=(*advice.scenario.doctrines, *plan_doctrines(one.plan)),
        figures=(*advice.scenario.figures, *plan_figures(one.plan)),
    )


def write_files(answer: Answer, folder: Path) -> list[Path]:
    """Write each archetype as a scenario file that `foedus run` takes, the chart and the page; return their paths."""
    advice = answer.advice
    scenarios = [
        write_text(folder / f"archetype-{letter.lower()}.toml", scenario_text(scenario_of(advice, one)))
        for letter, one in zip(LETTERS, advice.archetypes, strict=False)
    ]
    chart = write_text(folder / "trade-offs.svg", charts.svg(page.chart(advice), page.known(advice)))
    return [*scenarios, chart, page.write(advice, answer.name, answer.reasons, folder / "advice.html")]
