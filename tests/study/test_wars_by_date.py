"""`[wars]`: a scenario ends a war in a ceasefire, begins or renews one by date, and refuses what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

import studies
from foedus.engine.chunk import run_chunk
from foedus.engine.record import Record
from foedus.errors import InputError
from foedus.posture import Scenario, WarOrder
from foedus.posture.writing import scenario_text
from foedus.study import Study, prepare


def ran(*orders: WarOrder) -> tuple[Study, Record]:
    study = studies.study("steady", None, wars=orders, futures=32, last=2031)
    return study, run_chunk(study.setting(0, "posture"))


def chances(study: Study, record: Record, measure: str, ends: tuple[str, str]) -> list[float]:
    """Mean over futures by year of a measure of one pair."""
    names, layout = study.world.states.iso3, study.layout
    pairs = [(names[a], names[b]) for a, b in zip(layout.challenger, layout.target, strict=True)]
    return [float(x) / 32 for x in record.pair_years[measure][:, pairs.index(ends)]]


def test_a_ceasefire_ends_the_war_of_every_future_and_leaves_the_front_where_it_stands() -> None:
    study, record = ran(WarOrder("RUS", "UKR", ceasefires=(2027,)))
    on = chances(study, record, "fighting", ("RUS", "UKR"))
    assert on[0] == 1.0
    assert on[1] > 0.5
    assert on[2] < 0.15, "a war that breaks out anew aside"
    ceasefire = chances(study, record, "ceasefire", ("RUS", "UKR"))
    assert ceasefire[1] == pytest.approx(on[1]), "every war that is on"
    ground = chances(study, record, "ground", ("RUS", "UKR"))
    assert ground[2] == pytest.approx(ground[1], abs=0.02)


def test_an_attack_begins_a_war_in_every_future_in_which_the_two_do_not_fight() -> None:
    order = WarOrder("RUS", "EST", attacks=(2028,))
    (study, record), (_, calm) = ran(order), ran()
    attacked, before = (chances(study, found, "war", ("RUS", "EST")) for found in (record, calm))
    assert attacked[:2] == before[:2]
    assert attacked[2] == 1.0 > 10 * before[2]
    ally = [study.world.states.iso3[i] for i in study.layout.allies].index("EST")
    assert record.allies["loss_fought"][2, ally].mean() > 10 * calm.allies["loss_fought"][2, ally].mean()
    wars = record.pairs["wars"].sum() - calm.pairs["wars"].sum()
    assert wars == pytest.approx(32, abs=4)


def test_a_renewed_attack_follows_a_ceasefire() -> None:
    study, record = ran(WarOrder("RUS", "UKR", ceasefires=(2027,), attacks=(2029,)))
    war = chances(study, record, "war", ("RUS", "UKR"))
    assert war[2] < 0.2
    assert war[3] == 1.0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("RUS.UKRA = { ceasefire = 2027 }", r"bad.toml:2  wars.RUS.UKRA: no such state. Did you mean .UKR."),
        ("RUS.UKR = { truce = 2027 }", r"bad.toml:2  wars.RUS.UKR.truce: no such part of a war"),
        ("RUS.UKR = { ceasefire = 2060 }", r"bad.toml:2  wars.RUS.UKR.ceasefire: 2060 lies above 2,035"),
        ("RUS.UKR = { attack = [2030, 2028] }", r"bad.toml:2  .*years must increase; 2028 follows 2030"),
        ("RUS.UKR = { ceasefire = 2028, attack = 2028 }", r"bad.toml:2  .*ceasefire and attack in one year, 2028"),
        ("RUS.UKR = {}", r"bad.toml:2  wars.RUS.UKR: says nothing"),
        ("RUS.RUS = { attack = 2028 }", r"bad.toml:2  wars.RUS.RUS: a state does not fight itself"),
        ("EST.POL = { attack = 2028 }", r"bad.toml:2  wars.EST.POL: EST does not challenge POL in this world"),
        ("CHN.TWN = { ceasefire = 2028 }", r"bad.toml:2  .*before any war of CHN upon TWN. Order an attack first"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(f'years = "2026-2035"\n[wars]\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=message):
        prepare(Scenario.read(tmp_path / "bad.toml"))


def test_wars_differ_by_side_and_are_written_as_they_are_read(tmp_path: Path) -> None:
    text = 'years = "2026-2035"\n[wars.RUS.UKR]\nceasefire = 2027\nattack = [2030]\n[against]\nwars = {}\n'
    (tmp_path / "one.toml").write_text(text, encoding="utf-8")
    scenario = Scenario.read(tmp_path / "one.toml")
    assert scenario.wars == (WarOrder("RUS", "UKR", (2027,), (2030,)),)
    assert scenario.side("against").wars == ()
    (tmp_path / "two.toml").write_text(scenario_text(scenario), encoding="utf-8")
    again = Scenario.read(tmp_path / "two.toml")
    assert (again.wars, again.other.wars) == (scenario.wars, ())
