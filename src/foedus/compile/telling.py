"""What tells one program from another: the world it is for, and the shape of its policy, but no figure of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from foedus.compile.policies import axis_of_years
from foedus.engine.layout import Layout
from foedus.engine.policy import Policy
from foedus.engine.setting import Setting

_layouts: dict[int, tuple[Layout, str]] = {}
"""Digests by the identity of the layout, which is held so that no other takes its place."""

MOST_LAYOUTS = 16


def told(setting: Setting) -> str:
    """What a program is made for: layout, names of parameters, and which parts a policy has, but not their figures."""
    asked = setting.model is not None
    parts = (_layout(setting.layout), f"{tuple(setting.p)!r}", f"{shape_of(setting.policy)!r}", f"{asked}")
    found = hashlib.sha256("|".join(parts).encode())
    _see(setting.helpers, found)
    return found.hexdigest()


def _layout(layout: Layout) -> str:
    """Digest of a layout, worked out once."""
    known = _layouts.get(id(layout))
    if known is None:
        found = hashlib.sha256()
        _see(layout, found)
        known = layout, found.hexdigest()
        while len(_layouts) >= MOST_LAYOUTS:
            _layouts.pop(next(iter(_layouts)), None)
        _layouts[id(layout)] = known
    return known[1]


def _see(value: Any, found: Any) -> None:
    """Take in every array of a value."""
    if isinstance(value, np.ndarray):
        found.update(f"{value.dtype}{value.shape}".encode())
        found.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            found.update(one.name.encode())
            _see(getattr(value, one.name), found)
    elif isinstance(value, tuple | list):
        for held in value:
            _see(held, found)
    else:
        found.update(repr(value).encode())


def shape_of(policy: Policy) -> Any:
    """Which parts a policy has: arrays by their shape without years, figures by being there, names as they are."""

    def shape(value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, np.ndarray):
            years = axis_of_years(path)
            return value.dtype.kind, *(n for axis, n in enumerate(value.shape) if axis != years)
        if isinstance(value, float):
            return "f"
        if isinstance(value, Mapping):
            return sorted(value)
        if is_dataclass(value) and not isinstance(value, type):
            return [(f.name, shape(getattr(value, f.name), (*path, f.name))) for f in fields(value) if f.name != "name"]
        if path[-1:] == ("held",) and value is not None:
            return "years"
        return (
            [shape(one, path) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else value
        )

    return shape(policy, ())
