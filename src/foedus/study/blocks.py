"""The blocks of a year as a study has them: checked, named, and told apart in digests and manifests."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

from foedus.engine.situation import Block
from foedus.engine.year import BLOCKS
from foedus.errors import InputError
from foedus.study.fingerprint import Untold, fingerprint

TAKES = 3
"""A block is called with (situation, state, setting)."""


def checked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks as a tuple; raise InputError for one that cannot be called with (situation, state, setting)."""
    for place, block in enumerate(blocks, start=1):
        if not callable(block):
            msg = f"block {place} is {block!r}; a block is a function of (situation, state, setting)"
            raise InputError(msg)
        try:
            inspect.signature(block).bind(*range(TAKES))
        except TypeError:
            takes = ", ".join(inspect.signature(block).parameters)
            msg = f"block {place}, {block_name(block)}: called with (situation, state, setting), and takes ({takes})"
            raise InputError(msg) from None
    return tuple(blocks)


def block_name(block: Block) -> str:
    """File and function of a block of the model, `procure.order` for one; the bare name of any other."""
    name = str(getattr(block, "__name__", type(block).__name__))
    return f"{block.__module__.rpartition('.')[2]}.{name}" if block in BLOCKS else name


def described(blocks: Sequence[Block], once: str) -> list[str]:
    """Name of each block in order; one that is not the model's own with a fingerprint of all that it depends on.

    once  stands for the fingerprint of a block that has none, such as an object: a word that no other study shares
    """
    told = []
    for block in blocks:
        try:
            print_of = "" if block in BLOCKS else f" {fingerprint(block)}"
        except Untold:
            print_of = f" {once}"
        told.append(f"{block_name(block)}{print_of}")
    return told


def untold(blocks: Sequence[Block]) -> dict[str, str]:
    """Blocks that cannot be told from others of their kind, and why not."""
    reasons = {}
    for block in blocks:
        try:
            if block not in BLOCKS:
                fingerprint(block)
        except Untold as why:
            reasons[block_name(block)] = str(why)
    return reasons
