"""The vocabulary shared by every room: domains, channels, regions, classes of pair, in their fixed order."""

from __future__ import annotations

from enum import IntEnum
from typing import Self

YEARS, FUTURES, SEED = (2026, 2050), 1000, 1
"""First and last year, number of futures and seed of a scenario that says nothing else."""


class Axis(IntEnum):
    """The axis of an array whose places have names: a member is its place, `key` is how files and tables spell it."""

    key: str
    meaning: str

    def __new__(cls, place: int, *_: object) -> Self:
        """Make the member at a place of the axis."""
        member = int.__new__(cls, place)
        member._value_ = place
        return member

    def __init__(self, _place: int, meaning: str = "", key: str = "") -> None:
        """Keep its meaning, and its key: its own name in lower case unless told."""
        self.meaning, self.key = meaning, key or self.name.lower()

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """How every place is spelt, in order."""
        return tuple(member.key for member in cls)

    @classmethod
    def of(cls, key: str) -> Self:
        """The place spelt `key`; KeyError when there is none."""
        return {member.key: member for member in cls}[key]


class Domain(Axis):
    """Capability domains [D]; air includes missiles and integrated air and missile defence."""

    LAND = 0
    AIR = 1
    MARITIME = 2
    C4ISR = 3


class Channel(Axis):
    """The eleven separable parts of a guarantee (R01) [C]."""

    PLEDGE = 0, "the written promise to fight"
    TROOPS = 1, "forces stationed or rotating on the ally's soil"
    REINFORCEMENT = 2, "forces that would come, delayed by distance and lift"
    ARMS = 3, "new deliveries of weapons"
    SUSTAINMENT = 4, "spares, maintenance, software and mission data for what was delivered"
    INTELLIGENCE = 5, "shared intelligence, surveillance, reconnaissance and command"
    TRAINING = 6, "advice, exercises and training"
    TECHNOLOGY = 7, "transfer of technology and licences to produce"
    MISSILE_DEFENCE = 8, "the guarantor's own missile-defence assets in the theatre"
    NUCLEAR = 9, "the nuclear umbrella"
    MONEY = 10, "grants and loans"


class Region(Axis):
    """Regions a posture can name [R]; the world of 2026 covers no state of Africa."""

    EUROPE = 0, "", "Europe"
    INDO_PACIFIC = 1, "", "Indo-Pacific"
    MIDDLE_EAST = 2, "with North Africa", "Middle East"
    AMERICAS = 3, "", "Americas"
    AFRICA = 4, "", "Africa"


class Theatre(Axis):
    """Kinds of theatre [T]: how the domains weigh in a fight between two states."""

    LAND = 0
    MARITIME = 1


class PairClass(Axis):
    """Classes of directed pair, most dangerous first; a pair belongs to the first that fits."""

    RIVAL = 0
    CONTIGUOUS = 1
    MAJOR = 2
    REST = 3


class Patron(Axis):
    """Toward whom an ally can lean: the first axis of `State.alignment`."""

    GUARANTOR = 0
    RIVAL = 1
    SELF = 2, "its own region, or nobody"


class NuclearStatus(Axis):
    """How far a state is with nuclear weapons of its own; statuses are stored as these numbers."""

    NONE = 0
    EXPLORES = 1
    PURSUES = 2
    ARMED = 3


DOMAINS, CHANNELS, REGIONS = Domain.keys(), Channel.keys(), Region.keys()
THEATRES, PAIR_CLASSES = Theatre.keys(), PairClass.keys()
"""How files and tables spell the places of each axis, in order."""

CHANNEL_MEANING = {channel.key: channel.meaning for channel in Channel}

GRADES = {
    "V": "read in the source",
    "C": "computed from open data",
    "R": "recalled from the literature, to be checked",
    "A": "an assumption, exposed with a range and swept",
}
"""Evidence grades carried by every parameter and fact."""
