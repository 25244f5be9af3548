"""Compile a plan in this process with llvmlite, and run chunks: while one runs, no other thread waits for it."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.execute import keep_year
from foedus.compile.interface import Interface, RecordedOutcome
from foedus.compile.llvm import Writer
from foedus.compile.loops import LoopPlan
from foedus.engine import record
from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.measure import Group
from foedus.engine.setting import Setting

ALIGNED = 64
"""Bytes of a line of the cache, at which every row begins."""

WIDTH = 16
"""Futures of a tile: a vector register of the widest processors."""

RECORDED_BY_YEAR = {group.value for group in Group if not group.counted}
"""Tables of a record whose measures have a row for each year."""

LEAST = (20,)
"""Version of LLVM from which its language has what llvm.py writes."""

SPEED = 1
"""How far LLVM chooses instructions with care, 0-3: what is written is near what runs, and more takes long."""


def compiler() -> Any:
    """The binding of llvmlite, ready for this processor; ImportError where there is none, or one that is too old."""
    import llvmlite.binding as llvm

    if llvm.llvm_version_info < LEAST:
        msg = f"llvmlite brings LLVM {llvm.llvm_version_info[0]}; {LEAST[0]} or later is needed"
        raise ImportError(msg)
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm


@dataclass(frozen=True)
class Processor:
    """For what code is compiled.

    name      as LLVM calls it, such as `znver4` or `x86-64-v2`
    features  beside those of the name
    """

    name: str
    features: str = ""

    @staticmethod
    def here() -> Processor:
        """This one."""
        llvm = compiler()
        return Processor(llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten())


def machine_code(
    plan: LoopPlan, processor: Processor, width: int = WIDTH, speed: int = SPEED
) -> tuple[Interface, bytes]:
    """A plan as machine code, and how it is called."""
    llvm = compiler()
    writer = Writer(plan, width)
    module = llvm.parse_assembly(writer.text())
    target = llvm.Target.from_default_triple()
    machine = target.create_target_machine(
        cpu=processor.name, features=processor.features, opt=speed, reloc="pic", codemodel="jitdefault", jit=True
    )
    module.triple, module.data_layout = llvm.get_default_triple(), str(machine.target_data)
    return writer.interface(), machine.emit_object(module)


@dataclass(frozen=True)
class Code:
    """Machine code that is loaded. One arena for each thread is kept from chunk to chunk."""

    interface: Interface
    engine: Any
    call: Callable[[int], None]
    arenas: threading.local = field(default_factory=threading.local)

    @staticmethod
    def loaded(interface: Interface, code: bytes) -> Code:
        """Load machine code into this process."""
        llvm = compiler()
        machine = llvm.Target.from_default_triple().create_target_machine(jit=True)
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        engine.finalize_object()
        return Code(interface, engine, ctypes.CFUNCTYPE(None, ctypes.c_void_p)(engine.get_function_address("run")))

    def arena(self) -> NDArray[np.float32]:
        """Memory of this thread for the rows of a tile."""
        if not hasattr(self.arenas, "held"):
            self.arenas.held = aligned(self.interface.rows * self.interface.width)
        held: NDArray[np.float32] = self.arenas.held
        return held

    def run(self, setting: Setting, kept: Kept = EVERYTHING, room: memoryview | None = None) -> record.Record:
        """The record of a chunk; in `room`, as `engine.chunk.run_chunk`."""
        interface, futures, years = self.interface, setting.futures, len(setting.years)
        padded = -(-futures // interface.width) * interface.width
        parameters = np.empty((max(len(interface.parameters), 1), padded), dtype=np.float32)
        for row, name in zip(parameters, interface.parameters, strict=False):
            row[:futures] = setting.p[name]
            row[futures:] = row[futures - 1]
        found = record.empty(record.Shape.of(setting.layout, years, futures, kept), room)
        outputs = [self._output(one, found, years, padded) for one in interface.outcomes]
        held: list[NDArray[Any]] = [
            self.arena(),
            parameters,
            *(interface.read(setting, yearly) for yearly in (False, True)),
            *(interface.luck(setting, yearly) for yearly in (False, True)),
            *(_numbers(draws.futures, padded) for draws in (setting.draws, setting.unknowns)),
            np.array([output.ctypes.data for output in outputs], dtype=np.uint64),
        ]
        context = np.array([*(one.ctypes.data for one in held), futures, padded, years], dtype=np.uint64)
        self.call(context.ctypes.data)
        for one, output in zip(interface.outcomes, outputs, strict=True):
            self._keep(one, output, found, setting)
        record.refuse_gaps(found, setting.years)
        return found

    def _keep(self, one: RecordedOutcome, output: NDArray[Any], found: record.Record, setting: Setting) -> None:
        """Bring a measure into the record: where years are summed, year by year; else whole, if it is not there yet."""
        if one.table not in RECORDED_BY_YEAR:
            for year, values in enumerate(output if one.summed else output[:, :, : setting.futures]):
                keep_year(found, (one.table, one.name), values.reshape(*one.shape, *values.shape[1:]), year, setting)
            return
        own = found.tables[Group(one.table)][one.name]
        if output is not own:
            own[...] = output.reshape(own.shape) if one.summed else output[:, :, : setting.futures]

    def _output(self, one: RecordedOutcome, found: record.Record, years: int, padded: int) -> NDArray[Any]:
        """Memory that a measure is written to: its own of the record where no tile is cut short."""
        if one.summed:
            return np.zeros((years, one.rows))
        own = found.tables[Group(one.table)][one.name] if one.table in RECORDED_BY_YEAR else np.empty(0)
        return own if own.shape[-1] == padded else np.empty((years, one.rows, padded), dtype=np.float32)


def aligned(count: int) -> NDArray[np.float32]:
    """Memory that begins at a line of the cache."""
    room = np.zeros(4 * count + ALIGNED, dtype=np.uint8)
    start = -room.ctypes.data % ALIGNED
    return room[start : start + 4 * count].view(np.float32)


def _numbers(futures: NDArray[np.uint64], padded: int) -> NDArray[np.uint64]:
    """Numbers of futures, the last repeated to fill a tile."""
    found = np.full(padded, futures[-1], dtype=np.uint64)
    found[: len(futures)] = futures
    return found
