"""The normal quantile in single precision, by Wichura (1988), AS 241: worked out in double, as mathematics.py says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.compile.mathematics import polynomial

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
    series = polynomial(wide, wide.mul(ratio, ratio), [2.0 / odd for odd in (13, 11, 9, 7, 5, 3, 1)])
    return wide.add(wide.mul(o.widen(o.to_float(power)), wide.number(0.6931471805599453)), wide.mul(ratio, series))


def _ratio(o: Any, x: Any, parts: tuple[Sequence[float], Sequence[float]]) -> Any:
    above, below = (polynomial(o, x, part) for part in parts)
    return o.div(above, below)
