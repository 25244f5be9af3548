"""The three ways to run a year's text: as it stands, by its graph in NumPy, by its graph compiled. docs/compiled.md."""

from __future__ import annotations

import hashlib
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np

from foedus.engine import record
from foedus.engine.chunk import run_chunk
from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.layout import Layout
from foedus.engine.setting import Policy, Setting
from foedus.engine.situation import Block
from foedus.engine.year import BLOCKS
from foedus.errors import FoedusWarning, UnknownName

ENGINES = ("eager", "numpy", "compiled")
"""Legal engines; the last two give the same bits."""

ARITHMETIC = "2"
"""Version of the arithmetic of traced runs: of its functions, and of the order in which it sums."""

Run = Callable[[Setting, memoryview | None], record.Record]


def engine_named(name: str) -> str:
    """The engine of that name; raise UnknownName, with the nearest spelling, where there is none."""
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    return name


@dataclass(frozen=True)
class Machinery:
    """Runs chunks by one engine. Programs are traced when first needed, and kept: one for each kind of policy.

    engine     one of ENGINES
    blocks     of a year, in order
    equations  functions put in the place of published ones
    kept       measures that are recorded
    stamp      tells the texts that are traced from all others, so that compiled code is used again from disk; empty
               where they cannot be told apart
    """

    engine: str
    blocks: tuple[Block, ...] = BLOCKS
    equations: tuple[Callable[..., Any], ...] = ()
    kept: Kept = EVERYTHING
    stamp: str = ""
    runs: dict[str, Run] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    seen: list[tuple[Layout, str]] = field(default_factory=list)
    """the layout last asked about, and its hash"""

    def run(self, setting: Setting, room: memoryview | None = None) -> record.Record:
        """The record of a chunk.

        room  memory to record in; new memory when None

        Raises Untraceable, naming who asks, for what cannot be traced; ArithmeticError, as `engine.chunk.run_chunk`.
        """
        if self.engine == "eager":
            return run_chunk(setting, room=room, blocks=self.blocks, kept=self.kept)
        with self.lock:
            key = told(setting, self._told_of(setting.layout))
            if key not in self.runs:
                self.runs[key] = self._made(setting, key)
        return self.runs[key](setting, room)

    def _told_of(self, layout: Layout) -> str:
        """Hash of a layout: seven milliseconds, where an answer takes thirty."""
        if not self.seen or self.seen[0][0] is not layout:
            self.seen[:] = [(layout, told_layout(layout))]
        return self.seen[0][1]

    def _made(self, setting: Setting, key: str) -> Run:
        from foedus.compile import execute  # on demand, as all of the tracer: eager runs need none of it
        from foedus.compile.program import trace
        from foedus.compile.schedule import NodeSchedule, scheduled
        from foedus.compile.shelf import shelved

        def traced() -> NodeSchedule:
            return scheduled(trace(setting, self.blocks, self.equations, self.kept))

        if self.engine == "compiled" and can_compile():
            stamp = f"{ARITHMETIC}|{self.stamp}|{key}|{self.kept.told()}" if self.stamp else ""
            code = shelved(stamp, traced)
            return lambda chunk, room: code.run(chunk, self.kept, room)
        schedule = traced()
        return lambda chunk, room: execute.run(schedule, chunk, self.kept, room)


def can_compile() -> bool:
    """Whether there is a compiler here; says once that there is none."""
    from foedus.compile.native import compiler

    try:
        compiler()
    except ImportError as why:
        warnings.warn(
            f"not compiled, but run by NumPy: {why}. The figures are the same, and take longer. "
            "Install it: pip install 'foedus[fast]'",
            FoedusWarning,
            stacklevel=2,
        )
        return False
    return True


def told(setting: Setting, layout: str = "") -> str:
    """What a program is made for: layout, names of parameters, and which parts a policy has, but not their figures.

    layout  hash of the setting's layout, by `told_layout`, where it is known
    """
    parts = repr((tuple(setting.p), shape_of(setting.policy)))
    return hashlib.sha256(f"{layout or told_layout(setting.layout)}{parts}".encode()).hexdigest()


def told_layout(layout: Layout) -> str:
    """Hash of every array of a layout."""
    found = hashlib.sha256()
    _see(layout, found)
    return found.hexdigest()


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
    """Which parts a policy has: arrays by their shape, figures by being there, states and names as they are."""

    def shape(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value.dtype.kind, value.shape
        if isinstance(value, float):
            return "f"
        if isinstance(value, Mapping):
            return sorted(value)
        if is_dataclass(value) and not isinstance(value, type):
            return [(one.name, shape(getattr(value, one.name))) for one in fields(value) if one.name != "name"]
        return [shape(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else value

    return shape(policy)
