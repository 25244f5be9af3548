"""What sets two runs apart, by what their manifests say: the one list for continuing a run and for comparing two."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.posture.side import WORDS

MOST_SHOWN = 60
"""Characters of a value shown; a longer one is only named."""


@dataclass(frozen=True)
class Mark:
    """Something two runs may differ in.

    name    its place in the manifest, dots between keys
    label   in words
    bars    whether futures of runs that differ in it are not paired, so that they cannot be compared at all: other
            luck, other parameters, another model; else the comparison holds, and says that more than a posture differs
    told    whether the values themselves tell a reader anything
    """

    name: str
    label: str
    bars: bool = False
    told: bool = True


OTHER = "other"
"""Name in the manifest of what the side compared with has in place of the scenario's own."""

MARKS = (
    Mark("code", "the model's code", bars=True),
    Mark("seed", "the seed", bars=True),
    Mark("years", "the years", bars=True),
    Mark("futures", "the number of futures", bars=True),
    Mark("chunk", "the size of chunks", bars=True),
    Mark("ensemble", "the ensemble that parameters are drawn from", bars=True),
    Mark("design", "the design of the futures", bars=True, told=False),
    Mark("ledger", "the ledger", bars=True),
    Mark("world", "the facts", bars=True),
    Mark("allies", "the allies they cover", bars=True, told=False),
    Mark("states", "the states they cover", told=False),
    Mark("patrons", "the guarantors of allies", told=False),
    Mark("scenario.without", WORDS["without"]),
    Mark("arithmetic", "the arithmetic, of which the last places differ"),
    Mark("replaced", "the equations replaced"),
    Mark("blocks", "the blocks of a year", told=False),
    Mark("model", "the model of who fights"),
    Mark("scenario.fixed", WORDS["fixed"]),
    Mark("assumed.ranges", "the ranges of parameters", told=False),
    Mark("assumed.doctrines", WORDS["doctrines"], told=False),
    Mark("assumed.plans", WORDS["plans"], told=False),
    Mark("assumed.events", WORDS["events"], told=False),
    Mark("assumed.wars", WORDS["wars"], told=False),
    Mark("assumed.figures", WORDS["figures"], told=False),
    Mark(OTHER, "what differs on the side compared with", told=False),
)

VERSION = "foedus"
"""Name in the manifest of the version, shown beside the code it came with."""


def apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Mark]:
    """Marks in which two manifests differ; postures are none, since they are what runs are compared for."""
    first, second = (json.loads(json.dumps(manifest)) for manifest in (one, other))
    return [mark for mark in MARKS if _at(first, mark.name) != _at(second, mark.name)]


def of_sides(manifest: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The manifest of a run as each of its two sides would have written it."""
    own = {name: value for name, value in manifest.items() if name != OTHER}
    return own, own | dict(manifest.get(OTHER, {}))


def said(mark: Mark, one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """A mark in words, with both values where they are short: `the seed (1 and 2)`."""
    values = [_shown(_at(manifest, mark.name)) for manifest in (one, other)]
    if mark.name == "code":
        values = [
            f"{manifest.get(VERSION, '?')}, {value}" for manifest, value in zip((one, other), values, strict=True)
        ]
        return f"{mark.label} (versions {' and '.join(values)})"
    both = " and ".join(values)
    return f"{mark.label} ({both})" if mark.told and len(both) <= MOST_SHOWN else mark.label


def _at(manifest: Mapping[str, Any], name: str) -> Any:
    """The value at a place in a manifest; what is empty is as if it were not there."""
    held: Any = manifest
    for key in name.split("."):
        held = held.get(key) if isinstance(held, Mapping) else None
    return held or None if not isinstance(held, int) else held


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {x:g}" if isinstance(x, (int, float)) else str(key) for key, x in value.items())
    if isinstance(value, list):
        joint = "-" if all(isinstance(x, int) for x in value) else ", "
        return joint.join(map(str, value))
    return str(value)
