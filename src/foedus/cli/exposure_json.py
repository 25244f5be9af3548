"""An account of exposure as JSON."""

from __future__ import annotations

from typing import Any

from foedus.cli.plain import figure_json
from foedus.exposure.holdings import Holding
from foedus.exposure.statement import Account


def as_mapping(held: Account) -> dict[str, Any]:
    """Everything an account shows, for JSON."""
    return {
        "ally": held.ally,
        "name": held.name,
        "guarantor": held.guarantor,
        "against": held.muster.code(held.need.challenger),
        "front": held.front,
        "theatre": held.need.theatre,
        "exposure": figure_json(held.index),
        "overall": _shares_json(held.overall),
        "domains": {name: _shares_json(part) for name, part in held.shares.items()},
        "today": {name: figure_json(figure) for name, figure in held.today.items()}
        | {"all": figure_json(held.today_overall)},
        "denial": figure_json(held.denial),
        "dependence": {name: figure_json(figure) for name, figure in held.dependence.items()},
        "picture": {"today": figure_json(held.picture[0]), "without": figure_json(held.picture[1])},
        "arrival_days": figure_json(held.arrival),
        "felt_after_days": {name: figure_json(figure) for name, figure in held.felt_after.items()},
        "channels": {name: figure_json(figure) for name, figure in held.channels.items()},
        "provided": [holding_json(row) for row in held.provided],
        "own": [holding_json(row) for row in held.own],
        "challenger_wins": {
            "alone": figure_json(held.need.wins_alone),
            "with_pool": figure_json(held.need.wins_pooled),
            "with_guarantor": figure_json(held.need.wins_helped),
        },
    }


def _shares_json(part: Any) -> dict[str, Any]:
    return {
        "own": figure_json(part.own),
        "pool": figure_json(part.pool),
        "guarantor": figure_json(part.guarantor),
        "unmet": figure_json(part.unmet),
        "by_channel": {name: figure_json(figure) for name, figure in part.rests.items()},
    }


def holding_json(row: Holding) -> dict[str, Any]:
    """A row of what is held in kind."""
    figure = None if row.figure is None else figure_json(row.figure)
    return {
        "variable": row.variable,
        "where": row.where,
        "channel": row.channel,
        "domain": row.domain,
        "figure": figure,
    }
