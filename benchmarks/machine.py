"""What one core of this machine does at best with vectors as wide as a tile: operations, loads and stores.

Kernels of a few lines are compiled by the compiler of the model and timed; `limit.py` holds the model's work against
them.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from foedus.compile.native import WIDTH, Processor, aligned, compiler

CHAINS, TURNS, TRIALS = 12, 4096, 30
"""Chains side by side in a kernel, turns of its loop, and trials of which the best counts."""

ABREAST = 8
"""Rows that a turn of a loop over memory moves, so that none waits for the one before."""


def rates(rows: int) -> dict[str, float]:
    """Nanoseconds of one core for a vector: by kind of operation, and loaded from or stored in so many rows."""
    real, whole = f"<{WIDTH} x float>", f"<{WIDTH} x i64>"
    a, b = "splat (float 0x3FEFF7CEE0000000)", "splat (float 0x3F50624DE0000000)"
    odd = "splat (i64 6364136223846793005)"
    found = {
        "plain": chains(real, "splat (float 1.0)", f"%x = fmul {real} %in, {a}\n%out = fadd {real} %x, {b}") / 2,
        "divide": chains(real, "splat (float 1.5)", f"%out = fdiv {real} {a}, %in"),
        "root": chains(real, "splat (float 1.5)", f"%out = call {real} @llvm.sqrt.v{WIDTH}f32({real} %in)"),
        "product": chains(whole, "splat (i64 3)", f"%out = mul {whole} %in, {odd}"),
    }
    return found | near(rows)


def chains(kind: str, start: str, step: str) -> float:
    """Nanoseconds of a step, `CHAINS` of which run side by side, each on what it gave before."""
    lines = []
    for one in range(CHAINS):
        own = step.replace("%in", f"%in{one}").replace("%out", f"%out{one}").replace("%x", f"%x{one}")
        lines.append(own)
    before = "\n".join(f"%in{one} = phi {kind} [ {start}, %begin ], [ %out{one}, %turn ]" for one in range(CHAINS))
    after = "\n".join(
        f"%to{one} = getelementptr {kind}, ptr %room, i64 {one}\nstore {kind} %out{one}, ptr %to{one}, align 64"
        for one in range(CHAINS)
    )
    text = loop_of(before, "\n".join(lines), after)
    room = aligned(CHAINS * WIDTH * 2)
    return best(compiled(text), room.ctypes.data, TURNS) / (TURNS * CHAINS)


def near(rows: int) -> dict[str, float]:
    """Nanoseconds of a load, a store and a gather over so many rows, `ABREAST` at a time."""
    real, spread = f"<{WIDTH} x float>", f"<{WIDTH} x i64>"
    lanes = ", ".join(f"i64 {WIDTH * 7 * lane + lane}" for lane in range(WIDTH))
    load = f"%held# = load {real}, ptr %row#, align 64"
    gather = (
        f"%at# = getelementptr float, ptr %row#, {spread} <{lanes}>\n"
        f"%held# = call {real} @llvm.masked.gather.v{WIDTH}f32.v{WIDTH}p0(<{WIDTH} x ptr> %at#, i32 4, "
        f"<{WIDTH} x i1> splat (i1 true), {real} poison)"
    )
    summed = f"%out# = fadd {real} %in#, %held#"
    bodies = {
        "load": f"{load}\n{summed}",
        "gather": f"{gather}\n{summed}",
        "store": f"store {real} splat (float 1.0), ptr %row#, align 64",
    }
    room = aligned((rows + 8 * WIDTH) * WIDTH)
    return {
        name: best(compiled(abreast(body)), room.ctypes.data, rows // ABREAST) / rows for name, body in bodies.items()
    }


def abreast(body: str) -> str:
    """A loop over rows, in every turn of which `ABREAST` of them, `#` in the names of each, go the same way."""
    real, sums = f"<{WIDTH} x float>", "%in" in body
    numbers = [str(number) for number in range(ABREAST)]
    before = [f"%in{n} = phi {real} [ zeroinitializer, %begin ], [ %out{n}, %turn ]" for n in numbers if sums]
    turn = [f"%first = mul i64 %i, {ABREAST}"]
    for n in numbers:
        turn += [f"%place{n} = add i64 %first, {n}", f"%row{n} = getelementptr {real}, ptr %room, i64 %place{n}"]
        turn.append(body.replace("#", n))
    after = [
        f"%to{n} = getelementptr {real}, ptr %room, i64 {n}\nstore {real} %out{n}, ptr %to{n}, align 64"
        for n in numbers
        if sums
    ]
    return loop_of("\n".join(before), "\n".join(turn), "\n".join(after))


def loop_of(before: str, body: str, after: str) -> str:
    """A function of a room and a number of turns."""
    return f"""
declare <{WIDTH} x float> @llvm.sqrt.v{WIDTH}f32(<{WIDTH} x float>)
declare <{WIDTH} x float> @llvm.masked.gather.v{WIDTH}f32.v{WIDTH}p0(
  <{WIDTH} x ptr>, i32, <{WIDTH} x i1>, <{WIDTH} x float>)
define void @run(ptr %room, i64 %turns) {{
begin:
br label %turn
turn:
%i = phi i64 [ 0, %begin ], [ %next, %turn ]
{before}
{body}
%next = add i64 %i, 1
%more = icmp ult i64 %next, %turns
br i1 %more, label %turn, label %end
end:
{after}
ret void
}}
"""


def compiled(text: str) -> tuple[Any, Callable[[int, int], None]]:
    """Machine code of a function of a room and a number of turns, and what keeps it alive."""
    llvm = compiler()
    processor = Processor.here()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=processor.name, features=processor.features, opt=3, jit=True
    )
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(text), machine)
    engine.finalize_object()
    return engine, ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)(engine.get_function_address("run"))


def best(code: tuple[Any, Callable[[int, int], None]], room: int, turns: int) -> float:
    """Least nanoseconds of a call."""
    trials = []
    for _ in range(TRIALS):
        start = time.perf_counter_ns()
        code[1](room, turns)
        trials.append(time.perf_counter_ns() - start)
    return float(min(trials))


def far() -> float:
    """Nanoseconds of a vector written to memory, in a buffer that no cache holds."""
    room = np.zeros(1 << 24, dtype=np.float32)
    trials = []
    for _ in range(TRIALS // 3):
        start = time.perf_counter_ns()
        room.fill(1.0)
        trials.append(time.perf_counter_ns() - start)
    return min(trials) / (room.size / WIDTH)
