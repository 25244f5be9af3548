"""exp, log, log1p, tanh, logistic and power in single precision, written once for NumPy and for LLVM.

Each function takes an arithmetic `o` (`NumpyArithmetic` here, `LlvmArithmetic` in llvm_arithmetic.py) and is a fixed
sequence of its operations: additions, products, divisions, comparisons, choices and moves of bits, each rounded as
IEEE 754 says, without fused multiply-add. So both give the same bits, on every processor. Errors are at most 2 units in
the last place over the full range, but where another is told (tests/compile/test_mathematics.py); a denormal number
counts as zero. Polynomials of exp and log are the shortest that suffice, fitted to the least largest relative error;
that of tanh is from Cephes (Moshier 2000). Polynomials are evaluated in two halves side by side, even powers and odd,
which takes half as long as one term after the other. The normal quantile is in quantile.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

EXP = (5.0000000576e-1, 1.6666571605e-1, 4.1669612629e-2, 8.3625325498e-3, 1.3593957441e-3)
LOG = (
    3.3334110800e-1, -2.5001666618e-1, 1.9957286830e-1, -1.6565173296e-1, 1.4951558141e-1, -1.4372091670e-1,
    8.7464734375e-2,
)  # fmt: skip
TANH = (-3.33332819422e-1, 1.33314422036e-1, -5.37397155531e-2, 2.06390887954e-2, -5.70498872745e-3)
"""Coefficients from the lowest power: of (e^r - 1 - r) / r^2, of (log(1 + r) - r + r^2 / 2) / r^3, and of
(tanh(r) / r - 1) / r^2 in squares."""

LOG_TWO_HIGH, LOG_TWO_LOW = 0.693359375, -2.12194440e-4
LOG_TWO = 0.6931471805599453
ROUNDS = 12582912.0
"""1.5 · 2^23: a float below 2^22 added to it is rounded to a whole number, which its low bits then hold."""

EXPONENT = 23
"""Bits of a float below its exponent."""

SMALLEST, EXP_LOWEST, EXP_HIGHEST = 2.0**-126, -87.3365, 88.72284
"""The smallest normal number; where exp falls below it; above where exp is infinite."""


class NumpyArithmetic:
    """The operations of the functions below on NumPy arrays; `wide` is the same in double precision."""

    wide: type[NumpyArithmetic]

    @staticmethod
    def number(value: float) -> Any:
        return np.float32(value)

    @staticmethod
    def whole(value: int) -> Any:
        return np.int32(value)

    add = staticmethod(np.add)
    sub = staticmethod(np.subtract)
    mul = staticmethod(np.multiply)
    div = staticmethod(np.divide)
    root = staticmethod(np.sqrt)
    less = staticmethod(np.less)
    same = staticmethod(np.equal)
    choose = staticmethod(np.where)
    iadd = staticmethod(np.add)
    isub = staticmethod(np.subtract)
    iand = staticmethod(np.bitwise_and)
    ior = staticmethod(np.bitwise_or)

    @staticmethod
    def left(value: Any, places: int) -> Any:
        return np.left_shift(value, np.int32(places))

    @staticmethod
    def right(value: Any, places: int) -> Any:
        return np.right_shift(value, np.int32(places))

    @staticmethod
    def bits(value: Any) -> Any:
        return np.asarray(value, dtype=np.float32).view(np.int32)

    @staticmethod
    def from_bits(value: Any) -> Any:
        return np.asarray(value, dtype=np.int32).view(np.float32)

    @staticmethod
    def to_float(value: Any) -> Any:
        return np.asarray(value).astype(np.float32)

    @staticmethod
    def widen(value: Any) -> Any:
        return np.asarray(value, dtype=np.float64)

    @staticmethod
    def narrow(value: Any) -> Any:
        return np.asarray(value, dtype=np.float32)


class NumpyWide(NumpyArithmetic):
    """The same in double precision."""

    @staticmethod
    def number(value: float) -> Any:
        return np.float64(value)


NumpyArithmetic.wide = NumpyWide


def polynomial(o: Any, x: Any, coefficients: Sequence[float]) -> Any:
    """A polynomial, from the highest power."""
    found = o.number(coefficients[0])
    for coefficient in coefficients[1:]:
        found = o.add(o.mul(found, x), o.number(coefficient))
    return found


def _halves(o: Any, x: Any, square: Any, coefficients: Sequence[float]) -> Any:
    """A polynomial, from the lowest power, as odd powers and even ones."""
    even, odd = (polynomial(o, square, coefficients[start::2][::-1]) for start in (0, 1))
    return o.add(o.mul(odd, x), even)


def _unscaled(o: Any, x: Any) -> tuple[Any, Any]:
    """e^x as a number near 1 and the power of two, in the place of an exponent, that it is to be multiplied by."""
    shifted = o.add(o.mul(x, o.number(1.0 / LOG_TWO)), o.number(ROUNDS))
    whole = o.sub(shifted, o.number(ROUNDS))
    rest = o.sub(o.sub(x, o.mul(whole, o.number(LOG_TWO_HIGH))), o.mul(whole, o.number(LOG_TWO_LOW)))
    return _near_one(o, rest), o.left(o.bits(shifted), EXPONENT)


def _near_one(o: Any, x: Any) -> Any:
    """Exponential of what lies between the logarithms of the roots of one half and of two."""
    square = o.mul(x, x)
    return o.add(o.mul(_halves(o, x, square, EXP), square), o.add(x, o.number(1.0)))


def exp(o: Any, x: Any) -> Any:
    """Exponential of x; infinity above 88.7, 0 below -87.3."""
    near, power = _unscaled(o, x)
    found = o.from_bits(o.iadd(o.bits(near), power))
    found = o.choose(o.less(x, o.number(EXP_LOWEST)), o.number(0.0), found)
    return o.choose(o.less(o.number(EXP_HIGHEST), x), o.number(np.inf), found)


def _exponent(o: Any, x: Any) -> tuple[Any, Any, Any]:
    """The power of two, in place and as a float, for which the rest lies between the roots of one half and of two."""
    bits = o.bits(x)
    offset = o.isub(bits, o.whole(0x3F3504F3))
    place = o.iand(offset, o.whole(-(1 << EXPONENT)))
    rest = o.sub(o.from_bits(o.isub(bits, place)), o.number(1.0))
    return place, o.to_float(o.right(offset, EXPONENT)), rest


def _logarithm(o: Any, x: Any, power: Any, rest: Any) -> Any:
    """Logarithm of 2^power (1 + rest), which is x; of what is no normal number above 0, as the ends are."""
    square = o.mul(rest, rest)
    found = o.mul(o.sub(o.mul(_halves(o, rest, square, LOG), rest), o.number(0.5)), square)
    found = o.add(o.add(found, rest), o.mul(power, o.number(LOG_TWO)))
    found = o.choose(o.less(x, o.number(np.inf)), found, x)
    below = o.choose(o.less(x, o.number(-SMALLEST)), o.number(np.nan), o.number(-np.inf))
    return o.choose(o.less(x, o.number(SMALLEST)), below, found)


def log(o: Any, x: Any) -> Any:
    """Natural logarithm; minus infinity at 0, not a number below."""
    _, power, rest = _exponent(o, x)
    return _logarithm(o, x, power, rest)


def log1p(o: Any, x: Any) -> Any:
    """Natural logarithm of 1 + x, exact to the last places near 0."""
    one_more = o.add(x, o.number(1.0))
    lost = o.sub(x, o.sub(one_more, o.number(1.0)))
    place, power, rest = _exponent(o, one_more)
    # what rounding 1 + x lost, divided by the power of two: in two steps, since the largest has no inverse
    twice = o.from_bits(o.isub(o.whole(128 << EXPONENT), place))
    return _logarithm(o, one_more, power, o.add(rest, o.mul(o.mul(lost, o.number(0.5)), twice)))


def tanh(o: Any, x: Any) -> Any:
    """Hyperbolic tangent."""
    sign = o.iand(o.bits(x), o.whole(-0x80000000))
    size = o.from_bits(o.iand(o.bits(x), o.whole(0x7FFFFFFF)))
    square = o.mul(x, x)
    near = o.add(o.mul(o.mul(_halves(o, square, o.mul(square, square), TANH), square), x), x)
    twice = o.add(size, size)
    exponential, power = _unscaled(o, o.choose(o.less(o.number(20.0), twice), o.number(20.0), twice))
    one_more = o.add(o.from_bits(o.iadd(o.bits(exponential), power)), o.number(1.0))
    far = o.sub(o.number(1.0), o.div(o.number(2.0), one_more))
    far = o.from_bits(o.ior(o.bits(far), sign))
    return o.choose(o.less(size, o.number(0.625)), near, far)


def logistic(o: Any, x: Any) -> Any:
    """Half of 1 + tanh x, as 1 / (1 + e^-2x): within 1e-7, and five millionths of itself; 0 below -43.5."""
    held = o.choose(o.less(o.number(40.0), x), o.number(40.0), x)
    shifted = o.add(o.mul(held, o.number(-2.0 / LOG_TWO)), o.number(ROUNDS))
    whole = o.sub(shifted, o.number(ROUNDS))
    rest = o.sub(o.mul(held, o.number(-2.0)), o.mul(whole, o.number(LOG_TWO)))
    exponential = o.from_bits(o.iadd(o.bits(_near_one(o, rest)), o.left(o.bits(shifted), EXPONENT)))
    found = o.div(o.number(1.0), o.add(exponential, o.number(1.0)))
    return o.choose(o.less(x, o.number(-43.5)), o.number(0.0), found)


def power(o: Any, base: Any, exponent: Any) -> Any:
    """A number not below 0 to any power, through its logarithm; the error grows with the logarithm of the result."""
    found = exp(o, o.mul(exponent, log(o, base)))
    return o.choose(o.same(exponent, o.number(0.0)), o.number(1.0), found)
