"""The command `foedus exposure`: the account of an ally, or the allies of a region side by side."""

from __future__ import annotations

from contextlib import AbstractContextManager

from foedus import terms
from foedus.cli.applies import not_with
from foedus.cli.exposure_channel import show_channel
from foedus.cli.exposure_json import as_mapping
from foedus.cli.exposure_tables import by_channel, by_domain, in_kind, in_theatre
from foedus.cli.naming import one_state, several
from foedus.cli.plain import banded, explained, hangs_on, paragraph, said_settings, say, table, to_json, whole
from foedus.errors import InputError, UnknownName
from foedus.exposure.drawing_up import account, accounts, unchallenged
from foedus.exposure.ledger import parameters_set
from foedus.exposure.statement import Account
from foedus.exposure.view import SWITCHED
from foedus.exposure.words import percent, share_words
from foedus.names import possessive
from foedus.world import World


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
        show_channel(held, channel, as_json=as_json)
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
    by_domain(held)
    by_channel(held)
    paragraph(
        f"Denial of spares, software and mission data would put {share_words(held.denial)}, of "
        f"{possessive(held.name)} own forces out of action."
    )
    in_kind(held)
    hangs_on(held.index, "The share that depends on the guarantor")
    if failed := _failed(held):
        paragraph(failed)
    paragraph(
        f"Ranges are 5-95 %, over the ledger's parameters and the facts' own ranges; lowest grade "
        f"{held.index.grade}. Where a figure comes from: foedus exposure {held.ally} --explain exposure (or "
        "air-defence, land-own, sustainment, today, denial, …)."
    )


def _failed(held: Account) -> str:
    """Hindcasts of the ally's past that failed, if any: a limit of what runs built on this account say."""
    from foedus.hindcasts.concerning import on_history

    said = on_history(held.ally, held.region, held.guarantor)
    return f"{said} The account itself is arithmetic. Scoreboard: foedus validate --stored." if "fails" in said else ""


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
        in_theatre(found[0])
    paragraph(
        "Per cent of the force that would give the worst challenger no better than even odds, with 5-95 % ranges; of "
        "today: share of what would fight for the ally today that would go with the guarantor. One ally: "
        "foedus exposure POL."
    )
