"""LLVM's language: a function while it is written, loops, constants."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np

TYPES = {"f": "float", "i": "i32", "b": "i1"}
HELD = {"f": "float", "i": "i32", "b": "i32"}
"""What lies in memory."""


def floating(value: float) -> str:
    """A float constant."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', float(np.float32(value))))[0]:016X}"


@dataclass
class Function:
    """Lines of a function while it is written."""

    width: int
    lines: list[str] = field(default_factory=list)
    count: int = 0

    def type(self, kind: str) -> str:
        """A vector of a kind."""
        return f"<{self.width} x {kind}>"

    def put(self, text: str) -> str:
        """Write an instruction that gives a value; returns its name."""
        self.count += 1
        self.lines.append(f"  %v{self.count} = {text}")
        return f"%v{self.count}"

    def do(self, text: str) -> None:
        """Write one that gives none."""
        self.lines.append(f"  {text}")

    def label(self, name: str) -> None:
        """Begin a block."""
        self.lines.append(f"{name}:")

    def splat(self, kind: str, literal: str) -> str:
        """A constant vector."""
        return f"splat ({kind} {literal})"

    def spread(self, kind: str, value: str) -> str:
        """A vector of one value."""
        vector = self.type(kind)
        one = self.put(f"insertelement {vector} poison, {kind} {value}, i32 0")
        return self.put(f"shufflevector {vector} {one}, {vector} poison, <{self.width} x i32> zeroinitializer")


@dataclass
class LoopTurn:
    """A loop from 0 to below a count; what is written before `end` is its body."""

    f: Function
    count: int | str
    start: int | str = 0
    index: str = ""

    def __post_init__(self) -> None:
        self.f.count += 1
        self.name = f"b{self.f.count}"
        f = self.f
        f.do(f"br label %{self.name}.before")
        f.label(f"{self.name}.before")
        f.do(f"br label %{self.name}")
        f.label(self.name)
        self.index = f"%{self.name}.i"
        f.do(f"{self.index} = phi i64 [ {self.start}, %{self.name}.before ], [ {self.index}.next, %{self.name}.end ]")

    def end(self) -> None:
        """Go on, or leave."""
        f = self.f
        f.do(f"br label %{self.name}.end")
        f.label(f"{self.name}.end")
        f.do(f"{self.index}.next = add i64 {self.index}, 1")
        more = f.put(f"icmp ult i64 {self.index}.next, {self.count}")
        f.do(f"br i1 {more}, label %{self.name}, label %{self.name}.after")
        f.label(f"{self.name}.after")


def literal(kind: str, bits: int) -> str:
    """A constant by its bits, for floats, or its value."""
    if kind == "float":
        return floating(float(np.uint32(bits).view(np.float32)))
    return str(bits)
