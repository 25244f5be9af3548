"""Measures of pairs: counts of what happened, and chances and losses by year, summed over futures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats, entries, floats
from foedus.engine.measure import Measure
from foedus.engine.observation import Observation


def _loss(seen: Observation) -> Floats:
    """Expected loss of each pair's target to its challenger, [P, F], in stakes; offers go to the worst challenger.

    What a target loses to fighters counts as lost to their sponsor.
    """
    outlook, given, worst = seen.now.outlook, seen.after.moves.conceded, seen.now.worst
    loss = outlook.loss_conceded + outlook.loss_fought
    member, future = entries((given > 0.0) & (worst.some > 0.0))
    loss[worst.pair[member, future], future] += given[member, future]
    return floats(loss + seen.by_sponsored)


def _in_product(seen: Observation, of_pairs: Floats) -> NDArray[np.float64]:
    """Sums [P] over futures of a loss in stakes, [P, F], told in the target's product."""
    return seen.summed(of_pairs * seen.setting.p["stake_share_of_gdp"])


PAIR_MEASURES = (
    Measure(
        "years", "count", "pair-years", "pair-years: one a future and year",
        lambda seen: seen.summed(np.ones_like(seen.now.outlook.win_alone)),
    ),
    Measure(
        "challenges", "count", "challenges", "challenges",
        lambda seen: seen.pairs(np.ones_like(seen.events.war)),
    ),
    Measure("conceded", "count", "conceded", "challenges conceded", lambda seen: seen.pairs(seen.events.conceded)),
    Measure(
        "limited", "count", "limited force", "challenges that see limited force",
        lambda seen: seen.pairs(seen.events.limited),
    ),
    Measure(
        "blockades", "count", "blockades", "uses of limited force that are blockades",
        lambda seen: seen.pairs(seen.events.blockade), ("R34",),
    ),
    Measure(
        "grabs", "count", "grabs", "uses of limited force that take ground",
        lambda seen: seen.pairs(seen.events.grab), ("R34",),
    ),
    Measure("wars", "count", "wars", "challenges that become war", lambda seen: seen.pairs(seen.events.war)),
    Measure(
        "lasting", "count", "wars that go on", "wars that go on beyond the year in which they break out",
        lambda seen: seen.pairs(seen.events.goes_on), ("R32",),
    ),
    Measure(
        "due", "count", "promises due", "wars in which a guarantor's promise fell due",
        lambda seen: seen.pairs(seen.events.due),
    ),
    Measure(
        "fought", "count", "promises kept", "wars in which the guarantor fought",
        lambda seen: seen.pairs(seen.events.fought),
    ),
    Measure(
        "won", "count", "won", "wars that the challenger won", lambda seen: seen.pairs(seen.events.won)
    ),
)  # fmt: skip

PAIR_YEAR_MEASURES = (
    Measure(
        "challenge", "chance", "challenge", "chance that the challenger opens a crisis",
        lambda seen: seen.summed(seen.now.outlook.crisis.challenge), ("R21",),
    ),
    Measure(
        "force", "chance", "force short of war", "chance of a crisis in which the challenger uses limited force",
        lambda seen: seen.summed(seen.limited), ("R19",),
    ),
    Measure(
        "blockade", "chance", "blockade", "chance of a crisis in which the challenger blockades the target",
        lambda seen: seen.summed(seen.of_kind(floats(1.0 - seen.setting.known.land), "blockade_share")), ("R34",),
    ),
    Measure(
        "grab", "chance", "grab", "chance of a crisis in which the challenger takes ground short of war",
        lambda seen: seen.summed(seen.of_kind(floats(seen.setting.known.land), "grab_share")), ("R34",),
    ),
    Measure(
        "war", "chance", "war", "chance that a war is on or that a crisis becomes one",
        lambda seen: seen.summed(seen.at_war), ("R21", "R32"),
    ),
    Measure(
        "fighting", "chance", "war goes on", "chance that a war is on as the year begins",
        lambda seen: seen.summed(seen.in_wars(np.ones_like(seen.fronts.held))), ("R32",),
    ),
    Measure(
        "ceasefire", "chance", "ceasefire", "chance that a war that is on ends in the year without a decision",
        lambda seen: seen.summed(
            seen.in_wars(seen.now.campaign.ends * (1.0 - seen.now.campaign.decisive))
        ),
        ("R32",),
    ),
    Measure(
        "ground", "share", "ground lost", "share of the issue conceded to this challenger, or held by it in war",
        lambda seen: seen.summed(seen.ground), ("R10", "R32"),
    ),
    Measure(
        "help", "chance", "help", "chance that any guarantor would fight for the target, attacked by this one",
        lambda seen: seen.summed(seen.now.outlook.helped), ("R02", "R35"),
    ),
    Measure(
        "loss", "share of GDP", "loss",
        "expected loss of the target to this challenger and to fighters whom it sponsors",
        lambda seen: _in_product(seen, _loss(seen)), ("R10",),
    ),
    Measure(
        "loss_limited", "share of GDP", "from force short of war", "the part of it that is from force short of war",
        lambda seen: _in_product(seen, seen.now.outlook.loss_limited), ("R19", "R34"),
    ),
    Measure(
        "loss_sponsored", "share of GDP", "to its fighters",
        "the part of it that is lost to fighters whom the challenger sponsors",
        lambda seen: _in_product(seen, seen.by_sponsored), ("R36",),
    ),
    Measure(
        "loss_own", "share of GDP", "challenger's loss",
        "expected loss of the challenger in the wars and strikes that it starts here, in its own product",
        lambda seen: _in_product(seen, seen.now.outlook.loss_own), ("R33",),
    ),
    Measure(
        "war_by", "chance", "war by then", "chance of at least one war since the start",
        lambda seen: seen.summed(1.0 - seen.after.peace),
    ),
)  # fmt: skip
