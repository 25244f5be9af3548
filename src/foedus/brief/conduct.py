"""What the model says the ally does, in sentences: spending, purchases, pool, nuclear weapons, concessions."""

from __future__ import annotations

from foedus import words
from foedus.brief import ranges
from foedus.brief.contents import STEADY, Brief

PURCHASES = {
    "arms from the guarantor": ("land", "air", "maritime"),
    "arms made at home or in the region": ("land_home", "air_home", "maritime_home"),
    "its own intelligence, command and enablers": ("c4isr", "enablers"),
    "missile defence and unmanned systems": ("missile_defence", "unmanned_cyber"),
    "the pool's common fund": ("pool",),
    "the guarantor's favour": ("loyalty",),
    "nuclear weapons": ("nuclear",),
}
"""What flexible money buys, in groups a reader knows."""


TIGHT = 0.5
"""Share of futures without room to borrow from which the debt is what binds."""


def does(brief: Brief) -> list[str]:
    """Spending against what its public bears, what it buys, its pool, nuclear weapons, concessions."""
    found = [_spends(brief), _buys(brief), _pool(brief)]
    if (bomb := _bomb(brief)) is not None:
        found.append(bomb)
    found.append(_concessions(brief))
    return [words.sentence(part) for part in found]


def _spends(brief: Brief) -> str:
    peak, most = brief.simulated["spending-peak"], brief.simulated["ceiling"]
    now, year = brief.value("spending-now"), brief.value("spending-peak-year")
    steady = "" if brief.steady else f", {brief.value(f'{STEADY}-spending-peak'):.1f} % under steady support"
    if peak.value - now < 0.05:
        path = f"spends {now:.1f} % of GDP and no more"
    else:
        path = f"spends {now:.1f} % of GDP today and at most {ranges.band(peak)} in {year:.0f}{steady}"
    debt = brief.value("no-fiscal-room")
    room = (
        f"; its debt leaves no room for more {ranges.futures(debt)}"
        if debt > TIGHT
        else f"; its public in a neutral mood tolerates {ranges.band(most)}"
    )
    return path + room


def _buys(brief: Brief) -> str:
    total = sum(brief.buys.values())
    groups = {name: sum(brief.buys[option] for option in options) / total for name, options in PURCHASES.items()}
    top = sorted(groups, key=lambda name: -groups[name])[:3]
    shares = [f"{100 * groups[name]:.0f} % {'goes to' if name == top[0] else 'to'} {name}" for name in top]
    return f"of the procurement money it can reallocate, {words.listed(shares)}"


def _pool(brief: Brief) -> str:
    if brief.pool:
        resolve = brief.value("pool-resolve")
        return f"its pool, {brief.pool}, would fight for it {words.of_the_time(resolve)}"
    return "It is in no pool"


def _bomb(brief: Brief) -> str | None:
    armed = brief.world.states.warheads[brief.world.index(brief.ally)] > 0.0
    if armed:
        return "It has nuclear weapons, which the model leaves as they are"
    programme, weapon = (brief.value(f"bomb-{name}") for name in ("programme", "armed"))
    if programme <= 0.0:
        return None
    steady = "" if brief.steady else f" (steady: {100 * brief.value(f'{STEADY}-bomb-programme'):.0f})"
    has = ranges.futures(weapon).removesuffix(" of 100 futures")
    return f"It starts a nuclear weapons programme {ranges.futures(programme)}{steady} and is armed {has}"


def _concessions(brief: Brief) -> str:
    share = brief.value("gave-ground")
    steady = "" if brief.steady else f" (steady: {100 * brief.value(f'{STEADY}-gave-ground'):.0f})"
    return f"It makes concessions {ranges.futures(share)}{steady}"
