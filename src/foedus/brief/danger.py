"""Belief and risk in sentences: the chance of help as estimated and in the model, the loss now and at its worst."""

from __future__ import annotations

from collections.abc import Mapping

from foedus import words
from foedus.brief import ranges
from foedus.brief.contents import Brief
from foedus.brief.reading import Simulated

BEYOND = 0.05
"""Share of futures from which a worst challenger outside the guarantee is worth a sentence."""


def belief(brief: Brief) -> list[str]:
    """The ally's, the challenger's, the model's; now and when lowest."""
    numbers = brief.simulated
    uncovered, beyond = numbers["uncovered"].value, []
    if uncovered > BEYOND:
        beyond.append(
            f"not counted: {ranges.futures(uncovered)} its worst challenger is outside the guarantee, "
            "such as a fellow ally"
        )
    if "promise-ally-now" not in numbers:
        return [words.sentence("The guarantee does not cover its worst challenger in any future")]
    year = f"{numbers['promise-lowest-year'].value:.0f}"
    ally = {when: numbers[f"promise-ally-{when}"] for when in ("now", "lowest")}
    path = (
        f"{brief.subject_name} puts the chance that {brief.guarantor} would fight its worst challenger at "
        f"{ranges.chance(ally['now'])} today"
    )
    if ally["now"].value - ally["lowest"].value >= 0.02:
        path += f" and {ranges.chance(ally['lowest'])} in {year}, its lowest"
    found = [f"{path}; {_adversary(numbers)}", _truth(numbers, year, brief.guarantor), *beyond]
    return [words.sentence(part) for part in found]


def _adversary(numbers: Mapping[str, Simulated]) -> str:
    ally, adversary = (numbers[f"promise-{who}-lowest"].value for who in ("ally", "adversary"))
    if abs(ally - adversary) < 0.03:
        return "that one agrees"
    more = "higher" if adversary > ally else "lower"
    return f"that one puts it {more}, at {ranges.chance(numbers['promise-adversary-lowest'])}"


def _truth(numbers: Mapping[str, Simulated], year: str, guarantor: str) -> str:
    now, then = (numbers[f"promise-true-{when}"].value for when in ("now", "lowest"))
    gap = then - numbers["promise-ally-lowest"].value
    trust = (
        "; the ally then underestimates it" if gap > 0.05 else "; the ally then overestimates it" if gap < -0.05 else ""
    )
    if abs(now - then) < 0.03:
        return f"In the model {guarantor} would fight {words.of_the_time(now)}{trust}"
    return f"In the model it is {100 * now:.0f} % now, {100 * then:.0f} % in {year}{trust}"


def risk(brief: Brief) -> list[str]:
    """Now and at its worst, the window, the parts."""
    now, worst = brief.simulated["loss-now"], brief.simulated["loss-worst"]
    gdp = float(brief.world.states.gdp[brief.world.index(brief.subject)])
    window, years = round(brief.value("window")), len(brief.years)
    lead = "" if brief.subject == brief.ally else f"of {brief.subject_name}: "
    levels = f"{lead}now {words.money(now.value * gdp / 100.0)} a year, {ranges.gdp_band(now)} of GDP"
    if worst.value > 1.05 * now.value:
        levels += (
            f"; at its worst, {brief.value('worst-year'):.0f}, {words.money(worst.value * gdp / 100.0)}, "
            f"{ranges.gdp_band(worst)}{', by a few futures' if worst.beyond else ''}"
        )
    else:
        levels += ", and it is never much higher"
    found = [levels]
    if window:
        found.append(f"it is a tenth or more above today's in {window} of {years} years")
    found.append(_parts(brief.value("conceded-part")))
    return [words.sentence(part) for part in found]


def _parts(conceded: float) -> str:
    if conceded < 0.02:
        return "almost none of the expected loss is from concessions, the rest from fighting"
    return f"{100 * conceded:.0f} % of the expected loss is from concessions, the rest from fighting"
