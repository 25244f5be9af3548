"""Shares of a run: computed apart, in any order and at once, they are the run."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import studies
from foedus import cli
from foedus.errors import InputError, RunFolderError, UnknownName
from foedus.files import LOCK, locked
from foedus.results import Results
from foedus.study import Study, run
from foedus.study import study as studying
from foedus.study.gathering import gather
from foedus.study.shard import Shard

CHUNK = 16


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 16 futures, so that a run has several."""
    monkeypatch.setattr(studying, "CHUNK", CHUNK)


def study(futures: int = 40) -> Study:
    """Three chunks, the last cut short."""
    return studies.study(futures=futures, last=2027, states=("USA", "RUS", "POL", "EST"))


def test_shares_hold_every_chunk_once_and_about_as_many_each() -> None:
    for count, of in ((7, 3), (3, 7), (20, 20), (195, 16)):
        shares = [Shard(number, of).chunks(count) for number in range(1, of + 1)]
        assert [chunk for share in shares for chunk in share] == list(range(count))
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/1000000"])
def test_a_share_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not like 3/20"):
        Shard.read(text)


def test_shares_in_one_folder_are_the_bytes_of_the_run_in_any_order_and_with_a_spare_one(tmp_path: Path) -> None:
    whole = studies.bytes_of(run(study(), tmp_path / "whole").path)
    for number in (4, 2, 1, 3):
        run(study(), tmp_path / "shares", 1, shard=Shard(number, 4))
    assert studies.bytes_of(tmp_path / "shares") == whole
    assert run(study(), tmp_path / "shares", 1).path == tmp_path / "shares"


def test_two_shares_may_be_written_at_once_but_none_twice_and_none_beside_the_whole(tmp_path: Path) -> None:
    run(study(), tmp_path, 1, shard=Shard(1, 3))
    with locked(tmp_path, shared=True), locked(tmp_path, f"{LOCK}-1-of-3"):
        run(study(), tmp_path, 1, shard=Shard(2, 3))
        with pytest.raises(RunFolderError, match="another process is running here"):
            run(study(), tmp_path, 1, shard=Shard(1, 3))
        with pytest.raises(RunFolderError, match="another process is running here"):
            run(study(), tmp_path, 1)


def test_a_share_leaves_what_others_write_and_makes_its_own_damaged_parts_again(tmp_path: Path) -> None:
    run(study(), tmp_path, 1, shard=Shard(1, 3))
    other = tmp_path / "parts" / "posture" / ".000016-000031-half"
    other.mkdir(parents=True)
    own = tmp_path / "parts" / "posture" / "000000-000015" / "allies.parquet"
    before = own.read_bytes()
    own.write_bytes(b"damaged")
    with pytest.warns(UserWarning, match="recomputed"):
        run(study(), tmp_path, 1, shard=Shard(1, 3))
    assert own.read_bytes() == before
    assert other.is_dir()


def test_shares_of_another_number_of_futures_do_not_go_into_the_folder(tmp_path: Path) -> None:
    run(study(), tmp_path, 1, shard=Shard(1, 3))
    with pytest.raises(RunFolderError, match="shares are of 40 futures"):
        run(study(56), tmp_path, 1, shard=Shard(2, 3))


def test_shares_from_several_places_are_gathered_into_one_run(tmp_path: Path) -> None:
    folders = [run(study(), tmp_path / f"node{n}", 1, shard=Shard(n, 2)).path for n in (1, 2)]
    whole, copied = gather(folders, tmp_path / "out")
    assert copied == 6
    assert studies.bytes_of(whole.path) == studies.bytes_of(run(study(), tmp_path / "whole").path)
    assert gather(folders, tmp_path / "out")[1] == 0
    assert Results.open(whole.path).extent == "40 futures"


def test_parts_of_another_run_and_damaged_parts_are_not_gathered(tmp_path: Path) -> None:
    one = run(study(), tmp_path / "one", 1, shard=Shard(1, 2)).path
    other = run(study(24), tmp_path / "other", 1, shard=Shard(1, 2)).path
    with pytest.raises(RunFolderError, match="is of another number of futures"):
        gather([one, other], tmp_path / "out")
    next((one / "parts").glob("*/*/allies.parquet")).write_bytes(b"damaged")
    with pytest.raises(RunFolderError, match=r"allies\.parquet is damaged\. Run its share again"):
        gather([one], tmp_path / "out")


def test_the_command_says_how_much_of_the_run_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "retrench", "--futures", "40", "--years", "2026:2026", "--keep", "headline"]
    for number, said in ((1, "of the run 16 of 40"), (2, "of the run 40 of 40")):
        cli.main([*words, "--shard", f"{number}/2", "--out", str(tmp_path / "a")])
        out = capsys.readouterr().out
        assert f"share {number}/2: " in out
        assert said in out
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    shutil.rmtree(tmp_path / "b" / "parts" / "posture" / "000032-000039")
    cli.main(["gather", str(tmp_path / "b"), "--out", str(tmp_path / "c")])
    assert "5 parts copied; 32 of 40 futures, unfinished" in capsys.readouterr().out


def test_a_record_larger_than_memory_is_read_lazily(tmp_path: Path) -> None:
    results = Results(run(study(), tmp_path, 1))
    lazy = results.scan("allies", "against").filter(pl.col("ally") == "POL").group_by("year").agg(pl.mean("spending"))
    expected = results.ally("spending", "against")[:, results.allies.index("POL")].mean(axis=1, dtype=np.float64)
    assert lazy.sort("year").collect()["spending"].to_numpy() == pytest.approx(expected, rel=1e-6)
    assert results.scan("parameters").select(pl.len()).collect().item() == 40
    with pytest.raises(UnknownName, match="table of a run"):
        results.scan("ally")
