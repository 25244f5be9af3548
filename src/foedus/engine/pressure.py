"""What presses on each state: risk of war, rivals, partners, the promise, threat and doubt (eq. 19; R02, R03)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.beliefs import doubt
from foedus.engine.forces import Forces
from foedus.engine.layout import floats
from foedus.engine.setting import Setting, rows
from foedus.engine.shapes import LinkFuture, StateFuture
from foedus.engine.state import State
from foedus.engine.threat import Foreseen, Outlook, most_faced, total_faced
from foedus.equations import crisis


@dataclass(frozen=True)
class Pressure:
    """What moves spending; changes since the first year are what counts."""

    war_risk: StateFuture
    """perceived chance in a year of a fatal crisis"""
    log_rivals: StateFuture
    """log of the power of its challengers"""
    log_partners: StateFuture
    """log of the power its pool would send"""
    promise: LinkFuture
    """believed chance of help against the ally's worst challenger"""
    threat: StateFuture
    """hostility times the chance of losing alone times proximity, over the worst challenger, 0-1"""
    doubt: StateFuture
    """doubt in the guarantor, 0 without one"""

    @property
    def exposed_doubt(self) -> StateFuture:
        """Doubt where it matters: times threat."""
        return np.asarray(self.doubt * self.threat)


def assess_pressure(outlook: Outlook, foreseen: Foreseen, forces: Forces, state: State, setting: Setting) -> Pressure:
    """Work out what presses on each state this year.

    foreseen  against each state's worst challenger, [S, F]
    """
    layout = setting.layout
    resisted = floats(
        crisis.chance_of_fatal_crisis(
            outlook.crisis.challenge, outlook.crisis.concession, outlook.crisis.attack, outlook.crisis.limited_force
        )
    )
    resisted[state.fronts.pair, state.fronts.future] = 1.0  # a war that is on is the surest risk
    rivals = forces.total.take(layout.challenger, axis=0) * state.hostility
    promise = foreseen.promise_ally[layout.links.ally]
    return Pressure(
        war_risk=np.minimum(total_faced(resisted, setting), 1.0),
        log_rivals=np.log1p(total_faced(rivals, setting)),
        log_partners=np.log1p(forces.partners),
        promise=promise,
        threat=most_faced(state.hostility * outlook.win_alone * setting.proximity, setting),
        doubt=rows(doubt(state, promise, setting), layout.link_of),
    )
