"""Stocks: orders, Erlang pipelines, depreciation and dependence (eqs 24-26, R06, R08, R11)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def output_of_orders(order: Number, capacity: Number) -> Number:
    """Useful output of `order` money when industry and forces can absorb `capacity` a year (eq. 24).

    Returns fall linearly and reach half at the cap; money beyond the cap yields no more.
    """
    absorbed = np.minimum(order, capacity)
    return absorbed * (1.0 - 0.5 * absorbed / np.maximum(capacity, 1e-6))


def pipeline_step(stages: Number, order: Number, lead_time: Number) -> tuple[Number, Number]:
    """Advance an Erlang pipeline by a year (eq. 25); returns the new stages and what arrives.

    stages     [n, ...] goods on order at each stage
    order      goods ordered this year
    lead_time  mean years from order to service; at least one year a stage
    Conserves: sum(new) + arrivals = sum(old) + order.
    """
    stages = np.asarray(stages)
    shape = np.broadcast(stages[0], order, lead_time).shape
    if stages.shape[1:] != shape:
        inner = (1,) * (len(shape) - stages.ndim + 1) + stages.shape[1:]
        stages = np.broadcast_to(stages.reshape(-1, *inner), (len(stages), *shape))
    rate = np.minimum(stages.shape[0] / np.maximum(lead_time, 1e-6), 1.0)
    leaving = stages * rate
    kept = stages - leaving
    kept[0] += order
    kept[1:] += leaving[:-1]
    return kept, leaving[-1]


def steady_pipeline(flow: Number, lead_time: Number, stage_count: int) -> Number:
    """Goods at each stage [n, ...] of a pipeline that has carried `flow` a year for long."""
    rate = np.minimum(stage_count / np.maximum(lead_time, 1e-6), 1.0)
    return np.stack([np.asarray(flow / rate)] * stage_count)


def stock_next(stock: Number, arrivals: Number, depreciation: Number, losses: Number = 0.0) -> Number:
    """Stock after a year: what lasted and was not lost, plus what arrived (eq. 25)."""
    return stock * (1.0 - depreciation) * (1.0 - losses) + arrivals


def dependence_next(
    dependence: Number, stock: Number, arrivals: Number, dependent_arrivals: Number, depreciation: Number
) -> Number:
    """Share of the stock that needs the guarantor's sustainment after a year (eq. 26)."""
    kept = stock * (1.0 - depreciation)
    return (dependence * kept + dependent_arrivals) / np.maximum(kept + arrivals, 1e-9)
