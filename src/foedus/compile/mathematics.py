"""exp, log, log1p, tanh, power and the normal quantile in single precision, written once for NumPy and for LLVM.

Each function takes an arithmetic `o` (`NumpyArithmetic` here, `LlvmArithmetic` in llvm.py) and is a fixed sequence of
its operations: additions, products, divisions, comparisons, choices and moves of bits, each rounded as IEEE 754 says,
without fused multiply-add. So both give the same bits, on every processor. Errors are at most 2 units in the last
place over the full range (tests/compile/test_mathematics.py); polynomials are those of Cephes (Moshier 2000) and, for
the normal quantile, Wichura (1988), AS 241.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

EXP = (1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1)
LOG = (
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
    -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
)  # fmt: skip
TANH = (-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1)
LOG_TWO_HIGH, LOG_TWO_LOW = 0.693359375, -2.12194440e-4
ROUNDS, ROUNDS_BITS = 12582912.0, 0x4B400000
"""1.5 · 2^23: a float below 2^22 added to it is rounded to a whole number, which its low bits then hold."""

NORMAL_CENTRE = (
    (
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080,
    ),
    (
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0,
    ),
)  # fmt: skip
NORMAL_MIDDLE = (
    (
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
        3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
    ),
    (
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0,
    ),
)  # fmt: skip
NORMAL_TAIL = (
    (
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
    ),
    (
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
    ),
)  # fmt: skip
"""PPND16 of AS 241: numerator and denominator, highest power first, in the centre, the middle and the tail."""


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


def _polynomial(o: Any, x: Any, coefficients: Sequence[float]) -> Any:
    found = o.number(coefficients[0])
    for coefficient in coefficients[1:]:
        found = o.add(o.mul(found, x), o.number(coefficient))
    return found


def exp(o: Any, x: Any) -> Any:
    """Exponential of x; infinity above 88.7, gradual underflow below -87.3."""
    x = o.choose(o.less(o.number(90.0), x), o.number(90.0), x)
    x = o.choose(o.less(x, o.number(-105.0)), o.number(-105.0), x)
    shifted = o.add(o.mul(x, o.number(1.44269504088896341)), o.number(ROUNDS))
    power, whole = o.isub(o.bits(shifted), o.whole(ROUNDS_BITS)), o.sub(shifted, o.number(ROUNDS))
    rest = o.sub(o.sub(x, o.mul(whole, o.number(LOG_TWO_HIGH))), o.mul(whole, o.number(LOG_TWO_LOW)))
    found = o.add(o.add(o.mul(_polynomial(o, rest, EXP), o.mul(rest, rest)), rest), o.number(1.0))
    half = o.right(power, 1)
    for part in (half, o.isub(power, half)):  # in two steps, since 2^power may be no normal number
        found = o.mul(found, o.from_bits(o.left(o.iadd(part, o.whole(127)), 23)))
    return found


def log(o: Any, x: Any) -> Any:
    """Natural logarithm; minus infinity at 0, not a number below."""
    small = o.less(x, o.number(2.0**-126))
    scaled = o.choose(small, o.mul(x, o.number(2.0**25)), x)
    bits = o.bits(scaled)
    # the exponent for which the rest lies between the root of one half and the root of two
    offset = o.isub(bits, o.whole(0x3F3504F3))
    power = o.right(offset, 23)
    part = o.from_bits(o.isub(bits, o.left(power, 23)))
    power = o.to_float(o.isub(power, o.choose(small, o.whole(25), o.whole(0))))
    rest = o.sub(part, o.number(1.0))
    square = o.mul(rest, rest)
    found = o.mul(o.mul(_polynomial(o, rest, LOG), rest), square)
    found = o.add(found, o.mul(power, o.number(LOG_TWO_LOW)))
    found = o.sub(found, o.mul(square, o.number(0.5)))
    found = o.add(o.add(rest, found), o.mul(power, o.number(LOG_TWO_HIGH)))
    found = o.choose(o.less(x, o.number(np.inf)), found, x)
    found = o.choose(o.same(x, o.number(0.0)), o.number(-np.inf), found)
    return o.choose(o.less(x, o.number(0.0)), o.number(np.nan), found)


def log1p(o: Any, x: Any) -> Any:
    """Natural logarithm of 1 + x, exact to the last places near 0."""
    one_more = o.add(x, o.number(1.0))
    lost = o.sub(x, o.sub(one_more, o.number(1.0)))
    found = log(o, one_more)
    ordinary = o.less(o.number(0.0), one_more)
    finite = o.less(one_more, o.number(np.inf))
    corrected = o.add(found, o.div(lost, one_more))
    return o.choose(ordinary, o.choose(finite, corrected, found), found)


def tanh(o: Any, x: Any) -> Any:
    """Hyperbolic tangent."""
    sign = o.iand(o.bits(x), o.whole(-0x80000000))
    size = o.from_bits(o.iand(o.bits(x), o.whole(0x7FFFFFFF)))
    square = o.mul(x, x)
    near = o.add(o.mul(o.mul(_polynomial(o, square, TANH), square), x), x)
    far = o.sub(o.number(1.0), o.div(o.number(2.0), o.add(exp(o, o.add(size, size)), o.number(1.0))))
    far = o.from_bits(o.ior(o.bits(far), sign))
    return o.choose(o.less(size, o.number(0.625)), near, far)


def power(o: Any, base: Any, exponent: Any) -> Any:
    """A number not below 0 to any power, through its logarithm; the error grows with the logarithm of the result."""
    found = exp(o, o.mul(exponent, log(o, base)))
    return o.choose(o.same(exponent, o.number(0.0)), o.number(1.0), found)


def normal(o: Any, chance: Any) -> Any:
    """Quantile of the standard normal at a chance above 0 and below 1; in double precision within."""
    wide = o.wide
    p = o.widen(chance)
    off = wide.sub(p, wide.number(0.5))
    upper = o.less(o.number(0.5), chance)
    square = wide.sub(wide.number(0.180625), wide.mul(off, off))
    centre = wide.mul(off, _ratio(wide, square, NORMAL_CENTRE))
    outer = o.choose(upper, o.sub(o.number(1.0), chance), chance)
    far = wide.root(wide.sub(wide.number(0.0), _wide_log(o, outer)))
    middle = _ratio(wide, wide.sub(far, wide.number(1.6)), NORMAL_MIDDLE)
    tail = _ratio(wide, wide.sub(far, wide.number(5.0)), NORMAL_TAIL)
    found = wide.choose(wide.less(wide.number(5.0), far), tail, middle)
    found = wide.choose(upper, found, wide.sub(wide.number(0.0), found))
    return o.narrow(wide.choose(wide.less(square, wide.number(0.0)), found, centre))


def _wide_log(o: Any, x: Any) -> Any:
    """Logarithm, in double precision, of a normal number above 0 in single precision."""
    bits, wide = o.bits(x), o.wide
    power = o.right(o.isub(bits, o.whole(0x3F3504F3)), 23)
    part = o.widen(o.from_bits(o.isub(bits, o.left(power, 23))))
    ratio = wide.div(wide.sub(part, wide.number(1.0)), wide.add(part, wide.number(1.0)))
    series = _polynomial(wide, wide.mul(ratio, ratio), [2.0 / odd for odd in (13, 11, 9, 7, 5, 3, 1)])
    return wide.add(wide.mul(o.widen(o.to_float(power)), wide.number(0.6931471805599453)), wide.mul(ratio, series))


def _ratio(o: Any, x: Any, parts: tuple[Sequence[float], Sequence[float]]) -> Any:
    above, below = (_polynomial(o, x, part) for part in parts)
    return o.div(above, below)
