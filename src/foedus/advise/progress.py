"""How a search tells of its progress."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[[str, int, int], None]
"""Hears of progress: a stage, trials done in it, and how many it has."""

Done = Callable[[int], None]
"""Hears that so many more trials are done."""


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Hear of progress, and say nothing."""


def counted(told: Told, stage: str, total: int) -> Done:
    """What counts the trials of a stage and tells how many are done."""
    done = 0

    def heard(more: int) -> None:
        nonlocal done
        done += more
        told(stage, done, total)

    return heard
