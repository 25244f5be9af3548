"""The vocabulary shared by every room: domains, channels, regions, classes of pair, in their fixed order."""

from __future__ import annotations

YEARS, FUTURES, SEED = (2026, 2050), 1000, 1
"""First and last year, number of futures and seed of a scenario that says nothing else."""

DOMAINS = ("land", "air", "maritime", "c4isr")
"""Capability domains; `air` includes missiles and integrated air and missile defence (axis order everywhere)."""

CHANNELS = (
    "pledge",
    "troops",
    "reinforcement",
    "arms",
    "sustainment",
    "intelligence",
    "training",
    "technology",
    "missile_defence",
    "nuclear",
    "money",
)
"""The eleven separable parts of a guarantee (R01), in axis order."""

CHANNEL_MEANING = {
    "pledge": "the written promise to fight",
    "troops": "forces stationed or rotating on the ally's soil",
    "reinforcement": "forces that would come, delayed by distance and lift",
    "arms": "new deliveries of weapons",
    "sustainment": "spares, maintenance, software and mission data for what was delivered",
    "intelligence": "shared intelligence, surveillance, reconnaissance and command",
    "training": "advice, exercises and training",
    "technology": "transfer of technology and licences to produce",
    "missile_defence": "the guarantor's own missile-defence assets in the theatre",
    "nuclear": "the nuclear umbrella",
    "money": "grants and loans",
}

REGIONS = ("Europe", "Indo-Pacific", "Middle East", "Americas", "Africa")
"""Regions a posture can name. "Middle East" includes North Africa; the world of 2026 covers no state of "Africa"."""

THEATRES = ("land", "maritime")
"""Kinds of theatre: how the domains weigh in a fight between two states."""

PAIR_CLASSES = ("rival", "contiguous", "major", "rest")
"""Classes of directed pair, most dangerous first; a pair belongs to the first that fits."""

GRADES = {
    "V": "read in the source",
    "C": "computed from open data",
    "R": "recalled from the literature, to be checked",
    "A": "an assumption, exposed with a range and swept",
}
"""Evidence grades carried by every parameter and fact."""
