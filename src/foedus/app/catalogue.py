"""What the page offers before anything is asked: levers with their units, scopes, presets, scenarios, pictures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from foedus import terms
from foedus.app import offered
from foedus.app.document import MOST_FUTURES, MOST_YEARS, STAGES
from foedus.app.pictures import PICTURES
from foedus.exposure.holdings import provided_by
from foedus.ledger.ensemble import PRIOR, ensemble_names
from foedus.posture import main_guarantor, preset_names
from foedus.posture.doctrine import MEASURES
from foedus.posture.posture import PRESETS, SUPPORT
from foedus.posture.shipped import shipped
from foedus.results.answer import LIMITS
from foedus.version import __version__
from foedus.world import World
from foedus.world.facttable import Fact
from foedus.world.groups import groups

MOVES: dict[str, tuple[str, ...]] = {
    "pledge": ("belief_all", "risks", "nuclear"),
    "troops": ("belief_all", "risks", "cost"),
    "reinforcement": ("risks", "belief_all", "involvement"),
    "arms": ("risks", "spending_all", "cost"),
    "sustainment": ("risks", "spending_all"),
    "intelligence": ("risks", "spending_all"),
    "training": ("risks", "belief_all"),
    "technology": ("spending_all", "risks"),
    "missile_defence": ("risks", "nuclear"),
    "nuclear": ("nuclear", "belief_all", "risks"),
    "money": ("spending_all", "cost"),
}
"""Pictures in which a channel shows most, by name."""

RECORD: dict[str, str] = {
    "pledge": "R02: belief that the guarantor fights follows stakes, costs and the written promise.",
    "troops": "R01, R05: forces on the ground act at once; leaving takes years and is read as a signal.",
    "reinforcement": "R01: what would come is delayed by distance and lift.",
    "arms": "R05: stocks outlast deliveries, so a cut is felt after years.",
    "sustainment": "R05: without spares and software, equipment fails within months.",
    "intelligence": "R05: a cut is felt within days.",
    "training": "R25: cheap, slow, and more believed than money.",
    "technology": "R12: licences let an ally make at home what it buys today.",
    "missile_defence": "R01: the guarantor's own batteries leave with it.",
    "nuclear": "R03, R09: the umbrella deters, and stands in for bombs of one's own.",
    "money": "R01: grants and loans widen an ally's budget.",
}
"""What the model holds of each channel, by mechanism of the ledger (`foedus mechanisms`)."""

COUNTED = {"missile_defence": ("air_defence_batteries", "batteries"), "money": ("aid", "million USD a year")}
"""What a channel consists of in the exposure account, and its unit, where the account counts it ally by ally."""


@cache
def start_page() -> dict[str, Any]:
    """Everything that the page needs before its first question, but for the scenario opened."""
    world = World.load()
    return {
        "version": __version__,
        "limits": {"futures": MOST_FUTURES, "years": MOST_YEARS, "stages": list(STAGES), "support": list(SUPPORT)},
        "said": LIMITS,
        "channels": [_channel(channel) for channel in terms.CHANNELS],
        "scopes": _scopes(world),
        "postures": {posture: _posture_table(posture) for posture in preset_names()},
        "presets": [_preset(posture) for posture in preset_names()],
        "scenarios": [
            {"name": s.name, "title": s.scenario.title, "question": s.scenario.question, "differs": list(s.differs)}
            for s in shipped()
        ],
        "pictures": [{"kind": kind, "label": p.label, "of_ally": p.of_ally} for kind, p in PICTURES.items()],
        "others": offered.others(world),
        "conditions": offered.conditions(),
        "options": offered.options(),
        "mechanisms": offered.mechanisms(),
        "measures": {measure: list(ends) for measure, ends in MEASURES.items()},
        "ensembles": [*ensemble_names(), PRIOR],
        "grades": terms.GRADES,
        "states": dict(world.states.names),
    }


def _channel(channel: str) -> dict[str, Any]:
    """A lever of support: what it is, its unit today by ally, what the record says, what it moves."""
    return {
        "key": channel,
        "label": channel.replace("_", " "),
        "meaning": terms.CHANNEL_MEANING[channel],
        "record": RECORD[channel],
        "moves": list(MOVES[channel]),
        **_today(channel),
    }


def _today(channel: str) -> dict[str, Any]:
    """Levels of a channel today by ally, their grades and sources, and a count in its own unit where facts have one."""
    facts = _links(f"channel_{channel}")
    found: dict[str, Any] = {
        "levels": {ally: fact.value for ally, fact in facts.items()},
        "grades": sorted({fact.grade for fact in facts.values()}),
        "sources": sorted({source for fact in facts.values() for source in fact.source.split(";")}),
    }
    if channel == "troops":
        found |= {"unit": "persons", "count": {ally: fact.value for ally, fact in _links("troops").items()}}
    elif channel in COUNTED:
        variable, unit = COUNTED[channel]
        found |= {"unit": unit, "count": _held(variable)}
    return found


def _links(variable: str) -> dict[str, Fact]:
    """Latest fact of the main guarantor's link to each ally, by iso3."""
    guarantor, held = _guarantor(), World.load().tables.latest("links.csv")
    return {keys[1]: fact for (keys, name), fact in held.items() if name == variable and keys[0] == guarantor}


def _held(variable: str) -> dict[str, float]:
    """What the main guarantor has at each ally, by iso3, where a source counts it."""
    guarantor = _guarantor()
    return {
        ally: holding.figure.value
        for ally in _links("troops")
        for holding in provided_by(guarantor, ally, "")
        if holding.variable == variable and holding.where == ally and holding.figure is not None
    }


def _guarantor() -> str:
    world = World.load()
    return main_guarantor([world.states.iso3[i] for i in world.links.guarantor])


def _scopes(world: World) -> dict[str, Any]:
    """Whom a lever can be about: regions, groups and allies of the main guarantor, with the members of each."""
    guarantor, states = _guarantor(), world.states
    allies = sorted(
        {
            states.iso3[a]
            for a, g in zip(world.links.ally, world.links.guarantor, strict=True)
            if states.iso3[g] == guarantor
        },
        key=lambda iso: states.names[iso],
    )
    region = {iso: states.region[states.iso3.index(iso)] for iso in allies}
    held = {name: [iso for iso in members if iso in allies] for name, members in groups().items()}
    return {
        "guarantor": guarantor,
        "allies": [{"iso3": iso, "name": states.names[iso], "region": region[iso]} for iso in allies],
        "regions": {
            name: [iso for iso in allies if region[iso] == name] for name in terms.REGIONS if name in region.values()
        },
        "groups": {name: members for name, members in held.items() if members},
    }


def _posture_table(name: str) -> Mapping[str, Any]:
    """The `[posture]` table of a preset, as its file has it."""
    table: Mapping[str, Any] = tomllib.loads((PRESETS / f"{name}.toml").read_text(encoding="utf-8")).get("posture", {})
    return table


def _preset(name: str) -> dict[str, str]:
    held = tomllib.loads((PRESETS / f"{name}.toml").read_text(encoding="utf-8"))
    return {"name": name, "title": str(held["title"]), "question": str(held["question"])}
