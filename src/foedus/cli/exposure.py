"""The command `foedus exposure`: the account of an ally, or the allies of a region side by side."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable
from typing import Any

from foedus import terms
from foedus.errors import InputError, UnknownName
from foedus.exposure.account import Account, account, accounts
from foedus.exposure.figure import Figure
from foedus.exposure.holdings import Holding
from foedus.exposure.muster import SWITCHED
from foedus.exposure.words import days, percent, share_words
from foedus.world import World

WIDTH = 80
DOMAIN_TITLES = {"land": "land", "air": "air and missile defence", "maritime": "sea", "c4isr": "intelligence, command"}


def show_exposure(
    ally: str,
    *,
    channel: str = "",
    against: str = "",
    explain: str = "",
    as_json: bool = False,
) -> None:
    """Print the account of `ally`, a state's code or name, or of a region; of all allies when empty."""
    world = World.load()
    if channel and channel not in terms.CHANNELS:
        raise UnknownName("channel", channel, terms.CHANNELS)
    regions = {name.lower(): name for name in terms.REGIONS}
    if not ally or ally.lower() in regions:
        if explain:
            msg = "--explain needs one ally, such as: foedus exposure POL --explain air-defence"
            raise InputError(msg)
        _region(accounts(world, regions.get(ally.lower())), ally or "all regions", channel, as_json=as_json)
        return
    held = account(world, ally, against=against or None)
    if explain:
        _explained(held, explain, as_json=as_json)
    elif channel:
        _channel(held, channel, as_json=as_json)
    elif as_json:
        _json(as_mapping(held))
    else:
        _account(held)


def as_mapping(held: Account) -> dict[str, Any]:
    """Everything an account shows, for JSON."""
    return {
        "ally": held.ally,
        "name": held.name,
        "guarantor": held.guarantor,
        "against": held.muster.code(held.need.challenger),
        "theatre": held.need.theatre,
        "exposure": figure_json(held.index),
        "overall": _shares_json(held.overall),
        "domains": {name: _shares_json(part) for name, part in held.shares.items()},
        "today": {name: figure_json(figure) for name, figure in held.today.items()}
        | {"all": figure_json(held.today_overall)},
        "denial": figure_json(held.denial),
        "felt_after_days": {name: figure_json(figure) for name, figure in held.felt_after.items()},
        "channels": {name: figure_json(figure) for name, figure in held.channels.items()},
        "provided": [_holding_json(row) for row in held.provided],
        "own": [_holding_json(row) for row in held.own],
        "challenger_wins": {
            "alone": figure_json(held.need.wins_alone),
            "with_pool": figure_json(held.need.wins_pooled),
            "with_guarantor": figure_json(held.need.wins_helped),
        },
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure for JSON: value, band, unit, grade, sources."""
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": str(figure.unit),
        "grade": figure.grade,
        "sources": [key for key in figure.source.split(";") if key],
    }


def _shares_json(part: Any) -> dict[str, Any]:
    return {
        "own": figure_json(part.own),
        "pool": figure_json(part.pool),
        "guarantor": figure_json(part.guarantor),
        "unmet": figure_json(part.unmet),
        "by_channel": {name: figure_json(figure) for name, figure in part.rests.items()},
    }


def _holding_json(row: Holding) -> dict[str, Any]:
    figure = None if row.figure is None else figure_json(row.figure)
    return {
        "variable": row.variable,
        "where": row.where,
        "channel": row.channel,
        "domain": row.domain,
        "figure": figure,
    }


def _account(held: Account) -> None:
    need = held.need
    say(f"{held.name.upper()}: what rests on {held.guarantor_name}", "")
    paragraph(
        f"Measured against {held.challenger_name}, its worst challenger, in a {need.theatre} theatre: needed is what "
        f"would hold {held.challenger_name} to an even chance of winning. Its chance today is "
        f"{percent(need.wins_alone)} against {held.name} alone, {percent(need.wins_pooled)} with the pool, "
        f"{percent(need.wins_helped)} with {held.guarantor_name}."
    )
    paragraph(
        f"Of what {held.name} needs, {share_words(held.index)}, rests on {held.guarantor_name}; "
        f"{percent(held.overall.unmet)} is met by nobody. Of what would fight for it today, "
        f"{share_words(held.today_overall)}, would go with {held.guarantor_name}."
    )
    head = ("% of what is needed (weight)", "own", "pool", "guarantor", "unmet", "of today")
    rows = [
        (DOMAIN_TITLES[name], held.shares[name], held.today[name], weight)
        for name, weight in zip(terms.DOMAINS, need.weights, strict=True)
    ]
    table(
        head,
        [
            (
                f"{title} ({weight:.2f})",
                whole(part.own),
                whole(part.pool),
                banded(part.guarantor),
                whole(part.unmet),
                whole(today),
            )
            for title, part, today, weight in rows
        ]
        + [
            (
                "all, weighted",
                whole(held.overall.own),
                whole(held.overall.pool),
                banded(held.index),
                whole(held.overall.unmet),
                whole(held.today_overall),
            )
        ],
    )
    table(
        ("by channel", "share of need, %", "felt after", "level today"),
        [
            (
                name.replace("_", " "),
                banded(held.overall.rests[name], 1) if name in SWITCHED else "-",
                days(held.felt_after[name]) if name in held.felt_after else "at once, in belief",
                f"{held.channels[name].value:.1f} ({held.channels[name].grade})",
            )
            for name in terms.CHANNELS
        ],
    )
    paragraph(
        f"Denial of spares, software and mission data would put {share_words(held.denial)}, of {held.name}'s own "
        "forces out of action."
    )
    _kinds(held)
    paragraph(
        f"Ranges are 5-95 %, over the ledger's parameters and the facts' own ranges; grade {held.index.grade} at the "
        f"weakest. Every figure's parents: foedus exposure {held.ally} --explain exposure (or air-defence, land-own, "
        "sustainment, today, denial, …)."
    )


def _kinds(held: Account) -> None:
    def cell(row: Holding | None) -> str:
        if row is None:
            return ""
        if row.figure is None:
            return "missing"
        value, low, high = row.figure.value, *_leaf_range(row.figure)
        spread = "" if low == high else f" ({low:g}-{high:g})"
        return f"{value:g}{spread} {row.figure.grade}"

    here = {row.variable: row for row in held.provided if row.where == held.ally}
    theatre = {row.variable: row for row in held.provided if row.where == held.region}
    own = {row.variable: row for row in held.own}
    names = [name for name in dict.fromkeys([*own, *here, *theatre]) if name not in ("personnel", "warheads")]
    rows = [
        (name.replace("_", " "), cell(own.get(name)), cell(here.get(name)), cell(theatre.get(name))) for name in names
    ]
    people = own["personnel"].figure
    count = f"{held.troops.value:,.0f} {held.troops.grade}"
    rows.insert(0, ("personnel", f"{people.value * 1000:,.0f} {people.grade}" if people else "missing", count, ""))
    table(("in kind", held.name, f"{held.guarantor} there", f"{held.guarantor} in {held.region}"), rows)
    paragraph("Missing: no source at hand gives the count; shares above rest on stock accounts, not on these counts.")


def _leaf_range(figure: Figure) -> tuple[float, float]:
    low, high = getattr(figure, "range_low", figure.low), getattr(figure, "range_high", figure.high)
    return float(low), float(high)


def _channel(held: Account, channel: str, *, as_json: bool) -> None:
    rows = {name: part.rests[channel] for name, part in held.shares.items()} if channel in SWITCHED else {}
    kinds = [row for row in held.provided if row.channel == channel]
    if as_json:
        _json(
            {
                "ally": held.ally,
                "channel": channel,
                "level": figure_json(held.channels[channel]),
                "share_of_need": {name: figure_json(figure) for name, figure in rows.items()},
                "felt_after_days": figure_json(held.felt_after[channel]) if channel in held.felt_after else None,
                "in_kind": [_holding_json(row) for row in kinds],
            }
        )
        return
    title = channel.replace("_", " ")
    say(f"{held.name.upper()}: {title} from {held.guarantor_name}", "")
    paragraph(
        f"{terms.CHANNEL_MEANING[channel].capitalize()}. Level today {held.channels[channel].value:.1f} of 1 "
        f"(grade {held.channels[channel].grade})."
    )
    if rows:
        table(
            ("domain", "share of need that rests on it, %"),
            [(DOMAIN_TITLES[name], banded(figure, 1)) for name, figure in rows.items()]
            + [("all, weighted", banded(held.overall.rests[channel], 1))],
        )
        paragraph(f"Felt after {days(held.felt_after[channel])}.")
    else:
        paragraph(
            "This channel makes no capability by itself: it is a promise, a flow of goods or money, or the bomb. "
            "What it is worth shows in a simulation: foedus compare."
        )
    for row in kinds:
        figure = row.figure
        value = "missing" if figure is None else f"{figure.value:g} {figure.unit} ({figure.grade})"
        say(f"  {row.where}: {row.meaning}: {value}")


def _explained(held: Account, name: str, *, as_json: bool) -> None:
    if not as_json:
        say(held.explain(name, WIDTH))
        return
    figures = held.figure(name).lineage
    place = {id(figure): i for i, figure in enumerate(figures)}
    _json(
        [
            {"id": i, "label": figure.label, "how": figure.how, "note": figure.note}
            | figure_json(figure)
            | {"parents": [place[id(parent)] for parent in figure.parents]}
            for i, figure in enumerate(figures)
        ]
    )


def _region(found: list[Account], title: str, channel: str, *, as_json: bool) -> None:
    if as_json:
        _json([as_mapping(held) for held in found])
        return
    say(f"What rests on the guarantor, {title}: {len(found)} allies that somebody challenges", "")
    if channel and channel not in SWITCHED:
        table(
            ("ally", f"level of {channel.replace('_', ' ')}", "grade"),
            [(held.name, f"{held.channels[channel].value:.1f}", held.channels[channel].grade) for held in found],
        )
        return
    last = channel.replace("_", " ") if channel else "of today"
    table(
        ("ally", "against", "own", "pool", "guarantor", "unmet", last),
        [
            (
                held.name.removeprefix("the ").removeprefix("United Arab "),
                held.challenger_name,
                whole(held.overall.own),
                whole(held.overall.pool),
                banded(held.index),
                whole(held.overall.unmet),
                banded(held.overall.rests[channel], 1) if channel else whole(held.today_overall),
            )
            for held in found
        ],
    )
    paragraph(
        "Per cent of what would hold the worst challenger to an even chance of winning, with 5-95 % ranges; of today: "
        "share of what would fight for the ally today that would go with the guarantor. One ally: foedus exposure POL."
    )


def whole(figure: Figure, digits: int = 0) -> str:
    """A share as a per cent."""
    return f"{100 * figure.value:.{digits}f}"


def banded(figure: Figure, digits: int = 0) -> str:
    """A share as a per cent with its band."""
    low, high = (f"{100 * x:.{digits}f}" for x in figure.band)
    return f"{whole(figure, digits)} ({low}-{high})"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a plain table: the first column to the left, the rest to the right, at most WIDTH wide."""
    held = [head, *rows]
    widths = [max(len(row[i]) for row in held) for i in range(len(head))]
    spare = WIDTH - sum(widths[1:]) - 2 * (len(head) - 1)
    widths[0] = min(widths[0], max(spare, 12))
    for number, row in enumerate(held):
        first = row[0] if len(row[0]) <= widths[0] else row[0][: widths[0] - 1] + "…"
        cells = [first.ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        say("  ".join(cells).rstrip())
        if number == 0:
            say("-" * (sum(widths) + 2 * (len(widths) - 1)))
    say("")


def paragraph(text: str) -> None:
    """Print a paragraph with an empty line after it."""
    say(*textwrap.wrap(text, WIDTH), "")


def say(*lines: str) -> None:
    """Print lines."""
    for line in lines:
        sys.stdout.write(line + "\n")


def _json(body: object) -> None:
    sys.stdout.write(json.dumps(body, indent=1, ensure_ascii=False) + "\n")
