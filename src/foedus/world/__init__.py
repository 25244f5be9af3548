"""The world: sourced facts, read into frozen arrays."""

from foedus.world.model import Assumed, Links, Pairs, Pools, States
from foedus.world.plans import Plan
from foedus.world.tables import START
from foedus.world.world import World

__all__ = ["START", "Assumed", "Links", "Pairs", "Plan", "Pools", "States", "World"]
