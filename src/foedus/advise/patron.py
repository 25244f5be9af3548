"""The guarantor's own postures: which serves a stated aim best, and what it costs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.advise.archive import nondominated
from foedus.advise.bench import FRESH
from foedus.advise.coalition import Paired
from foedus.advise.crew import crew
from foedus.advise.keeping import read, written
from foedus.advise.mixing import mixed, scaled
from foedus.advise.progress import Told, counted, quiet
from foedus.advise.robust import regret
from foedus.advise.tally import NUCLEAR, Tally
from foedus.engine.keeping import only
from foedus.engine.layout import Floats
from foedus.engine.measure import Group
from foedus.engine.observation import Observation
from foedus.engine.setting import Setting
from foedus.engine.watching import Watched
from foedus.posture import Posture, Scenario, preset
from foedus.results.correlation import rank_correlation
from foedus.results.error import standard_errors
from foedus.study import Study, prepare
from foedus.terms import NuclearStatus
from foedus.world import World

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Aim:
    """Something a guarantor may want.

    name     as the command takes it
    label    over a column
    unit     of the number; less is better
    meaning  what is kept small
    step     difference below which two postures count as the same
    """

    name: str
    label: str
    unit: str
    meaning: str
    step: float


AIMS = {
    aim.name: aim
    for aim in (
        Aim("cost", "cost", "billion USD", "yearly cost of its guarantees", 0.5),
        Aim("loss", "loss", "billion USD", "yearly expected loss of its allies together", 0.5),
        Aim("ground", "ground", "share", "ground that its allies lose by the last year, mean of allies", 0.0005),
        Aim("entrapment", "drawn in", "wars", "wars a year that it is drawn into", 0.001),
        Aim("proliferation", "bombs", "states", "allies that begin or have the bomb in the last year", 0.05),
        Aim(
            "leaning",
            "leaning",
            "share",
            "alignment of its allies with rival powers in the last year, mean of allies",
            0.001,
        ),
    )
}
"""What a guarantor can be asked to want; cost is what every other aim is paid in."""

PARTS = (0.5, 1.0)
"""How far from today each posture is tried."""

STEADY = "steady"


@dataclass(frozen=True)
class PostureTrial:
    """A posture on some futures, fresh or those of the search."""

    posture: Posture
    futures: int
    fresh: bool


@dataclass(frozen=True)
class Court:
    """Where postures of a guarantor are tried: one world, one set of members and luck."""

    scenario: Scenario
    guarantor: str
    folder: Path | None = None
    prepared: dict[object, tuple[Study, list[Setting]]] = field(default_factory=dict, compare=False, repr=False)

    def run(self, trial: PostureTrial) -> Tally:
        """Outcomes of a posture, [len(AIMS), 1, F], read where they were kept."""
        if (kept := self.kept(trial)) is not None:
            return kept
        study, settings = self.study(trial)
        policy, own = study.policy(trial.posture), study.world.index(self.guarantor)
        parts = [_told(study, replace(setting, policy=policy), own) for setting in settings]
        outcomes = np.concatenate(parts, axis=-1)[:, None]
        found = Tally(outcomes, np.zeros((0, 0, 1, trial.futures), dtype=np.float32))
        written(self.place(trial), found)
        return found

    def kept(self, trial: PostureTrial) -> Tally | None:
        """What was kept of a trial."""
        return read(self.place(trial))

    def study(self, trial: PostureTrial) -> tuple[Study, list[Setting]]:
        """The study of a trial, whatever its posture, and its settings; made once."""
        key = trial.futures, trial.fresh
        if key not in self.prepared:
            seed = self.scenario.seed + FRESH * trial.fresh
            study = prepare(self.scenario.but(futures=trial.futures, seed=seed))
            self.prepared[key] = study, [study.setting(chunk, "posture") for chunk in range(study.chunks())]
        return self.prepared[key]

    def place(self, trial: PostureTrial) -> Path | None:
        """The file that keeps a trial."""
        if self.folder is None:
            return None
        study, _ = self.study(trial)
        code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
        told = f"{study.digest}|{trial.futures}|{trial.posture!r}|{self.guarantor}|{code}"
        return self.folder / f"{hashlib.sha256(told.encode()).hexdigest()[:20]}.npz"


def _product(seen: Observation) -> Floats:
    return seen.now.state.gdp


WATCHED = (Watched("product", _product), NUCLEAR)
"""What aims are told from and the record leaves out, of every state."""

KEPT = only(
    {
        Group.ALLY: ("loss_conceded", "loss_fought", "conceded", "lean_rival"),
        Group.GUARANTOR: ("cost", "involvement"),
    }
)
"""Measures that aims are told from."""


def _told(study: Study, setting: Setting, guarantor: int) -> NDArray[np.float32]:
    """Every aim of a guarantor, [len(AIMS), F]; the study's engine runs the futures of the setting."""
    layout, p = setting.layout, setting.p
    place = int(np.flatnonzero(layout.guarantors == guarantor)[0])
    allies = np.unique(layout.links.ally[layout.links.guarantor == guarantor])
    rows = np.searchsorted(layout.allies, allies)
    record = study.machinery(WATCHED, KEPT).run(setting)
    ally, own = record.allies, record.guarantors
    loss = (ally["loss_conceded"] + ally["loss_fought"])[:, rows]
    lost = (loss * p["stake_share_of_gdp"] * record.watched["product"][:, allies]).sum(axis=1)
    new = (layout.states.nuclear_pursuit[allies] < NuclearStatus.PURSUES)[:, None]
    found = {
        "cost": own["cost"][:, place].mean(axis=0, dtype=np.float64),
        "loss": lost.mean(axis=0, dtype=np.float64),
        "entrapment": own["involvement"][:, place].mean(axis=0, dtype=np.float64),
        "ground": ally["conceded"][-1, rows].mean(axis=0),
        "leaning": ally["lean_rival"][-1, rows].mean(axis=0),
        "proliferation": (new & (record.watched["nuclear"][-1, allies] >= NuclearStatus.PURSUES)).sum(axis=0),
    }
    return np.stack([found[name] for name in AIMS]).astype(np.float32)


@dataclass(frozen=True)
class Serving:
    """A posture that no other beats in aim and cost.

    posture  it
    values   every aim, mean over fresh futures
    gain     fall of the aim against steady support, paired over futures
    dearer   rise of the cost against steady support, billion USD a year, paired
    regret   of the aim among all that were tried again, exceeded in one future of ten
    """

    posture: Posture
    values: Mapping[str, float]
    gain: Paired
    dearer: Paired
    regret: float

    @property
    def price(self) -> float:
        """Billion USD for a unit of the aim; NaN where the aim is not served better than by steady support."""
        return self.dearer.mean / self.gain.mean if self.gain.sign > 0 else float("nan")


@dataclass(frozen=True)
class Counsel:
    """What was found for a guarantor.

    steady   every aim under steady support
    errors   Monte Carlo standard error of each of these
    serving  postures that no other beats in aim and cost, cheapest first
    tried    how many postures were tried on `search` futures; `fresh` those of the second trial
    held     rank correlation of the aim between the two
    """

    scenario: Scenario
    guarantor: str
    aim: Aim
    steady: Mapping[str, float]
    errors: Mapping[str, float]
    serving: tuple[Serving, ...]
    tried: int
    search: int
    fresh: int
    held: float

    @property
    def best(self) -> Serving:
        """What serves the aim best."""
        return min(self.serving, key=lambda one: one.values[self.aim.name])


def candidates(names: tuple[str, ...], court: Court, world: World) -> list[Posture]:
    """Shipped postures at half and whole, and every two of them in equal parts; steady support first."""
    held = {name: replace(preset(name, world.states.iso3), guarantor=court.guarantor) for name in names}
    others = [posture for name, posture in held.items() if name != STEADY]
    return [
        held[STEADY],
        *(scaled(posture, part) for posture in others for part in PARTS),
        *(mixed(a, b, court.guarantor, world, court.scenario.years) for a, b in combinations(others, 2)),
    ]


def counsel(
    court: Court, aim: Aim, postures: list[Posture], futures: int, threads: int = 2, told: Told = quiet
) -> Counsel:
    """Try postures, and those that no other beats in aim and cost again on fresh futures.

    postures  steady support first
    futures   of the second trial; the search takes a third of them

    Raises Stopped on Ctrl-C; trials that were finished are kept, and the same call continues.
    """
    few = -(-futures // 3)
    names = list(AIMS)
    both = [names.index(aim.name), names.index("cost")]
    with crew(court, threads) as run:
        first = run([PostureTrial(one, few, fresh=False) for one in postures], counted(told, "search", len(postures)))
        means = np.array([one.outcomes[:, 0].mean(axis=-1) for one in first], dtype=np.float64)
        steps = np.array([aim.step, AIMS["cost"].step])
        kept = sorted({0, *nondominated(means[:, both], steps)})
        again = run([PostureTrial(postures[i], futures, fresh=True) for i in kept], counted(told, "again", len(kept)))
    fresh = np.array([one.outcomes[:, 0] for one in again], dtype=np.float64)
    missed = regret(fresh[:, both[0]])
    serving = [
        Serving(
            postures[kept[i]],
            dict(zip(names, fresh[i].mean(axis=-1).tolist(), strict=True)),
            Paired.of(fresh[0, both[0]] - fresh[i, both[0]]),
            Paired.of(fresh[i, both[1]] - fresh[0, both[1]]),
            float(missed[i]),
        )
        for i in nondominated(fresh[:, both].mean(axis=-1), steps)
    ]
    return Counsel(
        court.scenario,
        court.guarantor,
        aim,
        dict(zip(names, fresh[0].mean(axis=-1).tolist(), strict=True)),
        dict(zip(names, standard_errors(fresh[0]).tolist(), strict=True)),
        tuple(sorted(serving, key=lambda one: one.values["cost"])),
        len(postures),
        few,
        futures,
        rank_correlation(means[kept, both[0]], fresh[:, both[0]].mean(axis=-1)),
    )
