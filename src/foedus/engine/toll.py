"""What campaigns of sponsored fighters do besides: forces tied down, hosts' product, hostility to sponsors (R36)."""

from __future__ import annotations

import numpy as np

from foedus.engine.setting import Setting
from foedus.engine.shapes import GroupFuture, PairFuture, StateFuture
from foedus.engine.state import State


def without_tied(challenger: PairFuture, state: State, setting: Setting) -> PairFuture:
    """Log power of challengers, less what campaigns upon them tie down."""
    sponsors = setting.layout.sponsors
    if not len(sponsors):
        return challenger
    tied = np.log1p(-setting.group_tied * state.campaigns * state.strength)
    return np.asarray(challenger + sponsors.by_target(tied).take(setting.layout.challenger, axis=0), dtype=np.float32)


def product_of_hosts(campaigns: GroupFuture, state: State, setting: Setting) -> StateFuture:
    """Share of its product that each state loses as host of groups on campaign, [S, F].

    campaigns  [U, F] 1 where a campaign is on in the year
    state      as the year began
    """
    sponsors = setting.layout.sponsors
    if not len(sponsors):
        return np.zeros_like(state.ruin)
    return sponsors.by_host(np.asarray(setting.group_host_loss * campaigns * state.strength, dtype=np.float32))


def by_sponsor(campaigns: GroupFuture, setting: Setting) -> PairFuture:
    """1 or more for pairs whose challenger's groups are on campaign against the target, [P, F]."""
    sponsors = setting.layout.sponsors
    if not len(sponsors):
        return np.zeros((setting.layout.counts.pairs, setting.futures), dtype=np.float32)
    return np.asarray(sponsors.by_pair(campaigns))


def between_sponsor_and_target(campaigns: GroupFuture, setting: Setting) -> PairFuture:
    """1 or more for pairs, in either direction, whose sponsor's groups are on campaign against the target, [P, F]."""
    sponsors = setting.layout.sponsors
    if not len(sponsors):
        return np.zeros((setting.layout.counts.pairs, setting.futures), dtype=np.float32)
    return np.asarray(sponsors.by_pair(campaigns) + sponsors.by_reverse(campaigns))
