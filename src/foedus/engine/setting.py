"""What stays the same through a chunk of futures: parameters, posture, luck, distances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine import quarrel
from foedus.engine.draws import Draws, identities
from foedus.engine.layout import Floats, Indices, Layout
from foedus.engine.models import Helpers, InterventionModel
from foedus.engine.policy import Policy
from foedus.engine.quarrel import Covariates
from foedus.equations import contest, effort, intervention
from foedus.ledger.sampling import triangular
from foedus.terms import Channel, Domain
from foedus.world.model import Links

REVIEW_YEARS = 3
"""Every how many years allies review what they buy."""

ELECTION_YEARS = 4
"""Every how many years the guarantor's type may change."""


def elects(year: int, setting: Setting) -> bool:
    """Whether the guarantor's type may change in a year."""
    return (setting.years[year] - setting.years[0]) % ELECTION_YEARS == ELECTION_YEARS - 1


@dataclass(frozen=True)
class Setting:
    """Everything a year's step reads and never writes. Parameter arrays are [F]."""

    layout: Layout
    years: tuple[int, ...]
    policy: Policy
    p: Mapping[str, Floats]
    draws: Draws
    unknowns: Draws
    """where in its sourced range each fact lies: twins, which share what is not known, share these draws"""
    helpers: Helpers
    """facts on those who may be asked to fight"""
    model: InterventionModel | None = None
    """of who fights, in the place of eq. (14); None for that equation"""

    @property
    def futures(self) -> int:
        """How many futures run side by side."""
        return len(self.draws.futures)

    @cached_property
    def reach(self) -> Floats:
        """[D, F] km over which each domain's power falls by e."""
        return np.stack([self.p[f"reach_{domain.key}"] for domain in Domain])

    @cached_property
    def lead_time(self) -> Floats:
        """[D, F] years from order to service."""
        return np.stack([self.p[f"lead_time_{domain.key}"] for domain in Domain])

    @cached_property
    def pair_fading(self) -> Floats:
        """[P, F] log-power the challenger loses on the way: distance times the weighted inverse reach (eq. 4, 6)."""
        weights = contest.THEATRE_WEIGHTS[self.layout.theatre].T[:, :, None]
        return np.asarray(
            contest.log_fading(self.layout.pairs.distance[:, None], self.reach[:, None], weights), dtype=np.float32
        )

    @cached_property
    def proximity(self) -> Floats:
        """[P, F] how near each challenger's power is, 0-1 (eq. 19)."""
        return np.asarray(effort.proximity(self.pair_fading), dtype=np.float32)

    @cached_property
    def pool_fading(self) -> tuple[Floats, ...]:
        """By pool, [helper, helped, D, F] share of a member's force that reaches a fellow member (eq. 4)."""
        return tuple(
            np.asarray(contest.delivered_share(distance[:, :, None, None], self.reach), dtype=np.float32)
            for distance in self.layout.pool_distance
        )

    @cached_property
    def reinforcement_delay(self) -> Floats:
        """[L, F] share of a reinforcement that is in time."""
        distance = self.layout.links.distance.astype(np.float32)[:, None]
        p = self.p
        return np.asarray(
            contest.share_in_time(distance, p["sealift_speed"], p["mobilisation_days"], p["campaign_days"]),
            dtype=np.float32,
        )

    @cached_property
    def delay_of_second(self) -> Floats:
        """[H, F] share of a second guarantor's reinforcement that is in time."""
        p, distance = self.p, self.layout.backing.links.distance[:, None]
        return np.asarray(
            contest.share_in_time(distance, p["sealift_speed"], p["mobilisation_days"], p["campaign_days"]),
            dtype=np.float32,
        )

    @cached_property
    def exposure_of_second(self) -> Floats:
        """[N, F] exposure of each second guarantor's homeland to the challenger of its case.

        By all its warheads, not those of intercontinental reach: most second guarantors are neighbours of the ally.
        """
        layout, backing = self.layout, self.layout.backing
        warheads = self.warheads[layout.challenger[backing.pair]]
        shield = layout.states.missile_defence[backing.links.guarantor[backing.link]][:, None]
        return np.asarray(
            intervention.homeland_vulnerability(warheads, np.clip(shield, 0.0, 1.0), self.p["exposure_scale"]),
            dtype=np.float32,
        )

    @cached_property
    def vulnerability(self) -> Floats:
        """[P, F] exposure of the target's guarantor to each challenger; its mean everywhere when R18 is off."""
        layout = self.layout
        reach = np.maximum(self.homeland_reach, 0.0)[layout.challenger]
        shield = rows(layout.states.missile_defence[layout.links.guarantor], layout.target_link)[:, None]
        stopped = np.clip(shield + self.policy.homeland_defence, 0.0, 1.0)
        by_pair = intervention.homeland_vulnerability(reach, stopped, self.p["exposure_scale"])
        linked = layout.aided > 0.0
        mean = (by_pair * linked).sum(axis=0) / max(float(linked.sum()), 1.0)
        apart = self.p["exposure_by_theatre"]
        return np.asarray(apart * by_pair + (1.0 - apart) * mean, dtype=np.float32)

    @cached_property
    def balancing_distance(self) -> Floats:
        """[P, F] distance between challenger and target in units of reach by air, at most 3 (eq. 33)."""
        return np.asarray(np.minimum(self.layout.pairs.distance[:, None] / self.p["reach_air"], 3.0), dtype=np.float32)

    @cached_property
    def price_level(self) -> Floats:
        """[S, F] defence purchasing power, placed in its sourced range by `price_level_span`."""
        states = self.layout.states
        low, mid, high = (x[:, None] for x in (states.price_level_low, states.price_level, states.price_level_high))
        span = self.p["price_level_span"][None]
        below = low + (mid - low) * 2.0 * span
        above = mid + (high - mid) * (2.0 * span - 1.0)
        return np.where(span < 0.5, below, above).astype(np.float32)

    @cached_property
    def known(self) -> Covariates:
        """What is known of each pair before anybody moves, [P, 1] each."""
        return Covariates.of(self.layout.pairs)

    @cached_property
    def challenge_cost(self) -> Floats:
        """[P, F] what opening a crisis costs each challenger (eq. 18a)."""
        return np.asarray(quarrel.cost_of_challenge(self.known, self.p), dtype=np.float32)

    @cached_property
    def stakes(self) -> Floats:
        """[P, F] what each pair quarrels about (eq. 18b)."""
        return np.asarray(quarrel.stake(self.known, self.p), dtype=np.float32)

    @cached_property
    def values(self) -> Floats:
        """[P, F] what the target would lose with all of it, in stakes, drawn from its sourced range."""
        pairs = self.layout.pairs
        return self._drawn("value", self.pair_ids, pairs.value_low, pairs.value, pairs.value_high)

    @cached_property
    def front_at_start(self) -> Floats:
        """[P, F] share of the issue that attackers hold where a war is on, drawn from its sourced range."""
        pairs = self.layout.pairs
        return self._drawn("front", self.pair_ids, pairs.front_low, pairs.front, pairs.front_high)

    @cached_property
    def stocks(self) -> Floats:
        """[S, D, F] stocks at the start, billion USD at purchasing power, by what of them can be used."""
        states = self.layout.states
        middle = np.ones_like(states.usable_low)
        usable = self._drawn("usable", self.state_ids, states.usable_low, middle, states.usable_high)
        return np.asarray(states.stocks[:, :, None] * usable[:, None], dtype=np.float32)

    @cached_property
    def warheads(self) -> Floats:
        """[S, F] stockpile of each state."""
        states = self.layout.states
        ends = states.warheads_low, states.warheads, states.warheads_high
        return self._drawn("warheads", self.state_ids, *ends)

    @cached_property
    def homeland_reach(self) -> Floats:
        """[S, F] warheads deliverable at intercontinental range."""
        states = self.layout.states
        ends = states.reach_low, states.homeland_reach, states.reach_high
        return self._drawn("reach", self.state_ids, *ends)

    @cached_property
    def troops(self) -> Floats:
        """[L, F] persons on each ally's soil at the start."""
        links = self.layout.links
        return self._drawn("troops", self.link_ids, links.troops_low, links.troops, links.troops_high)

    @cached_property
    def second_channels(self) -> Floats:
        """[H, C, F] what each channel of a second guarantor gives at the start, 0-1."""
        links = self.layout.backing.links
        names = [f"{link} {channel.key}" for link in self._ends(links) for channel in Channel]
        low, peak, high = (x.reshape(-1) for x in (links.channels_low, links.channels, links.channels_high))
        drawn = self._drawn("second channel", identities(names), low, peak, high)
        return drawn.reshape(len(links.ally), len(Channel), self.futures)

    @cached_property
    def second_troops(self) -> Floats:
        """[H, F] persons that each second guarantor has on its ally's soil at the start."""
        links = self.layout.backing.links
        return self._drawn("second troops", self.second_ids, links.troops_low, links.troops, links.troops_high)

    @cached_property
    def second_stakes(self) -> Floats:
        """[H, F] what each ally is worth to its second guarantor, 0-1."""
        links = self.layout.backing.links
        return self._drawn("second stakes", self.second_ids, links.stakes_low, links.stakes, links.stakes_high)

    @cached_property
    def second_ids(self) -> np.ndarray:
        """[H] identities for luck."""
        return identities(self._ends(self.layout.backing.links))

    @cached_property
    def link_ids(self) -> np.ndarray:
        """[L] identities for luck."""
        return identities(self._ends(self.layout.links))

    def _ends(self, links: Links) -> list[str]:
        """Guarantor and ally of each link, as one word."""
        names = self.layout.states.iso3
        return [f"{names[a]}: {names[b]}" for a, b in zip(links.guarantor, links.ally, strict=True)]

    @cached_property
    def overlay(self) -> Floats:
        """[P, F] hostility that analysts add to what the record of disputes gives, drawn from its range."""
        pairs = self.layout.pairs
        drawn = self._drawn("overlay", self.pair_ids, pairs.overlay_low, pairs.overlay, pairs.overlay_high)
        return np.asarray(self.p["judgement"] * drawn, dtype=np.float32)

    @cached_property
    def hostility_at_rest(self) -> Floats:
        """[P, F] hostility to which each pair returns, and below which it does not fall."""
        rivals = self.p["hostility_of_rivals"] * self.layout.pairs.rival[:, None]
        return np.asarray(np.clip(rivals + self.overlay, 0.0, 1.0), dtype=np.float32)

    @cached_property
    def hostility_at_start(self) -> Floats:
        """[P, F] hostility of each pair at the start, from its disputes so far (eqs 31-31b)."""
        pairs = self.layout.pairs
        kinds, kind = np.unique(pairs.past.until_now(pairs.rival), axis=2, return_inverse=True)
        *_, level = quarrel.remembered(quarrel.PairRecord(*kinds[..., None]), self.p)
        level = level.take(kind.reshape(-1), axis=0) + self.overlay
        return np.asarray(np.clip(level, 0.0, 1.0), dtype=np.float32)

    @cached_property
    def group_loss(self) -> Floats:
        """[U, F] share of its product that a group's campaign costs the target, drawn from its sourced range."""
        of = self.layout.sponsors.fighters
        return self._drawn("group loss", self.group_ids, of.loss_low, of.loss, of.loss_high)

    @cached_property
    def group_host_loss(self) -> Floats:
        """[U, F] the same of the group's host."""
        of = self.layout.sponsors.fighters
        return self._drawn("group host loss", self.group_ids, of.host_loss_low, of.host_loss, of.host_loss_high)

    @cached_property
    def group_tied(self) -> Floats:
        """[U, F] share of the target's forces that the campaign ties down."""
        of = self.layout.sponsors.fighters
        return self._drawn("group tied", self.group_ids, of.tied_low, of.tied, of.tied_high)

    def _drawn(self, use: str, owners: np.ndarray, low: np.ndarray, peak: np.ndarray, high: np.ndarray) -> Floats:
        """Triangular draws of a fact from its range, [N, F], narrowed to the peak as `pair_figure_spread` falls to 0.

        owners  [N] identities for luck of those whose fact it is
        """
        low, peak, high = (x[:, None] for x in (low, peak, high))
        drawn = triangular(self.unknowns.uniform(0, use, owners), low, peak, high)
        return np.asarray(peak + self.p["pair_figure_spread"] * (drawn - peak), dtype=np.float32)

    @cached_property
    def pair_ids(self) -> np.ndarray:
        """[P] identities for luck."""
        names, layout = self.layout.states.iso3, self.layout
        return identities([f"{names[a]}>{names[b]}" for a, b in zip(layout.challenger, layout.target, strict=True)])

    @cached_property
    def case_ids(self) -> np.ndarray:
        """[N] identities for luck: a second guarantor, and the pair in which it may fight."""
        names, layout, backing = self.layout.states.iso3, self.layout, self.layout.backing
        helpers, pairs = backing.links.guarantor[backing.link], backing.pair
        ends = zip(helpers, layout.challenger[pairs], layout.target[pairs], strict=True)
        return identities([f"{names[a]}: {names[b]}>{names[c]}" for a, b, c in ends])

    @cached_property
    def group_ids(self) -> np.ndarray:
        """[U] identities for luck: a sponsored group, and its target."""
        names, fighters = self.layout.states.iso3, self.layout.sponsors.fighters
        return identities([f"{a}: {names[b]}" for a, b in zip(fighters.group, fighters.target, strict=True)])

    @cached_property
    def state_ids(self) -> np.ndarray:
        """[S] identities for luck."""
        return identities(self.layout.states.iso3)

    @cached_property
    def guarantor_ids(self) -> np.ndarray:
        """[G] identities for luck."""
        return identities([self.layout.states.iso3[i] for i in self.layout.guarantors])

    def remedy(self, name: str) -> Floats:
        """Strength of a remedy in each future: level times the parameter that says what it does (eq. 41)."""
        return np.asarray(
            self.policy.remedies.get(name, 0.0) * self.p[f"remedy_{name}"] * self.p["remedy_effect"],
            dtype=np.float32,
        )


@dataclass(frozen=True)
class At(Mapping[str, Floats]):
    """Parameters at chosen futures, each picked when asked for.

    of       parameters, [F] each
    futures  [n] index of the future of each entry
    """

    of: Mapping[str, Floats]
    futures: Indices

    def __getitem__(self, name: str) -> Floats:
        return self.of[name][self.futures]

    def __iter__(self) -> Iterator[str]:
        return iter(self.of)

    def __len__(self) -> int:
        return len(self.of)


def rows(values: NDArray[Any], index: Indices) -> Floats:
    """Rows `index` of `values`; zeros where the index is one past the last, which stands for no link or no pool."""
    padded = np.concatenate([values, np.zeros((1, *values.shape[1:]), dtype=values.dtype)])
    return padded.take(index, axis=0)
