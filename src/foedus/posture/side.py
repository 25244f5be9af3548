"""What sets the side compared with apart besides its posture: doctrines, events, mechanisms, figures and the rest.

The side of `posture` is what a scenario says at its top. The side of `against` is the same, but for the parts that
`[against]` gives: each stands there instead of the scenario's own, and an empty one takes it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from foedus.posture.doctrine import Doctrine
from foedus.posture.event import Event
from foedus.posture.war_order import WarOrder

PARTS = {
    "doctrine": "doctrines",
    "events": "events",
    "parameters": "fixed",
    "plans": "plans",
    "wars": "wars",
    "without": "without",
    "world": "figures",
}
"""Keys of `[against]` that are no part of a posture, and the part of a scenario that each stands for."""

WORDS = {
    "doctrines": "the doctrines of allies",
    "events": "the events",
    "fixed": "the parameters fixed",
    "wars": "the wars ended or begun by date",
    "plans": "whether announced spending counts",
    "without": "the mechanisms switched off",
    "figures": "the figures of states changed",
}
"""Each of these parts of a scenario in words."""

SHARED = ("stake_share_of_gdp",)
"""Parameters that both sides share, because losses of both are told in them."""


@dataclass(frozen=True)
class Side:
    """Parts of a scenario as the side compared with has them; None where it has the scenario's own.

    doctrines  what allies do by rule
    events     changes of hostility from outside the model
    wars       wars ended or begun by date
    fixed      (parameter, value): held there in every future
    without    mechanisms switched off
    plans      whether announced spending counts
    figures    (iso3, figure, value): the world's figures changed
    """

    doctrines: tuple[Doctrine, ...] | None = None
    events: tuple[Event, ...] | None = None
    wars: tuple[WarOrder, ...] | None = None
    fixed: tuple[tuple[str, float], ...] | None = None
    without: tuple[str, ...] | None = None
    plans: bool | None = None
    figures: tuple[tuple[str, str, float], ...] | None = None

    def given(self) -> dict[str, Any]:
        """The parts that it gives, by the name that they have in a scenario."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}

    @property
    def empty(self) -> bool:
        """Whether the side differs in nothing but, perhaps, its posture."""
        return not self.given()


def label(parts: Mapping[str, Any]) -> str:
    """What some parts of a side hold, in a few words for its name: `without R29; world POL`; empty for empty parts."""
    doctrines, events, figures = (parts.get(name, ()) for name in ("doctrines", "events", "figures"))
    said = (
        _words("without", parts.get("without", ())),
        "" if parts.get("plans", True) else "without plans",
        _words("doctrine", [doctrine.scope for doctrine in doctrines]),
        _words("events", [event.challenger for event in events]),
        _words("wars", [f"{order.attacker}>{order.target}" for order in parts.get("wars", ())]),
        _words("world", [iso for iso, _, _ in figures]),
        ", ".join(f"{name} = {value:g}" for name, value in parts.get("fixed", ())),
    )
    return "; ".join(part for part in said if part)


def _words(head: str, names: Sequence[str]) -> str:
    return f"{head} {', '.join(dict.fromkeys(names))}" if names else ""
