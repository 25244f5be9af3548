"""Briefs of eight allies at few futures, drawn up once for all tests of the room, in a cache of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from foedus.brief import Brief, brief

FUTURES = 24

Briefs = Callable[[str, str], Brief]


@pytest.fixture(scope="session")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Briefs]:
    """What draws up the brief of an ally under a posture."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))

        @cache
        def made(ally: str, posture: str = "retrench") -> Brief:
            return brief(ally, posture, futures=FUTURES)

        yield made
