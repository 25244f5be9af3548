"""One year of the model: what everybody sees, then what is done about it.

Read this file to know the model. `assess` (situation.py) looks at the world: events outside the model, the
guarantor's politics and channels, what is learnt of them, forces, the crisis of every pair, what presses on whom.
Each block below then moves the state on; it lives in the module named beside it, and each module is a few calls of
the pure functions in `foedus.equations`.

A block is any function (situation, state, setting) -> State. To change the model, hand a run another tuple of
blocks; to change one equation, use `foedus.swap`.
"""

from __future__ import annotations

from foedus.engine.concessions import concede
from foedus.engine.crises import draw_crises, settle_crises
from foedus.engine.pools import update_pools
from foedus.engine.portfolio import review_portfolios
from foedus.engine.procure import deliver, order
from foedus.engine.realignment import realign
from foedus.engine.response import adjust_support, carry_over
from foedus.engine.setting import Setting
from foedus.engine.situation import Block, Origin, Situation, assess
from foedus.engine.spending import spend
from foedus.engine.state import State
from foedus.engine.unleash import unleash
from foedus.engine.wars import wage_wars
from foedus.engine.weapons import pursue_weapons

BLOCKS: tuple[Block, ...] = (
    spend,  # spending.py: how much each state spends on its forces
    review_portfolios,  # portfolio.py: every third year, what it buys
    order,  # procure.py: money becomes orders,
    deliver,  # procure.py: and orders become stock
    update_pools,  # pools.py: who stays in a regional pool, and how far its members would go for one another
    pursue_weapons,  # weapons.py: nuclear programmes
    concede,  # concessions.py: ground given before anybody asks for it by force
    draw_crises,  # crises.py: what happens: challenges, concessions, limited force, wars, outcomes
    unleash,  # unleash.py: campaigns of fighters whom other states sponsor: begun, ended, what is left of them
    wage_wars,  # wars.py: wars that go on: fronts, ends, what they cost in product
    settle_crises,  # crises.py: and what it leaves behind
    adjust_support,  # response.py: the guarantor's answer: support, tension, access, reputation, load
    realign,  # realignment.py: toward which patron allies lean
    carry_over,  # response.py: what next year looks back on
)
"""The blocks of a year, in the order in which they run."""


def step(
    year: int, state: State, origin: Origin | None, setting: Setting, blocks: tuple[Block, ...] = BLOCKS
) -> tuple[Situation, State]:
    """Advance every future by one year.

    year    index into `setting.years`
    state   as last year left it
    origin  `situation.origin` of the first year; None in that year

    Returns what the year saw, and the state it leaves.
    """
    situation = assess(year, state, origin, setting)
    state = situation.state
    for block in blocks:
        state = block(situation, state, setting)
    return situation, state
