"""Who joins, by a logit in the published form of Joyce and Braithwaite (2013): the second model of intervention.

A reduced form: it knows how often third states joined disputes, and nothing of types of guarantor, of troops on an
ally's soil, of what help would change or of nuclear exposure. Beside equation (14) it asks how much of an answer hangs
on those mechanisms. `joyce_braithwaite.toml` has the weights, their errors and where they are from.

| Published | Here |
|---|---|
| capability of the third party (CINC) | `Call.facts.capability` |
| contiguity with the side it may join | `Call.facts.contiguous` |
| alliance with it | `Call.pledge`, held to 0-1: a pledge cut by half counts as half an alliance |
| both democracies, both autocracies | `Call.facts.democracy` and `ally_democracy`, above `DEMOCRATIC` or not |
| a dispute, of any hostility | a war: `war` is added, since the engine asks once the challenger attacks |
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from foedus.engine.models import Call, InterventionModel
from foedus.equations.choice import Number, logistic

DEMOCRATIC = 0.5
"""Electoral democracy above which a state counts as a democracy, as in the rows that the weights are from."""

HELD: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
"""Weights with errors and units, and what they were fitted on."""

WEIGHTS = {name: float(held["value"]) for name, held in HELD["weights"].items()}
"""Log-odds by covariate."""


def log_odds(
    capability: Number, contiguous: Number, alliance: Number, democracies: Number, autocracies: Number, war: Number
) -> Number:
    """Log-odds that a third state joins the target's side.

    capability   its share of the world's material capabilities (CINC), 0-1
    contiguous   1 where it and the target touch by land or across at most 24 miles of water
    alliance     1 when it owes the target defence; between 0 and 1 counts in part
    democracies  1 when both are democracies
    autocracies  1 when neither is
    war          1 where the challenger attacks, 0 where the dispute stays short of war

    All broadcast. Source: form, Joyce and Braithwaite (2013); weights, this project's, by `joyce_braithwaite.toml`.
    """
    of_helper = WEIGHTS["capability"] * capability + WEIGHTS["contiguous"] * contiguous + WEIGHTS["alliance"] * alliance
    of_regimes = WEIGHTS["democracies"] * democracies + WEIGHTS["autocracies"] * autocracies
    return WEIGHTS["constant"] + of_helper + of_regimes + WEIGHTS["war"] * war


def chance(call: Call, p: Mapping[str, Any]) -> Number:  # noqa: ARG001 - a model may read parameters; this one has none
    """Chance that each helper joins a war on its ally's side (`foedus.engine.models.ChanceOfFighting`)."""
    helper, ally = call.facts.democracy > DEMOCRATIC, call.facts.ally_democracy > DEMOCRATIC
    return logistic(
        log_odds(
            call.facts.capability,
            call.facts.contiguous,
            np.clip(call.pledge, 0.0, 1.0),
            (helper & ally) * np.float32(1.0),
            (~helper & ~ally) * np.float32(1.0),
            1.0,
        )
    )


MODEL = InterventionModel(
    name="joyce-braithwaite",
    chance=chance,
    fixes={"unreliable_share": 1.0},
    about="a logit of who joins, by capability, contiguity, alliance and regimes; knows no types of guarantor",
    source="joyce_braithwaite2013",
    unmatched=(
        "alliances of every kind by the Correlates of War: here defence pacts by ATOP",
        "the initiator's side: here the target's alone, since the engine asks only for helpers of targets",
        "capability at the place of the dispute (their Models 2 and 3): here at home",
    ),
)
