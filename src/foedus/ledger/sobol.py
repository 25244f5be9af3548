"""Scrambled Sobol points of up to four dimensions: those of SciPy, bit for bit, without half a second of imports.

Direction numbers are those of Joe and Kuo (2008), SIAM Journal on Scientific Computing 30(5); the scramble is a random
linear one with a digital shift (Matousek 1998, Journal of Complexity 14). `tests/study/test_sampling.py` holds both to
`scipy.stats.qmc.Sobol`. Any point can be had by itself, so a chunk of a large run needs no points but its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

BITS = 30
"""Binary digits of a point: the sequence repeats after 2^30."""

DIMENSIONS = ((0, 0, ()), (1, 0, (1,)), (2, 1, (1, 3)), (3, 1, (1, 3, 1)))
"""Of each dimension: degree and middle coefficients of its primitive polynomial, and its first direction numbers."""

Words = NDArray[np.uint32]


@dataclass(frozen=True)
class Sequence:
    """A scrambled sequence.

    shift       [D] first point, as binary digits
    directions  [D, BITS] what each digit of a point's Gray code adds
    """

    shift: Words
    directions: Words

    @staticmethod
    def of(width: int, luck: np.random.Generator) -> Sequence:
        """Scramble the sequence over `width` dimensions, up to four, by the luck that SciPy would spawn from `luck`."""
        luck = luck.spawn(1)[0]
        powers = np.uint32(2) ** np.arange(BITS, dtype=np.uint32)
        shift = luck.integers(2, size=(width, BITS), dtype=np.uint32) @ powers
        lower = np.tril(luck.integers(2, size=(width, BITS, BITS), dtype=np.uint32), -1)
        rows = lower + np.eye(BITS, dtype=np.uint32)  # [D, BITS, BITS]: digit p of a scrambled number, highest first
        digits = plain()[:width, :, None] >> np.arange(BITS - 1, -1, -1, dtype=np.uint32) & np.uint32(1)  # [D, j, k]
        mixed = np.einsum("dpk,djk->djp", rows, digits) & np.uint32(1)
        return Sequence(shift, np.asarray(mixed @ powers[::-1], dtype=np.uint32))

    def at(self, places: NDArray[np.integer]) -> NDArray[np.float64]:
        """Points at `places` [N] of the sequence, in [0, 1), [N, D]."""
        gray = (places ^ places >> 1).astype(np.uint32)
        found = np.repeat(self.shift[None, :], len(places), axis=0)
        for digit in range(int(gray.max(initial=0)).bit_length()):
            found ^= np.where(gray[:, None] >> np.uint32(digit) & np.uint32(1), self.directions[:, digit], np.uint32(0))
        return found.astype(np.float64) * 2.0**-BITS


@cache
def plain() -> Words:
    """Direction numbers before scrambling, [4, BITS]."""
    found = np.zeros((len(DIMENSIONS), BITS), dtype=np.uint32)
    for row, (degree, middle, first) in enumerate(DIMENSIONS):
        numbers = list(first) if degree else [1] * BITS
        for j in range(len(numbers), BITS):
            number = numbers[j - degree] ^ numbers[j - degree] << degree
            for k in range(1, degree):
                number ^= (middle >> (degree - 1 - k) & 1) * numbers[j - k] << k
            numbers.append(number)
        found[row] = [number << (BITS - 1 - j) for j, number in enumerate(numbers)]
    return found
