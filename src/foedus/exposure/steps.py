"""Equations of the model as steps of an account: each checks the units of what it takes and says what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.equations import capability, contest
from foedus.exposure.figure import Figure, combine
from foedus.exposure.units import Unit, UnitError

PPP = "billion USDppp 2024"
"""Unit of capability: billions of 2024 dollars at defence purchasing power, as the engine's stocks."""


@dataclass(frozen=True)
class Step:
    """A function of the model with the unit of each argument and of its result.

    `takes` names every argument in order. Calling it with figures makes a figure.
    """

    function: Callable[..., Any]
    takes: Mapping[str, str]
    gives: str
    how: str

    def __call__(self, name: str, label: str, **figures: Figure) -> Figure:
        """Apply the equation; raises UnitError naming the argument when a unit does not fit."""
        if figures.keys() != self.takes.keys():
            msg = f"{self.function.__name__} takes {', '.join(self.takes)}; got {', '.join(figures)}"
            raise TypeError(msg)
        for argument, unit in self.takes.items():
            if figures[argument].unit != Unit.parse(unit):
                msg = f'{self.function.__name__}: {argument} is in "{figures[argument].unit}"; it must be in "{unit}"'
                raise UnitError(msg)
        names, function = tuple(self.takes), self.function

        def work(*values: Any) -> Any:
            return function(**dict(zip(names, values, strict=True)))

        parents = tuple(figures[argument] for argument in names)
        return combine(name, label, self.gives, parents, work, self.how)


def _c4isr_needed(land: Any, air: Any, maritime: Any, need: Any) -> Any:
    return need * (land + air + maritime)


def _completeness(own: Any, needed: Any, intelligence: Any, intelligence_value: Any, cap: Any) -> Any:
    return np.clip(capability.c4isr_completeness(own, needed, intelligence, intelligence_value, cap), 0.0, 1.0)


def _effective(
    stock: Any, completeness: Any, floor: Any, dependence: Any, need: Any, outage: Any, training: Any, effect: Any
) -> Any:
    drilled = 1.0 + effect * training
    return capability.effective_capability(stock, completeness, floor, dependence * need, outage, drilled)


def _in_time(distance: Any, speed: Any, mobilisation: Any, campaign: Any) -> Any:
    return np.exp(-(mobilisation + distance / speed) / campaign)


def _factor_needed(tolerable: Any, decisiveness: Any, edge: Any) -> Any:
    return np.exp(np.log(1.0 / tolerable - 1.0) / decisiveness) / edge


C4ISR_NEEDED = Step(
    _c4isr_needed,
    {"land": PPP, "air": PPP, "maritime": PPP, "need": "share"},
    PPP,
    "C4ISR that makes the force complete: a share of the other stocks (eq. 1)",
)
COMPLETENESS = Step(
    _completeness,
    {"own": PPP, "needed": PPP, "intelligence": "share", "intelligence_value": "share", "cap": "share"},
    "share",
    "own C4ISR over what is needed, plus shared intelligence, up to the cap (eq. 1)",
)
ENABLER_CAP = Step(
    capability.enabler_cap,
    {"enablers": "share", "threshold": "share", "floor": "share", "weight": "share"},
    "share",
    "ceiling set by satellites, airlift and tankers at hand (eq. 40)",
)
EFFECTIVE = Step(
    _effective,
    {
        "stock": PPP,
        "completeness": "share",
        "floor": "share",
        "dependence": "share",
        "need": "share",
        "outage": "share",
        "training": "share",
        "effect": "share",
    },
    PPP,
    "stock, as far as it sees and is commanded, less what lacks sustainment, raised by training (eq. 3)",
)
DELIVERED_SHARE = Step(
    contest.delivered_share,
    {"distance": "km", "reach": "km"},
    "share",
    "power falls by e every reach (eq. 4)",
)
IN_TIME = Step(
    _in_time,
    {"distance": "km", "speed": "km/day", "mobilisation": "day", "campaign": "day"},
    "share",
    "share of the campaign for which help is in time: exp(-(mobilisation + distance / speed) / campaign)",
)
FRICTION = Step(
    contest.coalition_friction,
    {"interoperability": "share", "members": "state", "friction": "share"},
    "share",
    "share of summed power that many forces keep together (eq. 5)",
)
FACTOR_NEEDED = Step(
    _factor_needed,
    {"tolerable": "share", "decisiveness": "share", "edge": "share"},
    "share",
    "power over the challenger's that holds its chance of winning to the tolerable (eq. 7, solved)",
)
