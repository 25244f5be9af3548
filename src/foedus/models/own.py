"""The model's own equation (14), in the form that other models are plugged in by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.engine.models import Call, InterventionModel
from foedus.equations import intervention
from foedus.equations.choice import Number

NAME = "foedus"
"""What the model's own equation is called beside others."""


def chance(call: Call, p: Mapping[str, Any]) -> Number:
    """Chance that each helper fights when of the reliable type, by equations (13) and (14)."""
    pull = intervention.audience(
        call.pledge, call.troops, call.umbrella, p["pledge_weight"], p["troops_weight"], p["umbrella_weight"]
    )
    inclined = intervention.inclination(
        p["intervention_baseline"],
        call.stakes,
        p["stakes_weight"],
        pull,
        call.load,
        p["load_weight"],
        call.politics,
        p["politics_weight"],
        call.reputation,
        p["reputation_weight"],
        intervention.standing(
            call.facts.capability, p["capability_weight"], call.facts.contiguous, p["contiguity_weight"]
        ),
    )
    inclined = inclined + intervention.enmity(call.hostility, p["enmity_weight"])
    return intervention.chance_reliable_type_fights(
        inclined, call.help_effect, p["help_weight"], call.vulnerability, p["homeland_exposure_weight"]
    )


OWN = InterventionModel(
    name=NAME,
    chance=chance,
    about="equation (14): what the guarantor has staked, its weight, its own quarrel with the challenger, "
    "what its help would change, its exposure, its type",
    source="danilovic2001, huth_russett1984, joyce_braithwaite2013",
)
