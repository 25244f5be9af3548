"""Announced spending: how much of each plan is delivered, and the share of product that follows (eq. 19; R31)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.setting import Setting
from foedus.engine.shapes import StateFuture
from foedus.equations import effort


@dataclass(frozen=True)
class Course:
    """Shares of product from which spending departs in a year: what was announced, as delivered; else the start's."""

    share: StateFuture
    """share of GDP"""
    planned: NDArray[np.bool_]
    """[S, #F] whether it was announced"""
    runs: NDArray[np.bool_]
    """[S, #F] whether an announced path is not yet at its end"""


def course(year: int, setting: Setting) -> Course:
    """The course of every state in a year; beyond the last year as in the last.

    year  index into the years
    """
    start = setting.layout.states.defence_share[:, None].astype(np.float32)
    announced = setting.policy.planned
    if announced is None:
        nowhere = np.zeros_like(start, dtype=bool)
        return Course(np.broadcast_to(start, (len(start), setting.futures)), nowhere, nowhere)
    p, at = setting.p, min(year, len(setting.years) - 1)
    firm, pledged = announced.rise[:, at, :, None]
    luck = setting.draws.uniform(0, "delivery", setting.state_ids)
    rise = firm * effort.delivery(luck, p["budget_kept"], p["plan_shortfall"])
    rise = rise + pledged * effort.delivery(luck, p["pledge_kept"], p["plan_shortfall"])
    counts = p["plans_open"] > 0.0
    return Course(
        share=np.asarray(start + p["plans_open"] * rise, dtype=np.float32),
        planned=announced.states[:, None] & counts,
        runs=announced.runs[at][:, None] & counts,
    )
