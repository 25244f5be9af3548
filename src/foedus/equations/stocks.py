"""Stocks: orders, Erlang pipelines, depreciation and dependence (eqs 24-26, R06, R08, R11)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, at_least


def output_of_orders(order: Number, capacity: Number) -> Number:
    """Useful output of orders when industry and forces can absorb so much a year (eq. 24).

    order     money ordered, billion USD a year, 0 or more
    capacity  most that can be absorbed a year, in the same unit, 0 or more

    Returns fall linearly and reach half at the cap; money beyond the cap yields no more. All broadcast. Unchecked: a
    negative order is taken to the square, and means nothing.
    Source: this project's form.
    """
    absorbed = np.minimum(order, capacity)
    return absorbed * (1.0 - 0.5 * absorbed / at_least(capacity, 1e-6))


def pipeline_step(stages: Number, order: Number, lead_time: Number) -> tuple[Number, Number]:
    """Advance a pipeline of stages by a year (eq. 25); returns the new stages and what arrives.

    stages     [n, ...] array or list: goods on order at each stage, 0 or more, any one unit; they are not changed in
               place
    order      goods ordered this year, in the same unit, 0 or more
    lead_time  mean years from order to service, above 0

    Order and lead time broadcast with one stage [...], whose axes they may widen; returns [n, ...] and [...].
    The same share n/(n + lead_time) of what is in a stage, or came into it this year, leaves it in the year: the time
    in a stage is geometric, the time in all of them has the mean `lead_time`, however short.
    Conserves: sum(new) + arrivals = sum(old) + order. Unchecked: negative goods move like others.
    Source: the method of stages in discrete time.
    """
    stages = np.asarray(stages)
    count = len(stages)
    leaves = count / (count + lead_time)
    first = stages[0] + order
    moving = first * leaves
    kept = np.empty((count, *np.shape(moving)), dtype=np.result_type(first, moving))
    np.subtract(first, moving, out=kept[0, ...])
    for place in range(1, count):
        held = stages[place] + moving
        moving = held * leaves
        np.subtract(held, moving, out=kept[place, ...])
    return kept, moving


def steady_pipeline(flow: Number, lead_time: Number, stage_count: int) -> Number:
    """Goods at each stage [n, ...] of a pipeline that has carried the same flow for long.

    flow         goods ordered and delivered a year, 0 or more, any one unit
    lead_time    mean years from order to service, above 0
    stage_count  n, a whole number, 1 or more

    Flow and lead time broadcast. Unchecked: a stage count below 1 raises.
    Source: fixed point of `pipeline_step`; all stages together hold what is ordered in `lead_time` years.
    """
    return np.stack([np.asarray(flow * lead_time / stage_count)] * stage_count)


def stock_next(stock: Number, arrivals: Number, depreciation: Number, losses: Number = 0.0) -> Number:
    """Stock after a year: what lasted and was not lost, plus what arrived, billion USD (eq. 25).

    stock         now, billion USD, 0 or more
    arrivals      what came into service, in the same unit, 0 or more
    depreciation  share that wears out in a year, 0-1
    losses        share lost in battle, 0-1

    All broadcast. Unchecked: shares above 1 give a negative remainder.
    Source: perpetual inventory.
    """
    return stock * (1.0 - depreciation) * (1.0 - losses) + arrivals


def dependence_at_start(dependence: Number, home_dependence: Number) -> Number:
    """Share of a protected state's stock that needs the guarantor's sustainment in the first year, 0-1 (eq. 26).

    dependence       as the facts have it, 0-1
    home_dependence  that share of what is made at home, 0-1: the least there is

    All broadcast. Unchecked: shares above 1 stay.
    Source: this project's accounting.
    """
    return np.maximum(dependence, home_dependence)


def bought_share(dependence: Number, home_dependence: Number, bought_dependence: Number) -> Number:
    """Share of orders that go to the guarantor so that dependence stays as it is, 0-1 (eq. 26).

    dependence         share of the stock that needs the guarantor's sustainment, 0-1
    home_dependence    that share of what is made at home, 0-1
    bought_dependence  that share of what is bought from the guarantor, 0-1

    All broadcast. Unchecked: bought goods count as at least a tenth more dependent than home-made ones.
    Source: fixed point of `dependence_next`.
    """
    return np.clip((dependence - home_dependence) / at_least(bought_dependence - home_dependence, 0.1), 0.0, 1.0)


def dependence_next(
    dependence: Number, stock: Number, arrivals: Number, dependent_arrivals: Number, depreciation: Number
) -> Number:
    """Share of the stock that needs the guarantor's sustainment after a year, 0-1 (eq. 26).

    dependence          that share now, 0-1
    stock               now, billion USD, 0 or more
    arrivals            what came into service, in the same unit, 0 or more
    dependent_arrivals  the part of it that needs the guarantor, 0 to `arrivals`
    depreciation        share that wears out in a year, 0-1

    All broadcast. Unchecked: dependent arrivals above arrivals can give more than 1; with no stock left the share is 0.
    Source: this project's accounting.
    """
    kept = stock * (1.0 - depreciation)
    return (dependence * kept + dependent_arrivals) / at_least(kept + arrivals, 1e-9)
