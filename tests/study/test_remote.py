"""A run at a URL: the bytes of a run folder, kept where fsspec reaches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import studies
from foedus import cli
from foedus.errors import InputError, RunFolderError
from foedus.results import Results, headlines
from foedus.study import Study, run
from foedus.study import study as studying
from foedus.study.remote import RemoteFolder
from foedus.study.shard import Shard
from foedus.study.stores import store_at, url_of

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chunks of 16 futures, and nothing in memory."""
    monkeypatch.setattr(studying, "CHUNK", 16)
    yield
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]


def study() -> Study:
    """Three chunks, the last cut short."""
    return studies.study(futures=40, last=2027, states=("USA", "RUS", "POL", "EST"))


def stored(url: str) -> dict[str, bytes]:
    """Every table by its path below the run."""
    system, path = fsspec.core.url_to_fs(url)
    found = system.glob(f"{path}/parts/**/*.parquet")
    return {str(name).split("/parts/")[1]: system.cat_file(name) for name in found}


def files(folder: Path) -> dict[str, bytes]:
    """The same of a run folder."""
    return {
        path.relative_to(folder / "parts").as_posix(): path.read_bytes()
        for path in (folder / "parts").glob("*/*/*.parquet")
    }


def test_a_run_in_a_store_is_the_run_of_a_folder_and_is_read_as_one(tmp_path: Path) -> None:
    run(study(), tmp_path / "run", 1)
    run(study(), "memory://bucket/run", 1, shard=Shard(2, 2))
    run(study(), "memory://bucket/run", 1)
    assert stored("memory://bucket/run") == files(tmp_path / "run")
    far, near = Results.open("memory://bucket/run"), Results.open(tmp_path / "run")
    np.testing.assert_array_equal(far.loss("against"), near.loss("against"))
    assert [repr(row) for row in headlines(far)] == [repr(row) for row in headlines(near)]
    lazy = far.scan("allies").filter(pl.col("ally") == "POL").select(pl.col("loss_fought").sum())
    assert lazy.collect().equals(
        near.scan("allies").filter(pl.col("ally") == "POL").select(pl.col("loss_fought").sum()).collect()
    )


def test_a_part_without_its_hashes_is_not_finished_and_a_damaged_one_is_made_again() -> None:
    run(study(), "memory://run", 1)
    whole, system = stored("memory://run"), fsspec.filesystem("memory")
    system.rm_file("/run/parts/posture/000000-000015/sums.json")
    system.pipe_file("/run/parts/posture/000016-000031/allies.parquet", b"damaged")
    assert Results.open("memory://run").futures == 24
    with pytest.warns(UserWarning, match=r"000016-000031: is damaged; it is recomputed"):
        run(study(), "memory://run", 1)
    assert stored("memory://run") == whole


def test_a_store_that_holds_another_run_or_something_else_is_refused() -> None:
    run(study(), "memory://run", 1)
    with pytest.raises(RunFolderError, match="memory://run: holds another run"):
        run(studies.study(futures=40, last=2027, seed=6, states=("USA", "RUS", "POL", "EST")), "memory://run", 1)
    fsspec.filesystem("memory").pipe_file("/other/file.txt", b"text")
    with pytest.raises(RunFolderError, match="is not empty and is no run"):
        run(study(), "memory://other", 1)
    with pytest.raises(RunFolderError, match="no readable run here"):
        Results.open("memory://nothing")
    with pytest.raises(InputError, match=r"nosuch://run: cannot be reached"):
        Results.open("nosuch://run")


def test_a_path_made_of_a_url_is_that_url_and_other_paths_are_paths() -> None:
    for url in ("s3://bucket/run", "memory://run", "file:///tmp/run"):
        assert url_of(Path(url)) == url_of(url) == url
    assert url_of("runs/a:/b") == url_of("run") == url_of(Path("/tmp/run")) == ""
    assert isinstance(store_at(Path("s3://bucket/run")), RemoteFolder)


def test_the_command_runs_into_a_url_and_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"file://{tmp_path}/run"
    cli.main(["run", "retrench", "--futures", "4", "--years", "2026:2026", "--out", url])
    assert f"Report  foedus report {url} --out FILE.html" in capsys.readouterr().out
    cli.main(["compare", url, "--json"])
    assert '"futures": 4' in capsys.readouterr().out
    with pytest.raises(SystemExit):
        cli.main(["run", "retrench", "--futures", "4", "--years", "2026:2026", "--out", url, "--force"])
    assert "--force: does not apply with a run at a URL" in capsys.readouterr().err
