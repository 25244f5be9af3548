"""Which pairs matter follows from one rule; the world of today holds those that it gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.world import World
from foedus.world.relevance import QUIET_YEARS, RECENT_YEARS, Seen, reasons

STRANGERS = Seen(near=False, rival=False, claim=False, quiet=51, together=51, guarded=False, bound=False)
"""Two states far apart that never met."""


def test_strangers_are_no_pair() -> None:
    assert reasons(STRANGERS) == ()


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        (replace(STRANGERS, rival=True), "strategic rivals"),
        (replace(STRANGERS, claim=True), "territory claimed"),
        (replace(STRANGERS, quiet=RECENT_YEARS - 1), "a dispute in the last fifteen years"),
        (replace(STRANGERS, named="strike on Doha"), "strike on Doha"),
    ],
)
def test_a_quarrel_makes_a_pair_even_of_the_bound(seen: Seen, why: str) -> None:
    assert reasons(seen) == (why,)
    assert reasons(replace(seen, bound=True)) == (why,)


def test_neighbours_are_a_pair_until_both_have_been_quiet_for_twenty_five_years() -> None:
    near = replace(STRANGERS, near=True)
    assert reasons(near) == ()
    assert reasons(replace(near, quiet=QUIET_YEARS - 1)) == ("neighbours",)
    assert reasons(replace(near, together=QUIET_YEARS - 1)) == ("neighbours",)
    assert reasons(replace(near, quiet=QUIET_YEARS - 1, bound=True)) == ()


def test_the_ward_of_a_rival_is_faced_unless_a_pact_binds_the_two() -> None:
    assert reasons(replace(STRANGERS, guarded=True)) == ("ward of a rival",)
    assert reasons(replace(STRANGERS, guarded=True, bound=True)) == ()


def held() -> set[tuple[str, str]]:
    """Pairs of the world of today."""
    world = World.load()
    names = world.states.iso3
    ends = zip(world.pairs.challenger, world.pairs.target, strict=True)
    return {(names[a], names[b]) for a, b in ends}


def test_a_guarantor_can_challenge_its_ally_and_allies_one_another() -> None:
    assert {("USA", "DNK"), ("TUR", "GRC"), ("GRC", "TUR"), ("CYP", "TUR")} <= held()


def test_what_an_analyst_missed_is_there_and_what_ended_is_not() -> None:
    pairs = held()
    missed = "ISR-QAT ISR-TUR USA-YEM YEM-USA CHN-IDN CHN-SGP IRN-JOR IRN-CYP IRN-GBR BLR-EST RUS-NLD RUS-ITA RUS-BEL"
    ended = "DEU-SRB FRA-SRB GBR-SRB ROU-MDA CHE-AUT SVK-UKR HUN-UKR EGY-QAT BHR-QAT ARE-QAT SAU-TUR"
    assert {tuple(pair.split("-")) for pair in missed.split()} <= pairs
    assert not {tuple(pair.split("-")) for pair in ended.split()} & pairs


def rivals() -> set[str]:
    world = World.load()
    names, pairs = world.states.iso3, world.pairs
    ends = zip(pairs.challenger, pairs.target, pairs.rival, strict=True)
    return {f"{names[a]}-{names[b]}" for a, b, rival in ends if rival}


def test_rivalries_end_with_a_dated_peace_and_begin_with_incidents() -> None:
    found = rivals()
    assert not {"SAU-QAT", "EGY-TUR", "SGP-MYS", "TUR-SYR", "SAU-SYR"} & found
    assert {"IRN-SAU", "IRN-QAT", "RUS-POL", "RUS-EST", "CHN-PHL", "USA-PRK", "PRK-USA"} <= found


def test_the_baltic_states_are_rivals_of_russia_side_by_side_and_its_neighbours_at_sea_by_the_rule() -> None:
    assert {"RUS-EST", "RUS-LVA", "RUS-LTU", "RUS-FIN", "RUS-SWE"} <= rivals()
    assert not {"RUS-NOR", "RUS-DNK", "RUS-ROU"} & rivals()


def test_iran_is_the_rival_of_each_gulf_state_that_it_attacked_twice() -> None:
    assert {f"IRN-{iso}" for iso in ("ARE", "BHR", "KWT", "QAT", "SAU")} <= rivals()
    assert "IRN-OMN" not in rivals()
