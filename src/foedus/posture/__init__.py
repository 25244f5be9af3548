"""Postures, doctrines and scenarios: what the guarantor does, what allies are made to do, what is asked."""

from foedus.posture.bounds import wrong_years
from foedus.posture.doctrine import Doctrine
from foedus.posture.event import Event
from foedus.posture.posture import Change, Posture, main_guarantor, preset, preset_names, read_posture
from foedus.posture.scenario import Scenario, read_scenario
from foedus.posture.schedule import Schedule
from foedus.posture.war_order import WarOrder

__all__ = [
    "Change",
    "Doctrine",
    "Event",
    "Posture",
    "Scenario",
    "Schedule",
    "WarOrder",
    "main_guarantor",
    "preset",
    "preset_names",
    "read_posture",
    "read_scenario",
    "wrong_years",
]
