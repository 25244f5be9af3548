"""Coalitions worked out by hand, and the guarantor's postures between those that ship."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import studies
from foedus import cli
from foedus.advise import joint_words, patron_words
from foedus.advise.bench import Bench
from foedus.advise.coalition import coalition, without_each
from foedus.advise.mixing import mixed, scaled
from foedus.advise.patron import AIMS, Court, candidates, counsel
from foedus.advise.portfolio import OWN_CHOICE, Portfolio
from foedus.posture import Scenario, preset
from foedus.posture.writing import scenario_text
from foedus.world import World

WORLD = World.load()
YEARS = tuple(range(2026, 2036))


def priced(*members: tuple[float, float]) -> np.ndarray:
    """Cost and loss of members, the same in three futures, [2, A, 3]."""
    return np.repeat(np.array(members).T[:, :, None], 3, axis=2)


def test_a_member_whose_share_others_would_carry_rides_free_and_the_others_would_pay_it_to_stay() -> None:
    own, joint = priced((2.0, 3.0), (2.0, 3.0)), priced((3.0, 1.0), (3.0, 1.5))
    left = [priced((2.0, 1.5), (3.0, 2.5)), priced((3.0, 2.0), (2.0, 3.0))]
    found = coalition("defend together", ("AAA", "BBB"), np.array([100.0, 1000.0]), own, joint, left)
    first, second = found.members
    assert (first.iso, first.gains.mean, first.safer.mean) == ("AAA", 1.0, 2.0)
    assert (first.leaving.mean, first.rides_free) == (0.5, True)
    assert (first.payment, first.harm.mean) == (0.5, 10.0)
    assert (second.iso, second.gains.mean, second.leaving.mean, second.rides_free) == ("BBB", 0.5, -0.5, False)
    assert (found.surplus, found.payments, found.worth, found.holds) == (6.0, 0.5, 10.0, True)
    told = joint_words.joint(found)
    assert "AAA would rather leave" in told
    assert "$500 million a year would keep it in" in told
    assert "can hold it together" in told


def test_a_coalition_breaks_where_the_others_lose_less_than_would_keep_a_member() -> None:
    own, joint = priced((2.0, 3.0), (2.0, 3.0)), priced((4.0, 2.0), (2.0, 2.9))
    left = [priced((2.0, 3.0), (2.0, 3.0)), priced((4.0, 2.0), (2.0, 3.0))]
    found = coalition("one pays", ("AAA", "BBB"), np.array([100.0, 100.0]), own, joint, left)
    payer = next(one for one in found.members if one.iso == "AAA")
    assert payer.payment == pytest.approx(1.0)
    assert payer.harm.mean == pytest.approx(0.1)
    assert not found.holds
    assert max(len(line) for line in joint_words.members(found).plain(80)) <= 80


def test_the_note_on_members_tells_the_largest_error() -> None:
    own, joint = priced((2.0, 3.0), (2.0, 3.0)), priced((3.0, 1.0), (3.0, 1.5))
    joint[1, 0] += (0.3, 0.0, -0.3)
    found = coalition("unsure", ("AAA", "BBB"), np.array([100.0, 100.0]), own, joint, [joint, joint])
    assert joint_words.members_note(found).endswith("at most ±0.14 (gains, %).")


def test_each_member_leaves_in_turn_for_its_own_choice() -> None:
    held = Portfolio(spending=((2026, 0.03),))
    assert without_each((("EST", held), ("POL", held))) == [
        (("EST", OWN_CHOICE), ("POL", held)),
        (("EST", held), ("POL", OWN_CHOICE)),
    ]


def test_half_of_a_posture_goes_half_the_way_from_today() -> None:
    whole = preset("retrench", WORLD.states.iso3)
    half = scaled(whole, 0.5)
    asked = (["POL", "JPN"], ["Europe", "Indo-Pacific"], ["USA", "USA"], YEARS)
    assert np.allclose(half.levels(*asked), 1.0 + 0.5 * (whole.levels(*asked) - 1.0))
    assert scaled(whole, 1.0) == whole


def test_a_mix_of_two_postures_has_the_mean_of_their_levels_and_reads_back_from_its_file(tmp_path: Path) -> None:
    first, second = (preset(name, WORLD.states.iso3) for name in ("pivot", "recommended"))
    both = mixed(first, second, "USA", WORLD, YEARS)
    asked = (["POL", "JPN", "SAU"], ["Europe", "Indo-Pacific", "Middle East"], ["USA"] * 3, YEARS)
    assert np.allclose(both.levels(*asked), 0.5 * (first.levels(*asked) + second.levels(*asked)), atol=1e-5)
    assert dict(both.remedies)["exercises"] == 0.5 * dict(second.remedies)["exercises"]
    path = tmp_path / "mix.toml"
    path.write_text(scenario_text(Scenario.of(both, None, years=(2026, 2035))), encoding="utf-8")
    assert np.allclose(Scenario.read(path).posture.levels(*asked), both.levels(*asked))


def test_a_guarantor_that_wants_to_save_retrenches_and_is_told_what_its_allies_lose(tmp_path: Path) -> None:
    court = Court(studies.scenario(last=2029, against=None), "USA", tmp_path)
    postures = candidates(("steady", "retrench", "surge"), court, WORLD.subset(studies.FEW))
    assert [one.name for one in postures][:3] == ["steady", "retrench-at-50", "retrench"]
    found = counsel(court, AIMS["cost"], postures, 24, 1)
    assert found.best.posture.name == "retrench"
    assert found.best.dearer.mean < 0.0
    again = counsel(court, AIMS["cost"], postures, 24, 1)
    assert patron_words.as_mapping(again) == patron_words.as_mapping(found)
    assert max(len(line) for line in patron_words.table(found).plain(80)) <= 80
    assert "its allies' expected loss is" in patron_words.answer(found, WORLD)
    assert patron_words.table(found).rows[-1][0] == "± of steady"
    assert found.errors["cost"] > 0.0


def test_a_group_has_no_nuclear_lever_and_every_member_its_own_range() -> None:
    from foedus.advise.advising import space_of
    from foedus.advise.bench import Trial

    postures = (preset("steady", WORLD.states.iso3),)
    bench = Bench(studies.scenario(last=2028, against=None), postures, ("POL", "DEU"))
    space = space_of(bench, [bench.run(Trial(bench.own, 0, 8))], nuclear=False)
    assert [one.iso for one in space.levers] == ["POL", "DEU"]
    assert space.levers[0].range != space.levers[1].range
    assert not any("nuclear" in name for name in space.names)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["EST", "--aim", "loss"], "EST guarantees nobody"),
        (["USA", "--aim", "lose"], 'Did you mean "loss"?'),
        (["USA", "POL", "--aim", "loss"], "takes one guarantor"),
        (["USA", "--aim", "loss", "--portfolios", "5"], "--portfolios: does not apply with --aim"),
        (["USA", "--aim", "loss", "--posture", "steady"], "--posture: does not apply with --aim"),
    ],
)
def test_what_no_guarantor_can_be_asked_is_refused(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["advise", *arguments, "--out", str(tmp_path / "out")])
    assert stop.value.code == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
