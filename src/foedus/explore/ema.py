"""The model as one of the EMA Workbench: our assumptions as its uncertainties, postures as its lever, our outcomes.

One experiment is one future: a member of the record, a value for each assumption that no record speaks of, the draw of
uncertain facts, and luck. Sampling, optimisation and analysis of the Workbench then run on it as on any other model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from foedus.engine.measure import Group
from foedus.errors import InputError
from foedus.explore.design import MOST_LUCK, MOST_POINTS, DesignedStudy, RowDesign
from foedus.explore.extra import quietly
from foedus.facade import needs
from foedus.posture import Posture, Scenario, preset, preset_names
from foedus.results.outbreak import chance_of_a_war
from foedus.study import Study, prepare
from foedus.study.workers import computed_here
from foedus.world import World

MEMBER, FACTS, LUCK_OF = "record_member", "facts", "luck"
"""Uncertainties that stand for many: the member of the ensemble, the draw of uncertain facts, all random draws."""

POSTURE = "posture"
"""The lever."""

OUTCOMES = ("loss", "war", "ground")
"""Outcomes of each ally: expected loss (% of GDP a year), chance of a war, share of what is at issue that is lost."""


def to_ema(scenario: Scenario, allies: Sequence[str], postures: Sequence[str] = ()) -> Any:
    """An `ema_workbench.Model` of a scenario, for `perform_experiments` with any of its evaluators.

    allies    iso3 of those whose outcomes are reported, such as "POL": `loss_POL`, `war_POL`, `ground_POL`
    postures  presets among which the lever chooses; all without it

    Uncertainties are real parameters between the ends of their ranges in the ledger, which the Workbench samples evenly
    unless told otherwise, and whole numbers for member, facts and luck.

    Raises InputError where the extra is missing or the scenario has no such ally, UnknownName for no such posture.
    """
    needs("ema_workbench", "pandas")
    study = prepare(scenario.but(futures=1, against=None))
    rows = {study.world.states.iso3[state]: row for row, state in enumerate(study.layout.allies)}
    if missing := [ally for ally in allies if ally not in rows]:
        msg = f"{missing[0]}: no ally of {scenario.name}. Allies: {', '.join(rows)}"
        raise InputError(msg)
    named = {name: preset(name, World.load().states.iso3) for name in postures or preset_names()}
    with quietly():
        from ema_workbench import CategoricalParameter, IntegerParameter, Model, RealParameter, ScalarOutcome

    def one(**chosen: Any) -> dict[str, float]:
        found = future(study, named[chosen.pop(POSTURE)], chosen)
        return {f"{name}_{ally}": float(found[name][rows[ally]]) for ally in allies for name in OUTCOMES}

    model = Model("foedus", function=one)
    members = 1 if study.ensemble is None else len(study.ensemble.members)
    model.uncertainties = [
        *(RealParameter(name, low, high) for name, (low, high) in uncertainties(study).items()),
        IntegerParameter(MEMBER, 0, members - 1) if members > 1 else IntegerParameter(MEMBER, 0, 1),
        IntegerParameter(FACTS, 0, MOST_POINTS - 1),
        IntegerParameter(LUCK_OF, 0, MOST_LUCK - 1),
    ]
    model.levers = [CategoricalParameter(POSTURE, list(named))]
    model.outcomes = [ScalarOutcome(f"{name}_{ally}") for ally in allies for name in OUTCOMES]
    return model


def uncertainties(study: Study) -> dict[str, tuple[float, float]]:
    """Ranges of the assumptions that come with no member, by name."""
    taught = set(study.ensemble.parameters) - set(study.ranges) if study.ensemble else set()
    free = [p for p in study.swept if p.name not in taught and p.name not in study.fixed]
    return {p.name: study.ranges.get(p.name, (p.low, p.high)) for p in free}


def future(study: Study, posture: Posture, chosen: Mapping[str, Any]) -> dict[str, np.ndarray[Any, Any]]:
    """One future under a posture, as each ally's outcomes, [A] by name.

    chosen  value of each assumption by name, and the numbers of member, facts and luck; what is left out is drawn
    """
    values = {name: float(value) for name, value in chosen.items() if name not in (MEMBER, FACTS, LUCK_OF)}
    row = RowDesign(
        "ema",
        (),
        np.empty((1, 0)),
        np.array([int(chosen.get(MEMBER, 0))]),
        np.array([int(chosen.get(FACTS, 0))]),
        np.array([int(chosen.get(LUCK_OF, 0))], dtype=np.uint64),
    )
    fixed = tuple({**dict(study.scenario.fixed), **values}.items())
    scenario = study.scenario.but(posture=posture, fixed=fixed)
    made = DesignedStudy(scenario, study.world, study.ledger, study.blocks, study.once, design=row)
    with computed_here(made)("posture", 0) as record:
        of = {name: values[..., 0].astype(np.float64) for name, values in record.tables[Group.ALLY].items()}
        scale = 100.0 * float(made.parameters(0)["stake_share_of_gdp"][0])
    return {
        "loss": scale * (of["loss_conceded"] + of["loss_fought"]).mean(axis=0),
        "war": chance_of_a_war(of["war"]),
        "ground": of["conceded"][-1],
    }
