"""The command `foedus exposure`: the account of an ally, or the allies of a region side by side."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from foedus import terms
from foedus.cli.applies import not_with
from foedus.cli.naming import one_state, several
from foedus.cli.plain import (
    banded,
    explained,
    figure_json,
    hangs_on,
    paragraph,
    said_settings,
    say,
    table,
    to_json,
    whole,
)
from foedus.errors import InputError, UnknownName
from foedus.exposure.drawing_up import account, accounts, unchallenged
from foedus.exposure.figure import Figure
from foedus.exposure.holdings import KINDS, WORLD, Holding
from foedus.exposure.ledger import parameters_set
from foedus.exposure.statement import Account
from foedus.exposure.view import SWITCHED
from foedus.exposure.words import days, percent, share_words
from foedus.names import possessive
from foedus.world import World

__all__ = [
    "as_mapping",
    "explained",
    "figure_json",
    "paragraph",
    "parameters_given",
    "say",
    "show_exposure",
    "to_json",
]

DOMAIN_TITLES = {"land": "land", "air": "air and missile defence", "maritime": "sea", "c4isr": "intelligence, command"}


def show_exposure(
    ally: str,
    *,
    channel: str = "",
    against: str = "",
    explain: str = "",
    as_json: bool = False,
) -> None:
    """Print the account of `ally`, a state's code or name, or of a region or group; of all allies when empty."""
    world = World.load()
    if channel and channel not in terms.CHANNELS:
        raise UnknownName("channel", channel, terms.CHANNELS)
    place = several(world, ally) if ally else None
    if not ally or place:
        not_with("a region or a group; name one ally", against=against)
        if explain:
            msg = "--explain needs one ally, such as: foedus exposure POL --explain air-defence"
            raise InputError(msg)
        found = accounts(world, place)
        _region(found, place or "all regions", channel, as_json=as_json)
        if not as_json and (rest := unchallenged(world, place)):
            paragraph(
                f"Challenged by nobody whom the guarantor would fight: {', '.join(rest)}. By itself each is measured "
                f"where its pool would fight: foedus exposure {rest[0]}."
            )
        return
    held = account(world, ally_named(world, ally), against=against or None)
    if explain:
        explained(held, explain, as_json=as_json)
    elif channel:
        _channel(held, channel, as_json=as_json)
    elif as_json:
        to_json(as_mapping(held))
    else:
        _account(held)


def ally_named(world: World, name: str) -> str:
    """The iso3 of a state by code or name; raise UnknownName with the nearest spelling, InputError for several."""
    return one_state(world, name, "exposure with this option")


def parameters_given(texts: list[str]) -> AbstractContextManager[None]:
    """Return a context in which the parameters of `NAME=VALUE` texts are set. Raises InputError for other texts."""
    values: dict[str, float] = {}
    for text in texts:
        name, sign, number = text.partition("=")
        if name.strip() in values:
            msg = f"--set {name.strip()}: is set twice. Set it once"
            raise InputError(msg)
        try:
            values[name.strip()] = float(number)
        except ValueError:
            msg = (
                f'--set "{text}": write NAME=VALUE, such as output_growth=0.3' if sign else f'--set "{text}" has no "="'
            )
            raise InputError(msg) from None
    return parameters_set(**values)


def as_mapping(held: Account) -> dict[str, Any]:
    """Everything an account shows, for JSON."""
    return {
        "ally": held.ally,
        "name": held.name,
        "guarantor": held.guarantor,
        "against": held.muster.code(held.need.challenger),
        "front": held.front,
        "theatre": held.need.theatre,
        "exposure": figure_json(held.index),
        "overall": _shares_json(held.overall),
        "domains": {name: _shares_json(part) for name, part in held.shares.items()},
        "today": {name: figure_json(figure) for name, figure in held.today.items()}
        | {"all": figure_json(held.today_overall)},
        "denial": figure_json(held.denial),
        "dependence": {name: figure_json(figure) for name, figure in held.dependence.items()},
        "picture": {"today": figure_json(held.picture[0]), "without": figure_json(held.picture[1])},
        "arrival_days": figure_json(held.arrival),
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
    say(f"{held.name.upper()}: what depends on {held.guarantor_name}", "")
    said_settings()
    chance = held.muster.parameter("tolerable_chance").value
    goal = "no better than even odds" if chance == 0.5 else f"at most a chance of {100 * chance:g} %"
    if held.borrowed:
        paragraph(f"{held.measured_at} Own is what {held.name} would send there.")
    paragraph(
        f"Measured against {held.challenger_name}, in a {need.theatre} theatre: needed is the force that would "
        f"give {held.challenger_name} {goal} of winning. Its chance today is "
        f"{percent(need.wins_alone)} against {held.front_name} alone, {percent(need.wins_pooled)} with the pool, "
        f"{percent(need.wins_helped)} with {held.guarantor_name}."
    )
    paragraph(
        f"Of what {held.front_name} needs, {share_words(held.index)}, depends on {held.guarantor_name}; "
        f"{percent(held.overall.unmet)} is met by nobody. Of what would fight for it today, "
        f"{share_words(held.today_overall)}, would go with {held.guarantor_name}."
    )
    _domains(held)
    _channels(held)
    paragraph(
        f"Denial of spares, software and mission data would put {share_words(held.denial)}, of "
        f"{possessive(held.name)} own forces out of action."
    )
    _kinds(held)
    hangs_on(held.index, "The share that depends on the guarantor")
    if failed := _failed(held):
        paragraph(failed)
    paragraph(
        f"Ranges are 5-95 %, over the ledger's parameters and the facts' own ranges; lowest grade "
        f"{held.index.grade}. Where a figure comes from: foedus exposure {held.ally} --explain exposure (or "
        "air-defence, land-own, sustainment, today, denial, …)."
    )


def _domains(held: Account) -> None:
    """Table of what is needed in each domain, and who brings it."""
    head = ("% of what is needed (weight)", "own", "pool", "guarantor", "unmet", "of today")
    rows = [
        (DOMAIN_TITLES[name], held.shares[name], held.today[name], weight)
        for name, weight in zip(terms.DOMAINS, held.need.weights, strict=True)
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


def _channels(held: Account) -> None:
    """Table of what rests on each channel of the guarantee, and when its loss is felt."""
    table(
        ("by channel", "share of need, %", "felt after", "level today"),
        [
            (
                name.replace("_", " "),
                banded(held.overall.rests[name], 1) if name in SWITCHED else "-",
                days(held.felt_after[name]) if name in held.felt_after else "at once, in beliefs",
                f"{held.channels[name].value:.1f} ({held.channels[name].grade})",
            )
            for name in terms.CHANNELS
        ],
    )


def _failed(held: Account) -> str:
    """Hindcasts of the ally's past that failed, if any: a limit of what runs built on this account say."""
    from foedus.hindcasts.concerning import on_history

    said = on_history(held.ally, held.region, held.guarantor)
    return f"{said} The account itself is arithmetic. Scoreboard: foedus validate --stored." if "fails" in said else ""


def _kinds(held: Account) -> None:
    """Print what is held in kind: the ally, its region, the guarantor there, in the region and anywhere."""
    columns = (
        (held.name.removeprefix("the "), held.own, held.ally),
        (f"all {held.region}", held.own, held.region),
        (f"{held.guarantor} there", held.provided, held.ally),
        (f"in {held.region}", held.provided, held.region),
        ("in all", held.provided, WORLD),
    )
    found = [{row.variable: row for row in rows if row.where == where} for _, rows, where in columns]
    names = [name for name in KINDS if any(name in rows for rows in found)]
    people = found[0]["personnel"].figure
    first = (
        "personnel",
        "missing" if people is None else f"{people.value * 1000:,.0f} {people.grade}",
        "",
        f"{held.troops.value:,.0f} {held.troops.grade}",
        "",
        "",
    )
    rows = [first, *((name.replace("_", " "), *(_cell(part.get(name)) for part in found)) for name in names)]
    kept = [i for i in range(6) if i == 0 or any(row[i] for row in rows)]
    head = ("in kind", *(title for title, _, _ in columns))
    table(tuple(head[i] for i in kept), [tuple(row[i] for i in kept) for row in rows])
    paragraph(
        "Aid in million dollars a year; shells (thousands) and interceptors made a year; import share: of the ally's "
        "or the region's major arms imports. Missing: no source at hand gives the count; the shares above rest on "
        "stock accounts, not on these counts. Ranges: --json."
    )


def _theatre(held: Account) -> None:
    """Print what is held in kind in a region: by its states together, by the guarantor there and anywhere."""
    columns = (
        (f"all {held.region}", held.own, held.region),
        (f"{held.guarantor} in {held.region}", held.provided, held.region),
        (f"{held.guarantor} in all", held.provided, WORLD),
    )
    found = [{row.variable: row for row in rows if row.where == where} for _, rows, where in columns]
    table(
        ("in kind", *(title for title, _, _ in columns)),
        [
            (name.replace("_", " "), *(_cell(part.get(name)) for part in found))
            for name in KINDS
            if any(name in part for part in found)
        ],
    )


def _cell(row: Holding | None) -> str:
    if row is None:
        return ""
    return "missing" if row.figure is None else f"{row.figure.value:,.4g} {row.figure.grade}"


def _channel(held: Account, channel: str, *, as_json: bool) -> None:
    rows = {name: part.rests[channel] for name, part in held.shares.items()} if channel in SWITCHED else {}
    kinds = [row for row in held.provided if row.channel == channel]
    if as_json:
        to_json(
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
        depends = channel == "sustainment"
        table(
            ("domain", "share of need that depends on it, %", *(("of own stock, %",) if depends else ())),
            [
                (DOMAIN_TITLES[name], banded(figure, 1), *((banded(held.dependence[name]),) if depends else ()))
                for name, figure in rows.items()
            ]
            + [("all, weighted", banded(held.overall.rests[channel], 1), *(("",) if depends else ()))],
        )
        when = "Withdrawn in about" if channel in ("troops", "reinforcement") else "Felt after"
        paragraph(f"{when} {days(held.felt_after[channel])}. {_more(held, channel)}".strip())
    else:
        paragraph(
            "This channel makes no capability by itself: it is a promise, a flow of goods or money, or nuclear "
            "weapons. What it is worth shows in a simulation: foedus compare."
        )
    for row in kinds:
        figure = row.figure
        value = "missing" if figure is None else f"{figure.value:,.4g} {_per(figure)}({figure.grade})"
        place = {held.ally: held.name, WORLD: "in all"}.get(row.where, row.where)
        say(f"  {place}: {row.meaning}: {value}")


def _per(figure: Figure) -> str:
    unit = str(figure.unit)
    scale = "million dollars " if "USD" in unit else "thousand " if unit.startswith("thousand") else ""
    return scale + ("a year " if unit.endswith("/year") else "")


def _more(held: Account, channel: str) -> str:
    """What else is known of a channel at an ally."""
    if channel == "intelligence":
        whole, without = held.picture
        return (
            f"{possessive(held.name)} picture and command are {percent(whole)} complete today, and would be "
            f"{percent(without)} complete without {held.guarantor_name}."
        )
    if channel == "reinforcement":
        return f"In a war it would take {days(held.arrival)} to arrive."
    if channel == "troops":
        return f"{held.troops.value:,.0f} persons are on {possessive(held.name)} soil (grade {held.troops.grade})."
    if channel == "sustainment":
        return f"Denial would put {share_words(held.denial)}, of {possessive(held.name)} own forces out of action."
    return ""


def _region(found: list[Account], title: str, channel: str, *, as_json: bool) -> None:
    if as_json:
        to_json([as_mapping(held) for held in found])
        return
    say(f"What depends on the guarantor, {title}: {len(found)} allies with a challenger", "")
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
    if found and title in terms.REGIONS:
        _theatre(found[0])
    paragraph(
        "Per cent of the force that would give the worst challenger no better than even odds, with 5-95 % ranges; of "
        "today: share of what would fight for the ally today that would go with the guarantor. One ally: "
        "foedus exposure POL."
    )
