"""A run folder grows to more futures, refuses fewer, and is read back as its manifest says."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path

import pytest

import studies
from foedus.errors import RunFolderError
from foedus.results import Results
from foedus.study import Study, run
from foedus.study import study as study_module
from foedus.study.belonging import MANIFEST
from foedus.study.span import points_of, spans_of, twin_count


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 16, so that a small study has several."""
    monkeypatch.setattr(study_module, "CHUNK", 16)


def study(futures: int, **changed: object) -> Study:
    return studies.study("retrench", None, futures=futures, last=2027, **changed)


@pytest.mark.parametrize(("held", "asked"), [(5, 40), (16, 40), (20, 24), (40, 41), (40, 70)])
def test_a_run_that_grew_is_the_same_bytes_as_one_made_at_once(held: int, asked: int, tmp_path: Path) -> None:
    run(study(held), tmp_path / "grown", threads=1)
    run(study(asked), tmp_path / "grown", threads=1)
    run(study(asked), tmp_path / "whole", threads=1)
    assert studies.bytes_of(tmp_path / "grown") == studies.bytes_of(tmp_path / "whole")
    assert (tmp_path / "grown" / MANIFEST).read_bytes() == (tmp_path / "whole" / MANIFEST).read_bytes()
    results = Results.open(tmp_path / "grown")
    assert results.futures == results.loss().shape[2] == results.parameters().height == asked
    first, second = results.twins()
    assert len(first) == sum(twin_count(span.size) for span in spans_of(asked, 16))
    caution = results.parameters()["caution"].to_numpy()
    assert (caution[first] == caution[second]).all()


def test_a_growing_run_keeps_its_whole_chunks_and_makes_only_the_others(tmp_path: Path) -> None:
    run(study(40), tmp_path / "run", threads=1)
    made = {path: path.stat().st_mtime_ns for path in (tmp_path / "run" / "parts" / "posture").iterdir()}
    assert sorted(path.name for path in made) == ["000000-000015", "000016-000031", "000032-000039"]
    run(study(64), tmp_path / "run", threads=1)
    now = {path: path.stat().st_mtime_ns for path in (tmp_path / "run" / "parts" / "posture").iterdir()}
    kept = [path.name for path in now if made.get(path) == now[path]]
    assert sorted(kept) == ["000000-000015", "000016-000031"]
    assert sorted(path.name for path in now)[2:] == ["000032-000047", "000048-000063"]


def test_fewer_futures_than_the_folder_holds_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    run(study(40), tmp_path / "run", threads=1)
    before, manifest = studies.bytes_of(tmp_path / "run"), (tmp_path / "run" / MANIFEST).read_bytes()
    with pytest.raises(RunFolderError, match=r"holds 40 futures of this run; 20 were asked for\. Ask for 40"):
        run(study(20), tmp_path / "run", threads=1)
    assert studies.bytes_of(tmp_path / "run") == before
    assert (tmp_path / "run" / MANIFEST).read_bytes() == manifest


def test_a_part_the_manifest_does_not_call_for_is_not_read(tmp_path: Path) -> None:
    run(study(40), tmp_path / "run", threads=1)
    parts = tmp_path / "run" / "parts" / "posture"
    loss = Results.open(tmp_path / "run").loss()
    shutil.copytree(parts / "000032-000039", parts / "000032-000047")
    assert (Results.open(tmp_path / "run").loss() == loss).all()


def test_an_unfinished_run_says_how_many_of_its_futures_there_are(tmp_path: Path) -> None:
    run(study(40), tmp_path / "run", threads=1)
    assert Results.open(tmp_path / "run").extent == "40 futures"
    shutil.rmtree(tmp_path / "run" / "parts" / "posture" / "000016-000031")
    results = Results.open(tmp_path / "run")
    assert results.extent == "24 of 40 futures, unfinished"
    assert results.loss().shape[2] == 24
    first, second = results.twins()
    caution = results.parameters()["caution"].to_numpy()
    assert (caution[first] == caution[second]).all()


def test_a_part_that_holds_other_futures_than_its_name_says_is_refused(tmp_path: Path) -> None:
    run(study(40), tmp_path / "run", threads=1)
    parts = tmp_path / "run" / "parts" / "posture"
    shutil.rmtree(parts / "000016-000031")
    shutil.copytree(parts / "000032-000039", parts / "000016-000031")
    with pytest.raises(RunFolderError, match=r"000016-000031: holds other futures than its name says"):
        Results.open(tmp_path / "run").loss()


def test_what_allies_buy_is_the_mean_over_futures_not_over_chunks(tmp_path: Path) -> None:
    run(study(20), tmp_path / "run", threads=1)
    results = Results.open(tmp_path / "run")
    whole, short = (frame.row(0)[1] for frame in results._tables("options", "posture"))
    assert results.options().row(0)[1] == pytest.approx((16 * whole + 4 * short) / 20, abs=1e-12)
    assert whole != short


def test_a_chunk_cut_short_takes_other_points_than_the_whole_one() -> None:
    assert list(points_of(1, 8, 16)) == [12, 13, 14, 15, 16, 17, 12, 13]
    assert list(points_of(1, 16, 16))[:8] == [12, 13, 14, 15, 16, 17, 18, 19]


def test_a_folder_of_another_format_is_refused(tmp_path: Path) -> None:
    run(study(8), tmp_path / "run", threads=1)
    manifest = tmp_path / "run" / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}))
    for use in (lambda: Results.open(tmp_path / "run"), lambda: run(study(8), tmp_path / "run")):
        with pytest.raises(RunFolderError, match=r"uses run-folder format 1; this version reads format 5\. Rerun"):
            use()


def test_an_edited_manifest_is_refused(tmp_path: Path) -> None:
    run(study(8), tmp_path / "run", threads=1)
    manifest = tmp_path / "run" / MANIFEST
    manifest.write_text(manifest.read_text().replace('"POL"', '"PO"', 1))
    with pytest.raises(RunFolderError, match=r"manifest\.json is not as the run wrote it\. Rerun"):
        Results.open(tmp_path / "run")


def test_another_run_is_refused_with_what_sets_it_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(study(8), tmp_path / "run", threads=1)
    for other, says in (
        (study(8, seed=6), "the seed (5 and 6)"),
        (study(8, without=("R05",)), "the mechanisms switched off (none and R05)"),
        (study(8, fixed=(("friction", 0.2),)), "the parameters fixed (none and friction = 0.2)"),
        (study(8, ranges=(("friction", 0.1, 0.3),)), "the ranges of parameters"),
        (study(8, states=tuple(x for x in studies.FEW if x != "IRN")), "the states they cover"),
    ):
        with pytest.raises(RunFolderError, match=re.escape(f"what differs: {says}")):
            run(other, tmp_path / "run")
    monkeypatch.setattr("foedus.study.study.model_code", lambda: "edited")
    monkeypatch.setattr("foedus.study.manifest.model_code", lambda: "edited")
    with pytest.raises(RunFolderError, match=r"what differs: the model's code \(versions .* and .*, edited\)\. Name"):
        run(study(8), tmp_path / "run")


def test_the_value_that_switches_a_mechanism_off_is_part_of_what_a_run_depends_on() -> None:
    plain = study(8, without=("R05",))
    ledger = plain.ledger
    other = dataclasses.replace(ledger.mechanisms["R05"], off={"intelligence_value": 0.1})
    changed = dataclasses.replace(ledger, mechanisms={**ledger.mechanisms, "R05": other})
    assert dataclasses.replace(plain, ledger=changed).digest != plain.digest
    assert dataclasses.replace(study(8), ledger=changed).digest == study(8).digest
