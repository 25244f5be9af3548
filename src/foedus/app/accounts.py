"""What rests on the guarantor, for the page: an ally's exposure account, its bills, a number's parents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus import charts, terms, words
from foedus.app.answering import TASKS, Stop, results_of
from foedus.app.held import Memory
from foedus.app.picture import Picture, key_of, skeleton
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.errors import UnknownName
from foedus.exposure import Account, account
from foedus.exposure.replacement.plan import Replacement
from foedus.exposure.view import SWITCHED
from foedus.exposure.words import days, percent, share_words
from foedus.ledger import load_ledger
from foedus.results import Headline, headlines
from foedus.results.wording import span
from foedus.world import World

DOMAINS = {"land": "land", "air": "air and missile defence", "maritime": "sea", "c4isr": "intelligence, command"}
COLOURS = ("#2f6690", "#8fb4cc", "#e0a030", "#d5d9de")
"""Of the parts: its own, its pool's, the guarantor's, nobody's."""
PARTS = ("own", "pool", "guarantor", "unmet")
CAPTION = "Share of the force needed to hold the worst challenger at even odds. Of facts, not of futures."
FAR = 2100
"""A date beyond this is said to be out of reach."""


def exposure(_memory: Memory, _stop: Stop, ally: str) -> dict[str, Any]:
    """How much of an ally's defence rests on the guarantor, by domain and channel, and what replacing it would take."""
    held = account(World.load(), ally)
    return {
        "ally": ally,
        "said": _said(held),
        "picture": _bars(held).as_mapping(),
        "channels": [
            {
                "channel": name.replace("_", " "),
                "figure": name.replace("_", "-"),
                "share": percent(held.overall.rests[name]) if name in SWITCHED else "–",
                "felt": days(held.felt_after[name]) if name in held.felt_after else "at once, in beliefs",
                "level": f"{held.channels[name].value:.1f} ({held.channels[name].grade})",
            }
            for name in terms.CHANNELS
        ],
        "bills": _bills(held),
        "figures": sorted(held.named),
    }


def _said(held: Account) -> list[str]:
    lines = [held.measured_at] if held.borrowed else []
    need, challenger = held.need, held.challenger_name
    lines.append(
        f"Of what {held.front_name} needs against {challenger}, {share_words(held.index)}, depends on "
        f"{held.guarantor_name}; {percent(held.overall.unmet)} is met by nobody."
    )
    lines.append(
        f"{challenger} would win with a chance of {percent(need.wins_alone)} against {held.front_name} alone, "
        f"{percent(need.wins_pooled)} against it and its pool, {percent(need.wins_helped)} with {held.guarantor_name}."
    )
    return lines


def _bars(held: Account) -> Picture:
    """Who meets the need, by domain."""
    rows = [
        (DOMAINS[domain], part, max(float(getattr(shares, part).value), 0.0))
        for domain, shares in held.shares.items()
        for part in PARTS
    ]
    drawn = charts.shares(rows, "", "share of what is needed", COLOURS)
    spec = skeleton(("exposure",), lambda: drawn)
    data = [{"row": row, "part": part, "share": share, "order": place} for place, (row, part, share) in enumerate(rows)]
    table = [
        [DOMAINS[domain], *(percent(getattr(shares, part)) for part in PARTS)] for domain, shares in held.shares.items()
    ]
    return Picture(
        "exposure", "Who meets the need, by domain", CAPTION,
        key_of(("exposure",)), spec, [data], ["Domain", *PARTS], table,
    )  # fmt: skip


def _bills(held: Account) -> list[dict[str, str]]:
    """The bill for its pool, where it has one, and for the ally alone."""
    found = [_bill(held, alone=alone) for alone in (False, True)]
    return found[1:] if found[0] == found[1] else found


def _bill(held: Account, *, alone: bool) -> dict[str, str]:
    plan: Replacement = held.replace("contribution", "gdp", "alone" if alone else None)
    payer, closes = plan.payer(held.ally), plan.bill.closes
    done = f"{closes.value:.0f} ({closes.low:.0f}-{closes.high:.0f})"
    return {
        "who": f"{held.name} alone" if alone or plan.alone else f"{len(plan.members)} members of {plan.pool}, by GDP",
        "cost": (f"{words.significant(100 * payer.of_gdp.value)} % of GDP a year "
        f"({words.significant(100 * payer.of_gdp.low)}-{words.significant(100 * payer.of_gdp.high)})"),
        "done": "not within this century" if closes.value >= FAR else done,
        "held": str(plan.bill.bottleneck),
    }  # fmt: skip


def explained(_memory: Memory, _stop: Stop, ally: str, figure: str) -> dict[str, Any]:
    """The chain of facts, assumptions and arithmetic behind a figure of an account, down to sources."""
    held = account(World.load(), ally)
    return {"figure": figure, "text": held.explain(figure, 76), "figures": sorted(held.named)}


SIMULATED = {
    "war": ("war", "1 less the product over the years of 1 less each year's chance of an outbreak, mean over futures"),
    "loss": ("loss_conceded", "conceded and fought, mean over years and futures, times what a stake is worth"),
    "ground": ("conceded", "in the last year, mean over futures"),
    "promise": ("promise_ally", "mean over years and futures"),
}
"""Measure and arithmetic of each figure of the table of outcomes."""


def parents(
    memory: Memory, stop: Stop, document: Mapping[str, Any], futures: int, ally: str, figure: str
) -> dict[str, Any]:
    """What a figure of the table of outcomes was computed from: measure, parts, mechanisms, draws, assumptions."""
    if figure not in SIMULATED:
        raise UnknownName("figure", figure, SIMULATED)
    study, results = results_of(memory, stop, document, futures)
    row = next((row for row in headlines(results) if row.ally == ally), None)
    if row is None:
        raise UnknownName("ally", ally, results.allies)
    name, how = SIMULATED[figure]
    measure = MEASURES[Group.ALLY][name]
    mechanisms = load_ledger().mechanisms
    sides = [("posture", row), *([("against", row.against)] if row.against else [])]
    return {
        "ally": World.load().states.names[ally],
        "figure": figure,
        "meaning": measure.meaning,
        "how": how,
        "sides": [{"name": results.roles[role], "parts": _parts(figure, side)} for role, side in sides],
        "mechanisms": [
            {"row": key, "sentence": mechanisms[key].sentence} for key in _rows(figure, measure.rows)
        ],
        "draws": results.origin,
        "digest": study.digest,
        "account": ally in study.patrons,
    }  # fmt: skip


def _rows(figure: str, rows: tuple[str, ...]) -> list[str]:
    found = ("R10", "R32", "R33", *rows) if figure == "loss" else rows
    return list(dict.fromkeys(found))


def _parts(figure: str, row: Headline) -> list[list[str]]:
    """Lines of a figure: what it is made of, under one side, and its Monte Carlo error."""
    errors = {
        "war": 100.0 * row.war_error,
        "ground": 100.0 * row.ground_error,
        "promise": 100.0 * row.promise_ally.error,
        "loss": row.loss.error,
    }
    return [*_made_of(figure, row), ["Monte Carlo standard error", f"±{words.significant(errors[figure])}"]]


def _made_of(figure: str, row: Headline) -> list[list[str]]:
    names = World.load().states.names
    if figure == "war":
        return [["chance of at least one war, %", words.rare(row.war)], ["years exposed", str(row.years_exposed)]]
    if figure == "ground":
        return [["ground lost at the end, %", words.rare(row.ground)]]
    if figure == "promise":
        return [
            [f"help, {who}, %", words.percent(held.mean)]
            for who, held in (
                ("as the model has it", row.promise_true),
                ("as the ally believes", row.promise_ally),
                ("as the challenger believes", row.promise_adversary),
            )
        ]
    lost = [
        [f"lost to {names[one.challenger]}", f"{words.significant(one.loss)} ({words.percent(one.share)} %)"]
        for one in row.sources[:4]
    ]
    return [
        ["expected loss, % of GDP a year", f"{words.significant(row.loss.mean)} {span(row.loss)}"],
        ["of which conceded", words.significant(row.conceded.mean)],
        ["of which fought", words.significant(row.fought.mean)],
        *lost,
    ]


TASKS.update({"exposure": exposure, "explained": explained, "parents": parents})
