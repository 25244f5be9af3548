"""Teams at the table: which levers each role may move, and about whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.errors import InputError, UnknownName
from foedus.posture.scope import KIND, covers, legal_scopes, scope_named
from foedus.tabletop.orders import Matter, Order
from foedus.world import World


@dataclass(frozen=True)
class Role:
    """What a kind of team decides.

    name    as a command and a page call it
    levers  what it may order
    decides the same in words, for its role card
    """

    name: str
    levers: tuple[Matter, ...]
    decides: str


ROLES = {
    role.name: role
    for role in (
        Role(
            "guarantor",
            (Matter.SUPPORT,),
            "support by channel, region, group or ally, and remote denial",
        ),
        Role(
            "allies",
            (Matter.SHARES, Matter.RULE, Matter.BESIDE),
            "what money buys, rules, and what second guarantors give",
        ),
        Role("treasury", (Matter.SPENDING,), "military spending of the allies, from next year's budget on"),
        Role("adversary", (Matter.HOSTILITY, Matter.WAR), "pressure or less of it, and wars that it begins or stops"),
    )
}
"""Roles by name. The facilitator is none of them: it may order anything, by an inject."""

FACILITATOR = "facilitator"

_TEAM = re.compile(r"([\w -]{1,40})=(\w+)(?::(.+))?")


@dataclass(frozen=True)
class Team:
    """A team.

    name  as it is addressed
    role  one of `ROLES`
    of    whom it decides for: scopes that its orders stay within, for an adversary its challengers; all when empty
    """

    name: str
    role: str
    of: tuple[str, ...] = ()

    @staticmethod
    def read(text: str, states: Sequence[str]) -> Team:
        """A team as a command gives it: `Warsaw=allies:POL`, `Moscow=adversary:RUS`, `guarantor=guarantor`.

        Raises InputError or UnknownName.
        """
        found = _TEAM.fullmatch(text)
        if found is None:
            msg = f"--team {text}: is not like Warsaw=allies:POL,EST"
            raise InputError(msg)
        name, role, of = found.groups()
        if role not in ROLES:
            raise UnknownName("role", role, ROLES, f"--team {text}")
        if name == FACILITATOR:
            msg = f"--team {text}: the facilitator is no team"
            raise InputError(msg)
        scopes = []
        for word in [part.strip() for part in (of or "").split(",") if part.strip()]:
            scope = scope_named(word, states)
            if scope is None or (role == "adversary" and scope not in states):
                kind = "state" if role == "adversary" else KIND
                raise UnknownName(kind, word, states if role == "adversary" else legal_scopes(states), f"--team {text}")
            scopes.append(scope)
        return Team(name, role, tuple(scopes))

    def refuses(self, order: Order, world: World) -> str:
        """Why the team may not give an order, in words; empty when it may."""
        role = ROLES[self.role]
        for lever in order.levers:
            if lever not in role.levers:
                other = " or ".join(other.name for other in ROLES.values() if lever in other.levers)
                return f"{lever.value} is decided by {other}; this team decides {role.decides}"
        if not self.of:
            return ""
        if self.role == "adversary":
            return "" if order.key in self.of else f"{self.name} moves {', '.join(self.of)}, and not {order.key}"
        states = world.states
        outside = [
            iso
            for iso, region in zip(states.iso3, states.region, strict=True)
            if covers(order.scope, iso, region) and not any(covers(scope, iso, region) for scope in self.of)
        ]
        return f"{self.name} decides for {', '.join(self.of)}, and {order.scope} has others" if outside else ""


USUAL = tuple(Team(name, name) for name in ROLES)
"""The four teams of an exercise that names none."""
