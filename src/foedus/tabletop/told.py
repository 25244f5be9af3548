"""What a turn brought, what is expected, and what its orders changed, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from foedus.names import country, possessive
from foedus.tabletop.playing import Played
from foedus.tabletop.seen import Incident, OpenWar, YearSeen
from foedus.terms import NuclearStatus
from foedus.words import counted, listed, percent, rare, sentence, signed, significant

LEAST_HELD = 0.005
"""Share of what is fought over from which an attacker is said to hold any of it."""

LEAST_BUDGET = 0.001
"""Change of military spending, share of GDP, from which a budget is told."""

LEAST_BELIEF = 0.05
"""Change of the chance that an ally gives the promise from which it is told."""

LEAST_EFFECT = 0.005
"""Change of expected loss, per cent of GDP a year, from which what orders changed is told."""

FEW = 5
"""Allies named in a sentence."""

OUTCOMES = {
    "grab": "ground taken by force short of war",
    "blockade": "blockades",
    "strike": "raids and strikes",
}
"""Force short of war, by outcome of an incident, the gravest first."""

PROGRAMMES = {
    NuclearStatus.NONE: "gives up its nuclear programme",
    NuclearStatus.EXPLORES: "explores nuclear weapons",
    NuclearStatus.PURSUES: "pursues nuclear weapons",
    NuclearStatus.ARMED: "has nuclear weapons",
}


def happened(seen: YearSeen, names: Mapping[str, str], before: YearSeen | None = None) -> tuple[str, ...]:
    """Sentences on a year, the gravest first.

    names   of states, by iso3
    before  the year before, for what moved
    """
    state = {iso: country(name) for iso, name in names.items()}
    lines = [
        *(_new_war(i, state) for i in seen.incidents if i.outcome == "war"),
        *(_old_war(war, state) for war in seen.wars),
        *_short_of_war(seen.incidents, state),
        *_yielded(seen, state),
        *_programmes(seen, state),
        *_budgets(seen, state),
        *([] if before is None else _beliefs(seen, before, names)),
        *(
            []
            if not seen.left
            else [f"{_some([state[iso] for iso in seen.left])} left the pool they planned to fight in"]
        ),
        *(["it was an election year: the guarantors' politics may have turned"] if seen.election else []),
    ]
    if not any(i.outcome == "war" for i in seen.incidents) and not seen.wars:
        lines.insert(0, "no war")
    return tuple(sentence(line) for line in lines)


def _new_war(i: Incident, state: Mapping[str, str]) -> str:
    end = "and goes on" if i.goes_on else f"and ended within the year: {state[i.challenger if i.won else i.target]} won"
    help_ = ""
    if i.due:
        guarantor = possessive(state[i.target])
        help_ = f". {sentence(guarantor)[:-1]} guarantor {'fought beside it' if i.fought else 'did not fight'}"
    return f"{state[i.challenger]} attacked {state[i.target]}: war broke out {end}{help_}"


def _old_war(war: OpenWar, state: Mapping[str, str]) -> str:
    held = (
        f"{percent(war.held)} % of what is fought over" if war.held >= LEAST_HELD else "nothing of what is fought over"
    )
    who = f"the war of {state[war.attacker]} against {state[war.defender]}"
    if war.ended:
        return f"{who} ended in its {_nth(war.years)} year: {state[war.attacker]} keeps {held}"
    return f"{who} goes on in its {_nth(war.years)} year: {state[war.attacker]} holds {held}"


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _short_of_war(incidents: Iterable[Incident], state: Mapping[str, str]) -> Iterator[str]:
    """Force short of war by kind and challenger; crises in which the challenger backed down are counted."""
    for outcome, kind in OUTCOMES.items():
        by: dict[str, list[str]] = defaultdict(list)
        for i in incidents:
            if i.outcome == outcome:
                by[i.challenger].append(state[i.target])
        if by:
            yield f"{kind}: {'; '.join(f'{state[who]} against {listed(targets)}' for who, targets in by.items())}"
    backed = sum(i.outcome == "backed down" for i in incidents)
    if backed:
        yield f"in {counted(backed, 'further crisis', 'further crises')} the challenger backed down"


def _yielded(seen: YearSeen, state: Mapping[str, str]) -> Iterator[str]:
    for i in seen.incidents:
        if i.outcome == "yielded":
            yield f"{state[i.target]} yielded to {state[i.challenger]} in a crisis"
    for iso, challenger, stakes in sorted(seen.given, key=lambda row: -row[2]):
        much = "much" if stakes > 0.5 else "some" if stakes > 0.05 else "a little"
        yield f"{state[iso]} gave {state[challenger]} {much} of what they quarrel about, before any crisis"


def _programmes(seen: YearSeen, state: Mapping[str, str]) -> Iterator[str]:
    for iso, status in seen.bombs:
        yield f"{state[iso]} {PROGRAMMES[NuclearStatus(status)]}"


def _budgets(seen: YearSeen, state: Mapping[str, str]) -> Iterator[str]:
    """Budgets of next year that move most, and what opinion and debt would not carry of them."""
    moved = {iso: ally.budget - ally.spending for iso, ally in seen.allies.items()}
    most = sorted((iso for iso in moved if abs(moved[iso]) >= LEAST_BUDGET), key=lambda iso: -abs(moved[iso]))
    if most:
        told = [
            f"{state[iso]} {percent1(seen.allies[iso].spending)} to {percent1(seen.allies[iso].budget)} %"
            for iso in most[:FEW]
        ]
        yield f"military spending next year, share of product: {listed(told)}"
    over = [iso for iso, ally in seen.allies.items() if ally.beyond >= LEAST_BUDGET]
    if over:
        most = sorted(over, key=lambda iso: -seen.allies[iso].beyond)
        told = [f"{state[iso]} {percent1(seen.allies[iso].beyond)}" for iso in most[:FEW]]
        yield f"more than opinion and debt carry, points of product: {listed(told)}"


def percent1(share: float) -> str:
    """A share in per cent with one decimal."""
    return f"{100.0 * share:.1f}"


def _beliefs(seen: YearSeen, before: YearSeen, names: Mapping[str, str]) -> Iterator[str]:
    """Allies whose trust in the promise moved most."""
    was, now = before.allies, seen.allies
    moved = {iso: now[iso].believed - was[iso].believed for iso in now}
    for sign, said in ((-1.0, "fell"), (1.0, "rose")):
        most = sorted((iso for iso in moved if sign * moved[iso] >= LEAST_BELIEF), key=lambda iso: -abs(moved[iso]))
        told = [
            f"{country(names[iso])} {percent(was[iso].believed)} to {percent(now[iso].believed)} %"
            for iso in most[:FEW]
        ]
        more = f"; {len(most) - FEW} more" if len(most) > FEW else ""
        if told:
            named = "; ".join(told)
            yield f"the chance that allies give help against their worst challenger {said}: {named}{more}"


def _some(names: Sequence[str]) -> str:
    return listed([*names[:FEW], *([f"{len(names) - FEW} more"] if len(names) > FEW else [])])


def otherwise(now: Played, alone: Played, turn: int, names: Mapping[str, str]) -> tuple[str, ...]:
    """Sentences on what a year would have brought without orders and did not, and the other way round.

    alone  the same luck, and no order by anybody
    """
    here, there = (
        happened(played.happened[turn], names, played.happened[turn - 1] if turn else None) for played in (now, alone)
    )
    gone = [line for line in there if line not in here]
    return tuple(gone) or ("With the same luck and no order by anybody, the year would have been told the same.",)


def expected(played: Played, names: Mapping[str, str], only: Sequence[str] = ()) -> tuple[str, ...]:
    """Sentences on the years to come.

    only  allies that are told of; those in most danger when empty
    """
    years = played.open_years
    if not years:
        return ()
    rows = [i for i, iso in enumerate(played.allies) if not only or iso in only]
    one, whole = played.war(1), played.war()
    loss = played.loss().mean(axis=(0, 2))
    told = sorted(rows, key=lambda i: -whole[i])[:FEW]
    later = f", and by the end of {years[-1]}" if len(years) > 1 else ""
    chances = {i: f"{rare(one[i])} %" + (f", {rare(whole[i])} %" if later else "") for i in told}
    span = _span(years)
    lines = [
        f"chance of a war against it in {years[0]}{later}: "
        + "; ".join(f"{country(names[played.allies[i]])} {chances[i]}" for i in told),
        f"expected loss {span}, % of product a year: "
        + "; ".join(
            f"{country(names[played.allies[i]])} {significant(loss[i])}"
            for i in sorted(rows, key=lambda i: -loss[i])[:FEW]
        ),
    ]
    return tuple(sentence(line) for line in lines)


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"


def changed(after: Played, before: Played, names: Mapping[str, str]) -> tuple[str, ...]:
    """What orders do to what is expected: two fans from the same state with the same luck, one with the orders.

    after   with the orders of the turn, its year still open
    before  without
    """
    moved = after.loss().mean(axis=(0, 2)) - before.loss().mean(axis=(0, 2))
    agree = np.abs(np.sign(after.loss().mean(axis=0) - before.loss().mean(axis=0)).mean(axis=1))
    rows = sorted((i for i in range(len(moved)) if abs(moved[i]) >= LEAST_EFFECT), key=lambda i: -abs(moved[i]))
    span = _span(after.open_years)
    if not rows:
        return (f"This turn's orders hardly change any ally's expected loss, {span}.",)
    told = [
        f"{country(names[after.allies[i]])} {signed(float(moved[i]))}{'' if agree[i] >= 0.8 else ' (sign unclear)'}"
        for i in rows[:FEW]
    ]
    more = f"; {len(rows) - FEW} more by less" if len(rows) > FEW else ""
    return (f"This turn's orders change expected loss, {span}, points of product a year: {'; '.join(told)}{more}.",)
