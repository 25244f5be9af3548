"""A brief: one page on one ally, joining the account of what depends on the guarantor with runs of the model."""

from foedus.brief.contents import Brief
from foedus.brief.gather import brief
from foedus.brief.levers import LEVERS, Lever
from foedus.brief.runs import Ran, ran

__all__ = ["LEVERS", "Brief", "Lever", "Ran", "brief", "ran"]
