"""Small studies that differ in one lever: every part that a policy can have, one at a time."""

from __future__ import annotations

from typing import Any

import studies
from foedus.posture import Doctrine, Event, Schedule
from foedus.posture.war_order import WarOrder
from foedus.study import Study

DATED = Schedule((2027, 2028), (0.0, 0.3))

LEVERS: dict[str, dict[str, Any]] = {
    "nothing moved": {},
    "another posture": {"posture": "surge"},
    "a doctrine": {"doctrines": (Doctrine("EST", spending=0.05),)},
    "rules": {
        "doctrines": (
            Doctrine("POL", (("threat", 1, 0.01), ("threat", 1, 0.02)), more=(("land", 0.2),), since=2027, until=2028),
            Doctrine("KOR", (("tension", -1, 1.0),), spending=0.04),
        )
    },
    "an event": {"events": (Event("RUS", "EST", DATED),)},
    "a war": {"wars": (WarOrder("CHN", "TWN", (), (2027,)),)},
    "no plans": {"plans": False},
    "a mechanism less": {"without": ("R05",)},
    "other years": {"last": 2028},
}


def small(**lever: Any) -> Study:
    posture = lever.pop("posture", "retrench")
    return studies.study(posture, None, **{"futures": 16, "last": 2029, **lever})
