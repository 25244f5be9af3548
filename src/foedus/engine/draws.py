"""Luck: uniform draws keyed by what they are for, so that two policies meet the same luck.

A draw is a pure function of (seed, year, use, actor, future): the counter-based generator Squares32 of Widynski
(2020) with a key from (seed, year, use) and a counter from (actor, future). Nothing is consumed in order: removing
a state, switching a mechanism off or running chunks in another order leaves every other draw as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.normal import quantile

Uniform = NDArray[np.float32]

IN_CACHE = 16_384
"""How many draws are worked out at once: their 64-bit words stay in a core's own cache."""

HALF = np.uint64(32)


@dataclass(frozen=True)
class Draws:
    """Draws of one study. Futures are numbered over the whole study, not within a chunk."""

    seed: int
    futures: NDArray[np.uint64]
    """[F] number of each future's luck; twins that share parameters carry different numbers"""

    def uniform(self, year: int, use: str, actors: NDArray[np.uint64]) -> Uniform:
        """Uniform draws in (0, 1), [len(actors), F].

        use     what the draw decides: "challenge", "concede", …
        actors  identity of each actor, from `identities`
        """
        word, drawn = key(self.seed, year, use), np.empty((len(actors), len(self.futures)), dtype=np.float32)
        # (actor 2^32 + future) times the key, as the sum of two short products
        of_actor, of_future = ((actors << HALF) * word)[:, None], self.futures * word
        step = max(IN_CACHE // max(len(self.futures), 1), 1)
        for start in range(0, len(actors), step):
            some = slice(start, start + step)
            drawn[some] = to_unit(_squared(of_actor[some] + of_future, word))
        return drawn

    def sparse(self, year: int, use: str, actors: NDArray[np.uint64], columns: NDArray[np.intp]) -> Uniform:
        """Uniform draws for chosen (actor, future) entries only; equal to those entries of `uniform`.

        actors   [n] identity of the actor of each entry
        columns  [n] future of each entry
        """
        counter = (actors << HALF) | self.futures[columns]
        return to_unit(squares32(counter, key(self.seed, year, use)))

    def normal(self, year: int, use: str, actors: NDArray[np.uint64]) -> Uniform:
        """Standard normal draws, [len(actors), F], by inversion of `uniform`."""
        return quantile(self.uniform(year, use, actors)).astype(np.float32)

    def sparse_normal(self, year: int, use: str, actors: NDArray[np.uint64], columns: NDArray[np.intp]) -> Uniform:
        """Standard normal draws for chosen entries only, [n], by inversion of `sparse`."""
        return quantile(self.sparse(year, use, actors, columns)).astype(np.float32)


def squares32(counter: NDArray[np.uint64], key_word: np.uint64) -> NDArray[np.uint32]:
    """Squares32: four rounds of squaring, 64-bit counter to 32 random bits (Widynski 2020)."""
    return _squared(counter * key_word, key_word)


def _squared(weyl: NDArray[np.uint64], key_word: np.uint64) -> NDArray[np.uint32]:
    """The rounds of `squares32`, from counter times key."""
    other = weyl + key_word
    x = weyl * weyl
    x += weyl
    upper = x >> HALF
    x <<= HALF
    x |= upper
    for addend in (other, weyl):
        x *= x
        x += addend
        np.right_shift(x, HALF, out=upper)
        x <<= HALF
        x |= upper
    x *= x
    x += other
    x >>= HALF
    return x.astype(np.uint32)


def key(seed: int, year: int, use: str) -> np.uint64:
    """Key of a stream: an odd 64-bit word with well-mixed bits from a cryptographic hash."""
    word = hashlib.blake2b(f"{seed}|{year}|{use}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(word, "little") | 1)


def identities(names: Sequence[str]) -> NDArray[np.uint64]:
    """Identity of each actor: 32 bits of a hash of its name, so that it does not depend on its index."""
    words = (hashlib.blake2b(name.encode(), digest_size=4).digest() for name in names)
    return np.array([int.from_bytes(word, "little") for word in words], dtype=np.uint64)


def to_unit(bits: NDArray[np.uint32]) -> Uniform:
    """Map 32 random bits to (0, 1), never 0 or 1: 23 bits and a half step fit float32 exactly."""
    unit: Uniform = (bits >> np.uint32(9)).view(np.int32).astype(np.float32)
    unit += np.float32(0.5)
    unit *= np.float32(2.0**-23)
    return unit
