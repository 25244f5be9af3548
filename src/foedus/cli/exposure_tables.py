"""Tables of an account of exposure: by domain, by channel, in kind."""

from __future__ import annotations

from foedus import terms
from foedus.cli.plain import banded, paragraph, table, whole
from foedus.exposure.holdings import KINDS, WORLD, Holding
from foedus.exposure.statement import Account
from foedus.exposure.view import SWITCHED
from foedus.exposure.words import days

DOMAIN_TITLES = {"land": "land", "air": "air and missile defence", "maritime": "sea", "c4isr": "intelligence, command"}


def by_domain(held: Account) -> None:
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


def by_channel(held: Account) -> None:
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


def in_kind(held: Account) -> None:
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


def in_theatre(held: Account) -> None:
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
