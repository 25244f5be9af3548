"""A guarantor's postures in words and tables: which serves its aim best, and at what price."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from foedus.advise.patron import AIMS, Aim, Counsel, Serving
from foedus.names import country
from foedus.tables import Grid, grid
from foedus.words import money, sentence, significant
from foedus.world import World


def subtitle(found: Counsel) -> str:
    """How many postures and futures, years, ensemble and seed."""
    s = found.scenario
    return (
        f"{s.first}-{s.last}; {found.tried} postures (those that ship, half and whole, and every two in equal parts) "
        f"tried on {found.search} futures, those that none beats in aim and cost again on {found.fresh} fresh ones; "
        f"ensemble {s.ensemble}, seed {s.seed}; ±: Monte Carlo standard error."
    )


def table(found: Counsel) -> Grid:
    """Postures that no other beats, cheapest first, beside steady support."""
    names = ("posture", *(_head(one) for one in AIMS.values()))
    rows = [
        ("steady" if values is found.steady else name, *(_cell(AIMS[k], values[k]) for k in AIMS))
        for name, values in (("", found.steady), *((one.posture.name, one.values) for one in found.serving))
    ]
    rows.append(("± of steady", *(_cell(AIMS[k], found.errors[k]) for k in AIMS)))
    return grid(names, list(dict.fromkeys(rows)), right=names[1:])


def answer(found: Counsel, world: World) -> str:
    """Which posture serves the aim best, what it costs, and how sure that is."""
    best, aim = found.best, found.aim
    who = country(world.states.name[world.index(found.guarantor)])
    told = f"For {who}, what keeps the {aim.meaning} smallest is {best.posture.name}"
    if aim.name == "cost":
        return sentence(
            f"{told}: it saves {money(max(-best.dearer.mean, 0.0))} a year against steady support{_lost(found)}"
        )
    if best.gain.sign <= 0:
        return sentence(f"{told}; that is not told from steady support by two standard errors")
    by = f"lower by {_amount(aim, best.gain.mean)} (±{_amount(aim, 2.0 * best.gain.error)}) than under steady support"
    if best.dearer.mean <= 0.0:
        return sentence(f"{told}: {by}, and {money(-best.dearer.mean)} a year cheaper")
    return sentence(f"{told}: {by}, for {money(best.dearer.mean)} a year more, {_price(aim, best)}")


def held(found: Counsel) -> str:
    """Whether ranks hold on fresh futures."""
    return f"Rank correlation of the aim between search and fresh futures: {found.held:.2f}."


def as_mapping(found: Counsel) -> dict[str, Any]:
    """Everything for JSON."""
    s = found.scenario
    return {
        "guarantor": found.guarantor,
        "aim": asdict(found.aim),
        "years": [s.first, s.last],
        "seed": s.seed,
        "ensemble": s.ensemble,
        "tried": found.tried,
        "futures": {"search": found.search, "fresh": found.fresh},
        "rank_correlation": found.held,
        "steady": dict(found.steady),
        "monte_carlo_errors": dict(found.errors),
        "serving": [
            {
                "posture": one.posture.name,
                "values": dict(one.values),
                "gain": asdict(one.gain),
                "dearer": asdict(one.dearer),
                "price": None if one.price != one.price else one.price,
                "regret": one.regret,
            }
            for one in found.serving
        ],
        "best": found.best.posture.name,
    }


def _lost(found: Counsel) -> str:
    loss = found.best.values["loss"] - found.steady["loss"]
    return f", and its allies' expected loss is {money(abs(loss))} a year {'higher' if loss > 0.0 else 'lower'}"


def _price(aim: Aim, one: Serving) -> str:
    if aim.unit == "billion USD":
        return f"{significant(one.price)} dollars for each dollar"
    unit, part = ("a hundredth", 0.01) if aim.unit == "share" else (aim.unit.removesuffix("s"), 1.0)
    return f"{money(one.price * part)} a year for {'each ' if part == 1.0 else ''}{unit}"


def _amount(aim: Aim, value: float) -> str:
    if aim.unit == "billion USD":
        return money(value)
    return f"{significant(100.0 * value)} hundredths" if aim.unit == "share" else f"{significant(value)} {aim.unit}"


def _head(aim: Aim) -> str:
    return aim.label + {"billion USD": ", $bn", "share": ", %"}.get(aim.unit, "")


def _cell(aim: Aim, value: float) -> str:
    return significant(100.0 * value if aim.unit == "share" else value, 3)
