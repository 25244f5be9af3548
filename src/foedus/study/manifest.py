"""The manifest of a run folder: what was run, in full, and everything it depends on as a hash."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from foedus.posture import main_guarantor
from foedus.study.blocks import described
from foedus.study.code import model_code
from foedus.study.policy import ordered_states
from foedus.study.study import Study
from foedus.study.swap import swapped
from foedus.terms import CHANNELS, REGIONS

FORMAT = 5


def describe(study: Study, version: str) -> dict[str, Any]:
    """What a study is, for the manifest of its run folder."""
    scenario, world = study.scenario, study.world
    found = {
        "format": FORMAT,
        "foedus": version,
        "command": list(scenario.command),
        "digest": study.digest,
        "ledger": study.ledger.digest,
        "assumed": _assumed(study),
        "world": world.tables.digest,
        "code": model_code(),
        "replaced": swapped(),
        "blocks": described(study.blocks, study.once),
        "switched_off": study.ledger.switched_off(scenario.without),
        "kept": study.kept.told(),
        "futures": scenario.futures,
        "chunk": study.chunk_length,
        "seed": scenario.seed,
        "ensemble": scenario.ensemble,
        "years": [scenario.first, scenario.last],
        "roles": {role: posture.name for role, posture in study.roles.items()},
        "states": list(world.states.iso3),
        "allies": [world.states.iso3[i] for i in study.layout.allies],
        "guarantors": [world.states.iso3[i] for i in study.layout.patrons],
        "patrons": study.patrons,
        "ordered": ordered_states(scenario.doctrines, study.layout),
        "schedule": {role: _schedule(study, role) for role in study.roles},
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "question": scenario.question,
            "without": list(scenario.without),
            "swapped": list(swapped()),
            "fixed": dict(scenario.fixed),
            "ranges": {name: [low, high] for name, low, high in scenario.ranges},
        },
    }
    found |= study.made_by
    if study.model is not None:
        found["model"] = study.model.name
    if study.arithmetic:
        found["arithmetic"] = study.arithmetic.strip("|")
    return found if study.against is None else found | {"other": _other(study.against)}


def _other(side: Study) -> dict[str, Any]:
    """What the side compared with has in place of the same keys, where more than its posture differs."""
    return {
        "assumed": _assumed(side),
        "scenario": {"without": list(side.scenario.without), "fixed": dict(side.scenario.fixed)},
    }


def _assumed(study: Study) -> dict[str, str]:
    """What a scenario assumes besides its postures, each kind as a hash; those that are empty are left out."""
    scenario = study.scenario
    held = {
        "ranges": scenario.ranges,
        "doctrines": scenario.doctrines,
        "plans": () if scenario.plans else ("off",),
        "events": scenario.events,
        "wars": scenario.wars,
        "figures": study.world.changed,
    }
    return {name: hashlib.sha256(repr(value).encode()).hexdigest()[:8] for name, value in held.items() if value}


def _schedule(study: Study, role: str) -> dict[str, dict[str, list[float]]]:
    """Support as announced by the main guarantor: mean level by region and channel, year by year."""
    states, links = study.world.states, study.layout.links
    regions = np.array([states.region[i] for i in links.ally])
    guarantors = [states.iso3[i] for i in links.guarantor]
    posture = study.roles[role]
    mine = np.array([name == (posture.guarantor or main_guarantor(guarantors)) for name in guarantors])
    levels = posture.levels([states.iso3[i] for i in links.ally], list(regions), guarantors, study.scenario.years)
    found = {}
    for region in [name for name in REGIONS if (mine & (regions == name)).any()]:
        mean = levels[:, mine & (regions == region)].mean(axis=1)
        found[region] = {channel: [round(float(x), 4) for x in mean[:, c]] for c, channel in enumerate(CHANNELS)}
    return found
