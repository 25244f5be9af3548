"""A portfolio: what one ally does, in terms of `[doctrine]` and `[world]` of a scenario, with one trigger at most."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.posture.doctrine import Doctrine
from foedus.posture.schedule import Schedule
from foedus.terms import NuclearStatus
from foedus.words import listed

STATUS = "nuclear_pursuit"
"""Figure of a state by which a portfolio begins a nuclear programme."""

MEASURE_WORDS = {
    "chance_promise_kept": "the chance the ally gives to the guarantor fighting",
    "fatal_risk": "the yearly chance of a fatal crisis",
    "threat": "threat as the ally perceives it",
    "tension": "tension with the guarantor",
}
"""What a trigger asks about, in words."""

OPTION_WORDS = {
    "land": "land arms from the guarantor",
    "air": "air power from the guarantor",
    "maritime": "ships from the guarantor",
    "land_home": "land arms of its own make",
    "air_home": "air power and missiles of its own make",
    "maritime_home": "ships of its own make",
    "c4isr": "its own C4ISR",
    "missile_defence": "missile defence",
    "unmanned_cyber": "unmanned and cyber forces",
    "enablers": "shared enablers",
    "pool": "the regional pool",
    "nuclear": "a nuclear programme",
    "loyalty": "favour with the guarantor",
    "reserve": "a financial reserve",
}
"""What money buys, in words."""


@dataclass(frozen=True)
class Trigger:
    """An adaptive rule: while a measure is beyond a threshold, more is spent, and one option gets more.

    measure    one of `foedus.posture.doctrine.MEASURES`
    sign       +1 above, -1 below the threshold
    since      first year in which it can hold; a budget that it orders is next year's
    spending   share of GDP while the condition holds
    option     what gets more of the money that can move, by `more`, share
    """

    measure: str
    sign: int
    threshold: float
    since: int
    spending: float
    option: str
    more: float

    @property
    def words(self) -> str:
        """The rule in a sentence without its full stop."""
        side = "above" if self.sign > 0 else "below"
        more = f" and puts {100 * self.more:.0f} more in a hundred into {OPTION_WORDS[self.option]}"
        return (
            f"from {self.since} on, while {MEASURE_WORDS[self.measure]} is {side} {self.threshold:g}, it spends "
            f"{100 * self.spending:.1f} % of product{more if self.more else ''}"
        )


@dataclass(frozen=True)
class Portfolio:
    """What an ally does instead of what the model decides; everything empty is the model's own choice.

    spending  (year, share of GDP), straight lines between, constant after the last
    shares    (option, share of the money that reviews can move); they sum to one
    trigger   an adaptive rule
    status    nuclear status with which it begins, 1 explores or 2 pursues; None leaves that of the facts
    """

    spending: tuple[tuple[int, float], ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    trigger: Trigger | None = None
    status: int | None = None

    def doctrines(self, scope: str) -> tuple[Doctrine, ...]:
        """The portfolio as doctrines of a scope: a state's code or a group."""
        found = []
        if self.spending or self.shares:
            years, levels = zip(*self.spending, strict=True) if self.spending else ((), ())
            path = Schedule(tuple(years), tuple(levels)) if self.spending else None
            found.append(Doctrine(scope, shares=self.shares, spending=path))
        if (rule := self.trigger) is not None:
            when = ((rule.measure, rule.sign, rule.threshold),)
            more = ((rule.option, rule.more),) if rule.more > 0.0 else ()
            found.append(Doctrine(scope, when, spending=rule.spending, more=more, since=rule.since))
        return tuple(found)

    def figures(self, iso: str) -> tuple[tuple[str, str, float], ...]:
        """Figures of the state that the portfolio changes, as a scenario holds them."""
        return () if self.status is None else ((iso, STATUS, float(self.status)),)

    @property
    def words(self) -> str:
        """What it does, in one or two sentences."""
        if not (self.spending or self.shares or self.trigger or self.status is not None):
            return "It decides as the model has states decide."
        parts = []
        if self.spending:
            path = listed([f"{100 * share:.1f} % of product in {year}" for year, share in self.spending[1:]])
            parts.append(f"spends {path}")
        if self.shares:
            largest = sorted(self.shares, key=lambda pair: -pair[1])[:3]
            bought = [f"{OPTION_WORDS[option]} ({100 * share:.0f} %)" for option, share in largest if share >= 0.1]
            parts.append(
                f"puts the money that can move mainly into {listed(bought)}" if bought else "spreads its money"
            )
        if self.status is not None:
            said = {
                NuclearStatus.EXPLORES: "explores nuclear weapons",
                NuclearStatus.PURSUES: "pursues nuclear weapons",
            }
            parts.append(f"{said.get(NuclearStatus(self.status), 'holds no nuclear programme')} from the start")
        told = f"It {listed(parts)}." if parts else ""
        if self.trigger is not None:
            told += f" {self.trigger.words[0].upper()}{self.trigger.words[1:]}."
        return told.strip()


OWN_CHOICE = Portfolio()
"""What the model has a state decide."""

Plan = tuple[tuple[str, Portfolio], ...]
"""A portfolio for each of some states, by iso3: one for an ally, several for a group."""


def plan_doctrines(plan: Plan) -> tuple[Doctrine, ...]:
    """Doctrines of every state of a plan."""
    return tuple(doctrine for iso, portfolio in plan for doctrine in portfolio.doctrines(iso))


def plan_figures(plan: Plan) -> tuple[tuple[str, str, float], ...]:
    """Figures that a plan changes."""
    return tuple(figure for iso, portfolio in plan for figure in portfolio.figures(iso))
