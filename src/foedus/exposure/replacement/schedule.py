"""When: industry, people and money as separate limits. Pure functions of plain numbers or arrays."""

from __future__ import annotations

from typing import Any

import numpy as np


def years_to_build(quantity: Any, output: Any, open_share: Any, growth: Any, ceiling: Any) -> Any:
    """Years from first to last delivery.

    quantity    pieces wanted
    output      pieces made a year now, by all makers who would supply
    open_share  share of it open to these buyers, 0-1
    growth      growth of output once orders are placed, share a year
    ceiling     most that output can grow to, over output now, at least 1

    Deliveries grow exponentially to the ceiling and stay there. More of `output`, `open_share`, `growth` or `ceiling`
    never takes longer.
    """
    quantity, rate = np.asarray(quantity, dtype=float), np.asarray(output * open_share, dtype=float)
    growth = np.maximum(np.asarray(growth, dtype=float), 1e-9)
    ceiling = np.maximum(np.asarray(ceiling, dtype=float), 1.0)
    rising = rate * (ceiling - 1.0) / growth
    early = np.log1p(growth * np.minimum(quantity, rising) / rate) / growth
    late = np.maximum(quantity - rising, 0.0) / (rate * ceiling)
    return early + late


def years_to_man(people: Any, force: Any, growth: Any) -> Any:
    """Years in which forces of `force` persons that grow by `growth` a year have added `people`; none for nobody.

    A state without forces has nothing to grow from: any number takes it centuries.
    """
    return np.log1p(np.asarray(people, dtype=float) / np.maximum(force, 1e-9)) / np.log1p(growth)


def years_to_pay(bill: Any, yearly: Any) -> Any:
    """Years in which `yearly` pays `bill`."""
    return np.asarray(bill, dtype=float) / np.maximum(yearly, 1e-12)


def share_paid(start: Any, end: Any, until: Any) -> Any:
    """Share of a bill paid in equal instalments between two dates that falls before `until`."""
    return np.clip((until - start) / np.maximum(end - start, 1e-9), 0.0, 1.0)


def learning_factor(slope: Any, built: Any, quantity: Any) -> Any:
    """Mean unit cost of `quantity` more pieces over the cost now: slope to the doublings at the batch's middle."""
    return slope ** np.log2((built + 0.5 * quantity) / built)


def years_served(horizon: Any, manning: Any) -> Any:
    """Mean years that the soldiers of a force serve within `horizon` when it fills evenly over `manning` years."""
    manning = np.maximum(manning, 1e-9)
    return np.where(manning <= horizon, horizon - manning / 2.0, horizon**2 / (2.0 * manning))
