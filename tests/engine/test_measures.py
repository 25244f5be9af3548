"""A measure is declared once: what is declared is recorded, and the worked example of CONTRIBUTING adds one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import foedus
import studies
from foedus.engine.chunk import run_chunk
from foedus.engine.class_measures import CLASS_MEASURES
from foedus.engine.measure import Group
from foedus.engine.measures import ALLY_MEASURES, GUARANTOR_MEASURES, MEASURES, REGION_MEASURES, measure_of
from foedus.engine.pair_measures import PAIR_MEASURES, PAIR_YEAR_MEASURES
from foedus.engine.record import Shape, empty
from foedus.errors import UnknownName
from foedus.ledger import load_ledger

ROOT = Path(__file__).parents[2]
DECLARED = {
    Group.ALLY: ALLY_MEASURES,
    Group.GUARANTOR: GUARANTOR_MEASURES,
    Group.REGION: REGION_MEASURES,
    Group.PAIR: PAIR_MEASURES,
    Group.CLASS: CLASS_MEASURES,
    Group.PAIR_YEAR: PAIR_YEAR_MEASURES,
}


@pytest.mark.parametrize("group", Group)
def test_no_two_measures_of_a_group_share_a_name_and_each_says_what_it_is(group: Group) -> None:
    assert list(MEASURES[group]) == [measure.name for measure in DECLARED[group]]
    assert all(m.unit and m.label and m.meaning for m in DECLARED[group])
    assert {row for m in DECLARED[group] for row in m.rows} <= set(load_ledger().mechanisms)


def test_every_measure_that_is_declared_is_recorded_in_its_shape_and_moves() -> None:
    study = studies.study(futures=64, last=2030)
    kept, shape = run_chunk(study.setting(0, "posture")), study.shape(0)
    assert shape == Shape(5, 64, len(study.layout.allies), len(study.layout.patrons), len(study.layout.challenger))
    for group in Group:
        assert list(kept.tables[group]) == list(MEASURES[group])
        for name, values in kept.tables[group].items():
            assert values.shape == shape.of_group(group), name
            assert np.isfinite(values).all(), name
    still = [f"{g.key} {n}" for g, t in kept.tables.items() for n, values in t.items() if not values.any()]
    assert still == []


def test_a_room_of_the_size_that_a_shape_says_holds_a_record_and_one_byte_less_does_not() -> None:
    shape = Shape(years=3, futures=5, allies=2, guarantors=1, pairs=4)
    assert empty(shape, memoryview(bytearray(shape.bytes))).allies["support"].shape == (3, 2, 5)
    with pytest.raises(TypeError, match="buffer is too small"):
        empty(shape, memoryview(bytearray(shape.bytes - 64)))


def test_a_measure_nobody_declared_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match='Did you mean "reputation"'):
        measure_of(Group.GUARANTOR, "reputaton")


RUN = """
import json, sys
import foedus as fd
scenario = fd.Scenario.of("retrench", None, years=(2026, 2028), futures=8, states=("USA", "RUS", "POL", "EST"))
results = fd.run(scenario, out=sys.argv[1], threads=1, bar=False)
table = results.tidy(["debt"])
at = table.filter(ally="POL", year=2026)
listed = fd.measures().filter(measure="debt").to_dicts()
debt = fd.World.load().states.debt[fd.World.load().index("POL")]
print(json.dumps([fd.__file__, table.height, at["unit"].item(), at["mean"].item(), float(debt), listed]))
"""


def test_the_worked_example_of_contributing_adds_a_measure_by_one_declaration(tmp_path: Path) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = page[page.index("## Add a measure") : page.index("## Add a scenario")]
    (declaration,) = re.findall(r"```\n(.*?)```", section, flags=re.DOTALL)
    copy = tmp_path / "src" / "foedus"
    shutil.copytree(Path(foedus.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    place = copy / "engine" / "measures.py"
    head, end, tail = place.read_text(encoding="utf-8").partition(")  # fmt: skip\n\nGUARANTOR_MEASURES")
    assert end
    place.write_text(head + declaration + end + tail, encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "run")],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(copy.parent)},
    )  # fmt: skip
    file, rows, unit, mean, debt, listed = json.loads(found.stdout)
    assert Path(file).parent == copy
    assert (rows, unit) == (3 * 2, "share of GDP")
    assert mean == pytest.approx(debt, rel=1e-5)
    assert listed == [{"measure": "debt", "meaning": "public debt at the start of the year", "unit": "share of GDP"}]
