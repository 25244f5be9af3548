"""One channel of an ally's account of exposure, in words and figures."""

from __future__ import annotations

from foedus import terms
from foedus.cli.exposure_json import holding_json
from foedus.cli.exposure_tables import DOMAIN_TITLES
from foedus.cli.plain import banded, figure_json, paragraph, say, table, to_json
from foedus.exposure.figure import Figure
from foedus.exposure.holdings import WORLD
from foedus.exposure.statement import Account
from foedus.exposure.view import SWITCHED
from foedus.exposure.words import days, percent, share_words
from foedus.names import possessive


def show_channel(held: Account, channel: str, *, as_json: bool) -> None:
    """Print what rests on a channel, when its loss is felt, and what of it is held in kind."""
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
                "in_kind": [holding_json(row) for row in kinds],
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
