"""Compile a plan in this process with llvmlite, and run chunks with it. No thread waits for Python while a chunk runs."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.execute import keep_year
from foedus.compile.graph import KINDS
from foedus.compile.llvm import Writer
from foedus.compile.loops import Plan
from foedus.engine import draws as luck
from foedus.engine import record
from foedus.engine.setting import Setting

ALIGNED = 64


@dataclass(frozen=True)
class Machine:
    """Compiled code of a plan."""

    plan: Plan
    writer: Writer
    engine: Any
    run: Any


def compiled(plan: Plan, width: int = 16, speed: int = 1, features: str | None = None) -> Machine:
    """Compile a plan for this processor.

    width     futures of a tile
    speed     how far LLVM optimises, 0-3; the bits do not depend on it
    features  the processor to compile for, in place of this one, such as `x86-64-v2`
    """
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    writer = Writer(plan, width)
    module = llvm.parse_assembly(writer.text())
    target = llvm.Target.from_default_triple()
    cpu = features or llvm.get_host_cpu_name()
    flags = "" if features else llvm.get_host_cpu_features().flatten()
    machine = target.create_target_machine(cpu=cpu, features=flags, opt=speed)
    module.triple, module.data_layout = llvm.get_default_triple(), str(machine.target_data)
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    run = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(engine.get_function_address("run"))
    return Machine(plan, writer, engine, run)


def aligned(count: int, kind: Any) -> NDArray[Any]:
    """Memory that begins at a line of the cache."""
    size = count * np.dtype(kind).itemsize
    room = np.zeros(size + ALIGNED, dtype=np.uint8)
    start = -room.ctypes.data % ALIGNED
    return room[start : start + size].view(kind)


def run(machine: Machine, setting: Setting) -> record.Record:
    """The record of a chunk."""
    plan, width = machine.plan, machine.writer.width
    inputs = plan.schedule.program.inputs
    futures, years = setting.futures, len(setting.years)
    padded = -(-futures // width) * width
    held: list[NDArray[Any]] = [aligned(plan.size * width, np.float32)]
    parameters = np.empty((len(inputs.parameters), padded), dtype=np.float32)
    for row, name in zip(parameters, inputs.parameters, strict=True):
        row[:futures] = setting.p[name]
        row[futures:] = row[futures - 1]
    held.append(parameters)
    held += [_figures(machine, setting, False, 1), _figures(machine, setting, True, years)]
    held += [_keys(machine, setting, False, 1), _keys(machine, setting, True, years)]
    for draws in (setting.draws, setting.unknowns):
        numbers = np.empty(padded, dtype=np.uint64)
        numbers[:futures], numbers[futures:] = draws.futures, draws.futures[-1]
        held.append(numbers)
    outputs = [
        np.zeros((years, result.rows.size), dtype=np.float64)
        if result.summed
        else np.empty((years, result.rows.size, padded), dtype=np.float32)
        for _, result, _ in plan.outputs
    ]
    pointers = np.array([output.ctypes.data for output in outputs], dtype=np.uint64)
    held.append(pointers)
    context = np.array([*(one.ctypes.data for one in held), futures, padded, years], dtype=np.uint64)
    machine.run(context.ctypes.data)
    kept = record.empty(record.Shape.of(setting.layout, years, futures))
    for year in range(years):
        values = {
            key: output[year] if result.summed else output[year, :, :futures]
            for (key, result, _), output in zip(plan.outputs, outputs, strict=True)
        }
        keep_year(kept, plan.schedule.program.later.record, values, year, setting)
    record.refuse_gaps(kept, setting.years)
    return kept


def _figures(machine: Machine, setting: Setting, yearly: bool, years: int) -> NDArray[Any]:
    """Inputs that are the same in all futures, [years, n] words of four bytes."""
    inputs, graph = machine.plan.schedule.program.inputs, machine.plan.graph
    sources = inputs.yearly if yearly else inputs.once
    offsets = machine.writer.figures[yearly]
    words = np.zeros((years, max(sum(count for _, count in offsets.values()), 1)), dtype=np.uint32)
    for node in graph.nodes:
        if node.op == "uniform" and node.detail[1] == yearly:
            at, count = offsets[node.base]
            for year in range(years):
                values = np.asarray(sources[node.detail[0]](setting, year)).reshape(-1).astype(KINDS[node.kind])
                words[year, at : at + count] = values.astype(np.uint32) if node.kind == "b" else values.view(np.uint32)
    return words


def _keys(machine: Machine, setting: Setting, yearly: bool, years: int) -> NDArray[Any]:
    """Keys of luck, [years, n]."""
    inputs, names = machine.plan.schedule.program.inputs, machine.writer.keys[yearly]
    found = np.zeros((years, max(len(names), 1)), dtype=np.uint64)
    for name, place in names.items():
        use, fixed = inputs.keys[name]
        for year in range(years):
            found[year, place] = luck.key(setting.draws.seed, year if fixed is None else fixed, use)
    return found
