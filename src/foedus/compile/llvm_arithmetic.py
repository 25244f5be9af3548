"""Operations of a graph written in LLVM: the counterpart of operations.py."""

from __future__ import annotations

import struct
from collections.abc import Callable

from foedus.compile.llvm_text import Function, floating
from foedus.compile.operations import FUNCTIONS


class LlvmArithmetic:
    """The arithmetic of `mathematics` in LLVM: values are names of vectors."""

    real = "float"

    def __init__(self, function: Function) -> None:
        self.f = function
        self.vector, self.whole_vector = function.type(self.real), function.type("i32")

    @property
    def wide(self) -> LlvmWide:
        return LlvmWide(self.f)

    def number(self, value: float) -> str:
        return self.f.splat(self.real, floating(value))

    def whole(self, value: int) -> str:
        return self.f.splat("i32", str(value))

    def _two(self, op: str, vector: str, x: str, y: str) -> str:
        return self.f.put(f"{op} {vector} {x}, {y}")

    def add(self, x: str, y: str) -> str:
        return self._two("fadd", self.vector, x, y)

    def sub(self, x: str, y: str) -> str:
        return self._two("fsub", self.vector, x, y)

    def mul(self, x: str, y: str) -> str:
        return self._two("fmul", self.vector, x, y)

    def div(self, x: str, y: str) -> str:
        return self._two("fdiv", self.vector, x, y)

    def root(self, x: str) -> str:
        kind = {"float": "f32", "double": "f64"}[self.real]
        return self.f.put(f"call {self.vector} @llvm.sqrt.v{self.f.width}{kind}({self.vector} {x})")

    def less(self, x: str, y: str) -> str:
        return self._two("fcmp olt", self.vector, x, y)

    def same(self, x: str, y: str) -> str:
        return self._two("fcmp oeq", self.vector, x, y)

    def choose(self, condition: str, yes: str, no: str) -> str:
        return self.f.put(f"select {self.f.type('i1')} {condition}, {self.vector} {yes}, {self.vector} {no}")

    def iadd(self, x: str, y: str) -> str:
        return self._two("add", self.whole_vector, x, y)

    def isub(self, x: str, y: str) -> str:
        return self._two("sub", self.whole_vector, x, y)

    def iand(self, x: str, y: str) -> str:
        return self._two("and", self.whole_vector, x, y)

    def ior(self, x: str, y: str) -> str:
        return self._two("or", self.whole_vector, x, y)

    def left(self, x: str, places: int) -> str:
        return self._two("shl", self.whole_vector, x, self.whole(places))

    def right(self, x: str, places: int) -> str:
        return self._two("ashr", self.whole_vector, x, self.whole(places))

    def bits(self, x: str) -> str:
        return self.f.put(f"bitcast {self.vector} {x} to {self.whole_vector}")

    def from_bits(self, x: str) -> str:
        return self.f.put(f"bitcast {self.whole_vector} {x} to {self.vector}")

    def to_float(self, x: str) -> str:
        return self.f.put(f"sitofp {self.whole_vector} {x} to {self.vector}")

    def widen(self, x: str) -> str:
        return self.f.put(f"fpext {self.f.type('float')} {x} to {self.f.type('double')}")

    def narrow(self, x: str) -> str:
        return self.f.put(f"fptrunc {self.f.type('double')} {x} to {self.f.type('float')}")


class LlvmWide(LlvmArithmetic):
    """The same in double precision."""

    real = "double"

    def number(self, value: float) -> str:
        return self.f.splat("double", f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}")


Written = Callable[[LlvmArithmetic, Function, list[str]], str]


def _pair(op: str, kind: str = "float") -> Written:
    return lambda _, f, x: f.put(f"{op} {f.type(kind)} {x[0]}, {x[1]}")


def _extreme(larger: bool) -> Written:
    """Larger or smaller of two: not a number where either is none; a zero is positive."""

    def write(o: LlvmArithmetic, f: Function, x: list[str]) -> str:
        vector, truth = f.type("float"), f.type("i1")
        a, b = x
        first = f.put(f"fcmp {'ogt' if larger else 'olt'} {vector} {a}, {b}")
        found = f.put(f"select {truth} {first}, {vector} {a}, {vector} {b}")
        if not a.startswith("splat"):
            lost = f.put(f"fcmp uno {vector} {a}, {a}")
            found = f.put(f"select {truth} {lost}, {vector} {a}, {vector} {found}")
        return f.put(f"fadd {vector} {found}, {o.number(0.0)}")

    return write


def _held(larger: bool) -> Written:
    """A value, or a constant where the value is lower, or higher: one instruction on most processors."""

    def write(_: LlvmArithmetic, f: Function, x: list[str]) -> str:
        vector, (value, end) = f.type("float"), x
        beyond = f.put(f"fcmp {'ogt' if larger else 'olt'} {vector} {end}, {value}")
        return f.put(f"select {f.type('i1')} {beyond}, {vector} {end}, {vector} {value}")

    return write


def choice(kind: str) -> Written:
    """One of two by a truth."""

    def write(_: LlvmArithmetic, f: Function, x: list[str]) -> str:
        vector = f.type(kind)
        return f.put(f"select {f.type('i1')} {x[0]}, {vector} {x[1]}, {vector} {x[2]}")

    return write


OPERATIONS: dict[str, Written] = {
    "add": _pair("fadd"),
    "subtract": _pair("fsub"),
    "multiply": _pair("fmul"),
    "divide": _pair("fdiv"),
    "maximum": _extreme(larger=True),
    "minimum": _extreme(larger=False),
    "at_least": _held(larger=True),
    "at_most": _held(larger=False),
    "negative": lambda _, f, x: f.put(f"fneg {f.type('float')} {x[0]}"),
    "absolute": lambda o, _, x: o.from_bits(o.iand(o.bits(x[0]), o.whole(0x7FFFFFFF))),
    "sqrt": lambda o, _, x: o.root(x[0]),
    "less": _pair("fcmp olt"),
    "less_equal": _pair("fcmp ole"),
    "equal": _pair("fcmp oeq"),
    "not_equal": _pair("fcmp une"),
    "and": _pair("and", "i1"),
    "or": _pair("or", "i1"),
    "not": lambda _, f, x: f.put(f"xor {f.type('i1')} {x[0]}, {f.splat('i1', '1')}"),
    "iadd": _pair("add", "i32"),
    "isub": _pair("sub", "i32"),
    "imul": _pair("mul", "i32"),
    "iless": _pair("icmp slt", "i32"),
    "iless_equal": _pair("icmp sle", "i32"),
    "iequal": _pair("icmp eq", "i32"),
    "inot_equal": _pair("icmp ne", "i32"),
    **{name: (lambda o, _, x, function=function: function(o, *x)) for name, function in FUNCTIONS.items()},  # type: ignore[misc]
}
