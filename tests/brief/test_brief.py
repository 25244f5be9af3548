"""Briefs: one page each, no figure without meaning, ranked what-ifs that a direct computation gives too."""

from __future__ import annotations

import dataclasses
import json
import os
import re

import numpy as np
import pytest

from brief_pages import printed
from foedus import cli
from foedus.brief import Lever, runs, text
from foedus.brief.contents import WhatIf
from foedus.brief.gather import once_over, study_of
from foedus.brief.levers import By
from foedus.brief.origin import names, origin
from foedus.brief.ranges import small
from foedus.brief.reading import Simulated
from foedus.brief.runs import kept, ran
from foedus.brief.short import MOSTLY
from foedus.engine.chunk import run_chunk
from foedus.errors import FoedusWarning
from foedus.exposure.need import would_be_fought
from foedus.files import locked
from foedus.posture import preset
from foedus.results import stake_gdp
from foedus.results.pairs import pair_chances
from foedus.study import Study
from foedus.world import World

EIGHT = ("POL", "DEU", "EST", "JPN", "KOR", "TWN", "ISR", "SAU")
OTHERS = ("BLR", "ISL", "NLD")
"""An ally of another guarantor; two that nobody challenges, one of them without forces."""
POSTURES = ("retrench", pytest.param("limited-support", marks=pytest.mark.slow))


@pytest.mark.parametrize("posture", POSTURES)
@pytest.mark.parametrize("ally", [*EIGHT, *OTHERS])
def test_a_brief_fits_one_page_and_says_nothing_empty(ally, posture, briefs, capsys) -> None:
    held = briefs(ally, posture)
    lines = printed(held, capsys)
    assert len(lines) <= 66
    assert max(map(len, lines)) <= 80
    whole = "\n".join(lines)
    assert not re.search(r"\bnan\b|\binf\b|None|0\.00|\(\)|  ,| \.(?!\w)|\{|\}", whole)
    assert all(line.strip() for section in text.sections(held) for line in section.lines)


def test_briefs_differ_for_stated_reasons(briefs) -> None:
    said = {ally: " ".join(" ".join(part.lines) for part in text.sections(briefs(ally, "retrench"))) for ally in EIGHT}
    assert "can hold North Korea without the US" in said["KOR"]
    assert "can join no pool" in said["ISR"]
    assert "nuclear weapons" in said["ISR"]
    assert "debt leaves no room" in said["JPN"]
    assert "It is in no pool" in said["TWN"]
    assert "in the pool Europe" in said["EST"]
    assert len(set(said.values())) == len(EIGHT)


def test_what_ifs_rank_as_a_direct_computation_ranks_them(briefs) -> None:
    held = briefs("EST", "retrench")
    base = held.runs["base"].study
    row = [base.world.states.iso3[i] for i in base.layout.allies].index("EST")

    scale = stake_gdp(held.runs["base"].results)

    def loss(study) -> float:
        found = run_chunk(study.setting(0, "posture")).allies
        return float(((found["loss_conceded"] + found["loss_fought"])[:, row] * scale).mean(dtype=np.float64))

    before = loss(base)
    direct = {what.lever.key: 1.0 - loss(what.run.study) / before for what in held.levers}
    assert [what.lever.key for what in held.levers] == sorted(direct, key=lambda key: -direct[key])
    for what in held.levers:
        assert what.removed.value == pytest.approx(direct[what.lever.key], abs=1e-4)


@pytest.mark.parametrize("ally", EIGHT)
def test_the_worst_year_is_never_below_the_mean_over_years(ally, briefs) -> None:
    held = briefs(ally, "retrench")
    for prefix in ("", "steady-"):
        worst, mean, now = (held.value(f"{prefix}loss{part}") for part in ("-worst", "", "-now"))
        assert worst >= mean
        assert worst >= now


def test_an_ally_that_nobody_challenges_has_the_risk_of_its_pool_and_its_own_conduct(briefs) -> None:
    held = briefs("ALB")
    run = held.runs["posture"].results
    both = (run.ally("loss_conceded") + run.ally("loss_fought"))[:, run.allies.index(held.account.front)]
    assert held.value("loss") == pytest.approx(float((both * stake_gdp(run)).mean(dtype=np.float64)), rel=1e-5)
    spending = run.ally("spending")[0, run.allies.index("ALB")]
    assert held.value("spending-now") == pytest.approx(100.0 * float(np.median(spending)), rel=1e-5)
    said = " ".join(line for part in text.sections(held) for line in part.lines)
    assert "Nobody whom the United States would fight challenges Albania itself" in said
    assert f"Of {held.account.front_name}: now" in said
    assert "Alone: nothing, since nobody" in said
    assert "nobody challenges Albania" in origin(held, "loss")["state"]
    assert "state" not in origin(held, "spending-now")


def whatif(words: str, removed: float, low: float, high: float, better: float) -> WhatIf:
    number = Simulated("n", "n", removed, low, high, "share", (), "", ())
    return WhatIf(Lever(words, words, By.ALONE, lambda *_: None, ""), None, number, better, 0.0)


def test_a_remedy_that_may_harm_is_never_the_one_that_helps_most(briefs) -> None:
    risky = whatif("a pool bound to fight", 0.18, -1.37, 0.6, 0.62)
    sure = whatif("open channels", 0.11, 0.02, 0.26, 0.97)
    said = text.in_short(dataclasses.replace(briefs("TWN", "retrench"), levers=(risky, sure)))
    assert said[-2] == "What helps most: open channels, 11 % less."
    assert said[-1] == (
        "Uncertain: a pool bound to fight, -18 % (-60 to +137 %), which raises the loss in 38 of 100 futures."
    )
    alone = text.in_short(dataclasses.replace(briefs("TWN", "retrench"), levers=(risky,)))
    assert alone[-2] == "No what-if run here clearly lowers the loss by 5 % or more."
    assert not any("helps most" in part for part in alone)


def test_a_brief_names_the_hindcasts_of_its_ally_that_failed(briefs) -> None:
    said = {ally: {part.title: part.lines for part in text.sections(briefs(ally))} for ally in ("TWN", "EST", "SAU")}
    assert (
        "fails saigon-and-carter-1975 (rise in nuclear status of Korea and Taiwan, 1978: 0.0195, must be at least 0.02)"
        in said["TWN"]["Hindcasts"][0]
    )
    assert "nato-gradient-2014" in said["EST"]["Hindcasts"][0]
    assert "taiwan-pact" not in said["EST"]["Hindcasts"][0]
    assert "Hindcasts" not in said["SAU"]


def test_what_ifs_change_only_what_they_say(briefs) -> None:
    held = briefs("EST", "retrench")
    base = held.runs["base"].study
    studies = {what.lever.key: what.run.study for what in held.levers}
    assert set(studies) == {"sure-pool", "training", "channels", "spending", "c4isr", "loyalty"}
    row = base.world.index("EST")
    spending = studies["spending"].world.states.defence_share - base.world.states.defence_share
    assert spending[row] == pytest.approx(0.01)
    assert np.count_nonzero(spending) == 1
    (doctrine,) = studies["loyalty"].scenario.doctrines
    assert doctrine.scope == "EST"
    assert sum(share for _, share in doctrine.shares) == pytest.approx(1.0, abs=1e-4)
    assert dict(doctrine.shares)["loyalty"] > 0.25
    assert studies["sure-pool"].world.pools.resolve.max() == 0.9
    assert all(study.scenario.seed == base.scenario.seed for study in studies.values())
    assert len({study.digest for study in studies.values()}) == len(studies)


def test_a_state_outside_pools_joins_one_without_its_enemies(briefs) -> None:
    assert briefs("KOR", "retrench").joins == "Indo-Pacific partners"
    assert briefs("ISR", "retrench").joins is None
    assert "sure-pool" not in {what.lever.key for what in briefs("ISR", "retrench").levers}


def test_runs_are_kept_and_shared_between_allies(briefs) -> None:
    estonia, poland = briefs("EST", "retrench"), briefs("POL", "retrench")
    for name in ("posture", "steady", "sure-pool", "channels"):
        assert estonia.runs[name].path == poland.runs[name].path
        assert kept(estonia.runs[name].study)
    assert estonia.runs["spending"].path != poland.runs["spending"].path
    more = estonia.runs["posture"].study
    assert not kept(dataclasses.replace(more, scenario=more.scenario.but(futures=25)))


def test_the_runs_read_longest_ago_are_forgotten(briefs, tmp_path, monkeypatch) -> None:
    base = briefs("EST", "retrench").runs["base"].study
    studies = [
        dataclasses.replace(base, scenario=base.scenario.but(futures=8, seed=seed, last=2027)) for seed in (1, 2, 3)
    ]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for age, study in enumerate(studies[:2]):
        path = ran({"study": study})["study"].path
        os.utime(path, (1000.0 + age, 1000.0 + age))
    monkeypatch.setattr(runs, "MOST_KEPT", int(1.2 * sum(size for _, size in runs.cached())))
    ran({"study": studies[2]})
    assert [kept(study) for study in studies] == [False, True, True]
    assert len(runs.cached()) == 2
    assert runs.clear_cache() > 0
    assert [kept(study) for study in studies] == [False, False, False]
    assert list(runs.cache_folder().iterdir()) == []


@pytest.mark.parametrize("name", ["allies.parquet", "sums.json"])
def test_a_kept_run_that_was_damaged_is_run_again_with_a_warning(briefs, tmp_path, monkeypatch, name) -> None:
    base = briefs("EST", "retrench").runs["base"].study
    study = dataclasses.replace(base, scenario=base.scenario.but(futures=8, last=2027))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache [1]"))
    before = ran({"study": study})["study"].results.loss()
    (path,) = tmp_path.rglob(name)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.warns(FoedusWarning, match="it is recomputed"):
        again = ran({"study": study})["study"].results.loss()
    assert (again == before).all()


def test_what_a_killed_process_left_in_the_cache_is_swept_and_a_live_ones_is_not(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    dead, live = (runs.cache_folder() / name for name in (".dead-8-0", ".live-8-0"))
    for path in (dead, live):
        path.mkdir(parents=True)
    with locked(live):
        runs.clear_cache()
        assert live.is_dir()
    assert not dead.exists()


def test_a_kept_run_is_that_of_one_thread(briefs, tmp_path, monkeypatch) -> None:
    held = briefs("EST", "retrench").runs
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    again = ran({"posture": held["posture"].study}, threads=1)["posture"]
    assert again.path != held["posture"].path
    for measure in ("loss_fought", "promise_ally", "spending"):
        np.testing.assert_array_equal(again.results.ally(measure), held["posture"].results.ally(measure))


def test_every_simulated_number_says_where_it_comes_from(briefs) -> None:
    held = briefs("TWN", "retrench")
    for name in names(held):
        found = origin(held, name)
        assert found["what"]
        assert found["value"]
        assert any("digest" in value for value in found.values())
    found = origin(held, "loss")
    assert held.runs["posture"].study.digest in found["run posture"]
    assert "loss_conceded: expected yearly loss by conceding" in found["measures"]


def test_the_loss_of_a_brief_is_that_of_its_run(briefs) -> None:
    held = briefs("POL", "retrench")
    results = held.runs["posture"].results
    values = (results.loss() * stake_gdp(results))[:, results.allies.index("POL")].mean(axis=0)
    number = held.simulated["loss"]
    assert (number.low, number.high) == pytest.approx(tuple(np.quantile(values, (0.05, 0.95))))
    assert number.value == pytest.approx(float(values.mean(dtype=np.float64)), rel=1e-5)


def test_a_brief_of_steady_support_compares_with_nothing(briefs, capsys) -> None:
    whole = "\n".join(printed(briefs("POL", "steady"), capsys))
    assert "under steady support" not in whole.partition("\n")[2].replace("With support", "")
    assert "With support as it is" in " ".join(whole.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ESTT"], ("no such state", "EST")),
        (["USA"], ("no power guarantees",)),
        (["EST", "--posture", "retrenc"], ("no such posture", '"retrench"')),
        (["EST", "--posture", "absent.toml"], ("absent.toml",)),
        (["EST", "--futures", "3"], ("--futures 3",)),
        (["EST", "--threads", "0"], ("--threads 0",)),
    ],
)
def test_bad_input_is_one_clear_line(arguments, words, capsys) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["brief", *arguments])
    said = capsys.readouterr().err
    assert stop.value.code == 2
    assert said.count("\n") == 1
    for word in words:
        assert word in said


def test_the_command_explains_and_speaks_json(briefs, capsys) -> None:
    briefs("EST", "retrench")
    asked = ["brief", "EST", "--posture", "retrench", "--futures", "24"]
    cli.main([*asked, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["ally"] == "EST"
    assert {"In short", "Would help"} <= set(found["text"])
    assert found["simulated"]["loss"]["measures"] == ["loss_conceded", "loss_fought"]
    for name, words in (
        ("loss", "parameter points"),
        ("what-if-sure-pool", "resolve of Europe"),
        ("wars", "pairs.parquet"),
        ("exposure", "Rests on"),
        ("cost-pool", "quotient"),
    ):
        cli.main([*asked, "--explain", name])
        said = capsys.readouterr().out
        assert words in said
        assert max(map(len, said.splitlines())) <= 80
    with pytest.raises(SystemExit):
        cli.main([*asked, "--explain", "lossy"])
    assert 'Did you mean "loss"' in capsys.readouterr().err


def test_a_brief_is_measured_against_whom_the_ally_loses_most_to_of_those_the_guarantor_would_fight(briefs) -> None:
    for ally in ("EST", "JPN", "SAU"):
        held = briefs(ally, "retrench")
        muster = held.account.muster
        fought = [s.challenger for s in held.lost_to if would_be_fought(muster, held.world.index(s.challenger))]
        assert muster.code(held.account.need.challenger) == fought[0]


def test_a_loss_is_called_force_short_of_war_by_what_is_lost_and_not_by_how_often(briefs) -> None:
    for ally in EIGHT:
        held = briefs(ally, "retrench")
        said = " ".join(text.in_short(held))
        if held.value("limited-part") < MOSTLY:
            assert "from force short of war" not in said
        assert held.value("limited-part") == pytest.approx(
            sum(s.limited for s in held.lost_to) / sum(s.loss for s in held.lost_to)
        )


def test_a_brief_leads_with_war_ground_and_all_losses_and_names_who_takes_most(briefs) -> None:
    held = briefs("EST", "retrench")
    first = text.in_short(held)[0]
    assert first.startswith(f"A war against Estonia by 2050 has a chance of {small(held.value('war-ever'))} %")
    assert "of it to Russia" in first
    assert held.value("loss-total") == pytest.approx(held.value("loss") * len(held.years), rel=1e-3)


def test_the_pairs_of_a_brief_are_those_of_its_runs(briefs) -> None:
    held = briefs("EST", "retrench")
    head, line = next(part.lines for part in text.sections(held) if part.title == "Pairs")[:2]
    chances = {pair.challenger: pair for pair in pair_chances(held.runs["posture"].results, sides=(("EST",),))}
    assert "2035 and 2050" in head
    assert line.startswith(f"Russia {small(chances['RUS'].challenge)}, {small(chances['RUS'].force)}, ")
    assert f" and {small(chances['RUS'].war_by[2050])} % (" in line


def test_what_ifs_over_another_world_run_eager_and_those_over_its_own_as_usual() -> None:
    study = study_of(preset("steady", World.load().states.iso3), 16, 1)
    other = Study(study.scenario, study.world.replace("EST", defence_share=0.06), study.ledger)
    assert once_over(study, study.world).engine == study.engine
    assert once_over(other, study.world).engine == "eager"
