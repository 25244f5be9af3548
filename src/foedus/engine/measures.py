"""Measures: what is kept of each year, declared once.

A declaration gives name, unit, meaning, and how the figure follows from what the year computed. The record, the parts
of a run folder, the long table, the report, `foedus table --list` and docs/measures.md all read it here: there is no
second list to keep in step. CONTRIBUTING.md shows how to add one. Measures of pairs are summed over futures: the record
and `results` have them, the long table and the report do not.
"""

from __future__ import annotations

import numpy as np

from foedus.engine.class_measures import CLASS_MEASURES
from foedus.engine.layout import Floats, floats
from foedus.engine.measure import Group, Measure
from foedus.engine.observation import Observation
from foedus.engine.pair_measures import PAIR_MEASURES, PAIR_YEAR_MEASURES
from foedus.engine.sponsored import lost_to_groups
from foedus.engine.threat import total_faced, total_posed
from foedus.equations import order
from foedus.errors import UnknownName
from foedus.terms import Patron

MOST_LEAD = 1e3
"""Above this a region's largest power counts as alone."""


def _war(seen: Observation) -> Floats:
    """Chance of each pair that the year brings war, short of certainty, so that the chance of peace has a logarithm."""
    return np.minimum(seen.at_war, floats(1.0 - 1e-6))


def _own_force(seen: Observation) -> Floats:
    crisis = seen.now.outlook.crisis
    used = crisis.challenge * (1.0 - crisis.concession) * (crisis.limited_force + crisis.attack)
    return seen.allies(total_posed(used, seen.setting))


def _pool_resolve(seen: Observation) -> Floats:
    layout = seen.setting.layout
    pool, pools = layout.pool_of[layout.allies], len(layout.pools.name)
    if not pools:
        return np.zeros((len(layout.allies), seen.setting.futures), dtype=np.float32)
    return seen.after.resolve[np.minimum(pool, pools - 1)] * (pool < pools)[:, None]


ALLY_MEASURES = (
    Measure(
        "loss_conceded", "stakes", "conceded", "expected yearly loss by conceding",
        lambda seen: seen.allies(
            total_faced(seen.now.outlook.loss_conceded, seen.setting) + seen.after.moves.conceded
        ),
        ("R10",),
    ),
    Measure(
        "loss_fought", "stakes", "fought",
        "expected yearly loss by fighting, in its own wars and to sponsored fighters too",
        lambda seen: seen.allies(
            total_faced(seen.now.outlook.loss_fought, seen.setting)
            + total_posed(seen.now.outlook.loss_own, seen.setting)
            + lost_to_groups(seen.now.sponsored, seen.setting)
        ),
        ("R10", "R33", "R36"),
    ),
    Measure(
        "loss_own", "stakes", "in its own wars", "the part of it that is from wars and strikes that it starts itself",
        lambda seen: seen.allies(total_posed(seen.now.outlook.loss_own, seen.setting)), ("R33",),
    ),
    Measure(
        "loss_sponsored", "stakes", "to sponsored fighters",
        "the part of it that is lost to fighters whom another state sponsors",
        lambda seen: seen.allies(lost_to_groups(seen.now.sponsored, seen.setting)), ("R36",),
    ),
    Measure(
        "campaign", "chance", "sponsored campaign",
        "chance that fighters whom another state sponsors wage a campaign upon it in a year",
        lambda seen: seen.allies(seen.under_campaign), ("R36",),
    ),
    Measure(
        "at_war", "chance", "at war", "1 when a war goes on upon its soil as the year begins",
        lambda seen: seen.allies(seen.fronts.on_soil(seen.setting)), ("R32",),
    ),
    Measure(
        "front", "share", "held by force", "share of the issue that the worst challenger holds by force in a war",
        lambda seen: seen.worst(seen.in_wars(seen.fronts.held)), ("R32",),
    ),
    Measure(
        "ruin", "share of GDP", "product lost to war",
        "product missing through war on its soil, blockade, and wars of others",
        lambda seen: seen.allies(seen.now.state.ruin), ("R33", "R34"),
    ),
    Measure(
        "abroad", "share of GDP", "lost by wars of others",
        "product it can expect to lose in the year by trade, through wars and blockades of others; not in the loss",
        lambda seen: seen.abroad, ("R33", "R34"),
    ),
    Measure(
        "war", "chance", "war", "chance that a war against it is on or breaks out in a year, by whatever challenger",
        lambda seen: seen.allies(floats(1.0 - np.exp(total_faced(np.log1p(-_war(seen)), seen.setting)))), ("R21",),
    ),
    Measure(
        "promise_true", "chance", "promise kept", "chance the guarantor fights, worst challenger",
        lambda seen: seen.allies(seen.now.foreseen.promise), ("R02",),
    ),
    Measure(
        "promise_ally", "chance", "ally believes", "the same chance, as the ally believes it",
        lambda seen: seen.allies(seen.now.foreseen.promise_ally), ("R02",),
    ),
    Measure(
        "promise_adversary", "chance", "adversary believes", "the same chance, as that challenger believes it",
        lambda seen: seen.allies(seen.now.foreseen.promise_adversary), ("R02",),
    ),
    Measure(
        "win_alone", "chance", "lost alone", "chance the worst challenger wins if the guarantor stays out",
        lambda seen: seen.allies(seen.now.foreseen.win_alone),
    ),
    Measure(
        "spending", "share of GDP", "spending", "military spending",
        lambda seen: seen.allies(seen.now.state.share), ("R03", "R13"),
    ),
    Measure(
        "beyond", "share of GDP", "beyond what is carried",
        "spending that a doctrine orders, or a plan announces, beyond what opinion and debt carry",
        lambda seen: seen.allies(seen.now.state.share - seen.now.state.carried), ("R03", "R13", "R31"),
    ),
    Measure(
        "capability", "billion USD", "capability", "effective capability, at purchasing power",
        lambda seen: seen.allies(seen.now.forces.total),
    ),
    Measure(
        "completeness", "share", "C4ISR", "C4ISR completeness",
        lambda seen: seen.allies(seen.now.forces.completeness), ("R05", "R07", "R12"),
    ),
    Measure(
        "dependence", "share", "depends on guarantor", "share of stock that needs the guarantor's sustainment",
        lambda seen: seen.allies(seen.now.state.dependent), ("R06",),
    ),
    Measure(
        "conceded", "share", "ground lost", "ground conceded to the worst challenger, or held by it in war",
        lambda seen: seen.worst(seen.ground), ("R10", "R32"),
    ),
    Measure(
        "nuclear", "index", "nuclear, 0–3", "nuclear status, 0 none to 3 armed",
        lambda seen: seen.allies(seen.now.state.nuclear), ("R09", "R22"),
    ),
    Measure(
        "lean_rival", "share", "leans to rivals", "alignment with rival powers",
        lambda seen: seen.links(seen.now.state.alignment[Patron.RIVAL]), ("R28",),
    ),
    Measure(
        "tension", "index", "tension, 0–2", "tension with the guarantor, 0-2",
        lambda seen: seen.links(seen.now.state.tension), ("R27",),
    ),
    Measure(
        "others_help", "chance", "others would help",
        "chance that any second guarantor fights, worst challenger",
        lambda seen: seen.allies(seen.others_help), ("R35",),
    ),
    Measure(
        "support", "index", "support", "support delivered, mean of channels, relative to the start",
        lambda seen: seen.links(seen.now.support.overall), ("R16",),
    ),
    Measure(
        "home_share", "share", "made at home", "share of stock made at home or in the region",
        lambda seen: seen.allies(seen.now.state.home_share), ("R08", "R11"),
    ),
    Measure(
        "loyalty", "share", "loyalty bought", "stakes bought by loyalty spending, 0-1",
        lambda seen: seen.links(seen.now.state.loyalty), ("R04",),
    ),
    Measure("pool_resolve", "chance", "pool helps", "chance a pool member helps", _pool_resolve, ("R29",)),
    Measure(
        "own_force", "uses a year", "own force, a year",
        "expected uses of force by the ally in a year: limited force and attacks", _own_force, ("R19", "R21"),
    ),
    Measure(
        "hostility", "share", "hostility faced", "hostility of the worst challenger",
        lambda seen: seen.allies(seen.now.nearest.hostility), ("R19",),
    ),
    Measure(
        "cohesion", "share", "neighbours with it",
        "share of its neighbours that would stand together against the worst challenger",
        lambda seen: seen.worst(seen.now.state.cohesion[seen.setting.layout.challenger]), ("R20",),
    ),
)  # fmt: skip

GUARANTOR_MEASURES = (
    Measure(
        "cost", "billion USD", "cost of its guarantees, bn USD a year", "yearly cost of its guarantees",
        lambda seen: seen.guarantors(seen.now.account.cost), ("R14",),
    ),
    Measure(
        "worth", "index", "worth of access and allied capability, index", "worth of its guarantees",
        lambda seen: seen.guarantors(seen.now.account.worth), ("R15",),
    ),
    Measure(
        "involvement", "wars a year", "wars it is drawn into a year", "expected wars it is drawn into in a year",
        lambda seen: seen.patrons(seen.now.account.involvement), ("R23",),
    ),
    Measure(
        "reliable", "0 or 1", "chance it is of the reliable type", "1 when of the reliable type",
        lambda seen: seen.patrons(seen.now.state.reliable), ("R02",),
    ),
    Measure(
        "politics", "index", "adverse politics", "adverse politics",
        lambda seen: seen.patrons(seen.now.state.politics),
    ),
    Measure(
        "reputation", "index", "reputation, −2 to 2", "reputation, -2 to 2",
        lambda seen: seen.patrons(seen.now.state.reputation), ("R02",),
    ),
    Measure(
        "load", "ratio", "load: involvement over capacity", "involvement over capacity",
        lambda seen: seen.patrons(seen.now.state.load), ("R23", "R26"),
    ),
)  # fmt: skip

REGION_MEASURES = (
    Measure(
        "powers", "powers", "effective number of powers", "effective number of powers",
        lambda seen: seen.regions(order.effective_powers), ("R24",),
    ),
    Measure(
        "concentration", "share", "concentration", "concentration of capabilities",
        lambda seen: seen.regions(order.concentration), ("R24",),
    ),
    Measure(
        "lead", "ratio", "first power over second", "largest power over the second",
        lambda seen: seen.regions(lambda shares: np.minimum(order.lead_of_first(shares), MOST_LEAD), least=2),
        ("R24",),
    ),
)  # fmt: skip

MEASURES: dict[Group, dict[str, Measure]] = {
    group: {measure.name: measure for measure in declared}
    for group, declared in (
        (Group.ALLY, ALLY_MEASURES),
        (Group.GUARANTOR, GUARANTOR_MEASURES),
        (Group.REGION, REGION_MEASURES),
        (Group.PAIR, PAIR_MEASURES),
        (Group.CLASS, CLASS_MEASURES),
        (Group.PAIR_YEAR, PAIR_YEAR_MEASURES),
    )
}
"""Every measure by group and name, in the order of a part's columns."""


def measure_of(group: Group, name: str) -> Measure:
    """The measure of a group by its name; raise UnknownName, with the nearest spelling, where there is none."""
    if name not in MEASURES[group]:
        raise UnknownName("measure", name, MEASURES[group])
    return MEASURES[group][name]
