"""Advice in words and tables, the same for terminal, page and JSON."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan
from typing import Any

import numpy as np

from foedus.advise import joint_words
from foedus.advise.conditions import Threshold
from foedus.advise.contents import Advice, Archetype
from foedus.advise.objectives import BY_NAME, OBJECTIVES
from foedus.advise.portfolio import MEASURE_WORDS
from foedus.explore.boxes import FailureBox
from foedus.explore.words import lower, side
from foedus.ledger import load_ledger
from foedus.names import country
from foedus.results.stamp import stamp
from foedus.tables import Grid, grid
from foedus.words import listed, percent, sentence, significant
from foedus.world import World

HOPELESS = 0.9
"""Share of futures that miss a limit from which it is said which one is beyond reach."""

FIRM = 0.5
"""Rank correlation between search and fresh futures below which ranks are said to be chance."""

LETTERS = "ABCDEFGH"

OWN = "own choice"

BESIDE_WORDS = {
    "beyond": ("not weighed: beyond what opinion and debt carry, % of product", 1.0),
    "alone": ("not weighed: lost without the guarantor, %", 100.0),
}
"""What is told and not weighed, with its factor."""

SEEN = {
    **MEASURE_WORDS,
    "spending": "its military spending, as a share of product,",
    "support": "the support delivered (today 1)",
    "hostility": "the hostility of the worst challenger",
    "capability": "its capability in billion dollars",
    "cohesion": "the share of neighbours that stand with it",
}
"""What can be watched, in words."""

LIMITS = (
    "The model compares policies under stated uncertainty; it does not predict. A portfolio is a dated rule that the "
    "engine follows to the letter: no parliament, no industry and no neighbour amends it. What a state cannot be "
    "ordered here (offers to a challenger, alignment, hosting, leaving a pool) is no lever. A nuclear programme begins "
    "in the first year, as if it had been there; that a bomb deters is in the model, and what treaty, sanctions and "
    "inspections do to a programme before it exists is not: read such portfolios beside --without-nuclear."
)


def subtitle(advice: Advice) -> str:
    """How many portfolios and futures, which years, ensemble and seed, and the Monte Carlo error."""
    s = advice.scenario
    many = "one" if len(advice.postures) == 1 else "each"
    finalists = len(advice.finalists)
    return (
        f"{s.first}-{s.last}; {advice.tried} portfolios tried on {advice.search} futures under {many} of "
        f"{listed(advice.postures)}, the {finalists} that no other beats again on {advice.fresh} fresh ones; "
        f"ensemble {s.ensemble}, seed {s.seed}; ±: Monte Carlo standard error of the {OWN}'s figure, of about which "
        "the others are known; two portfolios meet the same futures, so that a difference is known better."
    )


def origin(advice: Advice) -> str:
    """Fresh futures under how many postures, years, ensemble and seed."""
    s, many = advice.scenario, len(advice.postures)
    extent = f"{advice.fresh:,} fresh futures" + (f" under each of {many} postures" if many > 1 else "")
    return stamp(extent, (s.first, s.last), s.ensemble, s.seed)


def table(advice: Advice) -> Grid:
    """Objectives by archetype, less being better; per cent where the unit is a chance or a share."""
    names = ("less is better", OWN, "±", *LETTERS[: len(advice.archetypes)])
    rows = [
        (
            f"{o.label}, {'%' if _hundredth(o.unit) else o.unit}",
            _cell(o.unit, advice.own[o.name]),
            significant(advice.errors[o.name] * (100.0 if _hundredth(o.unit) else 1.0)),
            *(_cell(o.unit, one.scores[o.name]) for one in advice.archetypes),
        )
        for o in OBJECTIVES
    ]
    told = [
        (
            label,
            significant(part * advice.beside[name], 3),
            "",
            *(significant(part * one.beside[name], 3) for one in advice.archetypes),
        )
        for name, (label, part) in BESIDE_WORDS.items()
    ]
    return grid(names, (*rows, *told), right=names[1:])


def criteria(advice: Advice) -> Grid:
    """The four criteria of robustness by archetype."""
    names = ("robustness", OWN, "±", *LETTERS[: len(advice.archetypes)])
    robust = advice.robust
    columns = {
        "regret of cost and loss in 9 of 10": robust.regret,
        f"% of futures with {accepted(advice)}": 100.0 * robust.domain,
        "loss in the worst future": robust.worst_case,
        "loss exceeded in 1 of 10": robust.percentile,
    }
    errors = {**advice.robust_errors, "satisfying": 100.0 * advice.robust_errors["satisfying"]}
    rows = []
    for (name, values), error in zip(columns.items(), errors.values(), strict=True):
        own, *others = (significant(float(values[number])) for number in _numbers(advice))
        rows.append((name, own, "" if isnan(error) else significant(error), *others))
    return grid(names, rows, right=names[1:])


def _numbers(advice: Advice) -> list[int]:
    """Places of the own choice and of the archetypes among what robustness is told of."""
    return [0, *(one.number + 1 for one in advice.archetypes)]


def accepted(advice: Advice) -> str:
    """The limits that are accepted: "cost up to 5.9, loss up to 0.2"."""
    return ", ".join(f"{name} up to {_cell(BY_NAME[name].unit, most)}" for name, most in advice.limits.items())


def disagreement(advice: Advice) -> str:
    """Which archetype each criterion puts first, and whether they agree."""
    numbers, names = _numbers(advice), (f"the {OWN}", *LETTERS)
    best = {name: names[int(np.argmin(column[numbers]))] for name, column in advice.robust.columns.items()}
    if len(set(best.values())) == 1:
        return f"All four criteria put {next(iter(best.values()))} first."
    told = listed([f"{name} {letter}" for name, letter in best.items()])
    choice = "Which to follow is the reader's choice, not the model's."
    return f"The criteria disagree; first is, by criterion: {told}. {choice}"


def held(advice: Advice) -> str:
    """Whether the ranks of finalists hold on members and luck that the search did not see."""
    told = [f"{name} {value:.2f}" for name, value in advice.held.items()]
    if len(advice.finalists) < 3:
        return "Too few finalists to compare their ranks on fresh futures."
    loose = [BY_NAME[name].label for name, value in advice.held.items() if value < FIRM]
    doubt = f" By {listed(loose)} the ranks of portfolios are mostly chance in so few futures." if loose else ""
    return f"Rank correlation of finalists between search and fresh futures: {', '.join(told)}.{doubt}"


def still(advice: Advice) -> str:
    """Objectives that no portfolio moves; empty where each moves."""
    fixed = [o.label for o in OBJECTIVES if o.name not in advice.moved]
    return sentence(f"No portfolio moves {listed(fixed, 'or')} by more than a step") if fixed else ""


def _of_largest(advice: Advice, one: Archetype) -> str:
    """What the member with the largest product does, as an example of a joint portfolio."""
    states = World.load(advice.scenario.overlay).states
    iso, held = max(one.plan, key=lambda part: float(states.gdp[states.iso3.index(part[0])]))
    name, does = country(states.names[iso]), f"{held.words[:1].lower()}{held.words[1:]}"
    return f"Each member moves within a range of its own. {name[:1].upper()}{name[1:]}, the largest: {does}"


def archetype(advice: Advice, one: Archetype) -> list[str]:
    """An archetype in sentences: what it does, gives up, when it fails, what to watch."""
    said = one.plan[0][1].words if len(one.plan) == 1 else _of_largest(advice, one)
    lost = [f"{BY_NAME[name].label} ({_pair(name, mine, best)})" for name, mine, best in one.gives_up[:4]]
    given = f"It gives up {listed(lost)} against the best of these." if lost else "It gives up nothing much."
    fails = f"It misses a limit in {percent(one.missed)} % of futures{_beyond(advice, one)}"
    if (where := one.box or one.fails) is not None:
        told = box_words(where) if isinstance(where, FailureBox) else condition_words(where)
        fails += f", and in {percent(where.density)} % of those in which {told}"
        fails += f" ({percent(where.coverage)} % of the misses)"
    found = [said, given, sentence(fails)]
    if (sign := one.signpost) is not None:
        found.append(
            f"Watch by {advice.watched_in}: where {condition_words(sign)}, it misses in {percent(sign.density)} % "
            f"of futures rather than {percent(sign.overall)} %."
        )
    return found


def _beyond(advice: Advice, one: Archetype) -> str:
    """Which limits its own means lie beyond, where it keeps them in no more than a few futures."""
    over = [name for name, most in advice.limits.items() if one.scores[name] > most]
    if one.missed < HOPELESS or not over:
        return ""
    told = [f"{name} ({_pair(name, one.scores[name], advice.limits[name])} accepted)" for name in over]
    return f", by its mean {listed(told)}"


def condition_words(found: Threshold) -> str:
    """A threshold in words: `homeland exposure (grade A) is above 1.6`, `the posture is retrench`."""
    if found.variable.startswith("posture "):
        name = found.variable.removeprefix("posture ")
        return f"the guarantor's posture is {'' if found.sign > 0 else 'not '}{name}"
    side = f"{'above' if found.sign > 0 else 'at most'} {significant(found.threshold)}"
    if found.variable in SEEN:
        return f"{SEEN[found.variable]} is {side}"
    parameter = load_ledger()[found.variable]
    return f"{parameter.label[:1].lower()}{parameter.label[1:]} ({parameter.name}, grade {parameter.grade}) is {side}"


def box_words(box: FailureBox) -> str:
    """A box in words, each limit with its parameter's grade."""
    said = []
    for limit in box.limits:
        if limit.name.startswith("posture "):
            name = limit.name.removeprefix("posture ")
            said.append(f"the guarantor's posture is {'' if limit.low is not None else 'not '}{name}")
        else:
            parameter = load_ledger()[limit.name]
            said.append(f"{lower(parameter.label)} (grade {parameter.grade}) is {side(limit)}")
    return listed(said)


def as_mapping(advice: Advice, reasons: tuple[str, ...]) -> dict[str, Any]:
    """Everything that advice says, for JSON."""
    s = advice.scenario
    return {
        "members": list(advice.members),
        "years": [s.first, s.last],
        "seed": s.seed,
        "ensemble": s.ensemble,
        "postures": list(advice.postures),
        "portfolios": advice.tried,
        "futures": {"search": advice.search, "fresh": advice.fresh},
        "monte_carlo_errors": dict(advice.errors),
        "robustness_errors": {name: None if isnan(error) else error for name, error in advice.robust_errors.items()},
        "reasons": list(reasons),
        "own_choice": {**advice.own, **advice.beside},
        "limits": dict(advice.limits),
        "moved": list(advice.moved),
        "rank_correlation": dict(advice.held),
        "effects_singly": {name: asdict(one) for name, one in advice.effects.items()},
        "criteria_disagree": disagreement(advice),
        "archetypes": [
            {
                "name": one.name,
                "does": {iso: portfolio.words for iso, portfolio in one.plan},
                "plan": {iso: asdict(portfolio) for iso, portfolio in one.plan},
                "stands_for": one.alike,
                "scores": {**one.scores, **one.beside},
                "robustness": {name: float(column[one.number + 1]) for name, column in advice.robust.columns.items()},
                "gives_up": [{"objective": n, "this": mine, "best": best} for n, mine, best in one.gives_up],
                "misses_limits": one.missed,
                "fails_where": None if one.fails is None else asdict(one.fails),
                "fails_in_box": None if one.box is None else asdict(one.box),
                "signpost": None if one.signpost is None else {"year": advice.watched_in, **asdict(one.signpost)},
            }
            for one in advice.archetypes
        ],
        "coalitions": [joint_words.as_mapping(one) for one in advice.coalitions],
        "finalists": [{o.name: float(x) for o, x in zip(OBJECTIVES, row, strict=True)} for row in advice.scores],
    }


def _hundredth(unit: str) -> bool:
    return unit in ("chance", "share")


def _cell(unit: str, value: float) -> str:
    return significant(100.0 * value if _hundredth(unit) else value, 3)


def _pair(name: str, mine: float, best: float) -> str:
    return f"{_cell(BY_NAME[name].unit, mine)} against {_cell(BY_NAME[name].unit, best)}"
