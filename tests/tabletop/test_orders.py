"""Orders hold from their year on, the last word counts, and each team orders what is its own."""

from __future__ import annotations

import pytest
from table import begun, first, kept

from foedus.errors import FoedusError
from foedus.posture.posture import Posture
from foedus.tabletop import Exercise, Team, injects, own
from foedus.terms import Channel
from foedus.world import World

YEARS = range(2026, 2031)


def level(posture: Posture, ally: str, channel: str, region: str = "Europe") -> list[float]:
    """Support for an ally in every year."""
    found = posture.levels([ally], [region], ["USA"], YEARS)[:, 0, Channel.of(channel)]
    return [round(float(x), 4) for x in found]


def test_an_order_holds_from_its_year_on_and_leaves_the_years_before() -> None:
    exercise = first().move("guarantor", "posture.POL.arms = 0.2").close(at_once=True)
    before, after = begun().scenario.posture, exercise.carried_out().posture
    assert level(after, "POL", "arms") == [level(before, "POL", "arms")[0], 0.2, 0.2, 0.2, 0.2]
    assert level(after, "EST", "arms") == level(before, "EST", "arms")


def test_the_last_word_counts_and_not_the_narrower_scope() -> None:
    posture = first().move("guarantor", "posture.Europe.troops = 0.8").close(at_once=True).carried_out().posture
    assert level(posture, "EST", "troops") == [1.2, 0.8, 0.8, 0.8, 0.8]
    assert level(posture, "POL", "troops") == [0.5, 0.8, 0.8, 0.8, 0.8]


def test_false_takes_an_order_back() -> None:
    posture, base = kept().exercise.carried_out().posture, begun().scenario.posture
    assert level(posture, "POL", "troops") == [0.5, 0.5, *level(base, "POL", "troops")[2:]]


def test_an_inject_that_lasts_a_year_leaves_the_years_after_as_they_were_ordered() -> None:
    posture, base = kept().exercise.carried_out().posture, begun().scenario.posture
    usual = level(base, "POL", "intelligence")
    assert level(posture, "POL", "intelligence") == [usual[0], 0.0, *usual[2:]]


def test_an_announced_order_moves_in_straight_lines_from_its_first_date() -> None:
    posture = (
        begun().move("guarantor", "posture.DEU.arms = { 2027 = 1.0, 2029 = 0.0 }").close(at_once=True).carried_out()
    )
    first_year = level(begun().scenario.posture, "DEU", "arms")[0]
    assert level(posture.posture, "DEU", "arms") == [first_year, 1.0, 0.5, 0.0, 0.0]


def test_spending_ordered_and_taken_back_has_its_years() -> None:
    exercise = first().close(at_once=True).move("treasury", "doctrine.POL.spending = false").close(at_once=True)
    (order,) = [rule for rule in exercise.carried_out().doctrines if rule.spending]
    assert (order.scope, order.spending, order.since, order.until) == ("POL", 0.06, 2026, 2027)


def test_what_is_ordered_for_a_region_is_written_in_one_line() -> None:
    changes = begun().move("guarantor", "posture.Europe.money = 0.0").close(at_once=True).carried_out().posture.changes
    assert [change.scope for change in changes if change.schedule.levels == (0.0,)] == ["Europe"]


def test_pressure_of_two_turns_replaces_and_that_of_two_scopes_adds_up() -> None:
    exercise = first().move("adversary", "events.RUS.Europe = -0.1\nevents.RUS.EST = 0.3").close(at_once=True)
    paths = {event.scope: list(event.schedule.at(YEARS, 0.0)) for event in exercise.carried_out().events}
    assert paths == {"Europe": [0.2, -0.1, -0.1, -0.1, -0.1], "EST": [0.0, 0.3, 0.3, 0.3, 0.3]}


def test_an_adversary_begins_and_stops_a_war_and_its_course_is_drawn() -> None:
    exercise = first().move("adversary", "wars.RUS.EST.attack = 2027").close(at_once=True)
    incidents = exercise.played().happened[1].incidents
    assert [i.outcome for i in incidents if (i.challenger, i.target) == ("RUS", "EST")] == ["war"]
    stopped = exercise.move("adversary", "wars.RUS.EST.ceasefire = 2028").close(at_once=True).carried_out()
    assert [(war.attacker, war.target, war.ceasefires, war.attacks) for war in stopped.wars] == [
        ("RUS", "EST", (2028,), (2027,))
    ]
    with pytest.raises(FoedusError, match="before any war of RUS upon POL"):
        exercise.move("adversary", "wars.RUS.POL.ceasefire = 2028")


def test_allies_say_what_second_guarantors_give_from_the_year_of_the_turn_on() -> None:
    exercise = first().move("allies", "posture.beside.all.nuclear = 0.9").close(at_once=True)
    (change,) = exercise.carried_out().posture.beside
    assert (change.guarantor, change.scope, change.channel) == ("all", "all", "nuclear")
    assert list(change.schedule.at(YEARS, -1.0)) == [-1.0, 0.9, 0.9, 0.9, 0.9]


@pytest.mark.parametrize(
    ("team", "line", "said"),
    [
        ("guarantor", "posture.Europe.trops = 0.5", "2027:1  posture.Europe.trops: no such channel. Did you mean"),
        ("guarantor", "posture.conditional = 0.5", "holds for the whole run"),
        ("guarantor", "posture.RUS.arms = 0.5", "RUS covers no ally"),
        ("guarantor", "posture.POL.arms = { 2026 = 1.0, 2028 = 0.5 }", "2026 is over; orders begin in 2027"),
        ("guarantor", "doctrine.POL.spending = 0.05", "spending is decided by treasury"),
        ("allies", 'doctrine.POL.rule = "if threat > 0.2 then spending = 0.05"', "spending is decided by treasury"),
        ("treasury", "events.RUS.EST = 0.1", "pressure is decided by adversary"),
        ("adversary", "events.RUS.USB = 0.1", "no such region, group or state"),
        ("treasury", "[[doctrine.POL]]\nspending = 0.05\nfrom = 2028", "leave from and until out"),
        ("treasury", "world.POL.gdp = 5.0", "no such table of orders"),
        ("treasury", "doctrine.POL = false", "takes nothing back"),
        ("nobody", "", "no such team"),
    ],
)  # fmt: skip
def test_a_wrong_order_is_refused_in_words(team: str, line: str, said: str) -> None:
    with pytest.raises(FoedusError) as raised:
        first().move(team, line)
    assert said in str(raised.value)


def test_a_team_decides_for_its_own_allies_alone() -> None:
    states = World.load().states.iso3
    teams = [Team.read(text, states) for text in ("Warsaw=allies:POL", "Moscow=adversary:RUS", "Washington=guarantor")]
    exercise = Exercise.begin(begun().scenario, teams, 16)
    assert exercise.move("Warsaw", "doctrine.POL.shares = { pool = 1.0 }").waiting == ("Moscow", "Washington")
    with pytest.raises(FoedusError, match="Warsaw decides for POL, and Europe has others"):
        exercise.move("Warsaw", 'doctrine.Europe.rule = "pool + 0.1"')
    with pytest.raises(FoedusError, match="Moscow moves RUS, and not CHN"):
        exercise.move("Moscow", "events.CHN.TWN = 0.1")


def test_every_inject_of_the_list_can_be_put_in() -> None:
    states = World.load().states
    for inject in injects().values():
        exercise = begun().inject(inject.filled({}, states.iso3, states.names, 2026))
        assert exercise.close(at_once=True).orders(), inject.name
        assert inject.record.endswith((" (R).", " (A)."))
    filled = injects()["seizure"].filled({"whom": "Middle East", "challenger": "irn"}, states.iso3, states.names, 2026)
    assert filled.lines == 'events.IRN."Middle East" = 0.4'
    assert filled.words.startswith("Iran has raised its claim on Middle East")


def test_an_inject_of_ones_own_needs_words() -> None:
    with pytest.raises(FoedusError, match="words that are read out"):
        own(" ", "posture.arms = 0.5")


def test_a_turn_closes_when_all_have_moved_or_at_once() -> None:
    with pytest.raises(FoedusError, match="2026: allies, treasury, adversary must still move"):
        begun().move("guarantor", "").close()
    over = begun()
    for _ in YEARS:
        over = over.close(at_once=True)
    assert over.over
    with pytest.raises(FoedusError, match="2030 was its last year"):
        over.move("guarantor", "")
