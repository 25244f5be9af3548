"""The table of anchors: single figures of others with event, window, kind, source, date and grade, checked by row."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.errors import FactError, UnknownName
from foedus.terms import GRADES
from foedus.world import World
from foedus.world.groups import groups

TABLE = Path(__file__).with_name("anchors.csv")

COLUMNS = (
    "id", "event", "challengers", "targets", "either_way", "measure", "kind", "figure", "definition", "value", "low",
    "high", "from", "until", "asked", "source", "url", "grade", "note",
)  # fmt: skip

KINDS = {
    "market": "price of a prediction market",
    "crowd": "forecasters of an open platform",
    "experts": "people chosen for what they know",
    "public": "a poll of a public",
    "model": "another model or an automatic forecaster",
    "record": "what happened",
}
"""Who says it."""

FIGURES = {
    "chance": "a probability over the window",
    "rate": "a frequency a year",
    "share": "a share of people who say so",
    "class": "a word for a likelihood",
    "loss": "a loss given that the event happens, share of product",
}
"""What kind of figure it is. Only a chance and a rate can stand beside the model's."""

MEASURES = {
    "challenge": "the challenger opens a crisis: a threat, a show or a use of force",
    "clash": "a crisis in which the challenger uses force, short of war or in war",
    "war": "a crisis that becomes war",
    "war won": "a war that the challenger wins",
    "blockade": "a blockade or quarantine",
    "ceasefire": "a war under way stops",
    "drawn in": "a war between the two, or of the challenger on an ally of the target, which fights",
    "help": "a guarantor would fight for the target, if the challenger attacked it",
    "armed": "an ally that had none has nuclear weapons",
    "": "",
}
"""The model's nearest event, and what it is there; none where the model has no such event."""

EVERYBODY = "all"

WIDTH = 2.0
"""Factor of the odds within which two chances of a rare event count as near: markets of one event differ by as much."""

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True)
class Anchor:
    """A figure of somebody else.

    id           row of the table
    event        in a few words
    challengers  iso3 of the states one of which acts; none where no pair is meant
    targets      iso3 of the states one of which is acted upon, or is the subject
    either_way   whether it counts whichever of the two begins
    measure      the model's nearest event, of MEASURES; empty for none
    kind         who says it, of KINDS
    figure       what kind of figure, of FIGURES
    definition   what the asker counts as the event
    value        0-1; None where nothing was found or only a word was given
    low, high    its own range, 0-1, where it has one
    first, last  the window in years: 2026.5 is the end of June 2026
    asked        when it was asked or read, as the source has it
    source, url  who published it, and where
    grade        of terms.GRADES
    note         what a reader must know
    """

    id: str
    event: str
    challengers: tuple[str, ...]
    targets: tuple[str, ...]
    either_way: bool
    measure: str
    kind: str
    figure: str
    definition: str
    value: float | None
    low: float | None
    high: float | None
    first: float
    last: float
    asked: str
    source: str
    url: str
    grade: str
    note: str

    @property
    def band(self) -> tuple[float, float] | None:
        """What counts as near it: half to twice its odds, or its own range where that is wider; None without a figure.

        The spread of a price on one day, or of a question asked twice, says little of how sure anybody is.
        """
        if self.value is None:
            return None
        odds = self.value / max(1.0 - self.value, 1e-9)
        low, high = (odds * factor / (1.0 + odds * factor) for factor in (1.0 / WIDTH, WIDTH))
        own = [bound for bound in (self.low, self.high) if bound is not None]
        return min([low, *own]), max([high, *own])


@cache
def anchors() -> tuple[Anchor, ...]:
    """Every anchor, in the order of the table. Raises FactError or UnknownName, naming file and line."""
    return read_anchors(TABLE, World.load())


def read_anchors(path: Path, world: World) -> tuple[Anchor, ...]:
    """Read a table of anchors; `world` says what names of states, regions and groups mean.

    Raises FactError or UnknownName, naming file and line, for a row that breaks a rule.
    """
    with path.open(newline="", encoding="utf-8-sig") as handle:
        head, *rows = csv.reader(handle)
    if tuple(head) != COLUMNS:
        msg = f"{path.name}:1  columns are {', '.join(head)}; they must be {', '.join(COLUMNS)}"
        raise FactError(msg)
    found: dict[str, Anchor] = {}
    for line, row in enumerate(rows, start=2):
        where = f"{path.name}:{line}"
        if len(row) != len(COLUMNS):
            msg = f"{where}  has {len(row)} fields, not {len(COLUMNS)}. Quote a text that holds commas."
            raise FactError(msg)
        anchor = _anchor(dict(zip(COLUMNS, row, strict=True)), where, world)
        if anchor.id in found:
            msg = f"{where}  {anchor.id} stands twice. Keep one."
            raise FactError(msg)
        found[anchor.id] = anchor
    return tuple(found.values())


def _anchor(row: dict[str, str], where: str, world: World) -> Anchor:
    for column, legal in (("measure", MEASURES), ("kind", KINDS), ("figure", FIGURES), ("grade", GRADES)):
        if row[column] not in legal:
            raise UnknownName(column, row[column], [name for name in legal if name], f"{where}  {row[column]}")
    if missing := [column for column in ("id", "event", "definition", "source") if not row[column]]:
        msg = f"{where}  has no {missing[0]}"
        raise FactError(msg)
    if row["either_way"] not in ("yes", "no"):
        msg = f'{where}  either_way is "{row["either_way"]}"; it must be yes or no'
        raise FactError(msg)
    first, last = _date(row["from"], where, end=False), _date(row["until"], where, end=True)
    if last <= first:
        msg = f"{where}  dates are out of order: {row['from']} comes after {row['until']}"
        raise FactError(msg)
    value, low, high = (_share(row[column], f"{where}  {column}") for column in ("value", "low", "high"))
    if (low is not None and (value is None or low > value)) or (high is not None and (value is None or high < value)):
        msg = f"{where}  value {row['value']} lies outside its own range {row['low']} to {row['high']}"
        raise FactError(msg)
    return Anchor(
        id=row["id"], event=row["event"], definition=row["definition"],
        challengers=_states(row["challengers"], f"{where}  challengers", world),
        targets=_states(row["targets"], f"{where}  targets", world),
        either_way=row["either_way"] == "yes",
        measure=row["measure"], kind=row["kind"], figure=row["figure"],
        value=value, low=low, high=high, first=first, last=last,
        asked=row["asked"], source=row["source"], url=row["url"], grade=row["grade"], note=row["note"],
    )  # fmt: skip


def _states(text: str, where: str, world: World) -> tuple[str, ...]:
    """Codes of the states that names with semicolons between mean; a state that the model does not cover is refused."""
    if text == EVERYBODY:
        return world.states.iso3
    try:
        return tuple(iso for word in text.split(";") if word for iso in world.named(word))
    except UnknownName:
        raise UnknownName("state, region or group", text, (*world.states.iso3, *groups()), where) from None


def _share(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= 1.0:
        msg = f'{where} is "{text}", not a share from 0 to 1'
        raise FactError(msg)
    return value


def _date(text: str, where: str, *, end: bool) -> float:
    """A month as a year and its part: where a window starts, or with `end` where it ends."""
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        msg = f'{where}  "{text}" is not a month. Write 2026-07'
        raise FactError(msg)
    return int(match[1]) + (int(match[2]) - (0 if end else 1)) / 12.0
