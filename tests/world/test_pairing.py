"""What the world's pairs carry for the equations of a challenge, and what their tables refuse."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.errors import FactError, UnknownName
from foedus.world import START, World
from foedus.world.tables import FACTS, RECORD


def row(world: World, challenger: str, target: str) -> int:
    """Position of a pair."""
    pairs = world.pairs
    held = (pairs.challenger == world.index(challenger)) & (pairs.target == world.index(target))
    (found,) = np.flatnonzero(held)
    return int(found)


def of(challenger: str, target: str) -> dict[str, float]:
    """Figures of a pair of the world of today."""
    world = World.load()
    pair = row(world, challenger, target)
    names = ("nearest", "land", "water", "one_major", "two_majors", "owes", "claim", "rival")
    return {name: float(getattr(world.pairs, name)[pair]) for name in names}


def years(challenger: str, target: str, what: str) -> list[int]:
    """Years in which a dispute, or a war, went on between two states."""
    world = World.load()
    past = world.pairs.past
    return [int(past.first + y) for y in np.flatnonzero(getattr(past, what)[:, row(world, challenger, target)])]


@pytest.mark.parametrize(
    ("pair", "figures"),
    [
        (("RUS", "EST"), {"nearest": 0, "land": 1, "water": 0, "one_major": 1, "two_majors": 0, "owes": 0, "claim": 1}),
        (("RUS", "LTU"), {"nearest": 0, "land": 1}),
        (("RUS", "POL"), {"nearest": 0, "land": 1}),
        (("CHN", "TWN"), {"nearest": 133.03, "land": 0, "water": 1, "one_major": 1, "claim": 1, "rival": 1}),
        (("CHN", "JPN"), {"nearest": 413.9, "water": 1, "one_major": 0, "two_majors": 1}),
        (("IRN", "ARE"), {"nearest": 94.361, "land": 0, "water": 1, "one_major": 0, "claim": 1}),
        (("TUR", "GRC"), {"owes": 1, "land": 1, "rival": 1}),
        (("USA", "IRN"), {"land": 0, "water": 0, "one_major": 1, "claim": 0, "rival": 1}),
    ],
)
def test_a_pair_has_the_places_powers_and_claims_of_the_record(
    pair: tuple[str, str], figures: dict[str, float]
) -> None:
    found = of(*pair)
    assert {name: found[name] for name in figures} == pytest.approx(figures)


def test_size_is_the_mean_log_share_of_the_two_from_minus_six() -> None:
    world = World.load()
    found = world.tables.latest("standing.csv")
    shares = [found[(iso,), "capability_share"].value for iso in ("CHN", "TWN")]
    assert world.pairs.size[row(world, "CHN", "TWN")] == pytest.approx(np.log(shares).mean() + 6.0)


def test_the_weaker_link_in_democracy_follows_a_state_that_a_study_changes() -> None:
    world = World.load().replace("EST", democracy=0.05)
    assert world.pairs.democracy[row(world, "RUS", "EST")] == 0.05


@pytest.mark.parametrize(
    ("pair", "wars"),
    [
        (("RUS", "UKR"), [2022, 2023, 2024, 2025, 2026]),
        (("ISR", "IRN"), [2025, 2026]),
        (("USA", "IRN"), [2026]),
        (("AZE", "ARM"), [1992, 1993, 1994, 2020]),
        (("RUS", "EST"), []),
    ],
)
def test_wars_stand_in_their_years(pair: tuple[str, str], wars: list[int]) -> None:
    assert years(*pair, "war") == wars


@pytest.mark.parametrize(
    ("pair", "since_2015"),
    [
        (("RUS", "POL"), [2023, 2024, 2025]),
        (("IRN", "ARE"), [2026]),
        (("IRN", "QAT"), [2025, 2026]),
        (("IND", "PAK"), [2015, 2016, 2017, 2018, 2019, 2020, 2025]),
        (("TUR", "GRC"), [2020, 2022]),
        (("TUR", "IRQ"), [2019, 2020, 2021, 2022, 2023, 2024]),
        (("RUS", "LTU"), [2025]),
        (("CHN", "PHL"), [2023, 2024, 2025]),
        (("SAU", "QAT"), [2017, 2018, 2019, 2020, 2021]),
    ],
)
def test_dated_incidents_carry_the_record_of_disputes_to_the_start(
    pair: tuple[str, str], since_2015: list[int]
) -> None:
    found = years(*pair, "dispute")
    assert [year for year in found if year > 2014] == since_2015
    assert found == years(*pair[::-1], "dispute")


def test_a_pair_has_a_past_only_since_both_were_states() -> None:
    world = World.load()
    past = world.pairs.past
    assert (past.first, past.last) == (RECORD, START)
    assert past.first + int(np.argmax(past.alive[:, row(world, "RUS", "EST")])) == 1991
    assert past.alive[:, row(world, "CHN", "TWN")].all()
    assert not past.dispute[past.alive == 0.0].any()


def test_a_subset_keeps_the_past_of_its_pairs() -> None:
    whole = World.load()
    few = whole.subset(("IND", "PAK", "CHN"))
    assert len(few.pairs.past) == len(few.pairs.challenger)
    kept = few.pairs.past.dispute[:, row(few, "IND", "PAK")]
    np.testing.assert_array_equal(kept, whole.pairs.past.dispute[:, row(whole, "IND", "PAK")])


def overlay(folder: Path, table: str, *rows: str) -> Path:
    head = (FACTS / table).read_text(encoding="utf-8").splitlines()[0]
    (folder / table).write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        (
            "disputes.csv",
            'POL,RUS,level,2027,1,,,"dispute 1, war 2",ucdp2025,C,',
            "disputes.csv:2  level of POL, RUS is of 2027; legal years are 1976 to 2026",
        ),
        (
            "disputes.csv",
            'RUS,POL,level,2025,1,,,"dispute 1, war 2",ucdp2025,C,',
            "disputes.csv:2  RUS, POL: a dispute has no direction. Put POL first.",
        ),
        ("disputes.csv", 'POL,POL,level,2025,1,,,"dispute 1, war 2",ucdp2025,C,', "POL is paired with itself"),
        (
            "disputes.csv",
            'POL,RUS,level,2025,3,,,"dispute 1, war 2",ucdp2025,C,',
            "level is 3; legal values are 0 to 2",
        ),
        (
            "standing.csv",
            "POL,member,2031,0,,,flag,cow_states2016,V,",
            "member of POL is of 2031; legal years are 1800",
        ),
        ("standing.csv", "POL,capability_share,2022,1.2,,,share of world,cow_nmc,V,", "capability_share is 1.2; legal"),
        (
            "pairs.csv",
            "RUS,EST,rival,2026,0,,,flag,thompson_rivalries,C,",
            "rival of EST, RUS is 1, but 0 the other way round (pairs.csv:2)",
        ),
        ("pairs.csv", "RUS,EST,overlay,2026,0.2,,,0-1,foedus_judgement,A,why", "overlay is judgement: give it grade A"),
        (
            "pairs.csv",
            "RUS,EST,overlay,2026,0.2,0,0.4,0-1,foedus_judgement,R,why",
            "overlay is judgement: give it grade A",
        ),
        ("pairs.csv", "RUS,EST,overlay,2026,0.2,0,0.4,0-1,foedus_judgement,A, ", "and its reason as note"),
        ("pairs.csv", "RUS,EST,contiguity,2016,1.5,,,kind 0-5,cow_contiguity,V,", "1.5 is not a whole number"),
        (
            "wars.csv",
            "RUS,UKR,since,2026,2031,,,year,ucdp2025,V,",
            "wars.csv:2  since of RUS, UKR is 2031; a war that is on began by 2026",
        ),
        ("wars.csv", "RUS,UKR,front,2026,1.2,,,share,ucdp2025,V,", "wars.csv:2  front is 1.2; legal values are 0 to 1"),
        (
            "wars.csv",
            "UKR,RUS,at_war,2026,1,,,flag,ucdp2025,V,",
            "are at war already",
        ),
        (
            "wars.csv",
            "ISR,IRN,at_war,2026,1,,,flag,ucdp2025,V,",
            "wars.csv:2  ISR, IRN lacks since, front. Give each a row in wars.csv",
        ),
        (
            "bases.csv",
            "USA,Nowhere,CYP,latitude,2026,95,,,degree,foedus_judgement,R,",
            "bases.csv:2  latitude is 95; legal values are -90 to 90",
        ),
        (
            "bases.csv",
            "USA,Nowhere,CYP,latitude,2031,35,,,degree,foedus_judgement,R,",
            "legal years are 1800 to 2026",
        ),
    ],
)
def test_what_pairs_and_disputes_cannot_be_is_named_by_file_and_line(
    tmp_path: Path, table: str, line: str, message: str
) -> None:
    with pytest.raises(FactError) as raised:
        World.load(overlay(tmp_path, table, line))
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("wars.csv", "RUS,UKN,at_war,2026,1,,,flag,ucdp2025,V,"),
        ("bases.csv", "USA,Nowhere,UKN,latitude,2026,45,,,degree,foedus_judgement,R,"),
    ],
)
def test_a_war_or_a_base_of_a_state_that_is_not_there_is_refused(tmp_path: Path, table: str, line: str) -> None:
    with pytest.raises(UnknownName, match=rf'{table}:2  UKN: no such state. Did you mean "UKR"'):
        World.load(overlay(tmp_path, table, line))


def test_a_dispute_of_a_state_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"disputes\.csv:2  RSU: no such state"):
        World.load(overlay(tmp_path, "disputes.csv", 'POL,RSU,level,2025,1,,,"dispute 1, war 2",ucdp2025,C,'))


def test_an_overlay_takes_a_dispute_out_of_its_year_alone(tmp_path: Path) -> None:
    world = World.load(
        overlay(tmp_path, "disputes.csv", 'EST,RUS,level,2025,0,,,"dispute 1, war 2",foedus_judgement,A,')
    )
    past = world.pairs.past
    found = past.first + np.flatnonzero(past.dispute[:, row(world, "RUS", "EST")])
    assert found.tolist() == [1992, 2013, 2014]


def test_who_began_a_dispute_is_known_of_each_year_and_counts_more_for_it(tmp_path: Path) -> None:
    """Russia in 1992 and 2025 by the record and the register; Estonia in 2013 and 2014 by the Correlates of War."""
    world = World.load()
    for challenger, target, began in (("RUS", "EST", [1992, 2025]), ("EST", "RUS", [2013, 2014])):
        past, pair = world.pairs.past, row(world, challenger, target)
        assert (past.first + np.flatnonzero(past.began[:, pair])).tolist() == began
    level = world.pairs.hostility
    assert level[row(world, "RUS", "EST")] > level[row(world, "EST", "RUS")] + 0.05
    both = World.load(
        overlay(tmp_path, "disputes.csv", 'EST,RUS,began,2025,3,,,"first 1, second 2, both 3",cow_mid,C,')
    )
    assert both.pairs.past.began[-2, row(both, "EST", "RUS")] == 1.0


def test_a_judgement_with_its_reason_is_laid_over_a_pair(tmp_path: Path) -> None:
    line = "RUS,EST,overlay,2026,0.2,0,0.4,0-1,foedus_judgement,A,provocations at sea that no incident holds"
    world = World.load(overlay(tmp_path, "pairs.csv", line))
    pair = row(world, "RUS", "EST")
    held = world.pairs
    assert (held.overlay[pair], held.overlay_low[pair], held.overlay_high[pair]) == (0.2, 0.0, 0.4)
    assert np.count_nonzero(held.overlay) == np.count_nonzero(World.load().pairs.overlay) + 1


def test_memory_of_disputes_with_a_government_that_fell_is_halved_both_ways() -> None:
    world, at_birth = World.load(), 0.177
    held = world.pairs
    for patron in ("TUR", "JOR", "SAU", "USA", "GBR", "FRA"):
        for pair in (row(world, patron, "SYR"), row(world, "SYR", patron)):
            remembered = held.hostility[pair] - held.overlay[pair]
            assert held.overlay[pair] == pytest.approx(min(at_birth - remembered, 0.0) / 2.0, abs=0.025)
            assert held.overlay_high[pair] == 0.0
