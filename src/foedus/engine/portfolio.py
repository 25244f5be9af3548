"""Block 6b: what allies buy: programmes compete for the same money (eqs 22-24, 34; R04, R07-R09, R12, R29)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from foedus.engine.doctrine import Doctrines
from foedus.engine.forces import Forces
from foedus.engine.layout import Floats
from foedus.engine.setting import Setting, rows
from foedus.engine.standoff import Standoff
from foedus.engine.state import State, bought_share
from foedus.engine.support import Support
from foedus.engine.threat import Foreseen, foresee
from foedus.equations import capability, hedging
from foedus.equations.choice import Number, at_least
from foedus.equations.contest import LEAST_POWER, THEATRE_WEIGHTS

OPTIONS = hedging.OPTIONS
PROGRAMME_YEARS = 5.0
"""A programme is this many years of flexible money: large enough to matter where a marginal coin would not."""

DOMAIN_OF = {
    "land": 0,
    "air": 1,
    "maritime": 2,
    "land_home": 0,
    "air_home": 1,
    "maritime_home": 2,
    "missile_defence": 1,
    "unmanned_cyber": 0,
    "c4isr": 3,
}
"""Domain whose stock an option adds to."""

ALL_DOMAINS = slice(0, 4)

LEAST_WORTH = 0.002
"""Stakes a year below which a difference in worth hardly moves money."""

NEW_OPTION_HABIT = 0.02
"""Share of flexible money that goes to each option without a stock behind it when nothing presses."""

KNOWN_OPTION_HABIT = 1.0 - NEW_OPTION_HABIT * sum(
    1 for name in OPTIONS if name not in ("land", "air", "maritime", "c4isr") and name[-5:] != "_home"
)
"""Share of flexible money that goes to the options with a stock behind them, by stock."""

AT_HOME = ("land_home", "air_home", "maritime_home", "c4isr", "missile_defence", "unmanned_cyber")
"""Options made at home or in the region."""


def review(
    standoff: Standoff,
    foreseen: Foreseen,
    forces: Forces,
    support: Support,
    state: State,
    budget: Floats,
    doctrines: Doctrines,
    setting: Setting,
) -> State:
    """Shares of flexible procurement after a review, [K, S, F].

    standoff, foreseen  against each state's worst challenger, [S, F]
    budget             [S, F] flexible money a year
    doctrines          shares fixed, or raised, by what a policy says
    """
    p, facing = setting.p, setting.layout.facing
    values = np.zeros((len(OPTIONS), *budget.shape), dtype=np.float32)
    now, delay = foreseen.perceived_loss[facing], home_delay(support, setting)[facing]
    for index, (name, changed) in enumerate(_programmes(standoff, forces, support, state, budget, setting)):
        after = foresee(changed, p).perceived_loss
        values[index, facing] = hedging.programme_value(now, after, lead_time(name, delay, setting), p["discount"])
    usual = habits(state, setting)
    habit = np.empty_like(values)
    for index, name in enumerate(OPTIONS):
        habit[index] = habit_share(name, *usual)
    shares = hedging.portfolio_shares(
        values,
        p["portfolio_precision"],
        _dislike(state, setting),
        _open(support, state, setting),
        habit,
        LEAST_WORTH,
    )
    decided = np.isnan(doctrines.shares)
    if not decided.all():
        shares = np.where(decided, shares, doctrines.shares).astype(np.float32)
    if doctrines.more is not None:
        shares = hedging.raised_shares(shares, doctrines.more).astype(np.float32)
    return replace(state, portfolio=shares)


def habits(state: State, setting: Setting) -> tuple[Floats, Floats]:
    """How stocks were built, [S, D, F] each: share of each domain, and share of it bought from the guarantor."""
    share = state.stock / np.maximum(state.stock.sum(axis=1, keepdims=True), 1e-9)
    return share, bought_share(state.dependence, setting)


def habit_share(name: str, share: Floats, bought: Floats) -> Floats | float:
    """Flexible money that goes to an option when nothing presses, [S, F]: as the stocks were built, a little to new.

    share, bought  from `habits`
    """
    domain = DOMAIN_OF.get(name, 0)
    if name == "c4isr":
        return KNOWN_OPTION_HABIT * share[:, domain]
    if name in ("land", "air", "maritime"):
        return KNOWN_OPTION_HABIT * share[:, domain] * bought[:, domain]
    if name.endswith("_home"):
        return KNOWN_OPTION_HABIT * share[:, domain] * (1.0 - bought[:, domain])
    return NEW_OPTION_HABIT


def lead_time(name: str, delay: Floats, setting: Setting) -> Number:
    """Mean years until an option works, [F], or [N, F] where it is made at home.

    delay  [N, F] how much longer home production takes
    """
    if name in DOMAIN_OF:
        return setting.lead_time[DOMAIN_OF[name]] * (delay if name in AT_HOME else 1.0)
    if name == "enablers":
        return setting.lead_time[3]
    return setting.p["breakout_years"] if name == "nuclear" else 1.0


def home_delay(support: Support, setting: Setting) -> Floats:
    """How much longer home production takes, [S, F]; transferred technology shortens it (R25)."""
    p = setting.p
    return np.asarray(
        1.0 + (p["home_lead_time"] - 1.0) * (1.0 - p["technology_effect"] * _technology(support, setting)),
        dtype=np.float32,
    )


def home_price(support: Support, setting: Setting) -> Floats:
    """Cost of home production relative to buying, [S, F]."""
    p = setting.p
    return np.asarray(
        1.0 + p["home_premium"] * (1.0 - p["technology_effect"] * _technology(support, setting)), dtype=np.float32
    )


def exchange(name: str, setting: Setting) -> Floats | float:
    """Capability an option buys per unit of money relative to the plain domain, [F]."""
    better = 1.0 + setting.remedy("exchange")
    if name == "missile_defence":
        return setting.p["exchange_missile_defence"] * better
    if name == "unmanned_cyber":
        return setting.p["exchange_unmanned"] * better
    return 1.0


def _programmes(
    standoff: Standoff, forces: Forces, support: Support, state: State, budget: Floats, setting: Setting
) -> Iterator[tuple[str, Standoff]]:
    """Each option in turn with the standoff after a programme of it, for states that face a challenger, [N, F].

    The reserve comes last, changes nothing and is left out.
    """
    p, layout = setting.p, setting.layout
    mine = layout.facing
    standoff, stock, gdp = standoff.of(mine), state.stock[mine], state.gdp[mine]
    effective, pooled, completeness = forces.effective[mine], forces.pooled[mine], forces.completeness[mine]
    budget = budget[mine]
    money = budget * PROGRAMME_YEARS * setting.price_level[mine]
    per_money = effective / at_least(stock, 1e-6)
    together = at_least(pooled + forces.guarantor_help[mine], LEAST_POWER)
    pooled = at_least(pooled, LEAST_POWER)
    price = home_price(support, setting)[mine]

    def raised(power: Number, domains: slice) -> Standoff:
        """The standoff once an option adds `power` to `domains`, [N, domains, F]."""
        weights = THEATRE_WEIGHTS[layout.main_theatre[mine], domains]
        return standoff.but(
            log_alone=standoff.log_alone + _rise(pooled[:, domains], power, weights),
            log_helped=standoff.log_helped + _rise(together[:, domains], power, weights),
        )

    for name in OPTIONS[:-1]:
        spent = money / price if name in AT_HOME else money
        if name in ("c4isr", "enablers"):
            yield name, raised(_completed(spent, effective, stock, completeness, p), ALL_DOMAINS)
        elif name in DOMAIN_OF:
            domain = slice(DOMAIN_OF[name], DOMAIN_OF[name] + 1)
            yield name, raised((spent * exchange(name, setting))[:, None] * per_money[:, domain], domain)
        elif name == "pool":
            bound = np.tanh(p["pool_resolve_gain"] * money / np.maximum(gdp * 0.01, 1e-6))
            resolve = np.maximum(rows(state.resolve, layout.pool_of[mine]), 0.05)
            yield name, raised(forces.pool_help[mine] * ((1.0 - resolve) * bound / resolve)[:, None], ALL_DOMAINS)
        elif name == "nuclear":
            armed = np.maximum(standoff.target_nuclear_cost, p["target_nuclear_cost"])
            yield name, standoff.but(target_nuclear_cost=armed)
        elif name == "loyalty":
            bought = hedging.loyalty_stakes_next(
                0.0, budget / gdp, p["loyalty_scale"], p["loyalty_effect"], p["loyalty_decay"]
            )
            yield name, standoff.but(inclination=standoff.inclination + p["stakes_weight"] * bought)


def _rise(base: Floats, added: Number, weights: Floats) -> Floats:
    """Rise of log power in the theatre of each state's worst challenger (land when it has none), [N, F].

    base, added  [N, domains, F], base positive
    weights      [N, domains] of the domains there
    """
    return np.asarray(np.einsum("sdf,sd->sf", np.log1p(added / base), weights), dtype=np.float32)


def _completed(
    spent: Floats, effective: Floats, stock: Floats, completeness: Floats, p: Mapping[str, Floats]
) -> Floats:
    """Effective capability gained in each domain by money spent on C4ISR, [N, D, F]: own stock, and a fuller picture.

    The picture gets no fuller than whole; beyond that only the stock counts.
    """
    floor = p["c4isr_floor"]
    needed = capability.c4isr_needed(stock[:, 0], stock[:, 1], stock[:, 2], p["c4isr_need"])
    useful = np.minimum(spent, stock.sum(axis=1))
    fuller = np.minimum(useful / np.maximum(needed, 1e-6), np.maximum(1.0 - completeness, 0.0))
    gain = effective * ((1.0 - floor) * fuller / (floor + (1.0 - floor) * completeness))[:, None]
    gain[:, 3] += effective[:, 3] / np.maximum(stock[:, 3], 1e-6) * useful
    return np.asarray(gain, dtype=np.float32)


def _dislike(state: State, setting: Setting) -> Floats:
    """Political cost of each option on the scale of the best programme, [K, S, F]."""
    dislike = np.zeros((len(OPTIONS), *state.share.shape), dtype=np.float32)
    dislike[OPTIONS.index("nuclear")] = 1.0 - setting.p["elite_share"] * state.bomb_opinion
    dislike[OPTIONS.index("pool")] = setting.p["autonomy_weight"]
    dislike[OPTIONS.index("reserve")] = 0.3
    return dislike


def _open(support: Support, state: State, setting: Setting) -> Floats:
    """Which options a state has, [K, S, F]."""
    p, layout = setting.p, setting.layout
    shape = state.share.shape
    linked = np.broadcast_to((layout.link_of < layout.counts[2])[:, None], shape)
    arms = rows(np.minimum(support.relative[:, 3], 1.0), layout.link_of) > 0.05
    closed: dict[str, Floats] = {
        "c4isr": p["c4isr_open"],
        "loyalty": p["loyalty_open"] * linked,
        "pool": p["pool_open"] * state.membership,
        "nuclear": p["nuclear_open"] * ((state.nuclear > 1.5) & (state.nuclear < 2.5)),
    }
    result = np.ones((len(OPTIONS), *shape), dtype=np.float32)
    for index, name in enumerate(OPTIONS):
        if name in closed:
            result[index] = closed[name]
        elif name.endswith("_home"):
            result[index] = p["home_open"]
        elif name in ("land", "air", "maritime"):
            result[index] = arms | ~linked
    return result


def _technology(support: Support, setting: Setting) -> Floats:
    level = rows(np.minimum(support.channel("technology"), 1.0), setting.layout.link_of)
    return np.asarray(level, dtype=np.float32)
