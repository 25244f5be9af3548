"""A brief in a few sentences: what depends on the guarantor, what changes and why, what would help most."""

from __future__ import annotations

from foedus import words
from foedus.brief import ranges
from foedus.brief.contents import STEADY, Brief
from foedus.brief.ranges import small
from foedus.names import country, possessive
from foedus.words import fraction, significant

SMALL = 0.05
"""Share of the loss below which a what-if is not worth a line of its own."""

MOSTLY = 0.7
"""Share of the loss, by loss, from which a cause is named for it."""

LITTLE = 0.02
"""Share of the need below which almost nothing depends on the guarantor."""

ENOUGH = 0.5
"""Challenger's chance of winning below which the ally holds it: what the account calls needed."""

WELL_BELOW = 0.4
"""The same, with room to spare."""

TOLD = 0.01
"""Share of what is lost to a state from which what is lost to fighters whom it sponsors is told apart."""


def in_short(brief: Brief) -> list[str]:
    """War, ground and loss; what depends on the guarantor, what changes and why, what would help."""
    account = brief.account
    need, guarantor = account.need, brief.guarantor
    if account.index.value >= LITTLE:
        first = (
            f"of the force needed to give {account.challenger_name} no better than even odds against "
            f"{account.front_name}, {fraction(account.index.value)} depends on {guarantor}"
        )
    else:
        first = (
            f"{account.front_name} can hold {account.challenger_name} without {guarantor}: by itself it would lose "
            f"{words.of_the_time(need.wins_pooled.value)}"
        )
    parts = (_danger(brief), first, _change(brief), *_why(brief)[:2], *_help(brief))
    return [*([account.measured_at] if account.borrowed else []), *(words.sentence(part) for part in parts)]


def _danger(brief: Brief) -> str:
    """War, ground and the whole loss by the last year, which no state betters by losing early; and to whom it loses."""
    last = brief.years[-1]
    told = (
        ("war-ever", f"a war against {brief.subject_name} by {last} has a chance of", small, "%"),
        ("ground-lost", "ground lost by then is", small, "% of what is at issue"),
        ("loss-total", "all losses", significant, "% of a year's GDP"),
    )
    said = []
    for name, text, shown, unit in told:
        steady = "" if brief.steady else f" (steady {shown(brief.value(f'{STEADY}-{name}'))})"
        said.append(f"{text} {shown(brief.value(name))} {unit}{steady}")
    return words.listed(said) + _lost_to(brief)


def _lost_to(brief: Brief) -> str:
    """`, nearly all of it to Russia`; and against whom it is measured, where the guarantor would not fight that one."""
    if "lost-to-share" not in brief.simulated:
        return ""
    code, account = brief.lost_to[0].challenger, brief.account
    name = country(brief.world.states.names[code])
    told = f", {words.share(brief.value('lost-to-share'))} of it to {name}"
    if (sponsored := brief.value("sponsored-part")) >= TOLD:
        told += f" ({100 * sponsored:.0f} % of that to fighters whom it sponsors)"
    if code == account.muster.code(account.need.challenger) or account.borrowed:
        return told
    return f"{told}, whom {brief.guarantor} would not fight; what follows is measured against {account.challenger_name}"


def _help(brief: Brief) -> list[str]:
    """The what-if that helps most among those whose sign is clear; one that promises more but may harm is flagged."""
    worth = [what for what in brief.levers if what.removed.value >= SMALL]
    best = next((what for what in worth if what.clear), None)
    found = [
        f"what helps most: {best.lever.words}, {100 * best.removed.value:.0f} % less"
        if best is not None
        else "No what-if run here clearly lowers the loss by 5 % or more"
    ]
    if worth and worth[0] is not best:
        most = worth[0]
        harms = ranges.futures(1.0 - most.better)
        found.append(f"uncertain: {most.lever.words}, {ranges.changed(most.removed)}, which raises the loss {harms}")
    return found


def _change(brief: Brief) -> str:
    number = brief.simulated["loss"]
    level = f"{brief.whose} expected loss is {ranges.gdp_band(number)} of GDP a year"
    if brief.steady:
        return f"With support as it is, {level}"
    ratio = brief.ratio
    gap = brief.simulated["difference"]
    unclear = gap.low < 0.0 < gap.high and not 0.92 < ratio < 1.08
    doubt = ", but not in all futures" if unclear else ""
    return f"Under {brief.under} {level}, {words.compared(ratio)} that under steady support{doubt}"


def _why(brief: Brief) -> list[str]:
    """Reasons from the model's own quantities, the strongest first."""
    if brief.steady:
        return []
    return _why_worse(brief) if brief.ratio >= 1.08 else _why_not(brief)


def _why_worse(brief: Brief) -> list[str]:
    account, found = brief.account, []
    if "promise-adversary-now" in brief.simulated:
        now, then = (brief.value(f"promise-adversary-{when}") for when in ("now", "lowest"))
        if now - then > 0.05:
            year = brief.value("promise-lowest-year")
            found.append(
                f"{brief.whose} challenger puts the chance of help at {fraction(now)} today and {fraction(then)} in "
                f"{year:.0f}, {_alone(brief)}"
            )
    need = account.need
    alone, pooled, helped = (100.0 * f.value for f in (need.wins_alone, need.wins_pooled, need.wins_helped))
    if alone - pooled > max(2.0 * (pooled - helped), 5.0):
        found.append(
            f"the pool weighs more than {possessive(country(brief.guarantor))} forces: alone, with it, and with "
            f"{brief.guarantor} too, {account.challenger_name} would win {alone:.0f}, {pooled:.0f} and {helped:.0f} % "
            "of the time"
        )
    return found


def _alone(brief: Brief) -> str:
    chance = brief.account.need.wins_pooled.value
    name = brief.account.front_name
    who = f"{name} and its pool" if _pooled(brief) else name
    if brief.account.index.value < LITTLE:
        return "but the rise starts from a low level"
    if chance < WELL_BELOW:
        return (
            f"but without it {who} would still lose only {words.of_the_time(chance)}: the rise starts from a low level"
        )
    return f"and without it {who} would lose {words.of_the_time(chance)}"


def _pooled(brief: Brief) -> bool:
    """Whether the ally's pool adds anything against the challenger."""
    need = brief.account.need
    return brief.pool is not None and need.wins_alone.value - need.wins_pooled.value > 0.005


def _why_not(brief: Brief) -> list[str]:
    account, found = brief.account, []
    mine, theirs = brief.events["posture"], brief.events[STEADY]
    limited = brief.simulated.get("limited-part")
    if limited is not None and limited.value >= MOSTLY:
        found.append(
            f"{words.share(limited.value)} of the loss is from force short of war, in which the guarantee plays little "
            f"part: {_per_future(brief, mine.limited)} times a future, and {_per_future(brief, theirs.limited)} under "
            "steady support"
        )
    if account.need.wins_pooled.value < ENOUGH and account.index.value >= LITTLE:
        found.append(
            f"without {brief.guarantor} {account.challenger_name} would still win only "
            f"{words.of_the_time(account.need.wins_pooled.value)}"
        )
    if brief.value("uncovered") > 0.3:
        found.append(f"{ranges.futures(brief.value('uncovered'))} its worst challenger is outside the guarantee")
    if brief.ratio < 0.92 and brief.value("spending-peak") > brief.value(f"{STEADY}-spending-peak"):
        found.append(
            f"with less support it spends {significant(brief.value('spending-peak'))} % of GDP instead of "
            f"{significant(brief.value(f'{STEADY}-spending-peak'))} %"
        )
    return found


def _per_future(brief: Brief, total: float) -> str:
    return significant(total / brief.futures)
