"""Links: the chance of a move as a function of its standardised gain, probit or logit, with derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, log_expit, log_ndtr, ndtr

from foedus.errors import UnknownName
from foedus.estimators.strategic.jets import Floats

LinkName = Literal["probit", "logit"]
LOG_ROOT_TWO_PI = 0.5 * np.log(2.0 * np.pi)

Triple = tuple[Floats, Floats, Floats]


@dataclass(frozen=True)
class Link:
    """One link.

    chance       gain -> chance of the move, its slope and curvature
    log_chance   gain -> log of the chance, its slope and curvature; accurate in the far tail
    """

    name: str
    chance: Callable[[Floats], Triple]
    log_chance: Callable[[Floats], Triple]


def _probit(gain: Floats) -> Triple:
    density = np.exp(-0.5 * gain * gain - LOG_ROOT_TWO_PI)
    return ndtr(gain), density, -gain * density


def _log_probit(gain: Floats) -> Triple:
    log_chance = log_ndtr(gain)
    ratio = np.exp(-0.5 * gain * gain - LOG_ROOT_TWO_PI - log_chance)
    return log_chance, ratio, -ratio * (gain + ratio)


def _logit(gain: Floats) -> Triple:
    chance = expit(gain)
    density = chance * (1.0 - chance)
    return chance, density, density * (1.0 - 2.0 * chance)


def _log_logit(gain: Floats) -> Triple:
    against = expit(-gain)
    return log_expit(gain), against, -against * (1.0 - against)


LINKS = {"probit": Link("probit", _probit, _log_probit), "logit": Link("logit", _logit, _log_logit)}


def find_link(name: str) -> Link:
    """Return the link of that name. Raises UnknownName."""
    if name not in LINKS:
        raise UnknownName("link", name, LINKS)
    return LINKS[name]
