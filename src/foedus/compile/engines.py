"""The three ways to run a year's text: as it stands, by its graph in NumPy, by its graph compiled. docs/compiled.md."""

from __future__ import annotations

import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from foedus.compile.named import compiler_installed
from foedus.compile.parts import whole
from foedus.compile.telling import told
from foedus.engine import record
from foedus.engine.chunk import run_chunk
from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.setting import Setting
from foedus.engine.situation import Block, Situation
from foedus.engine.state import State
from foedus.engine.watching import ToRecord, Watched
from foedus.engine.year import BLOCKS
from foedus.errors import FoedusWarning

ARITHMETIC = "3"
"""Version of the arithmetic of traced runs: of its functions, and of the order in which it sums."""

Run = Callable[[Setting, memoryview | None], record.Record]
Between = Callable[[], None]

MOST_HELD = 8
"""Programs that a process holds for the next study that asks for one, the latest used."""

_held: OrderedDict[str, Run] = OrderedDict()
_making = threading.RLock()
"""One thread at a time makes a program, so that none makes it twice."""


@dataclass(frozen=True)
class Machinery:
    """Runs chunks by one engine. Programs are traced when first needed, and kept: one serves every policy over a world.

    engine     one of `named.ENGINES`
    blocks     of a year, in order
    equations  functions put in the place of published ones
    kept       measures that are recorded
    stamp      tells the texts that are traced from all others, so that a program is used again, by other studies and
               from disk; empty where they cannot be told apart
    watched    figures that are recorded beside the measures; named in the stamp
    """

    engine: str
    blocks: tuple[Block, ...] = BLOCKS
    equations: tuple[Callable[..., Any], ...] = ()
    kept: Kept = EVERYTHING
    stamp: str = ""
    watched: tuple[Watched, ...] = ()
    runs: dict[str, Run] = field(default_factory=dict)

    def run(self, setting: Setting, room: memoryview | None = None, between: Between | None = None) -> record.Record:
        """The record of a chunk.

        room     memory to record in; new memory when None
        between  called now and then, and may raise to stop the run: after each year of `eager`, else when it begins

        Raises Untraceable, naming who asks, for what cannot be traced; ArithmeticError, as `engine.chunk.run_chunk`.
        """
        if self.engine == "eager":
            return run_chunk(setting, _heard(between), room, self.blocks, ToRecord(self.kept, self.watched))
        if between:
            between()
        if self.blocks == BLOCKS:  # blocks of a user's own may leave a part unread, which a trace then refuses
            setting = whole(setting)
        return self._program(setting)(setting, room)

    def compiles(self, setting: Setting) -> bool:
        """Whether running a setting begins with compiling: its program is neither in this process nor on disk."""
        if self.engine != "compiled" or not compiler_installed():
            return False
        from foedus.compile.shelf import on_shelf

        stamp = self._stamp(told(whole(setting) if self.blocks == BLOCKS else setting))
        return f"{self.engine}|{stamp}" not in _held and not on_shelf(stamp)

    def _program(self, setting: Setting) -> Run:
        key = told(setting)
        found = self.runs.get(key)
        if found is not None:
            return found
        with _making:
            if key not in self.runs:
                self.runs[key] = self._shared(setting, self._stamp(key))
        return self.runs[key]

    def _stamp(self, key: str) -> str:
        return f"{ARITHMETIC}|{self.stamp}|{key}|{self.kept.told()}" if self.stamp else ""

    def _shared(self, setting: Setting, stamp: str) -> Run:
        """The program that another study in this process has made, or a new one."""
        name = f"{self.engine}|{stamp}"
        if not stamp or name not in _held:
            made = self._made(setting, stamp)
            if not stamp:
                return made
            _held[name] = made
        _held.move_to_end(name)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
        return _held[name]

    def _made(self, setting: Setting, stamp: str) -> Run:
        from foedus.compile import execute  # on demand, as all of the tracer: eager runs need none of it
        from foedus.compile.program import trace
        from foedus.compile.schedule import NodeSchedule, scheduled
        from foedus.compile.shelf import shelved

        def traced() -> NodeSchedule:
            return scheduled(trace(setting, self.blocks, self.equations, self.kept, self.watched))

        if self.engine == "compiled" and can_compile():
            code = shelved(stamp, traced)
            return lambda chunk, room: code.run(chunk, self.kept, room)
        schedule = traced()
        return lambda chunk, room: execute.run(schedule, chunk, self.kept, room)


def _heard(between: Between | None) -> Callable[[Situation, State], None] | None:
    return (lambda _situation, _state: between()) if between else None


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
