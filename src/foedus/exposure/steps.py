"""Equations of the model as steps of an account: each checks the units of what it takes and says what it does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.equations import capability, coalition, contest, stocks
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
        names = tuple(self.takes)

        def work(*values: Any) -> Any:
            return _today(self.function)(**dict(zip(names, values, strict=True)))

        parents = tuple(figures[argument] for argument in names)
        return combine(name, label, self.gives, parents, work, self.how)


def _today(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function that stands under this one's name now: another one within `foedus.swap`."""
    found: Callable[..., Any] = getattr(sys.modules[function.__module__], function.__name__)
    return found


def _effective(
    stock: Any, completeness: Any, floor: Any, dependence: Any, need: Any, outage: Any, training: Any, effect: Any
) -> Any:
    condition = capability.condition(1.0, 0.0, 0.0, training, effect)
    return capability.effective_capability(stock, completeness, floor, dependence, need, outage, condition)


def _outage(sustainment: Any) -> Any:
    return capability.outage_settled(sustainment, 0.0)


def _forward(force: Any, troops: Any, personnel: Any, provided: Any) -> Any:
    return force * coalition.share_forward(provided * troops, 1e3 * personnel)


def _coming(force: Any, deployable: Any, reinforcement: Any, in_time: Any) -> Any:
    whole = {"access": 1.0, "access_at_start": 1.0, "access_reach": 0.0}
    return force * coalition.share_coming(reinforcement, deployable, in_time, **whole)


def _together(pooled: Any, forward: Any, coming: Any, kept: Any) -> Any:
    return coalition.joined(pooled, forward + coming, kept)


C4ISR_NEEDED = Step(
    capability.c4isr_needed,
    {"land": PPP, "air": PPP, "maritime": PPP, "need": "share"},
    PPP,
    "C4ISR that makes the force complete: a share of the other stocks (eq. 1)",
)
COMPLETENESS = Step(
    capability.c4isr_completeness,
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
SHIELDED = Step(
    capability.shielded,
    {"air": PPP, "missile_defence": "share", "effect": "share"},
    PPP,
    "raised by the guarantor's missile defence in the theatre",
)
OUTAGE = Step(
    _outage,
    {"sustainment": "share"},
    "share",
    "none while sustainment is provided (eq. 2, settled)",
)
DEPENDENCE = Step(
    stocks.dependence_at_start,
    {"dependence": "share", "home_dependence": "share"},
    "share",
    "at least the dependence of home-made goods",
)
DELIVERED_SHARE = Step(
    contest.delivered_share,
    {"distance": "km", "reach": "km"},
    "share",
    "power falls by e every reach (eq. 4)",
)
IN_TIME = Step(
    contest.share_in_time,
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
    contest.power_needed,
    {"tolerable": "share", "decisiveness": "share", "edge": "share"},
    "share",
    "power over the challenger's that holds its chance of winning to the tolerable (eq. 7, solved)",
)
POOLED = Step(
    coalition.joined,
    {"own": PPP, "brought": PPP, "kept": "share"},
    PPP,
    "sum less friction, never less than own",
)
FORWARD = Step(
    _forward,
    {"force": PPP, "troops": "person", "personnel": "thousand person", "provided": "share"},
    PPP,
    "its force times the share of its personnel stationed there",
)
COMING = Step(
    _coming,
    {"force": PPP, "deployable": "share", "reinforcement": "share", "in_time": "share"},
    PPP,
    "its force times the deployable share, the channel and the share of the campaign for which it is there",
)
TOGETHER = Step(
    _together,
    {"pooled": PPP, "forward": PPP, "coming": PPP, "kept": "share"},
    PPP,
    "sum less friction, never less than without the guarantor",
)
