"""The command `foedus exposure --replace`: a bill with a date, and who pays."""

from __future__ import annotations

from typing import Any

from foedus.cli.exposure import ally_named
from foedus.cli.naming import several
from foedus.cli.plain import explained, figure_json, hangs_on, paragraph, said_settings, say, table, to_json
from foedus.errors import InputError
from foedus.exposure.drawing_up import account
from foedus.exposure.figure import Figure
from foedus.exposure.ledger import declared
from foedus.exposure.replacement.burden import in_words
from foedus.exposure.replacement.money import BASE, to_currency
from foedus.exposure.replacement.plan import Replacement
from foedus.exposure.statement import Account
from foedus.world import World
from foedus.world.groups import group_named

FAR = 2100
"""Dates beyond this are out of reach."""


def show_replacement(
    ally: str, preset: str, share: str, pool: str, *, against: str, explain: str, as_json: bool
) -> None:
    """Print what it takes to replace the guarantor for an ally, the standing pool of a region, or a group together."""
    world = World.load()
    if not ally:
        msg = "--replace needs an ally, a region or a group, such as: foedus exposure Europe --replace contribution"
        raise InputError(msg)
    place = several(world, ally)
    held = account(world, _foremost(world, place) if place else ally_named(world, ally), against=against or None)
    plan = held.replace(preset, share, pool or (place if place and group_named(place) else None) or "region")
    if explain:
        explained(plan, explain, as_json=as_json)
    elif as_json:
        to_json(as_mapping(plan))
    else:
        _plan(held, plan, whole_pool=place is not None)


def as_mapping(plan: Replacement) -> dict[str, Any]:
    """Everything a replacement shows, for JSON."""
    bill = plan.bill
    return {
        "preset": bill.preset.key,
        "pool": plan.pool,
        "members": list(plan.members),
        "rule": plan.rule,
        "prices_of": BASE,
        "scale": {domain: figure_json(figure) for domain, figure in plan.scale.items()},
        "power_kept_together": figure_json(plan.kept),
        "lines": [
            {
                "item": line.item.key,
                "name": line.item.name,
                "domain": line.item.domain,
                "quantity": figure_json(line.quantity),
                "mean_price": figure_json(line.unit),
                "buy": figure_json(line.buy),
                "upkeep": figure_json(line.upkeep),
                "renewal": figure_json(line.renewal),
                "first_delivery": figure_json(line.first),
                "last_delivery": figure_json(line.last),
                "ready": figure_json(line.ready),
            }
            for line in bill.lines
        ],
        "people": None
        if bill.people is None
        else {"number": figure_json(bill.people.number), "cost": figure_json(bill.people.cost)},
        "totals": {name: figure_json(figure) for name, figure in bill.named.items() if name in _TOTALS},
        "bottleneck": str(bill.bottleneck),
        "payers": [
            {
                "iso3": payer.iso3,
                "name": payer.name,
                "share": payer.share,
                "cost": figure_json(payer.cost),
                "yearly": figure_json(payer.yearly),
                "of_gdp": figure_json(payer.of_gdp),
            }
            for payer in plan.payers
        ],
    }


DOMAIN_SHORT = {"land": "land", "air": "air", "maritime": "sea", "c4isr": "intelligence and command"}

_TOTALS = ("buy", "running", "cost", "yearly", "by-2030", "industry", "people-ready", "money", "closes")


def _plan(held: Account, plan: Replacement, *, whole_pool: bool) -> None:
    bill = plan.bill
    who = plan.pool if whole_pool or not plan.alone else held.name
    say(f"{bill.preset.title.upper()}: {who}", "")
    alone = len(plan.members) == 1
    buyers = f"{held.name} alone" if alone else f"{len(plan.members)} members of {plan.pool}"
    friction = (
        ""
        if alone
        else f" Together they keep {100 * plan.kept.value:.0f} % of their summed power, and buy more to make up for it."
    )
    scales = {figure.name for figure in plan.scale.values()}
    size = (
        "The whole list: it was drawn up for these members."
        if scales == {"whole list"}
        else "What must be replaced, over what the list was drawn up for (the most exposed state of Europe): "
        + ", ".join(f"{DOMAIN_SHORT[domain]} {figure.value:.2f}" for domain, figure in plan.scale.items())
        + "."
    )
    said_settings()
    paragraph(bill.preset.question)
    paragraph(f"Bought by {buyers}. {size}{friction} Billion euros of {BASE}, ranges 5-95 %.")
    bought = [line for line in bill.lines if line.quantity.value > 0.0]
    rows = [
        (
            line.item.name,
            f"{line.quantity.value:,.0f}",
            _price(line.unit),
            spread(line.buy),
            _sum(line.upkeep.value + line.renewal.value),
            date(line.first),
            date(line.ready),
        )
        for line in bought
    ]
    if bill.people is not None:
        people = bill.people
        rows.append(("soldiers", f"{people.number.value:,.0f}", "", "", spread(people.cost), "", date(people.ready)))
    table(("", "pieces", "each, m", "purchase", "running", "first", "ready"), rows)
    currency, effort = bill.preset.currency, 100 * declared("extra_effort").value
    other = "" if currency == "EUR" else f"; {spread(to_currency(bill.cost, currency))} billion {currency}"
    limits = [
        ("Industry", bill.industry, f"last: {bill.slowest.item.name}"),
        ("People", bill.people_ready, "when the soldiers are there and exercised"),
        ("Money", bill.money, f"when {effort:g} % of product a year has paid the purchase"),
        ("Closes", bill.closes, f"held by {bill.bottleneck}"),
    ]
    sums = [
        ("Purchase", bill.buy, ""),
        ("Running", bill.running, "upkeep, renewal and people"),
        ("All", bill.cost, f"over {bill.preset.horizon} years{other}"),
        ("A year", bill.yearly, "mean"),
        ("By 2030", bill.by_2030, "paid by the end of the year"),
    ]
    say(*(f"{name:10}{spread(figure):20}{words}".rstrip() for name, figure, words in sums), "")
    say(
        *(
            f"{name:10}{date(figure, ranged=True):20}{words}".rstrip()
            for name, figure, words in limits
            if figure is not None
        ),
        "",
    )
    _payers(held, plan, whole_pool=whole_pool)
    hangs_on(bill.cost, "The cost")


def _payers(held: Account, plan: Replacement, *, whole_pool: bool) -> None:
    shown = list(plan.payers[:10])
    if not whole_pool and held.ally not in [payer.iso3 for payer in shown]:
        shown.append(plan.payer(held.ally))
    table(
        (f"who pays, {plan.rule}", "share, %", "billion", "a year", "% of GDP a year"),
        [
            (
                payer.name,
                f"{100 * payer.share:.1f}",
                spread(payer.cost),
                spread(payer.yearly),
                f"{100 * payer.of_gdp.value:.2f} ({100 * payer.of_gdp.low:.2f}-{100 * payer.of_gdp.high:.2f})",
            )
            for payer in shown
        ],
    )
    left = len(plan.payers) - len(shown)
    more = f" {left} more members: --json." if left > 0 else ""
    paragraph(
        f"Shared {in_words(plan.rule)}.{more} "
        f"Where a figure comes from: foedus exposure {held.ally} --replace {plan.bill.preset.key} "
        "--explain cost (or combat-aircraft, closes, …). Beside the published totals: foedus manual exposure."
    )


def _foremost(world: World, place: str) -> str:
    """Code of the ally of a region or group, in a pool if any is, with the largest product."""
    pooled = {int(i) for members in world.pools.members for i in members}
    among = world.named(place)
    allies = [int(i) for i in world.links.ally if world.states.iso3[int(i)] in among]
    if not allies:
        msg = f"{place}: no ally there"
        raise InputError(msg)
    best = max(allies, key=lambda i: (i in pooled, world.states.gdp[i]))
    return world.states.iso3[best]


def spread(figure: Figure) -> str:
    """A sum with its band, two or three digits."""
    low, high = figure.band
    return _sum(figure.value) if _sum(low) == _sum(high) else f"{_sum(figure.value)} ({_sum(low)}-{_sum(high)})"


def _sum(value: float) -> str:
    if value == 0.0:
        return "0"
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 0.1 else f"{value:.2g}"


def _price(figure: Figure) -> str:
    value = figure.value
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def date(figure: Figure, *, ranged: bool = False) -> str:
    """A date as a year, with its band when `ranged`; far ones are out of reach."""

    def year(value: float) -> str:
        return f"after {FAR}" if value > FAR else f"{value:.0f}"

    low, high = (year(x) for x in figure.band)
    value = year(figure.value)
    return value if not ranged or low == high else f"{value} ({low}-{high})"
