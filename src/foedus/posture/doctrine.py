"""Doctrines: what allies are made to do instead of what the model decides, with triggers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus import terms
from foedus.equations.hedging import OPTIONS
from foedus.posture.posture import EVERYWHERE
from foedus.posture.tomlfile import TomlFile

MEASURES = ("chance_promise_kept", "threat", "spending", "fatal_risk", "tension")
"""What a rule can ask about."""

_CONDITION = re.compile(r"^\s*([a-z_]+)\s*(<|>)\s*([0-9.]+)\s*$")


@dataclass(frozen=True)
class Doctrine:
    """In a scope, when every condition holds, portfolio shares or spending are fixed.

    conditions  (measure, +1 for above or -1 for below, threshold); none means always
    shares      (option, share) pairs that sum to one, or empty
    spending    share of GDP, or None
    """

    scope: str
    conditions: tuple[tuple[str, int, float], ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    spending: float | None = None


def parse_doctrines(file: TomlFile, body: Mapping[str, Any], states: Sequence[str]) -> tuple[Doctrine, ...]:
    """Read the `[doctrine]` table: scope to a table, or to a list of tables applied in order.

    Each has `when = "chance_promise_kept < 0.4 and threat > 0.2"` (optional), `shares = {…}`, `spending = 0.03`.
    """
    found: list[Doctrine] = []
    for scope, rules in body.items():
        path = ["doctrine", scope]
        if scope not in (EVERYWHERE, *terms.REGIONS, *states):
            raise file.unknown("region or ally", path, (EVERYWHERE, *terms.REGIONS, *states))
        found.extend(_doctrine(file, path, scope, rule) for rule in (rules if isinstance(rules, list) else [rules]))
    return tuple(found)


def _doctrine(file: TomlFile, path: list[str], scope: str, rule: object) -> Doctrine:
    if not isinstance(rule, dict):
        raise file.wrong(path, "must be a table with when, shares, spending")
    for key in rule:
        if key not in ("when", "shares", "spending"):
            raise file.unknown("part of a doctrine", [*path, key], ("when", "shares", "spending"))
    shares = rule.get("shares", {})
    for option in shares:
        if option not in OPTIONS:
            raise file.unknown("option", [*path, "shares", option], OPTIONS)
    if shares and abs(sum(shares.values()) - 1.0) > 1e-6:
        raise file.wrong([*path, "shares"], f"shares sum to {sum(shares.values()):g}; they must sum to 1")
    spending = rule.get("spending")
    if spending is not None and not 0.0 < spending < 0.5:
        raise file.wrong([*path, "spending"], f"{spending} lies outside 0 to 0.5 of GDP")
    return Doctrine(scope, _conditions(file, path, rule.get("when", "")), tuple(shares.items()), spending)


def _conditions(file: TomlFile, path: list[str], text: str) -> tuple[tuple[str, int, float], ...]:
    found = []
    for part in text.split(" and ") if text else []:
        match = _CONDITION.match(part)
        if not match:
            raise file.wrong([*path, "when"], f'"{part}" is not like "chance_promise_kept < 0.4"')
        measure, sign, threshold = match.groups()
        if measure not in MEASURES:
            raise file.unknown("measure", [*path, "when", measure], MEASURES)
        found.append((measure, 1 if sign == ">" else -1, float(threshold)))
    return tuple(found)
