"""The same equations as agents: one Mesa agent a state, one a directed pair, plain floats, one future a model.

Leaves out pools, procurement reviews, nuclear programmes, offers of ground, alignment and the guarantor's account,
so that the ratio to the engine is a floor.
"""

from __future__ import annotations

import math

import mesa
import numpy as np

from foedus.engine.layout import Layout
from foedus.engine.setting import THEATRE_WEIGHTS
from foedus.equations import capability, contest, crisis, effort, hostility, intervention, reliability, stocks
from foedus.terms import DOMAINS

Parameters = dict[str, float]


class StateAgent(mesa.Agent):
    """Spends, buys, fields forces."""

    def __init__(self, model: Alliance, index: int) -> None:
        super().__init__(model)
        states, layout = model.layout.states, model.layout
        self.index = index
        self.gdp, self.growth = float(states.gdp[index]), float(states.growth[index])
        self.start = self.share = float(states.defence_share[index])
        self.debt, self.tolerance, self.outage = float(states.debt[index]), 0.0, 0.0
        self.price_level = float(states.price_level[index])
        self.stock = [float(x) for x in states.stocks[index]]
        self.link = int(layout.link_of[index])
        held = layout.links.dependence[self.link] if self.link < layout.counts[2] else np.zeros(len(DOMAINS))
        self.dependence = [float(x) for x in held]
        p = model.p
        self.lead = [p[f"lead_time_{name}"] for name in DOMAINS]
        self.stages = [
            [x * p["depreciation"] / min(3 / lead, 1.0)] * 3 for x, lead in zip(self.stock, self.lead, strict=True)
        ]
        self.threat = self.first_threat = self.war_risk = self.first_risk = 0.0
        self.effective = list(self.stock)

    def muster(self) -> None:
        """Effective capability by domain and log power by theatre."""
        p, model = self.model.p, self.model
        linked = self.link < model.layout.counts[2]
        intelligence = float(model.channels[self.link][5]) if linked else 0.0
        needed = p["c4isr_need"] * sum(self.stock[:3])
        complete = capability.c4isr_completeness(self.stock[3], needed, intelligence, p["intelligence_value"])
        self.outage = capability.outage_next(self.outage, 1.0, 0.0, p["sustainment_lag"])
        ready = capability.readiness(1.0 + self.threat, 1.0 + self.first_threat, p["overstretch"])
        self.effective = [
            float(
                capability.effective_capability(
                    stock, complete, p["c4isr_floor"], dependence * p["sustainment_need"], self.outage, ready
                )
            )
            for stock, dependence in zip(self.stock, self.dependence, strict=True)
        ]
        delivered = [max(x, 1e-3) for x in self.effective]
        self.log_power = [float(contest.log_power(*delivered, weights)) for weights in THEATRE_WEIGHTS]
        self.help_power = 0.0
        if linked:
            patron = model.of_state[int(model.layout.links.guarantor[self.link])]
            share = p["reinforcement_share"] * float(model.channels[self.link][2])
            fading = contest.delivered_share(float(model.layout.links.distance[self.link]), p["reach_air"])
            self.help_power = math.log1p(share * fading * sum(patron.effective) / max(sum(self.effective), 1e-3))

    def spend(self) -> None:
        """Spending, debt and mood a year on."""
        p = self.model.p
        faced = self.model.faced_by[self.index]
        self.war_risk = min(sum(pair.fatal for pair in faced), 1.0)
        self.threat = max((pair.hostility * pair.alone for pair in faced), default=0.0)
        if self.model.year == 0:
            self.first_risk, self.first_threat = self.war_risk, self.threat
        risen = self.war_risk - self.first_risk
        desired = effort.desired_share(
            self.start, risen, p["war_risk_weight"], 0.0, p["rivals_weight"], 0.0, p["spill_in_weight"],
            self.threat - self.first_threat, p["doubt_weight"],
        )  # fmt: skip
        space = effort.fiscal_space(self.debt, p["debt_limit"], 0.0, p["money_value"])
        most = effort.ceiling(
            self.share, self.start, p["most_share"], self.tolerance, space, p["fiscal_speed"], p["most_growth"],
            p["fiscal_binding"], p["opinion_binding"],
        )  # fmt: skip
        self.share = float(effort.next_share(self.share, desired, most, p["adjustment"]))
        extra = self.share - self.start
        self.debt = float(effort.debt_next(self.debt, extra, p["debt_financed"], self.growth))
        self.tolerance = float(
            effort.tolerance_next(
                self.tolerance, risen, extra, p["tolerance_from_risk"], p["tolerance_from_burden"],
                p["tolerance_forgetting"],
            )
        )  # fmt: skip
        self.gdp *= 1.0 + self.growth

    def procure(self) -> None:
        """Orders by habit, pipelines, stocks, dependence."""
        p = self.model.p
        money = p["investment_share"] * self.share * self.gdp * self.price_level
        total = sum(self.stock)
        for d, lead in enumerate(self.lead):
            room = p["absorption"] * self.stock[d] * 1.2
            useful = stocks.output_of_orders(money * self.stock[d] / total, room)
            steady = stocks.output_of_orders(p["depreciation"] * self.stock[d], room)
            order = float(useful) * p["depreciation"] * self.stock[d] / max(float(steady), 1e-9)
            kept, arrived = stocks.pipeline_step(self.stages[d], order, lead)
            self.stages[d] = list(kept)
            dependent = arrived * p["bought_dependence"]
            self.dependence[d] = float(
                stocks.dependence_next(self.dependence[d], self.stock[d], arrived, dependent, p["depreciation"])
            )
            self.stock[d] = float(stocks.stock_next(self.stock[d], arrived, p["depreciation"]))


class PairAgent(mesa.Agent):
    """A challenger and its possible target."""

    def __init__(self, model: Alliance, index: int) -> None:
        super().__init__(model)
        layout = model.layout
        self.challenger = model.of_state[int(layout.challenger[index])]
        self.target = model.of_state[int(layout.target[index])]
        self.theatre = int(layout.theatre[index])
        self.rest = self.hostility = float(layout.pairs.hostility[index])
        self.stake = float(layout.pairs.stakes[index])
        self.fading = float(layout.pairs.distance[index]) * sum(
            w / model.p[f"reach_{name}"] for w, name in zip(THEATRE_WEIGHTS[self.theatre], DOMAINS, strict=True)
        )
        self.aided = float(layout.aided[index, 0])
        self.link = self.target.link
        reach = max(float(layout.states.homeland_reach[layout.challenger[index]]), 0.0)
        self.vulnerability = float(intervention.homeland_vulnerability(reach, 0.0, model.p["exposure_scale"]))
        self.alone = self.fatal = 0.0

    def judge(self) -> None:
        """Contest, promise and crisis tree, then this year's draw."""
        p, model = self.model.p, self.model
        strong = self.challenger.log_power[self.theatre] - self.fading
        own = self.target.log_power[self.theatre]
        edge = math.log(p["defender_edge"])
        self.alone = float(contest.chance_challenger_wins(strong, own, p["decisiveness"], edge))
        helped = contest.chance_challenger_wins(strong, own + self.target.help_power, p["decisiveness"], edge)
        effect = max(self.alone - float(helped), 0.0)
        fights = 0.0
        if self.aided:
            channels, links = model.channels[self.link], model.layout.links
            pull = intervention.audience(
                channels[0], float(links.troops[self.link]), channels[9], p["pledge_weight"], p["troops_weight"],
                p["umbrella_weight"],
            )  # fmt: skip
            inclined = intervention.inclination(
                p["intervention_baseline"], float(links.stakes[self.link]), p["stakes_weight"], pull, 0.0,
                p["load_weight"], 0.0, p["politics_weight"], 0.0, p["reputation_weight"],
            )  # fmt: skip
            fights = intervention.chance_reliable_type_fights(
                inclined, effect, p["help_weight"], self.vulnerability, p["homeland_exposure_weight"]
            )
        belief = model.belief.get(self.link, 0.5)
        promise = intervention.promise(fights, belief, p["unreliable_share"])
        found = crisis.solve(
            stake=self.stake, win_alone=self.alone, help_effect=effect, promise_seen_by_challenger=promise,
            promise_seen_by_target=promise, promise_true=promise, hostility=self.hostility,
            challenger_war_cost=crisis.cost_of_war(p["challenger_war_cost"], self.stake, p["war_cost_scaling"]),
            target_war_cost=crisis.cost_of_war(p["target_war_cost"], self.stake, p["war_cost_scaling"]),
            guarantor_nuclear_cost=p["guarantor_nuclear_cost"], target_nuclear_cost=0.0, recognition_gain=0.0,
            limited_gain=p["limited_gain"], limited_cost=p["limited_cost"], limited_damage=p["limited_damage"],
            demand_share=p["demand_share"], challenge_cost=p["challenge_cost"], back_down_cost=p["back_down_cost"],
            audience_cost=p["yielding_cost"] * self.stake, hostility_weight=p["hostility_weight"],
            precision=p["precision"],
        )  # fmt: skip
        self.fatal = float(
            crisis.chance_of_fatal_crisis(found.challenge, found.concession, found.attack, found.limited_force)
        )
        self._happen(found)

    def _happen(self, found: crisis.Crisis) -> None:
        p, luck = self.model.p, self.model.random
        dispute = luck.random() < found.challenge
        conceded = dispute and luck.random() < found.concession
        war = dispute and not conceded and luck.random() < found.attack
        self.hostility = float(
            hostility.hostility_next(
                self.hostility, self.rest, p["hostility_decay"], float(dispute), p["hostility_from_dispute"],
                float(war), p["hostility_from_war"], float(conceded), p["hostility_from_settlement"],
            )
        )  # fmt: skip


class Alliance(mesa.Model):
    """One future."""

    def __init__(self, layout: Layout, p: Parameters, seed: int = 1) -> None:
        super().__init__(seed=seed)
        self.layout, self.p, self.year = layout, p, 0
        self.channels = layout.links.channels
        self.belief = dict.fromkeys(range(layout.counts[2]), p["belief_at_start"])
        self.of_state = [StateAgent(self, i) for i in range(layout.counts[0])]
        pairs = [PairAgent(self, i) for i in range(layout.counts[1])]
        self.faced_by = [[x for x in pairs if x.target.index == i] for i in range(layout.counts[0])]

    def step(self) -> None:
        """Advance a year."""
        for link, belief in self.belief.items():
            moved = reliability.after_regime_change(
                belief, self.p["chance_turns_unreliable"], self.p["chance_turns_reliable"]
            )
            self.belief[link] = belief + self.p["belief_learning"] * (moved - belief)
        states = self.agents_by_type[StateAgent]
        states.do("muster")
        self.agents_by_type[PairAgent].do("judge")
        states.do("spend")
        states.do("procure")
        self.year += 1
