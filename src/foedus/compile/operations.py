"""What a node can do to rows of equal length, on NumPy arrays; llvm.py says the same in LLVM.

Where NumPy's own result depends on the processor (its vectorised exp, the sign of a zero out of `maximum`), the
operation is defined here so that it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from foedus.compile import mathematics, quantile
from foedus.compile.mathematics import NumpyArithmetic

Operation = Callable[..., Any]


def _of(function: Callable[..., Any]) -> Operation:
    return lambda *values: function(NumpyArithmetic, *values)


def _maximum(x: Any, y: Any) -> Any:
    """Larger of two, not a number where either is none; a zero is positive."""
    return np.maximum(x, y) + np.float32(0.0)


def _minimum(x: Any, y: Any) -> Any:
    """Smaller of two, likewise."""
    return np.minimum(x, y) + np.float32(0.0)


def _at_least(x: Any, floor: Any) -> Any:
    """`x`, or a constant where it is lower; not a number where `x` is none."""
    return np.where(x < floor, floor, x)


def _at_most(x: Any, cap: Any) -> Any:
    """`x`, or a constant where it is higher."""
    return np.where(cap < x, cap, x)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": mathematics.exp,
    "log": mathematics.log,
    "log1p": mathematics.log1p,
    "tanh": mathematics.tanh,
    "logistic": mathematics.logistic,
    "power": mathematics.power,
    "normal": quantile.normal,
}
"""Functions written in an arithmetic: once for NumPy, once for LLVM."""

OPERATIONS: dict[str, Operation] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "maximum": _maximum,
    "minimum": _minimum,
    "at_least": _at_least,
    "at_most": _at_most,
    "negative": np.negative,
    "absolute": np.absolute,
    "sqrt": np.sqrt,
    "less": np.less,
    "less_equal": np.less_equal,
    "equal": np.equal,
    "not_equal": np.not_equal,
    "and": np.logical_and,
    "or": np.logical_or,
    "not": np.logical_not,
    "where": np.where,
    "when": np.where,
    "float": lambda x: np.asarray(x).astype(np.float32),
    "iadd": np.add,
    "isub": np.subtract,
    "imul": np.multiply,
    "iless": np.less,
    "iequal": np.equal,
    "inot_equal": np.not_equal,
    "iless_equal": np.less_equal,
    **{name: _of(function) for name, function in FUNCTIONS.items()},
}
"""Operations on arrays of equal shape, by name; those that begin with i take whole numbers."""
