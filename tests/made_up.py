"""A hindcast that nobody registered, for tests of how hindcasts are judged and told."""

from __future__ import annotations

from typing import Any

from foedus.hindcasts.registry import Found, Registered


def hindcast(**parts: Any) -> Registered:
    """Out of sample, of 1990-2010, judged by the `criteria` given; any other part may be given too."""
    made: dict[str, Any] = {
        "name": "a-test",
        "theme": "onset",
        "kind": "out of sample",
        "question": "Does it?",
        "vintage": "none",
        "train": (1950, 1989),
        "test": (1990, 2010),
        "baseline": "a logit",
        "published": "elsewhere",
        "run": lambda _: Found(()),
    }
    return Registered(**(made | parts))
