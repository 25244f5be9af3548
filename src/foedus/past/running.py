"""Run the world of a past year under a posture and events, recorded state by state and pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.chunk import run_chunk
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import known_before
from foedus.posture import Event, Posture, Scenario
from foedus.study import Study
from foedus.world import World

Floats = NDArray[np.float32]

STEADY = Posture("steady", "Support as it was", "")


@dataclass(frozen=True)
class Crises:
    """Every crisis of a run, one entry each.

    year, pair, future   indices into the run's years, its pairs and its futures
    war                  it became one
    limited              it saw force short of war
    due, fought          a war in which the guarantor's promise fell due; in which the guarantor fought
    """

    year: NDArray[np.intp]
    pair: NDArray[np.intp]
    future: NDArray[np.intp]
    war: NDArray[np.bool_]
    limited: NDArray[np.bool_]
    due: NDArray[np.bool_]
    fought: NDArray[np.bool_]


@dataclass(frozen=True)
class Past:
    """What a run of the past showed.

    spending   [Y, S, F] military spending, share of product, of every state, at the start of each year
    nuclear    [Y, S, F] nuclear status at the start of each year: 0 none, 1 explores, 2 pursues, 3 armed
    belief     [Y, L, F] chance each ally gives the reliable type
    aided      [P] whether the target's guarantor could fight the challenger
    pairs      [P, 2] challenger and target, in the order of the engine
    """

    world: World
    years: tuple[int, ...]
    spending: Floats
    nuclear: Floats
    belief: Floats
    aided: NDArray[np.bool_]
    pairs: NDArray[np.intp]
    crises: Crises

    def state(self, iso3: str) -> int:
        """Position of a state."""
        return self.world.index(iso3)

    def link(self, iso3: str) -> int:
        """Position of an ally's link; ValueError when it has none."""
        return list(self.world.links.ally).index(self.state(iso3))

    def rise(self, isos: Sequence[str], since: int, until: int) -> Floats:
        """Log of spending (share of product) in one year over another, [states, F]."""
        rows = [self.state(iso) for iso in isos]
        first, last = self.years.index(since), self.years.index(until)
        return np.asarray(np.log(self.spending[last, rows] / self.spending[first, rows]), dtype=np.float32)


class _Watcher:
    """Keeps, year by year, what the record of a chunk leaves out."""

    def __init__(self) -> None:
        self.spending: list[Floats] = []
        self.nuclear: list[Floats] = []
        self.belief: list[Floats] = []
        self.events: list[tuple[NDArray[np.generic], ...]] = []

    def __call__(self, situation: Situation, after: State) -> None:
        before, events = situation.state, after.moves.events
        self.spending.append(before.share.copy())
        self.nuclear.append(before.nuclear.copy())
        self.belief.append(before.belief_ally.copy())
        flags = (events.war, events.limited, events.due, events.fought)
        at = np.full(len(events.pair), situation.year)
        self.events.append((at, events.pair, events.future, *(np.asarray(flag) > 0.5 for flag in flags)))


def run_past(
    world: World,
    last: int,
    *,
    posture: Posture = STEADY,
    events: Sequence[Event] = (),
    futures: int = 256,
    seed: int = 1,
    threads: int = 2,
    first: int | None = None,
    ensemble: str | None = None,
) -> Past:
    """Run a world from its own year to another, on what the record of disputes had taught by then.

    world    of a past year, from `world_of`
    last     last year of the run
    posture  of the guarantor; steady support unless given
    events   that the run is made to see
    futures  how many
    seed     of the draws
    threads  how many chunks of futures go side by side
    first    year it begins; the world's own when None
    ensemble what the parameters of the record come from; the one that ended last before the run begins when None

    Parameters of the record come from the ensemble that ended last before the run begins, the others from their ranges.
    The same seed gives common random numbers under any posture and events, so runs can be compared future by future.
    """
    begin = world.tables.year if first is None else first
    study = study_of_past(
        world, last, begin, futures, seed, posture=posture, events=events, ensemble=ensemble or known_before(begin)
    )

    def work(chunk: int) -> _Watcher:
        watcher = _Watcher()
        run_chunk(study.setting(chunk, "posture"), watcher)
        return watcher

    with ThreadPoolExecutor(max(threads, 1)) as pool:
        chunks = list(pool.map(work, range(study.chunks())))
    layout = study.layout
    return Past(
        world=world,
        years=study.scenario.years,
        spending=_joined([c.spending for c in chunks]),
        nuclear=_joined([c.nuclear for c in chunks]),
        belief=_joined([c.belief for c in chunks]),
        aided=np.asarray(layout.aided[:, 0] > 0.0),
        pairs=np.stack([layout.challenger, layout.target], axis=1),
        crises=_crises(chunks, [study.size(k) for k in range(study.chunks())]),
    )


def study_of_past(
    world: World,
    last: int,
    begin: int,
    futures: int,
    seed: int,
    *,
    ensemble: str,
    posture: Posture = STEADY,
    events: Sequence[Event] = (),
) -> Study:
    """The study behind a run of the past; arguments as in `run_past`, `begin` its first year.

    Which parameters a future draws depends on ensemble, futures and seed alone, and not on world, years or posture.
    """
    scenario = Scenario(
        name=f"past-{begin}", title="", question="", first=begin, last=last, futures=futures, seed=seed,
        posture=posture, against=None, events=tuple(events), ensemble=ensemble,
    )  # fmt: skip
    return Study(scenario, world, load_ledger())


def _joined(parts: list[list[Floats]]) -> Floats:
    return np.concatenate([np.stack(part) for part in parts], axis=2)


def _crises(chunks: list[_Watcher], sizes: list[int]) -> Crises:
    columns: list[list[NDArray[np.generic]]] = [[] for _ in range(7)]
    offset = 0
    for watcher, size in zip(chunks, sizes, strict=True):
        for year, pair, future, *flags in watcher.events:
            for column, values in zip(columns, (year, pair, future + offset, *flags), strict=True):
                column.append(values)
        offset += size
    year, pair, future, war, limited, due, fought = (np.concatenate(column) for column in columns)
    return Crises(
        year.astype(np.intp), pair.astype(np.intp), future.astype(np.intp),
        war.astype(np.bool_), limited.astype(np.bool_), due.astype(np.bool_), fought.astype(np.bool_),
    )  # fmt: skip
