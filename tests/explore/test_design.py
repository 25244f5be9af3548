"""Designs: each row is a member, assumptions and luck that move apart, and indices are those of the textbook."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import studies
from foedus.cli.design import read_weights, table
from foedus.errors import InputError, UnknownName
from foedus.explore.design import LUCK, OTHERS, RECORD, RowDesign, designed, problem
from foedus.explore.effects import effects
from foedus.ledger.ensemble import PRIOR
from foedus.results import Results
from foedus.study import run as run_study

FACTORS = ("moral_hazard", "patron_restraint")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Eight base rows over two years."""
    made = designed(studies.scenario("retrench", "steady", last=2027), "sobol", FACTORS, rows=8)
    folder = tmp_path_factory.mktemp("design") / "run"
    run_study(made, folder, threads=1)
    return Results.open(folder)


def sobol(**changed: object) -> RowDesign:
    return designed(studies.scenario("retrench", None, last=2027), "sobol", FACTORS, rows=8, **changed).design  # type: ignore[arg-type]


def test_a_member_is_drawn_whole_and_a_row_that_moves_luck_keeps_every_parameter(results: Results) -> None:
    design, values = sobol(), results.parameters()
    ensemble = designed(studies.scenario("retrench", None, last=2027), "sobol", FACTORS, rows=8).ensemble
    taught = values.select(ensemble.parameters).to_numpy()
    assert taught == pytest.approx(ensemble.members[design.member].astype(np.float32))
    base, of_luck = 0, 1 + design.factors.index(LUCK)
    assert values.drop("future").row(base) == values.drop("future").row(of_luck)
    assert design.luck[base] != design.luck[of_luck]
    assert not np.array_equal(results.loss()[:, :, base], results.loss()[:, :, of_luck])


def test_a_factor_is_moved_alone(results: Results) -> None:
    values = results.parameters().drop("future")
    moved = [name for name in values.columns if values[name][0] != values[name][1]]
    assert moved == ["moral_hazard"]


def test_a_design_has_no_twins_and_says_in_its_manifest_what_made_it(results: Results) -> None:
    assert len(results.twins()[0]) == 0
    assert results.manifest["design"]["factors"] == [*FACTORS, RECORD, OTHERS, LUCK]


def test_a_row_has_one_id_in_every_design_that_holds_it() -> None:
    few, both = (
        designed(studies.scenario("retrench", other, last=2027), "sobol", FACTORS, rows=8) for other in (None, "steady")
    )
    assert few.design.ids == both.design.ids
    assert len(set(few.design.ids)) == len(few.design.ids) == 8 * 7
    assert table(few)["id"].to_list() == few.design.ids


def test_weights_leave_members_out() -> None:
    weights = np.zeros(512)
    weights[[3, 7]] = 1.0, 3.0
    assert set(sobol(weights=weights).member.tolist()) == {3, 7}


def test_weights_are_read_from_a_file_and_members_not_listed_weigh_one(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("member,weight\n5,0\n9,2.5\n", encoding="utf-8")
    found = read_weights(tmp_path / "w.csv", "record-2010")
    assert (found[5], found[9], found[0], len(found)) == (0.0, 2.5, 1.0, 512)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("512,1", "bad.csv:2  member is '512'; it must be a whole number from 0 to 511"),
        ("1.7,1", "bad.csv:2  member is '1.7'; it must be a whole number"),
        ("3,1\n-1,1", "bad.csv:3  member is '-1'; it must be a whole number"),
        ("3,nan", "bad.csv:2  weight is 'nan'; it must be a number, 0 or more"),
        ("3,-1", "bad.csv:2  weight is '-1'; it must be a number, 0 or more"),
        ("3,much", "bad.csv:2  weight is 'much'; it must be a number, 0 or more"),
        ("3,1\n4,1\n3,2", "bad.csv:4  member 3 stands in line 2 too. Keep one"),
        ("3,", "bad.csv:2  weight is None; it must be a number, 0 or more"),
        ("", "bad.csv: has no rows"),
    ],
)
def test_weights_that_cannot_be_are_refused_by_line(rows: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(f"member,weight\n{rows}\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(says)):
        read_weights(tmp_path / "bad.csv", "record-2010")


def test_a_trajectory_has_one_member_one_luck_and_moves_one_factor_at_a_time() -> None:
    design = designed(studies.scenario("retrench", None, last=2027), "morris", FACTORS, rows=8).design
    assert len(design.luck) == 8 * 3
    for start in range(0, 24, 3):
        rows = slice(start, start + 3)
        steps = zip(design.points[rows], design.points[rows][1:], strict=False)
        assert len(set(design.luck[rows].tolist())) == len(set(design.member[rows].tolist())) == 1
        assert [int((a != b).sum()) for a, b in steps] == [1, 1]


def test_indices_of_ishigami_by_a_sobol_design_are_those_of_the_textbook() -> None:
    from SALib.sample import sobol as sample
    from SALib.test_functions import Ishigami

    names = ("a", "b", "c")
    points = sample.sample(problem(names), 2048, calc_second_order=False, seed=1)
    nothing = np.zeros(len(points), dtype=np.int64)
    design = RowDesign("sobol", names, points, nothing, nothing, nothing.astype(np.uint64))
    answers = Ishigami.evaluate(np.pi * (2.0 * points - 1.0))
    raw = {one.factor: one for one in effects(design, answers[None], ranks=False)}
    assert [raw[name].alone for name in names] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert [raw[name].whole for name in names] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert all(one.whole_half < 0.1 for one in raw.values())


@pytest.mark.parametrize(
    ("method", "factors", "changed", "said"),
    [
        ("sobols", (), {}, 'Did you mean "sobol"'),
        ("sobol", ("challenge_cost",), {}, "comes with a member of record-2010, whole"),
        ("sobol", ("moral_hasard",), {}, 'Did you mean "moral_hazard"'),
        ("sobol", ("moral_hazard", "moral_hazard"), {}, "named twice"),
        ("sobol", ("moral_hazard",), {"fixed": (("moral_hazard", 0.1),)}, "a factor needs a range"),
        ("morris", (), {}, "Name factors: --of"),
    ],
)
def test_what_no_design_can_be_is_refused(
    method: str, factors: tuple[str, ...], changed: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError) as error:
        designed(studies.scenario("retrench", None, last=2027, **changed), method, factors, rows=8)
    assert said in str(error.value)


def test_weights_need_members() -> None:
    with pytest.raises(InputError, match="draws from priors"):
        designed(studies.scenario("retrench", None, ensemble=PRIOR), "sobol", (), 8, np.ones(512))
    with pytest.raises(InputError, match="not all 0"):
        sobol(weights=np.zeros(512))
    with pytest.raises(UnknownName):
        designed(replace(studies.scenario()), "latin")
