"""The bench on which portfolios are tried: postures, members and luck that are the same for all of them.

Only what the allies of a plan do differs from one trial to the next, so that what is prepared for a posture (world,
layout, members, draws) serves every plan; what was tried is kept on disk by digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.advise import tally as telling
from foedus.advise.keeping import read, written
from foedus.advise.portfolio import OWN_CHOICE, Plan, plan_doctrines, plan_figures
from foedus.advise.tally import OUTCOMES, Tally, tally, watch_years
from foedus.engine.setting import Setting
from foedus.posture import Posture, Scenario
from foedus.study import Study, prepare
from foedus.terms import NuclearStatus
from foedus.world import World

PRICED = ("cost", "loss", "beyond")
"""Outcomes that are told in product, and weighed by it."""

FRESH = 7919
"""Added to the seed of what decides the search, for members and luck that it has not seen."""


@dataclass(frozen=True)
class Trial:
    """A plan under one posture.

    posture  index into `Bench.postures`
    futures  how many
    fresh    on members and luck that the search has not seen
    """

    plan: Plan
    posture: int
    futures: int
    fresh: bool = False


@dataclass(frozen=True)
class Bench:
    """What trials share.

    scenario  years, seed, ensemble, mechanisms and figures; its own posture is left aside
    postures  of the guarantor, tried in turn
    allies    of whom trials tell, by iso3
    folder    where trials are kept; None keeps none
    """

    scenario: Scenario
    postures: tuple[Posture, ...]
    allies: tuple[str, ...]
    folder: Path | None = None
    prepared: dict[object, tuple[Study, list[Setting]]] = field(default_factory=dict, compare=False, repr=False)
    drawn: dict[object, list[Setting]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def own(self) -> Plan:
        """The plan in which every ally decides as the model has states decide."""
        return tuple((iso, OWN_CHOICE) for iso in self.allies)

    @cached_property
    def watch_years(self) -> tuple[int, ...]:
        """Years in which measures are watched."""
        return watch_years(self.scenario.years)

    def study(self, trial: Trial) -> tuple[Study, list[Setting]]:
        """The study of a trial without its doctrines, and the setting of each of its chunks; made once."""
        figures = plan_figures(trial.plan)
        key = (trial.posture, trial.futures, trial.fresh, figures)
        if key not in self.prepared:
            scenario = self.scenario.but(
                posture=self.postures[trial.posture],
                against=None,
                futures=trial.futures,
                seed=self.scenario.seed + FRESH * trial.fresh,
                figures=(*self.scenario.figures, *figures),
            )
            study = prepare(scenario)
            drawn = self._drawn(trial, study)
            self.prepared[key] = study, [replace(one, layout=study.layout) for one in drawn]
        return self.prepared[key]

    def _drawn(self, trial: Trial, study: Study) -> list[Setting]:
        """Settings with the parameters and the luck of a trial's futures, which no posture and no plan changes."""
        key = trial.futures, trial.fresh
        if key not in self.drawn:
            self.drawn[key] = [study.setting(chunk, "posture") for chunk in range(study.chunks())]
        return self.drawn[key]

    def place(self, trial: Trial) -> Path | None:
        """The file that keeps a trial."""
        if self.folder is None:
            return None
        study, _ = self.study(trial)
        told = f"{study.digest}|{trial.futures}|{plan_doctrines(trial.plan)!r}|{self.allies}|{_told()}"
        return self.folder / f"{hashlib.sha256(told.encode()).hexdigest()[:20]}.npz"

    def run(self, trial: Trial) -> Tally:
        """The trial's outcomes, read where it was kept, else run and kept."""
        if (kept := self.kept(trial)) is not None:
            return kept
        study, settings = self.study(trial)
        doctrines = (*study.scenario.doctrines, *plan_doctrines(trial.plan))
        policy = study.policy(self.postures[trial.posture], doctrines)
        allies, region = tuple(study.world.index(iso) for iso in self.allies), self._region(study)
        parts = [tally(study, replace(setting, policy=policy), allies, region) for setting in settings]
        found = Tally(
            np.concatenate([part.outcomes for part in parts], axis=-1),
            np.concatenate([part.watched for part in parts], axis=-1),
        )
        written(self.place(trial), found)
        return found

    def kept(self, trial: Trial) -> Tally | None:
        """The trial as it was kept; None where it was not."""
        return read(self.place(trial))

    def combined(self, tallies: Sequence[Tally]) -> dict[str, NDArray[np.float64]]:
        """Outcomes of a plan by name over postures, one after the other, [postures x F].

        Of several members, what is told in product is weighed by product; other outcomes are means of members.
        """
        world = World.load(self.scenario.overlay)
        gdp = np.array([world.states.gdp[world.index(iso)] for iso in self.allies])
        outcomes = np.concatenate([one.outcomes for one in tallies], axis=-1).astype(np.float64)
        weighed, alike = np.einsum("oaf,a->of", outcomes, gdp / gdp.sum()), outcomes.mean(axis=1)
        return {name: (weighed if name in PRICED else alike)[place] for place, name in enumerate(OUTCOMES)}

    def parameters(self, trial: Trial) -> dict[str, NDArray[np.float32]]:
        """Value of every parameter in each future of a trial, [F]."""
        _, settings = self.study(trial)
        return {name: np.concatenate([one.p[name] for one in settings]) for name in settings[0].p}

    def _region(self, study: Study) -> NDArray[np.bool_]:
        """[A, S] states of each ally's region that have no nuclear programme by the facts."""
        facts = self._facts
        states, own = study.world.states, [study.world.index(iso) for iso in self.allies]
        region = np.asarray(states.region)
        found: NDArray[np.bool_] = (region[own][:, None] == region[None]) & (facts < NuclearStatus.PURSUES)[None]
        return found

    @cached_property
    def _facts(self) -> NDArray[np.float64]:
        """Nuclear status of every state by the facts, whatever a plan begins with."""
        study, _ = self.study(Trial(self.own, 0, 1))
        return study.world.states.nuclear_pursuit


def _told() -> str:
    """Hash of the code by which outcomes are told, which the digest of a study does not cover."""
    return hashlib.sha256(Path(telling.__file__).read_bytes()).hexdigest()[:8]


def trials_of(plan: Plan, postures: Sequence[Posture], futures: int, *, fresh: bool) -> list[Trial]:
    """A plan under every posture."""
    return [Trial(plan, number, futures, fresh) for number in range(len(postures))]
