"""Doctrines: what allies are made to do instead of what the model decides, with triggers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from foedus.equations.hedging import OPTIONS
from foedus.given import repeated, shown, wrong_number
from foedus.posture.place import Place
from foedus.posture.schedule import Schedule, parse_schedule
from foedus.posture.scope import KIND, scope_at

MEASURES = {
    "chance_promise_kept": (0.0, 1.0),
    "threat": (0.0, 100.0),
    "spending": (0.0, 1.0),
    "fatal_risk": (0.0, 1.0),
    "tension": (0.0, 2.0),
}
"""What a rule can ask about, with the lowest and highest threshold; beyond it a condition holds always or never."""

SPENDING = (0.001, 0.5)
"""Least and most military spending that a doctrine can order, share of GDP; no state of the model spends less."""

ROUNDING = 1e-6
"""What shares of options may miss one by."""

PARTS = ("rule", "when", "shares", "spending", "from", "until")
"""What a doctrine may say."""

_CONDITION = re.compile(r"([A-Za-z_0-9]+) ?(<|>) ?([0-9.]+)")
_RULE = re.compile(r"(?:if (?P<when>.+?) then )?(?P<then>[^<>]+)")
_ACTION = re.compile(r" ?([A-Za-z_0-9]+) ?([-+=]) ?([0-9.]+) ?")
_PARTS_SAID = f"a table with {', '.join(PARTS)}"
_EXAMPLE = "if chance_promise_kept < 0.4 then pool + 0.2"


@dataclass(frozen=True)
class Doctrine:
    """In a scope, when every condition holds, portfolio shares or spending are fixed, or shares raised.

    conditions  (measure, +1 for above or -1 for below, threshold); none means always
    shares      (option, share) pairs that sum to one, or empty
    spending    share of GDP: one for every year, or a dated path; None where the model decides
    more        (option, change of its share); the other options are scaled
    since       first year in which it decides; None for the first that is run. A budget that it orders is next year's
    until       last year in which it decides, included; None for the last that is run
    """

    scope: str
    conditions: tuple[tuple[str, int, float], ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    spending: float | Schedule | None = None
    more: tuple[tuple[str, float], ...] = ()
    since: int | None = None
    until: int | None = None

    @property
    def path(self) -> Schedule | None:
        """Spending that is ordered, as a dated path; None where none is."""
        if self.spending is None or isinstance(self.spending, Schedule):
            return self.spending
        return Schedule((0,), (self.spending,))


def wrong_path(path: Schedule) -> str:
    """What is wrong with a path of spending that no file gave; empty when nothing is."""
    if not path.years or len(path.years) != len(path.levels):
        return f"{len(path.years)} years and {len(path.levels)} shares; a path has as many of both, one or more"
    for before, year in pairwise(path.years):
        if year <= before:
            return f"years must increase; {year} follows {before}"
    return next(filter(None, (wrong_number(share, *SPENDING, "share of GDP") for share in path.levels)), "")


def parse_doctrines(place: Place, states: Sequence[str], years: tuple[int, int]) -> tuple[Doctrine, ...]:
    """Read the `[doctrine]` table: scope to a table, or to a list of tables applied in order.

    years  first and last year of the scenario, in which dates of spending lie

    Each has `rule = "if chance_promise_kept < 0.4 then pool + 0.2 and spending = 0.03"`, or the same apart:
    `when = "chance_promise_kept < 0.4 and threat > 0.2"` (optional), `shares = {…}`, `spending = 0.03` or
    `spending = { 2026 = 0.033, 2030 = 0.05 }`. A rule without `if` always holds. `from = 2028` and `until = 2030` bound
    the years in which any of them decides.
    """
    scope_of = scope_at(KIND, states)
    return tuple(
        doctrine
        for scope, inner in place.members("regions, groups or allies, like [doctrine.POL]", scope_of)
        for rule in _each(inner, _PARTS_SAID)
        for doctrine in _doctrines(rule, scope, years)
    )


def _each(place: Place, said: str) -> list[Place]:
    """The members of a list, one or more, or the value itself where it is no list."""
    if not isinstance(place.value, list):
        return [place]
    if not place.value:
        raise place.wrong(f"is an empty list where one or more are wanted: {said}")
    return [Place(place.file, place.keys, value) for value in place.value]


def _doctrines(place: Place, scope: str, years: tuple[int, int]) -> list[Doctrine]:
    parts = place.parts("part of a doctrine", PARTS, _PARTS_SAID)
    found = [_rule(text, scope) for text in _each(parts["rule"], _EXAMPLE)] if "rule" in parts else []
    if "shares" in parts or "spending" in parts:
        found.append(_doctrine(parts, scope, years))
    elif "when" in parts or not found:
        raise place.wrong("says nothing to do. Give a rule, shares or spending")
    since, until = (parts[key].whole(*years) if key in parts else None for key in ("from", "until"))
    if since is not None and until is not None and until < since:
        raise parts["until"].wrong(f"{until} lies before its first year, {since}")
    return [replace(doctrine, since=since, until=until) for doctrine in found]


def _doctrine(parts: dict[str, Place], scope: str, years: tuple[int, int]) -> Doctrine:
    """A doctrine written as when, shares, spending."""
    return Doctrine(
        scope,
        _conditions(parts["when"]) if "when" in parts else (),
        _shares(parts["shares"]) if "shares" in parts else (),
        _path(parts["spending"], years) if "spending" in parts else None,
    )


def _shares(place: Place) -> tuple[tuple[str, float], ...]:
    options = place.parts("option", OPTIONS, "shares of options, like { pool = 0.4, air = 0.6 }")
    shares = tuple((option, share.number(0.0, 1.0)) for option, share in options.items())
    if abs(sum(share for _, share in shares) - 1.0) > ROUNDING:
        raise place.wrong(f"shares sum to {sum(share for _, share in shares):g}; they must sum to 1")
    return shares


def _rule(place: Place, scope: str) -> Doctrine:
    """A doctrine written as a sentence."""
    match = _RULE.fullmatch(" ".join(place.text().split())) if isinstance(place.value, str) else None
    if match is None:
        raise place.wrong(f'{shown(place.value)} is not like "{_EXAMPLE}"')
    found = Doctrine(scope, () if match["when"] is None else _conditions(_of(place, match["when"])))
    for part in re.split(r" and |,", match["then"]):
        action = _ACTION.fullmatch(part)
        if action is None:
            raise place.wrong(f'{shown(part)} is not like "pool + 0.2" or "spending = 0.03"')
        name, sign, number = action.group(1), action.group(2), _value(place, action.group(3))
        if name == "spending":
            if sign != "=":
                raise place.wrong(f'"{part}": spending is set, not changed. Write "spending = 0.03"')
            if found.spending is not None:
                raise place.wrong("sets spending twice. Set it once")
            found = replace(found, spending=_of(place, number).number(*SPENDING, "share of GDP"))
        elif name not in OPTIONS:
            raise place.unknown_word("option", name, (*OPTIONS, "spending"))
        elif sign == "=" or number > 1.0:
            raise place.wrong(f'{shown(part)}: an option is raised or lowered by a share. Write "{name} + 0.2"')
        else:
            found = replace(found, more=(*found.more, (name, number if sign == "+" else -number)))
    if twice := repeated([name for name, _ in found.more]):
        raise place.wrong(f"changes {twice} twice. Change it once")
    return found


def _conditions(place: Place) -> tuple[tuple[str, int, float], ...]:
    found = []
    if not isinstance(place.value, str):
        raise place.wrong(f'{shown(place.value)} is not like "chance_promise_kept < 0.4"')
    for part in " ".join(place.text().split()).split(" and "):
        match = _CONDITION.fullmatch(part)
        if not match:
            raise place.wrong(f'{shown(part)} is not like "chance_promise_kept < 0.4"')
        measure, sign, threshold = match.groups()
        if measure not in MEASURES:
            raise place.unknown_word("measure", measure, MEASURES)
        low, high = MEASURES[measure]
        value = _of(place, _value(place, threshold))
        found.append((measure, 1 if sign == ">" else -1, value.number(low, high, f"what {measure} can be")))
    return tuple(found)


def _path(place: Place, years: tuple[int, int]) -> float | Schedule:
    """One share of GDP, or a path dated within the years of the scenario."""
    path = parse_schedule(place, *SPENDING, "share of GDP")
    if not place.holds(dict):
        (share,) = path.levels
        return share
    first, last = years
    for year in path.years:
        if not first <= year <= last:
            dated = Place(place.file, (*place.keys, str(year)), None)
            raise dated.wrong(f"{year} lies outside the years of the scenario, {first}-{last}")
    return path


def _value(place: Place, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise place.wrong(f"{shown(text)} is not a number") from None


def _of(place: Place, value: object) -> Place:
    """A value within the text at a place."""
    return Place(place.file, place.keys, value)
