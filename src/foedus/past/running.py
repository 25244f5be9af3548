"""Run the world of a past year under a posture and events, recorded state by state and pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.keeping import only
from foedus.engine.observation import Observation
from foedus.engine.record import Record
from foedus.engine.watching import Watched
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


def _spending(seen: Observation) -> Floats:
    return seen.now.state.share


def _nuclear(seen: Observation) -> Floats:
    return seen.now.state.nuclear


def _belief(seen: Observation) -> Floats:
    return seen.now.state.belief_ally


FLAGS = ("war", "limited", "due", "fought")
"""What a crisis can have been, each a power of two from 2 on in the sum that is watched of it; 1 is the crisis."""


def _crises(seen: Observation) -> Floats:
    """[P, F] 0 where no crisis opened, else 1 and a power of two for each of FLAGS."""
    events, found = seen.events, np.zeros_like(seen.now.outlook.win_alone)
    summed = 1.0 + 2.0 * events.war + 4.0 * events.limited + 8.0 * events.due + 16.0 * events.fought
    found[events.pair, events.future] = summed
    return found


WATCHED = (
    Watched("spending", _spending),
    Watched("nuclear", _nuclear),
    Watched("belief", _belief),
    Watched("crises", _crises),
)
"""What is asked of a run of the past, which the record of a chunk leaves out."""


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
    engine: str = "eager",
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
    engine   what runs the years (docs/compiled.md); a past world runs too few times to repay being compiled

    Parameters of the record come from the ensemble that ended last before the run begins, the others from their ranges.
    The same seed gives common random numbers under any posture and events, so runs can be compared future by future.
    """
    begin = world.tables.year if first is None else first
    study = study_of_past(
        world, last, begin, futures, seed, posture=posture, events=events, ensemble=ensemble or known_before(begin)
    ).by(engine)

    machinery = study.machinery(WATCHED, only({}))

    def work(chunk: int) -> Record:
        return machinery.run(study.setting(chunk, "posture"))

    with ThreadPoolExecutor(max(threads, 1)) as pool:
        chunks = [record.watched for record in pool.map(work, range(study.chunks()))]
    layout = study.layout
    spending, nuclear, belief, crises = (np.concatenate([held[one.name] for held in chunks], axis=2) for one in WATCHED)
    return Past(
        world=world,
        years=study.scenario.years,
        spending=spending,
        nuclear=nuclear,
        belief=belief,
        aided=np.asarray(layout.aided[:, 0] > 0.0),
        pairs=np.stack([layout.challenger, layout.target], axis=1),
        crises=_each(crises),
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


def _each(crises: Floats) -> Crises:
    """Crises one by one, in the order of years, pairs and futures.

    crises  [Y, P, F] as they were watched
    """
    summed = crises.astype(np.int8)
    year, pair, future = np.nonzero(summed)
    said = summed[year, pair, future]
    return Crises(year, pair, future, *((said & 2 << place) > 0 for place in range(len(FLAGS))))
