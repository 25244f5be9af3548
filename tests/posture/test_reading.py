"""A scenario file: what it extends, what its rules mean, and what each complaint names."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.equations import hedging
from foedus.errors import InputError
from foedus.ledger import load_ledger
from foedus.posture import Scenario, preset, read_scenario
from foedus.terms import Channel
from foedus.world import World

STATES = World.load().states.iso3
PARAGRAPH = """# If support shrinks slowly, does it hurt less than if it stops at once?
name    = "limited-support-slow"
extends = "limited-support"
years   = [2026, 2050]
futures = 1000
seed    = 7

[posture.Europe]
troops       = { 2026 = 1.0, 2035 = 0.5 }
arms         = { 2026 = 1.0, 2030 = 0.6 }

[posture.EST]
troops       = { 2026 = 1.0 }

[doctrine.POL]
rule         = "if chance_promise_kept < 0.4 then pool + 0.2"

[uncertain]
homeland_exposure_weight = [0.0, 3.0]
"""


def read(text: str, folder: Path, name: str = "slow.toml") -> Scenario:
    (folder / name).write_text(text, encoding="utf-8")
    return read_scenario(folder / name, STATES, load_ledger())


def levels(scenario: Scenario, ally: str, region: str, channel: str, year: int) -> float:
    found = scenario.posture.levels([ally], [region], ["USA"], [year])
    return float(found[0, 0, Channel.of(channel)])


def test_a_scenario_is_a_paragraph(tmp_path: Path) -> None:
    scenario = read(PARAGRAPH, tmp_path)
    assert (scenario.name, scenario.first, scenario.last, scenario.seed) == ("limited-support-slow", 2026, 2050, 7)
    assert levels(scenario, "POL", "Europe", "troops", 2035) == 0.5
    assert levels(scenario, "EST", "Europe", "troops", 2035) == 1.0
    assert levels(scenario, "JPN", "Indo-Pacific", "troops", 2031) == 0.5
    assert levels(scenario, "POL", "Europe", "training", 2029) == 1.5
    assert scenario.ranges == (("homeland_exposure_weight", 0.0, 3.0),)
    (doctrine,) = scenario.doctrines
    assert doctrine.conditions == (("chance_promise_kept", -1, 0.4),)
    assert doctrine.more == (("pool", 0.2),)
    assert scenario.against == preset("steady", STATES)


def test_a_file_extends_a_file_and_says_only_what_differs(tmp_path: Path) -> None:
    below = read(PARAGRAPH, tmp_path)
    above = read('extends = "slow.toml"\nseed = 8\n[parameters]\nhomeland_exposure_weight = 1.0\n', tmp_path, "up.toml")
    assert above.seed == 8
    assert above.years == below.years
    assert above.posture == below.posture
    assert above.doctrines == below.doctrines
    assert above.fixed == (("homeland_exposure_weight", 1.0),)
    assert above.ranges == ()


def test_a_rule_without_a_condition_always_holds_and_may_set_spending(tmp_path: Path) -> None:
    text = '[doctrine.Europe]\nrule = "spending = 0.035 and pool + 0.1 and reserve - 0.05"\n'
    (doctrine,) = read(text, tmp_path).doctrines
    assert doctrine.conditions == ()
    assert doctrine.spending == 0.035
    assert doctrine.more == (("pool", 0.1), ("reserve", -0.05))


def test_a_raised_share_takes_from_the_others_in_proportion() -> None:
    got = hedging.raised_shares(np.array([0.5, 0.3, 0.2]), np.array([0.0, 0.2, 0.0]))
    np.testing.assert_allclose(got, [0.5 * 0.5 / 0.7, 0.5, 0.5 * 0.2 / 0.7])


def test_shares_raised_beyond_the_whole_still_sum_to_one() -> None:
    got = hedging.raised_shares(np.array([0.5, 0.3, 0.2]), np.array([0.9, 0.9, 0.0]))
    np.testing.assert_allclose(got, [0.5, 0.5, 0.0])


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("troops       = { 2026 = 1.0, 2035", "trops        = { 2026 = 1.0, 2035",
         'slow.toml:9  posture.Europe.trops: no such channel. Did you mean "troops"? Channels: pledge, troops'),
        ("[posture.Europe]", "[posture.Europa]", "slow.toml:8  posture.Europa: no such region, group or ally. Did"),
        ('"limited-support"', '"limited-suport"', 'slow.toml:3  extends: no such posture or scenario'),
        ('"limited-support"', '"other.toml"', "slow.toml:3  extends: other.toml: no such file"),
        ('"limited-support"', '"slow.toml"', "slow.toml:3  extends: slow.toml extends this file in turn"),
        ("pool + 0.2", "pol + 0.2", 'slow.toml:16  doctrine.POL.rule: "pol": no such option. Did you mean "pool"?'),
        ("pool + 0.2", "pool = 0.2", "an option is raised or lowered by a share"),
        ("pool + 0.2", "spending + 0.2", "spending is set, not changed"),
        ("pool + 0.2", "spending = 0.9", "0.9 lies outside 0.001 to 0.5 (share of GDP)"),
        ("if chance_promise_kept < 0.4 then pool + 0.2", "more pools", "is not like"),
        ("chance_promise_kept", "chance_promise_kep", 'Did you mean "chance_promise_kept"?'),
        ("[0.0, 3.0]", "[3.0, 0.0]", "slow.toml:19  uncertain.homeland_exposure_weight: low 3 lies above high 0"),
        ("[0.0, 3.0]", "1.0", "1.0 is not [low, high]"),
        ("[0.0, 3.0]", '["a", 3.0]', "'a' is not a number"),
        ("[0.0, 3.0]", "[0.0, inf]", "slow.toml:19  uncertain.homeland_exposure_weight: inf is not a finite"),
        ("[0.0, 3.0]", "[0.0, 51]", "what it can be, -50 to 50 (log-odds); the ledger's own range is 0 to 3"),
        ("[uncertain]", "[parameters]\nprecision = nan\n[uncertain]", "slow.toml:19  parameters.precision: nan"),
        ("[uncertain]", "[parameters]\nfriction = 7\n[uncertain]", "parameters.friction: 7 lies outside"),
        ("[doctrine.POL]", "[world.POL]\ngdp = -3\n[doctrine.POL]", "slow.toml:16  world.POL.gdp: -3 lies"),
        ("[doctrine.POL]", "[world.POL]\ngdpp = 3\n[doctrine.POL]", 'slow.toml:16  world.POL.gdpp: no such'),
        ("homeland_exposure_weight", "homeland_exposure", 'Did you mean "homeland_exposure_weight"?'),
        ("2035 = 0.5", "2035 = 2.5", "slow.toml:9  posture.Europe.troops: 2.5 lies outside 0 to 2"),
        ("2035 = 0.5", "2020 = 0.5", "years must increase; 2020 follows 2026"),
        ('name    = "limited-support-slow"', 'name = "../elsewhere"', "slow.toml:2  name"),
        ("[2026, 2050]", "[2050, 2026]", "slow.toml:4  years: years are reversed"),
        ("[doctrine.POL]", "[world.POL]\ngdp = 'much'\n[doctrine.POL]", "world.POL.gdp: 'much' is not a number"),
    ],
)  # fmt: skip
def test_a_complaint_names_file_line_key_and_remedy(before: str, after: str, says: str, tmp_path: Path) -> None:
    text = PARAGRAPH.replace(before, after, 1)
    assert text != PARAGRAPH
    with pytest.raises(InputError) as complaint:
        read(text, tmp_path)
    assert says in str(complaint.value)
    assert len(str(complaint.value).splitlines()) == 1


def test_a_posture_by_name_beside_extends_is_refused(tmp_path: Path) -> None:
    said = r"slow\.toml:2  posture: both posture = .retrench. and extends name a posture"
    with pytest.raises(InputError, match=said):
        read('extends = "limited-support"\nposture = "retrench"\n', tmp_path)
