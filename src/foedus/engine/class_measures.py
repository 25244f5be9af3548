"""Measures of classes of pairs: what happened in each future, summed over years, so that a base rate has an error."""

from __future__ import annotations

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.measure import Measure
from foedus.engine.observation import Observation


def _owed(seen: Observation, flag: Floats) -> Floats:
    """A flag of the year's crises, 0 where no guarantor owes the target defence by treaty."""
    return np.asarray(flag * seen.setting.layout.treaty[seen.events.pair])


CLASS_MEASURES = (
    Measure(
        "challenges", "count", "challenges", "challenges",
        lambda seen: seen.classes(np.ones_like(seen.events.war)),
    ),
    Measure("conceded", "count", "conceded", "challenges conceded", lambda seen: seen.classes(seen.events.conceded)),
    Measure(
        "forced", "count", "force", "challenges that see force, limited or war",
        lambda seen: seen.classes(seen.events.limited + seen.events.war),
    ),
    Measure("wars", "count", "wars", "challenges that become war", lambda seen: seen.classes(seen.events.war)),
    Measure(
        "owed", "count", "challenges under a treaty", "challenges of a target to which a guarantor owes defence",
        lambda seen: seen.classes(_owed(seen, np.ones_like(seen.events.war))),
    ),
    Measure(
        "owed_wars", "count", "wars under a treaty", "challenges of such a target that become war",
        lambda seen: seen.classes(_owed(seen, seen.events.war)),
    ),
    Measure(
        "due", "count", "promises due", "wars in which such a promise fell due",
        lambda seen: seen.classes(_owed(seen, seen.events.due)),
    ),
    Measure(
        "fought", "count", "promises kept", "wars in which such a guarantor fought",
        lambda seen: seen.classes(_owed(seen, seen.events.fought)),
    ),
)  # fmt: skip
