"""Replacing the guarantor for an ally: alone or in a pool, by a rule of sharing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.errors import InputError
from foedus.exposure.catalogue import looked_up
from foedus.exposure.explain import tree
from foedus.exposure.figure import Figure, Kind, Leaf, combine, defined, total
from foedus.exposure.leaves import place
from foedus.exposure.ledger import declared
from foedus.exposure.muster import Muster
from foedus.exposure.replacement.bill import Bill, bill_of
from foedus.exposure.replacement.burden import shares
from foedus.exposure.replacement.money import BILLION, in_euros
from foedus.exposure.replacement.scale import ALONE, kept_together, members_of, scales_of
from foedus.exposure.replacement.tables import preset as preset_named
from foedus.exposure.units import Unit
from foedus.names import possessive
from foedus.world import World
from foedus.world.inventory import PRICES


@dataclass(frozen=True)
class Payer:
    """One member's part of a bill.

    share    of the bill, 0-1
    cost     billion euros of 2025 over the horizon
    yearly   the same a year
    of_gdp   yearly over product, a share
    """

    iso3: str
    name: str
    share: float
    cost: Figure
    yearly: Figure
    of_gdp: Figure


@dataclass(frozen=True)
class Replacement:
    """A bill with who pays it.

    pool   its title: a pool of the world, "alone", or the members' codes
    rule   how it is shared
    scale  by domain, what must be replaced over what the list was drawn up for
    kept   share of their power that the members keep when they fight together
    force, effort   active personnel of the payers, and what they add a year for the purchase
    """

    bill: Bill
    pool: str
    members: tuple[str, ...]
    rule: str
    scale: Mapping[str, Figure]
    kept: Figure
    payers: tuple[Payer, ...]
    force: Figure
    effort: Figure

    @property
    def alone(self) -> bool:
        """Whether the ally pays by itself."""
        return self.pool == ALONE

    def payer(self, iso3: str) -> Payer:
        """Return a member's part; raise InputError for a state that is not a member."""
        for payer in self.payers:
            if payer.iso3 == iso3:
                return payer
        msg = f"{iso3} pays nothing: the members are {', '.join(self.members)}"
        raise InputError(msg)

    @property
    def named(self) -> Mapping[str, Figure]:
        """Every figure by name."""
        found = dict(self.bill.named) | {f"scale-{domain}": figure for domain, figure in self.scale.items()}
        found["kept"] = self.kept
        for payer in self.payers:
            found |= {
                f"{payer.iso3.lower()}-cost": payer.cost,
                f"{payer.iso3.lower()}-yearly": payer.yearly,
                f"{payer.iso3.lower()}-of-gdp": payer.of_gdp,
            }
        return found

    def figure(self, name: str) -> Figure:
        """Return a figure by name; raise UnknownName with the nearest spelling."""
        return looked_up(name, self.named)

    def explain(self, name: str, width: int = 80) -> str:
        """Return the chain behind a figure, down to sources."""
        return tree(self.figure(name), width)


def replace(
    muster: Muster,
    ally: str,
    preset: str = "contribution",
    share_rule: str = "gdp",
    pool: str | Sequence[str] | None = None,
    interoperability: float | None = None,
) -> Replacement:
    """Return what it takes to replace the guarantor for an ally.

    muster            forces of the world, seen from the guarantor
    ally              iso3
    preset            enablers, contribution or mass
    share_rule        gdp, threat, capability, equal, or custom shares as text
    pool              None or "region": the ally's standing pool, itself when it has none; "alone"; a pool's name;
                      or codes of members, as a sequence or with commas
    interoperability  0-1, instead of the pool's own

    Raises UnknownName or InputError, naming what is wrong.
    """
    world = muster.world
    if world.tables.year < PRICES:
        msg = f"a bill is drawn up at today's prices and output; this is the world of {world.tables.year}"
        raise InputError(msg)
    title, members = members_of(world, muster, ally, pool)
    kept = kept_together(world, muster, title, members, interoperability)
    scale = scales_of(world, muster, members)
    force, effort = _force(world, members), _effort(world, members)
    bill = bill_of(preset_named(preset), force, effort, scale, kept)
    held = shares(members, share_rule, muster)
    payers = tuple(_payer(world, muster, bill, member, held[member]) for member in members)
    return Replacement(
        bill,
        title,
        tuple(world.states.iso3[i] for i in members),
        share_rule,
        scale,
        kept,
        tuple(sorted(payers, key=lambda payer: -payer.share)),
        force,
        effort,
    )


def _force(world: World, members: tuple[int, ...]) -> Figure:
    people = tuple(place(world, i, "personnel", "forces.csv", "thousand person") for i in members)
    return total("force", "active personnel of the payers", people, "person")


def _gdp(world: World, state: int) -> Figure:
    held = place(world, state, "gdp", "economy.csv", "billion USD 2024")
    return (in_euros(held) * defined("a year", "a year", Unit.parse("1/year"), 1.0)).called(
        f"{world.states.iso3[state]} product", f"product of {world.states.iso3[state]} a year"
    )


def _effort(world: World, members: tuple[int, ...]) -> Figure:
    product = total("product", "product of the payers", tuple(_gdp(world, i) for i in members), f"{BILLION}/year")
    return combine(
        "effort",
        "extra effort of the payers a year",
        f"{BILLION}/year",
        (product, declared("extra_effort")),
        lambda product, effort: product * effort,
        "product times extra effort",
    )


def _payer(world: World, muster: Muster, bill: Bill, member: int, share: float) -> Payer:
    code, name = muster.code(member), muster.name(member)
    part = Leaf(f"share of {code}", f"share that {name} pays", Unit(), share, kind=Kind.GIVEN, grade="V")
    cost = (bill.cost * part).called(f"{code} cost", f"{possessive(name)} part over {bill.preset.horizon} years")
    yearly = (bill.yearly * part).called(f"{code} yearly", f"{possessive(name)} part a year")
    of_gdp = combine(
        f"{code} of product",
        f"{possessive(name)} part a year over its product",
        Unit(),
        (yearly, _gdp(world, member)),
        lambda part, product: part / product,
        "quotient",
    )
    return Payer(code, name, share, cost, yearly, of_gdp)
