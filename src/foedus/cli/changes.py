"""What a command changes of the scenario it runs: futures, years, seed, mechanisms, plans, ensemble, measures kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from foedus.errors import ScenarioError, UnknownName
from foedus.given import code_of, repeated, wrong_whole, years_of
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import PRIOR, SHIPPED, ensemble_names
from foedus.posture import Scenario, wrong_years
from foedus.posture.bounds import MOST_FUTURES, MOST_SEED


@dataclass(frozen=True)
class Changes:
    """What is changed, as it was typed; what is None or empty stays as the scenario has it.

    futures   how many
    years     first and last, like 2026:2050
    seed      of the random draws
    without   mechanisms that are switched off beside the scenario's own
    plans     whether announced spending is followed
    ensemble  of parameters
    keep      measures, with commas between
    """

    futures: int | None = None
    years: str | None = None
    seed: int | None = None
    without: Sequence[str] = ()
    plans: bool = True
    ensemble: str = ""
    keep: str = ""

    def to(self, scenario: Scenario) -> Scenario:
        """The scenario changed; raise ScenarioError or UnknownName for what it cannot be."""
        without = rows_named(self.without)
        load_ledger().switched_off(without)
        if self.futures is not None:
            scenario = scenario.but(futures=positive("futures", self.futures, MOST_FUTURES))
        if self.years is not None:
            first, last = years_named(self.years)
            scenario = scenario.but(first=first, last=last)
        if self.seed is not None:
            scenario = scenario.but(seed=_seed(self.seed))
        if without:
            scenario = scenario.switching_off(without)
        if not self.plans:
            scenario = scenario.but(plans=False, other=replace(scenario.other, plans=None))
        if self.ensemble:
            scenario = scenario.but(ensemble=ensemble_named(self.ensemble))
        return scenario.but(keep=_words(self.keep)) if self.keep else scenario

    def options(self, scenario: Scenario) -> list[str]:
        """Options that run the changed scenario again, whatever its file or a default says later."""
        span = f"{scenario.first}:{scenario.last}"
        asked = ["--futures", str(scenario.futures), "--seed", str(scenario.seed), "--years", span]
        rows = (word for row in rows_named(self.without) for word in ("--without", row))
        drawn = ["--ensemble", self.ensemble] if self.ensemble else []
        kept = ["--keep", self.keep] if self.keep else []
        return [*asked, *rows, *([] if self.plans else ["--without-plans"]), *drawn, *kept]


def rows_named(rows: Sequence[str]) -> tuple[str, ...]:
    """Rows of mechanisms as the ledger writes them: r17 is R17. Raises ScenarioError for one named twice."""
    found = tuple(row.upper() for row in rows)
    if twice := repeated(found):
        msg = f"{twice} is named twice. Name it once"
        raise ScenarioError(msg)
    return found


def years_named(text: str) -> tuple[int, int]:
    """First and last year of a span; raise ScenarioError for text that is none."""
    if (found := years_of(text)) is None:
        msg = f"--years {text}: is not like 2026:2050"
        raise ScenarioError(msg)
    if wrong := wrong_years(*found):
        msg = f"--years {text}: {wrong}"
        raise ScenarioError(msg)
    return found


def ensemble_named(name: str) -> str:
    """The ensemble of that name, the one of every scenario where none is given; raise UnknownName for none."""
    if not name:
        return SHIPPED
    if (found := code_of(name, (*ensemble_names(), PRIOR))) is None:
        raise UnknownName("ensemble", name, (*ensemble_names(), PRIOR))
    return found


def positive(name: str, value: int, most: int) -> int:
    """A whole number from 1 to `most`; raise ScenarioError, naming the option, for others."""
    if wrong := wrong_whole(value, 1, most):
        msg = f"--{name} {wrong}"
        raise ScenarioError(msg)
    return value


def _seed(seed: int) -> int:
    if wrong := wrong_whole(seed, 0, MOST_SEED):
        msg = f"--seed {wrong}"
        raise ScenarioError(msg)
    return seed


def _words(text: str) -> tuple[str, ...]:
    """Words between commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
