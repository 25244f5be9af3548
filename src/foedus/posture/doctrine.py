"""Doctrines: what allies are made to do instead of what the model decides, with triggers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus import terms
from foedus.equations.hedging import OPTIONS
from foedus.posture.posture import EVERYWHERE
from foedus.posture.tomlfile import TomlFile

MEASURES = ("chance_promise_kept", "threat", "spending", "fatal_risk", "tension")
"""What a rule can ask about."""

PARTS = ("rule", "when", "shares", "spending")
"""What a doctrine may say."""

_CONDITION = re.compile(r"^\s*([A-Za-z_0-9]+)\s*(<|>)\s*([0-9.]+)\s*$")
_RULE = re.compile(r"^\s*(?:if\s+(?P<when>.+?)\s+then\s+)?(?P<then>[^<>]+?)\s*$")
_ACTION = re.compile(r"^\s*([A-Za-z_0-9]+)\s*([-+=])\s*([0-9.]+)\s*$")
_EXAMPLE = "if chance_promise_kept < 0.4 then pool + 0.2"


@dataclass(frozen=True)
class Doctrine:
    """In a scope, when every condition holds, portfolio shares or spending are fixed, or shares raised.

    conditions  (measure, +1 for above or -1 for below, threshold); none means always
    shares      (option, share) pairs that sum to one, or empty
    spending    share of GDP, or None
    more        (option, change of its share); the other options are scaled
    """

    scope: str
    conditions: tuple[tuple[str, int, float], ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    spending: float | None = None
    more: tuple[tuple[str, float], ...] = ()


def parse_doctrines(file: TomlFile, body: Mapping[str, Any], states: Sequence[str]) -> tuple[Doctrine, ...]:
    """Read the `[doctrine]` table: scope to a table, or to a list of tables applied in order.

    Each has `rule = "if chance_promise_kept < 0.4 then pool + 0.2 and spending = 0.03"`, or the same apart:
    `when = "chance_promise_kept < 0.4 and threat > 0.2"` (optional), `shares = {…}`, `spending = 0.03`. A rule without
    `if` always holds.
    """
    found: list[Doctrine] = []
    for scope, rules in body.items():
        path = ["doctrine", scope]
        if scope not in (EVERYWHERE, *terms.REGIONS, *states):
            raise file.unknown("region or ally", path, (EVERYWHERE, *terms.REGIONS, *states))
        for rule in rules if isinstance(rules, list) else [rules]:
            found.extend(_doctrines(file, path, scope, rule))
    return tuple(found)


def _doctrines(file: TomlFile, path: list[str], scope: str, rule: object) -> list[Doctrine]:
    if not isinstance(rule, dict):
        raise file.wrong(path, f"must be a table with {', '.join(PARTS)}")
    for key in rule:
        if key not in PARTS:
            raise file.unknown("part of a doctrine", [*path, key], PARTS)
    written = rule.get("rule", [])
    found = [
        _rule(file, [*path, "rule"], scope, text) for text in (written if isinstance(written, list) else [written])
    ]
    if set(rule) - {"rule"}:
        found.append(_parts(file, path, scope, rule))
    return found


def _parts(file: TomlFile, path: list[str], scope: str, rule: Mapping[str, Any]) -> Doctrine:
    """A doctrine written as when, shares, spending."""
    shares = rule.get("shares", {})
    if not isinstance(shares, dict):
        raise file.wrong([*path, "shares"], "must be a table like { pool = 0.4, air = 0.6 }")
    for option, share in shares.items():
        if option not in OPTIONS:
            raise file.unknown("option", [*path, "shares", option], OPTIONS)
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0.0 <= share <= 1.0:
            raise file.wrong([*path, "shares", option], f"{share!r} is not a share, 0 to 1")
    if shares and abs(sum(shares.values()) - 1.0) > 1e-6:
        raise file.wrong([*path, "shares"], f"shares sum to {sum(shares.values()):g}; they must sum to 1")
    spending = rule.get("spending")
    if spending is not None:
        spending = _spending(file, [*path, "spending"], spending)
    return Doctrine(scope, _conditions(file, [*path, "when"], rule.get("when", "")), tuple(shares.items()), spending)


def _rule(file: TomlFile, path: list[str], scope: str, text: object) -> Doctrine:
    """A doctrine written as a sentence."""
    match = _RULE.match(text) if isinstance(text, str) else None
    if match is None:
        raise file.wrong(path, f'{text!r} is not like "{_EXAMPLE}"')
    found = Doctrine(scope, _conditions(file, path, match["when"] or ""))
    for part in re.split(r"\s+and\s+|,", match["then"]):
        action = _ACTION.match(part)
        if action is None:
            raise file.wrong(path, f'"{part}" is not like "pool + 0.2" or "spending = 0.03"')
        name, sign, number = action.group(1), action.group(2), _value(file, path, action.group(3))
        if name == "spending":
            if sign != "=":
                raise file.wrong(path, f'"{part}": spending is set, not changed. Write "spending = 0.03"')
            found = replace(found, spending=_spending(file, path, number))
        elif name not in OPTIONS:
            raise file.unknown_word("option", path, name, (*OPTIONS, "spending"))
        elif sign == "=" or number > 1.0:
            raise file.wrong(path, f'"{part}": an option is raised or lowered by a share. Write "{name} + 0.2"')
        else:
            found = replace(found, more=(*found.more, (name, number if sign == "+" else -number)))
    return found


def _conditions(file: TomlFile, path: list[str], text: object) -> tuple[tuple[str, int, float], ...]:
    found = []
    if not isinstance(text, str):
        raise file.wrong(path, f'{text!r} is not like "chance_promise_kept < 0.4"')
    for part in text.split(" and ") if text else []:
        match = _CONDITION.match(part)
        if not match:
            raise file.wrong(path, f'"{part}" is not like "chance_promise_kept < 0.4"')
        measure, sign, threshold = match.groups()
        if measure not in MEASURES:
            raise file.unknown_word("measure", path, measure, MEASURES)
        found.append((measure, 1 if sign == ">" else -1, _value(file, path, threshold)))
    return tuple(found)


def _value(file: TomlFile, path: list[str], text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise file.wrong(path, f"{text} is not a number") from None


def _spending(file: TomlFile, path: list[str], value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 < value < 0.5:
        raise file.wrong(path, f"{value!r} lies outside 0 to 0.5 of GDP")
    return float(value)
