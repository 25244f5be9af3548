"""The same equations as agents: the whole model in Mesa, one future a model, plain floats.

Covers every block of `foedus.engine.year`: politics and channels, beliefs, forces with pools and guarantor, the crisis
tree of every directed pair, wars that go on, spending, the procurement review over every option, orders and pipelines,
pools, nuclear programmes, offers of ground, crises and what they leave behind, the guarantor's account and answer,
alignment. Leaves out what a steady posture does not use: doctrines, remedies, events from outside, and the record of
regions; and second guarantors (R35) and sponsored fighters (R36), which its runs switch off.

Written as Mesa models are: states, pairs, guarantees, guarantors and pools are agents with their own attributes, whose
methods the model activates in the order of the year. Each calls the published functions with floats. Luck is the
model's own `random` unless `luck` is given: with the engine's draws it follows the engine's future, which
tests/engine/test_mesa.py checks.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import mesa
import numpy as np
from scipy.special import ndtri

from foedus import terms
from foedus.engine import options, portfolio
from foedus.engine.beliefs import EVIDENCE
from foedus.engine.concessions import OFFER_CAP
from foedus.engine.crises import HELPED_WAR_SHARE
from foedus.engine.pools import LEAVE_CAP
from foedus.engine.portfolio import PROGRAMME_YEARS
from foedus.engine.setting import ELECTION_YEARS, REVIEW_YEARS, Setting
from foedus.engine.standoff import Standoff
from foedus.engine.state import RECOGNITION_AT_START, STAGES, opinion_at_start
from foedus.engine.support import CHANNEL_SPEED
from foedus.engine.threat import Outlook, foresee, judge
from foedus.engine.weapons import FIRST_ARSENAL, HOLDING, SHELTERING
from foedus.equations import (
    accommodation,
    alignment,
    capability,
    coalition,
    contest,
    crisis,
    effort,
    guarantor,
    hedging,
    hostility,
    intervention,
    nuclear,
    pooling,
    reliability,
    stocks,
    war,
)
from foedus.equations.hedging import OPTIONS, Option
from foedus.terms import Channel, Domain, NuclearStatus, Patron

Luck = Callable[[int, str, str], float]
CHANNEL = {name: index for index, name in enumerate(terms.CHANNELS)}
WEIGHTS = [[float(x) for x in row] for row in contest.THEATRE_WEIGHTS]
SPEED = [CHANNEL_SPEED[name] for name in terms.CHANNELS]
DOMAINS = range(len(terms.DOMAINS))
DOMAIN_OF = {option.key: option.domain for option in Option if option.domain is not None}
AT_HOME = {option.key for option in Option if option.made_at_home}


def standoff(**terms_of_one: Any) -> Standoff:
    """A standoff of one pair in one future: plain numbers where the engine has arrays over futures."""
    return Standoff(**terms_of_one)


def clipped(value: float, low: float, high: float) -> float:
    """`value` held between `low` and `high`."""
    return min(max(value, low), high)


def log_powers(forces: list[float]) -> list[float]:
    """Log power by theatre of forces by domain."""
    land, air, maritime, c4isr = forces
    return [float(contest.log_power(land, air, maritime, c4isr, weights)) for weights in WEIGHTS]


def beside_guarantor(forces: list[float], brought: list[float], friction: float) -> list[float]:
    """Forces by domain once the guarantor's stand beside them."""
    kept = contest.coalition_friction(float(coalition.PATRON_FIT), 2.0, friction)
    return [float(coalition.joined(x, y, kept)) for x, y in zip(forces, brought, strict=True)]


class Guarantor(mesa.Agent):
    """A state that guarantees others: its politics, reputation and load."""

    def __init__(self, model: Alliance, state: State) -> None:
        super().__init__(model)
        self.state, self.name = state, state.name
        self.guarantees: list[Guarantee] = []
        self.politics = self.reputation = self.load = self.first_cost = 0.0
        self.reliable = float(model.luck(0, "type at start", self.name) < model.p["belief_at_start"])
        self.honoured = self.reneged = 0.0

    def politick(self) -> None:
        """Politics drift and, at elections, the type may change."""
        model, p = self.model, self.model.p
        shock = float(ndtri(model.luck(model.year, "politics", self.name)))
        self.politics = clipped(p["politics_persistence"] * self.politics + p["politics_volatility"] * shock, -3.0, 3.0)
        if model.year % ELECTION_YEARS == ELECTION_YEARS - 1:
            luck = model.luck(model.year, "election", self.name)
            turned = luck >= p["chance_turns_unreliable"] if self.reliable else luck < p["chance_turns_reliable"]
            self.reliable = float(turned)
        self.honoured = self.reneged = 0.0

    def close(self) -> None:
        """Reputation and load for next year."""
        p = self.model.p
        cost = sum(x.cost for x in self.guarantees)
        involvement = sum(x.ally.involved for x in self.guarantees if x.principal)
        if self.model.year == 0:
            self.first_cost = cost
        saved = clipped(1.0 - cost / max(abs(self.first_cost), 1e-3), -1.0, 1.0)
        self.reputation = float(
            guarantor.reputation_next(self.reputation, self.honoured, self.reneged, p["reputation_persistence"])
        )
        capacity = p["load_capacity"] * (1.0 + p["savings_weight"] * max(saved, 0.0))
        fighting = self.state.wars + p["entrapment_load"] * involvement
        self.load = clipped(float(intervention.load(fighting, capacity)), 0.0, 5.0)


class Guarantee(mesa.Agent):
    """What a guarantor gives one ally, and what that ally and its adversaries believe."""

    similarity: list[float]
    """[W] closeness of the ally's foreign policy to each patron, 0-1"""

    def __init__(self, model: Alliance, index: int, ally: State, patron: Guarantor) -> None:
        super().__init__(model)
        layout, links, p = model.layout, model.layout.links, model.p
        self.index, self.ally, self.guarantor = index, ally, patron
        self.principal = int(layout.link_of[links.ally[index]]) == index
        self.start = [float(x) for x in links.channels[index]]
        self.start_troops, self.start_stakes = float(model.setting.troops[index, 0]), float(links.stakes[index])
        self.start_access = self.access = float(links.access[index])
        self.drift, self.relative = [0.0] * len(self.start), [1.0] * len(self.start)
        self.belief_ally = p["belief_at_start"]
        odds = (1.0 - self.belief_ally) / max(self.belief_ally, 1e-6) * math.exp(-p["adversary_belief_gap"])
        self.belief_adversary = clipped(1.0 / (1.0 + odds), 0.01, 0.99)
        self.pledge_at_start = self.start[CHANNEL["pledge"]]
        self.pending = self.tension = self.loyalty = self.cost = self.worth = 0.0
        self.arms_gap = self.money_gap = 0.0
        self.first_worth = self.promise = self.first_promise = 0.0
        self.similarity = [float(layout.guarantor_similarity[index]), float(layout.rival_similarity[index]), 0.0]
        self.trade = float(np.mean(links.dependence[index]))
        self.alignment = self._drawn(0.0, 0.0)
        self.in_time = float(
            contest.share_in_time(
                float(links.distance[index]), p["sealift_speed"], p["mobilisation_days"], p["campaign_days"]
            )
        )
        self.personnel = float(layout.states.personnel[links.guarantor[index]]) * 1000.0
        facts = model.setting.helpers.principal
        self.standing = float(
            intervention.standing(
                float(facts.capability[index, 0]), p["capability_weight"],
                float(facts.contiguous[index, 0]), p["contiguity_weight"],
            )
        )  # fmt: skip

    def provide(self) -> None:
        """Channels as announced, moved by drift."""
        model, p = self.model, self.model.p
        announced = [float(x) for x in model.policy.levels[model.year][self.index]]
        bundle, apart = sum(announced) / len(announced), p["channel_separability"]
        before = self.relative
        self.relative = [
            clipped((apart * x + (1.0 - apart) * bundle) * (1.0 + drift), 0.0, 2.0)
            for x, drift in zip(announced, self.drift, strict=True)
        ]
        self.change = [now - then for now, then in zip(self.relative, before, strict=True)]
        self.level = [start * now for start, now in zip(self.start, self.relative, strict=True)]
        self.troops = self.start_troops * self.relative[CHANNEL["troops"]]
        stakes = self.start_stakes + self.loyalty * (1.0 - self.start_stakes)
        self.stakes = clipped(stakes * (1.0 - p["tension_stakes"] * min(self.tension, 1.0)), 0.0, 1.0)

    def channel(self, name: str) -> float:
        """Level of one channel."""
        return self.level[CHANNEL[name]]

    def watch(self) -> None:
        """What this year's changes of support and last year's crises say."""
        p, seen = self.model.p, 0.0
        if self.model.year:
            for index, name in enumerate(terms.CHANNELS):
                weight = p[EVIDENCE[name]]
                said = reliability.evidence_of_support(
                    self.change[index], weight, p["delivery_to_cut"] * weight, p["noticed_change"]
                )
                seen += min(self.start[index], 1.0) * float(said)
        self.news = p["belief_learning"] * (seen + self.pending)

    def learn(self) -> None:
        """Beliefs after own news and a share of what fellow allies saw."""
        if self.model.year == 0:
            return
        p, fellows = self.model.p, self.guarantor.guarantees
        others = (sum(x.news for x in fellows) - self.news) / max(len(fellows) - 1.0, 1.0)
        heard = self.news + p["spillover"] * others
        self.belief_ally = self._updated(self.belief_ally, heard)
        self.belief_adversary = self._updated(self.belief_adversary, heard)

    def _updated(self, belief: float, heard: float) -> float:
        p = self.model.p
        if self.model.year % ELECTION_YEARS == ELECTION_YEARS - 1:
            moved = reliability.after_regime_change(belief, p["chance_turns_unreliable"], p["chance_turns_reliable"])
            belief = belief + p["belief_learning"] * (moved - belief)
        return clipped(float(reliability.updated(belief, heard, p["most_evidence"])), 0.005, 0.995)

    def incline(self) -> None:
        """Log-odds that the reliable guarantor fights, before the challenger counts; and what it would bring."""
        p = self.model.p
        pull = intervention.audience(
            self.channel("pledge"), self.troops, self.channel("nuclear"),
            p["pledge_weight"], p["troops_weight"], p["umbrella_weight"],
        )  # fmt: skip
        patron = self.guarantor
        self.inclination = float(
            intervention.inclination(
                p["intervention_baseline"], self.stakes, p["stakes_weight"], pull, patron.load, p["load_weight"],
                patron.politics, p["politics_weight"], patron.reputation, p["reputation_weight"], self.standing,
            )
        )  # fmt: skip

    def brings(self) -> float:
        """Share of the guarantor's forces that would fight beside the ally."""
        p = self.model.p
        coming = coalition.share_coming(
            self.channel("reinforcement"), p["reinforcement_share"], self.in_time, self.access, self.start_access,
            p["access_reach"],
        )  # fmt: skip
        return float(coalition.share_forward(self.troops, self.personnel) + coming)

    def run_down(self) -> None:
        """Arms and money that a front would miss, by what has been cut."""
        p = self.model.p
        arms, money = (1.0 - min(self.relative[channel], 1.0) for channel in (Channel.ARMS, Channel.MONEY))
        self.arms_gap = float(war.gap_next(self.arms_gap, arms, p["war_stock_years"]))
        self.money_gap = float(war.gap_next(self.money_gap, money, p["war_reserve_years"]))

    def doubt(self) -> float:
        """Disbelief plus caution about how far politics could swing the promise."""
        p = self.model.p
        spread = p["politics_weight"] * p["politics_volatility"] / math.sqrt(1.0 - p["politics_persistence"] ** 2)
        return (1.0 - self.belief_ally) + p["caution"] * self.promise * (1.0 - self.promise) * spread

    def account(self) -> None:
        """What the guarantee costs and returns."""
        p, ally = self.model.p, self.ally
        other = sum(self.level) - self.channel("pledge") - self.channel("troops")
        cost = guarantor.yearly_cost(
            self.channel("pledge"), p["pledge_cost"], self.troops, p["troop_cost"], other, p["other_cost"]
        )
        self.cost = cost - p["access_price"] * self.access
        self.worth = float(guarantor.worth(
            self.access, p["access_weight"], ally.total / max(ally.first_total, 1e-6), p["pooled_weight"],
            self.channel("arms"), p["market_weight"], sum(ally.dependence_before) / len(Domain), p["control_weight"],
        ))  # fmt: skip
        if self.model.year == 0:
            self.first_worth = self.worth

    def answer(self) -> None:
        """Drift, tension, access and alignment for next year."""
        p, ally, patron = self.model.p, self.ally, self.guarantor
        conditional = self.model.policy.conditional
        burden = ally.share - ally.start + conditional * (ally.start - p["burden_target"])
        pull = guarantor.pull_on_posture(
            self.worth - self.first_worth, clipped(burden * 100.0, -3.0, 3.0),
            p["burden_weight"] * (1.0 + conditional), (ally.threat_now - ally.first.threat) * self.stakes,
            p["threat_pull"], patron.politics, p["politics_pull"], patron.load, p["load_pull"],
        )  # fmt: skip
        size = p["feedback_size"] * (1.0 + 2.0 * conditional)
        self.drift = [
            float(guarantor.drift_next(drift, pull, size, speed))
            for drift, speed in zip(self.drift, SPEED, strict=True)
        ]
        cut = sum(max(-x, 0.0) for x in self.change)
        self.tension = float(
            guarantor.tension_next(
                self.tension, cut, p["tension_from_cuts"], (p["burden_target"] - ally.share) * 100.0,
                p["tension_from_burden"], p["tension_fading"],
            )
        )  # fmt: skip
        granted = self.start_access * clipped(self.relative[CHANNEL["troops"]], 0.0, 1.0)
        granted *= 1.0 - p["alignment_access"] * self.alignment[Patron.RIVAL]
        self.access = float(guarantor.access_next(self.access, granted, p["access_speed"]))
        room = clipped(1.0 - sum(self.relative) / len(self.relative), 0.0, 1.0)
        drawn = self._drawn(self.promise - self.first_promise, room)
        moved = [
            float(alignment.alignment_next(now, to, p["alignment_speed"]))
            for now, to in zip(self.alignment, drawn, strict=True)
        ]
        self.alignment = [x / sum(moved) for x in moved]

    def _drawn(self, promise: float, room: float) -> list[float]:
        p = self.model.p
        outreach = p["rival_outreach"] * (1.0 + room * (self.similarity[Patron.RIVAL] > 0.0))
        found = alignment.patron_shares(
            np.array(self.similarity), p["similarity_weight"], np.array([promise, 0.0, 0.0]), p["alignment_promise"],
            np.array([self.trade, 0.0, 0.0]), p["alignment_dependence"], np.array([0.0, outreach, 0.0]),
            p["outreach_weight"],
        )  # fmt: skip
        return [float(x) for x in np.asarray(found)]


class Pool(mesa.Agent):
    """A regional pool: how well its members fit together and how far they would go."""

    def __init__(self, model: Alliance, index: int) -> None:
        super().__init__(model)
        pools = model.layout.pools
        self.interoperability = float(pools.interoperability[index])
        self.base = self.resolve = float(pools.resolve[index])
        self.states = [model.states[int(i)] for i in pools.members[index]]
        self.distance = [[float(x) for x in row] for row in model.layout.pool_distance[index]]
        for place, state in enumerate(self.states):
            state.pool, state.place = self, place

    @property
    def members(self) -> list[State]:
        """States that stay in it."""
        return [state for state in self.states if state.member]

    def share_enablers(self) -> None:
        """Enablers and C4ISR that members have together, over what they need."""
        members = self.members
        own = sum(x.stock[Domain.C4ISR] + x.enablers for x in members)
        self.shared = float(capability.enablers_over_need(own, sum(x.needed for x in members)))

    def fit(self) -> None:
        """Interoperability and resolve a year on."""
        p, members = self.model.p, self.members
        count = max(len(members), 1)
        common = sum(x.spent["pool"] + x.spent["enablers"] for x in members)
        joint = common / max(sum(x.flexible_spent for x in members), 1e-6)
        committed = common / max(0.01 * sum(x.gdp for x in members), 1e-6)
        training = sum(x.channel("training") for x in members) / count
        self.interoperability = float(
            pooling.interoperability_next(
                self.interoperability, joint + 0.5 * training, p["interoperability_gain"],
                sum(x.mixing for x in members) / count, p["interoperability_loss"],
            )
        )  # fmt: skip
        self.resolve = float(
            pooling.resolve_next(self.resolve, self.base, committed, p["pool_resolve_gain"], p["pool_resolve_pull"])
        )


class Pressure:
    """What presses on a state in a year."""

    def __init__(self, state: State) -> None:
        self.war_risk = min(sum(pair.fatal() for pair in state.faced), 1.0)
        rivals = sum(pair.challenger.total * pair.hostility for pair in state.faced)
        self.log_rivals, self.log_partners = math.log1p(rivals), math.log1p(sum(state.pool_help))
        self.threat = max(
            (pair.hostility * pair.outlook.win_alone * effort.proximity(pair.fading) for pair in state.faced),
            default=0.0,
        )
        self.doubt = state.guarantee.doubt() if state.guarantee else 0.0
        self.exposed_doubt = self.doubt * self.threat


class State(mesa.Agent):
    """Spends, buys, fields forces, pools, considers the bomb, gives ground."""

    total: float
    first: Pressure

    def __init__(self, model: Alliance, index: int) -> None:
        super().__init__(model)
        states, layout, p = model.layout.states, model.layout, model.p
        self.index, self.name = index, states.iso3[index]
        self.gdp, self.growth = float(states.gdp[index]), float(states.growth[index])
        self.start, self.delivery = float(states.defence_share[index]), model.luck(0, "delivery", self.name)
        self.share = self.course(0)
        self.habit, self.latency = float(states.habit[index]), float(states.latency[index])
        self.debt, self.tolerance = float(states.debt[index]), 0.0
        self.price_level = float(model.setting.price_level[index, 0])
        self.stock = [float(x[0]) for x in model.setting.stocks[index]]
        self.guarantee: Guarantee | None = None
        self.guarantees: list[Guarantee] = []
        self.pool: Pool | None = None
        self.place, self.member = 0, bool(layout.pool_of[index] < len(layout.pools.name))
        self.is_guarantor = index in set(layout.patrons.tolist())
        self.main_theatre, self.region = int(layout.main_theatre[index]), int(layout.region[index])
        link = int(layout.link_of[index])
        self.linked = link < layout.counts.links
        held = layout.links.dependence[link] if self.linked else [0.0] * len(Domain)
        self.dependence = [
            float(stocks.dependence_at_start(float(x), p["home_dependence"])) if self.linked else 0.0 for x in held
        ]
        self.lead = [p[f"lead_time_{name}"] for name in terms.DOMAINS]
        flow = [x * p["depreciation"] for x in self.stock]
        bought = [share * x for share, x in zip(self._bought_shares(), flow, strict=True)]
        self.bought = [stocks.steady_pipeline(x, lead, STAGES) for x, lead in zip(bought, self.lead, strict=True)]
        self.made = [
            stocks.steady_pipeline(x - from_guarantor, lead * p["home_lead_time"], STAGES)
            for x, from_guarantor, lead in zip(flow, bought, self.lead, strict=True)
        ]
        at_home = sum((1.0 - share) * x for share, x in zip(self._bought_shares(), self.stock, strict=True))
        self.home_share = at_home / max(sum(self.stock), 1e-9)
        self.mixing = self.outage = self.enablers = self.wars = self.threat = self.threat_now = 0.0
        self.cohesion = self.cohesion_at_start = 0.0
        self.portfolio = dict.fromkeys(OPTIONS, 0.0)
        self.nuclear, self.progress, self.peril = float(states.nuclear_pursuit[index]), 0.0, 0.0
        self.resting_opinion = self.bomb_opinion = float(opinion_at_start(model.setting)[index, 0])
        self.started = self.nuclear
        self.warheads = float(model.setting.warheads[index, 0])
        self.nuclear_arms = self.warheads > 0.0
        self.ruin = self.absent = self.blockades = 0.0
        self.invaded = False
        self.faced: list[Pair] = []
        self.posed: list[Pair] = []
        self.lost = self.fought = self.first_total = self.involved = self.given = 0.0

    def channel(self, name: str) -> float:
        """Level of a channel of the principal guarantee; 0 without one."""
        return self.guarantee.channel(name) if self.guarantee else 0.0

    def _bought_shares(self) -> list[float]:
        home, bought = self.model.p["home_dependence"], self.model.p["bought_dependence"]
        return [float(stocks.bought_share(x, home, bought)) for x in self.dependence]

    def survey(self) -> None:
        """C4ISR that would make its forces complete."""
        land, air, maritime, _ = self.stock
        self.needed = float(capability.c4isr_needed(land, air, maritime, self.model.p["c4isr_need"]))
        self.absent, self.blockades, self.invaded = 0.0, 0.0, False

    def muster(self) -> None:
        """Effective capability by domain."""
        p, first_year = self.model.p, self.model.year == 0
        self.completeness = self._completeness()
        guarantee = self.guarantee
        sustainment = min(guarantee.relative[Channel.SUSTAINMENT], 1.0) if guarantee else 1.0
        self.outage = float(capability.outage_next(self.outage, sustainment, 0.0, p["sustainment_lag"]))
        resolve, base = (self.pool.resolve, self.pool.base) if self.pool else (0.0, 0.0)
        duties = self.member * resolve * p["pool_deployable"]
        first_threat = 0.0 if first_year else self.first.threat
        ready = capability.readiness(
            1.0 + self.threat + duties + self.wars, 1.0 + first_threat + base * p["pool_deployable"], p["overstretch"]
        )
        condition = capability.condition(
            ready, self.mixing, p["disentangling_cost"], self.channel("training"), p["training_effect"]
        )
        self.effective = [
            float(
                capability.effective_capability(
                    stock, self.completeness, p["c4isr_floor"], dependence, p["sustainment_need"], self.outage,
                    condition,
                )
            )
            for stock, dependence in zip(self.stock, self.dependence, strict=True)
        ]  # fmt: skip
        air, shield = Domain.AIR, self.channel("missile_defence")
        self.effective[air] = float(capability.shielded(self.effective[air], shield, p["missile_defence_effect"]))
        self.total = sum(self.effective)
        if first_year:
            self.first_total = self.total

    def _completeness(self) -> float:
        p = self.model.p
        alone = capability.enablers_over_need(self.stock[Domain.C4ISR] + self.enablers, self.needed)
        shared = self.pool.shared if self.pool and self.member else 0.0
        cap = 1.0
        if self.linked or self.is_guarantor:
            at_hand = capability.enablers_at_hand(alone, shared, self.channel("reinforcement"))
            available = 1.0 if self.is_guarantor else at_hand
            cap = float(
                capability.enabler_cap(available, p["enabler_threshold"], p["enabler_floor"], p["enabler_weight"])
            )
        found = capability.c4isr_completeness(
            self.stock[Domain.C4ISR], self.needed, self.channel("intelligence"), p["intelligence_value"], cap
        )
        return float(found)

    def combine(self) -> None:
        """Power alone, with the pool, with the guarantor."""
        p = self.model.p
        self.pool_help, kept = [0.0] * len(Domain), 1.0
        if self.pool and self.member and p["pool_open"]:
            members = self.pool.members
            self.pool_help = self._expected([other for other in members if other is not self])
            kept = float(contest.coalition_friction(self.pool.interoperability, float(len(members)), p["friction"]))
        self.pooled = [float(coalition.joined(x, y, kept)) for x, y in zip(self.effective, self.pool_help, strict=True)]
        self.help = [0.0] * len(Domain)
        if self.guarantee:
            share = self.guarantee.brings()
            self.help = [x * share for x in self.guarantee.guarantor.state.effective]
        helped = beside_guarantor(self.pooled, self.help, p["friction"])
        self.log_own, self.log_pooled, self.log_helped = (
            log_powers(self.effective), log_powers(self.pooled), log_powers(helped)
        )  # fmt: skip

    def _expected(self, fellows: list[State]) -> list[float]:
        """What fellow members are expected to send, by domain."""
        p, pool = self.model.p, self.pool
        if pool is None or not fellows:
            return [0.0] * len(Domain)
        reach = np.array([p[f"reach_{name}"] for name in terms.DOMAINS])
        km = np.array([pool.distance[other.place][self.place] for other in fellows])
        willing = coalition.willingness(pool.resolve, 1.0, p["pool_deployable"], p["pool_open"])
        delivered = contest.delivered_share(km[:, None, None], reach)
        sent = coalition.help_sent([other.effective for other in fellows], willing, delivered)
        return [float(x) for x in np.asarray(sent)[0]]

    def unite(self) -> None:
        """Share of its neighbours that would stand together against it."""
        self.cohesion = sum(pair.joins() for pair in self.posed) / max(len(self.posed), 1)

    def feel(self) -> None:
        """What presses on it this year, and its worst challenger."""
        self.worst = max(self.faced, key=lambda pair: pair.feared(), default=None)
        for guarantee in self.guarantees:
            guarantee.promise = float(self.worst.outlook.promise_ally) if self.worst else 0.0
            if self.model.year == 0:
                guarantee.first_promise = guarantee.promise
        self.pressed = Pressure(self)
        if self.model.year == 0:
            self.first = self.pressed
        self.threat_now, self.dependence_before = float(self.pressed.threat), list(self.dependence)

    def planned(self, year: int) -> tuple[bool, bool]:
        """Whether it has announced its spending, and whether that path is not yet at its end."""
        announced = self.model.policy.planned
        if announced is None or self.model.p["plans_open"] <= 0.0:
            return False, False
        at = min(year, len(announced.runs) - 1)
        return bool(announced.states[self.index]), bool(announced.runs[at, self.index])

    def course(self, year: int) -> float:
        """Share of product from which its spending departs: what was announced, as delivered; else the start's."""
        p, announced = self.model.p, self.model.policy.planned
        if announced is None:
            return self.start
        firm, pledged = announced.rise[:, min(year, len(announced.runs) - 1), self.index]
        rise = float(firm * effort.delivery(self.delivery, p["budget_kept"], p["plan_shortfall"]))
        rise += float(pledged * effort.delivery(self.delivery, p["pledge_kept"], p["plan_shortfall"]))
        return self.start + p["plans_open"] * rise

    def spend(self) -> None:
        """Spending, debt, mood and product a year on."""
        p, now, first = self.model.p, self.pressed, self.first
        course, coming = self.course(self.model.year), self.course(self.model.year + 1)
        planned, runs = self.planned(self.model.year + 1)
        desired = effort.desired_share(
            coming, now.war_risk - first.war_risk, p["war_risk_weight"], now.log_rivals - first.log_rivals,
            p["rivals_weight"], now.log_partners - first.log_partners, p["spill_in_weight"],
            now.exposed_doubt - first.exposed_doubt, p["doubt_weight"],
        )  # fmt: skip
        space = effort.fiscal_space(
            self.debt, p["debt_limit"], max(self.channel("money"), 0.0) * 0.01, p["money_value"]
        )
        most = effort.ceiling(
            self.share, max(self.habit, self.start), p["most_share"], self.tolerance, space, p["fiscal_speed"],
            p["budget_shift"], p["most_growth"], p["fiscal_binding"], p["opinion_binding"],
        )  # fmt: skip
        shock = p["budget_noise"] * float(ndtri(self.model.luck(self.model.year, "budget", self.name)))
        if planned:
            self.share, most = self.share * coming / course, max(most, coming)
        share = float(effort.next_share(self.share, desired, most, p["adjustment"], 0.0 if runs else shock))
        share = min(max(share, coming) if runs else share, 0.6)
        extra = share - self.start
        self.debt = float(effort.debt_next(self.debt, extra, p["debt_financed"], self.growth))
        self.tolerance = float(
            effort.tolerance_next(
                self.tolerance, now.war_risk - first.war_risk, share - coming, p["tolerance_from_risk"],
                p["tolerance_from_burden"], p["tolerance_forgetting"],
            )
        )  # fmt: skip
        self.share = share
        self.gdp *= 1.0 + self.growth

    def budget(self) -> tuple[float, float]:
        """Money that reviews can move, and the rest."""
        total = self.model.p["investment_share"] * self.share * self.gdp
        flexible = self.model.p["procurement_flex"] * total
        return flexible, total - flexible

    def _technology(self) -> float:
        return min(self.channel("technology"), 1.0)

    def _home_delay(self) -> float:
        p = self.model.p
        return 1.0 + (p["home_lead_time"] - 1.0) * (1.0 - p["technology_effect"] * self._technology())

    def _home_price(self) -> float:
        p = self.model.p
        return 1.0 + p["home_premium"] * (1.0 - p["technology_effect"] * self._technology())

    def _exchange(self, name: str) -> float:
        key = {"missile_defence": "exchange_missile_defence", "unmanned_cyber": "exchange_unmanned"}.get(name)
        return self.model.p[key] if key else 1.0

    def _habit(self, name: str, share: list[float], bought: list[float]) -> float:
        domain = DOMAIN_OF.get(name, 0)
        known = options.KNOWN_OPTION_HABIT * share[domain]
        if name == "c4isr":
            return known
        if name in ("land", "air", "maritime"):
            return known * bought[domain]
        return known * (1.0 - bought[domain]) if name.endswith("_home") else options.NEW_OPTION_HABIT

    def _stock_shares(self) -> list[float]:
        total = max(sum(self.stock), 1e-9)
        return [x / total for x in self.stock]

    def standoff(self) -> Standoff:
        """Against its worst challenger; nothing at stake without one."""
        return self.worst.standoff if self.worst else self.model.nothing

    def foreseen_loss(self) -> float:
        """The yearly loss it expects of its worst challenger."""
        return float(self.worst.outlook.crisis.perceived_loss) if self.worst else 0.0

    def review(self) -> None:
        """Weigh a programme of every option against the others."""
        if self.model.year % REVIEW_YEARS:
            return
        p, before, flexible = self.model.p, self.foreseen_loss(), self.budget()[0]
        values = []
        for name in OPTIONS:
            if name == "reserve":
                values.append(0.0)
                continue
            after = foresee(self._with_programme(name, flexible), p).perceived_loss if self.worst else 0.0
            values.append(float(hedging.programme_value(before, after, self._lead_time(name), p["discount"])))
        share, bought = self._stock_shares(), self._bought_shares()
        dislike = {"nuclear": 1.0 - p["elite_share"] * self.bomb_opinion, "pool": p["autonomy_weight"], "reserve": 0.3}
        found = hedging.portfolio_shares(
            np.array(values), p["portfolio_precision"], np.array([dislike.get(name, 0.0) for name in OPTIONS]),
            np.array([self._open(name) for name in OPTIONS]),
            np.array([self._habit(name, share, bought) for name in OPTIONS]), portfolio.LEAST_WORTH,
        )  # fmt: skip
        self.portfolio = {name: float(x) for name, x in zip(OPTIONS, np.asarray(found), strict=True)}

    def _open(self, name: str) -> float:
        p = self.model.p
        if name == "c4isr":
            return p["c4isr_open"]
        if name == "loyalty":
            return p["loyalty_open"] * self.linked
        if name == "pool":
            return p["pool_open"] * self.member
        if name == "nuclear":
            return p["nuclear_open"] * (NuclearStatus.PURSUES <= self.nuclear < NuclearStatus.ARMED)
        if name.endswith("_home"):
            return p["home_open"]
        if name in ("land", "air", "maritime"):
            return float(not self.guarantee or min(self.guarantee.relative[Channel.ARMS], 1.0) > 0.05)
        return 1.0

    def _lead_time(self, name: str) -> float:
        if name in DOMAIN_OF:
            return self.lead[DOMAIN_OF[name]] * (self._home_delay() if name in AT_HOME else 1.0)
        if name == "enablers":
            return self.lead[Domain.C4ISR]
        return self.model.p["breakout_years"] if name == "nuclear" else 1.0

    def _with_programme(self, name: str, flexible: float) -> Standoff:
        """The standoff after a programme of one option."""
        p, standoff = self.model.p, self.standoff()
        money = flexible * PROGRAMME_YEARS * self.price_level
        spent = money / self._home_price() if name in AT_HOME else money
        added = [0.0] * len(Domain)
        if name in ("c4isr", "enablers"):
            added = self._completed(min(spent, sum(self.stock)))
        elif name in DOMAIN_OF:
            d = DOMAIN_OF[name]
            added[d] = spent * self._exchange(name) * self.effective[d] / max(self.stock[d], 1e-6)
        elif name == "pool":
            bound = math.tanh(p["pool_resolve_gain"] * money / max(self.gdp * 0.01, 1e-6))
            resolve = max(self.pool.resolve if self.pool else 0.0, 0.05)
            added = [x * (1.0 - resolve) * bound / resolve for x in self.pool_help]
        elif name == "nuclear":
            return replace(standoff, target_nuclear_cost=max(standoff.target_nuclear_cost, p["target_nuclear_cost"]))
        elif name == "loyalty":
            bought = hedging.loyalty_stakes_next(
                0.0, money / PROGRAMME_YEARS / self.price_level / self.gdp, p["loyalty_scale"], p["loyalty_effect"],
                p["loyalty_decay"],
            )  # fmt: skip
            return replace(standoff, inclination=standoff.inclination + p["stakes_weight"] * bought)
        together = [x + y for x, y in zip(self.pooled, self.help, strict=True)]
        return replace(
            standoff,
            log_alone=standoff.log_alone + self._rise(self.pooled, added),
            log_helped=standoff.log_helped + self._rise(together, added),
        )

    def _rise(self, base: list[float], added: list[float]) -> float:
        weights = WEIGHTS[self.main_theatre]
        return sum(
            w * math.log1p(x / max(y, contest.LEAST_POWER)) for w, x, y in zip(weights, added, base, strict=True) if x
        )

    def _completed(self, useful: float) -> list[float]:
        floor = self.model.p["c4isr_floor"]
        gain = float(capability.gain_by_c4isr(useful, self.needed, self.completeness, floor))
        added = [x * gain for x in self.effective]
        added[Domain.C4ISR] += self.effective[Domain.C4ISR] / max(self.stock[Domain.C4ISR], 1e-6) * useful
        return added

    def order(self) -> None:
        """Spend the year's money within what each domain can absorb."""
        p = self.model.p
        flexible, settled = self.budget()
        arms = min(self.guarantee.relative[Channel.ARMS], 1.0) if self.guarantee else 1.0
        share, usual_bought = self._stock_shares(), self._bought_shares()
        idle = 1.0 - sum(self.portfolio.values())
        usual = [x * (settled + idle * flexible) * self.price_level for x in share]
        from_guarantor = [x * y for x, y in zip(usual, usual_bought, strict=True)]
        bought = [x * arms for x in from_guarantor]
        closed = 1.0 - p["home_open"] * (1.0 - arms)
        made = [x - y * closed for x, y in zip(usual, from_guarantor, strict=True)]
        premium = self._home_price() - 1.0
        self.spent = {name: x * flexible for name, x in self.portfolio.items()}
        self.flexible_spent = sum(self.spent.values())
        for name, d in DOMAIN_OF.items():
            spent = self.spent[name] * self.price_level * self._exchange(name)
            if name in AT_HOME:
                settled_in = self._habit(name, share, usual_bought) / max(self.portfolio[name], 1e-6)
                made[d] += spent / (1.0 + premium * clipped(1.0 - settled_in, 0.0, 1.0))
            else:
                bought[d] += spent * arms
        self._absorb(bought, made)

    def _absorb(self, bought: list[float], made: list[float]) -> None:
        p = self.model.p
        replacement, absorption = p["depreciation"], p["absorption"] * 1.2
        normal = replacement / float(stocks.output_of_orders(replacement, absorption))
        room = [absorption * x for x in self.stock]
        wanted = [x + y for x, y in zip(bought, made, strict=True)]
        fitted = np.asarray(hedging.water_filled(np.array(wanted), np.array(room)))
        total = [float(stocks.output_of_orders(float(x), cap)) * normal for x, cap in zip(fitted, room, strict=True)]
        self.order_bought = [t * b / max(w, 1e-9) for t, b, w in zip(total, bought, wanted, strict=True)]
        self.order_made = [t - b for t, b in zip(total, self.order_bought, strict=True)]

    def deliver(self) -> None:
        """Advance pipelines, stocks, dependence, loyalty and enablers."""
        p, delay = self.model.p, self._home_delay()
        before, made_arrived, arrived_in_all = sum(self.stock), 0.0, 0.0
        for d, lead in enumerate(self.lead):
            self.bought[d], came_bought = stocks.pipeline_step(self.bought[d], self.order_bought[d], lead)
            self.made[d], came_made = stocks.pipeline_step(self.made[d], self.order_made[d], lead * delay)
            arrived, came_made = float(came_bought + came_made), float(came_made)
            dependent = float(came_bought) * p["bought_dependence"] + came_made * p["home_dependence"]
            held = stocks.dependence_next(self.dependence[d], self.stock[d], arrived, dependent, p["depreciation"])
            self.dependence[d] = clipped(float(held), 0.0, float(self.linked))
            self.stock[d] = float(stocks.stock_next(self.stock[d], arrived, p["depreciation"]))
            made_arrived, arrived_in_all = made_arrived + came_made, arrived_in_all + arrived
        kept = before * (1.0 - p["depreciation"])
        self.mixing = clipped(abs(made_arrived / max(arrived_in_all, 1e-9) - self.home_share), 0.0, 1.0)
        home = (self.home_share * kept + made_arrived) / max(kept + arrived_in_all, 1e-9)
        self.home_share = clipped(home, 0.0, 1.0)
        enabled = self.spent["enablers"] * self.price_level / self.lead[Domain.C4ISR]
        self.enablers = self.enablers * (1.0 - p["depreciation"]) + enabled
        self.debt = clipped(self.debt - self.spent["reserve"] / max(self.gdp, 1e-6), 0.0, 4.0)
        for guarantee in self.guarantees:
            guarantee.loyalty = p["loyalty_open"] * float(
                hedging.loyalty_stakes_next(
                    guarantee.loyalty, self.spent["loyalty"] / max(self.gdp, 1e-6), p["loyalty_scale"],
                    p["loyalty_effect"], p["loyalty_decay"],
                )
            )  # fmt: skip

    def stay(self) -> None:
        """Stay in the pool, leave it or join again."""
        if not self.pool:
            return
        p, model, standoff = self.model.p, self.model, self.standoff()
        relative = 0.0
        if self.worst:
            theatre = self.worst.theatre
            joined = beside_guarantor(self.effective, self.help, p["friction"])
            alone = self.log_own[theatre]
            helped = log_powers(joined)[theatre] if self.worst.aided else alone
            cut: dict[str, Any] = {"log_alone": alone, "log_helped": helped}
            without = float(foresee(replace(standoff, **cut), p).perceived_loss)
            relative = (without - self.foreseen_loss()) / max(without, 1e-3)
        others = min(sum(self.pool_help) / max(self.total, 1e-6), 1.0)
        stays = pooling.chance_of_staying(
            relative + p["pool_other_worth"],
            pooling.free_riding_contribution(0.2, 0.2 * others, p["publicness"]),
            0.3, p["autonomy_weight"], p["joining_cost"], p["pool_precision"],
        )  # fmt: skip
        luck = model.luck(model.year, "pool", self.name)
        self.stays = luck >= LEAVE_CAP * (1.0 - stays) ** 2 if self.member else luck < LEAVE_CAP * stays

    def settle(self) -> None:
        """Carry the choice over once every pool has counted its members."""
        if self.pool:
            self.member = bool(self.stays)

    def look_around(self) -> None:
        """Neighbours that pursue or armed since the start."""
        near = [x for x in self.model.by_region[self.region] if x is not self]
        began = {x.name for x in near if x.nuclear >= NuclearStatus.PURSUES > x.started}
        facing = {x.challenger.name for x in self.faced if x.challenger.nuclear >= NuclearStatus.PURSUES}
        self.neighbours = len(began | facing)
        self.peril = self._peril()
        self.newly_armed = min(sum(x.nuclear >= NuclearStatus.ARMED > x.started for x in near), 1)

    def _peril(self) -> float:
        """Threat over its worst strategic rival: by its forces, and by its arsenal."""
        p, most = self.model.p, 0.0
        for pair in self.faced:
            if not pair.strategic:
                continue
            other = pair.challenger
            held = max(other.warheads, FIRST_ARSENAL * (other.nuclear >= NuclearStatus.PURSUES))
            losing = pair.outlook.win_alone * effort.proximity(pair.fading)
            arsenal = nuclear.arsenal(held, p["arsenal_half"])
            most = max(most, float(nuclear.peril(pair.hostility, losing, arsenal, p["arsenal_weight"])))
        return min(most, 1.0)

    def _withdrawn(self) -> float:
        """Share of its guarantee's protection withdrawn since the start."""
        if not self.guarantee:
            return 0.0
        return 1.0 - sum(min(self.guarantee.relative[channel], 1.0) for channel in SHELTERING) / len(SHELTERING)

    def seek(self) -> None:
        """Nuclear status, progress and opinion a year on."""
        p, model, promise = self.model.p, self.model, self.worst.outlook.promise_ally if self.worst else 0.0
        umbrella = min(self.channel("nuclear") if self.guarantee else 1.0, 1.0)
        held = min(max(self.channel(channel.key) for channel in HOLDING), 1.0)
        leverage = sum(self.dependence) / len(Domain) * held
        status = self.nuclear
        if not self.nuclear_arms:
            exploring = status == NuclearStatus.EXPLORES
            moved = False
            if status < NuclearStatus.PURSUES:
                chance = nuclear.chance_to_explore(
                    p["pursue_baseline"] if exploring else p["explore_baseline"], self.peril,
                    p["nuclear_threat_weight"], self.latency, p["nuclear_latency_weight"], 1.0 - promise * umbrella,
                    p["nuclear_doubt_weight"], self._withdrawn(), p["nuclear_withdrawal_weight"],
                    nuclear.elite_support(self.bomb_opinion, p["elite_share"]), p["nuclear_opinion_weight"],
                    p["treaty_weight"], leverage, p["leverage_weight"], self.neighbours, p["contagion"],
                )  # fmt: skip
                spending = self.gdp * self.share * self.price_level
                means = nuclear.means(spending, p["programme_share"], p["programme_cost"]) if exploring else 1.0
                if exploring and self.worst:
                    outlook = self.worst.outlook
                    means *= nuclear.shelter(outlook.win_alone, outlook.promise_adversary, p["shelter_weight"])
                moved = model.luck(model.year, "nuclear", self.name) < chance * means * p["nuclear_open"]
            if moved:
                self.nuclear += 1.0
            elif NuclearStatus.EXPLORES <= status < NuclearStatus.ARMED:
                back = nuclear.chance_of_reversal(p["reversal"], promise, leverage)
                self.nuclear -= float(model.luck(model.year, "reversal", self.name) < back)
        if NuclearStatus.PURSUES <= self.nuclear < NuclearStatus.ARMED:
            self._advance()
        if self.nuclear < NuclearStatus.PURSUES:
            self.progress = 0.0
        doubt = self.pressed.exposed_doubt - self.first.exposed_doubt
        self.bomb_opinion = float(
            nuclear.opinion_next(
                self.bomb_opinion, self.resting_opinion + p["bomb_opinion_contagion"] * self.newly_armed,
                p["bomb_opinion_fading"], p["bomb_opinion_doubt"] * doubt,
            )
        )  # fmt: skip

    def _advance(self) -> None:
        p, model = self.model.p, self.model
        funded = 0.5 + min(self.portfolio["nuclear"] * 4.0, 1.0)
        rate = nuclear.breakout_rate(p["breakout_years"], self.latency, p["latency_speed"]) * funded
        self.progress += float(nuclear.stages_done(model.luck(model.year, "breakout", self.name), rate))
        standoff = self.standoff()
        if standoff.hostility > 0.0:
            now = judge(standoff, p)
            cost = standoff.target_nuclear_cost + p["target_nuclear_cost"]
            armed = foresee(replace(standoff, target_nuclear_cost=cost), p)
            shift = max(float(now.crisis.challenge - armed.challenge), 0.0)
            shift += max(float(now.crisis.attack - armed.attack), 0.0)
            chance = nuclear.chance_of_preventive_attack(
                p["preventive_caution"], float(bool(self.worst and self.worst.quiet)), standoff.hostility,
                p["preventive_hostility"], shift, p["preventive_shift"], 1.0 - now.win_alone,
                p["preventive_defence"], now.promise_adversary, p["preventive_promise"],
            )  # fmt: skip
            if model.luck(model.year, "preventive", self.name) < chance:
                self.progress *= 1.0 - p["strike_setback"]
        if self.progress >= STAGES:
            self.nuclear = 3.0

    def give(self) -> None:
        """Offer ground to the worst challenger; nobody does while war is on at home."""
        p, model, self.given = self.model.p, self.model, 0.0
        if not self.worst:
            return
        standoff, now, size = self.standoff(), self.foreseen_loss(), p["offer_size"]
        stronger = math.log(accommodation.challenger_gain(size, p["power_shift"]))
        offered = replace(
            standoff, stake=standoff.stake * (1.0 - size), log_challenger=standoff.log_challenger + stronger
        )
        after = foresee(offered, p).perceived_loss
        chance = accommodation.chance_of_offer(
            now * p["offer_horizon"], after * p["offer_horizon"], size * max(standoff.stake, 0.2), p["offer_pride"],
            p["power_shift"], p["precision"],
        )  # fmt: skip
        luck = model.luck(model.year, "offer", self.name)
        peace = not any(pair.fights for pair in self.faced)
        offers = luck < chance * p["accommodation_open"] * OFFER_CAP and standoff.value > 0.0 and peace
        given = offers * size
        self.given = float(given * standoff.value)
        self.worst.conceded = float(accommodation.conceded_next(self.worst.conceded, 1.0, given, 0.0))

    def wanting(self) -> float:
        """Share of what its war effort would need that does not come from its guarantor."""
        p, guarantee = self.model.p, self.guarantee
        if guarantee is None:
            return 0.0
        return float(
            war.want_of_supply(
                1.0 - min(guarantee.relative[Channel.INTELLIGENCE], 1.0), p["war_need_intelligence"],
                guarantee.arms_gap, p["war_need_arms"], self.outage, p["war_need_sustainment"],
                guarantee.money_gap, p["war_need_money"], p["war_guarantor_share"], p["war_support_need"],
            )
        )  # fmt: skip

    def costs_others(self) -> float:
        """What others lose in product by this year's war on its soil and its blockade."""
        states, p, index = self.model.setting.layout.states, self.model.p, self.index
        by_war, by_blockade = float(states.abroad_war[index]), float(states.abroad_blockade[index])
        blockaded = min(self.blockades, 1.0)
        return float(war.lost_abroad(float(self.invaded), by_war, blockaded, by_blockade, p["trade_loss"]))

    def remember(self) -> None:
        """Losses of war, and what it carries into next year."""
        lost = min(self.lost, 0.6)
        self.stock = [float(stocks.stock_next(x, 0.0, 0.0, lost)) for x in self.stock]
        self.wars, self.threat = min(self.fought, 3.0), self.threat_now
        p, before = self.model.p, self.ruin
        self.ruin = float(
            war.ruin_next(
                before, float(self.invaded), p["war_ruin"], p["war_ruin_speed"], p["war_recovery"],
                self.blockades * p["blockade_product"], self.model.lost_abroad,
            )
        )  # fmt: skip
        self.gdp *= (1.0 - self.ruin) / (1.0 - before)
        self.lost = self.fought = 0.0
        defending = sum(pair.involvement() for pair in self.faced)
        entrapped = sum(pair.entrapment() for pair in self.posed)
        self.involved = defending + entrapped

    def loss(self) -> float:
        """Expected loss of the year, conceded and fought, in its own wars too."""
        own = sum(x.loss_of_challenger() for x in self.posed)
        return self.given + sum(x.loss_of_target() for x in self.faced) + own


class Pair(mesa.Agent):
    """A challenger and its possible target."""

    outlook: Outlook

    def __init__(self, model: Alliance, index: int) -> None:
        super().__init__(model)
        layout, setting, p = model.layout, model.setting, model.p
        self.challenger = model.states[int(layout.challenger[index])]
        self.target = model.states[int(layout.target[index])]
        self.name = f"{self.challenger.name}>{self.target.name}"
        self.theatre, self.rival = int(layout.theatre[index]), int(layout.pair_class[index]) == 0
        self.strategic = bool(layout.pairs.rival[index] > 0.0)
        self.rest = float(setting.hostility_at_rest[index, 0])
        self.hostility = float(setting.hostility_at_start[index, 0])
        self.start_stake, self.start_value = float(setting.stakes[index, 0]), float(setting.values[index, 0])
        self.opening = float(setting.challenge_cost[index, 0])
        self.emboldened = float(layout.emboldened[index, 0])
        self.at_start: float | None = None
        reach = [p[f"reach_{name}"] for name in terms.DOMAINS]
        self.fading = float(contest.log_fading(float(layout.pairs.distance[index]), reach, WEIGHTS[self.theatre]))
        self.near = min(float(layout.pairs.distance[index]) / p["reach_air"], 3.0)
        self.aided, self.sponsored = float(layout.aided[index, 0]), float(layout.sponsored[index, 0])
        self.same_pool = bool(layout.same_pool[index, 0])
        self.vulnerability = float(setting.vulnerability[index, 0])
        self.conceded, self.recognition, self.saw = 0.0, RECOGNITION_AT_START, (0.0, 0.0, 0.0)
        pairs = layout.pairs
        self.by_land = float(pairs.land[index])
        self.fights = bool(pairs.at_war[index] > 0.0 and p["war_goes_on"] > 0.0)
        self.held = float(setting.front_at_start[index, 0]) if self.fights else 0.0
        self.war_years = float(pairs.war_years[index]) if self.fights else 0.0
        self.joined, self.ties = False, [0.0, 0.0]
        if self.fights:
            so_far = p["war_ruin"] * (1.0 - (1.0 - p["war_ruin_speed"]) ** self.war_years)
            self.target.ruin = max(self.target.ruin, so_far)
        self.challenger.posed.append(self)
        self.target.faced.append(self)

    @property
    def back(self) -> Pair | None:
        """The same two the other way round, where the target may challenge too."""
        return self.model.pair_by_name.get(f"{self.target.name}>{self.challenger.name}")

    def enmity(self, patron: Guarantor) -> float:
        """Log-odds of what the target's patron itself has against the challenger."""
        known, ends = self.model.pair_by_name, (self.challenger.name, patron.name)
        own = known.get(f"{ends[1]}>{ends[0]}") or known.get(f"{ends[0]}>{ends[1]}")
        return float(intervention.enmity(own.hostility if own else 0.0, self.model.p["enmity_weight"]))

    def commit(self) -> None:
        """Tie down what the war takes of either side's forces, as log power lost elsewhere."""
        self.ties = [0.0, 0.0]
        if not self.fights:
            return
        p, sides = self.model.p, (self.challenger, self.target)
        for place, (own, enemy) in enumerate((sides, sides[::-1])):
            share = float(war.force_committed(enemy.total, own.total, p["force_ratio"], p["most_committed"]))
            self.ties[place] = math.log1p(-share)
            own.absent += self.ties[place]

    def judge(self) -> None:
        """Contest, promise and crisis tree; where the two fight, how the war stands."""
        p, challenger, target = self.model.p, self.challenger, self.target
        sponsor, guarantee = challenger.guarantee, target.guarantee
        protected = min(sponsor.channel("pledge"), 1.0) if sponsor else 0.0
        before = min(sponsor.pledge_at_start, 1.0) if sponsor else 0.0
        sure = sponsor.belief_ally * protected - p["belief_at_start"] * before if sponsor else 0.0
        borne = 1.0 - p["moral_hazard"] * self.emboldened * sure
        stake = self.start_stake * (1.0 - self.conceded)
        fighting = crisis.cost_of_war(p["challenger_war_cost"], stake, p["war_cost_scaling"])
        grown = math.log(accommodation.challenger_gain(self.conceded, p["power_shift"]))
        pooled = target.log_pooled[self.theatre]
        armed = float(target.nuclear >= NuclearStatus.ARMED or target.nuclear_arms)
        united = p["balancing_effect"] * (challenger.cohesion - challenger.cohesion_at_start)
        elsewhere = challenger.absent - self.ties[0] - (self.back.ties[1] if self.back else 0.0)
        power = challenger.log_own[self.theatre] - self.fading + grown + elsewhere
        alone = target.log_own[self.theatre] if self.same_pool else pooled
        if self.at_start is None:
            self.at_start = power - target.log_own[self.theatre]
        self.standoff = standoff(
            stake=stake,
            value=self.start_value * (1.0 - self.conceded),
            at_start=self.at_start,
            log_challenger=power,
            log_alone=alone,
            log_helped=target.log_helped[self.theatre] if self.aided else pooled,
            inclination=guarantee.inclination + self.enmity(guarantee.guarantor) if guarantee else 0.0,
            vulnerability=self.vulnerability,
            aided=self.aided,
            belief_ally=guarantee.belief_ally if guarantee else 0.0,
            belief_adversary=guarantee.belief_adversary if guarantee else 0.0,
            reliable=guarantee.guarantor.reliable if guarantee else 0.0,
            hostility=self.hostility,
            challenge_cost=self.opening + p["patron_restraint"] * (protected - before) + united,
            war_cost=crisis.cost_to_challenger(fighting * borne, p["war_cost_relief"], self.hostility),
            limited_cost=p["limited_cost"] * borne,
            target_nuclear_cost=p["target_nuclear_cost"] * armed,
            guarantor_nuclear_cost=p["guarantor_nuclear_cost"] * min(target.channel("nuclear"), 1.0),
            recognition_gain=p["recognition_weight"] * (RECOGNITION_AT_START - self.recognition) * self.rival,
            land=self.by_land,
        )
        self.outlook = judge(self.standoff, p)
        self.on = self.fights
        self.quiet = self.on or bool(self.back and self.back.fights)
        if self.fights:
            self._look_at_war()

    def _look_at_war(self) -> None:
        p, value = self.model.p, self.standoff.value
        self.win = float(self.outlook.win_alone - self.joined * self.outlook.help_effect)
        first = 1.0 - p["war_goes_on"] * (1.0 - p["war_ends_first"])
        self.ends = float(war.chance_of_end(self.war_years, first, p["war_ends_second"], p["war_ends_later"]))
        years = float(war.mean_years(first, p["war_ends_second"], p["war_ends_later"]))
        ground = war.ground_in_later_year(self.held, self._moved(0.0), self.win, self.ends, p["war_decisive"])
        cost = crisis.cost_of_war(p["target_war_cost"], value, p["war_cost_scaling"])
        self.war_loss = float(ground * value + cost / years)
        own = crisis.cost_of_war(p["challenger_war_cost"], self.standoff.stake, p["war_cost_scaling"])
        self.own_war_loss = float(p["own_war_counts"] * own / years)

    def _moved(self, luck: float) -> float:
        p = self.model.p
        tilted = war.tilt(self.win, luck, p["front_luck"])
        return float(
            war.front_next(self.held, tilted, p["front_pace"], self.target.wanting(), p["war_concession_rate"])
        )

    def feared(self) -> float:
        """What the target expects to lose to this challenger in the year."""
        if self.quiet:
            return self.war_loss if self.on else 0.0
        return float(self.outlook.crisis.perceived_loss)

    def loss_of_target(self) -> float:
        """Expected loss of the target in the year, by the true promise."""
        if self.quiet:
            return self.war_loss if self.on else 0.0
        return float(self.outlook.loss_conceded + self.outlook.loss_fought)

    def loss_of_challenger(self) -> float:
        """Expected loss of the challenger by its own force."""
        if self.quiet:
            return self.own_war_loss if self.on else 0.0
        return float(self.outlook.loss_own)

    def fatal(self) -> float:
        """Chance in the year of a crisis in which people die; sure in war."""
        if self.quiet:
            return float(self.on)
        found = self.outlook.crisis
        return float(
            crisis.chance_of_fatal_crisis(found.challenge, found.concession, found.attack, found.limited_force)
        )

    def joins(self) -> float:
        """Chance that the target joins a coalition against the challenger."""
        p, risk = self.model.p, self.outlook.win_alone
        return float(
            hostility.chance_of_balancing(
                self.hostility + risk, risk, p["balancing_risk"], self.near, p["balancing_precision"]
            )
        )

    def involvement(self) -> float:
        """Chance that the target's guarantor is drawn into a new war over this pair."""
        if self.quiet:
            return 0.0
        found = self.outlook.crisis
        return float(guarantor.involvement(found.challenge, found.concession, found.attack, self.outlook.promise))

    def entrapment(self) -> float:
        """Chance that the challenger's own guarantor is."""
        if self.quiet:
            return 0.0
        found, share = self.outlook.crisis, self.sponsored * self.model.p["entrapment_share"]
        return float(guarantor.involvement(found.challenge, found.concession, found.attack, share))

    def happen(self) -> None:
        """Draw the year's crisis, if any, and what it leaves behind; or fight on."""
        p, outlook, found = self.model.p, self.outlook, self.outlook.crisis
        self.conceded *= 1.0 - p["concession_recovery"]
        dispute = not self.quiet and bool(self._luck("challenge") < found.challenge)
        conceded = at_war = limited = fought = won = goes_on = grab = False
        if dispute:
            conceded, move = bool(self._luck("concede") < found.concession), self._luck("move")
            at_war = not conceded and bool(move < found.attack)
            limited = not conceded and not at_war and bool(move < found.attack + found.limited_force)
        if at_war:
            due = self.aided > 0.0
            fought = due and bool(self._luck("guarantor") < outlook.promise)
            goes_on = self._luck("war goes on") >= 1.0 - p["war_goes_on"] * (1.0 - p["war_ends_first"])
            win = float(outlook.win_alone - fought * outlook.help_effect)
            won = not goes_on and self._luck("war") < win
            if due:
                self._remember_promise(fought)
        if limited:
            kind = self._luck("kind of force")
            grab = self.by_land > 0.0 and kind < p["grab_share"]
            self.target.blockades += float(self.by_land == 0.0 and kind < p["blockade_share"])
        if at_war or limited:
            self._attrition(at_war, limited, fought)
        self.saw = float(dispute), float(at_war), float(conceded)
        if self.fights:
            self._fight_on()
        elif at_war and goes_on:
            self.fights, self.war_years, self.joined = True, 1.0, fought
            self.held = p["front_pace"] * max(2.0 * win - 1.0, 0.0)
        self.recognition = float(
            hostility.recognition_next(
                self.recognition, float(conceded), p["recognition_from_settlement"], float(won),
                p["recognition_from_defeat"], float(limited or at_war), p["recognition_lost_by_force"],
                p["recognition_decay"],
            )
        )  # fmt: skip
        lost = clipped(conceded * p["demand_share"] + grab * p["grab_ground"] + won, 0.0, 1.0)
        self.conceded += (1.0 - self.conceded) * lost

    def _fight_on(self) -> None:
        """A year of war: losses, the front, and perhaps an end that leaves the attacker all, nothing or its front."""
        p = self.model.p
        self._attrition(True, False, self.joined)
        self.saw = 1.0, 1.0, 0.0
        if self._luck("war ends") < self.ends:
            kept = self.held
            if self._luck("war decided") < p["war_decisive"]:
                kept = float(self._luck("war won") < self.win)
            self.conceded += (1.0 - self.conceded) * kept
            self.fights, self.held, self.war_years, self.joined = False, 0.0, 0.0, False
        else:
            self.held, self.war_years = self._moved(float(ndtri(self._luck("front")))), self.war_years + 1.0

    def resent(self) -> None:
        """Remember the year: what happened in either direction."""
        p, back = self.model.p, self.back or self
        dispute, fought, settled = (max(here, there) for here, there in zip(self.saw, back.saw, strict=True))
        weight = hostility.weight_of_dispute(p["hostility_from_dispute"], self.saw[0], p["hostility_from_target"])
        level = hostility.hostility_next(
            self.hostility, self.rest, p["hostility_decay"], dispute, weight,
            fought, p["hostility_from_war"], settled, p["hostility_from_settlement"],
        )  # fmt: skip
        self.hostility = float(hostility.hostility_met(level, 0.0, 0.0, self.rest))

    def _luck(self, use: str) -> float:
        return self.model.luck(self.model.year, use, self.name)

    def _remember_promise(self, fought: bool) -> None:
        guarantee, chance = self.target.guarantee, self.outlook.reliable_fights
        unreliable = chance * self.model.p["unreliable_share"]
        assert guarantee is not None, "a promise fell due that nobody gave"
        guarantee.pending += float(reliability.evidence_of_fighting(fought, chance, unreliable))
        guarantee.guarantor.honoured += float(fought)
        guarantee.guarantor.reneged += float(not fought)

    def _attrition(self, at_war: bool, limited: bool, fought: bool) -> None:
        p, challenger, target = self.model.p, self.challenger, self.target
        attrition = p["war_attrition"] * at_war
        target.invaded = target.invaded or at_war
        challenger.lost += attrition
        target.lost += attrition * (HELPED_WAR_SHARE if fought else 1.0) + p["limited_attrition"] * limited
        challenger.fought += at_war
        target.fought += at_war
        if fought and target.guarantee:
            patron = target.guarantee.guarantor.state
            patron.fought += 1.0
            patron.lost += 0.2 * attrition


class Alliance(mesa.Model):
    """One future of a setting: its world, posture and parameters; the first future of the setting is taken."""

    def __init__(self, setting: Setting, seed: int = 1, luck: Luck | None = None) -> None:
        super().__init__(rng=seed)
        self.setting, self.layout, self.policy = setting, setting.layout, setting.policy
        self.p = {name: float(values[0]) for name, values in setting.p.items()}
        self.luck: Luck = luck or (lambda _year, _use, _actor: self.random.random())
        self.year = 0
        layout = self.layout
        self.states = [State(self, i) for i in range(layout.counts.states)]
        patrons = {int(i): Guarantor(self, self.states[int(i)]) for i in layout.patrons}
        for index, (ally, patron) in enumerate(zip(layout.links.ally, layout.links.guarantor, strict=True)):
            guarantee = Guarantee(self, index, self.states[int(ally)], patrons[int(patron)])
            patrons[int(patron)].guarantees.append(guarantee)
            guarantee.ally.guarantees.append(guarantee)
            if guarantee.principal:
                self.states[int(ally)].guarantee = guarantee
        for index in range(len(layout.pools.name)):
            Pool(self, index)
        for index in range(layout.counts.pairs):
            Pair(self, index)
        self.pair_by_name = {pair.name: pair for pair in self.agents_by_type[Pair]}
        self.by_region: dict[int, list[State]] = {}
        for state in self.states:
            self.by_region.setdefault(state.region, []).append(state)
        names = Standoff.__dataclass_fields__
        self.nothing = standoff(**dict.fromkeys(names, 0.0))

    def step(self) -> None:
        """Advance a year, in the order of the engine's."""
        states, pairs = self.agents_by_type[State], self.agents_by_type[Pair]
        guarantees, guarantors = self.agents_by_type[Guarantee], self.agents_by_type[Guarantor]
        pools = self.agents_by_type.get(Pool)
        guarantors.do("politick")
        for stage in ("provide", "run_down", "watch", "learn", "incline"):
            guarantees.do(stage)
        states.do("survey")
        if pools:
            pools.do("share_enablers")
        states.do("muster")
        states.do("combine")
        pairs.do("commit")
        pairs.do("judge")
        if self.year == 0:
            states.do("unite")
            for state in self.states:
                state.cohesion_at_start = state.cohesion
        for stage in ("feel", "spend", "review", "order", "deliver", "stay"):
            states.do(stage)
        if pools:
            pools.do("fit")
        for stage in ("settle", "look_around", "seek", "give"):
            states.do(stage)
        for guarantee in guarantees:
            guarantee.pending = 0.0
        pairs.do("happen")
        pairs.do("resent")
        self.lost_abroad = max(state.costs_others() for state in states)
        states.do("remember")
        guarantees.do("account")
        guarantees.do("answer")
        guarantors.do("close")
        states.do("unite")
        self.year += 1
