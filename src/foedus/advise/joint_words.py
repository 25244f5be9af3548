"""Coalitions in words and tables: who gains, who would rather leave, what would keep it in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from foedus.advise.coalition import Coalition, Member
from foedus.results.stamp import errors_note
from foedus.tables import Grid, grid
from foedus.words import listed, money, signed, significant

NAMED = 8
"""Members named in a sentence; the table has all."""


def joint(one: Coalition) -> str:
    """A joint portfolio in sentences."""
    saved = one.surplus
    told = f"Together its members {'save' if saved >= 0.0 else 'pay'} {money(abs(saved))} a year in cost and loss"
    gain, lose = ([m for m in one.members if m.gains.sign == sign] for sign in (1, -1))
    parts = [f"{_named(gain)} gain" if gain else "", f"{_named(lose)} lose" if lose else ""]
    told += (
        f": {listed([part for part in parts if part])}."
        if gain or lose
        else "; no member's change is told from chance."
    )
    leavers = [m for m in one.members if m.rides_free]
    if not leavers:
        return f"{told} Nobody would rather leave while the others stay."
    told += f" {_named(leavers)} would rather leave while the others stay. {money(one.payments)} a year would keep "
    told += f"{'it' if len(leavers) == 1 else 'them'} in, which is worth {money(one.worth)} to the others"
    return told + (
        ", so side payments can hold it together." if one.holds else ", so side payments do not hold it together."
    )


def members(one: Coalition) -> Grid:
    """Every member of a joint portfolio."""
    names = ("member", "gains, %", "of it loss, %", "by leaving, %", "harm, $bn", "payment, $bn")
    rows = [
        (
            m.iso,
            *(_told(change.mean, change.sign) for change in (m.gains, m.safer, m.leaving, m.harm)),
            significant(m.payment),
        )
        for m in one.members
    ]
    return grid(names, rows, right=names[1:])


def members_note(*shown: Coalition) -> str:
    """What the tables of members say, and how exact their figures are."""
    held = [m for one in shown for m in one.members]
    errors = {"gains, %": [m.gains for m in held], "by leaving, %": [m.leaving for m in held]}
    exact = errors_note({name: max((x.error for x in found), default=float("nan")) for name, found in errors.items()})
    return (
        "Per cent of a member's product a year, saved against every member's own choice; by leaving: saved by going "
        "back to its own choice while the others stay; harm: what the others lose by that; payment: what would make it "
        "stay. A figure in brackets is not told from nothing by two standard errors. "
        f"{exact}"
    )


def as_mapping(one: Coalition) -> dict[str, Any]:
    """A joint portfolio for JSON."""
    return {
        "name": one.name,
        "saved_billion_usd": one.surplus,
        "payments_billion_usd": one.payments,
        "worth_billion_usd": one.worth,
        "holds": one.holds,
        "members": [{**asdict(m), "rides_free": m.rides_free, "payment": m.payment} for m in one.members],
    }


def _named(found: list[Member]) -> str:
    names = [m.iso for m in found]
    more = len(names) - NAMED
    return listed([*names[:NAMED], f"{more} more"] if more > 0 else names)


def _told(mean: float, sign: int) -> str:
    return signed(mean) if sign else f"({signed(mean)})"
