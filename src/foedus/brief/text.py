"""A brief in plain English: every sentence is chosen and filled by the figures, so that briefs differ for reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.brief import cost, words
from foedus.brief.gather import STEADY, Brief
from foedus.brief.reading import Simulated
from foedus.exposure.words import days, fraction, percent
from foedus.results.words import possessive, significant

DOMAIN_WORDS = {
    "land": "land",
    "air": "air and missile defence",
    "maritime": "sea",
    "c4isr": "intelligence and command",
}

HELP = "Would help"

PURCHASES = {
    "arms from the guarantor": ("land", "air", "maritime"),
    "arms made at home or in the region": ("land_home", "air_home", "maritime_home"),
    "its own intelligence, command and enablers": ("c4isr", "enablers"),
    "missile defence and unmanned systems": ("missile_defence", "unmanned_cyber"),
    "the pool's common fund": ("pool",),
    "the guarantor's favour": ("loyalty",),
    "a bomb": ("nuclear",),
}
"""What flexible money buys, in groups a reader knows."""

SMALL = 0.05
"""Share of the loss below which a what-if is not worth a line of its own."""

LEAST_CHANGE = 0.01
"""Share of the loss below which a what-if changes nothing to speak of."""

LITTLE = 0.02
"""Share of the need below which next to nothing rests on the guarantor."""

ENOUGH = 0.5
"""Challenger's chance of winning below which the ally holds it: what the account calls needed."""


WELL_BELOW = 0.4
"""The same, with room to spare."""


@dataclass(frozen=True)
class Section:
    """A heading and its text: a paragraph, or lines when there are several."""

    title: str
    lines: tuple[str, ...]


def title(brief: Brief) -> str:
    """What the brief is about."""
    rest = brief.posture.title.partition(":")[2]
    return f"{brief.name.upper()} under {under(brief)}" + (f":{rest}" if rest else "")


def under(brief: Brief) -> str:
    """The posture in running text: the head of its title."""
    head = brief.posture.title.partition(":")[0]
    return head[:1].lower() + head[1:]


def subtitle(brief: Brief) -> str:
    """What the numbers rest on."""
    against = "" if brief.steady else " · beside steady support on the same luck"
    return f"{brief.years[0]}-{brief.years[-1]} · {brief.futures} futures{against} · ranges 5-95 %"


def sections(brief: Brief) -> list[Section]:
    """The whole text, in order."""
    found = [
        Section("In short", (" ".join(in_short(brief)),)),
        Section(f"Rests on {_label(brief)}", (" ".join(rests(brief)),)),
        Section("Felt after", (felt(brief),)),
        Section("Belief", (" ".join(belief(brief)),)),
        Section("Risk", (" ".join(risk(brief)),)),
        Section("Does", (" ".join(does(brief)),)),
        Section(HELP, tuple(helps(brief))),
        Section("Cost, date", (" ".join(cost.sentences(brief)),)),
        Section("Hangs on", (hangs_on(brief),)),
        Section("Not in here", (absent(brief),)),
    ]
    return [section for section in found if any(section.lines)]


def _short(brief: Brief) -> str:
    name = brief.account.guarantor_name
    return {"the United States": "the US"}.get(name, name)


def _label(brief: Brief) -> str:
    return _short(brief).removeprefix("the ")


def _value(brief: Brief, name: str) -> float:
    return brief.simulated[name].value


def _ratio(brief: Brief) -> float:
    return _value(brief, "loss") / max(_value(brief, f"{STEADY}-loss"), 1e-12)


def in_short(brief: Brief) -> list[str]:
    """What rests, what changes and why, what would help."""
    held = brief.account
    need, guarantor = held.need, _short(brief)
    if held.index.value >= LITTLE:
        first = (
            f"of what it takes to hold {held.challenger_name} to an even chance against {brief.name}, "
            f"{fraction(held.index.value)} rests on {guarantor}"
        )
    else:
        first = (
            f"{brief.name} can hold {held.challenger_name} without {guarantor}: by itself it would lose "
            f"{words.of_the_time(need.wins_pooled.value)}"
        )
    best = brief.levers[0] if brief.levers else None
    last = (
        f"Of the what-ifs run here, {best.lever.words} would help most: {100 * best.removed.value:.0f} % less"
        if best is not None and best.removed.value >= SMALL
        else "No what-if run here takes as much as a twentieth off it"
    )
    return [words.sentence(part) for part in (first, _change(brief), *_why(brief)[:2], last)]


def _change(brief: Brief) -> str:
    number = brief.simulated["loss"]
    level = f"its expected loss is {words.gdp_band(number)} of GDP a year"
    if brief.steady:
        return f"With support as it is, {level}"
    ratio = _ratio(brief)
    gap = brief.simulated["difference"]
    unclear = gap.low < 0.0 < gap.high and not 0.92 < ratio < 1.08
    doubt = ", but the direction differs between futures" if unclear else ""
    return f"Under {under(brief)} {level}, {words.times(ratio)} that under steady support{doubt}"


def _why(brief: Brief) -> list[str]:
    """Reasons from the model's own quantities, the strongest first."""
    if brief.steady:
        return []
    return _why_worse(brief) if _ratio(brief) >= 1.08 else _why_not(brief)


def _why_worse(brief: Brief) -> list[str]:
    held, found = brief.account, []
    if "promise-adversary-now" in brief.simulated:
        now, then = (_value(brief, f"promise-adversary-{when}") for when in ("now", "lowest"))
        if now - then > 0.05:
            year = _value(brief, "promise-lowest-year")
            found.append(
                f"its challenger puts the chance of help at {fraction(now)} today and {fraction(then)} in {year:.0f}, "
                f"{_alone(brief)}"
            )
    need = held.need
    alone, pooled, helped = (100.0 * f.value for f in (need.wins_alone, need.wins_pooled, need.wins_helped))
    if alone - pooled > max(2.0 * (pooled - helped), 5.0):
        found.append(
            f"the pool weighs more than {possessive(_short(brief))} forces: alone, with it, and with {_short(brief)} "
            f"too, {held.challenger_name} would win {alone:.0f}, {pooled:.0f} and {helped:.0f} % of the time"
        )
    return found


def _alone(brief: Brief) -> str:
    chance = brief.account.need.wins_pooled.value
    who = f"{brief.name} and its pool" if _pooled(brief) else brief.name
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
    held, found = brief.account, []
    mine, theirs = brief.events["posture"], brief.events[STEADY]
    if mine.limited > 20.0 * max(mine.wars, 1.0) and _value(brief, "conceded-part") < 0.4:
        found.append(
            "nearly all of it is force short of war, in which the guarantee plays little part: "
            f"{_per_future(brief, mine.limited)} times a future, and {_per_future(brief, theirs.limited)} under steady "
            "support"
        )
    if held.need.wins_pooled.value < ENOUGH and held.index.value >= LITTLE:
        found.append(
            f"without {_short(brief)} {held.challenger_name} would still win only "
            f"{words.of_the_time(held.need.wins_pooled.value)}"
        )
    if _value(brief, "uncovered") > 0.3:
        found.append(f"{words.futures(_value(brief, 'uncovered'))} its worst challenger is outside the guarantee")
    if _ratio(brief) < 0.92 and _value(brief, "spending-peak") > _value(brief, f"{STEADY}-spending-peak"):
        found.append(
            f"left more to itself it spends {significant(_value(brief, 'spending-peak'))} % of GDP instead of "
            f"{significant(_value(brief, f'{STEADY}-spending-peak'))} %"
        )
    return found


def _per_future(brief: Brief, total: float) -> str:
    return significant(total / brief.futures)


def rests(brief: Brief) -> list[str]:
    """By domain; the rest of the need; what would fight today and would go."""
    held, guarantor = brief.account, _short(brief)
    shares = sorted(held.shares.items(), key=lambda item: -item[1].guarantor.value)
    resting = [
        f"{DOMAIN_WORDS[name]} {percent(part.guarantor)}" for name, part in shares if part.guarantor.value > 0.005
    ]
    own, pool, unmet = (getattr(held.overall, name).value for name in ("own", "pool", "unmet"))
    rest = [f"{brief.name} itself meets {100 * own:.0f} %"]
    if brief.pool:
        rest.append(f"its pool adds {100 * pool:.0f} %" if pool >= 0.005 else "its pool adds nothing")
    rest.append(f"nobody meets {100 * unmet:.0f} %" if unmet >= 0.005 else "nothing is left unmet")
    found = [
        ", ".join(resting) + " of what is needed"
        if resting
        else f"nothing of what is needed against {held.challenger_name}",
        f"Of the whole, {words.listed(rest)}",
        f"Needed or not, {fraction(held.today_overall.value)} of what would fight today would go with {guarantor}",
    ]
    return [words.sentence(part) for part in found]


def felt(brief: Brief) -> str:
    """How soon each channel's loss is felt; channels with one answer together."""
    groups: dict[str, list[str]] = {}
    for channel, figure in brief.account.felt_after.items():
        groups.setdefault(days(figure), []).append(channel.replace("_", " "))
    return words.sentence("; ".join(f"{words.listed(names)} {when}" for when, names in groups.items()))


def belief(brief: Brief) -> list[str]:
    """The ally's, the challenger's, the model's; now and when lowest."""
    numbers = brief.simulated
    uncovered, beyond = numbers["uncovered"].value, []
    if uncovered > SMALL:
        beyond.append(
            f"left out: {words.futures(uncovered)} its worst challenger is outside the guarantee, such as a fellow ally"
        )
    if "promise-ally-now" not in numbers:
        return [words.sentence("The guarantee does not run against its worst challenger in any future")]
    year = f"{numbers['promise-lowest-year'].value:.0f}"
    ally = {when: numbers[f"promise-ally-{when}"] for when in ("now", "lowest")}
    path = (
        f"{brief.name} gives the promise {words.chance(ally['now'])} today"
        if ally["now"].value - ally["lowest"].value < 0.02
        else f"{brief.name} gives the promise {words.chance(ally['now'])} today and {words.chance(ally['lowest'])} in "
        f"{year}, its lowest"
    )
    found = [f"{path}; {_adversary(numbers)}", _truth(numbers, year), *beyond]
    return [words.sentence(part) for part in found]


def _adversary(numbers: Mapping[str, Simulated]) -> str:
    ally, adversary = (numbers[f"promise-{who}-lowest"].value for who in ("ally", "adversary"))
    if abs(ally - adversary) < 0.03:
        return "its worst challenger sees it alike"
    more = "more" if adversary > ally else "less"
    return f"its worst challenger {more}, {words.chance(numbers['promise-adversary-lowest'])}"


def _truth(numbers: Mapping[str, Simulated], year: str) -> str:
    now, then = (numbers[f"promise-true-{when}"].value for when in ("now", "lowest"))
    gap = then - numbers["promise-ally-lowest"].value
    trust = (
        "; the ally then trusts less than it could"
        if gap > 0.05
        else "; the ally then trusts more than it should"
        if gap < -0.05
        else ""
    )
    if abs(now - then) < 0.03:
        return f"In the model it would be kept {words.of_the_time(now)}{trust}"
    return f"In the model it would be kept {100 * now:.0f} % of the time now, {100 * then:.0f} % in {year}{trust}"


def risk(brief: Brief) -> list[str]:
    """Now and at its worst, the window, the parts, what happened."""
    now, worst = brief.simulated["loss-now"], brief.simulated["loss-worst"]
    gdp = float(brief.world.states.gdp[brief.world.index(brief.ally)])
    window, years = round(_value(brief, "window")), len(brief.years)
    levels = f"now {words.money(now.value * gdp / 100.0)} a year, {words.gdp_band(now)} of GDP"
    if worst.value > 1.05 * now.value:
        levels += (
            f"; at its worst, {_value(brief, 'worst-year'):.0f}, {words.money(worst.value * gdp / 100.0)}, "
            f"{words.gdp_band(worst)}"
        )
    else:
        levels += ", and it is never much higher"
    found = [levels]
    if window:
        found.append(f"it is a tenth or more above today's in {window} of {years} years")
    found.append(_parts(_value(brief, "conceded-part")))
    found.append(_happened(brief))
    return [words.sentence(part) for part in found]


def _parts(conceded: float) -> str:
    if conceded < 0.02:
        return "all but nothing of it comes of giving ground, the rest of fighting"
    return f"{100 * conceded:.0f} % of it comes of giving ground, the rest of fighting"


def _happened(brief: Brief) -> str:
    mine = brief.events["posture"]
    other = brief.events[STEADY]
    rows = (
        ("wars", "war", "wars"),
        ("limited", "clash short of war", "clashes short of war"),
        ("conceded", "crisis in which it gives way", "crises in which it gives way"),
    )
    parts = []
    for name, one, many in rows:
        value, compared = getattr(mine, name), words.count(getattr(other, name), "none")
        beside = f"{compared} under steady support" if name == "wars" else compared
        steady = "" if brief.steady else f" ({beside})"
        parts.append(words.counted(value, one, many) + steady)
    return f"{brief.futures} futures of {len(brief.years)} years hold {words.listed(parts)}"


def does(brief: Brief) -> list[str]:
    """Spending against what its public bears, what it buys, its pool, the bomb, ground given."""
    found = [_spends(brief), _buys(brief), _pool(brief)]
    if (bomb := _bomb(brief)) is not None:
        found.append(bomb)
    found.append(_ground(brief))
    return [words.sentence(part) for part in found]


def _spends(brief: Brief) -> str:
    peak, most = brief.simulated["spending-peak"], brief.simulated["ceiling"]
    now, year = _value(brief, "spending-now"), _value(brief, "spending-peak-year")
    steady = "" if brief.steady else f", {_value(brief, f'{STEADY}-spending-peak'):.1f} % under steady support"
    if peak.value - now < 0.05:
        path = f"spends {now:.1f} % of GDP and no more"
    else:
        path = f"spends {now:.1f} % of GDP today and at most {words.band(peak)} in {year:.0f}{steady}"
    debt = _value(brief, "no-fiscal-room")
    room = (
        f"; its debt leaves no room for more {words.futures(debt)}"
        if debt > 0.5
        else f"; its public in a neutral mood bears {words.band(most)}"
    )
    return path + room


def _buys(brief: Brief) -> str:
    total = sum(brief.buys.values())
    groups = {name: sum(brief.buys[option] for option in options) / total for name, options in PURCHASES.items()}
    top = sorted(groups, key=lambda name: -groups[name])[:3]
    said = words.listed([f"{100 * groups[name]:.0f} on {name}" for name in top])
    return f"of every 100 it can move in procurement, it spends {said}"


def _pool(brief: Brief) -> str:
    if brief.pool:
        resolve = _value(brief, "pool-resolve")
        return f"its pool, {brief.pool}, would fight for it {words.of_the_time(resolve)}"
    return "It is in no pool"


def _bomb(brief: Brief) -> str | None:
    armed = brief.world.states.warheads[brief.world.index(brief.ally)] > 0.0
    if armed:
        return "It has nuclear weapons, which the model leaves as they are"
    programme, weapon = (_value(brief, f"bomb-{name}") for name in ("programme", "armed"))
    if programme <= 0.0:
        return None
    steady = "" if brief.steady else f" ({100 * _value(brief, f'{STEADY}-bomb-programme'):.0f} under steady support)"
    return f"It starts a bomb programme {words.futures(programme)}{steady} and has the bomb {words.futures(weapon)}"


def _ground(brief: Brief) -> str:
    share = _value(brief, "gave-ground")
    steady = "" if brief.steady else f" ({100 * _value(brief, f'{STEADY}-gave-ground'):.0f} under steady support)"
    much = _value(brief, "ground-end")
    given = f", {100 * much:.0f} % of what is in dispute on average by {brief.years[-1]}" if much >= 0.05 else ""
    return f"It gives up ground {words.futures(share)}{steady}{given}"


def helps(brief: Brief) -> list[str]:
    """What-ifs, the most helpful first, each with its change of the loss; then what could not be tried.

    Those that change nothing to speak of share a line.
    """
    moved = [what for what in brief.levers if abs(what.removed.value) >= LEAST_CHANGE]
    idle = [what.lever.words for what in brief.levers if what not in moved]
    rows = [(words.changed(what.removed), f"{what.lever.words} ({what.lever.by})") for what in moved]
    wide = max((len(amount) for amount, _ in rows), default=0)
    lines = ["Change in its loss on the same luck; strengths are assumed (A):"]
    lines += [f"{amount.rjust(wide)}  {doing}" for amount, doing in rows]
    if idle:
        lines.append(f"Less than 1 % either way: {words.listed(idle)}.")
    return [*lines, *help_notes(brief)]


def help_notes(brief: Brief) -> list[str]:
    """What a reader must know of the what-ifs: the pool that was tried, or why none was."""
    notes = []
    if brief.pool is None and brief.joins is None:
        notes.append("It can join no pool: each of its region has a member that it faces.")
    elif brief.pool is None:
        notes.append(f"The pool here is {brief.joins}, which it is not in today.")
    if _value(brief, "no-fiscal-room") > ENOUGH:
        notes.append("A point of GDP more would have to be paid without new debt.")
    return notes


def hangs_on(brief: Brief) -> str:
    """Parameters that move with the loss, with grade and direction."""
    if not brief.drivers:
        return f"No single parameter stands clear of chance in {brief.futures} futures."
    groups = []
    for sign, verb in ((1, "rises"), (-1, "falls")):
        held = [driver.parameter for driver in brief.drivers if driver.rank * sign > 0.0]
        if held:
            groups.append(f"the loss {verb} with {words.listed([f'{p.meaning} ({p.grade})' for p in held])}")
    return words.sentence("; ".join(groups))


def absent(brief: Brief) -> str:
    """What the model leaves out, and which counts of the account are missing."""
    own = [row.variable.replace("_", " ") for row in brief.account.own if row.figure is None]
    missing = f" No source at hand counts its {words.listed(own)}." if own else ""
    return (
        "Attack below the use of force; cyber and economic coercion; allies' politics; the course of a war."
        f"{missing} Compares policies under stated assumptions; does not predict."
    )
