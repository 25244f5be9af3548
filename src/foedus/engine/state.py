"""What changes from year to year: one array a quantity, futures last, replaced and never written in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.engine.ceilings import ceiling
from foedus.engine.fronts import Fronts
from foedus.engine.layout import Floats
from foedus.engine.moves import Moves
from foedus.engine.plans import course
from foedus.engine.setting import At, Setting
from foedus.engine.shapes import (
    GroupFuture,
    GuarantorFuture,
    HelperFuture,
    LinkChannelFuture,
    LinkFuture,
    OptionStateFuture,
    PairFuture,
    PatronLinkFuture,
    PoolFuture,
    StageStateDomainFuture,
    StateDomainFuture,
    StateFuture,
)
from foedus.equations import alignment, nuclear, sponsorship, stocks
from foedus.equations.choice import Number
from foedus.equations.hedging import Option
from foedus.terms import Channel, Domain, Patron

STAGES = 3
"""Stages of every pipeline (Erlang)."""

RECOGNITION_AT_START = 0.5
"""Recognition every pair begins with, and to which it returns (eq. 32)."""


@dataclass(frozen=True)
class State:
    """The changing state of a chunk; last axis F futures."""

    gdp: StateFuture
    """billion USD"""
    share: StateFuture
    """military spending, share of GDP"""
    carried: StateFuture
    """the part of it that opinion and debt carry: less than all where more is ordered or announced"""
    debt: StateFuture
    """share of GDP"""
    tolerance: StateFuture
    """public mood on the burden, -1 to 1"""
    stock: StateDomainFuture
    """billion USD at purchasing power"""
    bought: StageStateDomainFuture
    """on order from the guarantor"""
    made: StageStateDomainFuture
    """on order at home or in the region"""
    dependence: StateDomainFuture
    """share of stock that needs the guarantor's sustainment"""
    home_share: StateFuture
    """share of stock made at home or in the region"""
    mixing: StateFuture
    """gap between the home share of orders and of stock, 0-1"""
    outage: StateFuture
    """share of dependent equipment out of action"""
    enablers: StateFuture
    """own shared enablers, billion USD"""
    portfolio: OptionStateFuture
    """shares of flexible procurement"""
    drift: LinkChannelFuture
    """departure of each channel from the announced posture"""
    relative: LinkChannelFuture
    """support delivered last year, relative to the start"""
    politics: GuarantorFuture
    """adverse politics"""
    reliable: GuarantorFuture
    """1 when the guarantor is of the reliable type"""
    reputation: GuarantorFuture
    """-2 to 2"""
    load: GuarantorFuture
    """involvement over capacity"""
    savings: GuarantorFuture
    """share of the guarantee's cost saved since the start"""
    belief_ally: LinkFuture
    """chance the ally gives to the reliable type"""
    belief_adversary: LinkFuture
    """chance adversaries give to it"""
    pending: LinkFuture
    """log-likelihood ratio of last year's crises, to be learnt from"""
    second_ally: HelperFuture
    """chance the ally gives to each second guarantor being of the reliable type"""
    second_adversary: HelperFuture
    """chance adversaries give to it"""
    second_pending: HelperFuture
    """as `pending`, of second guarantors"""
    tension: LinkFuture
    """0 to 2"""
    access: LinkFuture
    """0-1"""
    loyalty: LinkFuture
    """extra stakes bought, 0-1"""
    alignment: PatronLinkFuture
    """shares over `Patron` that sum to one"""
    interoperability: PoolFuture
    """0-1"""
    resolve: PoolFuture
    """chance a member helps another"""
    membership: StateFuture
    """1 while the state stays in its pool"""
    nuclear: StateFuture
    """`NuclearStatus`"""
    progress: StateFuture
    """stages of a programme done"""
    bomb_opinion: StateFuture
    """public support for own nuclear arms, -1 to 1"""
    hostility: PairFuture
    """0-1"""
    recognition: PairFuture
    """recognition the challenger enjoys from the target, 0-1"""
    peace: PairFuture
    """chance that there has been no war so far"""
    conceded: PairFuture
    """share of the issue conceded, 0-1"""
    cohesion: StateFuture
    """share of neighbours that stand together against each state, 0-1"""
    wars: StateFuture
    """wars fought last year"""
    fronts: Fronts
    """the wars that are on"""
    campaigns: GroupFuture
    """1 when a sponsored group is on campaign as the year begins"""
    strength: GroupFuture
    """what a sponsored group has left after its campaigns, 0.001 to 1"""
    ruin: StateFuture
    """share of its product that a state misses through war on its soil, blockade, and wars of others, 0-1"""
    arms_gap: LinkFuture
    """share of arms missing at the front of a state at war, by what has been cut, 0-1"""
    money_gap: LinkFuture
    """share of money missing there, 0-1"""
    threat: StateFuture
    """last year's threat"""
    moves: Moves
    """what was done this year so far; nothing when it begins"""

    @cached_property
    def dependent(self) -> StateFuture:
        """Share of each state's stock that needs the guarantor's sustainment, mean over domains."""
        return _float(self.dependence.mean(axis=1))


def at_start(setting: Setting) -> State:
    """State in the first year: stocks and pipelines steady, beliefs as the ledger says, nothing moved yet."""
    layout, p, futures = setting.layout, setting.p, setting.futures
    states, links = layout.states, layout.links
    counts, helpers = layout.counts, len(layout.backing.owner)

    def spread(values: np.ndarray) -> Floats:
        values = np.asarray(values, dtype=np.float32)
        return np.broadcast_to(values[..., None], (*values.shape, futures)).copy()

    def zeros(*shape: int) -> Floats:
        return np.zeros((*shape, futures), dtype=np.float32)

    stock = setting.stocks
    dependence = _starting_dependence(setting)
    flow = stock * p["depreciation"]
    bought = bought_share(dependence, setting) * flow
    home = _share_made(dependence, stock, setting)
    adverse = np.clip(_shifted(p["belief_at_start"], p["adversary_belief_gap"]), 0.01, 0.99)
    reliable = setting.draws.uniform(0, "type at start", setting.guarantor_ids) < p["belief_at_start"]
    fronts = Fronts.at_start(setting)
    peace = np.ones((counts.pairs, futures), dtype=np.float32)
    peace[fronts.pair, fronts.future] = 0.0
    return State(
        gdp=spread(states.gdp),
        share=_starting_share(setting),
        carried=_carried_at_start(setting),
        debt=spread(states.debt),
        tolerance=zeros(counts.states),
        stock=stock,
        bought=_float(stocks.steady_pipeline(bought, setting.lead_time, STAGES)),
        made=_float(
            stocks.steady_pipeline(flow - bought, setting.lead_time * home_delay(setting)[..., None, :], STAGES)
        ),
        dependence=dependence,
        home_share=home,
        mixing=zeros(counts.states),
        outage=zeros(counts.states),
        enablers=zeros(counts.states),
        portfolio=zeros(len(Option), counts.states),
        drift=zeros(counts.links, len(Channel)),
        relative=np.ones((counts.links, len(Channel), futures), dtype=np.float32),
        politics=zeros(counts.guarantors),
        reliable=reliable.astype(np.float32),
        reputation=zeros(counts.guarantors),
        load=zeros(counts.guarantors),
        savings=zeros(counts.guarantors),
        belief_ally=np.broadcast_to(p["belief_at_start"], (counts.links, futures)).copy(),
        belief_adversary=np.broadcast_to(adverse, (counts.links, futures)).astype(np.float32),
        pending=zeros(counts.links),
        second_ally=np.broadcast_to(p["belief_at_start"], (helpers, futures)).copy(),
        second_adversary=np.broadcast_to(adverse, (helpers, futures)).astype(np.float32),
        second_pending=zeros(helpers),
        tension=zeros(counts.links),
        access=spread(links.access),
        loyalty=zeros(counts.links),
        alignment=_starting_alignment(setting),
        interoperability=spread(layout.pools.interoperability),
        resolve=spread(layout.pools.resolve),
        membership=spread((layout.pool_of < counts.pools).astype(np.float32)),
        nuclear=spread(states.nuclear_pursuit),
        progress=zeros(counts.states),
        bomb_opinion=opinion_at_start(setting),
        hostility=setting.hostility_at_start,
        recognition=np.full((counts.pairs, futures), RECOGNITION_AT_START, dtype=np.float32),
        peace=peace,
        conceded=zeros(counts.pairs),
        cohesion=zeros(counts.states),
        wars=zeros(counts.states),
        fronts=fronts,
        campaigns=_campaigns_at_start(setting),
        strength=_starting_strength(setting),
        ruin=_starting_ruin(fronts, setting),
        arms_gap=zeros(counts.links),
        money_gap=zeros(counts.links),
        threat=zeros(counts.states),
        moves=Moves.none(setting),
    )


def opinion_at_start(setting: Setting) -> Floats:
    """Public support for own nuclear arms in the first year, [S, F]: -1 nobody, 1 everybody; assumed where unpolled."""
    polled = setting.layout.states.bomb_opinion[:, None]
    return _float(nuclear.opinion_at_start(polled, setting.p["opinion_unpolled"]))


def bought_share(dependence: Floats, setting: Setting) -> Floats:
    """Share of orders that go to the guarantor so that today's dependence is steady, [S, D, F] (eq. 26)."""
    return _float(stocks.bought_share(dependence, setting.p["home_dependence"], setting.p["bought_dependence"]))


def home_delay(setting: Setting) -> Floats:
    """How much longer home production takes at the start, [1, F]."""
    return setting.p["home_lead_time"][None]


def _starting_share(setting: Setting) -> Floats:
    """Spending in the first year, [S, F]: what a doctrine orders, else what was announced for it, else the latest."""
    ordered = setting.policy.spending[0][:, None]
    return _float(np.where(np.isnan(ordered), course(0, setting).share, ordered))


def _carried_at_start(setting: Setting) -> Floats:
    """The part of it that opinion and debt carry, [S, F], after the latest share and before any mood has moved."""
    states, links = setting.layout.states, setting.layout.links
    latest, debt, money = map(_float, (states.defence_share, states.debt, links.channels[:, Channel.MONEY]))
    calm = np.zeros((len(latest), 1), dtype=np.float32)
    most = ceiling(latest[:, None], debt[:, None], calm, money[:, None], setting)
    return _float(np.minimum(_starting_share(setting), np.maximum(most, latest[:, None])))


def _campaigns_at_start(setting: Setting) -> Floats:
    """The campaigns that facts say are on when a run begins, [U, F]; none with R36 off."""
    last = setting.layout.sponsors.fighters.campaign[-1]
    return _float(last[:, None] * setting.p["sponsored_open"])


def _starting_strength(setting: Setting) -> Floats:
    """What campaigns up to the year before the first have left of each group, [U, F]."""
    p, campaigns = setting.p, setting.layout.sponsors.fighters.campaign
    strength = np.ones((campaigns.shape[1], setting.futures), dtype=np.float32)
    for fought in campaigns[:-1]:
        after = sponsorship.strength_next(strength, fought[:, None], p["campaign_losses"], p["campaign_recovery"])
        strength = _float(after)
    return strength


def _starting_ruin(fronts: Fronts, setting: Setting) -> Floats:
    """What the wars that are on have cost so far, [S, F]; product at the start is what is left."""
    p, ruin = setting.p, np.zeros((setting.layout.counts.states, setting.futures), dtype=np.float32)
    now = At(p, fronts.future)
    so_far = now["war_ruin"] * (1.0 - (1.0 - now["war_ruin_speed"]) ** fronts.years)
    np.maximum.at(ruin, fronts.defender(setting), so_far)
    return ruin


def _starting_dependence(setting: Setting) -> Floats:
    layout = setting.layout
    linked = np.concatenate([layout.links.dependence, np.zeros((1, len(Domain)))])[layout.link_of]
    linked = np.broadcast_to(linked[..., None], (*linked.shape, setting.futures))
    has_link = (layout.link_of < len(layout.links.ally))[:, None, None]
    return _float(np.where(has_link, stocks.dependence_at_start(linked, setting.p["home_dependence"]), 0.0))


def _share_made(dependence: Floats, stock: Floats, setting: Setting) -> Floats:
    made = (1.0 - bought_share(dependence, setting)) * stock
    return _float(made.sum(axis=1) / np.maximum(stock.sum(axis=1), 1e-9))


def _starting_alignment(setting: Setting) -> Floats:
    nothing = np.zeros((setting.layout.counts.links, setting.futures), dtype=np.float32)
    return drawn_to(nothing, nothing, setting)


def drawn_to(promise: Floats, room: Floats, setting: Setting) -> Floats:
    """Shares of alignment over patrons toward which each ally is drawn, [patron, L, F] (eq. 37).

    promise  [L, F] believed chance of help from the guarantor, less that of the first year
    room     [L, F] support withdrawn since the start, which a rival power may fill, 0-1
    """
    p, layout = setting.p, setting.layout
    nothing, rival = np.zeros_like(promise), (layout.rival_similarity > 0.0)[:, None]
    similarity = np.stack(
        [layout.guarantor_similarity, layout.rival_similarity, np.zeros_like(layout.rival_similarity)]
    )
    dependence = np.zeros_like(similarity)
    dependence[Patron.GUARANTOR] = layout.links.dependence.mean(axis=1)
    return _float(
        alignment.patron_shares(
            similarity[:, :, None],
            p["similarity_weight"],
            np.stack([promise, nothing, nothing]),
            p["alignment_promise"],
            dependence[:, :, None],
            p["alignment_dependence"],
            np.stack([nothing, p["rival_outreach"] * (1.0 + room * rival), nothing]),
            p["outreach_weight"],
        )
    )


def _shifted(chance: Floats, log_odds_shift: Floats) -> Floats:
    return _float(1.0 / (1.0 + (1.0 - chance) / np.maximum(chance, 1e-6) * np.exp(-log_odds_shift)))


def _float(values: Number) -> Floats:
    return np.asarray(values, dtype=np.float32)
