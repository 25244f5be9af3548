"""What allies and adversaries learn about the guarantor (eqs 8-10; R02, R05, R06)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.adder import Adder
from foedus.engine.among import when
from foedus.engine.layout import Floats, Indices, floats
from foedus.engine.setting import Setting, elects
from foedus.engine.state import State
from foedus.engine.support import Support, given_beside
from foedus.equations import reliability
from foedus.terms import Channel

EVIDENCE = {
    "pledge": "evidence_cut_pledge",
    "troops": "evidence_cut_troops",
    "reinforcement": "evidence_cut_arms",
    "arms": "evidence_cut_arms",
    "sustainment": "evidence_cut_intelligence",
    "intelligence": "evidence_cut_intelligence",
    "training": "evidence_cut_arms",
    "technology": "evidence_cut_arms",
    "missile_defence": "evidence_cut_arms",
    "nuclear": "evidence_cut_pledge",
    "money": "evidence_cut_arms",
}
"""Which parameter weighs the evidence of a cut in each channel."""

_EVIDENCE = tuple(EVIDENCE[channel.key] for channel in Channel)


def learn(year: int, support: Support, state: State, setting: Setting) -> State:
    """Beliefs after this year's signals: regime drift at elections, then channels and last year's crises (eq. 10)."""
    p, layout = setting.p, setting.layout
    if year == 0:
        return state
    news = p["belief_learning"] * (_channel_evidence(year, support, setting) + state.pending)
    heard = news + p["spillover"] * _others(news, layout.link_guarantor, layout.by_guarantor)
    second = p["belief_learning"] * (_evidence_of_second(year, setting) + state.second_pending)
    of_second = second + p["spillover"] * _others(second, layout.backing.owner, layout.by_backer)
    return replace(
        state,
        belief_ally=_after(year, state.belief_ally, heard, setting),
        belief_adversary=_after(year, state.belief_adversary, heard, setting),
        second_ally=_after(year, state.second_ally, of_second, setting),
        second_adversary=_after(year, state.second_adversary, of_second, setting),
    )


def _after(year: int, belief: Floats, heard: Floats, setting: Setting) -> Floats:
    """A belief once the evidence of a year is heard."""
    updated = reliability.updated(_prior(year, belief, setting), heard, setting.p["most_evidence"])
    return np.clip(updated, 0.005, 0.995)


def _prior(year: int, belief: Floats, setting: Setting) -> Floats:
    return when(elects(year, setting), lambda: _after_election(belief, setting), belief)


def _after_election(belief: Floats, setting: Setting) -> Floats:
    p = setting.p
    moved = reliability.after_regime_change(belief, p["chance_turns_unreliable"], p["chance_turns_reliable"])
    return np.asarray(belief + p["belief_learning"] * (moved - belief), dtype=np.float32)


def _channel_evidence(year: int, support: Support, setting: Setting) -> Floats:
    """Log-likelihood ratio of this year's changes of support, [L, F]; channels never provided say nothing."""
    p, start = setting.p, setting.layout.links.channels
    weight = np.stack([p[name] for name in _EVIDENCE])
    seen = reliability.evidence_of_support(support.change, weight, p["delivery_to_cut"] * weight, p["noticed_change"])
    total = (np.minimum(start, 1.0)[:, :, None] * seen).sum(axis=1)
    newly_off = np.maximum(setting.policy.switched_off[year] - setting.policy.switched_off[year - 1], 0.0)
    return np.asarray(total - p["evidence_switch_off"] * newly_off[:, None], dtype=np.float32)


def _evidence_of_second(year: int, setting: Setting) -> Floats:
    """The same of second guarantors, [H, F], by what a posture lets each give; nothing where none says anything."""
    p = setting.p
    if setting.policy.second is None:
        return np.zeros((len(setting.layout.backing.owner), setting.futures), dtype=np.float32)
    weight = np.stack([p[name] for name in _EVIDENCE])
    change = given_beside(year, setting)[0] - given_beside(year - 1, setting)[0]
    seen = reliability.evidence_of_support(change, weight, p["delivery_to_cut"] * weight, p["noticed_change"])
    return np.asarray(floats(seen).sum(axis=1), dtype=np.float32)


def _others(news: Floats, of_link: Indices, summed: Adder) -> Floats:
    """Mean evidence that the guarantor's other allies saw, by link.

    of_link  index into guarantors of each link
    summed   sums links by guarantor
    """
    count = np.bincount(of_link)[of_link][:, None].astype(np.float32)
    total = summed(news)[of_link]
    return np.asarray((total - news) / np.maximum(count - 1.0, 1.0), dtype=np.float32)


def crisis_evidence(
    fought: Floats, reliable: Floats, place: tuple[Indices, Indices], links: int, setting: Setting
) -> Floats:
    """Log-likelihood ratio, [links, F], of promises that fell due: fought or abstained at places (link, future)."""
    _, columns = place
    unreliable = reliable * setting.p["unreliable_share"][columns]
    seen = reliability.evidence_of_fighting(fought, reliable, unreliable)
    total = np.zeros((links, setting.futures), dtype=np.float32)
    np.add.at(total, place, seen)
    return total


def doubt(state: State, promise: Floats, setting: Setting) -> Floats:
    """Doubt in the guarantor, [L, F]: disbelief plus caution about how far politics could swing it (R02).

    promise  [L, F] believed chance of help; its spread follows from the volatility of politics through eq. 14
    """
    p = setting.p
    steady = np.sqrt(1.0 - p["politics_persistence"] ** 2)
    spread = p["politics_weight"] * p["politics_volatility"] * setting.policy.politics_spread / steady
    deviation = promise * (1.0 - promise) * spread
    return np.asarray((1.0 - state.belief_ally) + p["caution"] * deviation, dtype=np.float32)
